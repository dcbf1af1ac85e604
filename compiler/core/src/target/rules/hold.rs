//! Holds rules against the objects of a text.

use super::yaml::{self, Place, Scalar, Step, Visit};
use super::{Asked, Path, PathStep, Rules, Test};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What is found in a text.
#[derive(Clone, Debug, Default)]
pub(in crate::target) struct Held {
    /// What breaks a rule.
    pub faults: Vec<Fault>,
    /// Of each object a number that no other has, and what it is in words.
    pub objects: Vec<(u64, String)>,
}

/// Something that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::target) struct Fault {
    /// Number of the rule; none for a key that stands twice.
    pub rule: Option<usize>,
    /// What and where: `` `x` at `metadata.name` of ConfigMap `orders` ``.
    pub what: String,
    /// What the platform says.
    pub because: String,
    /// What to do.
    pub act: String,
}

/// Something at the path of a rule that is judged when its object ends.
struct Hit<'t> {
    rule: usize,
    path: usize,
    scope: u32,
    text: Cow<'t, str>,
    bytes: usize,
    place: Box<[Place<'t>]>,
}

struct Holder<'t, 'r> {
    rules: &'r Rules,
    namespace: &'r str,
    held: Held,
    kind: Option<&'t str>,
    name: Option<&'t str>,
    identity: Vec<Option<Cow<'t, str>>>,
    hits: Vec<Hit<'t>>,
    /// What is broken already, with the rule: it counts if the object is of a kind that the rule is for.
    broken: Vec<(usize, String)>,
    twice: Vec<String>,
}

impl Rules {
    /// Holds the rules against all objects of a text; what names no namespace is in this one.
    pub(in crate::target) fn hold(&self, text: &str, namespace: &str) -> Held {
        let (held, hits, broken, twice) = (Held::default(), vec![], vec![], vec![]);
        let identity = vec![None; self.identity];
        let mut holder =
            Holder { rules: self, namespace, held, kind: None, name: None, identity, hits, broken, twice };
        yaml::read(text, &mut holder);
        holder.held
    }
}

/// The last key of a path.
fn last_key<'t>(path: &[Place<'t>]) -> Option<&'t str> {
    path.iter().rev().find_map(|place| match place.step {
        Step::Key(key) => Some(key),
        Step::Item => None,
    })
}

/// A path in words: `spec.ports[].name`.
fn words(path: &[Place<'_>]) -> String {
    let mut text = String::new();
    for place in path {
        match place.step {
            Step::Item => text.push_str("[]"),
            Step::Key(key) => {
                text.push_str(if text.is_empty() { "" } else { "." });
                text.push_str(key);
            }
        }
    }
    text
}

impl Path {
    /// If it ends as this path does, how many steps stand before it.
    fn scope(&self, path: &[Place<'_>]) -> Option<usize> {
        let before = path.len().checked_sub(self.steps.len())?;
        let same = |(step, place): (&PathStep, &Place<'_>)| match (step, place.step) {
            (PathStep::Key(own), Step::Key(key)) => own == key,
            (PathStep::Any, Step::Key(_)) | (PathStep::Item, Step::Item) => true,
            _ => false,
        };
        let whole = self.anywhere || before == 0;
        (whole && self.steps.iter().zip(&path[before..]).all(same)).then_some(before)
    }
}

impl<'t> Visit<'t> for Holder<'t, '_> {
    fn node(&mut self, path: &[Place<'t>], value: Option<Scalar<'t>>) {
        let Some(last) = path.last() else { return };
        let index = &self.rules.index;
        match last.step {
            Step::Key(key) => {
                if path.len() == 1 && key == "kind" {
                    self.kind = match value {
                        Some(Scalar::Plain(kind) | Scalar::Double(kind)) => Some(kind),
                        _ => None,
                    };
                }
                self.ask(index.keys.get(key), path, value);
                let around = path.len().checked_sub(2).and_then(|at| match path[at].step {
                    Step::Key(key) => index.inside.get(key),
                    Step::Item => None,
                });
                self.ask(around, path, value);
            }
            Step::Item => self.ask(last_key(path).and_then(|key| index.items.get(key)), path, value),
        }
    }

    fn twice(&mut self, path: &[Place<'t>]) {
        self.twice.push(words(path));
    }

    fn end(&mut self) {
        self.judge();
        let (rules, kind) = (self.rules, self.kind);
        let mut broken = std::mem::take(&mut self.broken);
        broken.retain(|(rule, _)| {
            let of = &rules.rules[*rule].of;
            of.is_empty() || of.iter().any(|own| kind == Some(own))
        });
        let whose = match (kind, self.name) {
            (Some(kind), Some(name)) => [" of ", kind, " `", name, "`"].concat(),
            (Some(kind), None) => [" of ", kind].concat(),
            _ => String::new(),
        };
        for (number, what) in broken {
            let rule = &rules.rules[number];
            let (because, act) = (rule.because.clone(), rule.act.clone());
            self.held.faults.push(Fault { rule: Some(number), what: what + &whose, because, act });
        }
        for key in self.twice.drain(..) {
            let what = format!("`{key}`{whose}");
            let because = "a key stands once in a map".into();
            let act = "rename one of what stands there".into();
            self.held.faults.push(Fault { rule: None, what, because, act });
        }
        let known = self.identity.last().is_some_and(Option::is_some);
        if known {
            let mut hasher = DefaultHasher::new();
            self.identity.hash(&mut hasher);
            let words = whose.trim_start_matches(" of ").to_string();
            self.held.objects.push((hasher.finish(), words));
        }
        self.identity.iter_mut().for_each(|it| *it = None);
        (self.kind, self.name) = (None, None);
    }
}

impl<'t> Holder<'t, '_> {
    fn ask(&mut self, rules: Option<&Asked>, path: &[Place<'t>], value: Option<Scalar<'t>>) {
        for (number, at) in rules.into_iter().flatten().copied() {
            let rule = &self.rules.rules[number];
            if let Some(scope) = rule.paths[at].scope(path) {
                self.met((number, at), scope, path, value);
            }
        }
    }

    fn met(
        &mut self,
        (rule, at): (usize, usize),
        scope: usize,
        path: &[Place<'t>],
        value: Option<Scalar<'t>>,
    ) {
        let text = value.and_then(Scalar::text);
        match &self.rules.rules[rule].test {
            Test::Identity => {
                if path.len() == 2 && matches!(path[1].step, Step::Key("name")) {
                    self.name = value.and_then(|value| match value {
                        Scalar::Plain(name) | Scalar::Double(name) => Some(name),
                        _ => None,
                    });
                }
                // Versions of a kind are one kind, and an object without a namespace is in that of the environment.
                self.identity[at] = match last_key(path) {
                    Some("apiVersion") => {
                        text.map(|text| text.split_once('/').map_or("", |it| it.0).to_string().into())
                    }
                    Some("namespace") => text.filter(|text| text != self.namespace),
                    _ => text,
                };
            }
            Test::Text { form, most, key } => {
                let own = if *key { last_key(path).map(Cow::Borrowed) } else { text };
                let Some(own) = own else { return };
                if own.len() > *most || form.is_some_and(|fits| !fits(&own)) {
                    let shown: String = own.chars().take(80).collect();
                    self.broken
                        .push((rule, format!("`{shown}` ({}) at `{}`", letters(own.len()), words(path))));
                }
            }
            Test::Number { least, most } => {
                let number = text.as_deref().and_then(|text| text.parse::<i128>().ok());
                if number.is_some_and(|it| it < i128::from(*least) || it > i128::from(*most)) {
                    self.broken.push((rule, format!("{} at `{}`", text.unwrap_or_default(), words(path))));
                }
            }
            test => {
                let id = |length: usize| length.checked_sub(1).map_or(0, |at| path[at].id);
                // The items of one list have what stands before them in common.
                let scope = match test {
                    Test::Count { all: false, .. } => id(path.len() - 1),
                    _ => id(scope),
                };
                // An item is told of once before its scalar, a key with it.
                let bytes = value.map_or(0, Scalar::bytes) + last_key(path).map_or(0, str::len);
                if text.is_none() && matches!(test, Test::Unique | Test::Sum { .. } | Test::Below) {
                    return;
                }
                let text = text.unwrap_or_default();
                self.hits.push(Hit { rule, path: at, scope, text, bytes, place: path.into() });
            }
        }
    }

    /// Judges what could only be judged together.
    fn judge(&mut self) {
        if self.hits.is_empty() {
            return;
        }
        let mut groups: BTreeMap<(usize, u32), Vec<Hit<'t>>> = BTreeMap::new();
        for hit in self.hits.drain(..) {
            groups.entry((hit.rule, hit.scope)).or_default().push(hit);
        }
        for ((rule, _), hits) in groups {
            let number = |hit: &Hit<'_>| hit.text.parse::<i128>().ok();
            let place = || words(hits.first().map_or(&[], |hit| &hit.place));
            let what = match &self.rules.rules[rule].test {
                Test::Unique => {
                    let mut seen = std::collections::BTreeSet::new();
                    hits.iter()
                        .find(|hit| !seen.insert(&*hit.text))
                        .map(|hit| format!("`{}`, twice at `{}`", hit.text, place()))
                }
                Test::Count { most, .. } => {
                    (hits.len() > *most).then(|| format!("{} of `{}`", hits.len(), place()))
                }
                Test::Bytes { most } => {
                    let sum: usize = hits.iter().map(|hit| hit.bytes).sum();
                    (sum > *most).then(|| format!("{sum} bytes at `{}`", place()))
                }
                Test::Sum { least } => {
                    let sum: i128 = hits.iter().filter_map(number).sum();
                    (sum < i128::from(*least)).then(|| format!("{sum} at `{}`", place()))
                }
                Test::Below => {
                    let than = hits.iter().filter(|hit| hit.path > 0).filter_map(number).next();
                    let own = hits.iter().filter(|hit| hit.path == 0);
                    let wrong =
                        own.filter(|hit| number(hit).zip(than).is_some_and(|(own, than)| own >= than));
                    wrong.map(|hit| format!("{} at `{}`", hit.text, words(&hit.place))).next()
                }
                Test::Identity | Test::Text { .. } | Test::Number { .. } => None,
            };
            self.broken.extend(what.map(|what| (rule, what)));
        }
    }
}

fn letters(count: usize) -> String {
    if count == 1 { "1 letter".into() } else { format!("{count} letters") }
}
