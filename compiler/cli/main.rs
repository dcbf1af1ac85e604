//! The shell of bastide: arguments, disk, terminal. What a spec means is decided in `bastide-core`.

mod args;
mod command;
mod confined;
mod embedded;
mod fault;
mod fix;
#[cfg(test)]
mod fuzz;
mod known;
mod load;
mod packs;
mod show;
mod terminal;
mod write;

use bastide_report::visible::line;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = command::Cli::parse();
    match command::run(cli.command) {
        Ok(code) => code,
        Err(fault) => {
            terminal::complain(&format!("error: {}\n", line(&fault.to_string())));
            ExitCode::from(2)
        }
    }
}
