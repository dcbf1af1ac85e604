//! Findings as people, editors and forges read them. Findings at `allow` are waived and shown nowhere.

mod excerpt;
mod fingerprint;
mod forge;
mod json;
mod junit;
mod sarif;
mod text;

#[cfg(test)]
mod tests;

use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::Sources;
use clap::ValueEnum;

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

/// What is known of a rule; goes into the SARIF rule list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleDoc {
    /// One sentence.
    pub summary: String,
    /// The whole page, Markdown.
    pub help_markdown: String,
    /// Group of the rule, a SARIF tag.
    pub group: String,
    /// Its weight, unless a spec says another.
    pub level: Level,
}

/// How to show, decided by the caller from arguments and terminal.
pub struct Options<'a> {
    /// Colour escapes; text only.
    pub color: bool,
    /// Columns to wrap at; text only.
    pub width: usize,
    /// No line about a clean run.
    pub quiet: bool,
    /// Documentation of a rule by its name.
    pub explain: &'a dyn Fn(&str) -> Option<RuleDoc>,
}

/// The findings of `report` in `format`, ready to print; ends with a line break unless empty.
pub fn render(format: OutputFormat, report: &Report, sources: &Sources, options: &Options) -> String {
    let findings: Vec<&Finding> =
        report.findings.iter().filter(|finding| finding.level != Level::Allow).collect();
    match format {
        OutputFormat::Text => text::render(&findings, sources, options),
        OutputFormat::Json => json::render(&findings, sources),
        OutputFormat::Sarif => sarif::render(&findings, sources, options.explain),
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

/// Pretty JSON with a line break at the end.
pub fn pretty(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("strings, numbers and lists serialise");
    text.push('\n');
    text
}
