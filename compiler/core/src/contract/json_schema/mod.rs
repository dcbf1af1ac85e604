//! JSON Schema, draft 4 to 2020-12.

use super::{Comparison, Format, Options, Side};
use crate::source::Sources;

/// The format.
pub const FORMAT: Format = Format {
    name: "json-schema",
    fence: "json",
    endings: &[".schema.json", ".schema.yaml", ".schema.yml"],
    sniff: |text| text.contains("$schema"),
    references: super::library::references,
    compare,
    rows: &[],
};

fn compare(_old: &Side, _new: &Side, _sources: &Sources, _options: &Options) -> Comparison {
    Comparison::default()
}
