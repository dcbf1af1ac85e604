//! The pure core of bastide: text in, findings and text out. No disk, clock, environment, network or printing.

pub mod render;
pub mod report;
pub mod source;
