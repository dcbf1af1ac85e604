//! Orders of steps: waves that keep all constraints, or the shortest circle of them.

use super::{Order, Step, Wave};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use std::collections::VecDeque;

/// An order, or a circle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waves {
    /// Waves of steps that may be done at once.
    Order(Vec<Wave>),
    /// Indices of the constraints of the shortest circle.
    Stuck(Vec<usize>),
}

/// Waves of steps, each as early as its constraints and its part of the rollout let it be: what can be done is done part
/// by part, so that what is taken away goes last.
pub fn waves(steps: &[Step], orders: &[Order]) -> Waves {
    if let Some(circle) = shortest(steps.len(), orders) {
        return Waves::Stuck(circle);
    }
    let mut waiting = vec![0usize; steps.len()];
    let mut after: Vec<Vec<usize>> = vec![vec![]; steps.len()];
    for order in orders {
        waiting[order.then] += 1;
        after[order.first].push(order.then);
    }
    let mut ready: Vec<usize> = (0..steps.len()).filter(|step| waiting[*step] == 0).collect();
    let mut waves: Vec<Wave> = vec![];
    while let Some(phase) = ready.iter().map(|step| steps[*step].phase).min() {
        let mut now: Vec<usize> = vec![];
        ready.retain(|step| {
            let later = steps[*step].phase > phase;
            now.extend((!later).then_some(*step));
            later
        });
        now.sort_by_key(|step| (steps[*step].act, &steps[*step].name));
        for then in now.iter().flat_map(|step| &after[*step]) {
            waiting[*then] -= 1;
            if waiting[*then] == 0 {
                ready.push(*then);
            }
        }
        waves.push(Wave { phase, steps: now });
    }
    Waves::Order(waves)
}

/// For each step the number of its knot: steps that wait for each other have the same.
pub fn knots(steps: usize, orders: &[Order]) -> Vec<usize> {
    let links = orders.iter().map(|it| (it.first as u32, it.then as u32));
    let mut graph = DiGraph::<(), (), u32>::from_edges(links);
    while graph.node_count() < steps {
        graph.add_node(());
    }
    let mut of = vec![0; steps];
    // Kosaraju's algorithm in petgraph walks with a stack of its own; Tarjan's there recurses.
    for (number, knot) in kosaraju_scc(&graph).iter().enumerate() {
        knot.iter().for_each(|step| of[step.index()] = number);
    }
    of
}

/// The shortest circle; of several the one that begins with the smallest step.
fn shortest(steps: usize, orders: &[Order]) -> Option<Vec<usize>> {
    if let Some(own) = orders.iter().position(|it| it.first == it.then) {
        return Some(vec![own]);
    }
    let knots = knots(steps, orders);
    let mut after: Vec<Vec<usize>> = vec![vec![]; steps];
    for (at, order) in orders.iter().enumerate().filter(|(_, it)| knots[it.first] == knots[it.then]) {
        after[order.first].push(at);
    }
    let mut best: Option<Vec<usize>> = None;
    for start in (0..steps).filter(|step| !after[*step].is_empty()) {
        let limit = best.as_ref().map_or(usize::MAX, Vec::len);
        if let Some(circle) = around(start, limit, orders, &after) {
            best = Some(circle);
        }
        if best.as_ref().is_some_and(|circle| circle.len() == 2) {
            break;
        }
    }
    best
}

/// The shortest way from a step back to it, if it is shorter than `limit`.
fn around(start: usize, limit: usize, orders: &[Order], after: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut came: Vec<Option<usize>> = vec![None; after.len()];
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((step, far)) = queue.pop_front() {
        if far + 1 >= limit {
            return None;
        }
        for &at in &after[step] {
            let then = orders[at].then;
            if then == start {
                let mut circle = vec![at];
                let mut back = step;
                while back != start {
                    let order = came[back].expect("every step of the queue was come to");
                    circle.push(order);
                    back = orders[order].first;
                }
                circle.reverse();
                return Some(circle);
            }
            if came[then].is_none() {
                came[then] = Some(at);
                queue.push_back((then, far + 1));
            }
        }
    }
    None
}
