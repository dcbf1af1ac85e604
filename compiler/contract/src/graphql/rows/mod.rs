//! The kinds of change, by subject.

pub mod directives;
pub mod fields;
pub mod inputs;
pub mod types;
pub mod words;

use crate::Row;

/// All tables.
pub const TABLES: &[&[Row]] = &[directives::ROWS, fields::ROWS, inputs::ROWS, types::ROWS, words::ROWS];
