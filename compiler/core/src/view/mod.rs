//! Views: what several readers need and nobody should compute twice. Engine-neutral, one file each.

pub mod channel;
pub mod experiment;
pub mod graph;
pub mod list;
pub mod objective;
pub mod outage;
pub mod pipeline;
pub mod promise;
pub mod reliability;
pub mod request;
pub mod route;
pub mod secret;
pub mod total;
pub mod workload;

use crate::model::Model;
use serde::Serialize;
use std::collections::BTreeMap;

/// All views of one environment.
#[derive(Clone, Debug, Serialize)]
pub struct Views {
    /// Who needs whom, and how hard.
    #[serde(skip)]
    pub graph: graph::Graph,
    /// What runs.
    pub workloads: Vec<workload::Workload>,
    /// What runs once or by a clock.
    pub jobs: Vec<workload::JobRun>,
    /// Networks of a development machine.
    pub networks: Vec<workload::Network>,
    /// What brokers hold.
    pub channels: Vec<channel::Channel>,
    /// Secrets and how each comes to be.
    pub secrets: Vec<secret::Secret>,
    /// What the gateways do: routes in the order of precedence, limits, ways out.
    pub tables: Vec<route::Table>,
    /// Requests to the public routes, where contracts were read for them.
    pub requests: request::Requests,
    /// Promises with the numbers of their alerts.
    pub objectives: Vec<objective::Objective>,
    /// What everything may reserve at once.
    pub total: total::Total,
    /// What a pipeline builds, tests and releases.
    pub pipeline: pipeline::Pipeline,
}

impl Views {
    /// The table of a gateway. They are in the order of gateways, which is that of their names.
    pub fn table(&self, gateway: &str) -> Option<&route::Table> {
        let at = self.tables.binary_search_by(|table| table.gateway.as_str().cmp(gateway));
        at.ok().map(|at| &self.tables[at])
    }

    /// Computes all views.
    pub fn of(model: &Model) -> Views {
        let graph = graph::Graph::of(model);
        let runs = workload::running(model);
        // First what takes much room only while it is made.
        let pipeline = pipeline::pipeline(model, &runs);
        let tables = route::tables(model, &runs);
        let secrets = secret::secrets(model);
        let mut workloads = workload::workloads(model, &runs);
        let mut jobs = workload::jobs(model, &runs);
        let objectives = objective::objectives(model, &runs, &tables);
        promise(&mut workloads, &objectives);
        workload::publish(model, &mut workloads);
        Views {
            total: total::total(model, &runs, &workloads, &jobs),
            channels: channel::channels(model, &runs),
            requests: request::requests(model, &tables),
            networks: workload::networks(model, &mut workloads, &mut jobs),
            jobs,
            objectives,
            pipeline,
            secrets,
            tables,
            workloads,
            graph,
        }
    }

    /// The workload with this name; the newest of a service has the service's.
    pub fn workload(&self, name: &str) -> Option<&workload::Workload> {
        self.workloads.binary_search_by(|it| it.name.as_str().cmp(name)).ok().map(|at| &self.workloads[at])
    }
}

/// From this availability on, instances must not share a machine: one that fails takes only one of them.
const APART: &str = "0.9995";

/// Tells workloads what availability their services promise.
fn promise(workloads: &mut [workload::Workload], objectives: &[objective::Objective]) {
    let mut promised: BTreeMap<&str, &str> = BTreeMap::new();
    for objective in objectives.iter().filter(|it| it.kind == "availability") {
        promised.entry(&objective.service).or_insert(&objective.objective);
    }
    for workload in workloads {
        workload.promised = promised.get(workload.service.as_str()).map(|ratio| ratio.to_string());
        let much = workload.promised.as_ref().is_some_and(|ratio| ratio.as_str() >= APART);
        workload.apart = much && workload.scale.min > 1;
    }
}
