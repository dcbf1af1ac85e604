//! `bastide explain`: the documentation of a rule, from the file of the rule.

use crate::fault::IoFault;
use crate::terminal::{self, Form};
use bastide_core::check::{explain, names};
use bastide_report::suggest::did_you_mean;
use std::process::ExitCode;

/// Explain a rule: what it finds, why it matters, what to do instead.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Name of the rule, as a finding prints it; without one all are listed.
    pub rule: Option<String>,
}

/// Prints one rule, or the list of all.
pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let Some(name) = &args.rule else {
        for page in names().into_iter().filter_map(explain) {
            terminal::print(
                Form::Page,
                &format!("{:<30} {:<6} {}\n", page.name, page.level.as_str(), page.summary),
            );
        }
        for kind in bastide_contract::kinds() {
            let what = kind.summary().trim_end_matches('.');
            terminal::print(Form::Page, &format!("{:<50} {:<6} {what}\n", kind.name, kind.bump.as_str()));
        }
        return Ok(ExitCode::SUCCESS);
    };
    if let Some(kind) = bastide_contract::find(name) {
        let page = explain(name).map(|page| page.text).unwrap_or_default();
        terminal::print(Form::Page, &format!("{} ({})\n\n{}\n", kind.name, kind.bump.as_str(), page.trim()));
        return Ok(ExitCode::SUCCESS);
    }
    match explain(name) {
        Some(page) => {
            let level = page.level.as_str();
            terminal::print(
                Form::Page,
                &format!("{} ({}, {level})\n\n{}\n", page.name, page.group, page.text.trim()),
            );
            Ok(ExitCode::SUCCESS)
        }
        None => {
            let help = did_you_mean(
                name,
                names().into_iter().chain(bastide_contract::kinds().map(|kind| kind.name)),
            )
            .unwrap_or_default();
            terminal::complain(&format!("error: there is no rule `{name}`; {help}\n"));
            Ok(ExitCode::from(2))
        }
    }
}
