//! Orders of steps: waves that keep all constraints, or the shortest cycle of them.

use super::{Constraint, Phase, Step, Wave};
use crate::cycle::{self, Link};
use std::collections::BTreeMap;

/// Waves of steps, each as early as its constraints and its part of the rollout let it be: what can be done is done part
/// by part, so that what is taken away goes last.
///
/// # Errors
/// There is no order: the indices of the constraints of the shortest cycle.
pub fn waves(steps: &[Step], constraints: &[Constraint]) -> Result<Vec<Wave>, Vec<usize>> {
    if let Some(cycle) = shortest(steps.len(), constraints) {
        return Err(cycle);
    }
    let mut waiting = vec![0usize; steps.len()];
    let mut after: Vec<Vec<usize>> = vec![vec![]; steps.len()];
    for constraint in constraints {
        waiting[constraint.then] += 1;
        after[constraint.first].push(constraint.then);
    }
    let mut ready: BTreeMap<Phase, Vec<usize>> = BTreeMap::new();
    for step in (0..steps.len()).filter(|step| waiting[*step] == 0) {
        ready.entry(steps[step].phase).or_default().push(step);
    }
    let mut waves: Vec<Wave> = vec![];
    while let Some((phase, mut now)) = ready.pop_first() {
        now.sort_by_key(|step| (steps[*step].action, &steps[*step].name));
        for then in now.iter().flat_map(|step| &after[*step]) {
            waiting[*then] -= 1;
            if waiting[*then] == 0 {
                ready.entry(steps[*then].phase).or_default().push(*then);
            }
        }
        waves.push(Wave { phase, steps: now });
    }
    Ok(waves)
}

/// For each step the number of its component: steps that wait for each other have the same.
pub fn components(steps: usize, constraints: &[Constraint]) -> Vec<u32> {
    cycle::components(steps, &links(constraints))
}

fn links(constraints: &[Constraint]) -> Vec<Link> {
    constraints.iter().map(|it| Link { from: it.first as u32, to: it.then as u32 }).collect()
}

/// The shortest cycle; of several the one that begins with the smallest step.
fn shortest(steps: usize, constraints: &[Constraint]) -> Option<Vec<usize>> {
    let cycles = cycle::shortest_with(steps, &links(constraints), |step| step, |_| true, usize::MAX);
    cycles.into_iter().min_by_key(Vec::len)
}
