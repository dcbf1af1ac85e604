//! The pairs of terms that were compared, as a graph: what differs at a pair itself, and which pairs its parts are. Cycles
//! of `$ref` are cycles here and cost nothing; a pair many operations share is compared once.

use super::shape::{FALSE, NULL, TRUE};
use super::term::{Atom, TermId};
use super::{Fact, Judge, diff, work};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// All kinds of value, for [`Judge::pair`].
pub const ALL: u8 = 0xff;
/// Steps that may be taken for one comparison to find out which branches belong together, and for all of a judge; beyond,
/// choices count as changed.
const TRIALS: (usize, usize) = (20_000, 400_000);

/// The pairs.
#[derive(Debug, Default)]
pub struct Graph<'s> {
    known: BTreeMap<(TermId, TermId, u8), usize>,
    pairs: Vec<Pair<'s>>,
    /// Steps taken for this comparison, and in all.
    trials: (usize, usize),
}

#[derive(Debug)]
struct Pair<'s> {
    key: (TermId, TermId, u8),
    state: State,
    facts: Vec<Fact>,
    edges: Vec<Edge<'s>>,
    /// What can be reached from here, once known.
    relation: Option<Relation>,
    /// Nothing at all can be reached from here.
    clean: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Busy,
    Built,
}

/// How two sets lie: the new one lacks something, the new one has something besides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relation {
    /// The new one lacks something of the old.
    pub narrows: bool,
    /// The new one has something the old lacks.
    pub widens: bool,
}

impl Relation {
    /// The two accept the same.
    pub fn equal(self) -> bool {
        self == Relation::default()
    }
}

/// From a pair to that of a part.
#[derive(Clone, Debug)]
pub struct Edge<'s> {
    /// What part it is.
    pub step: Step<'s>,
    /// The pair of the part.
    pub to: usize,
    /// What of its facts counts for the whole.
    pub counts: Relation,
}

/// A step of a path.
#[derive(Clone, Debug)]
pub enum Step<'s> {
    /// The same value.
    Here,
    Property(&'s str),
    /// Properties of a pattern.
    Pattern(&'s str),
    /// All other properties.
    Others,
    /// An item of a tuple.
    Item(usize),
    /// All (other) items.
    Items,
    /// A branch of a choice.
    Branch(String),
}

impl Step<'_> {
    /// The path after this step.
    pub fn after(&self, path: &str) -> String {
        match self {
            Step::Here => path.into(),
            Step::Property(name) => format!("{path}{}", property(name)),
            Step::Pattern(pattern) => format!("{path}./{pattern}/"),
            Step::Others => format!("{path}.*"),
            Step::Item(at) => format!("{path}[{at}]"),
            Step::Items => format!("{path}[]"),
            Step::Branch(name) => format!("{path}({name})"),
        }
    }
}

/// A property as a step of a path.
pub fn property(name: &str) -> String {
    let plain = |sign: char| sign.is_alphanumeric() || matches!(sign, '_' | '-' | '$' | '@' | ':');
    if !name.is_empty() && name.chars().all(plain) { format!(".{name}") } else { format!("[{name:?}]") }
}

impl<'s, 'a> Judge<'s, 'a> {
    /// The pair of two terms, looked at for these kinds of value.
    pub(super) fn pair(&mut self, old: TermId, new: TermId, kinds: u8) -> usize {
        let key = (old, new, kinds);
        if let Some(known) = self.graph.known.get(&key) {
            return *known;
        }
        let at = self.graph.pairs.len();
        let (facts, edges) = (vec![], vec![]);
        self.graph.pairs.push(Pair { key, state: State::New, facts, edges, relation: None, clean: false });
        self.graph.known.insert(key, at);
        at
    }

    fn build(&mut self, at: usize) {
        let pair = &mut self.graph.pairs[at];
        if pair.state != State::New {
            return;
        }
        pair.state = State::Busy;
        let (old, new, kinds) = pair.key;
        self.compared += 1;
        let found = if old == new || self.alike(old, new) {
            diff::Found::default()
        } else if self.work.too_many(self.graph.pairs.len()) {
            self.entangled(old, new)
        } else {
            diff::pair(self, old, new, kinds)
        };
        let pair = &mut self.graph.pairs[at];
        (pair.facts, pair.edges, pair.state) = (found.facts, found.edges, State::Built);
    }

    /// How two terms lie. A pair that is being looked at counts as equal: if it is not, its own facts say so.
    pub(super) fn relation(&mut self, old: TermId, new: TermId, kinds: u8) -> Relation {
        let root = self.pair(old, new, kinds);
        if let Some(known) = self.graph.pairs[root].relation {
            return known;
        }
        if self.tires() || self.depth > 60 {
            self.too_hard();
            return Relation { narrows: true, widens: true };
        }
        self.depth += 1;
        let mut found = Relation::default();
        let mut sure = true;
        let mut seen = BTreeSet::from([(root, true, true)]);
        let mut waiting = vec![(root, true, true)];
        while let Some((at, narrows, widens)) = waiting.pop() {
            self.tried();
            self.build(at);
            let pair = &self.graph.pairs[at];
            sure &= pair.state == State::Built;
            let mut add = |more: Relation| {
                found.narrows |= more.narrows && narrows;
                found.widens |= more.widens && widens;
            };
            if let Some(known) = pair.relation {
                add(known);
                continue;
            }
            for fact in &pair.facts {
                add(Relation { narrows: fact.narrows, widens: fact.widens });
            }
            if found.narrows && found.widens {
                break;
            }
            for edge in &pair.edges {
                let next = (edge.to, narrows && edge.counts.narrows, widens && edge.counts.widens);
                if (next.1 || next.2) && seen.insert(next) {
                    waiting.push(next);
                }
            }
        }
        self.depth -= 1;
        if sure || found.narrows && found.widens {
            self.graph.pairs[root].relation = Some(found);
        }
        if sure && found.equal() {
            for (at, narrows, widens) in seen {
                if narrows && widens {
                    self.graph.pairs[at].relation = Some(found);
                }
            }
        }
        found
    }

    /// What is not looked at counts as changed.
    fn entangled(&mut self, old: TermId, new: TermId) -> diff::Found<'s> {
        self.too_hard();
        let mut found = diff::Found::default();
        let side = |term: TermId| match self.terms.all[term.0 as usize].atoms.first() {
            Some(Atom::Schema(value)) => Some((value.span, "schema".into())),
            _ => None,
        };
        let (left, right) = (side(old), side(new));
        let message = "schemas too entangled to compare to the end count as changed".into();
        found.say(super::FactKind::Type, diff::BOTH, left, right, message);
        found
    }

    /// Counts a step.
    pub(super) fn tried(&mut self) {
        self.graph.trials.0 += 1;
        self.graph.trials.1 += 1;
    }

    /// Whether steps are left.
    pub(super) fn tires(&self) -> bool {
        self.graph.trials.0 > TRIALS.0 || self.graph.trials.1 > TRIALS.1
    }

    /// A new comparison begins.
    pub(super) fn rested(&mut self) {
        self.graph.trials.0 = 0;
    }

    /// Whether a term asks nothing of a value.
    pub(super) fn free(&mut self, term: TermId) -> bool {
        let shape = self.shape(term);
        let bare = shape.number.as_ref().is_some_and(|class| class.free())
            && shape.text.as_ref().is_some_and(|class| class.free())
            && shape.list.as_ref().is_some_and(|class| class.free())
            && shape.map.as_ref().is_some_and(|class| class.free());
        bare && shape.opaque.is_none() && shape.constants == NULL | TRUE | FALSE
    }

    /// All facts that can be reached from a pair, each at its shortest path.
    pub(super) fn facts(&mut self, root: usize) -> Vec<Fact> {
        let mut out: Vec<Fact> = vec![];
        let mut seen = BTreeSet::from([(root, true, true)]);
        let mut waiting = VecDeque::from([(root, true, true, String::new())]);
        let (mut sure, mut cut) = (true, false);
        while let Some((at, narrows, widens, path)) = waiting.pop_front() {
            if self.work.told() || path.len() > work::PATH {
                cut = true;
                continue;
            }
            self.build(at);
            let pair = &self.graph.pairs[at];
            sure &= pair.state == State::Built;
            if pair.clean {
                continue;
            }
            for fact in &pair.facts {
                let mut fact = fact.clone();
                let counted = fact.narrows || fact.widens;
                fact.narrows &= narrows;
                fact.widens &= widens;
                fact.path.insert_str(0, &path);
                if fact.narrows || fact.widens || !counted {
                    self.work.tell(&fact.path);
                    out.push(fact);
                }
            }
            for edge in &pair.edges {
                let next = (edge.to, narrows && edge.counts.narrows, widens && edge.counts.widens);
                if !self.graph.pairs[edge.to].clean && seen.insert(next) {
                    waiting.push_back((next.0, next.1, next.2, edge.step.after(&path)));
                }
            }
        }
        if cut {
            let (old, new, _) = self.graph.pairs[root].key;
            out.append(&mut self.entangled(old, new).facts);
        }
        if out.is_empty() && sure {
            for (at, ..) in seen {
                self.graph.pairs[at].clean = true;
            }
        }
        out
    }
}
