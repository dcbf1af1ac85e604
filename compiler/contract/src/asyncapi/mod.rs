//! AsyncAPI 2 and 3.
//!
//! The document tells of an application: what it sends is read by others, so it must not widen; what it receives is
//! written by others, so it must not narrow. Payloads are judged by the kinds of change of JSON Schema and Avro. The document's own
//! version never counts.

mod diff;
mod model;
mod read;
#[cfg(test)]
mod tests;

use super::library::Library;
use super::side::pairs;
use super::value::{Data, Value};
use super::{Comparison, ContractFormat, Options, Side, change_kind};
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Sources, Span};
use std::sync::LazyLock;

/// How files of AsyncAPI are known, read and compared.
pub static FORMAT: ContractFormat = ContractFormat {
    name: "asyncapi",
    fence: "yaml",
    endings: &[".asyncapi.yaml", ".asyncapi.yml", ".asyncapi.json"],
    sniff: |text| {
        text.lines().any(|line| line.trim_start_matches(&['"', '{', ' '][..]).starts_with("asyncapi"))
    },
    references: super::library::references,
    compare,
    kinds: LazyLock::new(|| {
        change_kind::read(&[
            include_str!("changes/bindings.md"),
            include_str!("changes/channels.md"),
            include_str!("changes/messages.md"),
            include_str!("changes/operations.md"),
            include_str!("changes/servers.md"),
            include_str!("changes/words.md"),
        ])
    }),
};

fn compare(old: &Side, new: &Side, sources: &Sources, options: &Options) -> Comparison {
    let (mut comparison, mut report) = (Comparison::default(), Report::default());
    let left = Library::read(old, sources, &mut report).map(read::traits::merged);
    let right = Library::read(new, sources, &mut report).map(read::traits::merged);
    comparison.findings = report.findings;
    let anything = Value { span: Span::new(FileId(0), 0, 0), data: Data::Map(vec![]) };
    for (was, is) in pairs(old, new, &mut comparison.skipped) {
        let (Some(from), Some(to)) = (left.root(was.id), right.root(is.id)) else { continue };
        let from = read::read(&left, from, &mut comparison.findings);
        let to = read::read(&right, to, &mut comparison.findings);
        let (Some(from), Some(to)) = (from, to) else { continue };
        let mut diff = diff::Diff::new((&from, &left), (&to, &right), &anything, options);
        diff.run();
        comparison.changes.append(&mut diff.changes);
        comparison.skipped.append(&mut diff.skipped);
        comparison.findings.append(&mut diff.findings);
        comparison.compared += diff.compared;
    }
    comparison.finished()
}
