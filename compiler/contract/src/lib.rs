//! Contracts: two versions of one are read, compared, and the changes say which version number they take.
//!
//! Each format is a folder here and a line in [`FORMATS`]. A format reads its own files into its own shape; what they
//! share is the [`Row`] (one kind of change, its bump, its page, its example), the [`Change`] (one row at one place) and
//! the [`Comparison`]. The judgement is one of sets: a request that was accepted must still be accepted, an answer that
//! is given must still be one that the old client could have got.

pub mod asyncapi;
pub mod avro;
pub mod change;
pub mod elements;
pub mod format;
pub mod graphql;
pub mod json_schema;
pub mod library;
pub mod openapi;
pub mod protobuf;
pub mod row;
pub mod schema;
pub mod side;
#[cfg(test)]
pub(crate) mod testing;
pub mod value;

use bastide_report::source::Sources;
use bastide_report::version::Bump;
pub use change::{Change, Comparison, Direction, Place, Skipped};
pub use format::{FORMATS, Format, Mode, Options};
pub use row::Row;
pub use side::{Contract, File, Reference, Side};

/// Compares two versions of a contract.
pub fn compare(old: &Contract, new: &Contract, sources: &Sources, options: &Options) -> Comparison {
    match (old.format, new.format) {
        (Some(before), Some(format)) if before.name == format.name => {
            (format.compare)(&old.side, &new.side, sources, options)
        }
        (Some(before), Some(format)) => skipped(format!("it was {} and is {}", before.name, format.name)),
        _ => skipped("nobody knows its format".into()),
    }
}

fn skipped(why: String) -> Comparison {
    let skipped = Skipped { what: "the whole contract".into(), why, span: None };
    Comparison { skipped: vec![skipped], ..Comparison::default() }
}

/// The row with this name, such as `openapi/response-property-removed`.
pub fn find(name: &str) -> Option<&'static Row> {
    rows().find(|row| row.name == name)
}

/// All rows of all formats, in the order of the formats.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    FORMATS.iter().flat_map(|format| format.rows.iter()).flat_map(|table| table.iter())
}
