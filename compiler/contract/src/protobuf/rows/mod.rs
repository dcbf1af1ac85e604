//! The kinds of change of a protobuf contract: what each takes, why, and the smallest example.
//!
//! Examples of several files name each with a line `// file: PATH`.

pub mod enumeration;
pub mod field;
pub mod file;
pub mod file_option;
pub mod item;
pub mod message;
pub mod other;
pub mod service;

pub use crate::Row;

/// All tables.
pub const ROWS: &[&[Row]] = &[
    enumeration::ROWS,
    field::ROWS,
    file::ROWS,
    file_option::ROWS,
    item::ROWS,
    message::ROWS,
    other::ROWS,
    service::ROWS,
];
