//! Plans against a world that knows nothing of constraints: it plays every order of the steps over random small specs and
//! looks, after each step, whether everything that runs can stand. Every order a plan allows must stand at every moment,
//! and no plan may be refused while some order stands.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, reason = "a test reads its data")]

mod generate;
mod world;

use crate::whole_run;
use bastide_core::contracts::history::History;
use bastide_core::model::Model;
use bastide_core::resolve::{Inputs, Keep, resolve};
use bastide_core::rollout::{Action, Outcome, Rollout, Wave, rollout};
use bastide_core::spec::{self, Spec};
use bastide_core::view::Views;
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use generate::Chance;
use std::fs;
use std::path::Path;
use world::World;

/// Specs that are tried.
const CASES: u64 = 1_500;
/// What a plain run takes of them.
const SAMPLE: u64 = 500;
/// Steps of which all orders are played.
const MOST: usize = 13;

fn model(text: &str) -> (Model, Views) {
    let (mut sources, mut spec, mut report) = (Sources::default(), Spec::default(), Report::default());
    let stdlib = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stdlib");
    let builtin = |name: &str| fs::read_to_string(stdlib.join(name)).unwrap();
    let mut files: Vec<_> = ["defaults.kdl", "kafka.kdl", "valkey.kdl"]
        .iter()
        .map(|name| sources.add(*name, builtin(name), Role::Stdlib))
        .collect();
    files.push(sources.add("bastide.kdl", text, Role::Spec));
    for file in files {
        let source = sources.get(file);
        let document = bastide_syntax::parse(file, &source.text, &mut report);
        spec::read(&mut spec, source, &document, &mut report);
    }
    let model = resolve(spec, "dev", &Inputs::default(), Keep::Tree, &mut report).unwrap();
    assert!(!report.denied(), "{text}\n{:#?}", report.findings);
    let views = Views::of(&model);
    (model, views)
}

#[test]
fn plans_stand_at_every_moment_and_are_refused_only_for_a_reason() {
    let (mut planned, mut pointed, mut refused) = (0, 0, 0);
    let cases = if whole_run() { CASES } else { SAMPLE };
    for seed in 0..cases {
        let mut chance = Chance::new(seed);
        let texts = generate::pair(&mut chance);
        let (old, new) = (model(&texts.0), model(&texts.1));
        let rollout = rollout((&old.0, &old.1), (&new.0, &new.1), &History::default());
        let case = || format!("seed {seed}\n{}\n────\n{}\n{rollout:#?}", texts.0, texts.1);
        let world = World::new(&old, &new, &rollout);
        let all = (1u32 << rollout.steps.len()) - 1;
        // What is amiss at the beginning or at the end is for `check`.
        if rollout.steps.len() > MOST || world.fault(0).is_some() || world.fault(all).is_some() {
            continue;
        }
        match &rollout.outcome {
            Outcome::Waves(waves) => {
                stands(&world, waves, &rollout, &case);
                planned += 1;
                pointed += u64::from(rollout.steps.iter().any(|step| step.action == Action::Point));
            }
            Outcome::Stuck { cycle, remedy } => {
                closed(cycle, &rollout, &case);
                assert!(!remedy.is_empty(), "{}", case());
                let free = World::with_points(&old, &new, &rollout);
                if free.len() <= MOST + 3 {
                    assert!(!free.reachable(), "an order stands, but no plan was found\n{}", case());
                    refused += 1;
                }
            }
        }
    }
    let counts = format!("{planned} planned, {pointed} of them with a detour, {refused} refused");
    assert!(planned > cases / 2 && pointed > cases / 300 && refused > cases / 25, "{counts}");
}

/// Every step once, and whatever subset of a wave is done, everything stands.
fn stands(world: &World<'_>, waves: &[Wave], rollout: &Rollout, case: &dyn Fn() -> String) {
    let mut done = 0u32;
    for wave in waves {
        let bits: Vec<u32> = wave.steps.iter().map(|step| 1 << step).collect();
        for some in 0..1u32 << bits.len() {
            let chosen = bits.iter().enumerate().filter(|(at, _)| some & (1 << at) != 0);
            let state = chosen.fold(done, |state, (_, bit)| state | bit);
            if let Some(fault) = world.fault(state) {
                panic!("state {state:b}: {fault}\n{}", case());
            }
        }
        for bit in bits {
            assert_eq!(done & bit, 0, "a step twice\n{}", case());
            done |= bit;
        }
    }
    assert_eq!(done.count_ones() as usize, rollout.steps.len(), "a step is left out\n{}", case());
}

/// The proof is a cycle: each constraint begins where the one before ends.
fn closed(cycle: &[usize], rollout: &Rollout, case: &dyn Fn() -> String) {
    assert!(!cycle.is_empty(), "{}", case());
    let next = cycle.iter().cycle().skip(1);
    for (one, other) in cycle.iter().zip(next) {
        assert_eq!(rollout.constraints[*one].then, rollout.constraints[*other].first, "{}", case());
        assert!(!rollout.constraints[*one].why.is_empty(), "{}", case());
    }
}
