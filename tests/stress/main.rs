//! What is done to a build from outside: kills at any moment, disks that are full or read-only, other builds beside it, links
//! swapped while it runs. After each, nothing is lost, nothing is outside, and nothing is left.
//!
//! Small numbers by default; `BASTIDE_STRESS=full` asks for 1,000 kills, 50 full disks, 200 builds at once and 200 swapped
//! links, in memory and on disk. When root runs it, every other round is done as nobody.
#![cfg(unix)]
#![expect(clippy::print_stdout, reason = "each test says how much it tried")]

mod disk;
mod ground;
mod kills;
#[path = "../support/mod.rs"]
mod support;
mod swaps;
mod together;
