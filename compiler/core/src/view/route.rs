//! Route tables: every route with its versions resolved and its retries split by idempotency, in the order of precedence
//! of the Gateway API (exact path, longest prefix, method, headers, query), so that engines which take the first match agree.

pub mod address;
pub mod exit;
pub mod join;
pub mod limit;
pub mod place;

use super::workload::Running;
use crate::model::Model;
use crate::model::gateway::{Cors, Gateway, Limit, Route};
use crate::model::service::{Api, ApiVersion, Call, Service};
use crate::version;
use place::{Deprecation, Location, deprecation, locate, unversioned, vary};
use serde::Serialize;
use std::collections::BTreeMap;

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
    /// Limits of the gateway and its routes, as buckets.
    pub limits: Vec<limit::Bucket>,
    /// Where the keys of tokens are.
    pub keys: Option<address::Address>,
    /// Longest whole request of all rules in ms, streams left out.
    pub slowest_ms: u64,
    /// For the way out: the externals that may be reached.
    pub exits: Vec<exit::Exit>,
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
    /// Name of this destination, unlike all others: the workload's, with the port if that is not its service's first.
    pub id: String,
    /// Some rule keeps connections open.
    pub streams: bool,
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
    /// Unique name in the gateway of the route, and of the subdomain if it is found by one: what objects per route are called.
    pub group: String,
    /// The route's path as written, with what tells it from others of that path: what limits are counted by.
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
    /// Id of the destination; empty if there is none.
    pub upstream: String,
    /// Service that answers.
    pub service: String,
    /// Version that answers.
    pub version: Option<String>,
    /// Path put in place of the matched one.
    pub rewrite: Option<String>,
    /// Regular expression of what to replace, where the plain replacement of a prefix by `/` would leave `//`.
    pub rewrite_pattern: Option<String>,
    /// `http`, `websocket`, `grpc`, `sse`.
    pub protocol: String,
    /// Without a token.
    pub public: bool,
    /// Claims the token must carry.
    pub require: Vec<(String, Option<String>)>,
    /// Limits of the route.
    pub limits: Vec<Limit>,
    /// Names of the buckets that count it: `limit_by_user` → route. `limit_by_any` is counted for all routes apart.
    pub counted: BTreeMap<String, String>,
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
    /// Must match OPTIONS beside its methods: web pages of other origins ask before they call.
    pub preflight: bool,
    /// Largest body in bytes.
    pub body_limit: Option<u64>,
    /// Redirect and status.
    pub redirect: Option<(String, i64)>,
    /// Where the redirect leads, taken apart.
    pub location: Option<address::Address>,
    /// Copy of requests: workload, share in percent.
    pub mirror: Option<(String, u64)>,
    /// Shares in percent: workload, port, weight. Empty means all to `cluster`.
    pub split: Vec<(String, u16, u64)>,
    /// Parts of an aggregate answer.
    pub aggregate: Option<join::Join>,
    /// Deprecation of the version that answers.
    pub deprecation: Option<Deprecation>,
    /// Answers 404: a version that must be named was not.
    pub reject: bool,
}

/// Methods that are not idempotent (RFC 9110, 9.2.2).
pub const UNSAFE: [&str; 2] = ["POST", "PATCH"];

/// The tables of all gateways; that of a way out has no rules, but exits.
pub fn tables(model: &Model, runs: &[Running<'_>]) -> Vec<Table> {
    model.gateways.iter().map(|gateway| table(model, gateway, runs)).collect()
}

fn table(model: &Model, gateway: &Gateway, runs: &[Running<'_>]) -> Table {
    let of = |(item, route)| {
        rules(model, gateway, route, runs).into_iter().map(move |rule| Rule { item: item as u32, ..rule })
    };
    let mut rules: Vec<Rule> = gateway.routes.iter().enumerate().flat_map(of).collect();
    rules.sort_by_key(|rule| {
        let headers = rule.headers.len() + usize::from(rule.accept.is_some());
        // A route without methods that was split for its retries still yields to one that names them.
        let any_method = gateway.routes[rule.item as usize].methods.is_empty();
        (
            !rule.exact,
            usize::MAX - rule.path.len(),
            rule.path.clone(),
            any_method,
            usize::MAX - headers,
            usize::MAX - rule.query.len(),
        )
    });
    unique_names(&mut rules);
    for rule in &mut rules {
        // A try that ends before the service's own calls may end would cut work that still succeeds: then only the
        // whole request has a limit, and quick failures are retried.
        let work = model.service(&rule.service).map_or(0, work_ms);
        rule.per_try_ms = rule.per_try_ms.filter(|own| *own > work);
        if let Some(own) = rule.split.first_mut() {
            (own.0, own.1) = (rule.cluster.clone(), rule.port);
        }
        rule.upstream = if rule.cluster.is_empty() {
            String::new()
        } else {
            id(model, &rule.cluster, rule.port, &rule.service)
        };
        rule.rewrite_pattern = (!rule.exact && rule.path != "/" && rule.rewrite.as_deref() == Some("/"))
            .then(|| address::root_pattern(&rule.path));
    }
    name_groups(&mut rules);
    let mut clusters: Vec<Cluster> = rules.iter().flat_map(|rule| clusters(model, rule)).collect();
    clusters.sort();
    clusters.dedup();
    for cluster in &mut clusters {
        cluster.streams = rules.iter().any(|rule| rule.upstream == cluster.id && rule.timeout_ms == 0);
    }
    Table {
        at: gateway.at.clone(),
        gateway: gateway.name.value.clone(),
        limits: limit::buckets(gateway),
        keys: gateway.auth.as_ref().and_then(address::keys),
        slowest_ms: rules.iter().map(|rule| rule.timeout_ms).max().unwrap_or(0),
        exits: exit::exits(model, gateway),
        rules,
        clusters,
    }
}

/// How long a service may wait for those it calls, one after the other, tries included, in ms.
fn work_ms(service: &Service) -> u64 {
    let tries = |call: &Call| call.retries.map_or(1, |at| at.value.unsigned_abs().saturating_add(1));
    let waits =
        service.calls.iter().filter_map(|call| Some(call.timeout?.value.0.saturating_mul(tries(call))));
    waits.fold(0, u64::saturating_add)
}

fn clusters(model: &Model, rule: &Rule) -> Vec<Cluster> {
    if rule.reject || rule.redirect.is_some() {
        return vec![];
    }
    let of = |name: &str, port: u16, service: &str| {
        let served = |api: &&Api| api.port.value == i64::from(port);
        let grpc = model
            .service(service)
            .and_then(|it| it.apis.iter().find(served))
            .is_some_and(|api| api.style == "grpc");
        let protocol = if grpc { "grpc" } else { "http" }.into();
        Cluster { name: name.into(), port, protocol, id: id(model, name, port, service), streams: false }
    };
    let own = (!rule.cluster.is_empty()).then(|| of(&rule.cluster, rule.port, &rule.service));
    let split = rule.split.iter().map(|(name, port, _)| of(name, *port, name));
    let mirror = rule.mirror.iter().map(|(name, _)| of(name, port_of(model, name), name));
    let parts = rule
        .aggregate
        .iter()
        .flat_map(|it| &it.parts)
        .map(|part| of(&part.from, port_of(model, &part.from), &part.from));
    own.into_iter().chain(split).chain(mirror).chain(parts).collect()
}

fn id(model: &Model, workload: &str, port: u16, service: &str) -> String {
    if port == port_of(model, service) { workload.to_string() } else { format!("{workload}-{port}") }
}

fn port_of(model: &Model, service: &str) -> u16 {
    model.service(service).and_then(|it| it.apis.first()).map_or(8_080, |api| api.port.value as u16)
}

/// Routes whose paths differ only in signs get a number, in the order of the table.
fn name_groups(rules: &mut [Rule]) {
    let mut names: std::collections::BTreeMap<String, (String, Option<String>)> =
        std::collections::BTreeMap::new();
    for rule in rules {
        let base =
            rule.subdomain.as_ref().map_or_else(|| rule.group.clone(), |it| format!("{}-{it}", rule.group));
        let own = (rule.at.clone(), rule.subdomain.clone());
        let free = |name: &String| names.get(name).is_none_or(|it| *it == own);
        let numbered = (2..).map(|count| format!("{base}-{count}"));
        let name = std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base);
        names.insert(name.clone(), own);
        rule.group = name;
    }
}

fn unique_names(rules: &mut [Rule]) {
    let mut seen = BTreeMap::new();
    for rule in rules {
        let count = seen.entry(rule.name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            rule.name = format!("{}-{count}", rule.name);
        }
    }
}

fn rules(model: &Model, gateway: &Gateway, route: &Route, runs: &[Running<'_>]) -> Vec<Rule> {
    let Some(service) = route.to.as_ref().and_then(|to| model.service(&to.value)) else {
        return vec![plain(model, gateway, route)];
    };
    let index =
        service.apis.iter().position(|api| route.api.as_ref().is_none_or(|at| at.value == api.name.value));
    let Some((index, api)) = index.map(|at| (at, &service.apis[at])) else {
        return split_by_method(Rule {
            cluster: service.name.value.clone(),
            port: 8_080,
            ..rule(model, gateway, route, service)
        });
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
        all.extend(split_by_method(versioned(
            model,
            gateway,
            route,
            (service, api, index),
            it,
            located,
            runs,
        )));
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

fn versioned(
    model: &Model,
    gateway: &Gateway,
    route: &Route,
    (service, api, index): (&Service, &Api, usize),
    it: &ApiVersion,
    located: Location,
    runs: &[Running<'_>],
) -> Rule {
    let serves = |run: &&Running<'_>| {
        run.service.name.value == service.name.value
            && run.api == Some(index)
            && run.version == it.version.value
    };
    let newest = api.versions.first().is_some_and(|first| first.version.value == it.version.value);
    let run = if newest { None } else { runs.iter().find(serves) };
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

/// The rule of a route that leads to no service: redirect or aggregate.
fn plain(model: &Model, gateway: &Gateway, route: &Route) -> Rule {
    let name = route_name(route);
    base(model, gateway, route, name)
}

fn rule(model: &Model, gateway: &Gateway, route: &Route, service: &Service) -> Rule {
    let name = route_name(route);
    let streams = matches!(route.protocol.as_str(), "websocket" | "sse");
    let api = service.apis.iter().find(|api| route.api.as_ref().is_none_or(|at| at.value == api.name.value));
    let mut rule = base(model, gateway, route, name);
    rule.service.clone_from(&service.name.value);
    if let Some(api) =
        api.filter(|api| route.protocol == "http" && matches!(api.style.as_str(), "websocket" | "grpc"))
    {
        rule.protocol.clone_from(&api.style);
    }
    if streams || rule.protocol == "websocket" {
        (rule.timeout_ms, rule.retries) = (0, 0);
    }
    rule
}

/// `/orders` is `orders`, `/` is `root`.
fn route_name(route: &Route) -> String {
    let slug: String = route
        .path
        .value
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "root".into() } else { slug.into() }
}

fn base(model: &Model, gateway: &Gateway, route: &Route, name: String) -> Rule {
    let timeout_ms = route.timeout.map_or(15_000, |at| at.value.0);
    let retries = route.retries.map_or(0, |at| at.value);
    Rule {
        at: route.at.clone(),
        group: name.clone(),
        item: 0,
        name,
        route: limit::counted_as(gateway, route),
        path: route.path.value.clone(),
        exact: route.exact,
        methods: route.methods.clone(),
        headers: route.header.iter().cloned().collect(),
        accept: None,
        query: route.query.iter().cloned().collect(),
        subdomain: None,
        cluster: String::new(),
        port: 0,
        upstream: String::new(),
        service: String::new(),
        version: None,
        rewrite: route.rewrite.as_ref().map(|at| at.value.clone()),
        rewrite_pattern: None,
        protocol: route.protocol.clone(),
        public: route.public.is_some() || gateway.auth.is_none(),
        require: route.require.clone(),
        limits: route.limits.clone(),
        counted: limit::counted(gateway, route),
        timeout_ms,
        retries,
        per_try_ms: None,
        safe: true,
        cache_s: route.cache.map(|at| at.value.seconds_up()),
        vary: None,
        compress: route.compress,
        preflight: asks_first(gateway, route),
        cors: route.cors.clone().or_else(|| gateway.cors.clone()),
        body_limit: route.body_limit.or(gateway.body_limit).map(|at| at.value.0),
        redirect: route.redirect.clone(),
        location: route.redirect.as_ref().map(|(to, _)| address::address(to)),
        mirror: route
            .mirror
            .as_ref()
            .map(|(to, share)| (to.value.clone(), share.map_or(100, crate::model::service::whole_percent))),
        split: split(model, route),
        aggregate: join::join(route, timeout_ms, |to| id(model, to, port_of(model, to), to)),
        deprecation: None,
        reject: false,
    }
}

fn asks_first(gateway: &Gateway, route: &Route) -> bool {
    let asked = route.cors.is_some() || gateway.cors.is_some();
    asked && !route.methods.is_empty() && !route.methods.iter().any(|method| method == "OPTIONS")
}

fn split(model: &Model, route: &Route) -> Vec<(String, u16, u64)> {
    let Some(to) = route.to.as_ref().filter(|_| !route.split.is_empty()) else { return vec![] };
    let percent = |share| crate::model::service::whole_percent(share);
    let mut shares: Vec<(String, u16, u64)> = route
        .split
        .iter()
        .map(|(name, share)| (name.value.clone(), port_of(model, &name.value), percent(*share)))
        .collect();
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
        rules.push(Rule {
            name: format!("{}-unsafe", rule.name),
            methods: risky,
            safe: false,
            ..rule.clone()
        });
    }
    if rule.methods.is_empty() || !safe.is_empty() {
        rules.push(Rule { methods: safe, per_try_ms: Some(per_try), ..rule });
    }
    rules
}
