//! For a pull request.

use super::Planned;
use crate::command::compare::SpecPair;
use crate::command::markdown::{cell, code};
use bastide_core::diff::{Diff, Effect};
use bastide_core::rollout::{Outcome, Rollout};
use std::fmt::Write as _;

pub fn render(pair: &SpecPair, plans: &[Planned], diff: &Diff) -> String {
    let mut out = String::new();
    for plan in plans {
        let (app, names) = (code(pair.app()), cell(&plan.environments.join(", ")));
        match &plan.rollout.outcome {
            Outcome::Waves(waves) if waves.is_empty() => {
                let _ = writeln!(out, "### {app} in {names}: nothing to roll out\n");
            }
            Outcome::Waves(waves) => {
                let _ = writeln!(out, "### {app} in {names}: roll out in {} waves\n", waves.len());
                out.push_str("| | phase | step | why here |\n|---|---|---|---|\n");
                for (at, wave) in waves.iter().enumerate() {
                    for step in &wave.steps {
                        row(&plan.rollout, at + 1, wave.phase.as_str(), *step, &mut out);
                    }
                }
            }
            Outcome::Stuck { cycle, remedy } => {
                let _ = writeln!(out, "### {app} in {names}: there is no safe order\n");
                for order in cycle.iter().map(|at| &plan.rollout.constraints[*at]) {
                    let steps = &plan.rollout.steps;
                    let (first, then) = (cell(&steps[order.first].text), cell(&steps[order.then].text));
                    let _ = match order.first == order.then {
                        true => writeln!(out, "- {first} cannot be done: {}", cell(&order.why)),
                        false => writeln!(out, "- {first} must come before {then}: {}", cell(&order.why)),
                    };
                }
                let _ = writeln!(out, "\n**Help:** {}", cell(remedy));
            }
        }
        for note in &plan.rollout.notes {
            let _ = writeln!(out, "\n> {}", cell(note));
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    let _ = write!(
        out,
        "\n\n**{}**",
        if diff.effect() == Effect::Breaking { "This breaks" } else { "Nothing breaks" }
    );
    for it in diff.differences.iter().filter(|it| it.effect == Effect::Breaking) {
        let _ = write!(out, "\n- {}: {}", code(&it.path), cell(&it.why));
    }
    for it in diff.contracts.iter().filter(|it| it.effect() == Effect::Breaking) {
        let _ = write!(out, "\n- {}: its contract breaks those who use it", code(&it.at));
    }
    out + "\n"
}

fn row(rollout: &Rollout, wave: usize, phase: &str, step: usize, out: &mut String) {
    let it = &rollout.steps[step];
    let note = if it.note.is_empty() { String::new() } else { format!("<br>{}", cell(&it.note)) };
    let reasons: Vec<String> = rollout.reasons(step).into_iter().map(cell).collect();
    let _ = writeln!(out, "| {wave} | {phase} | {}{note} | {} |", cell(&it.text), reasons.join("<br>"));
}
