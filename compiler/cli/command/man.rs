//! `bastide man`: the manual page, in roff.

use super::Cli;
use crate::fault::IoFault;
use crate::terminal::{self, Form};
use clap::CommandFactory;
use std::process::ExitCode;

/// Print the manual page.
#[derive(clap::Args, Debug)]
pub struct Args {}

pub fn run(_: &Args) -> Result<ExitCode, IoFault> {
    let mut text = vec![];
    // Writing to memory does not fail.
    let _ = clap_mangen::Man::new(Cli::command()).render(&mut text);
    terminal::print(Form::Page, &String::from_utf8_lossy(&text));
    Ok(ExitCode::SUCCESS)
}
