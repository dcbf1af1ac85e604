//! A rollout in the making: what both specs run, the steps between them, and their constraints.

use super::need::{self, Life};
use super::{Order, Step, Tie, calls, events, order, routes, steps, things};
use crate::contracts::history::History;
use crate::diff::{self, Difference, Environment};
use crate::view::workload::{Running, running};
use std::collections::{BTreeMap, BTreeSet};

/// A workload of a service, before and after.
pub struct Unit<'a> {
    /// Its name.
    pub name: String,
    /// As it runs before.
    pub old: Option<Running<'a>>,
    /// As it runs after.
    pub new: Option<Running<'a>>,
    /// The step between; none if nothing about it changes.
    pub step: Option<usize>,
}

/// One side of a rollout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// What the old spec says.
    Before,
    /// What the new spec says.
    After,
}

/// A call that is led to another version first: caller's workload and path of the call.
pub type Turn = (String, String);

/// The rollout in the making.
pub struct Draft<'a> {
    /// The old spec.
    pub old: Environment<'a>,
    /// The new spec.
    pub new: Environment<'a>,
    /// What became of the contracts.
    pub gate: &'a History<'a>,
    /// Workloads by name.
    pub units: BTreeMap<String, Unit<'a>>,
    /// What differs between the specs in this environment.
    pub differences: Vec<Difference>,
    /// Calls that are led to another version before their caller changes.
    pub turned: BTreeSet<Turn>,
    /// Calls that could be.
    pub turnable: Vec<(Turn, usize, usize)>,
    /// The steps.
    pub steps: Vec<Step>,
    /// The constraints.
    pub orders: Vec<Order>,
    /// What is not known.
    pub notes: BTreeSet<String>,
}

impl<'a> Draft<'a> {
    /// Finds all steps and constraints.
    pub fn of(
        old: Environment<'a>,
        new: Environment<'a>,
        gate: &'a History<'a>,
        turned: BTreeSet<Turn>,
    ) -> Draft<'a> {
        let mut units: BTreeMap<String, Unit<'a>> = BTreeMap::new();
        for run in running(old.0) {
            let name = run.name.clone();
            units.insert(name.clone(), Unit { name, old: Some(run), new: None, step: None });
        }
        for run in running(new.0) {
            let name = run.name.clone();
            let none = Unit { name: name.clone(), old: None, new: None, step: None };
            units.entry(name).or_insert(none).new = Some(run);
        }
        let (steps, orders, notes) = (vec![], vec![], BTreeSet::new());
        let differences = diff::compare(&[old], &[new], &[]).differences;
        let turnable = vec![];
        let mut draft = Draft { old, new, gate, units, differences, turned, turnable, steps, orders, notes };
        steps::workloads(&mut draft);
        things::all(&mut draft);
        calls::all(&mut draft);
        events::all(&mut draft);
        routes::all(&mut draft);
        draft.orders.sort_by(|left, right| {
            (left.first, left.then, &left.tie, &left.why).cmp(&(
                right.first,
                right.then,
                &right.tie,
                &right.why,
            ))
        });
        draft.orders.dedup();
        draft
    }

    /// Adds a step and returns its index.
    pub fn step(&mut self, step: Step) -> usize {
        self.steps.push(step);
        self.steps.len() - 1
    }

    /// While `who` is there, one of `providers` must be.
    pub fn need(&mut self, who: Life, providers: &[Life], tie: &Tie, why: &str) {
        self.add(need::need(who, providers), tie, why);
    }

    /// The two must never be there together.
    pub fn apart(&mut self, one: Life, other: Life, tie: &Tie, why: &str) {
        self.add(need::apart(one, other), tie, why);
    }

    /// Adds constraints of one reason.
    fn add(&mut self, orders: Vec<(usize, usize)>, tie: &Tie, why: &str) {
        let order = |(first, then)| Order { first, then, why: why.into(), tie: tie.clone() };
        self.orders.extend(orders.into_iter().map(order));
    }

    /// The model and views of a side.
    pub fn side(&self, when: When) -> Environment<'a> {
        if when == When::Before { self.old } else { self.new }
    }

    /// Whether something of a node at the top differs, in the eyes of `counts`.
    pub fn differs(&self, node: &str, counts: impl Fn(&Difference) -> bool) -> bool {
        self.differences.iter().any(|it| it.node == node && counts(it))
    }

    /// The calls in a circle that another version could answer meanwhile.
    pub fn turns(&self) -> BTreeSet<Turn> {
        let knots = order::knots(self.steps.len(), &self.orders);
        let inside = |(_, first, then): &&(Turn, usize, usize)| knots[*first] == knots[*then];
        self.turnable.iter().filter(inside).map(|(turn, ..)| turn.clone()).collect()
    }
}

impl<'a> Unit<'a> {
    /// As it runs on a side.
    pub fn at(&self, when: When) -> Option<&Running<'a>> {
        if when == When::Before { self.old.as_ref() } else { self.new.as_ref() }
    }

    /// When it runs as that side says.
    pub fn life(&self, when: When) -> Life {
        match (self.step, when) {
            (None, _) => Life::ALWAYS,
            (Some(step), When::Before) => Life::until(step),
            (Some(step), When::After) => Life::from(step),
        }
    }
}
