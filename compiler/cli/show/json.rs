//! The documented JSON of findings (`docs`: one object, lines and columns from 1).

use super::{Count, pretty};
use bastide_report::finding::Finding;
use bastide_report::source::{Place, Sources};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    findings: Vec<Entry<'a>>,
    summary: Count,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    level: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    /// Where it holds, if not in all environments.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    environments: &'a [Box<str>],
    labels: Vec<Mark<'a>>,
}

#[derive(Serialize)]
struct Mark<'a> {
    #[serde(flatten)]
    place: Place,
    text: &'a str,
}

/// The findings as one JSON object.
pub fn render(findings: &[&Finding], sources: &Sources) -> String {
    pretty(&Document {
        schema_version: 1,
        findings: findings.iter().map(|finding| entry(finding, sources)).collect(),
        summary: Count::of(findings),
    })
}

fn entry<'a>(finding: &'a Finding, sources: &Sources) -> Entry<'a> {
    let labels =
        finding.labels.iter().map(|label| Mark { place: sources.place(label.span), text: &label.text });
    Entry {
        rule: &finding.rule,
        level: finding.level.as_str(),
        message: &finding.message,
        help: finding.help.as_deref(),
        environments: &finding.environments,
        labels: labels.collect(),
    }
}
