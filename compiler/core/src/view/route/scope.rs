//! What the requests of a route are, said of a request alone: for engines that count before they know the route.

use super::{Rule, address, limit};
use crate::model::gateway::{Gateway, Route};
use serde::Serialize;

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
pub fn scopes(gateway: &Gateway, rules: &[Rule]) -> Vec<Scope> {
    let any = gateway.limits.iter().any(|limit| limit.by == "route");
    let counted = gateway.routes.iter().enumerate().filter(|(_, route)| any || !route.limits.is_empty());
    counted.map(|(item, route)| scope(gateway, (item as u32, route), rules)).collect()
}

fn scope(gateway: &Gateway, (item, route): (u32, &Route), rules: &[Rule]) -> Scope {
    let (own, others): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(|rule| rule.item == item);
    let paths = distinct(own.iter().map(|rule| rule.path.as_str()));
    // Where this route has a rule of the same path, it looks at more, and goes before.
    let beside = |rule: &Rule| rule.exact == route.exact && paths.contains(&rule.path.as_str());
    let taken = others
        .iter()
        .filter(|rule| all(rule) && !beside(rule) && paths.iter().any(|path| below(route, path, rule)));
    let except = distinct(taken.map(|rule| (rule.path.as_str(), rule.exact)));
    let more = |rule: &&Rule| {
        let same =
            |it: &&Rule| all(it) && (it.item, &it.path, it.exact) == (rule.item, &rule.path, rule.exact);
        let under = paths.iter().any(|path| below(route, path, rule));
        (under || beside(rule)) && !all(rule) && !(under && others.iter().copied().any(|it| same(&it)))
    };
    let hosts = rules.iter().any(|rule| rule.subdomain.is_some());
    let loose = hosts && gateway.routes.len() > 1 || others.iter().copied().any(|rule| more(&rule));
    let except: Vec<String> = except.iter().map(|(path, exact)| pattern(&[path], *exact)).collect();
    Scope {
        route: limit::counted_as(gateway, route),
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

fn distinct<T: PartialEq>(list: impl Iterator<Item = T>) -> Vec<T> {
    let mut all = vec![];
    list.for_each(|it| {
        if !all.contains(&it) {
            all.push(it);
        }
    });
    all
}

/// The pattern of paths with their query, and of what lies below them if they are prefixes.
fn pattern(paths: &[&str], exact: bool) -> String {
    if !exact && paths.contains(&"/") {
        return ".*".into();
    }
    let escaped: Vec<String> = paths.iter().map(|path| address::escaped(path)).collect();
    format!("({}){}", escaped.join("|"), if exact { "([?].*)?" } else { "([/?].*)?" })
}
