//! Route tables: every route with its versions resolved and its retries split by idempotency, in the order of precedence
//! of the Gateway API (exact path, longest prefix, method, headers, query), so that engines which take the first match agree.

use super::workload::Running;
use crate::model::Model;
use crate::model::gateway::{Aggregate, Cors, Gateway, Limit, Route};
use crate::model::service::{Api, ApiVersion, Service};
use crate::version;
use serde::Serialize;

/// The table of one gateway.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// Path of the gateway in the spec.
    pub at: String,
    /// Name of the gateway.
    pub gateway: String,
    /// Rules, the first that matches wins.
    pub rules: Vec<Rule>,
    /// Destinations, by name.
    pub clusters: Vec<Cluster>,
}

/// A destination.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Cluster {
    /// Name of the workload.
    pub name: String,
    /// Port.
    pub port: u16,
    /// `http` or `grpc`.
    pub protocol: String,
}

/// One rule.
#[derive(Clone, Debug, Serialize)]
pub struct Rule {
    /// Path of the route in the spec.
    pub at: String,
    /// Index into the routes of the gateway.
    #[serde(skip)]
    pub item: u32,
    /// Unique name: `orders-v2`, `orders-v2-unsafe`.
    pub name: String,
    /// The route's path as written: what limits are counted by.
    pub route: String,
    /// Path to match.
    pub path: String,
    /// Only this path.
    pub exact: bool,
    /// Methods; empty means all.
    pub methods: Vec<String>,
    /// Headers that must match: name, value.
    pub headers: Vec<(String, String)>,
    /// Pattern the `Accept` header must match, for versions by media type.
    pub accept: Option<String>,
    /// Query parameters that must match.
    pub query: Vec<(String, String)>,
    /// Prefix of the host, for versions by subdomain: `v2`.
    pub subdomain: Option<String>,
    /// Workload that answers.
    pub cluster: String,
    /// Port of it.
    pub port: u16,
    /// Service that answers.
    pub service: String,
    /// Version that answers.
    pub version: Option<String>,
    /// Path put in place of the matched one.
    pub rewrite: Option<String>,
    /// `http`, `websocket`, `grpc`, `sse`.
    pub protocol: String,
    /// Without a token.
    pub public: bool,
    /// Claims the token must carry.
    pub require: Vec<(String, Option<String>)>,
    /// Limits of the route.
    pub limits: Vec<Limit>,
    /// Longest whole request in ms; 0 for streams.
    pub timeout_ms: u64,
    /// Further tries.
    pub retries: i64,
    /// Longest single try in ms, so that all tries and waits fit into the whole.
    pub per_try_ms: Option<u64>,
    /// Requests that may be sent twice: retried on failures of the callee too. Others only if nothing was sent.
    pub safe: bool,
    /// How long answers may be kept, in seconds.
    pub cache_s: Option<u64>,
    /// Header that caches must keep apart, for versions by header or media type.
    pub vary: Option<String>,
    /// Compress answers.
    pub compress: bool,
    /// Origins of web pages.
    pub cors: Option<Cors>,
    /// Largest body in bytes.
    pub body_limit: Option<u64>,
    /// Redirect and status.
    pub redirect: Option<(String, i64)>,
    /// Copy of requests: workload, share in percent.
    pub mirror: Option<(String, u64)>,
    /// Shares in percent: workload, port, weight. Empty means all to `cluster`.
    pub split: Vec<(String, u16, u64)>,
    /// Parts of an aggregate answer.
    pub aggregate: Option<Aggregate>,
    /// Deprecation of the version that answers.
    pub deprecation: Option<Deprecation>,
    /// Answers 404: a version that must be named was not.
    pub reject: bool,
}

/// What clients of an old version are told.
#[derive(Clone, Debug, Serialize)]
pub struct Deprecation {
    /// `Deprecation` header (RFC 9745).
    pub deprecation: Option<String>,
    /// `Sunset` header (RFC 8594).
    pub sunset: Option<String>,
    /// `Link` header to the successor, for versions in the path.
    pub link: Option<String>,
}

/// Methods that are not idempotent (RFC 9110, 9.2.2).
pub const UNSAFE: [&str; 2] = ["POST", "PATCH"];

/// The tables of all gateways that let clients in.
pub fn tables(model: &Model, runs: &[Running<'_>]) -> Vec<Table> {
    model.gateways.iter().filter(|it| !it.out).map(|gateway| table(model, gateway, runs)).collect()
}

fn table(model: &Model, gateway: &Gateway, runs: &[Running<'_>]) -> Table {
    let of = |(item, route)| rules(model, gateway, route, runs).into_iter().map(move |rule| Rule { item: item as u32, ..rule });
    let mut rules: Vec<Rule> = gateway.routes.iter().enumerate().flat_map(of).collect();
    rules.sort_by_key(|rule| {
        let headers = rule.headers.len() + usize::from(rule.accept.is_some());
        // A route without methods that was split for its retries still yields to one that names them.
        let any_method = gateway.routes[rule.item as usize].methods.is_empty();
        (!rule.exact, usize::MAX - rule.path.len(), rule.path.clone(), any_method, usize::MAX - headers, usize::MAX - rule.query.len())
    });
    unique_names(&mut rules);
    let mut clusters: Vec<Cluster> = rules.iter().flat_map(|rule| clusters(model, rule)).collect();
    clusters.sort();
    clusters.dedup();
    Table { at: gateway.at.clone(), gateway: gateway.name.value.clone(), rules, clusters }
}

fn clusters(model: &Model, rule: &Rule) -> Vec<Cluster> {
    if rule.reject || rule.redirect.is_some() {
        return vec![];
    }
    let of = |name: &str, port: u16, service: &str| {
        let grpc = model.service(service).and_then(|it| it.apis.first()).is_some_and(|api| api.style == "grpc");
        Cluster { name: name.into(), port, protocol: if grpc { "grpc" } else { "http" }.into() }
    };
    let own = (!rule.cluster.is_empty()).then(|| of(&rule.cluster, rule.port, &rule.service));
    let split = rule.split.iter().map(|(name, port, _)| of(name, *port, name));
    let mirror = rule.mirror.iter().map(|(name, _)| of(name, port_of(model, name), name));
    let parts = rule.aggregate.iter().flat_map(|it| &it.parts).map(|part| of(&part.from.value, port_of(model, &part.from.value), &part.from.value));
    own.into_iter().chain(split).chain(mirror).chain(parts).collect()
}

fn port_of(model: &Model, service: &str) -> u16 {
    model.service(service).and_then(|it| it.apis.first()).map_or(8_080, |api| api.port.value as u16)
}

fn unique_names(rules: &mut [Rule]) {
    let mut seen = std::collections::BTreeMap::new();
    for rule in rules {
        let count = seen.entry(rule.name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            rule.name = format!("{}-{count}", rule.name);
        }
    }
}

/// Where a version of an api is found.
struct Location {
    path: String,
    rewrite: Option<String>,
    header: Option<(String, String)>,
    accept: Option<String>,
    query: Option<(String, String)>,
    subdomain: Option<String>,
}

fn rules(model: &Model, gateway: &Gateway, route: &Route, runs: &[Running<'_>]) -> Vec<Rule> {
    let Some(service) = route.to.as_ref().and_then(|to| model.service(&to.value)) else {
        return vec![plain(model, gateway, route)];
    };
    let index = service.apis.iter().position(|api| route.api.as_ref().is_none_or(|at| at.value == api.name.value));
    let Some((index, api)) = index.map(|at| (at, &service.apis[at])) else {
        return split_by_method(Rule { cluster: service.name.value.clone(), port: 8_080, ..rule(model, gateway, route, service) });
    };
    let range = route.version.as_ref().and_then(|at| version::range(&at.value));
    let wanted = |it: &&ApiVersion| range.as_ref().is_none_or(|range| range.matches(&it.semver));
    let living: Vec<&ApiVersion> = api.versions.iter().filter(wanted).collect();
    let mut all = vec![];
    let mut lines = vec![];
    for it in &living {
        let line = version::line(&it.semver);
        if lines.contains(&line) || !gateway.versions.declared {
            continue;
        }
        lines.push(line);
        let located = locate(gateway, route, it);
        all.extend(split_by_method(versioned(model, gateway, route, (service, api, index), it, located, runs)));
    }
    let default = match gateway.versions.default.as_str() {
        "oldest" => living.last(),
        _ => living.first(),
    };
    let bare = rule(model, gateway, route, service);
    match default {
        _ if gateway.versions.declared && gateway.versions.default == "reject" && !living.is_empty() => {
            all.push(Rule { reject: true, name: format!("{}-none", bare.name), ..bare });
        }
        Some(it) => {
            let located = unversioned(route);
            let rule = versioned(model, gateway, route, (service, api, index), it, located, runs);
            all.extend(split_by_method(Rule { name: bare.name, vary: vary(gateway), ..rule }));
        }
        None => {
            let port = api.port.value as u16;
            all.extend(split_by_method(Rule { cluster: service.name.value.clone(), port, ..bare }));
        }
    }
    all
}

fn unversioned(route: &Route) -> Location {
    let rewrite = route.rewrite.as_ref().map(|at| at.value.clone());
    Location { path: route.path.value.clone(), rewrite, header: None, accept: None, query: None, subdomain: None }
}

fn locate(gateway: &Gateway, route: &Route, it: &ApiVersion) -> Location {
    let mut located = unversioned(route);
    let name = version::line_name(&it.semver);
    let number = name.trim_start_matches('v').to_string();
    match gateway.versions.location.as_str() {
        "header" => located.header = Some((gateway.versions.name.clone(), number)),
        "query" => located.query = Some((gateway.versions.name.clone(), number)),
        "subdomain" => located.subdomain = Some(name),
        "media-type" => located.accept = Some(format!("application/vnd\\.[a-z0-9.-]+\\.v{number}\\+json")),
        _ => {
            let tail = if route.path.value == "/" { "" } else { route.path.value.as_str() };
            located.path = format!("/{name}{tail}");
            located.rewrite = located.rewrite.or_else(|| Some(route.path.value.clone()));
        }
    }
    located
}

fn vary(gateway: &Gateway) -> Option<String> {
    match gateway.versions.location.as_str() {
        "header" if gateway.versions.declared => Some(gateway.versions.name.clone()),
        "media-type" if gateway.versions.declared => Some("Accept".into()),
        _ => None,
    }
}

fn versioned(
    model: &Model,
    gateway: &Gateway,
    route: &Route,
    (service, api, index): (&Service, &Api, usize),
    it: &ApiVersion,
    located: Location,
    runs: &[Running<'_>],
) -> Rule {
    let serves = |run: &&Running<'_>| run.service.name.value == service.name.value && run.api == Some(index) && run.version == it.version.value;
    let newest = api.versions.first().is_some_and(|first| first.version.value == it.version.value);
    let run = runs.iter().find(serves).filter(|_| !newest);
    let base = rule(model, gateway, route, service);
    let mut headers = base.headers;
    headers.extend(located.header);
    let mut query = base.query;
    query.extend(located.query);
    Rule {
        name: format!("{}-{}", base.name, version::line_name(&it.semver)),
        path: located.path,
        headers,
        accept: located.accept,
        query,
        subdomain: located.subdomain,
        cluster: run.map_or_else(|| service.name.value.clone(), |run| run.name.clone()),
        port: api.port.value as u16,
        version: Some(it.version.value.clone()),
        rewrite: located.rewrite,
        vary: vary(gateway),
        deprecation: deprecation(gateway, route, api, it),
        ..base
    }
}

fn deprecation(gateway: &Gateway, route: &Route, api: &Api, it: &ApiVersion) -> Option<Deprecation> {
    if it.deprecated.is_none() && it.sunset.is_none() {
        return None;
    }
    let successor = api.versions.first().filter(|first| first.version.value != it.version.value);
    let in_path = gateway.versions.declared && gateway.versions.location == "path";
    let link = successor.filter(|_| in_path).map(|first| {
        format!("</{}{}>; rel=\"successor-version\"", version::line_name(&first.semver), route.path.value)
    });
    Some(Deprecation {
        deprecation: it.deprecated.map(|at| format!("@{}", at.value.unix())),
        sunset: it.sunset.map(|at| at.value.http()),
        link,
    })
}

/// The rule of a route that leads to no service: redirect or aggregate.
fn plain(model: &Model, gateway: &Gateway, route: &Route) -> Rule {
    let name = route_name(route);
    base(model, gateway, route, name)
}

fn rule(model: &Model, gateway: &Gateway, route: &Route, service: &Service) -> Rule {
    let name = route_name(route);
    let streams = matches!(route.protocol.as_str(), "websocket" | "sse");
    let mut rule = base(model, gateway, route, name);
    rule.service.clone_from(&service.name.value);
    if service.apis.first().is_some_and(|api| api.style == "websocket") && route.protocol == "http" {
        rule.protocol = "websocket".into();
    }
    if streams || rule.protocol == "websocket" {
        (rule.timeout_ms, rule.retries) = (0, 0);
    }
    rule
}

/// `/orders` is `orders`, `/` is `root`.
fn route_name(route: &Route) -> String {
    let slug: String = route.path.value.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "root".into() } else { slug.into() }
}

fn base(model: &Model, gateway: &Gateway, route: &Route, name: String) -> Rule {
    let timeout_ms = route.timeout.map_or(15_000, |at| at.value.0);
    let retries = route.retries.map_or(0, |at| at.value);
    Rule {
        at: route.at.clone(),
        item: 0,
        name,
        route: route.path.value.clone(),
        path: route.path.value.clone(),
        exact: route.exact,
        methods: route.methods.clone(),
        headers: route.header.iter().cloned().collect(),
        accept: None,
        query: route.query.iter().cloned().collect(),
        subdomain: None,
        cluster: String::new(),
        port: 0,
        service: String::new(),
        version: None,
        rewrite: route.rewrite.as_ref().map(|at| at.value.clone()),
        protocol: route.protocol.clone(),
        public: route.public.is_some() || gateway.auth.is_none(),
        require: route.require.clone(),
        limits: route.limits.clone(),
        timeout_ms,
        retries,
        per_try_ms: None,
        safe: true,
        cache_s: route.cache.map(|at| at.value.seconds_up()),
        vary: None,
        compress: route.compress,
        cors: route.cors.clone().or_else(|| gateway.cors.clone()),
        body_limit: route.body_limit.or(gateway.body_limit).map(|at| at.value.0),
        redirect: route.redirect.clone(),
        mirror: route.mirror.as_ref().map(|(to, share)| (to.value.clone(), share.map_or(100, crate::model::service::whole_percent))),
        split: split(model, route),
        aggregate: route.aggregate.clone(),
        deprecation: None,
        reject: false,
    }
}

fn split(model: &Model, route: &Route) -> Vec<(String, u16, u64)> {
    let Some(to) = route.to.as_ref().filter(|_| !route.split.is_empty()) else { return vec![] };
    let percent = |share| crate::model::service::whole_percent(share);
    let mut shares: Vec<(String, u16, u64)> =
        route.split.iter().map(|(name, share)| (name.value.clone(), port_of(model, &name.value), percent(*share))).collect();
    let rest = 100u64.saturating_sub(shares.iter().map(|it| it.2).sum());
    shares.insert(0, (to.value.clone(), port_of(model, &to.value), rest));
    shares
}

/// Envoy and others retry POST like GET: a route with retries becomes two, the unsafe methods first and weaker.
fn split_by_method(rule: Rule) -> Vec<Rule> {
    if rule.retries == 0 {
        return vec![rule];
    }
    let attempts = rule.retries as u64 + 1;
    // Waits: 25 ms doubling, capped at 100 ms; what is left is shared by the tries.
    let waits: u64 = (0..rule.retries as u32).map(|at| (25u64 << at.min(2)).min(100)).sum();
    let per_try = (rule.timeout_ms.saturating_sub(waits) / attempts).max(1);
    let is_unsafe = |method: &String| UNSAFE.contains(&method.as_str());
    let (risky, safe): (Vec<String>, Vec<String>) = match rule.methods.is_empty() {
        true => (UNSAFE.map(String::from).into(), vec![]),
        false => rule.methods.iter().cloned().partition(is_unsafe),
    };
    let mut rules = vec![];
    if !risky.is_empty() {
        rules.push(Rule { name: format!("{}-unsafe", rule.name), methods: risky, safe: false, ..rule.clone() });
    }
    if rule.methods.is_empty() || !safe.is_empty() {
        rules.push(Rule { methods: safe, per_try_ms: Some(per_try), ..rule });
    }
    rules
}
