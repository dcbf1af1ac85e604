//! A rollout in the making: what both specs run, the steps between them, and their constraints.

use super::lifetime::{self, Lifetime};
use super::{Cause, Constraint, Step, calls, dependencies, events, routes, schedule, steps};
use crate::contracts::history::History;
use crate::diff::{self, Difference, Effect, Environment};
use crate::view::workload::{Running, running};
use std::collections::{BTreeMap, BTreeSet};

/// A workload of a service, before and after.
pub struct Unit<'a> {
    pub name: String,
    pub old: Option<Running<'a>>,
    pub new: Option<Running<'a>>,
    /// The step between; none if nothing about it changes.
    pub step: Option<usize>,
}

/// One side of a rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Old,
    New,
}

/// A call that is led to another version first: caller's workload and path of the call.
pub type Detour = (String, String);

/// The rollout in the making.
pub struct Builder<'a> {
    pub old: Environment<'a>,
    pub new: Environment<'a>,
    pub history: &'a History<'a>,
    /// Workloads by name.
    pub units: BTreeMap<String, Unit<'a>>,
    /// What differs between the specs in this environment, by node at the top.
    pub differences: BTreeMap<String, Vec<Difference>>,
    /// Calls that are led to another version before their caller changes.
    pub detours: BTreeSet<Detour>,
    /// Calls that could be, with the steps that change their caller and what it calls.
    pub possible: Vec<(Detour, usize, usize)>,
    pub steps: Vec<Step>,
    pub constraints: Vec<Constraint>,
    /// What is not known, and so not promised.
    pub notes: BTreeSet<String>,
}

impl<'a> Builder<'a> {
    /// Finds all steps and constraints.
    pub fn of(
        old: Environment<'a>,
        new: Environment<'a>,
        history: &'a History<'a>,
        detours: BTreeSet<Detour>,
    ) -> Builder<'a> {
        let mut units: BTreeMap<String, Unit<'a>> = BTreeMap::new();
        for (side, (model, _)) in [(Side::Old, old), (Side::New, new)] {
            for run in running(model) {
                let unit = units.entry(run.name.clone()).or_insert_with_key(|name| Unit::named(name));
                *(if side == Side::Old { &mut unit.old } else { &mut unit.new }) = Some(run);
            }
        }
        let (steps, constraints, notes) = (vec![], vec![], BTreeSet::new());
        let mut differences: BTreeMap<String, Vec<Difference>> = BTreeMap::new();
        for it in diff::compare(&[old], &[new], &[]).differences {
            differences.entry(it.node.clone()).or_default().push(it);
        }
        let possible = vec![];
        let mut builder =
            Builder { old, new, history, units, differences, detours, possible, steps, constraints, notes };
        steps::workloads(&mut builder);
        dependencies::all(&mut builder);
        calls::all(&mut builder);
        events::all(&mut builder);
        routes::all(&mut builder);
        builder.constraints.sort();
        builder.constraints.dedup();
        builder
    }

    /// Adds a step and returns its index.
    pub fn step(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    /// While `who` is there, one of `providers` must be.
    pub fn require(&mut self, who: Lifetime, providers: &[Lifetime], cause: &Cause, why: impl Into<String>) {
        self.add(lifetime::requires(who, providers), cause, why);
    }

    /// The two must never be there together.
    pub fn exclude(&mut self, one: Lifetime, other: Lifetime, cause: &Cause, why: impl Into<String>) {
        self.add(lifetime::excludes(one, other), cause, why);
    }

    /// Adds constraints of one reason.
    fn add(&mut self, constraints: Vec<(usize, usize)>, cause: &Cause, why: impl Into<String>) {
        let why = why.into();
        let constraint = |(first, then)| Constraint { first, then, cause: cause.clone(), why: why.clone() };
        self.constraints.extend(constraints.into_iter().map(constraint));
    }

    /// The model and views of a side.
    pub fn side(&self, side: Side) -> Environment<'a> {
        if side == Side::Old { self.old } else { self.new }
    }

    /// Whether something of a node at the top differs, in the eyes of `counts`.
    pub fn differs(&self, node: &str, counts: impl Fn(&Difference) -> bool) -> bool {
        self.differences.get(node).is_some_and(|all| all.iter().any(counts))
    }

    /// Why something of a node at the top breaks; empty if nothing does.
    pub fn breaks(&self, node: &str) -> &str {
        let all = self.differences.get(node).map_or(&[][..], Vec::as_slice);
        all.iter().find(|it| it.effect == Effect::Breaking).map_or("", |it| &it.why)
    }

    /// The calls in a cycle that another version could answer meanwhile.
    pub fn detours(&self) -> BTreeSet<Detour> {
        let components = schedule::components(self.steps.len(), &self.constraints);
        let inside = |(_, first, then): &&(Detour, usize, usize)| components[*first] == components[*then];
        self.possible.iter().filter(inside).map(|(detour, ..)| detour.clone()).collect()
    }
}

impl<'a> Unit<'a> {
    fn named(name: &str) -> Unit<'a> {
        Unit { name: name.into(), old: None, new: None, step: None }
    }

    /// As it runs on a side.
    pub fn at(&self, side: Side) -> Option<&Running<'a>> {
        if side == Side::Old { self.old.as_ref() } else { self.new.as_ref() }
    }

    /// When it runs as that side says.
    pub fn lifetime(&self, side: Side) -> Lifetime {
        Lifetime::of(side, self.step)
    }
}
