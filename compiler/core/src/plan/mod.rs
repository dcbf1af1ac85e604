//! The order in which a change can be rolled out so that everything that runs stands at each moment: expand, migrate,
//! switch, contract. Where there is no such order, the shortest circle of constraints says why.
//!
//! A step takes one thing from what the old spec says to what the new one says. A constraint is about two of them: while
//! this runs, that must run ([`need`]), or, while this runs, that must not ([`draft::Draft::apart`]). Since each thing
//! changes once, every constraint is "first this, then that", and a plan is an order of the steps that keeps them all.

mod calls;
mod cure;
mod draft;
mod events;
mod need;
pub mod order;
mod routes;
mod steps;
mod things;

use crate::contracts::history::History;
use crate::diff::Environment;
use draft::Draft;
use order::Waves;
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
    pub fn word(self) -> &'static str {
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
pub enum Act {
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

impl Act {
    /// The word of JSON.
    pub fn word(self) -> &'static str {
        match self {
            Act::Provide => "provide",
            Act::Change => "change",
            Act::Start => "start",
            Act::Run => "run",
            Act::Point => "point",
            Act::Replace => "replace",
            Act::Route => "route",
            Act::Stop => "stop",
            Act::Remove => "remove",
        }
    }
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The part of the rollout it belongs to.
    pub phase: Phase,
    /// What it does.
    pub act: Act,
    /// Path of the node it is about: `service.orders`.
    pub node: String,
    /// Name of the thing that changes, unlike all others of its act: a workload, a resource, requests.
    pub name: String,
    /// What to do, in words: `replace orders 1.9.2 by 2.0.0`.
    pub text: String,
    /// What to see to while doing it; empty if nothing.
    pub note: String,
}

/// What a constraint follows from; the way out of a circle depends on it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
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
    /// A thing that is used: resource, topic, secret, way out, job.
    Thing(String),
    /// Requests of clients.
    Route(String),
}

/// First this step, then that one, and why. A step that must come before itself cannot be done at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// Index of the step that comes first.
    pub first: usize,
    /// Index of the step that comes later.
    pub then: usize,
    /// Why, lower case, names in backticks.
    pub why: String,
    /// What it follows from.
    pub tie: Tie,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Steps that may be done at once, or in any order, wave after wave.
    Waves(Vec<Wave>),
    /// There is no order.
    Stuck {
        /// The shortest circle: indices of [`Rollout::orders`], each beginning with the step the one before ends with.
        circle: Vec<usize>,
        /// What to do about it.
        cure: String,
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
    pub orders: Vec<Order>,
    /// The waves, or why there are none.
    pub outcome: Outcome,
    /// What is not known, and so not promised.
    pub notes: Vec<String>,
}

/// The rollout from the old to the new spec in one environment that both have.
pub fn rollout(old: Environment<'_>, new: Environment<'_>, gate: &History<'_>) -> Rollout {
    let first = Draft::of(old, new, gate, BTreeSet::new());
    let waves = order::waves(&first.steps, &first.orders);
    let Waves::Stuck(_) = &waves else { return finish(first, waves) };
    // A caller that cannot change at once with its callee can be led to another version of it first.
    let turns = first.turns();
    if turns.is_empty() {
        return finish(first, waves);
    }
    let second = Draft::of(old, new, gate, turns);
    let waves = order::waves(&second.steps, &second.orders);
    finish(second, waves)
}

fn finish(draft: Draft<'_>, waves: Waves) -> Rollout {
    let outcome = match waves {
        Waves::Order(waves) => Outcome::Waves(waves),
        Waves::Stuck(circle) => Outcome::Stuck { cure: cure::cure(&draft, &circle), circle },
    };
    Rollout {
        environment: draft.new.0.environment.name.value.clone(),
        steps: draft.steps,
        orders: draft.orders,
        outcome,
        notes: draft.notes.into_iter().collect(),
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
        for order in self.orders.iter().filter(|order| order.then == step) {
            if !reasons.contains(&order.why.as_str()) {
                reasons.push(&order.why);
            }
        }
        if reasons.is_empty() {
            reasons.push(self.steps[step].act.free());
        }
        reasons
    }
}

impl Act {
    /// Why a step of this kind may be done when no constraint holds it back.
    fn free(self) -> &'static str {
        match self {
            Act::Provide => "it needs nothing that is not there, and nobody uses it yet",
            Act::Change => "whatever uses it goes on",
            Act::Start => "it runs beside what is there, and all it needs is there",
            Act::Run => "what it needs is there",
            Act::Point => "the other version runs already",
            Act::Replace => "its old and its new version both fit what runs beside them",
            Act::Route => "what answers runs already",
            Act::Stop | Act::Remove => "nobody needs it any more",
        }
    }
}
