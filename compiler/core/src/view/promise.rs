//! Promises of availability along hard edges: calls and resources a node cannot do without.

use super::graph::{Edge, Graph, Kind, Node, NodeKind};
use crate::model::service::Service;
use crate::model::{Model, Slo};
use crate::tree::At;
use bastide_report::source::Span;
use bastide_report::units::Share;
use bastide_report::units::decimal::Product;
use std::cmp::Ordering;
use std::collections::{BTreeSet, VecDeque};

/// Beyond so many promises a product that is too low already is not computed to its end.
const ENOUGH: usize = 64;

/// What each node of the graph promises.
pub struct Promises<'m> {
    graph: &'m Graph,
    of: Vec<Option<At<Share>>>,
}

/// The unique hard dependencies of a node, over all steps, and what they promise together.
pub struct Sum {
    /// The product, exact.
    pub product: Product,
    /// The nodes that promise something, nearest first.
    pub nodes: Vec<u32>,
}

impl<'m> Promises<'m> {
    /// The promises of a plan.
    pub fn of(model: &'m Model, graph: &'m Graph) -> Promises<'m> {
        let promise = |node: &Node| slo(model, node).and_then(|slo| slo.availability);
        Promises { graph, of: graph.nodes.iter().map(promise).collect() }
    }

    /// The services that promise, each with its node.
    pub fn services(&self, model: &'m Model) -> impl Iterator<Item = (&'m Service, &'m Slo, At<Share>, u32)> {
        model.services.iter().filter_map(|service| {
            let slo = service.slo.as_ref()?;
            Some((service, slo, slo.availability?, self.graph.program(&service.name.value)?))
        })
    }

    /// What a node promises.
    pub fn at(&self, node: u32) -> Option<At<Share>> {
        self.of[node as usize]
    }

    /// Where a node promises it.
    pub fn span(&self, node: u32) -> Option<Span> {
        self.at(node).map(|at| at.span())
    }

    /// The edges a node cannot do without.
    pub fn hard(&self, node: u32) -> impl Iterator<Item = &'m Edge> {
        self.graph.out(node).iter().filter(|edge| edge.hard && matches!(edge.kind, Kind::Calls | Kind::Uses))
    }

    /// The product of what all hard dependencies of `start` promise, each counted once, as if there were no edge
    /// `without`. Stops when it is below `floor` and long enough to show.
    pub fn sum(&self, start: u32, without: Option<(u32, u32)>, floor: Share) -> Sum {
        let mut sum = Sum { product: Product::one(), nodes: vec![] };
        let mut seen = BTreeSet::from([start]);
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            if let Some(share) = self.at(node).filter(|_| node != start) {
                sum.product.times(share.value);
                sum.nodes.push(node);
                if sum.nodes.len() >= ENOUGH && sum.product.compare(floor) == Ordering::Less {
                    break;
                }
            }
            let edges = self.hard(node).filter(|edge| Some((edge.from, edge.to)) != without);
            queue.extend(edges.map(|edge| edge.to).filter(|to| seen.insert(*to)));
        }
        sum
    }

    /// The lowest promise met on hard edges from each node, itself included, not looking behind a node that
    /// promises; and the node that makes it. Cycles are cut where they close.
    pub fn lowest(&self) -> Vec<Option<(Share, u32)>> {
        let hard = |edge: &&Edge| edge.hard && matches!(edge.kind, Kind::Calls | Kind::Uses);
        let edges: Vec<&Edge> = self.graph.edges.iter().filter(hard).collect();
        let links: Vec<crate::cycle::Link> =
            edges.iter().map(|edge| crate::cycle::Link { from: edge.from, to: edge.to }).collect();
        let component = crate::cycle::components(self.graph.nodes.len(), &links);
        let mut lowest: Vec<Option<(Share, u32)>> =
            self.of.iter().enumerate().map(|(node, at)| at.map(|at| (at.value, node as u32))).collect();
        // Components are numbered from the callees up, so what an edge leads to is known before the edge is met.
        let mut ordered = edges;
        ordered.sort_by_key(|edge| (component[edge.from as usize], edge.from));
        for edge in ordered.iter().filter(|edge| component[edge.from as usize] != component[edge.to as usize])
        {
            let (from, to) = (edge.from as usize, edge.to as usize);
            if self.of[from].is_none() {
                lowest[from] = match (lowest[from], lowest[to]) {
                    (Some(own), Some(new)) => Some(own.min(new)),
                    (own, new) => own.or(new),
                };
            }
        }
        lowest
    }
}

/// What a node promises; topics, queues and gateways promise nothing.
pub fn slo<'m>(model: &'m Model, node: &Node) -> Option<&'m Slo> {
    match node.kind {
        NodeKind::Service | NodeKind::Function => model.service(&node.name)?.slo.as_ref(),
        NodeKind::Resource => model.resource(&node.name)?.slo.as_ref(),
        NodeKind::External => model.external(&node.name)?.slo.as_ref(),
        NodeKind::Topic | NodeKind::Queue | NodeKind::Gateway => None,
    }
}
