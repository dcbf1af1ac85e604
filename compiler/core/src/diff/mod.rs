//! The difference of two specs as meant: node by node over the merged trees, request by request over the route tables,
//! change by change over the contracts. Words, order and places in the files do not count.
//!
//! The trees are compared by the tables of the language, so a new field of a kind is seen here without a line of code.
//! What a difference does to those who depend on it stands in the table of [`effect`].

pub mod blast;
pub mod contract;
pub mod effect;
mod files;
pub mod finding;
mod held;
mod meaning;
mod once;
mod pair;
pub mod route;
pub mod subject;
mod tree;

use crate::contracts::history::History;
use crate::model::Model;
use crate::view::Views;
use bastide_contract::Place;
use blast::Blast;
use contract::{Compared, Skipped};
use std::collections::BTreeMap;

/// What came of a node, a value or a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// Only the new spec has it.
    Added,
    /// Only the old spec has it.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
}

impl DifferenceKind {
    /// The word of JSON and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            DifferenceKind::Added => "added",
            DifferenceKind::Removed => "removed",
            DifferenceKind::Changed => "changed",
        }
    }
}

/// What a difference does to those who depend on what it is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// They go on as they are.
    #[default]
    Safe,
    /// They go on, if somebody sees to it.
    Risky,
    /// Somebody who kept to the old spec fails, or data is lost.
    Breaking,
}

impl Effect {
    /// The word of JSON and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Effect::Safe => "safe",
            Effect::Risky => "risky",
            Effect::Breaking => "breaking",
        }
    }
}

/// One difference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What it is about: the heading it stands under.
    pub subject: &'static str,
    /// Path of the node at the top it belongs to: `service.orders`.
    pub node: String,
    /// Its own path, as `why` takes it: `service.orders.scale.min`; for requests `public GET /v1/orders`.
    pub path: String,
    /// Nodes and field of its path without their names: `service.scale.min`; empty for what is no node.
    pub kind: String,
    /// What came of it.
    pub change: DifferenceKind,
    /// The old side: where, and what stood there. A value that looks like a secret is never here.
    pub old: Option<Place>,
    /// The new side.
    pub new: Option<Place>,
    /// What it does to others.
    pub effect: Effect,
    /// Why it does that; empty where it is safe.
    pub why: String,
    /// The safe way; empty where there is none to tell.
    pub help: String,
    /// It is part of a node that came or went as a whole.
    pub inside: bool,
    /// The environments it is in, in the order of the spec.
    pub environments: Vec<String>,
}

impl Difference {
    /// A difference of a node at the top, safe unless more is said.
    fn new(subject: &'static str, node: &str, path: String, change: DifferenceKind) -> Difference {
        Difference {
            subject,
            node: node.into(),
            path,
            kind: String::new(),
            change,
            old: None,
            new: None,
            effect: Effect::Safe,
            why: String::new(),
            help: String::new(),
            inside: false,
            environments: vec![],
        }
    }
}

/// Two specs, compared.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// All differences: by subject, then by path.
    pub differences: Vec<Difference>,
    /// Contracts of both sides that were compared, by path.
    pub contracts: Vec<Compared>,
    /// Contracts that were not, and why.
    pub skipped: Vec<Skipped>,
    /// Who is concerned.
    pub blast: Blast,
    /// Environments that are in both.
    pub environments: Vec<String>,
    /// How many nodes were compared that the specs themselves say something of.
    pub nodes: usize,
}

impl Diff {
    /// The worst that happens to anybody.
    pub fn effect(&self) -> Effect {
        let contracts = self.contracts.iter().map(Compared::effect);
        self.differences.iter().map(|it| it.effect).chain(contracts).max().unwrap_or_default()
    }

    /// Whether both mean the same.
    pub fn equal(&self) -> bool {
        self.differences.is_empty() && self.contracts.iter().all(Compared::equal)
    }

    /// How many differences and contracts have this effect.
    pub fn count(&self, effect: Effect) -> usize {
        let contracts = self.contracts.iter().filter(|it| !it.equal() && it.effect() == effect).count();
        self.differences.iter().filter(|it| it.effect == effect).count() + contracts
    }
}

/// One environment as meant, and its views.
pub type Environment<'a> = (&'a Model, &'a Views);

/// Compares two specs, each as its environments in the order of the spec. The histories say what became of the contracts of
/// each environment.
pub fn compare(old: &[Environment<'_>], new: &[Environment<'_>], histories: &[History<'_>]) -> Diff {
    let mut diff = Diff::default();
    for (compared, skipped) in histories.iter().map(contract::contracts) {
        diff.contracts.extend(compared);
        diff.skipped.extend(skipped);
    }
    diff.contracts.sort_by(|left, right| key(left).cmp(&key(right)));
    diff.contracts.dedup_by(|left, right| key(left) == key(right));
    diff.skipped.sort();
    diff.skipped.dedup();
    let mut found: Vec<Difference> = vec![];
    let name = |it: &Environment<'_>| it.0.environment.name.value.clone();
    for it in old.iter().filter(|it| !new.iter().any(|other| name(other) == name(it))) {
        found.push(environment(it.0, DifferenceKind::Removed));
    }
    for it in new {
        let Some(before) = old.iter().find(|other| name(other) == name(it)) else {
            found.push(environment(it.0, DifferenceKind::Added));
            continue;
        };
        let from = found.len();
        diff.nodes += tree::compare(before.0, it.0, &mut found);
        once::weigh(before.0, it.0, &mut found[from..]);
        meaning::weigh(before.0, it.0, &mut found[from..]);
        held::compare(*before, *it, from, &mut found);
        route::compare(*before, *it, from, &mut found);
        files::compare(before.0, it.0, &mut found);
        found[from..].iter_mut().for_each(effect::help);
        found[from..].iter_mut().for_each(|difference| difference.environments.push(name(it)));
        diff.environments.push(name(it));
    }
    diff.differences = merged(found);
    diff.blast = blast::blast(old, new, &diff);
    diff
}

fn key(it: &Compared) -> (&str, &str, &str) {
    (&it.at, &it.old, &it.new)
}

/// A whole environment that came or went.
fn environment(model: &Model, change: DifferenceKind) -> Difference {
    let it = &model.environment;
    let place = Some(Place { span: it.name.span(), text: it.platform.clone() });
    let (old, new) = if change == DifferenceKind::Removed { (place, None) } else { (None, place) };
    let (effect, why) = effect::of("environment", change, None, false);
    let environments = vec![it.name.value.clone()];
    let whole = Difference::new(subject::of(&["environment"]), &it.at, it.at.clone(), change);
    Difference { old, new, effect, why: why.into(), environments, ..whole }
}

/// One difference for what is the same in several environments, in the order of subjects and paths.
fn merged(found: Vec<Difference>) -> Vec<Difference> {
    let mut all: BTreeMap<_, Difference> = BTreeMap::new();
    for it in found {
        let texts = [&it.old, &it.new].map(|place| place.as_ref().map(|place| place.text.clone()));
        let key = (subject::rank(it.subject), it.path.clone(), it.change, texts, it.effect, it.inside);
        match all.get_mut(&key) {
            Some(known) => known.environments.extend(it.environments),
            None => drop(all.insert(key, it)),
        }
    }
    all.into_values().collect()
}
