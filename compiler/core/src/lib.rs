//! The pure core of bastide: a spec in; findings, artifacts and pages out. No disk, clock, environment, network or
//! printing.

pub mod check;
pub mod contracts;
mod cycle;
pub mod diff;
pub mod fix;
pub mod form;
pub mod kind;
pub mod model;
pub mod pages;
pub mod raw;
pub mod resolve;
pub mod rollout;
pub mod schema;
pub mod secret;
pub mod spec;
pub mod target;
pub mod tree;
pub mod view;
pub mod why;
