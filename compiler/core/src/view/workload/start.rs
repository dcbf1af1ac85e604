//! Start order: what must stand before a workload starts.

use super::{Running, Workload};
use crate::cycle::{Link, components};
use crate::model::Model;
use crate::model::service::{After, Call, Job, Service};
use serde::Serialize;
use std::collections::BTreeMap;

/// Something that must stand first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Need {
    /// Name of the workload.
    pub name: String,
    /// `healthy`, `started` if nobody asks for its health, or `completed`.
    pub condition: String,
    /// Path in the spec of what asks for it.
    pub at: String,
}

fn need(name: &str, condition: &str, at: &str) -> Need {
    Need { name: name.into(), condition: condition.into(), at: at.into() }
}

/// Hard resources and callees healthy, topics made, migrations done. A soft edge holds nobody back.
pub fn service_needs(model: &Model, run: &Running<'_>) -> Vec<Need> {
    let service = run.service;
    let mut needs = resource_needs(model, service);
    needs.extend(call_needs(model, service));
    // What somebody says of the order holds in place of what an edge asks for.
    needs.retain(|need| service.after.iter().all(|it| it.to.value != need.name));
    needs.extend(service.after.iter().flat_map(|after| after_needs(model, after)));
    let topics = service.publishes.iter().map(|it| (&it.topic, &it.at));
    for (topic, at) in topics.chain(service.subscribes.iter().map(|it| (&it.topic, &it.at))) {
        if let Some(broker) = model.topic(&topic.value).and_then(|topic| model.resource(&topic.on.value)) {
            match (&broker.run, &broker.topics) {
                (Some(_), Some(_)) => {
                    needs.push(need(&format!("{}-topics", broker.name.value), "completed", at))
                }
                (Some(_), None) => needs.push(need(&broker.name.value, "healthy", at)),
                (None, _) => {}
            }
        }
    }
    for job in first_jobs(service) {
        needs.push(need(&format!("{}-{}", service.name.value, job.name.value), "completed", &job.at));
    }
    sorted(needs)
}

/// A job waits for what it reaches: resources, and those whom it calls as its service does.
pub fn job_needs(model: &Model, service: &Service, job: &Job) -> Vec<Need> {
    let mut needs = resource_needs(model, service);
    let called = |need: &Need| job_calls(service, job).any(|call| call.at == need.at);
    needs.extend(call_needs(model, service).into_iter().filter(called));
    sorted(needs)
}

/// Whom a job calls: those of its service that its variables or its command name. A program that is told nothing by us knows
/// them by itself, so its jobs may reach whom it reaches.
pub fn job_calls<'s>(service: &'s Service, job: &'s Job) -> impl Iterator<Item = &'s Call> {
    let texts = || service.run.env.iter().map(|(_, at)| at).chain(&job.command);
    let named = move |call: &&Call| {
        let reference = ["${", &call.to.value, "."].concat();
        !service.run.inject || texts().any(|at| at.value.contains(&reference))
    };
    service.calls.iter().filter(named)
}

/// Whether somebody asks a service or resource for its health; none if nothing of that name is started here.
pub fn asked(model: &Model, name: &str) -> Option<bool> {
    let run = match model.service(name) {
        Some(service) => Some(&service.run),
        None => model.resource(name).and_then(|it| it.run.as_ref()),
    };
    run.map(|run| run.health.kind != "none")
}

/// Jobs of a service that run before a release.
pub fn first_jobs(service: &Service) -> impl Iterator<Item = &Job> {
    service.jobs.iter().filter(|job| job.run == "before-release")
}

/// Takes waiting away from calls in a ring: whoever waited for a callee that waits for its caller would never start, and
/// compose refuses the whole file. That they wait for each other at work is told by `sync-cycle`.
pub fn open_rings(workloads: &mut [Workload]) {
    let numbers: BTreeMap<&str, u32> =
        workloads.iter().zip(0..).map(|(it, at)| (it.name.as_str(), at)).collect();
    let link = |from: u32, need: &Need| Some(Link { from, to: *numbers.get(need.name.as_str())? });
    let links = workloads
        .iter()
        .zip(0..)
        .flat_map(|(it, from)| it.depends.iter().filter_map(move |need| link(from, need)));
    let links: Vec<Link> = links.collect();
    let of = components(workloads.len(), &links);
    let in_ring = |from: usize, need: &Need| {
        let to = numbers.get(need.name.as_str());
        need.at.contains(".calls.") && to.is_some_and(|to| of[*to as usize] == of[from])
    };
    let rings = workloads.iter().enumerate();
    let rings: Vec<Vec<bool>> =
        rings.map(|(from, it)| it.depends.iter().map(|need| in_ring(from, need)).collect()).collect();
    for (workload, ring) in workloads.iter_mut().zip(rings) {
        let mut ring = ring.into_iter();
        workload.depends.retain(|_| ring.next() == Some(false));
    }
}

fn call_needs(model: &Model, service: &Service) -> Vec<Need> {
    let one = |call: &Call| match (asked(model, &call.to.value), model.way_out(&call.to.value)) {
        (Some(asked), _) => Some(need(&call.to.value, if asked { "healthy" } else { "started" }, &call.at)),
        (None, gateway) => Some(need(&gateway?.name.value, "healthy", &call.at)),
    };
    service.calls.iter().filter(|call| !call.soft).filter_map(one).collect()
}

fn after_needs(model: &Model, after: &After) -> Vec<Need> {
    let name = &after.to.value;
    let usual = asked(model, name).map(|asked| if asked { "healthy" } else { "started" });
    match (after.until(), usual) {
        (Some("done"), _) => {
            let jobs = model.service(name).into_iter().flat_map(first_jobs);
            jobs.map(|job| need(&format!("{name}-{}", job.name.value), "completed", &after.at)).collect()
        }
        (said, Some(usual)) => vec![need(name, said.unwrap_or(usual), &after.at)],
        (_, None) => vec![],
    }
}

fn resource_needs(model: &Model, service: &Service) -> Vec<Need> {
    let hard = service.uses.iter().filter(|it| !it.soft);
    let runs = |name: &str| model.resource(name).is_some_and(|resource| resource.run.is_some());
    hard.filter(|it| runs(&it.resource.value)).map(|it| need(&it.resource.value, "healthy", &it.at)).collect()
}

fn sorted(mut needs: Vec<Need>) -> Vec<Need> {
    needs.sort();
    needs.dedup_by(|left, right| left.name == right.name && left.condition == right.condition);
    needs
}
