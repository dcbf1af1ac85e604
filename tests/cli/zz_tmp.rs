#![allow(dead_code)]
#[path = "../support/mod.rs"]
mod support;
mod ports;
