//! The formats of contracts, one line each.

use super::{
    ChangeKind, Comparison, Reference, Side, asyncapi, avro, graphql, json_schema, openapi, protobuf,
};
use bastide_report::source::{FileId, Source, Sources};
use std::sync::LazyLock;

/// A compatibility mode of stored data, as schema registries name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// New readers read old data: readers move first.
    Backward,
    /// Old readers read new data: writers move first.
    Forward,
    /// Both.
    Full,
}

impl Mode {
    /// As registries and JSON say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Backward => "BACKWARD",
            Mode::Forward => "FORWARD",
            Mode::Full => "FULL",
        }
    }
}

/// What a user may choose about the judgement; the defaults are those of `docs/contracts.md`.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Generated code counts too: a renamed operation, message or JSON name takes a major number.
    pub source: bool,
    /// Clients are closed: a new value of an enum or member of a union in an answer breaks them.
    pub strict: bool,
    /// Fields of answers stay: an optional one that goes breaks whoever reads it.
    pub keep_fields: bool,
    /// The day it is, `2027-05-20`, for what may go after its sunset. Without it nothing has passed.
    pub today: Option<String>,
}

/// A format of contracts.
pub struct ContractFormat {
    /// Its name on the command line and in JSON.
    pub name: &'static str,
    /// What a code block of it is called.
    pub fence: &'static str,
    /// File name endings that say it.
    pub endings: &'static [&'static str],
    /// Whether a text of a shared ending (`.yaml`, `.json`) is one.
    pub sniff: fn(&str) -> bool,
    /// The other files a file names, so that the shell can read them.
    pub references: fn(FileId, &Source) -> Vec<Reference>,
    /// Compares two sides.
    pub compare: fn(&Side, &Side, &Sources, &Options) -> Comparison,
    /// Its kinds of change, read when the first of them is asked for.
    pub kinds: LazyLock<Vec<ChangeKind>>,
}

/// All formats.
pub static FORMATS: &[&ContractFormat] = &[
    &openapi::FORMAT,
    &protobuf::FORMAT,
    &graphql::FORMAT,
    &avro::FORMAT,
    &json_schema::FORMAT,
    &asyncapi::FORMAT,
];

impl ContractFormat {
    /// The format with this name.
    pub fn named(name: &str) -> Option<&'static ContractFormat> {
        FORMATS.iter().find(|format| format.name == name).copied()
    }

    /// The format of a file: by its ending if that says it, else by its first lines.
    pub fn of(path: &str, text: &str) -> Option<&'static ContractFormat> {
        let ending = |format: &&&ContractFormat| format.endings.iter().any(|end| path.ends_with(end));
        let by_name = FORMATS.iter().find(ending);
        by_name.or_else(|| FORMATS.iter().find(|format| (format.sniff)(text))).copied()
    }
}
