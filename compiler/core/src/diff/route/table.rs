//! Questions to a route table: which rule answers a request.

use super::fields::{self, Change};
use crate::view::route::Rule;
use std::collections::{BTreeMap, BTreeSet};

/// What tells requests apart, the method aside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key<'a> {
    /// Path of the rule, without a slash at its end.
    path: &'a str,
    /// Only this path; else what lies below it.
    exact: bool,
    subdomain: Option<&'a str>,
    headers: &'a [(String, String)],
    accept: Option<&'a str>,
    query: &'a [(String, String)],
}

/// Requests that both tables are asked about.
pub struct Question<'a> {
    /// What tells them apart.
    pub key: Key<'a>,
    /// Methods that some rule of that path or above names, and none for all others.
    pub methods: Vec<Option<&'a str>>,
}

/// One request.
pub struct Request<'q, 'a> {
    /// What tells it apart.
    pub question: &'q Key<'a>,
    /// Its method; none is one that no rule names.
    pub method: Option<&'q str>,
}

/// The first header or parameter that a rule asks for, and the rules that ask for it.
type ByQuestion<'a> = BTreeMap<Option<&'a (String, String)>, Vec<usize>>;

/// A table by path.
pub struct Index<'a> {
    rules: &'a [Rule],
    /// By path, and by the first of the headers or else parameters that they ask for.
    paths: BTreeMap<&'a str, ByQuestion<'a>>,
}

fn trimmed(path: &str) -> &str {
    if path.len() > 1 { path.trim_end_matches('/') } else { path }
}

fn key(rule: &Rule) -> Key<'_> {
    Key {
        path: trimmed(&rule.path),
        exact: rule.exact,
        subdomain: rule.subdomain.as_deref(),
        headers: &rule.headers,
        accept: rule.accept.as_deref(),
        query: &rule.query,
    }
}

/// A path and all above it, the longest first: `/a/b`, `/a`, `/`.
fn upwards(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| match path.rfind('/') {
        _ if *path == "/" => None,
        Some(0) | None => Some("/"),
        Some(at) => Some(&path[..at]),
    })
}

/// Every kind of request that one of the tables knows, in the order of paths.
pub fn questions<'a>(tables: [&'a [Rule]; 2]) -> Vec<Question<'a>> {
    let mut keys: BTreeSet<Key<'a>> = BTreeSet::new();
    let mut named: BTreeMap<&'a str, BTreeSet<&'a str>> = BTreeMap::new();
    for rule in tables.into_iter().flatten() {
        keys.insert(key(rule));
        named.entry(trimmed(&rule.path)).or_default().extend(rule.methods.iter().map(String::as_str));
    }
    let methods = |path: &'a str| {
        let all: BTreeSet<&str> =
            upwards(path).filter_map(|path| named.get(path)).flatten().copied().collect();
        all.into_iter().map(Some).chain([None]).collect()
    };
    keys.into_iter().map(|key| Question { methods: methods(key.path), key }).collect()
}

impl<'a> Index<'a> {
    /// The table, by path.
    pub fn of(rules: &'a [Rule]) -> Index<'a> {
        let mut paths: BTreeMap<&str, BTreeMap<_, Vec<usize>>> = BTreeMap::new();
        for (at, rule) in rules.iter().enumerate() {
            let asks = rule.headers.first().or_else(|| rule.query.first());
            paths.entry(trimmed(&rule.path)).or_default().entry(asks).or_default().push(at);
        }
        Index { rules, paths }
    }

    /// The rule that answers a request; none answers 404.
    pub fn answer(&self, request: &Request<'_, '_>) -> Option<usize> {
        let asked = request.question;
        let at = |path: &str| {
            let by_first = self.paths.get(path);
            let firsts = asked.headers.iter().chain(asked.query).map(Some).chain([None]);
            let mut rules: Vec<usize> =
                firsts.filter_map(|first| by_first?.get(&first)).flatten().copied().collect();
            rules.sort_unstable();
            rules
        };
        // A request for what lies below a path meets no rule for that path alone.
        let own = at(asked.path).into_iter().filter(|at| self.rules[*at].exact && asked.exact);
        let above = upwards(asked.path).flat_map(at).filter(|at| !self.rules[*at].exact);
        let found = own.chain(above).find(|at| matches(&self.rules[*at], request))?;
        (!self.rules[found].reject).then_some(found)
    }
}

fn matches(rule: &Rule, request: &Request<'_, '_>) -> bool {
    let asked = request.question;
    let within =
        |own: &[(String, String)], asked: &[(String, String)]| own.iter().all(|it| asked.contains(it));
    let method = |own: &[String]| {
        own.is_empty() || request.method.is_some_and(|method| own.iter().any(|it| it == method))
    };
    let named = |name: &Option<String>, asked: &[(String, String)]| {
        name.as_ref().is_none_or(|name| asked.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)))
    };
    // A version that one of the tables knows, and this one does not.
    let media = rule.status == 406 && asked.accept.is_some();
    rule.subdomain.as_deref() == asked.subdomain
        && method(&rule.methods)
        && within(&rule.headers, asked.headers)
        && within(&rule.query, asked.query)
        && named(&rule.any_header, asked.headers)
        && named(&rule.any_query, asked.query)
        && (media || rule.accept.as_deref().is_none_or(|accept| asked.accept == Some(accept)))
}

impl Question<'_> {
    /// The requests in words: `GET,HEAD /v1/orders/`, with what else tells them apart.
    pub fn words(&self, methods: &[Option<&str>]) -> String {
        let mut words = String::new();
        let named: Vec<&str> = methods.iter().flatten().copied().collect();
        let others = methods.contains(&None);
        if others && methods.len() < self.methods.len() {
            let rest: Vec<&str> =
                self.methods.iter().filter(|it| !methods.contains(it)).flatten().copied().collect();
            words += &format!("all but {} ", rest.join(","));
        } else if !others {
            words += &format!("{} ", named.join(","));
        }
        words += self.key.subdomain.map(|it| format!("{it}.*")).unwrap_or_default().as_str();
        words += self.key.path;
        words += if self.key.exact { " (only)" } else { "" };
        for (name, value) in self.key.headers {
            words += &format!(" {name}: {value}");
        }
        words += self.key.accept.map(|it| format!(" Accept: {it}")).unwrap_or_default().as_str();
        for (name, value) in self.key.query {
            words += &format!(" ?{name}={value}");
        }
        words
    }
}

/// Pairs of rules that were compared before: a rule answers many requests.
#[derive(Default)]
pub struct Answers {
    known: BTreeMap<(Option<usize>, Option<usize>), Vec<Change>>,
}

impl Answers {
    /// In what two answers differ.
    pub fn changes(
        &mut self,
        (old, new): (Option<&Rule>, Option<&Rule>),
        at: (Option<usize>, Option<usize>),
        ignored: &[&str],
    ) -> Vec<Change> {
        self.known.entry(at).or_insert_with(|| fields::changes(old, new, ignored)).clone()
    }
}
