//! Contracts: two versions of one are read, compared, and the changes say which version number they take.
//!
//! Each format is a folder here and a line in [`FORMATS`]. A format reads its own files into its own shape; what they
//! share is the [`ChangeKind`] (its bump, its page, its example), the [`Change`] (one kind at one place) and
//! the [`Comparison`]. The judgement is one of sets: a request that was accepted must still be accepted, an answer that
//! is given must still be one that the old client could have got.

mod address;
pub mod asyncapi;
pub mod avro;
pub mod change;
pub mod change_kind;
pub mod elements;
pub mod format;
pub mod graphql;
pub mod json_schema;
pub mod library;
pub mod openapi;
pub mod protobuf;
pub mod schema;
pub mod side;
#[cfg(test)]
pub(crate) mod tests;
pub mod value;

use bastide_report::source::Sources;
use bastide_report::version::Bump;
pub use change::{Change, Changes, Comparison, Direction, Place, Places, Skipped, Subject, place};
pub use change_kind::{ChangeKind, find, kinds};
pub use format::{ContractFormat, FORMATS, Mode, Options};
pub use side::{Contract, File, Reference, Side};

/// Compares two versions of a contract.
pub fn compare(old: &Contract, new: &Contract, sources: &Sources, options: &Options) -> Comparison {
    match (old.format, new.format) {
        (Some(before), Some(format)) if before.name == format.name => {
            let mut comparison = (format.compare)(&old.side, &new.side, sources, options);
            comparison.keep_fields(|_| options.keep_fields);
            comparison
        }
        (Some(before), Some(format)) => skipped(format!("it was {} and is {}", before.name, format.name)),
        _ => skipped("nobody knows its format".into()),
    }
}

fn skipped(why: String) -> Comparison {
    let skipped = Skipped { what: "the whole contract".into(), why, span: None };
    Comparison { skipped: vec![skipped], ..Comparison::default() }
}
