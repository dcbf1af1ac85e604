//! `bastide completions` and `bastide man`.

use crate::args::Cli;
use crate::terminal;
use clap::CommandFactory;
use std::process::ExitCode;

/// Prints the completions of a shell.
pub fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut text = vec![];
    clap_complete::generate(shell, &mut Cli::command(), "bastide", &mut text);
    terminal::say(&String::from_utf8_lossy(&text));
    ExitCode::SUCCESS
}

/// Prints the manual page, in roff.
pub fn man() -> ExitCode {
    let mut text = vec![];
    // Writing to memory does not fail.
    let _ = clap_mangen::Man::new(Cli::command()).render(&mut text);
    terminal::say(&String::from_utf8_lossy(&text));
    ExitCode::SUCCESS
}
