//! `bastide contract`: contracts alone, without a spec.

mod join;
mod show;
mod sides;

use crate::args::contract::{Contract, ContractAction, ContractDiff, ContractFormat};
use crate::fault::IoFault;
use crate::{show as findings, terminal};
use bastide_contract::Options;
use bastide_report::finding::Report;
use bastide_report::source::Sources;
use bastide_report::units::Date;
use join::Verdict;
use std::process::ExitCode;

/// Runs an action.
pub fn run(args: &Contract) -> Result<ExitCode, IoFault> {
    match &args.action {
        ContractAction::Diff(args) => diff(args),
    }
}

/// Compares two versions of a contract: 0 nothing breaks, 1 it breaks, 2 a side could not be read.
fn diff(args: &ContractDiff) -> Result<ExitCode, IoFault> {
    if let Some(text) = args.today.as_ref().filter(|text| Date::parse(text).is_none()) {
        let error = std::io::Error::other(format!("`{text}` is no date such as 2027-03-01"));
        return Err(IoFault { path: "--today".into(), error });
    }
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let pair = sides::pair(args, &mut sources, &mut report)?;
    let options = Options { source: args.source, strict: args.strict, today: args.today.clone() };
    // What could not be read as text is told once, not again by the reader of the format.
    let readable = pair.as_ref().filter(|_| !report.denied());
    let verdict = readable.map(|pair| join::verdict(pair, &sources, &options));
    report.findings.extend(verdict.iter().flat_map(|it| it.comparison.findings.iter().cloned()));
    let Some(verdict) = verdict.filter(|it| it.comparison.looked()) else {
        pair.iter().for_each(|pair| show::unread(pair, &mut report));
        report.sort();
        terminal::say(&findings::render(shape(args.format), &report, &sources, &style()));
        return Ok(ExitCode::from(2));
    };
    report.sort();
    terminal::say(&print(args.format, &verdict, &sources));
    if args.format == ContractFormat::Text && !report.findings.is_empty() {
        terminal::complain(&findings::render(findings::Format::Text, &report, &sources, &style()));
    }
    Ok(ExitCode::from(u8::from(verdict.breaking())))
}

fn print(format: ContractFormat, verdict: &Verdict, sources: &Sources) -> String {
    match format {
        ContractFormat::Text => show::text::render(verdict, sources),
        ContractFormat::Json => show::json::render(verdict, sources),
        ContractFormat::Markdown => show::markdown::render(verdict, sources),
        ContractFormat::Sarif => {
            let report = show::report(verdict);
            findings::render(findings::Format::Sarif, &report, sources, &style())
        }
    }
}

/// How findings about a side are printed: Markdown has no form for them.
fn shape(format: ContractFormat) -> findings::Format {
    match format {
        ContractFormat::Text | ContractFormat::Markdown => findings::Format::Text,
        ContractFormat::Json => findings::Format::Json,
        ContractFormat::Sarif => findings::Format::Sarif,
    }
}

fn style() -> findings::Options<'static> {
    findings::Options { color: terminal::color(), width: 100, quiet: true, explain: &super::document }
}
