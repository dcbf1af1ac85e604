//! AsyncAPI 2 and 3.

use super::{Comparison, Format, Options, Side};
use crate::source::Sources;

/// The format.
pub const FORMAT: Format = Format {
    name: "asyncapi",
    fence: "yaml",
    endings: &[".asyncapi.yaml", ".asyncapi.yml", ".asyncapi.json"],
    sniff: |text| {
        text.lines().any(|line| line.trim_start_matches(&['"', '{', ' '][..]).starts_with("asyncapi"))
    },
    references: super::library::references,
    compare,
    rows: &[],
};

fn compare(_old: &Side, _new: &Side, _sources: &Sources, _options: &Options) -> Comparison {
    Comparison::default()
}
