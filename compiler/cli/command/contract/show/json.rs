//! The documented JSON of a comparison.

use super::super::verdict::Verdict;
use crate::show::{Places, pretty};
use bastide_contract::{Change, Mode, Place};
use bastide_report::source::{self, Sources};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    kind: &'a str,
    breaking: bool,
    required: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_category: Option<BTreeMap<&'a str, bool>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    modes: Option<BTreeMap<String, bool>>,
    changes: Vec<Entry<'a>>,
    compared: usize,
    skipped: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    bump: &'a str,
    direction: &'a str,
    path: &'a str,
    element: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    message: &'a str,
    also: &'a [String],
    places: Places,
}

#[derive(Serialize)]
struct Left<'a> {
    what: &'a str,
    why: &'a str,
    place: Option<source::Place>,
}

/// One JSON object.
pub fn render(verdict: &Verdict, sources: &Sources) -> String {
    let comparison = &verdict.comparison;
    let categories: BTreeMap<&str, bool> = comparison.categories.iter().copied().collect();
    let skipped = comparison.skipped.iter().map(|it| Left {
        what: &it.what,
        why: &it.why,
        place: it.span.map(|span| sources.place(span)),
    });
    let document = Document {
        schema_version: 1,
        kind: verdict.kind,
        breaking: verdict.breaking(),
        required: verdict.required().as_str(),
        by_category: Some(categories).filter(|it| !it.is_empty()),
        modes: Some(modes(verdict)).filter(|it| !it.is_empty()),
        changes: comparison.changes.iter().map(|change| entry(change, sources)).collect(),
        compared: comparison.compared,
        skipped: skipped.collect(),
    };
    pretty(&document)
}

/// Each mode, over the newest old version and over all of them.
fn modes(verdict: &Verdict) -> BTreeMap<String, bool> {
    let near = verdict.comparison.modes.iter().map(|(mode, holds)| (mode.as_str().to_string(), *holds));
    let far =
        verdict.transitive.iter().map(|(mode, holds)| (format!("{}_TRANSITIVE", mode.as_str()), *holds));
    let mut modes: BTreeMap<String, bool> = near.chain(far).collect();
    for behind in ["", "_TRANSITIVE"] {
        let word = |mode: Mode| format!("{}{behind}", mode.as_str());
        let both = (modes.get(&word(Mode::Backward)), modes.get(&word(Mode::Forward)));
        if let (Some(backward), Some(forward)) = both {
            let full = *backward && *forward;
            modes.insert(word(Mode::Full), full);
        }
    }
    modes
}

fn entry<'a>(change: &'a Change, sources: &Sources) -> Entry<'a> {
    let text = |place: &'a Option<Place>| place.as_ref().map(|it| it.text.as_str());
    Entry {
        rule: change.kind.name,
        bump: change.bump.as_str(),
        direction: change.direction.as_str(),
        path: &change.path,
        element: &change.element,
        old: text(&change.old),
        new: text(&change.new),
        message: &change.message,
        also: &change.also,
        places: Places::of(&change.old, &change.new, sources),
    }
}
