//! The pure core of bastide: a spec in; findings, artifacts and pages out. No disk, clock, environment, network or
//! printing.

pub mod check;
pub mod contract;
mod cycle;
pub mod diff;
pub mod fix;
pub mod kind;
pub mod model;
pub mod page;
pub mod render;
pub mod report;
pub mod resolve;
pub mod rollout;
mod secret;
pub mod source;
pub mod spec;
pub mod target;
pub mod tree;
pub mod view;
pub mod why;
