//! Steps of workloads: which start, which are replaced, which stop, and which jobs run around that.

use super::builder::{Builder, Side, Unit};
use super::lifetime::Lifetime;
use super::{Action, Cause, Phase, Step};
use crate::view::workload::{JobRun, Workload};
use std::collections::{BTreeMap, BTreeSet};

/// Finds the steps of all workloads and their jobs.
pub fn workloads(builder: &mut Builder<'_>) {
    let changed = changed(builder);
    let names: Vec<String> = builder.units.keys().cloned().collect();
    for name in names {
        let Some(mut step) = step(&builder.units[&name], &changed) else { continue };
        if step.action == Action::Replace {
            step.note = builder.breaks(&step.node).into();
        }
        let step = builder.step(step);
        if let Some(unit) = builder.units.get_mut(&name) {
            unit.step = Some(step);
        }
    }
    jobs(builder);
}

fn step(unit: &Unit<'_>, changed: &BTreeSet<String>) -> Option<Step> {
    let version = |side| unit.at(side).map_or("", |run: &crate::view::workload::Running<'_>| &run.version);
    let (old, new) = (version(Side::Old), version(Side::New));
    let name = &unit.name;
    let service = unit.new.as_ref().or(unit.old.as_ref())?.service;
    let (phase, action, text) = match (&unit.old, &unit.new) {
        (None, Some(_)) => (Phase::Expand, Action::Start, format!("start `{name}` {new}")),
        (Some(_), None) => (Phase::Contract, Action::Stop, format!("stop `{name}` {old}")),
        (Some(_), Some(_)) if old != new => {
            (Phase::Migrate, Action::Replace, format!("replace `{name}` {old} by {new}"))
        }
        (Some(_), Some(_)) if changed.contains(name) => {
            (Phase::Migrate, Action::Replace, format!("release `{name}`"))
        }
        _ => return None,
    };
    let (node, note) = (service.at.clone(), String::new());
    Some(Step { phase, action, node, name: name.clone(), text, note })
}

/// Workloads about which something changes.
fn changed(builder: &Builder<'_>) -> BTreeSet<String> {
    let views = |side| -> BTreeMap<&str, Vec<u8>> {
        builder.side(side).1.workloads.iter().map(|it| (it.name.as_str(), bytes(it))).collect()
    };
    let (old, new) = (views(Side::Old), views(Side::New));
    let touched = |unit: &&Unit<'_>| {
        let Some(run) = &unit.new else { return false };
        let whole = |it: &crate::diff::Difference| match it.subject {
            "slos" => false,
            "edges" => true,
            _ => run.newest,
        };
        old.get(unit.name.as_str()) != new.get(unit.name.as_str())
            || builder.differs(&run.service.at, whole)
            || contract_changes(builder, run)
            || messages_change(builder, unit)
    };
    builder.units.values().filter(touched).map(|unit| unit.name.clone()).collect()
}

/// Whether a contract that it serves is another under the number it had.
fn contract_changes(builder: &Builder<'_>, run: &crate::view::workload::Running<'_>) -> bool {
    builder.history.of_service(&run.service.name.value).any(|it| {
        let same = it.before.is_some_and(|before| before.version.value == it.version.version.value);
        let serves = run.newest || run.version == it.version.version.value;
        same && serves && it.comparison.is_some_and(|it| !it.changes.is_empty())
    })
}

/// Whether it reads or writes a topic whose messages change.
fn messages_change(builder: &Builder<'_>, unit: &Unit<'_>) -> bool {
    let newest = |side: Side, topic: &str| {
        let topic = builder.side(side).0.topic(topic)?;
        Some(topic.events.first()?.version.value.clone())
    };
    let moved = |topic: &str| newest(Side::Old, topic) != newest(Side::New, topic);
    unit.new.as_ref().is_some_and(|run| {
        let writes = run.service.publishes.iter().filter(|it| it.version.is_none());
        let reads = run.service.subscribes.iter().filter(|_| run.consumes);
        writes.map(|it| &it.topic).chain(reads.map(|it| &it.topic)).any(|topic| moved(&topic.value))
    })
}

/// A workload as bytes, without what its neighbours may do with it.
fn bytes(workload: &Workload) -> Vec<u8> {
    let mut own = workload.clone();
    own.depends.clear();
    (own.inbound, own.outbound, own.networks) = Default::default();
    (own.promised, own.apart) = Default::default();
    serde_json::to_vec(&own).expect("a workload has only text keys")
}

/// Jobs before and after the release of a service.
fn jobs(builder: &mut Builder<'_>) {
    let views = builder.new.1;
    for job in &views.jobs {
        let Some(service) = builder.units.get(&job.service).and_then(|unit| unit.step) else { continue };
        let (phase, before, note) = match job.run.as_str() {
            "before-release" => {
                (Phase::Expand, true, "it may only add: what runs meanwhile is still the old version")
            }
            "after-release" => (Phase::Migrate, false, ""),
            _ => continue,
        };
        let run = builder.step(of(job, phase, note));
        let cause = Cause::Dependency(job.name.clone());
        if before {
            let why = format!("`{}` must have run before `{}` starts", job.job, job.service);
            builder.require(Lifetime::from(service), &[Lifetime::from(run)], &cause, &why);
        } else {
            let why = format!("`{}` runs once `{}` is there", job.job, job.service);
            builder.require(Lifetime::from(run), &[Lifetime::from(service)], &cause, &why);
        }
    }
}

fn of(job: &JobRun, phase: Phase, note: &str) -> Step {
    Step {
        phase,
        action: Action::Run,
        node: job.at.clone(),
        name: job.name.clone(),
        text: format!("run job `{}` of `{}`", job.job, job.service),
        note: note.into(),
    }
}
