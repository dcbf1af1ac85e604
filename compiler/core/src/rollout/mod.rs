//! The order in which a change can be rolled out so that everything that runs stands at each moment: expand, migrate,
//! switch, contract. Where there is no such order, the shortest cycle of constraints says why.
//!
//! A step takes one thing from what the old spec says to what the new one says. A constraint is about two of them: while
//! this runs, that must run ([`Builder::require`]), or, while this runs, that must not ([`Builder::exclude`]). Since each thing
//! changes once, every constraint is "first this, then that", and a plan is an order of the steps that keeps them all.

mod builder;
mod calls;
mod dependencies;
mod events;
mod lifetime;
mod remedy;
mod routes;
mod schedule;
mod steps;

use crate::contracts::history::History;
use crate::diff::Environment;
use builder::Builder;
use std::collections::BTreeSet;

/// The part of a rollout a step belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// What is new comes, beside what is there.
    Expand,
    /// Services move to it.
    Migrate,
    /// Clients are led to them.
    Switch,
    /// What nobody needs any more goes.
    Contract,
}

impl Phase {
    /// The word of JSON and texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Expand => "expand",
            Phase::Migrate => "migrate",
            Phase::Switch => "switch",
            Phase::Contract => "contract",
        }
    }
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Makes a resource, topic, secret or way out.
    Provide,
    /// Changes one in place.
    Change,
    /// Starts a workload that was not there.
    Start,
    /// Runs a job.
    Run,
    /// Gives a workload the address of another version of what it calls; its code stays.
    Point,
    /// Puts the new version of a workload in place of the old one.
    Replace,
    /// Leads requests elsewhere.
    Route,
    /// Stops a workload.
    Stop,
    /// Takes a route, resource, topic, secret or way out away.
    Remove,
}

impl Action {
    /// The word of JSON.
    pub fn as_str(self) -> &'static str {
        self.words().0
    }

    /// The word, and why a step of this kind may be done when no constraint holds it back.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Action::Provide => ("provide", "it needs nothing that is not there, and nobody uses it yet"),
            Action::Change => ("change", "whatever uses it goes on"),
            Action::Start => ("start", "it runs beside what is there, and all it needs is there"),
            Action::Run => ("run", "what it needs is there"),
            Action::Point => ("point", "the other version runs already"),
            Action::Replace => ("replace", "its old and its new version both fit what runs beside them"),
            Action::Route => ("route", "what answers runs already"),
            Action::Stop => ("stop", "nobody needs it any more"),
            Action::Remove => ("remove", "nobody needs it any more"),
        }
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The part of the rollout it belongs to.
    pub phase: Phase,
    /// What it does.
    pub action: Action,
    /// Path of the node it is about: `service.orders`.
    pub node: String,
    /// Name of what changes, unlike all others of its action: a workload, a resource, requests.
    pub name: String,
    /// What to do, in words: `replace orders 1.9.2 by 2.0.0`.
    pub text: String,
    /// What to see to while doing it; empty if nothing.
    pub note: String,
}

/// What a constraint follows from; the way out of a cycle depends on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A call that one version of the callee answers and the other does not.
    Call {
        /// The service called.
        callee: String,
        /// The api of it.
        api: String,
        /// The version that goes away under the caller.
        version: String,
    },
    /// A topic whose old messages and new readers, or new messages and old readers, do not fit.
    Event(String),
    /// What is used: a resource, a topic, a secret, a way out, a job.
    Dependency(String),
    /// Requests of clients.
    Route(String),
}

/// First this step, then that one, and why. A step that must come before itself cannot be done at all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Constraint {
    /// Index of the step that comes first.
    pub first: usize,
    /// Index of the step that comes later.
    pub then: usize,
    /// What it follows from.
    pub cause: Cause,
    /// Why, lower case, names in backticks.
    pub why: String,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Steps that may be done at once, or in any order, wave after wave.
    Waves(Vec<Wave>),
    /// There is no order.
    Stuck {
        /// The shortest cycle: indices of [`Rollout::constraints`], each beginning with the step the one before ends with.
        cycle: Vec<usize>,
        /// What to do about it.
        remedy: String,
    },
}

/// Steps that may be done at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// The part of the rollout.
    pub phase: Phase,
    /// Indices of the steps.
    pub steps: Vec<usize>,
}

/// The rollout of one environment.
#[derive(Clone, Debug)]
pub struct Rollout {
    /// The environment.
    pub environment: String,
    /// All steps.
    pub steps: Vec<Step>,
    /// All constraints between them.
    pub constraints: Vec<Constraint>,
    /// For each step the constraints that it waits for.
    waits: Vec<Vec<usize>>,
    /// The waves, or why there are none.
    pub outcome: Outcome,
    /// What is not known, and so not promised.
    pub notes: Vec<String>,
}

/// The rollout from the old to the new spec in one environment that both have.
pub fn rollout(old: Environment<'_>, new: Environment<'_>, history: &History<'_>) -> Rollout {
    let mut builder = Builder::of(old, new, history, BTreeSet::new());
    let mut waves = schedule::waves(&builder.steps, &builder.constraints);
    // A caller that cannot change at once with its callee can be led to another version of it first.
    let detours = if waves.is_err() { builder.detours() } else { BTreeSet::new() };
    if !detours.is_empty() {
        builder = Builder::of(old, new, history, detours);
        waves = schedule::waves(&builder.steps, &builder.constraints);
    }
    let outcome = match waves {
        Ok(waves) => Outcome::Waves(waves),
        Err(cycle) => Outcome::Stuck { remedy: remedy::remedy(&builder, &cycle), cycle },
    };
    let mut waits = vec![vec![]; builder.steps.len()];
    builder.constraints.iter().zip(0..).for_each(|(it, at)| waits[it.then].push(at));
    Rollout {
        waits,
        environment: new.0.environment.name.value.clone(),
        steps: builder.steps,
        constraints: builder.constraints,
        outcome,
        notes: builder.notes.into_iter().collect(),
    }
}

impl Rollout {
    /// Whether nothing is to be done.
    pub fn empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Why a step stands where it does: what it had to wait for, else why it had to wait for nothing.
    pub fn reasons(&self, step: usize) -> Vec<&str> {
        let mut reasons: Vec<&str> = vec![];
        let mut known = BTreeSet::new();
        let all = self.waits[step].iter().map(|at| self.constraints[*at].why.as_str());
        reasons.extend(all.filter(|why| known.insert(*why)));
        if reasons.is_empty() {
            reasons.push(self.steps[step].action.words().1);
        }
        reasons
    }
}
