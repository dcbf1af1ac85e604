//! Bastide as its users meet it: commands run over small projects. One program for all of them, since each test program
//! is linked by itself.
#![allow(clippy::print_stdout, reason = "tests say how much they tried, and what is not there to try")]

mod answers;
mod apps;
mod bombs;
mod commands;
mod contract_diff;
mod contract_story;
mod contract_verdict;
mod contracts;
mod covers;
mod data;
mod diff;
mod dockerfiles;
mod files;
mod first_days;
mod fix;
mod forms;
mod gateways;
#[cfg(unix)]
mod git_config;
mod identity;
mod init_ci;
mod jobs;
mod known;
mod mistakes;
mod neighbours;
mod new;
mod out;
mod output;
#[cfg(unix)]
mod outside;
mod parts;
mod patch;
mod paths;
mod pipeline;
mod platform;
#[cfg(unix)]
mod ports;
mod raw;
mod secrets;
mod simple;
mod slo;
#[path = "../support/mod.rs"]
mod support;
mod types;
mod veil;
#[cfg(unix)]
mod verify;
mod versions;
mod why;
