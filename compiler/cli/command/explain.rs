//! `bastide explain`: the documentation of a rule, from the file of the rule.

use crate::args::Explain;
use crate::terminal;
use bastide_core::suggest::did_you_mean;
use std::process::ExitCode;

/// Prints one rule, or the list of all.
pub fn run(args: &Explain) -> ExitCode {
    let docs = bastide_core::check::documentation();
    let Some(name) = &args.rule else {
        docs.iter().for_each(|it| terminal::say(&format!("{:<30} {:<6} {}\n", it.name, it.level.word(), it.summary())));
        return ExitCode::SUCCESS;
    };
    match docs.iter().find(|it| it.name == name) {
        Some(it) => {
            terminal::say(&format!("{} ({}, {})\n\n{}\n", it.name, it.group, it.level.word(), it.docs.trim()));
            ExitCode::SUCCESS
        }
        None => {
            let help = did_you_mean(name, docs.iter().map(|it| it.name)).unwrap_or_default();
            terminal::complain(&format!("error: there is no rule `{name}`; {help}\n"));
            ExitCode::from(2)
        }
    }
}
