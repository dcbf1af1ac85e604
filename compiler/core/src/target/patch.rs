//! Patches of an environment: `patch "Deployment/orders" { set "spec.template.spec.dnsPolicy" value="None" }` changes
//! the object in whatever YAML a target writes of it. A patch that meets nothing is a mistake.

mod edit;
#[cfg(test)]
mod tests;

use super::context::Shared;
use crate::model::app::{Patch, Set};
use bastide_report::finding::{Finding, Report};
use bastide_template::trace::{LineTrace, Traced};
use edit::{Change, Line, edit, find, steps};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// The patches that met an object, by number, and the objects there were.
#[derive(Debug, Default)]
pub struct Met(Mutex<(BTreeSet<usize>, BTreeSet<String>)>);

/// A rendered text with the environment's patches applied.
pub fn apply(shared: &Shared, text: String, report: &mut Report) -> String {
    let Some(lines) = patched(shared, &text, report) else { return text };
    lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// The same for a traced text: lines that a patch made say so.
pub fn trace(shared: &Shared, traced: Traced, report: &mut Report) -> Traced {
    let Some(lines) = patched(shared, &traced.text, report) else { return traced };
    let sets: Vec<&Set> = shared.model.environment.patches.iter().flat_map(|patch| &patch.sets).collect();
    let by_patch = |number: usize| {
        let set = sets.get(number)?;
        let field = if set.value.is_some() { ".value" } else { "" };
        Some(LineTrace { reads: vec![format!("{}{field}", set.at)], ..LineTrace::default() })
    };
    let of = |line: &Line| match line.from {
        Ok(at) => traced.lines.get(at).cloned(),
        Err(number) => by_patch(number),
    };
    // The last line break ends a line and begins none.
    let count = lines.len() - usize::from(lines.last().is_some_and(|line| line.text.is_empty()));
    let traces = lines[..count].iter().map(|line| of(line).unwrap_or_default()).collect();
    let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n");
    Traced { text, lines: traces, reads: traced.reads }
}

/// Reports the patches that met no object in any file of the environment.
pub fn unmet(shared: &Shared, report: &mut Report) {
    let state = shared.met.0.lock().unwrap_or_else(PoisonError::into_inner);
    let environment = &shared.model.environment;
    for (_, patch) in environment.patches.iter().enumerate().filter(|(number, _)| !state.0.contains(number)) {
        let message = format!("no target of `{}` writes a `{}`", environment.name.value, patch.object);
        Finding::new("patch-meets-nothing", message)
            .label(patch.origin.span, "there is no such object")
            .meant(&patch.object, state.1.iter().map(String::as_str))
            .add_to(report);
    }
}

/// The lines of a text after the patches, if it may hold objects and there are patches.
fn patched(shared: &Shared, text: &str, report: &mut Report) -> Option<Vec<Line>> {
    let patches = &shared.model.environment.patches;
    if patches.is_empty() || !text.contains("kind:") {
        return None;
    }
    let lines = text.split('\n').enumerate().map(|(at, line)| Line { text: line.into(), from: Ok(at) });
    let mut lines: Vec<Line> = lines.collect();
    // From the last document to the first, so that places before it stay.
    for range in documents(&lines).into_iter().rev() {
        let mut document = lines[range.clone()].to_vec();
        let name =
            [&["kind"][..], &["metadata", "name"]].map(|path| find(&document, path).map(str::to_string));
        let [Some(kind), Some(name)] = name else { continue };
        change(shared, &format!("{kind}/{name}"), &mut document, report);
        lines.splice(range, document);
    }
    Some(lines)
}

/// Applies the patches of one object to its document.
fn change(shared: &Shared, object: &str, document: &mut Vec<Line>, report: &mut Report) {
    shared.met.0.lock().unwrap_or_else(PoisonError::into_inner).1.insert(object.to_string());
    let mut first = 0;
    for (number, patch) in shared.model.environment.patches.iter().enumerate() {
        if patch.object == object {
            shared.met.0.lock().unwrap_or_else(PoisonError::into_inner).0.insert(number);
            sets(patch, first, document, report);
        }
        first += patch.sets.len();
    }
}

fn sets(patch: &Patch, first: usize, document: &mut Vec<Line>, report: &mut Report) {
    for (at, set) in patch.sets.iter().enumerate() {
        let done = match steps(&set.path) {
            Some(steps) => {
                edit(document, Change { steps: &steps, value: set.value.as_ref(), number: first + at })
            }
            None => Err(format!("`{}` is no path", set.path)),
        };
        if let Err(why) = done {
            Finding::new("unknown-path", format!("`{}` cannot be changed: {why}", patch.object))
                    .label(set.origin.span, "this path leads nowhere")
                    .help("name keys with dots between them, items of a list by their `name` or number: `spec.template.spec.containers.orders.image`").add_to(report);
        }
    }
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
