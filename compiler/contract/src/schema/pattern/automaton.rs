//! Patterns as automata: sets of states, so that no text and no pattern takes more than its length times the states.

use super::syntax::{self, Tree};
use std::collections::BTreeSet;

/// Most states of a pattern that are built.
const STATES: usize = 2000;
/// Most pairs of state sets that are looked at to tell whether one pattern lies in another.
const PAIRS: usize = 2000;

/// A pattern, ready to run.
pub struct Automaton {
    states: Vec<State>,
    first: usize,
}

enum State {
    Set(Vec<(char, char)>, usize),
    Either(usize, usize),
    Start(usize),
    End(usize),
    Done,
}

type Set = BTreeSet<usize>;

impl Automaton {
    /// The automaton of a pattern.
    pub fn of(pattern: &str) -> Option<Automaton> {
        let tree = syntax::read(pattern)?;
        let mut automaton = Automaton { states: vec![State::Done], first: 0 };
        automaton.first = automaton.add(&tree, 0)?;
        Some(automaton)
    }

    fn push(&mut self, state: State) -> Option<usize> {
        self.states.push(state);
        (self.states.len() < STATES).then(|| self.states.len() - 1)
    }

    /// Builds backwards: the states of a tree that goes on at `next`.
    fn add(&mut self, tree: &Tree, next: usize) -> Option<usize> {
        match tree {
            Tree::Set(ranges) => self.push(State::Set(ranges.clone(), next)),
            Tree::Start => self.push(State::Start(next)),
            Tree::End => self.push(State::End(next)),
            Tree::All(trees) => trees.iter().rev().try_fold(next, |next, tree| self.add(tree, next)),
            Tree::Any(trees) => {
                let mut first = None;
                for tree in trees {
                    let branch = self.add(tree, next)?;
                    first = Some(match first {
                        None => branch,
                        Some(first) => self.push(State::Either(first, branch))?,
                    });
                }
                first
            }
            Tree::Times(tree, least, most) => {
                let mut next = match most {
                    None => self.star(tree, next)?,
                    Some(most) => {
                        let end = next;
                        (*least..*most).try_fold(next, |next, _| {
                            let once = self.add(tree, next)?;
                            self.push(State::Either(once, end))
                        })?
                    }
                };
                for _ in 0..*least {
                    next = self.add(tree, next)?;
                }
                Some(next)
            }
        }
    }

    fn star(&mut self, tree: &Tree, next: usize) -> Option<usize> {
        let hub = self.push(State::Either(next, next))?;
        let body = self.add(tree, hub)?;
        self.states[hub] = State::Either(body, next);
        Some(hub)
    }

    /// All states that can be reached without a character.
    fn reach(&self, from: impl Iterator<Item = usize>, start: bool, end: bool) -> Set {
        let mut seen = Set::new();
        let mut waiting: Vec<usize> = from.collect();
        while let Some(state) = waiting.pop() {
            if !seen.insert(state) {
                continue;
            }
            match &self.states[state] {
                State::Either(left, right) => waiting.extend([*left, *right]),
                State::Start(next) if start => waiting.push(*next),
                State::End(next) if end => waiting.push(*next),
                _ => {}
            }
        }
        seen
    }

    fn begin(&self) -> Set {
        self.reach([self.first].into_iter(), true, false)
    }

    /// After a character; a match may also begin here, and one that is done stays done.
    fn step(&self, set: &Set, sign: char) -> Set {
        let go = |state: &usize| match &self.states[*state] {
            State::Set(ranges, next) => {
                ranges.iter().any(|(first, last)| (*first..=*last).contains(&sign)).then_some(*next)
            }
            State::Done => Some(*state),
            _ => None,
        };
        let next: Vec<usize> = set.iter().filter_map(go).collect();
        self.reach(next.into_iter().chain([self.first]), false, false)
    }

    fn accepts(&self, set: &Set) -> bool {
        self.reach(set.iter().copied(), false, true).contains(&0)
    }

    /// An empty text begins and ends at once.
    fn accepts_empty(&self) -> bool {
        self.reach([self.first].into_iter(), true, true).contains(&0)
    }

    /// Whether it matches somewhere in a text.
    pub fn matches(&self, text: &str) -> bool {
        if text.is_empty() {
            return self.accepts_empty();
        }
        let mut set = self.begin();
        for sign in text.chars() {
            if set.contains(&0) {
                return true;
            }
            set = self.step(&set, sign);
        }
        self.accepts(&set)
    }

    fn edges<'s>(&'s self) -> impl Iterator<Item = char> + 's {
        let ranges = self.states.iter().filter_map(|state| match state {
            State::Set(ranges, _) => Some(ranges),
            _ => None,
        });
        ranges.flatten().flat_map(|(first, last)| [Some(*first), syntax::after(*last)]).flatten()
    }
}

/// Whether every text the first matches is matched by the second; `None` if there is too much to look at.
pub fn within(inner: &Automaton, outer: &Automaton) -> Option<bool> {
    // Where the outer is done, nothing that follows gets out of it.
    meet([inner, outer], |is, other| is && !other, |_, right| right.contains(&0)).map(|found| !found)
}

/// Whether no text is matched by both; `None` if there is too much to look at.
pub fn apart(one: &Automaton, other: &Automaton) -> Option<bool> {
    meet([one, other], |is, other| is && other, |_, _| false).map(|found| !found)
}

/// Whether there is a text of which `wanted` holds, asked whether each of two patterns matches; what follows a text of
/// which `over` holds is not looked at.
fn meet(
    [one, other]: [&Automaton; 2],
    wanted: fn(bool, bool) -> bool,
    over: fn(&Set, &Set) -> bool,
) -> Option<bool> {
    if wanted(one.accepts_empty(), other.accepts_empty()) {
        return Some(true);
    }
    let signs: BTreeSet<char> = one.edges().chain(other.edges()).chain(['\0']).collect();
    let mut seen: BTreeSet<(Set, Set)> = BTreeSet::new();
    let mut waiting = vec![(one.begin(), other.begin(), true)];
    while let Some((left, right, fresh)) = waiting.pop() {
        if !fresh && wanted(one.accepts(&left), other.accepts(&right)) {
            return Some(true);
        }
        if over(&left, &right) || !fresh && !seen.insert((left.clone(), right.clone())) {
            continue;
        }
        if seen.len() * signs.len() > PAIRS * 16 {
            return None;
        }
        for sign in &signs {
            waiting.push((one.step(&left, *sign), other.step(&right, *sign), false));
        }
    }
    Some(false)
}
