//! Steps of workloads: which start, which are replaced, which stop, and which jobs run around that.

use super::draft::{Draft, Unit, When};
use super::need::Life;
use super::{Act, Phase, Step, Tie};
use crate::view::workload::{JobRun, Workload};
use std::collections::{BTreeMap, BTreeSet};

/// Finds the steps of all workloads and their jobs.
pub fn workloads(draft: &mut Draft<'_>) {
    let changed = changed(draft);
    let names: Vec<String> = draft.units.keys().cloned().collect();
    for name in names {
        let Some(step) = step(&draft.units[&name], &changed) else { continue };
        let step = draft.step(step);
        if let Some(unit) = draft.units.get_mut(&name) {
            unit.step = Some(step);
        }
    }
    jobs(draft);
}

fn step(unit: &Unit<'_>, changed: &BTreeSet<String>) -> Option<Step> {
    let version = |when| unit.at(when).map_or("", |run: &crate::view::workload::Running<'_>| &run.version);
    let (old, new) = (version(When::Before), version(When::After));
    let name = &unit.name;
    let service = unit.new.as_ref().or(unit.old.as_ref())?.service;
    let (phase, act, text) = match (&unit.old, &unit.new) {
        (None, Some(_)) => (Phase::Expand, Act::Start, format!("start `{name}` {new}")),
        (Some(_), None) => (Phase::Contract, Act::Stop, format!("stop `{name}` {old}")),
        (Some(_), Some(_)) if old != new => {
            (Phase::Migrate, Act::Replace, format!("replace `{name}` {old} by {new}"))
        }
        (Some(_), Some(_)) if changed.contains(name) => {
            (Phase::Migrate, Act::Replace, format!("release `{name}`"))
        }
        _ => return None,
    };
    let (node, note) = (service.at.clone(), String::new());
    Some(Step { phase, act, node, name: name.clone(), text, note })
}

/// Workloads about which something changes.
fn changed(draft: &Draft<'_>) -> BTreeSet<String> {
    let views = |when| -> BTreeMap<&str, Vec<u8>> {
        draft.side(when).1.workloads.iter().map(|it| (it.name.as_str(), print(it))).collect()
    };
    let (old, new) = (views(When::Before), views(When::After));
    let touched = |unit: &&Unit<'_>| {
        let Some(run) = &unit.new else { return false };
        let whole = |it: &crate::diff::Difference| match it.subject {
            "slos" => false,
            "edges" => true,
            _ => run.newest,
        };
        old.get(unit.name.as_str()) != new.get(unit.name.as_str())
            || draft.differs(&run.service.at, whole)
            || speaks_anew(draft, unit)
    };
    draft.units.values().filter(touched).map(|unit| unit.name.clone()).collect()
}

/// Whether it reads or writes a topic whose messages change.
fn speaks_anew(draft: &Draft<'_>, unit: &Unit<'_>) -> bool {
    let newest = |when: When, topic: &str| {
        let topic = draft.side(when).0.topic(topic)?;
        Some(topic.events.first()?.version.value.clone())
    };
    let moved = |topic: &str| newest(When::Before, topic) != newest(When::After, topic);
    unit.new.as_ref().is_some_and(|run| {
        let writes = run.service.publishes.iter().filter(|it| it.version.is_none());
        let reads = run.service.subscribes.iter().filter(|_| run.consumes);
        writes.map(|it| &it.topic).chain(reads.map(|it| &it.topic)).any(|topic| moved(&topic.value))
    })
}

/// A workload as bytes, without what its neighbours may do with it.
fn print(workload: &Workload) -> Vec<u8> {
    let mut own = workload.clone();
    own.depends.clear();
    (own.inbound, own.outbound, own.networks) = Default::default();
    own.promised = None;
    serde_json::to_vec(&own).expect("a workload has only text keys")
}

/// Jobs before and after the release of a service.
fn jobs(draft: &mut Draft<'_>) {
    let views = draft.new.1;
    for job in &views.jobs {
        let Some(service) = draft.units.get(&job.service).and_then(|unit| unit.step) else { continue };
        let (phase, before, note) = match job.run.as_str() {
            "before-release" => {
                (Phase::Expand, true, "it may only add: what runs meanwhile is still the old version")
            }
            "after-release" => (Phase::Migrate, false, ""),
            _ => continue,
        };
        let run = draft.step(of(job, phase, note));
        let tie = Tie::Thing(job.name.clone());
        if before {
            let why = format!("`{}` must have run before `{}` starts", job.job, job.service);
            draft.need(Life::from(service), &[Life::from(run)], &tie, &why);
        } else {
            let why = format!("`{}` runs once `{}` is there", job.job, job.service);
            draft.need(Life::from(run), &[Life::from(service)], &tie, &why);
        }
    }
}

fn of(job: &JobRun, phase: Phase, note: &str) -> Step {
    Step {
        phase,
        act: Act::Run,
        node: job.at.clone(),
        name: job.name.clone(),
        text: format!("run job `{}` of `{}`", job.job, job.service),
        note: note.into(),
    }
}
