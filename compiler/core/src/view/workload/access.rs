//! The access matrix: who may reach whom, on which port. What is not here is closed.

use super::{Running, Workload};
use crate::model::Model;
use crate::model::service::Service;
use crate::view::list::List;
use serde::Serialize;
use std::collections::BTreeMap;

/// The other end of an allowed connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Peer {
    /// `workload`, `operator` (pods an operator makes), `gateway` or `egress`; `namespace`, `cluster` or `anywhere` for all
    /// that run there.
    pub kind: String,
    /// Name of the workload, resource or gateway.
    pub name: String,
    /// Service the workload runs for; else the name itself.
    pub service: String,
    /// Gateway that leads there, for `egress`.
    pub gateway: Option<String>,
    /// Port of the side that listens.
    pub port: u16,
    /// Path in the spec of the edge.
    pub at: String,
    /// The edge in words: `calls "payments"`.
    pub because: String,
    /// Labels of the pods, for `operator`.
    pub pods: BTreeMap<String, String>,
}

/// A network of one edge: two that may meet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Network {
    /// `CALLER_CALLEE`; `_` stands in no name.
    pub name: String,
    /// Number in the list, from 0, for a subnet of its own.
    pub number: usize,
    /// Has no way out. `outside-NAME` is the way out of a service that no gateway stands before, and has no second member.
    pub internal: bool,
}

/// The edges of each node, from both ends.
pub struct Access<'m>(BTreeMap<&'m str, Node>);

/// The edges of a node.
struct Node {
    outbound: List<Peer>,
    inbound: List<Peer>,
    networks: List<String>,
}

/// All edges while they are gathered, by the name of the node.
#[derive(Default)]
struct Edges<'m>(BTreeMap<&'m str, Ends>);

/// Ends of edges at a node. They are kept in lists: most have one or two, and a set takes a page for that.
#[derive(Default)]
struct Ends {
    outbound: Vec<Peer>,
    inbound: Vec<Peer>,
    networks: Vec<String>,
}

/// A list in order, with each of its things once.
fn sorted<T: Ord>(mut list: Vec<T>) -> List<T> {
    if list.is_empty() {
        return List::default();
    }
    list.sort_unstable();
    list.dedup();
    list.into()
}

/// Network of an edge.
pub fn network(from: &str, to: &str) -> String {
    [from, "_", to].concat()
}

/// Network of a service that reaches the outside by itself, without a gateway: its one way out.
fn outside(service: &str) -> String {
    format!("outside-{service}")
}

impl<'m> Access<'m> {
    /// The matrix of a model.
    pub fn of(model: &'m Model, runs: &'m [Running<'m>]) -> Access<'m> {
        let mut edges = Edges::default();
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for run in runs {
            names.entry(&run.service.name.value).or_default().push(&run.name);
        }
        for service in &model.services {
            let own = names.get(service.name.value.as_str()).map_or(&[][..], Vec::as_slice);
            let jobs: Vec<String> =
                service.jobs.iter().map(|job| [&service.name.value, "-", &job.name.value].concat()).collect();
            let every: Vec<&str> = own.iter().copied().chain(jobs.iter().map(String::as_str)).collect();
            edges.resources(model, service, &every);
            edges.calls(model, service, own);
            edges.channels(model, service, own);
            edges.open(service);
        }
        edges.routes(model);
        edges.access()
    }

    /// What a job of a service may reach: its resources.
    pub fn of_job(model: &'m Model, service: &'m Service) -> Access<'m> {
        let mut edges = Edges::default();
        edges.resources(model, service, &[]);
        edges.access()
    }

    /// Who may reach the service or resource of this name.
    pub fn inbound(&self, name: &str) -> List<Peer> {
        self.0.get(name).map(|node| node.inbound.clone()).unwrap_or_default()
    }

    /// Whom it may reach.
    pub fn outbound(&self, name: &str) -> List<Peer> {
        self.0.get(name).map(|node| node.outbound.clone()).unwrap_or_default()
    }

    /// The networks it is in.
    pub fn networks(&self, name: &str) -> List<String> {
        self.0.get(name).map(|node| node.networks.clone()).unwrap_or_default()
    }
}

impl<'m> Edges<'m> {
    fn access(self) -> Access<'m> {
        let node = |ends: Ends| Node {
            outbound: sorted(ends.outbound),
            inbound: sorted(ends.inbound),
            networks: sorted(ends.networks),
        };
        Access(self.0.into_iter().map(|(name, ends)| (name, node(ends))).collect())
    }

    fn at(&mut self, name: &'m str) -> &mut Ends {
        self.0.entry(name).or_default()
    }

    /// Adds an edge that leads to `to`: how it looks from both ends.
    fn pair(&mut self, (from, out): (&'m str, Option<Peer>), (to, inward): (&'m str, Vec<Peer>)) {
        let name = network(from, to);
        let ends = self.at(from);
        ends.networks.push(name.clone());
        ends.outbound.extend(out);
        let ends = self.at(to);
        ends.networks.push(name);
        ends.inbound.extend(inward);
    }

    fn resources(&mut self, model: &'m Model, service: &'m Service, names: &[&str]) {
        for used in &service.uses {
            let because = format!("uses \"{}\"", used.resource.value);
            self.resource(model, service, names, (&used.resource.value, &used.at, &because));
        }
    }

    /// `names` are the workloads and jobs of the service that reach the resource.
    fn resource(
        &mut self,
        model: &'m Model,
        service: &'m Service,
        names: &[&str],
        (name, at, because): (&str, &str, &str),
    ) {
        let Some(resource) = model.resource(name) else { return };
        let kind = if resource.provider.is_some() {
            "operator"
        } else if resource.external.is_some() {
            "egress"
        } else {
            "workload"
        };
        let from: &'m str = &service.name.value;
        let out = Peer { pods: resource.pods.clone(), ..peer(kind, name, resource.port, at, because) };
        let inward = names.iter().map(|name| peer_of("workload", (name, from), resource.port, at, because));
        if resource.run.is_some() {
            return self.pair((from, Some(out)), (&resource.name.value, inward.collect()));
        }
        self.at(from).outbound.push(out);
        if !names.is_empty() {
            self.at(&resource.name.value).inbound.extend(inward);
        }
        if resource.external.is_some() {
            self.at(from).networks.push(outside(from));
        }
    }

    fn channels(&mut self, model: &'m Model, service: &'m Service, names: &[&str]) {
        let written = service.publishes.iter().map(|it| (&it.topic.value, &it.at, "publishes"));
        let read = service.subscribes.iter().map(|it| (&it.topic.value, &it.at, "subscribes"));
        let mut brokers = BTreeMap::new();
        for (topic, at, word) in written.chain(read) {
            if let Some(topic) = model.topic(topic) {
                brokers.entry(&topic.on.value).or_insert((at, format!("{word} \"{}\"", topic.name.value)));
            }
        }
        for (broker, (at, because)) in brokers {
            if !service.uses.iter().any(|used| used.resource.value == *broker) {
                self.resource(model, service, names, (broker, at, &because));
            }
        }
    }

    fn calls(&mut self, model: &'m Model, service: &'m Service, names: &[&str]) {
        let from: &'m str = &service.name.value;
        for call in &service.calls {
            let because = ["calls \"", &call.to.value, "\""].concat();
            if let Some(callee) = model.service(&call.to.value) {
                let port = callee.port(call.api.as_ref().map(|at| at.value.as_str()));
                let to = callee.name.value.as_str();
                let out = peer("workload", to, port, &call.at, &because);
                let inward =
                    names.iter().map(|run| peer_of("workload", (run, from), port, &call.at, &because));
                self.pair((from, Some(out)), (to, inward.collect()));
            } else if let Some(gateway) = model.way_out(&call.to.value) {
                let out = Peer {
                    gateway: Some(gateway.name.value.clone()),
                    ..peer("egress", &call.to.value, 8_080, &call.at, &because)
                };
                let inward = peer("workload", from, 8_080, &call.at, &because);
                self.pair((from, Some(out)), (&gateway.name.value, vec![inward]));
            } else {
                let external = model.external(&call.to.value);
                let out = external.map(|it| peer("egress", &call.to.value, it.port, &call.at, &because));
                let ends = self.at(from);
                ends.networks.push(outside(from));
                ends.outbound.extend(out);
            }
        }
    }

    /// Ports that are open to others than those the spec names.
    fn open(&mut self, service: &'m Service) {
        let apis =
            service.apis.iter().map(|it| (&it.from, it.port.value as u16, format!("api.{}", it.name.value)));
        let ports = service.run.ports.iter().map(|it| (&it.from, it.number, format!("port.{}", it.name)));
        for (from, port, node) in apis.chain(ports) {
            let Some(from) = from else { continue };
            let (at, because) = (format!("{}.{node}.from", service.at), format!("open from \"{from}\""));
            self.at(&service.name.value).inbound.push(peer(from, from, port, &at, &because));
        }
    }

    fn routes(&mut self, model: &'m Model) {
        for gateway in &model.gateways {
            for route in &gateway.routes {
                let parts = route.aggregate.iter().flat_map(|it| &it.parts);
                let parts = parts.map(|it| (&it.from, it.api.as_ref().map(|at| at.value.as_str())));
                let splits = route.split.iter().map(|(to, _)| to);
                let others = splits.chain(route.mirror.iter().map(|(to, _)| to));
                let alike = route.to.iter().chain(others).map(|to| (to, route.api_name(model)));
                for (to, api) in alike.chain(parts) {
                    let Some(service) = model.service(&to.value) else { continue };
                    let port = service.port(api);
                    let because = format!("gateway \"{}\" routes {}", gateway.name.value, route.path.value);
                    let inward = peer("gateway", &gateway.name.value, port, &route.at, &because);
                    self.pair((&gateway.name.value, None), (&service.name.value, vec![inward]));
                }
            }
        }
    }
}

fn peer(kind: &str, name: &str, port: u16, at: &str, because: &str) -> Peer {
    peer_of(kind, (name, name), port, at, because)
}

fn peer_of(kind: &str, (name, service): (&str, &str), port: u16, at: &str, because: &str) -> Peer {
    let text = str::to_string;
    Peer {
        kind: text(kind),
        name: text(name),
        service: text(service),
        gateway: None,
        port,
        at: text(at),
        because: text(because),
        pods: BTreeMap::new(),
    }
}

/// All networks, numbered in their order.
pub fn networks(workloads: &[Workload]) -> Vec<Network> {
    let mut names: Vec<&String> = workloads.iter().flat_map(|it| it.networks.iter()).collect();
    names.sort_unstable();
    names.dedup();
    let one = |(number, name): (usize, &String)| Network {
        name: name.clone(),
        number,
        internal: name.contains('_'),
    };
    names.into_iter().enumerate().map(one).collect()
}
