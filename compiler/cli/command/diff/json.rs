//! The documented JSON of a difference.

use super::text::users;
use crate::command::compare::SpecPair;
use crate::show::{Places, pretty};
use bastide_contract::Change;
use bastide_core::diff::blast::Blast;
use bastide_core::diff::contract::Compared;
use bastide_core::diff::{Diff, Difference, Effect};
use bastide_report::source::Sources;
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    app: &'a str,
    old: &'a str,
    breaking: bool,
    equal: bool,
    summary: Summary,
    differences: Vec<Entry<'a>>,
    contracts: Vec<Contract<'a>>,
    blast_radius: &'a Blast,
    compared: Looked<'a>,
    skipped: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Summary {
    breaking: usize,
    risky: usize,
    safe: usize,
}

#[derive(Serialize)]
struct Entry<'a> {
    subject: &'a str,
    path: &'a str,
    node: &'a str,
    what: &'a str,
    effect: &'a str,
    why: &'a str,
    help: &'a str,
    old: Option<&'a str>,
    new: Option<&'a str>,
    inside: bool,
    environments: &'a [String],
    places: Places,
}

#[derive(Serialize)]
struct Contract<'a> {
    path: &'a str,
    kind: &'a str,
    old: &'a str,
    new: &'a str,
    required: &'a str,
    breaking: bool,
    effect: &'a str,
    next: Option<&'a str>,
    consumers: Vec<&'a str>,
    changes: Vec<Item<'a>>,
    compared: usize,
}

#[derive(Serialize)]
struct Item<'a> {
    rule: &'a str,
    bump: &'a str,
    direction: &'a str,
    path: &'a str,
    message: &'a str,
    places: Places,
}

#[derive(Serialize)]
struct Looked<'a> {
    nodes: usize,
    contracts: usize,
    environments: &'a [String],
}

#[derive(Serialize)]
struct Left<'a> {
    path: &'a str,
    why: &'a str,
}

/// One JSON object.
pub fn render(pair: &SpecPair, diff: &Diff) -> String {
    let sources = &pair.project.sources;
    let document = Document {
        schema_version: 1,
        app: pair.app(),
        old: &pair.about,
        breaking: diff.effect() == Effect::Breaking,
        equal: diff.equal(),
        summary: Summary {
            breaking: diff.count(Effect::Breaking),
            risky: diff.count(Effect::Risky),
            safe: diff.count(Effect::Safe),
        },
        differences: diff.differences.iter().map(|it| entry(it, sources)).collect(),
        contracts: diff.contracts.iter().map(|it| contract(it, pair)).collect(),
        blast_radius: &diff.blast,
        compared: Looked {
            nodes: diff.nodes,
            contracts: diff.contracts.len(),
            environments: &diff.environments,
        },
        skipped: diff.skipped.iter().map(|it| Left { path: &it.at, why: &it.why }).collect(),
    };
    pretty(&document)
}

fn entry<'a>(it: &'a Difference, sources: &Sources) -> Entry<'a> {
    Entry {
        subject: it.subject,
        path: &it.path,
        node: &it.node,
        what: it.change.as_str(),
        effect: it.effect.as_str(),
        why: &it.why,
        help: &it.help,
        old: it.old.as_ref().map(|place| place.text.as_str()),
        new: it.new.as_ref().map(|place| place.text.as_str()),
        inside: it.inside,
        environments: &it.environments,
        places: Places::of(&it.old, &it.new, sources),
    }
}

fn contract<'a>(it: &'a Compared, pair: &'a SpecPair) -> Contract<'a> {
    let sources = &pair.project.sources;
    let item = |change: &'a Change| Item {
        rule: change.kind.name,
        bump: change.bump.as_str(),
        direction: change.direction.as_str(),
        path: &change.path,
        message: &change.message,
        places: Places::of(&change.old, &change.new, sources),
    };
    Contract {
        path: &it.at,
        kind: it.kind(),
        old: &it.old,
        new: &it.new,
        required: it.comparison.required().as_str(),
        breaking: it.breaking,
        effect: it.effect().as_str(),
        next: it.wanted.as_deref(),
        consumers: users(it, pair),
        changes: it.comparison.changes.iter().map(item).collect(),
        compared: it.comparison.compared,
    }
}
