//! Calls: a caller runs only while a version that its range accepts answers it.

use super::draft::{Draft, Turn, Unit, When};
use super::need::Life;
use super::{Act, Phase, Tie};
use crate::contracts::history::Step;
use crate::model::service::Call;
use crate::view::workload::{accepts, answering, called, served};
use bastide_report::version;
use bastide_report::version::Bump;
use std::collections::BTreeMap;

/// A call of one workload on one side, and the workload that answers it.
struct Bound<'m> {
    caller: String,
    call: &'m Call,
    /// Index of the api that is called.
    api: usize,
    /// Workload that answers.
    target: String,
    when: When,
}

/// Adds the constraints of all calls. A call that may fail (`soft`) constrains nothing.
pub fn all(draft: &mut Draft<'_>) {
    let mut steps: BTreeMap<Turn, usize> = BTreeMap::new();
    for when in [When::Before, When::After] {
        for bound in bound(draft, when) {
            one(draft, &bound, &mut steps);
        }
    }
}

fn bound<'a>(draft: &Draft<'a>, when: When) -> Vec<Bound<'a>> {
    let model = draft.side(when).0;
    let mut all = vec![];
    for unit in draft.units.values() {
        let Some(run) = unit.at(when) else { continue };
        for call in run.service.calls.iter().filter(|call| !call.soft) {
            let callee = model.service(&call.to.value);
            let Some(api) = callee.and_then(|callee| called(callee, call)) else { continue };
            let Some(target) = answering(model, call) else { continue };
            let caller = unit.name.clone();
            all.push(Bound { caller, call, api, target: target.name.clone(), when });
        }
    }
    all
}

fn one(draft: &mut Draft<'_>, bound: &Bound<'_>, steps: &mut BTreeMap<Turn, usize>) {
    let caller = draft.units[&bound.caller].life(bound.when);
    let target = &draft.units[&bound.target];
    let sides = [When::Before, When::After];
    let good = |when: &When| {
        let run = target.at(*when).filter(|run| accepts(bound.call, run, bound.api));
        run.is_some()
            && !(bound.when == When::Before && *when == When::After && breaks(draft, bound).is_some())
    };
    let providers: Vec<Life> = sides.into_iter().filter(good).map(|when| target.life(when)).collect();
    let version =
        |when| target.at(when).and_then(|run| served(run, bound.api)).map(|it| it.version.value.clone());
    let (old, new) = (version(When::Before), version(When::After));
    let end = target.step;
    let tie = Tie::Call {
        callee: bound.call.to.value.clone(),
        api: target
            .at(bound.when)
            .and_then(|run| run.service.apis.get(bound.api))
            .map_or_else(String::new, |api| api.name.value.clone()),
        version: old.clone().unwrap_or_default(),
    };
    let why = why(draft, bound, new.as_deref());
    let turn: Turn = (bound.caller.clone(), bound.call.at.clone());
    note(draft, bound, &old, &new);
    let other = if bound.when == When::Before { meanwhile(draft, bound) } else { None };
    if let (Some(other), Some(end), Some(until)) = (&other, end, caller.until)
        && !providers.is_empty()
        && providers.iter().all(|it| it.until == Some(end))
        && until != end
    {
        if draft.turned.contains(&turn) {
            let step = point(draft, bound, other, steps);
            let life = draft.units[other].life(When::After);
            draft.need(Life { from: None, until: Some(step) }, &providers, &tie, &why);
            let led = format!("`{}` is led to `{other}`, which must run", bound.caller);
            draft.need(Life { from: Some(step), until: Some(until) }, &[life], &tie, &led);
            let moved = format!("`{}` is led to `{other}` before it changes itself", bound.caller);
            draft.need(Life::from(until), &[Life::from(step)], &tie, &moved);
            return;
        }
        draft.turnable.push((turn, until, end));
    }
    draft.need(caller, &providers, &tie, &why);
}

/// Another workload of the new spec that serves what the old call accepts.
fn meanwhile(draft: &Draft<'_>, bound: &Bound<'_>) -> Option<String> {
    let after = |unit: &&Unit<'_>| {
        unit.new.as_ref().is_some_and(|run| {
            run.service.name.value == bound.call.to.value
                && unit.name != bound.target
                && accepts(bound.call, run, bound.api)
                && served(run, bound.api).is_some()
        })
    };
    draft.units.values().find(after).map(|unit| unit.name.clone())
}

/// The step that leads a call to another version.
fn point(draft: &mut Draft<'_>, bound: &Bound<'_>, other: &str, steps: &mut BTreeMap<Turn, usize>) -> usize {
    let turn = (bound.caller.clone(), other.to_string());
    if let Some(step) = steps.get(&turn) {
        return *step;
    }
    let step = draft.step(super::Step {
        phase: Phase::Migrate,
        act: Act::Point,
        node: bound.call.at.clone(),
        name: format!("{}→{other}", bound.caller),
        text: format!("point `{}` at `{other}`", bound.caller),
        note: "its code stays; only the address changes".into(),
    });
    steps.insert(turn, step);
    step
}

/// The comparison that says that the callee's new contract breaks those who keep to the old one, unless the range has
/// excluded the new version already.
fn breaks(draft: &Draft<'_>, bound: &Bound<'_>) -> Option<String> {
    let target = &draft.units[&bound.target];
    let run = target.old.as_ref()?;
    let api = run.service.apis.get(bound.api)?;
    let (old, new) = (served(run, bound.api)?, served(target.new.as_ref()?, bound.api)?);
    let same = |it: &&Step<'_>| {
        it.service.name.value == run.service.name.value
            && it.api.name.value == api.name.value
            && it.version.version.value == new.version.value
            && it.before.is_some_and(|before| before.version.value == old.version.value)
    };
    let step = draft.gate.steps.iter().find(same)?;
    step.changes(Bump::Major).next().map(|change| change.path.clone())
}

/// Whether the new version of what is called is one that the range accepts.
fn fits(draft: &Draft<'_>, bound: &Bound<'_>) -> bool {
    let new = draft.units[&bound.target].new.as_ref();
    new.is_some_and(|run| accepts(bound.call, run, bound.api))
}

fn why(draft: &Draft<'_>, bound: &Bound<'_>, new: Option<&str>) -> String {
    let (caller, callee) = (&bound.caller, &bound.call.to.value);
    let target = &draft.units[&bound.target];
    let stays = if draft.units[caller].step.is_none() { ", and stays as it is" } else { "" };
    let range = bound.call.version.as_ref().map_or_else(String::new, |at| format!(" {}", at.value));
    let side = match (bound.when, draft.units[caller].step) {
        (_, None) => "",
        (When::Before, _) => "the old ",
        (When::After, _) => "the new ",
    };
    let fact = format!("{side}`{caller}` needs `{callee}`{range}{stays}");
    match (new, bound.when) {
        (None, When::Before) => format!("{fact}; `{}` goes", target.name),
        (Some(new), When::Before) => match fits(draft, bound).then(|| breaks(draft, bound)).flatten() {
            Some(path) => format!("{fact}; `{}` {new} breaks {path}", target.name),
            None => format!("{fact}; `{}` {new} is not that", target.name),
        },
        _ => fact,
    }
}

/// A caller that names no range says nothing about another major version.
fn note(draft: &mut Draft<'_>, bound: &Bound<'_>, old: &Option<String>, new: &Option<String>) {
    let line = |it: &Option<String>| it.as_deref().and_then(version::parse).map(|it| version::line(&it));
    let (Some(before), Some(after)) = (line(old), line(new)) else { return };
    if bound.call.range.is_none() && before != after {
        draft.notes.insert(format!(
            "`{}` says no version of `{}`: whether it works with {} is not known; write `version=`",
            bound.caller,
            bound.call.to.value,
            new.as_deref().unwrap_or_default()
        ));
    }
}
