//! Route tables: every route with its versions resolved and its retries split by idempotency, in the order of precedence
//! of the Gateway API (exact path, longest prefix, method, headers, query), so that engines which take the first match agree.

pub mod address;
mod claim;
pub mod exit;
pub mod join;
pub mod limit;
mod make;
pub mod place;
pub mod provider;
pub mod scope;

use super::workload::Running;
use crate::model::Model;
use crate::model::gateway::{Cors, Gateway, Limit};
use crate::model::service::{Api, Call, Service};
use bastide_template::filters::fit;
use make::rules;
pub use place::Deprecation;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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
    /// What each route with a limit, or under one that counts by route, is: for engines that count by what a request is.
    pub scopes: Vec<scope::Scope>,
    /// Whose tokens are believed: the gateway's issuer, if it has one, then those of routes.
    pub providers: Vec<provider::Provider>,
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
    /// Index into the routes of the gateway: several may have one path.
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
    /// Header that must be there, whatever it says: what no known version matched.
    pub any_header: Option<String>,
    /// Pattern the `Accept` header must match, for versions by media type.
    pub accept: Option<String>,
    /// Query parameters that must match.
    pub query: Vec<(String, String)>,
    /// Query parameter that must be there, whatever it says.
    pub any_query: Option<String>,
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
    /// For gRPC what is called: the service, and the method if it is for that alone.
    pub call: Vec<String>,
    /// Without a token.
    pub public: bool,
    /// Whose tokens are asked for, as [`provider::Provider`] is named; none if it is public.
    pub provider: Option<String>,
    /// Issuer and audience of the tokens, where the route has its own.
    pub auth: Option<String>,
    /// Claims the token must carry.
    pub require: Vec<(String, Option<String>)>,
    /// The same as an expression of CEL.
    pub require_cel: Option<String>,
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
    /// Copy of requests: workload, share, and of how many it is (a hundred, ten thousand or a million), port, and id of the
    /// destination.
    pub mirror: Option<(String, u64, u64, u16, String)>,
    /// Shares: workload, port, weight, id of the destination. Weights are percents, or as many times finer as it takes. Empty means all to
    /// `cluster`.
    pub split: Vec<(String, u16, u64, String)>,
    /// Parts of an aggregate answer.
    pub aggregate: Option<join::Join>,
    /// Deprecation of the version that answers.
    pub deprecation: Option<Deprecation>,
    /// Leads nowhere: a version that must be named was not, or one was named that nobody knows.
    pub reject: bool,
    /// What it answers then: 404, or 406 where the version is a media type.
    pub status: u16,
}

/// Methods that are not idempotent (RFC 9110, 9.2.2).
pub const UNSAFE: [&str; 2] = ["POST", "PATCH"];

/// The tables of all gateways; that of a way out has no rules, but exits.
pub fn tables(model: &Model, runs: &[Running<'_>]) -> Vec<Table> {
    model.gateways.iter().map(|gateway| table(model, gateway, runs)).collect()
}

fn table(model: &Model, gateway: &Gateway, runs: &[Running<'_>]) -> Table {
    let names = limit::names(gateway);
    let mut all = vec![];
    for (item, (route, name)) in gateway.routes.iter().zip(&names).enumerate() {
        let counted = limit::counted(gateway, route, name);
        let made = rules(model, gateway, route, runs).into_iter();
        all.extend(made.map(|rule| Rule {
            item: item as u32,
            route: name.clone(),
            counted: counted.clone(),
            ..rule
        }));
    }
    let mut rules = yielding(gateway, apart(all));
    rules.sort_by_key(|rule| {
        let headers =
            rule.headers.len() + usize::from(rule.accept.is_some()) + usize::from(rule.any_header.is_some());
        let query = rule.query.len() + usize::from(rule.any_query.is_some());
        // A route without methods that was split for its retries still yields to one that names them.
        let any_method = gateway.routes[rule.item as usize].methods.is_empty();
        (
            !rule.exact,
            usize::MAX - rule.path.len(),
            rule.path.clone(),
            any_method,
            usize::MAX - headers,
            usize::MAX - query,
        )
    });
    unique_names(&mut rules);
    for rule in &mut rules {
        // A try that ends before the service's own calls may end would cut work that still succeeds: then only the
        // whole request has a limit, and quick failures are retried.
        let work = model.service(&rule.service).map_or(0, work_ms);
        rule.per_try_ms = rule.per_try_ms.filter(|own| *own > work);
        rule.upstream = if rule.cluster.is_empty() {
            String::new()
        } else {
            id(model, &rule.cluster, rule.port, &rule.service)
        };
        if let Some(own) = rule.split.first_mut() {
            (own.0, own.1, own.3) = (rule.cluster.clone(), rule.port, rule.upstream.clone());
        }
        rule.rewrite_pattern = (!rule.exact && rule.path != "/" && rule.rewrite.as_deref() == Some("/"))
            .then(|| address::root_pattern(&rule.path));
        // Their bodies have no end to wait for: who waited for it would never pass them on.
        if matches!(rule.protocol.as_str(), "websocket" | "grpc") {
            rule.body_limit = None;
        }
        if rule.protocol == "grpc" {
            rule.call = rule.path.split('/').filter(|it| !it.is_empty()).map(str::to_string).collect();
        }
    }
    name_groups(&mut rules, LABEL.saturating_sub(gateway.name.value.len() + 1));
    let providers = provider::providers(gateway, &mut rules);
    let mut clusters: Vec<Cluster> = rules.iter().flat_map(|rule| clusters(model, runs, rule)).collect();
    clusters.sort();
    clusters.dedup();
    let streams = rules.iter().filter(|rule| rule.timeout_ms == 0).map(|rule| rule.upstream.as_str());
    let streams: BTreeSet<&str> = streams.collect();
    for cluster in &mut clusters {
        cluster.streams = streams.contains(cluster.id.as_str());
    }
    Table {
        at: gateway.at.clone(),
        gateway: gateway.name.value.clone(),
        limits: limit::buckets(gateway, &names),
        scopes: scope::scopes(gateway, &rules, &names),
        providers,
        slowest_ms: rules.iter().map(|rule| rule.timeout_ms).max().unwrap_or(0),
        exits: exit::exits(model, gateway),
        rules,
        clusters,
    }
}

/// How long a service may wait for those it calls, one after the other, tries included, in ms.
fn work_ms(service: &Service) -> u64 {
    service.calls.iter().filter_map(Call::longest_ms).fold(0, u64::saturating_add)
}

fn clusters(model: &Model, runs: &[Running<'_>], rule: &Rule) -> Vec<Cluster> {
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
    // An older version of a service has a name of its own.
    let service = |name: &str| {
        let run = runs.binary_search_by(|run| run.name.as_str().cmp(name));
        run.map_or(name, |at| &runs[at].service.name.value).to_string()
    };
    let others = rule.split.iter().skip(1);
    let split = others.map(|(name, port, ..)| of(name, *port, &service(name)));
    let mirror = rule.mirror.iter().map(|(name, _, _, port, _)| of(name, *port, &service(name)));
    let parts =
        rule.aggregate.iter().flat_map(|it| &it.parts).map(|part| of(&part.from, part.port, &part.from));
    own.into_iter().chain(split).chain(mirror).chain(parts).collect()
}

fn id(model: &Model, workload: &str, port: u16, service: &str) -> String {
    if port == port_of(model, service, None) { workload.to_string() } else { format!("{workload}-{port}") }
}

fn port_of(model: &Model, service: &str, api: Option<&str>) -> u16 {
    model.service(service).map_or(8_080, |it| it.port(api))
}

/// Longest value of a label: objects of a route bear the name of the gateway, a dash and that of the group.
const LABEL: usize = 63;

/// Routes whose paths differ only in signs get a number, in the order of the table. No name has more than `most` letters.
fn name_groups(rules: &mut [Rule], most: usize) {
    let mut names: BTreeMap<String, (u32, Option<String>)> = BTreeMap::new();
    // The names before were taken by others: those of one route are found again, and a new one begins behind them.
    let mut given: BTreeMap<(String, u32, Option<String>), String> = BTreeMap::new();
    let mut next: BTreeMap<String, u32> = BTreeMap::new();
    for rule in rules {
        let base =
            rule.subdomain.as_ref().map_or_else(|| rule.group.clone(), |it| format!("{}-{it}", rule.group));
        let own = (rule.item, rule.subdomain.clone());
        let free = |name: &String| names.get(name).is_none_or(|it| *it == own);
        let base = fit(&base, most);
        let known = (base.clone(), own.0, own.1.clone());
        if let Some(name) = given.get(&known) {
            rule.group.clone_from(name);
            continue;
        }
        let numbered = |count: u32| match count {
            1 => base.clone(),
            _ => fit(&format!("{base}-{count}"), most),
        };
        let begin = next.get(&base).copied().unwrap_or(1);
        let count = (begin..).find(|count| free(&numbered(*count))).unwrap_or(begin);
        let name = numbered(count);
        next.insert(base, count + 1);
        given.insert(known, name.clone());
        names.insert(name.clone(), own);
        rule.group = name;
    }
}

/// Of the rules of one path, those for all methods are split like those that are split for their retries: a match of a
/// method goes before one of a header, so that what is split would win over what is more exact.
fn apart(rules: Vec<Rule>) -> Vec<Rule> {
    let place = |rule: &Rule| (rule.path.clone(), rule.exact, rule.subdomain.clone());
    let split: BTreeSet<_> = rules.iter().filter(|rule| !rule.safe).map(place).collect();
    let weaker: BTreeSet<_> =
        rules.iter().filter(|rule| !rule.safe).map(|rule| (rule.item, rule.name.clone())).collect();
    let twice = |rule: Rule| {
        let name = format!("{}-unsafe", rule.name);
        let alone = rule.methods.is_empty() && !weaker.contains(&(rule.item, name.clone()));
        let also = (alone && split.contains(&place(&rule))).then(|| Rule {
            name,
            methods: UNSAFE.map(String::from).into(),
            ..rule.clone()
        });
        also.into_iter().chain([rule])
    };
    rules.into_iter().flat_map(twice).collect()
}

/// A rule that was only split for its retries yields to a route that names the method: unsplit it would, too.
fn yielding(gateway: &Gateway, mut rules: Vec<Rule>) -> Vec<Rule> {
    let named = |rule: &Rule| !gateway.routes[rule.item as usize].methods.is_empty();
    let within = |few: &[(String, String)], many: &[(String, String)]| few.iter().all(|it| many.contains(it));
    let mut naming: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
    if rules.iter().any(|rule| !named(rule) && !rule.methods.is_empty()) {
        for rule in rules.iter().filter(|rule| named(rule)) {
            naming.entry(rule.path.clone()).or_default().push(rule.clone());
        }
    }
    for rule in rules.iter_mut().filter(|rule| !named(rule) && !rule.methods.is_empty()) {
        let taken = |method: &String| {
            naming.get(&rule.path).into_iter().flatten().any(|it| {
                let place = (&it.path, it.exact, &it.subdomain) == (&rule.path, rule.exact, &rule.subdomain);
                let wider = within(&it.headers, &rule.headers) && within(&it.query, &rule.query);
                let plain = it.accept.is_none() && it.any_header.is_none() && it.any_query.is_none();
                place && wider && plain && it.methods.contains(method)
            })
        };
        let kept = rule.methods.iter().filter(|it| !taken(it)).cloned().collect();
        rule.methods = kept;
    }
    rules.retain(|rule| named(rule) || !rule.methods.is_empty() || !rule.name.ends_with("-unsafe"));
    rules
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
