//! The kinds of change: what keeps somebody from reading, and what does not.

pub mod facts;
pub mod faults;

use crate::Row;

/// All tables.
pub const TABLES: &[&[Row]] = &[facts::ROWS, faults::ROWS];
