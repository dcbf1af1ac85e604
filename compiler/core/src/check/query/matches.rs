//! What routes match, as sets that can be compared: two equal keys are a tie no engine can decide.

use crate::check::Context;
use crate::model::gateway::{Gateway, Route};
use crate::view::route::Rule;
use std::collections::BTreeMap;

/// One match, for one method.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Only this path.
    pub exact: bool,
    /// Path, version included.
    pub path: String,
    /// The method; none means all.
    pub method: Option<String>,
    headers: Vec<(String, String)>,
    accept: Option<String>,
    query: Vec<(String, String)>,
    subdomain: Option<String>,
}

impl Key {
    /// The same match for one method.
    pub fn of_method(&self, method: &str) -> Key {
        Key { method: Some(method.into()), ..self.clone() }
    }
}

/// A route that asks for the requests of a key.
#[derive(Clone, Debug)]
pub struct Claim<'m> {
    /// Index of the route.
    pub item: u32,
    /// The route.
    pub route: &'m Route,
    path: String,
    method: Option<String>,
    service: String,
}

impl Key {
    /// This match and the wider ones that ask for fewer headers and query parameters.
    pub fn wider(&self) -> Vec<Key> {
        let mut all = vec![self.clone()];
        if self.accept.is_some() {
            all.push(Key { accept: None, ..self.clone() });
        }
        // Without one of them, and without all: a route has one of its own and one of its version.
        for (list, part) in [(&self.headers, true), (&self.query, false)] {
            let mut fewer: Vec<Vec<(String, String)>> = list.iter().map(|it| vec![it.clone()]).collect();
            fewer.push(vec![]);
            fewer.retain(|own| own.len() < list.len());
            let known = all.clone();
            for own in &fewer {
                all.extend(known.iter().cloned().map(|key| match part {
                    true => Key { headers: own.clone(), ..key },
                    false => Key { query: own.clone(), ..key },
                }));
            }
        }
        all
    }
}

impl Claim<'_> {
    /// Whether both lead to the same service. Two versions of one service are no conflict: the absent version decides.
    pub fn same_place(&self, other: &Claim<'_>) -> bool {
        let special = |route: &Route| route.redirect.is_some() || route.aggregate.is_some();
        self.service == other.service && !special(self.route) && !special(other.route)
    }

    /// Where it leads.
    pub fn place(&self) -> String {
        match (&self.route.redirect, &self.route.aggregate) {
            (Some((to, _)), _) => format!("`{to}`"),
            (_, Some(_)) => "an aggregate".into(),
            _ => format!("`{}`", self.service),
        }
    }

    /// The requests: `GET /v2/orders`.
    pub fn requests(&self) -> String {
        self.method
            .as_ref()
            .map_or_else(|| format!("`{}`", self.path), |method| format!("`{method} {}`", self.path))
    }
}

/// The claims of each gateway by key, in the order of the spec.
pub fn claims<'m>(ctx: &Context<'m>) -> Vec<BTreeMap<Key, Vec<Claim<'m>>>> {
    let gateway = |name: &str| ctx.model.gateway(name);
    ctx.views
        .tables
        .iter()
        .filter_map(|table| Some(of_table(&table.rules, gateway(&table.gateway)?)))
        .collect()
}

fn of_table<'m>(rules: &[Rule], gateway: &'m Gateway) -> BTreeMap<Key, Vec<Claim<'m>>> {
    let mut claims: BTreeMap<Key, Vec<Claim<'m>>> = BTreeMap::new();
    // What no version answers claims nothing: it stands behind those that do.
    for rule in rules
        .iter()
        .filter(|rule| rule.any_header.is_none() && rule.any_query.is_none() && rule.status != 406)
    {
        let Some(route) = gateway.routes.get(rule.item as usize) else { continue };
        // The route's own methods: that the view splits it for its retries is no claim of its own.
        let methods = route.methods.iter().map(|it| Some(it.to_ascii_uppercase()));
        let any = route.methods.is_empty().then_some(None);
        for method in methods.chain(any) {
            let claim = Claim {
                item: rule.item,
                route,
                path: rule.path.clone(),
                method: method.clone(),
                service: rule.service.clone(),
            };
            let list = claims.entry(key(rule, method)).or_default();
            if !list.iter().any(|other| other.item == claim.item) {
                list.push(claim);
            }
        }
    }
    claims.values_mut().for_each(|list| list.sort_by_key(|claim| claim.item));
    claims
}

/// Header names have no case, and a slash at the end of a path no meaning.
fn key(rule: &Rule, method: Option<String>) -> Key {
    let mut headers: Vec<_> =
        rule.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone())).collect();
    headers.sort();
    let path = if rule.path.len() > 1 { rule.path.trim_end_matches('/') } else { &rule.path };
    Key {
        exact: rule.exact,
        path: path.into(),
        method,
        headers,
        accept: rule.accept.clone(),
        query: rule.query.clone(),
        subdomain: rule.subdomain.clone(),
    }
}
