//! What the requests of a route are, said of a request alone: for engines that count before they know the route.

use super::{Rule, address};
use crate::model::gateway::{Gateway, Route};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The requests of a route.
#[derive(Clone, Debug, Serialize)]
pub struct Scope {
    /// The route, as in [`Rule::route`].
    pub route: String,
    /// Pattern of whole paths, with their query.
    pub paths: String,
    /// Pattern of those among them that other routes answer.
    pub except: Option<String>,
    /// Methods; empty means all.
    pub methods: Vec<String>,
    /// Headers that must match.
    pub headers: Vec<(String, String)>,
    /// Query parameters that must match.
    pub query: Vec<(String, String)>,
    /// Some of these requests are answered by other routes all the same: by one that looks at more than the path, or at
    /// a version's host.
    pub loose: bool,
}

/// The scopes of the routes whose requests are counted apart.
pub fn scopes(gateway: &Gateway, rules: &[Rule], names: &[String]) -> Vec<Scope> {
    let any = gateway.limits.iter().any(|limit| limit.by == "route");
    let counted = gateway.routes.iter().enumerate().filter(|(_, route)| any || !route.limits.is_empty());
    let tables = Tables::of(rules);
    counted.map(|(item, route)| scope(gateway, (item as u32, route), &tables, &names[item])).collect()
}

/// The rules by what they are asked for here, so that not each is asked for each route. All keep their order.
struct Tables<'r> {
    rules: &'r [Rule],
    by_item: BTreeMap<u32, Vec<usize>>,
    by_path: BTreeMap<&'r str, Vec<usize>>,
    hosts: bool,
}

impl<'r> Tables<'r> {
    fn of(rules: &'r [Rule]) -> Tables<'r> {
        let (mut by_item, mut by_path) = (BTreeMap::<_, Vec<usize>>::new(), BTreeMap::<_, Vec<usize>>::new());
        for (at, rule) in rules.iter().enumerate() {
            by_item.entry(rule.item).or_default().push(at);
            by_path.entry(rule.path.as_str()).or_default().push(at);
        }
        Tables { rules, by_item, by_path, hosts: rules.iter().any(|rule| rule.subdomain.is_some()) }
    }

    fn own(&self, item: u32) -> Vec<&'r Rule> {
        self.by_item.get(&item).into_iter().flatten().map(|at| &self.rules[*at]).collect()
    }

    /// Rules of other routes at these paths and below them.
    fn others(&self, item: u32, paths: &[&str]) -> Vec<&'r Rule> {
        let mut found: BTreeSet<usize> = BTreeSet::new();
        for path in paths {
            found.extend(self.by_path.get(path).into_iter().flatten());
            let prefix = path.trim_end_matches('/');
            let deeper = self.by_path.range(prefix..).take_while(|(path, _)| path.starts_with(prefix));
            found.extend(deeper.flat_map(|(_, at)| at));
        }
        found.into_iter().map(|at| &self.rules[at]).filter(|rule| rule.item != item).collect()
    }
}

fn scope(gateway: &Gateway, (item, route): (u32, &Route), tables: &Tables<'_>, name: &str) -> Scope {
    let own = tables.own(item);
    let paths = distinct(own.iter().map(|rule| rule.path.as_str()));
    let others = tables.others(item, &paths);
    // Where this route has a rule of the same path, it looks at more, and goes before.
    let beside = |rule: &Rule| rule.exact == route.exact && paths.contains(&rule.path.as_str());
    let taken = others
        .iter()
        .filter(|rule| all(rule) && !beside(rule) && paths.iter().any(|path| below(route, path, rule)));
    let except = distinct(taken.map(|rule| (rule.path.as_str(), rule.exact)));
    let whole: BTreeSet<_> =
        others.iter().filter(|it| all(it)).map(|it| (it.item, it.path.as_str(), it.exact)).collect();
    let more = |rule: &&Rule| {
        let under = paths.iter().any(|path| below(route, path, rule));
        let same = || whole.contains(&(rule.item, rule.path.as_str(), rule.exact));
        (under || beside(rule)) && !all(rule) && !(under && same())
    };
    let loose = tables.hosts && gateway.routes.len() > 1 || others.iter().any(more);
    let except: Vec<String> = except.iter().map(|(path, exact)| pattern(&[path], *exact)).collect();
    Scope {
        route: name.into(),
        paths: pattern(&paths, route.exact),
        except: (!except.is_empty()).then(|| except.join("|")),
        methods: own.iter().find(|rule| rule.preflight).map_or(route.methods.clone(), |_| {
            route.methods.iter().cloned().chain(["OPTIONS".to_string()]).collect()
        }),
        headers: route.header.iter().cloned().collect(),
        query: route.query.iter().cloned().collect(),
        loose,
    }
}

/// Whether a rule takes every request of its path.
fn all(rule: &Rule) -> bool {
    rule.methods.is_empty()
        && rule.headers.is_empty()
        && rule.query.is_empty()
        && rule.accept.is_none()
        && rule.any_header.is_none()
        && rule.any_query.is_none()
}

/// Whether a rule of another route answers a part of what a path of this one covers.
fn below(route: &Route, path: &str, rule: &Rule) -> bool {
    let prefix = path.trim_end_matches('/');
    let deeper = rule
        .path
        .strip_prefix(prefix)
        .is_some_and(|rest| rest.starts_with('/') && (rest.len() > 1 || rule.exact));
    !route.exact && (deeper || rule.exact && rule.path == path)
}

fn distinct<T: Ord + Copy>(list: impl Iterator<Item = T>) -> Vec<T> {
    let mut known = BTreeSet::new();
    list.filter(|it| known.insert(*it)).collect()
}

/// The pattern of paths with their query, and of what lies below them if they are prefixes.
fn pattern(paths: &[&str], exact: bool) -> String {
    if !exact && paths.contains(&"/") {
        return ".*".into();
    }
    let escaped: Vec<String> = paths.iter().map(|path| address::escaped(path)).collect();
    format!("({}){}", escaped.join("|"), if exact { "([?].*)?" } else { "([/?].*)?" })
}
