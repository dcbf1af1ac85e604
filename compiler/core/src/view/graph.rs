//! The edge graph: who calls, uses, publishes to, subscribes to and routes to whom, and how hard.

pub mod draw;

use crate::model::Model;
use bastide_report::source::Span;
use serde::Serialize;

/// How one node needs another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A synchronous request.
    Calls,
    /// An attached resource.
    Uses,
    /// Writes a topic or queue.
    Publishes,
    /// Reads a topic or queue; the edge leads from the topic to the reader.
    Subscribes,
    /// A topic or queue is carried by a broker.
    CarriedBy,
    /// A gateway sends requests.
    Routes,
    /// An egress gateway lets requests out.
    Allows,
}

/// What stands at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NodeKind {
    /// A service.
    Service,
    /// A function.
    Function,
    /// A resource.
    Resource,
    /// A topic.
    Topic,
    /// A queue.
    Queue,
    /// An external.
    External,
    /// A gateway.
    Gateway,
}

impl NodeKind {
    /// Its word in the language.
    pub fn word(self) -> &'static str {
        match self {
            NodeKind::Service => "service",
            NodeKind::Function => "function",
            NodeKind::Resource => "resource",
            NodeKind::Topic => "topic",
            NodeKind::Queue => "queue",
            NodeKind::External => "external",
            NodeKind::Gateway => "gateway",
        }
    }
}

/// A node of the graph.
#[derive(Clone, Debug, Serialize)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// Where it is declared.
    #[serde(skip)]
    pub span: Span,
}

/// An edge of the graph.
#[derive(Clone, Debug, Serialize)]
pub struct Edge {
    /// Index of the node that needs.
    pub from: u32,
    /// Index of the node that is needed.
    pub to: u32,
    /// How.
    pub kind: Kind,
    /// Whether the one cannot do without the other.
    pub hard: bool,
    /// Where it is said.
    #[serde(skip)]
    pub span: Span,
    /// Index into the list of that kind in the service (`calls[item]`), for what only that edge knows.
    #[serde(skip)]
    pub item: u32,
}

/// All nodes and edges, sorted.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Graph {
    /// The nodes, by kind and name.
    pub nodes: Vec<Node>,
    /// The edges, by the node they leave, then in the order of the spec's names.
    pub edges: Vec<Edge>,
    #[serde(skip)]
    starts: Vec<u32>,
}

impl Graph {
    /// The graph of a model.
    pub fn of(model: &Model) -> Graph {
        let mut graph = Graph::default();
        graph.add_nodes(model);
        graph.add_service_edges(model);
        graph.add_other_edges(model);
        graph.edges.sort_by_key(|edge| (edge.from, edge.kind, edge.to, edge.span));
        let mut at = 0;
        for node in 0..graph.nodes.len() as u32 {
            graph.starts.push(at as u32);
            while at < graph.edges.len() && graph.edges[at].from == node {
                at += 1;
            }
        }
        graph.starts.push(at as u32);
        graph
    }

    /// The edges that leave a node.
    pub fn out(&self, node: u32) -> &[Edge] {
        let (from, to) = (self.starts[node as usize] as usize, self.starts[node as usize + 1] as usize);
        &self.edges[from..to]
    }

    /// The index of a node.
    pub fn find(&self, kind: NodeKind, name: &str) -> Option<u32> {
        let found = self.nodes.binary_search_by(|node| (node.kind, node.name.as_str()).cmp(&(kind, name)));
        found.ok().map(|at| at as u32)
    }

    /// All nodes of this name, or of this kind and name: `service.orders`.
    pub fn named(&self, name: &str) -> Vec<u32> {
        let (kind, name) = name.split_once('.').map_or((None, name), |(kind, name)| (Some(kind), name));
        let fits = |node: &Node| node.name == name && kind.is_none_or(|kind| kind == node.kind.word());
        (0..self.nodes.len() as u32).filter(|at| fits(&self.nodes[*at as usize])).collect()
    }

    /// The node that a service or function of this name is.
    pub fn program(&self, name: &str) -> Option<u32> {
        self.find(NodeKind::Service, name).or_else(|| self.find(NodeKind::Function, name))
    }

    /// The name at an index.
    pub fn name(&self, node: u32) -> &str {
        &self.nodes[node as usize].name
    }

    fn add_nodes(&mut self, model: &Model) {
        for service in &model.services {
            let kind = if service.function.is_some() { NodeKind::Function } else { NodeKind::Service };
            self.node(kind, &service.name.value, service.name.span());
        }
        model.resources.iter().for_each(|it| self.node(NodeKind::Resource, &it.name.value, it.name.span()));
        for topic in &model.topics {
            let kind = if topic.queue { NodeKind::Queue } else { NodeKind::Topic };
            self.node(kind, &topic.name.value, topic.name.span());
        }
        model.externals.iter().for_each(|it| self.node(NodeKind::External, &it.name.value, it.name.span()));
        model.gateways.iter().for_each(|it| self.node(NodeKind::Gateway, &it.name.value, it.name.span()));
        self.nodes.sort_by(|left, right| (left.kind, &left.name).cmp(&(right.kind, &right.name)));
    }

    fn node(&mut self, kind: NodeKind, name: &str, span: Span) {
        self.nodes.push(Node { name: name.into(), kind, span });
    }

    fn channel(&self, name: &str) -> Option<u32> {
        self.find(NodeKind::Topic, name).or_else(|| self.find(NodeKind::Queue, name))
    }

    fn edge(&mut self, from: Option<u32>, to: Option<u32>, kind: Kind, hard: bool, span: Span, item: usize) {
        if let (Some(from), Some(to)) = (from, to) {
            self.edges.push(Edge { from, to, kind, hard, span, item: item as u32 });
        }
    }

    fn add_service_edges(&mut self, model: &Model) {
        for service in &model.services {
            let from = self.program(&service.name.value);
            for (at, call) in service.calls.iter().enumerate() {
                let to =
                    self.program(&call.to.value).or_else(|| self.find(NodeKind::External, &call.to.value));
                self.edge(from, to, Kind::Calls, !call.soft, call.to.span(), at);
            }
            for (at, it) in service.uses.iter().enumerate() {
                let to = self.find(NodeKind::Resource, &it.resource.value);
                self.edge(from, to, Kind::Uses, !it.soft, it.resource.span(), at);
            }
            for (at, it) in service.publishes.iter().enumerate() {
                let to = self.channel(&it.topic.value);
                self.edge(from, to, Kind::Publishes, false, it.topic.span(), at);
            }
            for (at, it) in service.subscribes.iter().enumerate() {
                let to = self.channel(&it.topic.value);
                self.edge(to, from, Kind::Subscribes, false, it.topic.span(), at);
            }
        }
    }

    fn add_other_edges(&mut self, model: &Model) {
        for (at, topic) in model.topics.iter().enumerate() {
            let (from, to) =
                (self.channel(&topic.name.value), self.find(NodeKind::Resource, &topic.on.value));
            self.edge(from, to, Kind::CarriedBy, true, topic.on.span(), at);
        }
        for gateway in &model.gateways {
            let from = self.find(NodeKind::Gateway, &gateway.name.value);
            for (at, route) in gateway.routes.iter().enumerate() {
                let parts = route.aggregate.iter().flat_map(|it| it.parts.iter().map(|part| &part.from));
                for to in route.to.iter().chain(parts).chain(route.split.iter().map(|(to, _)| to)) {
                    let node = self.program(&to.value);
                    self.edge(from, node, Kind::Routes, true, to.span(), at);
                }
            }
            for (at, allow) in gateway.allow.iter().enumerate() {
                let to = self.find(NodeKind::External, &allow.value);
                self.edge(from, to, Kind::Allows, true, allow.span(), at);
            }
        }
    }
}
