//! JSON Schema, draft 4 to 2020-12: schemas of data at rest, judged as sets of values.

pub(crate) mod kinds;
#[cfg(test)]
mod tests;

use super::library::Library;
use super::schema::{Dialect, Fact, FactKind, Judge, Reading};
use super::side::pairs;
use super::value::{Data, Value};
use super::{Bump, Change, Comparison, ContractFormat, Direction, Options, Side, Subject, change_kind};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Sources;
use std::sync::LazyLock;

/// How files of JSON Schema are known, read and compared.
pub static FORMAT: ContractFormat = ContractFormat {
    name: "json-schema",
    fence: "json",
    endings: &[".schema.json", ".schema.yaml", ".schema.yml"],
    sniff: |text| text.contains("$schema"),
    references: super::library::references,
    compare,
    kinds: LazyLock::new(|| {
        let mut kinds =
            change_kind::read(&[include_str!("changes/properties.md"), include_str!("changes/notes.md")]);
        kinds.extend(kinds::of_schemas());
        kinds
    }),
};

fn compare(old: &Side, new: &Side, sources: &Sources, _options: &Options) -> Comparison {
    let mut report = Report::default();
    let left = Library::read(old, sources, &mut report);
    let right = Library::read(new, sources, &mut report);
    let mut comparison = Comparison::default();
    let mut holds = (true, true);
    for (one, other) in pairs(old, new, &mut comparison.skipped) {
        let (Some(from), Some(to)) = (left.root(one.id), right.root(other.id)) else { continue };
        if !schema(from, &mut report) || !schema(to, &mut report) {
            continue;
        }
        let mut judge = Judge::new((&left, dialect(from)), (&right, dialect(to)));
        let facts = judge.compare(from, to, Reading::Data);
        holds.0 &= !facts.iter().any(|fact| fact.narrows && counts(fact));
        holds.1 &= !facts.iter().any(|fact| fact.widens && counts(fact));
        comparison.changes.extend(facts.iter().map(change));
        comparison.compared += judge.compared;
        comparison.skipped.append(&mut judge.skipped);
        report.findings.append(&mut judge.findings);
    }
    comparison.modes = Comparison::modes_of(holds.0, holds.1);
    comparison.findings = report.findings;
    comparison.finished()
}

/// Whether a value can be a schema at all.
fn schema(value: &Value, report: &mut Report) -> bool {
    let is = matches!(value.data, Data::Map(_) | Data::Bool(_));
    if !is {
        let finding = Finding::new("contract-syntax", "this is no schema").label(value.span, "here");
        report.push(finding.help("write a map of keywords, or `true` or `false`"));
    }
    is
}

fn dialect(root: &Value) -> Dialect {
    match root.text_at("$schema") {
        Some(text) if text.contains("draft-0") => Dialect::Old,
        Some(_) => Dialect::New,
        None => Dialect::Old,
    }
}

/// Whether a fact counts for what can be read: `format` and `content…` are notes to people and tools here.
fn counts(fact: &Fact) -> bool {
    !matches!(fact.kind, FactKind::Format | FactKind::Content | FactKind::Discriminator)
}

fn change(fact: &Fact) -> Change {
    let direction = match (fact.narrows, fact.widens) {
        (true, false) => Direction::Backward,
        (false, true) => Direction::Forward,
        _ => Direction::Both,
    };
    let subject = Subject { path: format!("${}", fact.path), element: element(&fact.path), direction };
    let change = Change::new(&kinds::name(fact), subject, fact.message.clone())
        .between([fact.old.clone(), fact.new.clone()]);
    let contradicts = fact.kind == FactKind::PropertyAddedOptional && fact.narrows && fact.widens;
    if contradicts { change.at(Bump::Major) } else { change }
}

/// What a consumer would name: `customer.email`, without the branches on the way.
pub(crate) fn element(path: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for sign in path.chars() {
        match sign {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            sign if depth == 0 => out.push(sign),
            _ => {}
        }
    }
    out.trim_start_matches('.').into()
}
