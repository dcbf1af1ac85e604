//! Cycles of a directed graph: the shortest one of each strongly connected component, without recursion, so that a chain
//! of any length is safe.

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

/// How long a shorter cycle is looked for, in looks at each link of the component: components of up to so many nodes are
/// searched from each of them, larger ones from the first few, so that the time is linear in the links.
pub const EFFORT: usize = 64;

/// The shortest cycle of each component that has one: indices into `links`, in order, from the node that is first by
/// `rank`; sorted by that. Of equally short ones the first by rank is taken.
pub fn shortest<K: Ord + Copy>(nodes: usize, links: &[Link], rank: impl Fn(u32) -> K) -> Vec<Vec<usize>> {
    shortest_with(nodes, links, rank, |_| true, EFFORT)
}

/// As [`shortest`], but only cycles that begin with a link that is `wanted`: each component with one inside has one.
/// An `effort` without end finds the shortest one however large the component is.
pub fn shortest_with<K: Ord + Copy>(
    nodes: usize,
    links: &[Link],
    rank: impl Fn(u32) -> K,
    wanted: impl Fn(usize) -> bool,
    effort: usize,
) -> Vec<Vec<usize>> {
    let of = components(nodes, links);
    let mut inner: Vec<usize> =
        (0..links.len()).filter(|at| of[links[*at].from as usize] == of[links[*at].to as usize]).collect();
    inner.sort_by_key(|at| (links[*at].from, rank(links[*at].to)));
    let mut size = vec![0usize; nodes];
    inner.iter().for_each(|at| size[of[links[*at].from as usize] as usize] += 1);
    let mut starts: Vec<u32> = inner.iter().filter(|at| wanted(**at)).map(|at| links[*at].from).collect();
    starts.dedup();
    starts.sort_by_key(|node| (of[*node as usize], rank(*node)));
    let mut search = Search::new(nodes, links, inner);
    let mut cycles: Vec<Vec<usize>> = vec![];
    for component in starts.chunk_by(|left, right| of[*left as usize] == of[*right as usize]) {
        let most = size[of[component[0] as usize] as usize].saturating_mul(effort);
        cycles.extend(search.component(component, most, &wanted));
    }
    cycles.sort_by_key(|cycle| rank(links[cycle[0]].from));
    cycles
}

/// A search breadth first, again and again over the same links.
struct Search<'l> {
    links: &'l [Link],
    /// The links inside of components, by the node they leave.
    inner: Vec<usize>,
    /// Where the links of each node begin.
    starts: Vec<usize>,
    /// The search that came to each node last, and by which link.
    came: Vec<(u32, usize)>,
    round: u32,
    looked: usize,
}

impl<'l> Search<'l> {
    fn new(nodes: usize, links: &'l [Link], inner: Vec<usize>) -> Search<'l> {
        let mut starts = vec![0; nodes + 1];
        inner.iter().for_each(|at| starts[links[*at].from as usize + 1] += 1);
        (0..nodes).for_each(|node| starts[node + 1] += starts[node]);
        Search { links, inner, starts, came: vec![(0, 0); nodes], round: 0, looked: 0 }
    }

    /// The shortest cycle that begins at one of these nodes.
    fn component(
        &mut self,
        component: &[u32],
        effort: usize,
        wanted: &impl Fn(usize) -> bool,
    ) -> Option<Vec<usize>> {
        self.looked = 0;
        let mut best: Option<Vec<usize>> = None;
        for start in component {
            let most = best.as_ref().map_or(usize::MAX, |cycle| cycle.len() - 1);
            if most == 0 || best.is_some() && self.looked > effort {
                break;
            }
            best = self.around(*start, most, wanted).or(best);
        }
        best
    }

    /// From `start` over a wanted link until a link leads back to it, over at most so many links.
    fn around(&mut self, start: u32, most: usize, wanted: &impl Fn(usize) -> bool) -> Option<Vec<usize>> {
        self.round += 1;
        let mut queue = VecDeque::from([(start, 1)]);
        while let Some((node, step)) = queue.pop_front().filter(|(_, step)| *step <= most) {
            let own = self.starts[node as usize]..self.starts[node as usize + 1];
            self.looked += own.len();
            for place in own {
                let at = self.inner[place];
                let to = self.links[at].to;
                if node == start && !wanted(at) {
                    continue;
                }
                if to == start {
                    return Some(self.back(start, at));
                }
                if self.came[to as usize].0 != self.round {
                    self.came[to as usize] = (self.round, at);
                    queue.push_back((to, step + 1));
                }
            }
        }
        None
    }

    fn back(&self, start: u32, last: usize) -> Vec<usize> {
        let mut path = vec![last];
        let mut node = self.links[last].from;
        while node != start {
            let at = self.came[node as usize].1;
            path.push(at);
            node = self.links[at].from;
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_way_round_is_found() {
        let links = [(0, 1), (1, 2), (2, 0), (1, 0), (3, 3), (4, 5)].map(|(from, to)| Link { from, to });
        assert_eq!(shortest(6, &links, |node| node), vec![vec![0, 3], vec![4]]);
    }

    #[test]
    fn the_shortest_of_a_knot_need_not_go_through_its_first_node() {
        let links = [(0, 1), (1, 2), (2, 0), (2, 1)].map(|(from, to)| Link { from, to });
        assert_eq!(shortest(3, &links, |node| node), vec![vec![1, 3]]);
        assert_eq!(shortest_with(3, &links, |node| node, |at| at == 2, EFFORT), vec![vec![2, 0, 1]]);
    }
}
