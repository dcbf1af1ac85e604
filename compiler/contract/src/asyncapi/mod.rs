//! AsyncAPI 2 and 3.
//!
//! The document tells of an application: what it sends is read by others, so it must not widen; what it receives is
//! written by others, so it must not narrow. Payloads are judged by the rows of JSON Schema and Avro. The document's own
//! version never counts.

mod diff;
pub mod model;
mod read;
pub mod rows;
#[cfg(test)]
mod tests;

use super::library::Library;
use super::value::{Data, Value};
use super::{Comparison, File, Format, Options, Side, Skipped};
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Sources, Span};

/// The format.
pub const FORMAT: Format = Format {
    name: "asyncapi",
    fence: "yaml",
    endings: &[".asyncapi.yaml", ".asyncapi.yml", ".asyncapi.json"],
    sniff: |text| {
        text.lines().any(|line| line.trim_start_matches(&['"', '{', ' '][..]).starts_with("asyncapi"))
    },
    references: super::library::references,
    compare,
    rows: rows::TABLES,
};

fn compare(old: &Side, new: &Side, sources: &Sources, options: &Options) -> Comparison {
    let (mut comparison, mut report) = (Comparison::default(), Report::default());
    let left = Library::read(old, sources, &mut report);
    let right = Library::read(new, sources, &mut report);
    comparison.findings = report.findings;
    let anything = Value { span: Span::new(FileId(0), 0, 0), data: Data::Map(vec![]) };
    for (was, is) in pairs(old, new, &mut comparison) {
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
    if comparison.unreadable() {
        return Comparison { findings: comparison.findings, ..Comparison::default() };
    }
    comparison
        .changes
        .sort_by(|left, right| left.path.cmp(&right.path).then(left.row.name.cmp(right.row.name)));
    comparison
}

/// One document on each side is a pair whatever its file is called; of several, those in files of one name.
fn pairs<'f>(old: &'f Side, new: &'f Side, comparison: &mut Comparison) -> Vec<(&'f File, &'f File)> {
    let (left, right): (Vec<_>, Vec<_>) = (old.asked().collect(), new.asked().collect());
    if let ([was], [is]) = (left.as_slice(), right.as_slice()) {
        return vec![(was, is)];
    }
    let (mut pairs, mut alone) = (vec![], vec![]);
    for was in &left {
        match right.iter().find(|is| is.path == was.path) {
            Some(is) => pairs.push((*was, *is)),
            None => alone.push((*was, "it is gone")),
        }
    }
    let new = right.iter().filter(|is| left.iter().all(|was| was.path != is.path));
    alone.extend(new.map(|is| (*is, "it has no older version")));
    let skipped =
        |(file, why): (&File, &str)| Skipped { what: file.path.clone(), why: why.into(), span: None };
    comparison.skipped.extend(alone.into_iter().map(skipped));
    pairs
}
