//! JSON Schema, draft 4 to 2020-12: schemas of data at rest, judged as sets of values.

pub(crate) mod rows;
#[cfg(test)]
mod tests;

use super::library::Library;
use super::schema::{Dialect, Fact, Judge, Reading, What};
use super::value::{Data, Value};
use super::{Bump, Change, Comparison, Direction, File, Format, Mode, Options, Side, Skipped};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Sources;

/// The format.
pub const FORMAT: Format = Format {
    name: "json-schema",
    fence: "json",
    endings: &[".schema.json", ".schema.yaml", ".schema.yml"],
    sniff: |text| text.contains("$schema"),
    references: super::library::references,
    compare,
    rows: rows::TABLES,
};

fn compare(old: &Side, new: &Side, sources: &Sources, _options: &Options) -> Comparison {
    let mut report = Report::default();
    let left = Library::read(old, sources, &mut report);
    let right = Library::read(new, sources, &mut report);
    let mut comparison = Comparison::default();
    let mut holds = (true, true);
    for (one, other) in pairs(old, new, &mut comparison) {
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
    comparison
        .changes
        .sort_by(|left, right| left.path.cmp(&right.path).then(left.row.name.cmp(right.row.name)));
    comparison.modes =
        vec![(Mode::Backward, holds.0), (Mode::Forward, holds.1), (Mode::Full, holds.0 && holds.1)];
    comparison.findings = report.findings;
    if comparison.unreadable() {
        return Comparison { findings: comparison.findings, ..Comparison::default() };
    }
    comparison
}

/// The files that are versions of one another: the only one of each side, or those of one path.
fn pairs<'f>(old: &'f Side, new: &'f Side, comparison: &mut Comparison) -> Vec<(&'f File, &'f File)> {
    let (left, right): (Vec<_>, Vec<_>) = (old.asked().collect(), new.asked().collect());
    if let ([one], [other]) = (left.as_slice(), right.as_slice()) {
        return vec![(one, other)];
    }
    let mut alone = |file: &File, why: &str| {
        let skipped = Skipped { what: file.path.clone(), why: why.into(), span: None };
        comparison.skipped.push(skipped);
    };
    let mut pairs = vec![];
    for file in &right {
        match left.iter().find(|other| other.path == file.path) {
            Some(other) => pairs.push((*other, *file)),
            None => alone(file, "it has no older version"),
        }
    }
    for file in left.iter().filter(|file| !right.iter().any(|other| other.path == file.path)) {
        alone(file, "it is gone");
    }
    pairs
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
    !matches!(fact.what, What::Format | What::Content | What::Discriminator)
}

fn change(fact: &Fact) -> Change {
    let row = rows::of(fact);
    let direction = match (fact.narrows, fact.widens) {
        (true, false) => Direction::Backward,
        (false, true) => Direction::Forward,
        _ => Direction::Both,
    };
    let typed = fact.what == What::PropertyAddedOptional && fact.narrows && fact.widens;
    Change {
        row,
        bump: if typed { Bump::Major } else { row.bump },
        direction,
        path: format!("${}", fact.path),
        element: element(&fact.path),
        old: fact.old.clone(),
        new: fact.new.clone(),
        message: fact.message.clone(),
        also: vec![],
    }
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
