//! SARIF 2.1.0 (OASIS standard, 27 March 2020), only the parts code scanning reads. Section numbers are its.

use super::fingerprint::Fingerprints;
use super::pretty;
use bastide_core::check::explain;
use bastide_report::finding::{Finding, Label, Level};
use bastide_report::source::Sources;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    version: &'static str,
    information_uri: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

/// §3.11.12: Markdown only beside plain text.
#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Artifact {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

/// The findings as one SARIF log with one run.
pub fn render(findings: &[&Finding], sources: &Sources) -> String {
    let mut levels: BTreeMap<&str, Level> = BTreeMap::new();
    for finding in findings {
        let level = levels.entry(&finding.rule).or_insert(finding.level);
        *level = finding.level.max(*level);
    }
    let names: Vec<&str> = levels.keys().copied().collect();
    let mut fingerprints = Fingerprints::default();
    let results = findings.iter().map(|finding| {
        let index = names.binary_search(&finding.rule.as_ref()).expect("every rule was collected above");
        outcome(finding, index, sources, fingerprints.of(finding, sources))
    });
    let results = results.collect();
    let rules = levels.iter().map(|(name, level)| rule(name, *level)).collect();
    pretty(&Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "bastide",
                    version: env!("CARGO_PKG_VERSION"),
                    information_uri: env!("CARGO_PKG_REPOSITORY"),
                    rules,
                },
            },
            column_kind: "unicodeCodePoints",
            results,
        }],
    })
}

/// What code scanning demands of a rule: both descriptions, help as text, a level. One without a page has the heaviest
/// level that was seen.
fn rule(name: &str, seen: Level) -> Rule<'_> {
    let page = explain(name);
    let summary = page.as_ref().map_or_else(|| name.replace('-', " "), |page| page.summary.clone());
    let markdown = page.as_ref().map_or_else(|| summary.clone(), |page| page.text.clone());
    Rule {
        id: name,
        short_description: Text { text: summary.clone() },
        full_description: Text { text: summary.clone() },
        help: Help { text: summary, markdown },
        default_configuration: Configuration { level: word(page.as_ref().map_or(seen, |page| page.level)) },
        properties: page.map(|page| Properties { tags: [page.group] }),
    }
}

fn outcome<'a>(finding: &'a Finding, index: usize, sources: &Sources, fingerprint: String) -> Outcome<'a> {
    let text = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.told()),
        None => finding.told().into_owned(),
    };
    let (main, others) = finding.labels.split_at(finding.labels.len().min(1));
    Outcome {
        rule_id: &finding.rule,
        rule_index: index,
        level: word(finding.level),
        message: Text { text: plain(&text) },
        locations: match main {
            [] => vec![nowhere(sources)],
            main => main.iter().map(|label| location(label, None, sources)).collect(),
        },
        related_locations: others
            .iter()
            .enumerate()
            .map(|(at, label)| location(label, Some(at + 1), sources))
            .collect(),
        partial_fingerprints: BTreeMap::from([("bastide/v1", fingerprint)]),
    }
}

fn location(label: &Label, id: Option<usize>, sources: &Sources) -> Location {
    let place = sources.place(label.span);
    Location {
        id,
        physical_location: Physical {
            artifact_location: Artifact { uri: uri(&place.file), uri_base_id: "%SRCROOT%" },
            region: Region {
                start_line: place.line,
                start_column: place.column,
                end_line: place.end_line,
                end_column: place.end_column,
            },
        },
        message: (!label.text.is_empty()).then(|| Text { text: plain(&label.text) }),
    }
}

/// A result must have a place: one about no text is put at the start of the first, the spec.
fn nowhere(sources: &Sources) -> Location {
    let path = sources.iter().next().map_or("bastide.kdl", |(_, source)| source.path.as_str());
    Location {
        id: None,
        physical_location: Physical {
            artifact_location: Artifact { uri: uri(path), uri_base_id: "%SRCROOT%" },
            region: Region { start_line: 1, start_column: 1, end_line: 1, end_column: 1 },
        },
        message: None,
    }
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Info => "note",
        Level::Allow => "none",
    }
}

/// §3.11.6: `[text](1)` would be a link; brackets alone are text.
fn plain(text: &str) -> String {
    text.replace("](", "] (")
}

/// A relative URI reference (RFC 3986): everything but unreserved characters and `/` as `%XX`.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte as char)
            }
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}
