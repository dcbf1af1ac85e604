//! `bastide plan`: in which order a change can be rolled out.

mod json;
mod markdown;
mod mermaid;
mod text;

use super::compare::{SpecPair, spec_pair};
use crate::args::Compare;
use crate::fault::IoFault;
use crate::show::OutputFormat;
use crate::terminal::{self, Form};
use bastide_core::diff::Effect;
use bastide_core::rollout::{Outcome, Rollout, rollout};
use clap::ValueEnum;
use std::process::ExitCode;

/// Say in which order a change can be rolled out so that everything stands meanwhile.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    pub compare: Compare,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = PlanFormat::Text)]
    pub format: PlanFormat,
}

/// How a plan is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// For pull requests.
    Markdown,
    /// A Mermaid flowchart.
    Mermaid,
}

/// Plans each environment that both specs have: 0 there is an order and nothing breaks, 1 there is none, something breaks,
/// as `diff` says, or the spec is faulty.
pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let json = args.format == PlanFormat::Json;
    let pair = match spec_pair(&args.compare, if json { OutputFormat::Json } else { OutputFormat::Text })? {
        Ok(pair) => pair,
        Err(code) => return Ok(code),
    };
    let plans = plans(&pair);
    if plans.is_empty() {
        let why = "no environment is in both specs; nothing can be planned";
        return Err(IoFault::say(pair.about, why));
    }
    let diff = pair.diff();
    let text = match args.format {
        PlanFormat::Text => text::render(&pair, &plans, &diff),
        PlanFormat::Json => json::render(&pair, &plans, &diff),
        PlanFormat::Markdown => markdown::render(&pair, &plans, &diff),
        PlanFormat::Mermaid => mermaid::render(&plans),
    };
    terminal::print(if json { Form::Json } else { Form::Text }, &text);
    let fails = diff.effect() == Effect::Breaking || plans.iter().any(|it| stuck(&it.rollout));
    Ok(ExitCode::from(u8::from(fails)))
}

/// A rollout, and the environments that have the same.
pub struct Planned {
    environments: Vec<String>,
    rollout: Rollout,
}

fn plans(pair: &SpecPair) -> Vec<Planned> {
    let mut plans: Vec<Planned> = vec![];
    for new in pair.after() {
        let name = &new.0.environment.name.value;
        let before = pair.before();
        let Some(old) = before.iter().find(|it| it.0.environment.name.value == *name) else { continue };
        let history = pair.history(new.0);
        let rollout = rollout(*old, new, &history);
        let same = |it: &&mut Planned| {
            it.rollout.outcome == rollout.outcome
                && it.rollout.steps == rollout.steps
                && it.rollout.constraints == rollout.constraints
        };
        match plans.iter_mut().find(same) {
            Some(known) => known.environments.push(name.clone()),
            None => plans.push(Planned { environments: vec![name.clone()], rollout }),
        }
    }
    plans
}

fn stuck(rollout: &Rollout) -> bool {
    matches!(rollout.outcome, Outcome::Stuck { .. })
}
