//! Findings for the two forges: workflow commands for GitHub Actions, the code quality report for GitLab.

use super::fingerprint::Fingerprints;
use super::pretty;
use bastide_report::finding::{Finding, Level};
use bastide_report::source::Sources;
use bastide_report::visible::clean;
use serde::Serialize;

/// One workflow command a finding.
/// Format and escapes: GitHub docs, "Workflow commands", and `actions/toolkit` `core/src/command.ts`.
pub fn github(findings: &[&Finding], sources: &Sources) -> String {
    findings.iter().map(|finding| command(finding, sources)).collect()
}

fn command(finding: &Finding, sources: &Sources) -> String {
    let word = match finding.level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Info | Level::Allow => "notice",
    };
    let mut place = String::new();
    if let Some(label) = finding.labels.first() {
        let at = sources.place(label.span);
        place = format!("file={},line={},endLine={}", property(&at.file), at.line, at.end_line);
        // Columns are refused by the forge when the lines differ.
        if at.line == at.end_line {
            place += &format!(",col={},endColumn={}", at.column, at.end_column);
        }
        place.push(',');
    }
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.told()),
        None => finding.told().into_owned(),
    };
    format!("::{word} {place}title={}::{}\n", property(&finding.rule), data(&text))
}

fn data(text: &str) -> String {
    clean(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The code quality report: a JSON list. Fields: GitLab docs, "Code Quality report format".
pub fn gitlab(findings: &[&Finding], sources: &Sources) -> String {
    let mut fingerprints = Fingerprints::default();
    let issues: Vec<Issue> =
        findings.iter().map(|finding| issue(finding, sources, &mut fingerprints)).collect();
    pretty(&issues)
}

fn issue<'a>(finding: &'a Finding, sources: &Sources, fingerprints: &mut Fingerprints) -> Issue<'a> {
    // A path is demanded; a finding about no file is put on the first text, the spec.
    let first = sources.iter().next().map_or(String::from("bastide.kdl"), |(_, source)| source.path.clone());
    let location = match finding.labels.first().map(|label| sources.place(label.span)) {
        Some(at) => Location { path: at.file, lines: Lines { begin: at.line, end: at.end_line } },
        None => Location { path: first, lines: Lines { begin: 1, end: 1 } },
    };
    Issue {
        description: match &finding.help {
            Some(help) => format!("{}; {help}", finding.told()),
            None => finding.told().into_owned(),
        },
        check_name: &finding.rule,
        fingerprint: fingerprints.of(finding, sources),
        severity: match finding.level {
            Level::Deny => "major",
            Level::Warn => "minor",
            Level::Info | Level::Allow => "info",
        },
        location,
    }
}
