//! The pure core of bastide: text in, findings and text out. No disk, clock, environment, network or printing.

pub mod check;
pub mod contract;
pub mod diff;
pub mod kind;
pub mod mend;
pub mod model;
pub mod page;
pub mod plan;
pub mod render;
pub mod report;
pub mod resolve;
pub mod source;
pub mod spec;
pub mod suggest;
pub mod syntax;
pub mod target;
pub mod tree;
pub mod units;
pub mod version;
pub mod view;
pub mod why;
