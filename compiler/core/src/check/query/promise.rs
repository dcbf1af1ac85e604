//! Promises of availability along hard edges: calls and resources a node cannot do without.

use crate::check::Context;
use crate::model::service::Service;
use crate::model::{External, Slo};
use crate::tree::At;
use crate::view::graph::{Edge, Graph, Kind, NodeKind};
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
    pub fn of(ctx: &Context<'m>) -> Promises<'m> {
        let model = ctx.model;
        let share = |slo: Option<&Slo>| slo.and_then(|slo| slo.availability);
        let promise = |node: &crate::view::graph::Node| match node.kind {
            NodeKind::Service | NodeKind::Function => {
                share(model.service(&node.name).and_then(|it| it.slo.as_ref()))
            }
            NodeKind::Resource => share(model.resource(&node.name).and_then(|it| it.slo.as_ref())),
            NodeKind::External => share(model.external(&node.name).and_then(|it: &External| it.slo.as_ref())),
            NodeKind::Topic | NodeKind::Queue | NodeKind::Gateway => None,
        };
        let graph = &ctx.views.graph;
        Promises { graph, of: graph.nodes.iter().map(promise).collect() }
    }

    /// The services that promise, each with its node.
    pub fn services(
        &self,
        ctx: &Context<'m>,
    ) -> impl Iterator<Item = (&'m Service, &'m Slo, At<Share>, u32)> {
        ctx.model.services.iter().filter_map(|service| {
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

    /// The product of what all hard dependencies of `start` promise, each counted once; `without` is left out of
    /// the direct ones. Stops when it is below `floor` and long enough to show.
    pub fn sum(&self, start: u32, without: Option<u32>, floor: Share) -> Sum {
        let mut sum = Sum { product: Product::one(), nodes: vec![] };
        let mut seen = BTreeSet::from([start]);
        let direct = self.hard(start).map(|edge| edge.to).filter(|to| Some(*to) != without);
        let mut queue: VecDeque<u32> = direct.filter(|to| seen.insert(*to)).collect();
        while let Some(node) = queue.pop_front() {
            if let Some(share) = self.at(node) {
                sum.product.times(share.value);
                sum.nodes.push(node);
                if sum.nodes.len() >= ENOUGH && sum.product.compare(floor) == Ordering::Less {
                    break;
                }
            }
            queue.extend(self.hard(node).map(|edge| edge.to).filter(|to| seen.insert(*to)));
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
