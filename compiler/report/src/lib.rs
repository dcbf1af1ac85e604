//! What every part of the compiler speaks: texts and places in them, findings, units of values, and version numbers.

pub mod finding;
pub mod loss;
pub mod source;
pub mod suggest;
pub mod units;
pub mod version;
pub mod visible;
