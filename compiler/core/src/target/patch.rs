//! Patches of an environment: `patch "Deployment/orders" { set "spec.template.spec.dnsPolicy" value="None" }` changes
//! the object in whatever YAML a target writes of it. A patch that meets nothing is a mistake.

mod edit;
mod needs;
mod objects;
#[cfg(test)]
mod tests;

use super::context::Shared;
use crate::model::patch::{Change, How, Patch, steps};
use bastide_report::finding::{Finding, Report};
use bastide_template::trace::{LineTrace, Traced};
use edit::{Act, Block, Line, Why};
use objects::Object;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What the patches of an environment met in what is rendered.
#[derive(Debug, Default)]
pub struct Met(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    /// All objects there are.
    objects: BTreeSet<String>,
    /// The patches that met one, by number.
    patches: BTreeSet<usize>,
    /// The changes of patterns that were made somewhere, by number of the patch and in it.
    made: BTreeSet<(usize, usize)>,
    /// Why a change of a pattern was not made in an object, the first by name.
    unmade: BTreeMap<(usize, usize), (String, String)>,
    /// What is left needs, if a patch takes anything away, and who needs it.
    needs: BTreeSet<(String, String)>,
}

impl Shared {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.met.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A rendered text with the environment's patches applied; none if they take away all that it holds.
pub fn apply(shared: &Shared, text: String, report: &mut Report) -> Option<String> {
    let Some(lines) = patched(shared, &text, report) else { return Some(text) };
    let text = joined(&lines);
    if shared.model.environment.patches.iter().any(|patch| patch.gone) {
        shared.seen().needs.extend(needs::of(&text));
    }
    (!lines.is_empty()).then_some(text)
}

fn joined(lines: &[Line]) -> String {
    lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The same for a traced text: lines that a patch made say so.
pub fn trace(shared: &Shared, traced: Traced, report: &mut Report) -> Option<Traced> {
    let Some(lines) = patched(shared, &traced.text, report) else { return Some(traced) };
    let reads: Vec<String> =
        shared.model.environment.patches.iter().flat_map(|it| &it.changes).flat_map(reads).collect();
    let by_patch =
        |number: usize| Some(LineTrace { reads: vec![reads.get(number)?.clone()], ..LineTrace::default() });
    let of = |line: &Line| match line.from {
        Ok(at) => traced.lines.get(at).cloned(),
        Err(number) => by_patch(number),
    };
    // The last line break ends a line and begins none.
    let count = lines.len() - usize::from(lines.last()?.text.is_empty());
    let traces = lines[..count].iter().map(|line| of(line).unwrap_or_default()).collect();
    Some(Traced { text: joined(&lines), lines: traces, reads: traced.reads })
}

/// Where in the spec each edit of a change is written.
fn reads(change: &Change) -> Vec<String> {
    match change.how {
        How::Set if change.value.is_none() => {
            change.fields.iter().map(|(field, _)| format!("{}.{field}", change.at)).collect()
        }
        _ if change.value.is_some() => vec![format!("{}.value", change.at)],
        _ => vec![change.at.clone()],
    }
}

/// Reports the patches that met no object in any file of the environment, and the changes of patterns that none of their
/// objects could take.
pub fn unmet(shared: &Shared, report: &mut Report) {
    let seen = shared.seen();
    let environment = &shared.model.environment;
    for (number, patch) in environment.patches.iter().enumerate() {
        if !seen.patches.contains(&number) {
            let message = format!("no target of `{}` writes a `{}`", environment.name.value, patch.object);
            Finding::new("patch-meets-nothing", message)
                .label(patch.origin.span, "there is no such object")
                .meant(&patch.object, near(patch, &seen.objects))
                .add_to(report);
        }
        let missed =
            |(need, _): &&(String, String)| patch.gone && patch.meets(need) && seen.objects.contains(need);
        if let Some((need, by)) = seen.needs.iter().find(missed) {
            Finding::new("patch-breaks-need", format!("`{by}` needs `{need}`, which a patch takes away"))
                .label(patch.origin.span, "it is still needed")
                .help(format!("take it out of `{by}` too, or leave it"))
                .add_to(report);
        }
        for (at, change) in patch.changes.iter().enumerate() {
            let unmade = seen.unmade.get(&(number, at)).filter(|_| !seen.made.contains(&(number, at)));
            if let Some((object, why)) = unmade {
                let what = format!("`{object}`, and all else that `{}` means,", patch.object);
                unchanged(&what, change, why, report);
            }
        }
    }
}

/// The objects that a patch may mean: those of its kind, else those of its name, else all.
fn near<'s>(patch: &Patch, objects: &'s BTreeSet<String>) -> Vec<&'s str> {
    let (kind, name) = patch.object.split_once('/').unwrap_or((&patch.object, ""));
    let those = |fits: &dyn Fn(&str, &str) -> bool| -> Vec<&'s str> {
        let all = objects.iter().filter(|it| it.split_once('/').is_some_and(|(kind, name)| fits(kind, name)));
        all.map(String::as_str).collect()
    };
    let near = [those(&|own, _| own == kind), those(&|_, own| own == name), those(&|_, _| true)];
    near.into_iter().find(|it| !it.is_empty()).unwrap_or_default()
}

fn unchanged(what: &str, change: &Change, why: &str, report: &mut Report) {
    Finding::new("unknown-path", format!("{what} cannot be changed: {why}"))
        .label(change.origin.span, "this path leads nowhere")
        .help("name keys with dots between them, items of a list by their `name` or number: `spec.template.spec.containers.orders.image`")
        .add_to(report);
}

/// The lines of a text after the patches, if it may hold objects and there are patches; none are left if all that it held
/// is taken away.
fn patched(shared: &Shared, text: &str, report: &mut Report) -> Option<Vec<Line>> {
    if shared.model.environment.patches.is_empty() {
        return None;
    }
    let lines = text.split('\n').enumerate().map(|(at, line)| Line { text: line.into(), from: Ok(at) });
    let mut lines: Vec<Line> = lines.collect();
    let mut left = false;
    // From the last document to the first, so that places before it stay.
    for range in documents(&lines).into_iter().rev() {
        let mut document = lines[range.clone()].to_vec();
        let held = Block::of(&document).is_some();
        for object in objects::of(&document) {
            shared.seen().objects.insert(object.name.clone());
            if change(shared, &object, &mut document, report) {
                object.take(&mut document);
            }
        }
        left |= !held || !document.is_empty();
        let mark = if held && document.is_empty() { range.start.saturating_sub(1) } else { range.start };
        lines.splice(mark..range.end, document);
    }
    if !left {
        lines.clear();
    }
    Some(lines)
}

/// The objects of a text.
pub(super) fn names(text: &str) -> Vec<String> {
    let line = |(at, line): (usize, &str)| Line { text: line.into(), from: Ok(at) };
    let lines: Vec<Line> = text.split('\n').enumerate().map(line).collect();
    documents(&lines)
        .into_iter()
        .flat_map(|range| objects::of(&lines[range]))
        .map(|object| object.name)
        .collect()
}

/// The lines of each document of a text.
fn documents(lines: &[Line]) -> Vec<Range<usize>> {
    let marks = (0..lines.len()).filter(|at| lines[*at].text == "---" || lines[*at].text.starts_with("--- "));
    let mut from = 0;
    let mut found = vec![];
    for mark in marks {
        found.push(from..mark);
        from = mark + 1;
    }
    found.push(from..lines.len());
    found
}

/// Applies the patches of one object; says whether one takes it away.
fn change(shared: &Shared, object: &Object, document: &mut Vec<Line>, report: &mut Report) -> bool {
    let (mut number, mut gone) = (0, false);
    for (of, patch) in shared.model.environment.patches.iter().enumerate() {
        let meets = patch.meets(&object.name);
        if meets {
            shared.seen().patches.insert(of);
            gone |= patch.gone;
        }
        for (at, change) in patch.changes.iter().enumerate() {
            let done = if meets { one(change, number, object, document) } else { Ok(()) };
            number += reads(change).len();
            match done {
                Ok(()) => drop(meets && shared.seen().made.insert((of, at))),
                // Not all that a pattern means has the same fields.
                Err(Why::Missing(why)) if patch.is_pattern() => {
                    let told = (object.name.clone(), why);
                    let mut seen = shared.seen();
                    let first = seen.unmade.entry((of, at)).or_insert_with(|| told.clone());
                    *first = told.min(first.clone());
                }
                Err(why) => unchanged(&format!("`{}`", object.name), change, why.text(), report),
            }
        }
    }
    gone
}

/// Makes a change in an object.
fn one(change: &Change, number: usize, object: &Object, document: &mut Vec<Line>) -> Result<(), Why> {
    let own = path(&change.path)?;
    if change.value.is_some() && !change.fields.is_empty() {
        return Err(Why::Fault("it gets a value and fields: keep one of them".into()));
    }
    match (change.how, &change.value) {
        (How::Remove, _) => object.edit(document, &own, Act::Remove, number),
        (How::Set, Some(value)) => object.edit(document, &own, Act::Set(value), number),
        (How::Set, None) => change.fields.iter().enumerate().try_for_each(|(at, (field, value))| {
            let steps: Vec<String> = own.iter().cloned().chain(path(field)?).collect();
            object.edit(document, &steps, Act::Set(value), number + at)
        }),
        (How::Append | How::Insert(_), value) => {
            let item = value.clone().map_or_else(|| item(&change.fields), Ok)?;
            let place = if let How::Insert(place) = change.how { Some(place) } else { None };
            object.edit(document, &own, Act::Add(place, &item), number)
        }
    }
}

fn path(text: &str) -> Result<Vec<String>, Why> {
    steps(text).ok_or_else(|| Why::Fault(format!("`{text}` is no path")))
}

/// An object of fields at dotted paths; a number is a place in a list.
fn item(fields: &[(String, Value)]) -> Result<Value, Why> {
    if fields.is_empty() {
        return Err(Why::Fault("no item is said: write `value=`, or its fields between braces".into()));
    }
    let mut whole = Value::Object(Map::new());
    for (field, value) in fields {
        let mut at = &mut whole;
        for step in path(field)? {
            if at.is_null() {
                *at = if step == "0" { Value::Array(vec![]) } else { Value::Object(Map::new()) };
            }
            at = match at {
                Value::Object(map) => map.entry(step).or_insert(Value::Null),
                Value::Array(list) => {
                    let place = step.parse().ok().filter(|place| *place <= list.len());
                    let place: usize =
                        place.ok_or_else(|| Why::Fault(format!("`{step}` of `{field}` is no next place")))?;
                    if place == list.len() {
                        list.push(Value::Null);
                    }
                    &mut list[place]
                }
                _ => return Err(Why::Fault(format!("`{field}` leads through a value"))),
            };
        }
        if !at.is_null() {
            return Err(Why::Fault(format!("`{field}` is said twice")));
        }
        *at = value.clone();
    }
    Ok(whole)
}
