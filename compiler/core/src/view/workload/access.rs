//! The access matrix: who may reach whom, on which port. What is not here is closed.

use super::Running;
use super::network::{edge, outside};
use crate::model::Model;
use crate::model::service::{Call, Egress, Job, Service};
use crate::view::list::List;
use serde::Serialize;
use std::collections::BTreeMap;

/// The other end of an allowed connection.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Peer {
    /// `workload`, `operator` (pods an operator makes), `gateway` or `egress`; `namespace`, `cluster` or `anywhere` for all
    /// that run there; `internet`, `host` or `addresses` for what lies outside.
    pub kind: String,
    /// Name of the workload, resource or gateway.
    pub name: String,
    /// Service the workload runs for; else the name itself.
    pub service: String,
    /// Gateway that leads there, for `egress`.
    pub gateway: Option<String>,
    /// Port of the side that listens; 0 for every port.
    pub port: u16,
    /// Last port of a range.
    pub to: Option<u16>,
    /// `TCP` or `UDP`; none for both.
    pub transport: Option<&'static str>,
    /// Path in the spec of the edge.
    pub at: String,
    /// The edge in words: `calls "payments"`.
    pub because: String,
    /// Labels of the pods, for `operator`.
    pub pods: BTreeMap<String, String>,
    /// Ranges of addresses, for `addresses`.
    pub addresses: Vec<String>,
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
            for call in &service.calls {
                let same = |job: &&Job| super::job_calls(service, job).any(|it| it.at == call.at);
                let jobs = service
                    .jobs
                    .iter()
                    .zip(&jobs)
                    .filter(|(job, _)| same(job))
                    .map(|(_, name)| name.as_str());
                edges.call(model, service, call, &own.iter().copied().chain(jobs).collect::<Vec<_>>());
            }
            edges.channels(model, service, own);
            edges.open(service);
            edges.outside(service, &service.egress);
        }
        edges.routes(model);
        edges.access()
    }

    /// What a job of a service may reach: its resources, whom it calls, and outside what it says, else what its service does.
    pub fn of_job(model: &'m Model, service: &'m Service, job: &'m Job) -> Access<'m> {
        let mut edges = Edges::default();
        edges.resources(model, service, &[]);
        super::job_calls(service, job).for_each(|call| edges.call(model, service, call, &[]));
        edges.outside(service, if job.egress.is_empty() { &service.egress } else { &job.egress });
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
    fn pair(&mut self, (from, out): (&'m str, Vec<Peer>), (to, inward): (&'m str, Vec<Peer>)) {
        let name = edge(from, to);
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
            return self.pair((from, vec![out]), (&resource.name.value, inward.collect()));
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

    /// `names` are the workloads and jobs of the service that make the call.
    fn call(&mut self, model: &'m Model, service: &'m Service, call: &'m Call, names: &[&str]) {
        let from: &'m str = &service.name.value;
        let because = ["calls \"", &call.to.value, "\""].concat();
        if let Some(callee) = model.service(&call.to.value) {
            let to = callee.name.value.as_str();
            let (mut out, mut inward) = (vec![], vec![]);
            for (port, last, by) in super::reached(service, call, callee) {
                let at = |peer: Peer| Peer { transport: Some(by), to: last, ..peer };
                out.push(at(peer("workload", to, port, &call.at, &because)));
                let one = |run: &&str| at(peer_of("workload", (run, from), port, &call.at, &because));
                inward.extend(names.iter().map(one));
            }
            self.pair((from, out), (to, inward));
        } else if let Some(gateway) = model.way_out(&call.to.value) {
            let out = Peer {
                gateway: Some(gateway.name.value.clone()),
                ..peer("egress", &call.to.value, 8_080, &call.at, &because)
            };
            let inward =
                names.iter().map(|name| peer_of("workload", (name, from), 8_080, &call.at, &because));
            self.pair((from, vec![out]), (&gateway.name.value, inward.collect()));
        } else {
            let external = model.external(&call.to.value);
            let out = external.map(|it| Peer {
                transport: Some(it.transport),
                ..peer("egress", &call.to.value, it.port, &call.at, &because)
            });
            let ends = self.at(from);
            ends.networks.push(outside(from));
            ends.outbound.extend(out);
        }
    }

    /// Ports that are open to others than those the spec names.
    fn open(&mut self, service: &'m Service) {
        let name = service.name.value.as_str();
        let said = |node: &str, word: &str, value: &str| {
            let way = if word == "from" { "open from" } else { "opened by" };
            (format!("{}.{node}.{word}", service.at), format!("{way} \"{value}\""))
        };
        for api in &service.apis {
            let Some(from) = &api.from else { continue };
            let (at, because) = said(&format!("api.{}", api.name.value), "from", from);
            self.at(name).inbound.push(peer(from, from, api.port.value as u16, &at, &because));
        }
        for port in &service.run.ports {
            let node = format!("port.{}", port.name);
            let to = Some(port.last()).filter(|last| *last > port.number);
            let mut open = |kind: &str, word: &str, value: &str| {
                let (at, because) = said(&node, word, value);
                let addresses = if kind == "addresses" { port.sources.clone() } else { vec![] };
                let bare = peer(kind, kind, port.number, &at, &because);
                let peer = Peer { to, transport: Some(port.transport()), addresses, ..bare };
                self.at(name).inbound.push(peer);
            };
            if let Some(from) = &port.from {
                open(from, "from", from);
            }
            match port.expose.as_ref().map(|at| at.value.as_str()) {
                Some("cluster") => open("cluster", "expose", "cluster"),
                Some(word) if port.sources.is_empty() => open("anywhere", "expose", word),
                Some(word) => open("addresses", "expose", word),
                None => {}
            }
        }
    }

    /// What is reached outside that is no external.
    fn outside(&mut self, service: &'m Service, egress: &[Egress]) {
        let from: &'m str = &service.name.value;
        for it in egress.iter().filter(|it| it.to.value != "none") {
            let kind = match (&it.range, it.to.value.as_str()) {
                (Some(_), _) => "addresses",
                (None, "any") => "internet",
                _ => "host",
            };
            let because = format!("egress \"{}\"", it.to.value);
            let bare = peer(kind, &it.to.value, it.port.unwrap_or(0), &it.at, &because);
            let addresses = it.range.iter().cloned().collect();
            let ends = self.at(from);
            ends.outbound.push(Peer { transport: it.transport, addresses, ..bare });
            ends.networks.push(outside(from));
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
                    self.pair((&gateway.name.value, vec![]), (&service.name.value, vec![inward]));
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
        to: None,
        transport: Some("TCP"),
        at: text(at),
        because: text(because),
        pods: BTreeMap::new(),
        addresses: vec![],
    }
}
