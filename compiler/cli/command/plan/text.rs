//! For people at a terminal.

use super::Planned;
use crate::command::compare::SpecPair;
use crate::command::diff::text::{contract, difference};
use crate::command::diff::verdict;
use bastide_core::diff::{Diff, Effect};
use bastide_core::rollout::{Outcome, Rollout};
use bastide_report::visible::line;
use std::fmt::Write as _;

pub fn render(pair: &SpecPair, plans: &[Planned], diff: &Diff) -> String {
    let mut out = format!("{}: from {} to the spec as it is\n", pair.app(), pair.about);
    for plan in plans {
        let _ = writeln!(out, "\n{}", plan.environments.join(", "));
        one(&plan.rollout, &mut out);
    }
    out.push('\n');
    // What breaks is said as `diff` says it.
    for it in diff.differences.iter().filter(|it| it.effect == Effect::Breaking) {
        difference(it, diff, &pair.project.sources, &mut out);
    }
    for it in diff.contracts.iter().filter(|it| it.effect() == Effect::Breaking) {
        contract(it, pair, &mut out);
    }
    out + &verdict(diff)
}

fn one(rollout: &Rollout, out: &mut String) {
    match &rollout.outcome {
        Outcome::Waves(waves) if waves.is_empty() => out.push_str("  nothing to roll out\n"),
        Outcome::Waves(waves) => {
            for (at, wave) in waves.iter().enumerate() {
                let _ = writeln!(out, "  {}. {}", at + 1, wave.phase.as_str());
                wave.steps.iter().for_each(|step| self::step(rollout, *step, out));
            }
        }
        Outcome::Stuck { cycle, remedy } => {
            out.push_str("  there is no safe order:\n");
            for order in cycle.iter().map(|at| &rollout.constraints[*at]) {
                let (first, then) = (&rollout.steps[order.first], &rollout.steps[order.then]);
                let _ = match order.first == order.then {
                    true => writeln!(out, "    {} cannot be done", first.text),
                    false => writeln!(out, "    {} must come before {}", first.text, then.text),
                };
                let _ = writeln!(out, "      {}", line(&order.why));
            }
            let _ = writeln!(out, "  help: {remedy}");
        }
    }
    for note in &rollout.notes {
        let _ = writeln!(out, "  note: {note}");
    }
}

fn step(rollout: &Rollout, step: usize, out: &mut String) {
    let it = &rollout.steps[step];
    let _ = writeln!(out, "     {}", line(&it.text));
    for why in rollout.reasons(step) {
        let _ = writeln!(out, "       because {}", line(why));
    }
    if !it.note.is_empty() {
        let _ = writeln!(out, "       note: {}", line(&it.note));
    }
}
