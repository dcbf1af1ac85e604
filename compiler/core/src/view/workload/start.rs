//! Start order: what must stand before a workload starts.

use super::Running;
use crate::model::Model;
use crate::model::service::Service;
use serde::Serialize;

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
    for call in service.calls.iter().filter(|call| !call.soft) {
        if let Some(callee) = model.service(&call.to.value) {
            let condition = if callee.run.health.kind == "none" { "started" } else { "healthy" };
            needs.push(need(&call.to.value, condition, &call.at));
        } else if let Some(gateway) = model.way_out(&call.to.value) {
            needs.push(need(&gateway.name.value, "healthy", &call.at));
        }
    }
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
    for job in service.jobs.iter().filter(|job| job.run == "before-release") {
        needs.push(need(&format!("{}-{}", service.name.value, job.name.value), "completed", &job.at));
    }
    sorted(needs)
}

/// A job waits for resources only.
pub fn job_needs(model: &Model, service: &Service) -> Vec<Need> {
    sorted(resource_needs(model, service))
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
