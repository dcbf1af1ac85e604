//! Avro 1.12 schemas.
//!
//! Whether readers of one schema can read what writers of the other wrote is judged as Java's `SchemaCompatibility` does,
//! both ways: that gives the modes. What changes nothing of that is told besides, with a smaller number.

mod diff;
mod read;
mod resolve;
mod schema;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use super::library::Library;
use super::value::Value;
use super::{
    Bump, Change, Comparison, ContractFormat, Direction, Options, Side, Skipped, Subject, change_kind, place,
};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Sources;
use diff::{Diff, element};
use resolve::{Fault, Resolution};
use schema::{Id, Schema};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How files of Avro are known, read and compared.
pub static FORMAT: ContractFormat = ContractFormat {
    name: "avro",
    fence: "json",
    endings: &[".avsc"],
    sniff: |text| text.contains("\"type\"") && text.contains("\"record\""),
    references: |_, _| vec![],
    compare,
    kinds: LazyLock::new(|| {
        change_kind::read(&[include_str!("changes/compatible.md"), include_str!("changes/incompatible.md")])
    }),
};

fn compare(old: &Side, new: &Side, sources: &Sources, _options: &Options) -> Comparison {
    let mut comparison = Comparison::default();
    let mut report = Report::default();
    let (old_texts, new_texts) =
        (Library::read(old, sources, &mut report), Library::read(new, sources, &mut report));
    comparison.findings = report.findings;
    let old = roots(old, &old_texts);
    let new = roots(new, &new_texts);
    compare_roots(old, new, comparison)
}

/// Compares two schemas that stand in other texts, such as a payload of a message.
pub fn compare_values<'v>(old: &'v Value<'v>, new: &'v Value<'v>) -> Comparison {
    let root = |value| vec![(String::new(), value)];
    compare_roots(root(old), root(new), Comparison::default())
}

type Roots<'v> = Vec<(String, &'v Value<'v>)>;

fn roots<'v>(side: &Side, texts: &'v Library<'v>) -> Roots<'v> {
    side.asked().filter_map(|file| Some((file.path.clone(), texts.root(file.id)?))).collect()
}

fn compare_roots<'v>(old: Roots<'v>, new: Roots<'v>, mut comparison: Comparison) -> Comparison {
    let old = read::read(old, &mut comparison.findings);
    let new = read::read(new, &mut comparison.findings);
    if comparison.unreadable() {
        return comparison;
    }
    let mut modes = [true, true];
    for (was, is) in pairs(&old, &new) {
        let ends = match (was, is) {
            (Some(was), Some(is)) => {
                let (ends, mut diff) = compare_pair(&old, &new, (was, is), &mut comparison);
                comparison.changes.append(&mut diff);
                ends
            }
            (was, is) => {
                comparison.skipped.extend(alone(&old, &new, was, is));
                [true, true]
            }
        };
        modes = [modes[0] && ends[0], modes[1] && ends[1]];
    }
    comparison.modes = Comparison::modes_of(modes[0], modes[1]);
    comparison.finished()
}

/// One schema on each side is a pair whatever its file is called; of several, those in files of one name.
fn pairs(old: &Schema<'_>, new: &Schema<'_>) -> Vec<(Option<Id>, Option<Id>)> {
    if let ([(_, old)], [(_, new)]) = (&old.roots[..], &new.roots[..]) {
        return vec![(Some(*old), Some(*new))];
    }
    let mut pairs: BTreeMap<&str, (Option<Id>, Option<Id>)> = BTreeMap::new();
    old.roots.iter().for_each(|(path, id)| pairs.entry(path).or_default().0 = Some(*id));
    new.roots.iter().for_each(|(path, id)| pairs.entry(path).or_default().1 = Some(*id));
    pairs.into_values().collect()
}

/// Whether new readers read old data, and old readers new data; and all changes.
fn compare_pair(
    old: &Schema<'_>,
    new: &Schema<'_>,
    (was, is): (Id, Id),
    comparison: &mut Comparison,
) -> ([bool; 2], Vec<Change>) {
    let mut diff = Diff::new(old, new);
    let mut ends = [true, true];
    let sides = [(Direction::Backward, new, old, is, was), (Direction::Forward, old, new, was, is)];
    for (at, (direction, reader, writer, reads, wrote)) in sides.into_iter().enumerate() {
        let mut resolution = Resolution::new(reader, writer);
        let faults = resolution.run(reads, wrote, &name(reader, reads));
        ends[at] = faults.is_empty();
        for fault in faults {
            diff.told.insert(fault.path.clone());
            diff.changes.push(change(fault, direction));
        }
        if resolution.cut {
            comparison.findings.push(endless(reader, reads));
        }
    }
    diff.types(was, is, &name(new, is), 0);
    comparison.compared += diff.compared;
    (ends, diff.changes)
}

fn endless(schema: &Schema<'_>, id: Id) -> Finding {
    Finding::new(
        "contract-unsupported",
        format!("types of `{}` hold each other in too long a chain", name(schema, id)),
    )
    .label(schema.node(id).at, "not judged to the end")
    .help("nest the types less")
}

/// What keeps new readers from old data breaks those who are there; what only keeps old readers from new data is no
/// break by itself: whether it may be is the topic's mode to say.
fn change(fault: Fault, direction: Direction) -> Change {
    let Fault { kind, path, reader, writer, message } = fault;
    let (reader, writer) = (place(reader.0, reader.1), place(writer.0, writer.1));
    let (bump, places, who) = match direction {
        Direction::Forward => (Bump::Minor, [reader, writer], "old readers of new data: "),
        _ => (Bump::Major, [writer, reader], "new readers of old data: "),
    };
    let subject = Subject { element: element(&path), path, direction };
    Change::new(kind, subject, format!("{who}{message}")).between(places).at(bump)
}

/// A schema that stands on one side only: told, for nothing is compared.
fn alone(old: &Schema<'_>, new: &Schema<'_>, was: Option<Id>, is: Option<Id>) -> Option<Skipped> {
    let (schema, id, side) = was.map(|id| (old, id, "old")).or(is.map(|id| (new, id, "new")))?;
    let why = format!("only the {side} side has a schema in a file of this name");
    Some(Skipped { what: name(schema, id), why, span: Some(schema.node(id).at) })
}

/// What a schema is called in paths: its simple name, or its kind.
fn name(schema: &Schema<'_>, id: Id) -> String {
    let node = schema.node(id);
    node.named.as_ref().map_or(node.shape.as_str(), |named| named.simple).to_string()
}
