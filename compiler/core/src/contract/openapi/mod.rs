//! OpenAPI 3.0 and 3.1.

use super::{Comparison, Format, Options, Side};
use crate::source::Sources;

/// The format.
pub const FORMAT: Format = Format {
    name: "openapi",
    fence: "yaml",
    endings: &[".openapi.yaml", ".openapi.yml", ".openapi.json"],
    sniff: |text| text.lines().any(|line| line.trim_start_matches(['"', '{', ' ']).starts_with("openapi")),
    references: super::library::references,
    compare,
    rows: &[],
};

fn compare(_old: &Side, _new: &Side, _sources: &Sources, _options: &Options) -> Comparison {
    Comparison::default()
}
