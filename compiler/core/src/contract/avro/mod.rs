//! Avro 1.12 schemas.

use super::{Comparison, Format, Options, Side};
use crate::source::Sources;

/// The format.
pub const FORMAT: Format = Format {
    name: "avro",
    fence: "json",
    endings: &[".avsc"],
    sniff: |text| text.contains("\"type\"") && text.contains("\"record\""),
    references: |_, _| vec![],
    compare,
    rows: &[],
};

fn compare(_old: &Side, _new: &Side, _sources: &Sources, _options: &Options) -> Comparison {
    Comparison::default()
}
