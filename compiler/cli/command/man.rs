//! `bastide man`: the manual pages, in roff.

use super::Cli;
use crate::fault::IoFault;
use crate::terminal::{self, Form};
use bastide_report::suggest::did_you_mean;
use clap::{Command, CommandFactory};
use std::process::ExitCode;

/// Print the manual page, of bastide or of one command.
///
///     bastide man > bastide.1
///     bastide man contract diff > bastide-contract-diff.1
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The command, and the one inside it.
    #[arg(value_name = "COMMAND")]
    pub commands: Vec<String>,
}

pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let mut cli = Cli::command();
    // Pages name each other once all is built.
    cli.build();
    let mut page = &cli;
    for name in &args.commands {
        page = page.find_subcommand(name).ok_or_else(|| unknown(page, name))?;
    }
    let mut text = vec![];
    // Writing to memory does not fail.
    let _ = clap_mangen::Man::new(page.clone()).render(&mut text);
    terminal::print(Form::Page, &String::from_utf8_lossy(&text));
    Ok(ExitCode::SUCCESS)
}

fn unknown(within: &Command, name: &str) -> IoFault {
    let near = did_you_mean(name, within.get_subcommands().map(Command::get_name));
    let near = near.map(|it| format!("; {it}")).unwrap_or_default();
    IoFault::say("man", format!("there is no command `{name}`{near}"))
}
