//! A Mermaid flowchart: waves as boxes, constraints as arrows; a cycle alone where there is no order.

use super::Planned;
use crate::terminal::veil;
use bastide_core::rollout::{Outcome, Rollout, Wave};
use bastide_report::visible::line;
use std::fmt::Write as _;

/// One flowchart for each plan.
pub fn render(plans: &[Planned]) -> String {
    let mut out = String::new();
    for plan in plans {
        let _ = writeln!(out, "%% {}", plan.environments.join(", "));
        out.push_str("flowchart TD\n");
        match &plan.rollout.outcome {
            Outcome::Waves(waves) => order(&plan.rollout, waves, &mut out),
            Outcome::Stuck { cycle, .. } => {
                for it in cycle.iter().map(|at| &plan.rollout.constraints[*at]) {
                    let why = label(&it.why);
                    let text = |step: usize| label(&plan.rollout.steps[step].text);
                    let (first, then) = (text(it.first), text(it.then));
                    let _ = writeln!(out, "    s{}[{first}] -->|{why}| s{}[{then}]", it.first, it.then);
                }
            }
        }
    }
    out
}

fn order(rollout: &Rollout, waves: &[Wave], out: &mut String) {
    for (at, wave) in waves.iter().enumerate() {
        let _ = writeln!(out, "    subgraph w{at}[\"{}. {}\"]", at + 1, wave.phase.as_str());
        for step in &wave.steps {
            let _ = writeln!(out, "        s{step}[{}]", label(&rollout.steps[*step].text));
        }
        out.push_str("    end\n");
    }
    for at in 1..waves.len() {
        let _ = writeln!(out, "    w{} --> w{at}", at - 1);
    }
    let mut pairs: Vec<(usize, usize)> = rollout.constraints.iter().map(|it| (it.first, it.then)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    for (first, then) in pairs {
        let _ = writeln!(out, "    s{first} -.-> s{then}");
    }
}

/// Text in quotes; Mermaid knows entities, not escapes.
fn label(text: &str) -> String {
    let text = line(&veil(text)).replace('`', "").replace('&', "#amp;").replace('"', "#quot;");
    format!("\"{}\"", text.replace('<', "#lt;").replace('>', "#gt;"))
}
