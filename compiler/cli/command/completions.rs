//! `bastide completions`.

use super::Cli;
use crate::fault::IoFault;
use crate::terminal::{self, Form};
use clap::CommandFactory;
use std::process::ExitCode;

/// Print completions for a shell.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The shell.
    pub shell: clap_complete::Shell,
}

pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let mut text = vec![];
    clap_complete::generate(args.shell, &mut Cli::command(), "bastide", &mut text);
    terminal::print(Form::Page, &String::from_utf8_lossy(&text));
    Ok(ExitCode::SUCCESS)
}
