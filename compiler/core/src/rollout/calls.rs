//! Calls: a caller runs only while a version that its range accepts answers it.

use super::builder::{Builder, Detour, Side};
use super::lifetime::Lifetime;
use super::{Action, Cause, Phase};
use crate::contracts::history::Step;
use crate::model::service::Call;
use crate::view::workload::{Running, accepts, answering, called, served, versions};
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
    side: Side,
}

/// Adds the constraints of all calls. A call that may fail (`soft`) constrains nothing.
pub fn all(builder: &mut Builder<'_>) {
    let mut steps: BTreeMap<Detour, usize> = BTreeMap::new();
    for side in [Side::Old, Side::New] {
        for bound in bound(builder, side) {
            one(builder, &bound, &mut steps);
        }
    }
}

fn bound<'a>(builder: &Builder<'a>, side: Side) -> Vec<Bound<'a>> {
    let model = builder.side(side).0;
    let mut all = vec![];
    for unit in builder.units.values() {
        let Some(run) = unit.at(side) else { continue };
        for call in run.service.calls.iter().filter(|call| !call.soft) {
            let callee = model.service(&call.to.value);
            let Some(api) = callee.and_then(|callee| called(callee, call)) else { continue };
            let Some(target) = answering(model, call) else { continue };
            let caller = unit.name.clone();
            all.push(Bound { caller, call, api, target: target.name.clone(), side });
        }
    }
    all
}

/// What a call needs: while the caller runs, one of the providers must.
struct Need {
    who: Lifetime,
    providers: Vec<Lifetime>,
    cause: Cause,
    why: String,
}

fn one(builder: &mut Builder<'_>, bound: &Bound<'_>, steps: &mut BTreeMap<Detour, usize>) {
    let target = &builder.units[&bound.target];
    let version =
        |side| target.at(side).and_then(|run| served(run, bound.api)).map(|it| it.version.value.clone());
    let (old, new) = (version(Side::Old), version(Side::New));
    let need = need(builder, bound, old.as_deref().unwrap_or_default(), new.as_deref());
    note(builder, bound, old.as_deref(), new.as_deref());
    if let Some((other, until, end)) = meanwhile(builder, bound, &need) {
        let detour = (bound.caller.clone(), bound.call.at.clone());
        if builder.detours.contains(&detour) {
            return lead(builder, bound, &need, (&other, until), steps);
        }
        builder.possible.push((detour, until, end));
    }
    builder.require(need.who, &need.providers, &need.cause, need.why);
}

fn need(builder: &Builder<'_>, bound: &Bound<'_>, old: &str, new: Option<&str>) -> Need {
    let target = &builder.units[&bound.target];
    let good = |side: &Side| {
        let run = target.at(*side).filter(|run| accepts(bound.call, run, bound.api));
        run.is_some() && !(bound.side == Side::Old && *side == Side::New && breaks(builder, bound).is_some())
    };
    let sides = [Side::Old, Side::New].into_iter().filter(good);
    let api = target.at(bound.side).and_then(|run| run.service.apis.get(bound.api));
    let cause = Cause::Call {
        callee: bound.call.to.value.clone(),
        api: api.map_or_else(String::new, |api| api.name.value.clone()),
        version: old.into(),
    };
    Need {
        who: builder.units[&bound.caller].lifetime(bound.side),
        providers: sides.map(|side| target.lifetime(side)).collect(),
        cause,
        why: why(builder, bound, new),
    }
}

/// Where all that answers an old caller goes before the caller does: another workload of the new spec that serves what
/// the call accepts, and the steps that change the caller and what it calls.
fn meanwhile(builder: &Builder<'_>, bound: &Bound<'_>, need: &Need) -> Option<(String, usize, usize)> {
    let (until, end) = (need.who.until?, builder.units[&bound.target].step?);
    let gone = !need.providers.is_empty() && need.providers.iter().all(|it| it.until == Some(end));
    if bound.side == Side::New || !gone || until == end {
        return None;
    }
    let model = builder.new.0;
    let after = |run: &Running<'_>| {
        run.name != bound.target && accepts(bound.call, run, bound.api) && served(run, bound.api).is_some()
    };
    let runs = versions(model.service(&bound.call.to.value)?, model).into_iter().filter(after);
    Some((runs.map(|run| run.name).min()?, until, end))
}

/// Leads a call to another workload before the caller itself changes, by a step of its own.
fn lead(
    builder: &mut Builder<'_>,
    bound: &Bound<'_>,
    Need { providers, cause, why, .. }: &Need,
    (other, until): (&str, usize),
    steps: &mut BTreeMap<Detour, usize>,
) {
    let caller = &bound.caller;
    let step = *steps.entry((caller.clone(), other.into())).or_insert_with(|| {
        builder.step(super::Step {
            phase: Phase::Migrate,
            action: Action::Point,
            node: bound.call.at.clone(),
            name: format!("{caller}→{other}"),
            text: format!("point `{caller}` at `{other}`"),
            note: "its code stays; only the address changes".into(),
        })
    });
    let lifetime = builder.units[other].lifetime(Side::New);
    builder.require(Lifetime::until(step), providers, cause, why);
    let led = format!("`{caller}` is led to `{other}`, which must run");
    builder.require(Lifetime { from: Some(step), until: Some(until) }, &[lifetime], cause, led);
    let moved = format!("`{caller}` is led to `{other}` before it changes itself");
    builder.require(Lifetime::from(until), &[Lifetime::from(step)], cause, moved);
}

/// The comparison that says that the callee's new contract breaks those who keep to the old one, unless the range has
/// excluded the new version already.
fn breaks(builder: &Builder<'_>, bound: &Bound<'_>) -> Option<String> {
    let target = &builder.units[&bound.target];
    let run = target.old.as_ref()?;
    let api = run.service.apis.get(bound.api)?;
    let (old, new) = (served(run, bound.api)?, served(target.new.as_ref()?, bound.api)?);
    let same = |it: &&Step<'_>| {
        it.api.name.value == api.name.value
            && it.version.version.value == new.version.value
            && it.before.is_some_and(|before| before.version.value == old.version.value)
    };
    let step = builder.history.of_service(&run.service.name.value).find(same)?;
    step.changes(Bump::Major).next().map(|change| change.path.clone())
}

/// Whether the new version of what is called is one that the range accepts.
fn fits(builder: &Builder<'_>, bound: &Bound<'_>) -> bool {
    let new = builder.units[&bound.target].new.as_ref();
    new.is_some_and(|run| accepts(bound.call, run, bound.api))
}

fn why(builder: &Builder<'_>, bound: &Bound<'_>, new: Option<&str>) -> String {
    let (caller, callee) = (&bound.caller, &bound.call.to.value);
    let target = &builder.units[&bound.target];
    let stays = if builder.units[caller].step.is_none() { ", and stays as it is" } else { "" };
    let range = bound.call.version.as_ref().map_or_else(String::new, |at| format!(" {}", at.value));
    let side = match (bound.side, builder.units[caller].step) {
        (_, None) => "",
        (Side::Old, _) => "the old ",
        (Side::New, _) => "the new ",
    };
    let fact = format!("{side}`{caller}` needs `{callee}`{range}{stays}");
    match (new, bound.side) {
        (None, Side::Old) => format!("{fact}; `{}` goes", target.name),
        (Some(new), Side::Old) => match fits(builder, bound).then(|| breaks(builder, bound)).flatten() {
            Some(path) => format!("{fact}; `{}` {new} breaks {path}", target.name),
            None => format!("{fact}; `{}` {new} is not that", target.name),
        },
        _ => fact,
    }
}

/// A caller that names no range says nothing about another major version.
fn note(builder: &mut Builder<'_>, bound: &Bound<'_>, old: Option<&str>, new: Option<&str>) {
    let line = |it: Option<&str>| it.and_then(version::parse).map(|it| version::line(&it));
    let (Some(before), Some(after)) = (line(old), line(new)) else { return };
    if bound.call.range.is_none() && before != after {
        builder.notes.insert(format!(
            "`{}` says no version of `{}`: whether it works with {} is not known; write `version=`",
            bound.caller,
            bound.call.to.value,
            new.unwrap_or_default()
        ));
    }
}
