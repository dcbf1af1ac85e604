//! The pure core of bastide: a spec in; findings, artifacts and pages out. No disk, clock, environment, network or
//! printing.

pub mod check;
pub mod contracts;
pub mod diff;
pub mod kind;
pub mod mend;
pub mod model;
pub mod pages;
pub mod plan;
pub mod resolve;
pub mod schema;
pub mod spec;
pub mod target;
pub mod tree;
pub mod view;
pub mod why;
