//! Whether promises can be kept: for each service behind a public route what its dependencies allow, its budget, and how
//! long it waits for whom. `bastide slo` prints it.

mod availability;
mod latency;

pub use availability::{Availability, Budget, Change, Dependency};
pub use latency::{Hop, Latency};

use super::graph::Graph;
use super::promise::Promises;
use crate::model::Model;
use crate::model::gateway::{Gateway, Route};
use serde::Serialize;
use std::collections::BTreeMap;

/// What follows for a promise from those of its dependencies. What the service itself adds to the faults is not known and
/// taken as none, so the truth is never better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is more than a dependency promises that it cannot do without: no luck helps.
    Contradictory,
    /// It is more than they give together if they fail independently of each other.
    Infeasible,
    /// They may fail at different times, or one of them promises nothing.
    NotGuaranteed,
    /// It is kept whenever they keep theirs, whatever they do at once.
    Proved,
}

/// The promises of one environment.
#[derive(Clone, Debug, Serialize)]
pub struct Reliability {
    /// The app.
    pub app: String,
    /// The environment.
    pub environment: String,
    /// The public routes, in the order of the spec.
    pub routes: Vec<PublicRoute>,
    /// The services they lead to, by name.
    pub services: Vec<Standing>,
}

/// A public route and who answers there.
#[derive(Clone, Debug, Serialize)]
pub struct PublicRoute {
    /// Its path in the spec.
    pub at: String,
    /// The gateway.
    pub gateway: String,
    /// The path.
    pub path: String,
    /// Methods; empty means all.
    pub methods: Vec<String>,
    /// The services that answer, each once.
    pub services: Vec<String>,
    /// `one` service answers, they `share` the requests, `all` of them are needed for an answer, or `some` are enough.
    pub answers: &'static str,
    /// Longest whole request in milliseconds.
    pub timeout_ms: Option<u64>,
}

/// What one service promises, and whether it can.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// The service.
    pub service: String,
    /// The public routes to it: `public /orders`.
    pub routes: Vec<String>,
    /// The promise of availability.
    pub availability: Option<Availability>,
    /// The promise of latency.
    pub latency: Option<Latency>,
}

/// What is promised behind the public routes of a model.
pub fn reliability(model: &Model, graph: &Graph) -> Reliability {
    let promises = Promises::of(model, graph);
    let lowest = promises.lowest();
    let routes = public_routes(model);
    let mut behind: BTreeMap<&str, Vec<&PublicRoute>> = BTreeMap::new();
    for (route, service) in routes.iter().flat_map(|it| it.services.iter().map(move |to| (it, to))) {
        behind.entry(service).or_default().push(route);
    }
    let standing = |(name, routes): (&&str, &Vec<&PublicRoute>)| {
        let service = model.service(name)?;
        let node = graph.program(name)?;
        let waits = routes.iter().filter_map(|it| it.timeout_ms).min();
        Some(Standing {
            service: name.to_string(),
            routes: routes.iter().map(|it| format!("{} {}", it.gateway, it.path)).collect(),
            availability: availability::of(service, node, graph, &promises, &lowest),
            latency: latency::of(model, graph, service, waits),
        })
    };
    let services = behind.iter().filter_map(standing).collect();
    let (app, environment) = (model.app.name.value.clone(), model.environment.name.value.clone());
    Reliability { app, environment, routes, services }
}

/// The routes of all gateways that let requests in; one that only redirects has nobody behind it.
pub fn public_routes(model: &Model) -> Vec<PublicRoute> {
    let gateways = model.gateways.iter().filter(|it| !it.out);
    let routes = gateways.flat_map(|gateway| gateway.routes.iter().map(move |route| public(gateway, route)));
    routes.filter(|it| !it.services.is_empty()).collect()
}

fn public(gateway: &Gateway, route: &Route) -> PublicRoute {
    let parts = route.aggregate.iter().flat_map(|it| it.parts.iter().map(|part| &part.from));
    let all = route.to.iter().chain(parts).chain(route.split.iter().map(|(to, _)| to));
    let mut services: Vec<String> = vec![];
    for to in all.filter(|_| route.redirect.is_none()) {
        if !services.contains(&to.value) {
            services.push(to.value.clone());
        }
    }
    let answers = match &route.aggregate {
        Some(aggregate) if aggregate.partial => "some",
        Some(_) => "all",
        None if services.len() > 1 => "share",
        None => "one",
    };
    let timeout = route.timeout.or(gateway.timeout);
    PublicRoute {
        at: route.at.clone(),
        gateway: gateway.name.value.clone(),
        path: route.path.value.clone(),
        methods: route.methods.clone(),
        services,
        answers,
        timeout_ms: timeout.map(|it| it.value.0),
    }
}
