//! Totals: what everything of an environment may reserve at once, for quotas.

use crate::model::Model;
use crate::model::resource::Resource;
use crate::model::service::Amount;
use crate::view::workload::{JobRun, Running, Workload};
use bastide_report::units::{Cpu, Size};
use serde::Serialize;
use std::collections::BTreeSet;

/// The sum over all workloads at their largest, a release under way, and the resources of operators; a tenth to spare.
#[derive(Clone, Debug, Serialize)]
pub struct Total {
    /// Instances.
    pub pods: u64,
    /// Processor time: `16` or `2500m`.
    pub cpu: String,
    /// Reserved memory.
    pub memory: Size,
    /// Memory up to the limits.
    pub memory_limit: Size,
    /// What a container gets of the namespace that says nothing of itself.
    pub silent: Amount,
    /// Kept space.
    pub storage: Size,
    /// Volumes.
    pub claims: u64,
    /// Brokers whose unread messages decide how many instances of a reader run, sorted.
    pub lag_brokers: Vec<String>,
}

#[derive(Default)]
struct Sum {
    pods: u64,
    cpu: u64,
    memory: u64,
    limit: u64,
    storage: u64,
    claims: u64,
}

impl Sum {
    fn add(&mut self, count: u64, each: Amount) {
        self.pods += count;
        self.count(count, each);
    }

    /// Adds what runs in a pod that is counted already.
    fn count(&mut self, count: u64, each: Amount) {
        self.cpu += count * each.cpu;
        self.memory += count * each.memory;
        self.limit += count * each.memory_limit;
    }

    fn volume(&mut self, count: u64, size: u64) {
        self.claims += count;
        self.storage += count * size;
    }
}

/// Processor time and memory of what an operator puts beside an instance.
const HELPER: Amount = Amount { cpu: 100, memory: 256 << 20, memory_limit: 256 << 20 };

/// What the LimitRange of a namespace gives a container that says nothing of itself.
pub const SILENT: Amount = Amount { cpu: 50, memory: 128 << 20, memory_limit: 128 << 20 };

/// The totals of a model.
pub fn total(model: &Model, runs: &[Running<'_>], workloads: &[Workload], jobs: &[JobRun]) -> Total {
    let mut sum = Sum::default();
    for it in workloads {
        let most = it.scale.max.max(it.scale.min).max(1) as u64;
        let size = find(runs, &it.name).map(|run| &run.service.run.resources);
        let size = size.or_else(|| model.resource(&it.name).and_then(|resource| resource.resources.as_ref()));
        let Some(size) = size else { continue };
        let count = most + added(model, it, most);
        sum.add(count, size.amount(SILENT));
        it.sidecars.iter().for_each(|helper| sum.count(count, helper.resources.amount(SILENT)));
        it.volumes.iter().for_each(|volume| sum.volume(most, volume.size.0));
    }
    let shared = model.volumes.iter().filter(|it| it.claim.is_none());
    shared.for_each(|it| sum.volume(1, it.size.0));
    for job in jobs {
        let size = find(runs, &job.service).map(|run| &run.service.run.resources);
        size.iter().for_each(|size| sum.add(1, size.amount(SILENT)));
    }
    model.resources.iter().filter(|it| it.provider.is_some()).for_each(|it| operated(it, &mut sum));
    drilled(model, &mut sum);
    let by_lag =
        workloads.iter().filter(|it| it.scale.auto && (it.scale.lag.is_some() || it.kind == "function"));
    let brokers: BTreeSet<String> =
        by_lag.flat_map(|it| it.consumes.iter().map(|read| read.broker.clone())).collect();
    Total { lag_brokers: brokers.into_iter().collect(), ..spare(&sum) }
}

/// What a release adds to so many instances: a quarter, or all of them beside the old ones (blue-green); what keeps data
/// is replaced in place.
fn added(model: &Model, workload: &Workload, most: u64) -> u64 {
    let both = model.delivery.rollout.as_ref().is_some_and(|at| at.value == "blue-green");
    match workload.controller {
        _ if workload.stateful => 0,
        "rollout" if both => most,
        _ => most.div_ceil(4),
    }
}

/// An operator runs the copies, as many controllers for a broker, and helpers of its own.
fn operated(resource: &Resource, sum: &mut Sum) {
    let Some(size) = &resource.resources else { return };
    let copies = resource.replicas.value.max(1) as u64;
    let count = if resource.class == "broker" { 2 * copies } else { copies };
    sum.add(count, size.amount(SILENT));
    sum.add(count + 1, HELPER);
    sum.volume(count, resource.storage.as_ref().map_or(0, |at| at.value.0));
}

/// A restore drill: one store after the other, a server and who reads it.
fn drilled(model: &Model, sum: &mut Sum) {
    if !model.delivery.by_clock("restore-drill") {
        return;
    }
    let size = |it: &Resource| it.storage.as_ref().map_or(0, |at| at.value.0);
    let Some(largest) = model.resources.iter().filter(|it| it.copied()).max_by_key(|it| size(it)) else {
        return;
    };
    let amount = largest.resources.as_ref().map_or(SILENT, |it| it.amount(SILENT));
    sum.add(1, amount);
    sum.add(2, HELPER);
    sum.volume(1, size(largest));
}

/// A tenth more, rounded up so far that one service more or less rarely moves a number: two people who change two services
/// do not meet here.
fn spare(sum: &Sum) -> Total {
    let gi = |value: u64, least: u64| Size(round(value, least << 30));
    Total {
        pods: round(sum.pods, 32),
        cpu: Cpu(round(sum.cpu, 4_000)).to_string(),
        memory: gi(sum.memory, 8),
        memory_limit: gi(sum.limit, 8),
        silent: SILENT,
        storage: gi(sum.storage, 16),
        claims: round(sum.claims, 8),
        lag_brokers: vec![],
    }
}

/// A tenth more, up to a whole number of steps: `least`, or as many times two of it as make an eighth of the number.
fn round(value: u64, least: u64) -> u64 {
    let more = value + value.div_ceil(10);
    let mut step = least;
    while step * 8 < more {
        step *= 2;
    }
    more.div_ceil(step) * step
}

/// What runs under a name; `runs` is sorted by it.
fn find<'r, 'm>(runs: &'r [Running<'m>], name: &str) -> Option<&'r Running<'m>> {
    runs.binary_search_by(|run| run.name.as_str().cmp(name)).ok().map(|at| &runs[at])
}
