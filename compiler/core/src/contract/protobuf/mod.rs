//! Protocol Buffers: proto2, proto3 and editions.

use super::{Comparison, Format, Options, Side};
use crate::source::Sources;

/// The format.
pub const FORMAT: Format = Format {
    name: "protobuf",
    fence: "proto",
    endings: &[".proto"],
    sniff: |text| text.lines().any(|line| line.starts_with("syntax") || line.starts_with("edition")),
    references: |_, _| vec![],
    compare,
    rows: &[],
};

fn compare(_old: &Side, _new: &Side, _sources: &Sources, _options: &Options) -> Comparison {
    Comparison::default()
}
