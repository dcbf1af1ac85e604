//! Orders of steps: waves that keep all constraints, or the shortest cycle of them.

use super::{Constraint, Step, Wave};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use std::collections::VecDeque;

/// An order, or a cycle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Waves of steps that may be done at once.
    Waves(Vec<Wave>),
    /// Indices of the constraints of the shortest cycle.
    Cycle(Vec<usize>),
}

/// Waves of steps, each as early as its constraints and its part of the rollout let it be: what can be done is done part
/// by part, so that what is taken away goes last.
pub fn waves(steps: &[Step], constraints: &[Constraint]) -> Schedule {
    if let Some(cycle) = shortest(steps.len(), constraints) {
        return Schedule::Cycle(cycle);
    }
    let mut waiting = vec![0usize; steps.len()];
    let mut after: Vec<Vec<usize>> = vec![vec![]; steps.len()];
    for constraint in constraints {
        waiting[constraint.then] += 1;
        after[constraint.first].push(constraint.then);
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
        now.sort_by_key(|step| (steps[*step].action, &steps[*step].name));
        for then in now.iter().flat_map(|step| &after[*step]) {
            waiting[*then] -= 1;
            if waiting[*then] == 0 {
                ready.push(*then);
            }
        }
        waves.push(Wave { phase, steps: now });
    }
    Schedule::Waves(waves)
}

/// For each step the number of its component: steps that wait for each other have the same.
pub fn components(steps: usize, constraints: &[Constraint]) -> Vec<usize> {
    let links = constraints.iter().map(|it| (it.first as u32, it.then as u32));
    let mut graph = DiGraph::<(), (), u32>::from_edges(links);
    while graph.node_count() < steps {
        graph.add_node(());
    }
    let mut of = vec![0; steps];
    // Kosaraju's algorithm in petgraph walks with a stack of its own; Tarjan's there recurses.
    for (number, component) in kosaraju_scc(&graph).iter().enumerate() {
        component.iter().for_each(|step| of[step.index()] = number);
    }
    of
}

/// The shortest cycle; of several the one that begins with the smallest step.
fn shortest(steps: usize, constraints: &[Constraint]) -> Option<Vec<usize>> {
    if let Some(own) = constraints.iter().position(|it| it.first == it.then) {
        return Some(vec![own]);
    }
    let components = components(steps, constraints);
    let mut after: Vec<Vec<usize>> = vec![vec![]; steps];
    for (at, constraint) in
        constraints.iter().enumerate().filter(|(_, it)| components[it.first] == components[it.then])
    {
        after[constraint.first].push(at);
    }
    let mut best: Option<Vec<usize>> = None;
    for start in (0..steps).filter(|step| !after[*step].is_empty()) {
        let limit = best.as_ref().map_or(usize::MAX, Vec::len);
        if let Some(cycle) = around(start, limit, constraints, &after) {
            best = Some(cycle);
        }
        if best.as_ref().is_some_and(|cycle| cycle.len() == 2) {
            break;
        }
    }
    best
}

/// The shortest way from a step back to it, if it is shorter than `limit`.
fn around(
    start: usize,
    limit: usize,
    constraints: &[Constraint],
    after: &[Vec<usize>],
) -> Option<Vec<usize>> {
    let mut came: Vec<Option<usize>> = vec![None; after.len()];
    let mut queue = VecDeque::from([(start, 0)]);
    while let Some((step, far)) = queue.pop_front() {
        if far + 1 >= limit {
            return None;
        }
        for &at in &after[step] {
            let then = constraints[at].then;
            if then == start {
                let mut cycle = vec![at];
                let mut back = step;
                while back != start {
                    let constraint = came[back].expect("every step of the queue was come to");
                    cycle.push(constraint);
                    back = constraints[constraint].first;
                }
                cycle.reverse();
                return Some(cycle);
            }
            if came[then].is_none() {
                came[then] = Some(at);
                queue.push_back((then, far + 1));
            }
        }
    }
    None
}
