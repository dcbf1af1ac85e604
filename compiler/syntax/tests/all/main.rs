//! The reader against the official test suite, against the `kdl` crate, and over broken documents.

mod canonical;
mod errors;
mod kdl_suite;
mod properties;
