//! The rules of a platform, data beside the templates of a pack, held against every object that is rendered, before anything
//! is written.

mod form;
mod hold;
mod read;
#[cfg(test)]
mod tests;
pub(super) mod yaml;

use hold::Fault;
pub(super) use hold::Held;
pub use read::read;

/// Name of the file in the folder of a pack.
pub const FILE: &str = "rules.kdl";
/// The name of the findings.
pub const RULE: &str = "platform-limit";

use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What was found in the texts of a pack so far.
#[derive(Debug, Default)]
pub(super) struct Limits {
    /// Where each object was made for.
    objects: BTreeMap<u64, Span>,
    /// A node is told of a rule once: the same is wrong with all its objects.
    told: BTreeSet<(Option<usize>, Span)>,
}

impl Limits {
    /// Reports what is wrong with a text, and its objects that are there already.
    pub fn add(&mut self, held: Option<(Held, Span)>, report: &mut Report) {
        let Some((held, span)) = held else { return };
        for Fault { rule, what, because, act } in held.faults {
            if self.told.insert((rule, span)) {
                report.push(
                    Finding::new(RULE, format!("{what}: {because}"))
                        .label(span, "it is made for this")
                        .help(act),
                );
            }
        }
        for (object, words) in held.objects {
            if let Some(first) = self.objects.insert(object, span) {
                report.push(
                    Finding::new(RULE, format!("{words} is made twice: the platform takes one of a name"))
                        .label(span, "it comes from here")
                        .label(first, "and from here")
                        .help("rename one of the two"),
                );
            }
        }
    }
}

/// What a platform takes.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    /// How many paths tell objects apart.
    identity: usize,
    index: Index,
}

/// A rule.
#[derive(Clone, Debug)]
struct Rule {
    /// The last is that of `than`, where there is one.
    paths: Vec<Path>,
    /// Kinds of objects; all if there are none.
    of: Vec<String>,
    test: Test,
    because: String,
    act: String,
    /// An object that breaks it, and one that does not.
    #[cfg(test)]
    examples: [String; 2],
}

/// What is asked of what stands at a path.
#[derive(Clone, Debug)]
enum Test {
    /// They tell objects apart.
    Identity,
    /// A form, and most letters; of the key instead of its value.
    Text {
        form: Option<fn(&str) -> bool>,
        most: usize,
        key: bool,
    },
    Number {
        least: i64,
        most: i64,
    },
    Unique,
    /// Items of one list, or of all.
    Count {
        most: usize,
        all: bool,
    },
    Bytes {
        most: usize,
    },
    Sum {
        least: i64,
    },
    Below,
}

/// A path, from its first step on; `anywhere` if more may stand before it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Path {
    anywhere: bool,
    steps: Vec<PathStep>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum PathStep {
    Key(String),
    Any,
    Item,
}

/// Rules, each with the number of one of its paths.
type Asked = Vec<(usize, usize)>;

/// Rules by the last key of a path. They go by its length first: of most lines of a text the key is none of these.
#[derive(Clone, Debug, Default)]
struct ByKey(Vec<Vec<(String, Asked)>>);

/// Which rules to ask: by the key itself, by the key whose keys, and by the key whose items are meant.
#[derive(Clone, Debug, Default)]
struct Index {
    keys: ByKey,
    inside: ByKey,
    items: ByKey,
}

impl ByKey {
    fn get(&self, key: &str) -> Option<&Asked> {
        let alike = self.0.get(key.len())?;
        let same = |own: &str| own.as_bytes().first() == key.as_bytes().first() && own == key;
        alike.iter().find(|(own, _)| same(own)).map(|(_, rules)| rules)
    }

    fn add(&mut self, key: &str, rule: (usize, usize)) {
        if self.0.len() <= key.len() {
            self.0.resize_with(key.len() + 1, Vec::new);
        }
        let alike = &mut self.0[key.len()];
        match alike.iter_mut().find(|(own, _)| own == key) {
            Some((_, rules)) => rules.push(rule),
            None => alike.push((key.into(), vec![rule])),
        }
    }
}

impl Path {
    fn parse(text: &str) -> Path {
        let (anywhere, text) = text.strip_prefix("**.").map_or((false, text), |rest| (true, rest));
        let mut steps = vec![];
        for part in text.split('.') {
            let name = part.trim_end_matches("[]");
            steps.push(if name == "*" { PathStep::Any } else { PathStep::Key(name.into()) });
            steps.extend((name.len()..part.len()).step_by(2).map(|_| PathStep::Item));
        }
        Path { anywhere, steps }
    }

    /// Of the last key, and whether it is that, a key in it, or an item in it.
    fn last(&self) -> (Option<&str>, &PathStep) {
        let key = self.steps.iter().rev().find_map(|step| match step {
            PathStep::Key(key) => Some(key.as_str()),
            _ => None,
        });
        (key, self.steps.last().unwrap_or(&PathStep::Any))
    }
}

impl Rules {
    fn new(rules: Vec<Rule>) -> Rules {
        let mut index = Index::default();
        for (number, rule) in rules.iter().enumerate() {
            for (at, path) in rule.paths.iter().enumerate() {
                let (Some(key), last) = path.last() else { continue };
                let map = match last {
                    PathStep::Key(_) => &mut index.keys,
                    PathStep::Any => &mut index.inside,
                    PathStep::Item => &mut index.items,
                };
                map.add(key, (number, at));
            }
        }
        let identity = rules.iter().find(|rule| matches!(rule.test, Test::Identity));
        Rules { identity: identity.map_or(0, |rule| rule.paths.len()), rules, index }
    }

    /// Whether there is anything to hold.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// These rules and those of the pack below.
    pub fn over(mut self, base: Rules) -> Rules {
        let known = |rule: &Rule| matches!(rule.test, Test::Identity);
        let own = self.rules.iter().any(known);
        self.rules.extend(base.rules.into_iter().filter(|rule| !(own && known(rule))));
        Rules::new(self.rules)
    }
}
