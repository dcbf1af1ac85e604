//! `bastide contract`: contracts alone, without a spec.

mod show;
mod sides;
mod verdict;

use crate::args::contract::{ContractAction, ContractDiff, DiffFormat};
use crate::fault::IoFault;
use crate::show::{self as findings, OutputFormat};
use crate::terminal;
use bastide_contract::Options;
use bastide_report::finding::Report;
use bastide_report::source::Sources;
use bastide_report::units::Date;
use std::process::ExitCode;
use verdict::Verdict;

/// Compare contracts alone: OpenAPI, protobuf, GraphQL, Avro, JSON Schema, AsyncAPI.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub action: ContractAction,
}

pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    match &args.action {
        ContractAction::Diff(args) => diff(args),
    }
}

/// Compares two versions of a contract: 0 nothing breaks, 1 it breaks, 2 a side could not be read.
fn diff(args: &ContractDiff) -> Result<ExitCode, IoFault> {
    if let Some(text) = args.today.as_ref().filter(|text| Date::parse(text).is_none()) {
        return Err(IoFault::say("--today", format!("`{text}` is no date such as 2027-03-01")));
    }
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let pair = sides::pair(args, &mut sources, &mut report)?;
    let options = Options {
        source: args.source,
        strict: args.strict,
        keep_fields: args.keep_fields,
        today: args.today.clone(),
    };
    // What could not be read as text is told once, not again by the reader of the format.
    let readable = pair.as_ref().filter(|_| !report.denied());
    let verdict = readable.map(|pair| verdict::verdict(pair, &sources, &options));
    report.findings.extend(verdict.iter().flat_map(|it| it.comparison.findings.iter().cloned()));
    let Some(verdict) = verdict.filter(|it| it.comparison.looked()) else {
        pair.iter().for_each(|pair| show::unread(pair, &mut report));
        report.sort();
        let format = args.format.of_findings();
        terminal::print(format.form(), &findings::render(format, &report, &sources, &style()));
        return Ok(ExitCode::from(2));
    };
    report.sort();
    terminal::print(args.format.form(), &print(args.format, &verdict, &sources));
    if args.format == DiffFormat::Text && !report.findings.is_empty() {
        terminal::complain(&findings::render(OutputFormat::Text, &report, &sources, &style()));
    }
    Ok(ExitCode::from(u8::from(verdict.breaking())))
}

fn print(format: DiffFormat, verdict: &Verdict, sources: &Sources) -> String {
    match format {
        DiffFormat::Text => show::text::render(verdict, sources),
        DiffFormat::Json => show::json::render(verdict, sources),
        DiffFormat::Markdown => show::markdown::render(verdict, sources),
        format => findings::render(format.of_findings(), &show::report(verdict), sources, &style()),
    }
}

fn style() -> findings::Options {
    findings::Options { color: terminal::color(), width: 100, quiet: true, within: String::new() }
}
