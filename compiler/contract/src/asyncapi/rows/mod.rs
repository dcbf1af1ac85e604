//! The kinds of change, by subject. What changed in payloads, headers and parameters has the rows of JSON Schema and Avro.

pub mod bindings;
pub mod channels;
pub mod messages;
pub mod operations;
pub mod servers;
pub mod words;

use crate::Row;

/// All tables.
pub const TABLES: &[&[Row]] =
    &[bindings::ROWS, channels::ROWS, messages::ROWS, operations::ROWS, servers::ROWS, words::ROWS];
