//! The documented JSON of a plan.

use super::Planned;
use crate::command::compare::SpecPair;
use crate::show::pretty;
use bastide_core::diff::blast::Blast;
use bastide_core::diff::{Diff, Effect};
use bastide_core::rollout::{self, Outcome, Rollout};
use serde::Serialize;

#[derive(Serialize)]
struct Document<'a> {
    schema_version: u32,
    app: &'a str,
    old: &'a str,
    breaking: bool,
    blast_radius: &'a Blast,
    plans: Vec<Plan<'a>>,
}

#[derive(Serialize)]
struct Plan<'a> {
    environments: &'a [String],
    possible: bool,
    steps: Vec<Step<'a>>,
    constraints: Vec<Constraint<'a>>,
    waves: Vec<Wave<'a>>,
    #[serde(rename = "circle")]
    cycle: Vec<Constraint<'a>>,
    help: Option<&'a str>,
    notes: &'a [String],
}

#[derive(Serialize)]
struct Step<'a> {
    id: usize,
    act: &'a str,
    phase: &'a str,
    node: &'a str,
    name: &'a str,
    text: &'a str,
    reasons: Vec<&'a str>,
    note: &'a str,
}

#[derive(Serialize)]
struct Constraint<'a> {
    before: usize,
    after: usize,
    why: &'a str,
}

#[derive(Serialize)]
struct Wave<'a> {
    phase: &'a str,
    steps: &'a [usize],
}

/// One JSON object.
pub fn render(pair: &SpecPair, plans: &[Planned], diff: &Diff) -> String {
    let plans = plans.iter().map(|it| plan(&it.environments, &it.rollout)).collect();
    let document = Document {
        schema_version: 1,
        app: pair.app(),
        old: &pair.about,
        breaking: diff.effect() == Effect::Breaking,
        blast_radius: &diff.blast,
        plans,
    };
    pretty(&document)
}

fn plan<'a>(environments: &'a [String], rollout: &'a Rollout) -> Plan<'a> {
    let (waves, cycle, help) = match &rollout.outcome {
        Outcome::Waves(waves) => {
            let wave = |it: &'a rollout::Wave| Wave { phase: it.phase.as_str(), steps: &it.steps };
            (waves.iter().map(wave).collect(), vec![], None)
        }
        Outcome::Stuck { cycle, remedy } => {
            let of = cycle.iter().map(|at| constraint(&rollout.constraints[*at])).collect();
            (vec![], of, Some(remedy.as_str()))
        }
    };
    let step = |(id, it): (usize, &'a rollout::Step)| Step {
        id,
        act: it.action.as_str(),
        phase: it.phase.as_str(),
        node: &it.node,
        name: &it.name,
        text: &it.text,
        reasons: rollout.reasons(id),
        note: &it.note,
    };
    Plan {
        environments,
        possible: help.is_none(),
        steps: rollout.steps.iter().enumerate().map(step).collect(),
        constraints: rollout.constraints.iter().map(constraint).collect(),
        waves,
        cycle,
        help,
        notes: &rollout.notes,
    }
}

fn constraint(order: &rollout::Constraint) -> Constraint<'_> {
    Constraint { before: order.first, after: order.then, why: &order.why }
}
