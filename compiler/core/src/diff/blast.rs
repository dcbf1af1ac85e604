//! The blast radius: who is concerned by what differs.

use super::contract::Compared;
use super::{Diff, Difference, DifferenceKind, Effect, Environment};
use crate::view::graph::{Graph, Kind, NodeKind};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Headings whose differences others can notice, whatever their effect.
const NOTICED: &[&str] = &["apis", "topics", "queues", "slos"];

/// A service that depends on what differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Consumer {
    /// Its name.
    pub name: String,
    /// The node it depends on that is nearer to the difference.
    pub through: String,
    /// How many steps it is away; 1 is a direct consumer.
    pub steps: usize,
}

/// A promise that is at stake.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Stake {
    /// The service that promises.
    pub service: String,
    /// What: `availability 99.9%`.
    pub promise: String,
}

/// Who is concerned. Its fields are those of the documented JSON.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Blast {
    /// Services and functions that differ.
    pub services: Vec<String>,
    /// Services that depend on what differs in a way that they can notice: the nearest first.
    pub consumers: Vec<Consumer>,
    /// Environments in which something differs.
    pub environments: Vec<String>,
    /// Promises of those services.
    pub slos: Vec<Stake>,
}

/// Finds who is concerned, over both graphs: who is gone is missed by those who were there.
pub fn blast(old: &[Environment<'_>], new: &[Environment<'_>], diff: &Diff) -> Blast {
    let own = |it: &Difference| {
        let (kind, name) = it.node.split_once('.')?;
        matches!(kind, "service" | "function").then(|| name.to_string())
    };
    // A contract that differs is a change of its service, whatever the number says.
    let promised = |it: &Compared| {
        let owner = owner(&it.at);
        owner.strip_prefix("service.").or(owner.strip_prefix("function.")).map(str::to_string)
    };
    let contracts = || diff.contracts.iter().filter(|it| !it.equal());
    let services: BTreeSet<String> =
        diff.differences.iter().filter_map(own).chain(contracts().filter_map(promised)).collect();
    let graphs: Vec<&Graph> = old.iter().chain(new).map(|(_, views)| &views.graph).collect();
    let consumers = consumers(&graphs, noticed(diff));
    let touched: BTreeSet<&str> =
        services.iter().map(String::as_str).chain(consumers.iter().map(|it| it.name.as_str())).collect();
    let mut here: BTreeSet<&String> = diff.differences.iter().flat_map(|it| &it.environments).collect();
    for (model, _) in new {
        let has = |it: &Compared| {
            let owner = owner(&it.at);
            let (kind, name) = owner.split_once('.').unwrap_or_default();
            if kind == "service" { model.service(name).is_some() } else { model.topic(name).is_some() }
        };
        here.extend(contracts().any(has).then_some(&model.environment.name.value));
    }
    let all = old.iter().chain(new).map(|(model, _)| &model.environment.name.value);
    let mut environments: Vec<String> = vec![];
    for name in all.filter(|name| here.contains(name)) {
        if !environments.contains(name) {
            environments.push(name.clone());
        }
    }
    Blast { slos: stakes(new, &touched), services: services.into_iter().collect(), consumers, environments }
}

/// The nodes with a difference that others can notice.
fn noticed(diff: &Diff) -> BTreeSet<String> {
    let seen = |it: &&Difference| {
        let whole = it.path == it.node && it.change == DifferenceKind::Removed;
        whole || NOTICED.contains(&it.subject) || (it.effect > Effect::Safe && it.subject != "routes")
    };
    let nodes = diff.differences.iter().filter(seen).map(|it| it.node.clone());
    let contracts = diff.contracts.iter().filter(|it| !it.equal());
    nodes.chain(contracts.map(|it| owner(&it.at))).collect()
}

/// The node at the top that a path leads through.
fn owner(at: &str) -> String {
    at.splitn(3, '.').take(2).collect::<Vec<_>>().join(".")
}

/// Everybody who depends on these nodes, breadth first over all graphs.
fn consumers(graphs: &[&Graph], start: BTreeSet<String>) -> Vec<Consumer> {
    let mut found: BTreeMap<String, Consumer> = BTreeMap::new();
    let reversed: Vec<BTreeMap<u32, Vec<(u32, bool)>>> = graphs.iter().map(|graph| reversed(graph)).collect();
    let mut ring: BTreeSet<String> = start.clone();
    for steps in 1.. {
        let mut next: BTreeSet<String> = BTreeSet::new();
        for (graph, back) in graphs.iter().zip(&reversed) {
            for path in &ring {
                let Some(node) = node_at(graph, path) else { continue };
                for (user, goes_on) in back.get(&node).into_iter().flatten() {
                    let it = &graph.nodes[*user as usize];
                    let program = matches!(it.kind, NodeKind::Service | NodeKind::Function);
                    let user = path_of(it.kind, &it.name);
                    if start.contains(&user) || found.contains_key(&user) {
                        continue;
                    }
                    let through = graph.name(node).to_string();
                    if program {
                        found.insert(user.clone(), Consumer { name: it.name.clone(), through, steps });
                    }
                    if *goes_on {
                        next.insert(user);
                    }
                }
            }
        }
        next.retain(|path| !ring.contains(path));
        ring = next;
        if ring.is_empty() || steps > 1_000_000 {
            break;
        }
    }
    let mut all: Vec<Consumer> = found.into_values().collect();
    all.sort_by(|left, right| (left.steps, &left.name).cmp(&(right.steps, &right.name)));
    all
}

/// Who depends on each node, and whether those who depend on them are concerned too. A reader depends on its topic,
/// whatever way the messages go; a writer does, but who calls the writer does not notice.
fn reversed(graph: &Graph) -> BTreeMap<u32, Vec<(u32, bool)>> {
    let mut back: BTreeMap<u32, Vec<(u32, bool)>> = BTreeMap::new();
    for edge in &graph.edges {
        match edge.kind {
            Kind::Subscribes => back.entry(edge.from).or_default().push((edge.to, true)),
            Kind::Calls | Kind::Uses | Kind::CarriedBy => {
                back.entry(edge.to).or_default().push((edge.from, true))
            }
            Kind::Publishes => back.entry(edge.to).or_default().push((edge.from, false)),
            Kind::Routes | Kind::Allows => {}
        }
    }
    back
}

const KINDS: &[(NodeKind, &str)] = &[
    (NodeKind::Service, "service"),
    (NodeKind::Function, "function"),
    (NodeKind::Resource, "resource"),
    (NodeKind::Topic, "topic"),
    (NodeKind::Queue, "queue"),
    (NodeKind::External, "external"),
    (NodeKind::Gateway, "gateway"),
];

fn node_at(graph: &Graph, path: &str) -> Option<u32> {
    let (kind, name) = path.split_once('.')?;
    let (kind, _) = KINDS.iter().find(|(_, word)| *word == kind)?;
    graph.find(*kind, name)
}

fn path_of(kind: NodeKind, name: &str) -> String {
    let word = KINDS.iter().find(|(known, _)| *known == kind).map_or("", |(_, word)| word);
    format!("{word}.{name}")
}

/// What the services concerned promise.
fn stakes(new: &[Environment<'_>], touched: &BTreeSet<&str>) -> Vec<Stake> {
    let mut stakes = BTreeSet::new();
    for service in new.iter().flat_map(|(model, _)| &model.services) {
        let name = service.name.value.as_str();
        let Some(slo) = service.slo.as_ref().filter(|_| touched.contains(name)) else { continue };
        let availability = slo.availability.map(|at| format!("availability {}", at.value));
        let latency = slo.latency.map(|at| format!("latency {}", at.value));
        for promise in availability.into_iter().chain(latency) {
            stakes.insert(Stake { service: name.into(), promise });
        }
    }
    stakes.into_iter().collect()
}
