//! The contracts of a plan: which ones the spec names, what comparing them says, and what became of each version.

pub mod comparisons;
pub mod history;
pub mod named;
pub mod readers;
