//! Networks of a development machine. By default the app has one of its own, without a way out; with `networks="edges"`
//! each edge of the spec has one, so that two containers share a network only if one may call the other.

use super::{JobRun, Workload};
use crate::model::Model;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A network.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Network {
    /// `app`, or of an edge `CALLER_CALLEE`; `_` stands in no name. `ingress-GATEWAY` and `desk` are ways in, `outside` is the
    /// way out.
    pub name: String,
    /// Number in the list, from 0, for a subnet of its own.
    pub number: usize,
    /// `inside`: it leads nowhere else; `in`: published ports alone lead there; `out`: it has a way out.
    pub kind: &'static str,
    /// Gateways that are in it.
    pub gateways: Vec<String>,
}

/// Network of an edge.
pub(super) fn edge(from: &str, to: &str) -> String {
    [from, "_", to].concat()
}

/// Network of what reaches the outside by itself, without a gateway: its one way out.
pub(super) fn outside(service: &str) -> String {
    format!("outside-{service}")
}

/// All networks, numbered in their order. What runs is in those of its edges so far; here it moves into those of the app, if
/// edges have none of their own, and into those it is published by.
pub fn networks(model: &Model, workloads: &mut [Workload], jobs: &mut [JobRun]) -> Vec<Network> {
    let option = model.environment.platform_option("networks").and_then(|(_, set)| set.as_str());
    let apart = option == Some("edges");
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for gateway in &model.gateways {
        let (name, way) = (&gateway.name.value, if gateway.out { "outside" } else { "ingress" });
        let own = if gateway.out && !apart { way.to_string() } else { format!("{way}-{name}") };
        all.entry(own).or_default().push(name.clone());
    }
    for workload in workloads.iter_mut() {
        let out = workload.networks.iter().any(|name| is_out(name));
        if !workload.published.is_empty() && !out {
            let desk = format!("desk-{}", workload.name);
            workload.networks = workload.networks.iter().cloned().chain([desk]).collect();
        }
    }
    for workload in workloads.iter_mut().chain(jobs.iter_mut().map(|job| &mut job.workload)) {
        for edge in workload.networks.iter().filter(|name| name.contains('_')) {
            let inner = all.entry(if apart { edge.clone() } else { APP.into() }).or_default();
            let ends = edge.split('_').filter(|end| model.gateways.iter().any(|it| it.name.value == **end));
            inner.extend(ends.map(String::from));
        }
        let name = |name: &String| if apart { name.clone() } else { shared(name).to_string() };
        let own: BTreeSet<String> = workload.networks.iter().map(name).collect();
        workload.networks = own.into_iter().collect();
        workload.networks.iter().for_each(|name| {
            all.entry(name.clone()).or_default();
        });
    }
    let one = |(number, (name, mut gateways)): (usize, (String, Vec<String>))| {
        gateways.sort_unstable();
        gateways.dedup();
        Network { number, kind: kind(&name), name, gateways }
    };
    all.into_iter().enumerate().map(one).collect()
}

/// The network of the app.
const APP: &str = "app";

fn shared(name: &str) -> &str {
    match kind(name) {
        "in" => "desk",
        "out" => "outside",
        _ => APP,
    }
}

fn is_out(name: &str) -> bool {
    kind(name) == "out"
}

fn kind(name: &str) -> &'static str {
    let way = |word: &str| {
        !name.contains('_')
            && name.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    match () {
        () if way("ingress") || way("desk") => "in",
        () if way("outside") => "out",
        () => "inside",
    }
}
