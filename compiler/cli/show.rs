//! Findings as people, editors and forges read them. Findings at `allow` are waived and shown nowhere.

mod excerpt;
mod fingerprint;
mod forge;
mod json;
mod junit;
mod ledger;
mod sarif;
mod text;
mod veil;

#[cfg(test)]
mod tests;

use crate::terminal::Form;
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::{self, Sources};
use clap::ValueEnum;
use std::borrow::Cow;

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// Frames with source, for people.
    Text,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub annotations.
    Github,
    /// GitLab code quality.
    Gitlab,
    /// JUnit XML: a test case for each finding.
    Junit,
}

impl OutputFormat {
    /// Whether a forge reads it, which looks for files from the root of the repository.
    pub fn is_of_forges(self) -> bool {
        !matches!(self, OutputFormat::Text | OutputFormat::Json)
    }

    /// What is printed then.
    pub fn form(self) -> Form {
        match self {
            OutputFormat::Text => Form::Drawn,
            OutputFormat::Json | OutputFormat::Sarif | OutputFormat::Gitlab => Form::Json,
            OutputFormat::Github => Form::Commands,
            OutputFormat::Junit => Form::Xml,
        }
    }
}

/// How to show, decided by the caller from arguments and terminal.
pub struct Options {
    /// Colour escapes; text only.
    pub color: bool,
    /// Columns to wrap at; text only.
    pub width: usize,
    /// No line about a clean run, and none about what is not carried out.
    pub quiet: bool,
    /// The way to the project from the root of its repository, such as `apps/shop/`: forges look for files from there.
    pub within: String,
}

/// The findings of `report` in `format`, ready to print; ends with a line break unless empty.
pub fn render(format: OutputFormat, report: &Report, sources: &Sources, options: &Options) -> String {
    let told = report.findings.iter().filter(|finding| finding.level != Level::Allow);
    let veiled: Vec<Cow<'_, Finding>> = told.map(veil::finding).collect();
    let findings: Vec<&Finding> = veiled.iter().map(|it| &**it).collect();
    let mut sources = veil::sources(&findings, sources);
    if !options.within.is_empty() && format.is_of_forges() {
        sources.to_mut().show_from(&options.within);
    }
    let sources = &*sources;
    match format {
        OutputFormat::Text => text::render(&findings, sources, options),
        OutputFormat::Json => json::render(&findings, sources),
        OutputFormat::Sarif => sarif::render(&findings, sources),
        OutputFormat::Github => forge::github(&findings, sources),
        OutputFormat::Gitlab => forge::gitlab(&findings, sources),
        OutputFormat::Junit => junit::render(&findings, sources),
    }
}

/// How many findings there are of each level.
#[derive(serde::Serialize)]
struct Count {
    deny: usize,
    warn: usize,
    info: usize,
}

impl Count {
    fn of(findings: &[&Finding]) -> Count {
        let of = |level| findings.iter().filter(|finding| finding.level == level).count();
        Count { deny: of(Level::Deny), warn: of(Level::Warn), info: of(Level::Info) }
    }
}

/// Where something is on both sides of a comparison, as in the documented JSON.
#[derive(serde::Serialize)]
pub struct Places {
    old: Option<source::Place>,
    new: Option<source::Place>,
}

impl Places {
    /// The places of what stands in contracts.
    pub fn of(
        old: &Option<bastide_contract::Place>,
        new: &Option<bastide_contract::Place>,
        sources: &Sources,
    ) -> Places {
        let at = |place: &Option<bastide_contract::Place>| place.as_ref().map(|it| sources.place(it.span));
        Places { old: at(old), new: at(new) }
    }
}

/// Pretty JSON with a line break at the end.
pub fn pretty(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("strings, numbers and lists serialise");
    text.push('\n');
    text
}

/// `1 file`, `2 files`.
pub fn plural(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}
