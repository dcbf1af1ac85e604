//! Cycles: the shortest one of each knot, without recursion, so that a chain of any length is safe.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;
use std::collections::VecDeque;

/// An edge of the graph that is searched.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Node it leaves.
    pub from: u32,
    /// Node it leads to.
    pub to: u32,
}

/// For each node the number of its strongly connected component; a component's number is larger than those of
/// the components it leads to.
pub fn components(nodes: usize, links: &[Link]) -> Vec<u32> {
    let mut graph = DiGraph::<(), (), u32>::with_capacity(nodes, links.len());
    for _ in 0..nodes {
        graph.add_node(());
    }
    for link in links {
        graph.add_edge(link.from.into(), link.to.into(), ());
    }
    // Kosaraju's algorithm in petgraph walks with a stack of its own; Tarjan's there recurses.
    let mut of = vec![0; nodes];
    for (number, component) in kosaraju_scc(&graph).iter().enumerate() {
        component.iter().for_each(|node| of[node.index()] = number as u32);
    }
    of
}

/// The shortest cycle through the first node (by `rank`) of each component that has one: indices into `links`, in
/// order, sorted by the rank of that node.
pub fn shortest<K: Ord + Copy>(nodes: usize, links: &[Link], rank: impl Fn(u32) -> K) -> Vec<Vec<usize>> {
    let of = components(nodes, links);
    let mut inner: Vec<usize> =
        (0..links.len()).filter(|at| of[links[*at].from as usize] == of[links[*at].to as usize]).collect();
    inner.sort_by_key(|at| (links[*at].from, rank(links[*at].to)));
    let mut first: Vec<Option<u32>> = vec![None; nodes];
    for at in &inner {
        let slot = &mut first[of[links[*at].from as usize] as usize];
        let node = links[*at].from;
        if slot.is_none_or(|old| rank(node) < rank(old)) {
            *slot = Some(node);
        }
    }
    let mut starts: Vec<u32> = first.into_iter().flatten().collect();
    starts.sort_by_key(|node| rank(*node));
    let mut came: Vec<Option<usize>> = vec![None; nodes];
    starts.into_iter().filter_map(|start| around(start, links, &inner, &mut came)).collect()
}

/// Breadth first from `start` until an edge leads back to it.
fn around(start: u32, links: &[Link], inner: &[usize], came: &mut [Option<usize>]) -> Option<Vec<usize>> {
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        let from = inner.partition_point(|at| links[*at].from < node);
        for &at in inner[from..].iter().take_while(|at| links[**at].from == node) {
            let to = links[at].to;
            if to == start {
                return Some(back(start, at, links, came));
            }
            if came[to as usize].is_none() {
                came[to as usize] = Some(at);
                queue.push_back(to);
            }
        }
    }
    None
}

fn back(start: u32, last: usize, links: &[Link], came: &[Option<usize>]) -> Vec<usize> {
    let mut path = vec![last];
    let mut node = links[last].from;
    while node != start {
        let Some(at) = came[node as usize] else { break };
        path.push(at);
        node = links[at].from;
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_way_round_is_found() {
        let links = [(0, 1), (1, 2), (2, 0), (1, 0), (3, 3), (4, 5)].map(|(from, to)| Link { from, to });
        assert_eq!(shortest(6, &links, |node| node), vec![vec![0, 3], vec![4]]);
    }
}
