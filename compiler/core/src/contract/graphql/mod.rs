//! GraphQL: the schema definition language.

use super::{Comparison, Format, Options, Side};
use crate::source::Sources;

/// The format.
pub const FORMAT: Format = Format {
    name: "graphql",
    fence: "graphql",
    endings: &[".graphql", ".graphqls", ".gql"],
    sniff: |text| text.lines().any(|line| line.starts_with("type Query")),
    references: |_, _| vec![],
    compare,
    rows: &[],
};

fn compare(_old: &Side, _new: &Side, _sources: &Sources, _options: &Options) -> Comparison {
    Comparison::default()
}
