//! The rules one route becomes: one for each version and place it is found at, split by method where requests are retried.

use super::place::{Location, deprecation, locate, media_type, unversioned, vary};
use super::{Rule, UNSAFE, address, id, join, port_of};
use crate::model::Model;
use crate::model::gateway::{Gateway, Route};
use crate::model::service::{Api, ApiVersion, Service};
use crate::view::workload::Running;
use bastide_report::units::Share;
use bastide_report::version;
use bastide_template::filters::fit;

pub(super) fn rules(model: &Model, gateway: &Gateway, route: &Route, runs: &[Running<'_>]) -> Vec<Rule> {
    let Some(service) = route.to.as_ref().and_then(|to| model.service(&to.value)) else {
        return vec![plain(model, gateway, route)];
    };
    let index =
        service.apis.iter().position(|api| route.api.as_ref().is_none_or(|at| at.value == api.name.value));
    let Some((index, api)) = index.map(|at| (at, &service.apis[at])) else {
        return split_by_method(Rule {
            cluster: service.name.value.clone(),
            port: service.port(None),
            ..rule(model, gateway, route, service)
        });
    };
    let range = route.version.as_ref().and_then(|at| version::range(&at.value));
    let wanted = |it: &&ApiVersion| range.as_ref().is_none_or(|range| range.matches(&it.semver));
    let living: Vec<&ApiVersion> = api.versions.iter().filter(wanted).collect();
    let bare = rule(model, gateway, route, service);
    let named = gateway.versions.declared && places(gateway, &bare.protocol);
    let mut all = vec![];
    let mut lines = vec![];
    for it in &living {
        let line = version::line(&it.semver);
        if lines.contains(&line) || !named {
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
    if !all.is_empty() {
        all.extend(unknown(gateway, &bare).into_iter().flat_map(split_by_method));
    }
    let default = match gateway.versions.default.as_str() {
        "oldest" => living.last(),
        _ => living.first(),
    };
    match default {
        _ if named && gateway.versions.default == "reject" && !living.is_empty() => {
            all.push(Rule { reject: true, name: format!("{}-none", bare.name), ..bare });
        }
        Some(it) => {
            let located = unversioned(route);
            let rule = versioned(model, gateway, route, (service, api, index), it, located, runs);
            all.extend(split_by_method(Rule {
                name: bare.name,
                vary: vary(gateway).filter(|_| named),
                ..rule
            }));
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
    let mut base = rule(model, gateway, route, service);
    if run.is_some() {
        share_older(model, &mut base, (&api.name.value, it), runs);
    }
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

/// Whether a client of a protocol can name a version: a call of gRPC has headers and a host, but no path, query or media
/// type of its own.
fn places(gateway: &Gateway, protocol: &str) -> bool {
    protocol != "grpc" || matches!(gateway.versions.location.as_str(), "header" | "subdomain")
}

/// What names a version that nobody knows is answered by nobody: not by the default, whose answer it does not expect.
fn unknown(gateway: &Gateway, bare: &Rule) -> Option<Rule> {
    let name = &gateway.versions.name;
    let mut rule = Rule { reject: true, name: format!("{}-unknown", bare.name), ..bare.clone() };
    match gateway.versions.location.as_str() {
        "header" => rule.any_header = Some(name.clone()),
        "query" => rule.any_query = Some(name.clone()),
        "media-type" => (rule.accept, rule.status) = (Some(media_type("[0-9]+")), 406),
        _ => return None,
    }
    Some(rule)
}

/// An older version is shared and mirrored only with services that have it too: others speak the newest alone.
fn share_older(model: &Model, rule: &mut Rule, (named, it): (&str, &ApiVersion), runs: &[Running<'_>]) {
    let line = version::line(&it.semver);
    // The workload, and its id as a destination.
    let same = |name: &str, port: u16| {
        let apis = &model.service(name)?.apis;
        let index = apis.iter().position(|api| api.name.value == named).or((!apis.is_empty()).then_some(0))?;
        let found = apis[index].versions.iter().position(|own| version::line(&own.semver) == line)?;
        let version = &apis[index].versions[found].version.value;
        let serves = |run: &&Running<'_>| {
            run.service.name.value == name && run.api == Some(index) && run.version == *version
        };
        let older = runs.iter().find(serves).filter(|_| found > 0);
        let workload = older.map_or_else(|| name.to_string(), |run| run.name.clone());
        let id = id(model, &workload, port, name);
        Some((workload, id))
    };
    let own = rule.split.first().cloned();
    let other = |(name, port, share, _): &(String, u16, u64, String)| {
        same(name, *port).map(|(name, id)| (name, *port, *share, id))
    };
    let others: Vec<(String, u16, u64, String)> = rule.split.iter().skip(1).filter_map(other).collect();
    let whole: u64 = rule.split.iter().map(|it| it.2).sum();
    let rest = whole.saturating_sub(others.iter().map(|it| it.2).sum());
    rule.split = match own.filter(|_| !others.is_empty()) {
        Some((name, port, _, id)) => [(name, port, rest, id)].into_iter().chain(others).collect(),
        None => vec![],
    };
    rule.mirror = rule.mirror.take().and_then(|(name, share, whole, port, _)| {
        same(&name, port).map(|(name, id)| (name, share, whole, port, id))
    });
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

/// Longest name of a rule, before what tells it from others of its route.
const NAME: usize = 200;

/// `/orders` is `orders`, `/` is `root`.
fn route_name(route: &Route) -> String {
    let slug: String = route
        .path
        .value
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "root".into() } else { fit(slug, NAME) }
}

fn base(model: &Model, gateway: &Gateway, route: &Route, name: String) -> Rule {
    let timeout_ms = route.timeout.map_or(15_000, |at| at.value.0);
    let retries = route.retries.map_or(0, |at| at.value);
    Rule {
        at: route.at.clone(),
        group: name.clone(),
        item: 0,
        name,
        route: String::new(),
        path: route.path.value.clone(),
        exact: route.exact,
        methods: route.methods.clone(),
        headers: route.header.iter().cloned().collect(),
        any_header: None,
        accept: None,
        query: route.query.iter().cloned().collect(),
        any_query: None,
        subdomain: None,
        cluster: String::new(),
        port: 0,
        upstream: String::new(),
        service: String::new(),
        version: None,
        rewrite: route.rewrite.as_ref().map(|at| at.value.clone()),
        rewrite_pattern: None,
        protocol: route.protocol.clone(),
        call: vec![],
        public: gateway.auth_of(route).is_none(),
        provider: None,
        auth: None,
        require: route.require.clone(),
        require_cel: None,
        limits: route.limits.clone(),
        counted: Default::default(),
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
        mirror: route.mirror.as_ref().map(|(to, share)| {
            let share = share.unwrap_or(Share::ONE);
            let whole = share.of(&[100, 10_000, 1_000_000]);
            let port = port_of(model, &to.value, route.api_name(model));
            let id = id(model, &to.value, port, &to.value);
            (to.value.clone(), share.part(whole), whole, port, id)
        }),
        split: split(model, route),
        aggregate: join::join(route, timeout_ms, |part| {
            let (from, api) = (&part.from.value, part.api.as_ref().map(|at| at.value.as_str()));
            let port = port_of(model, from, api);
            (port, id(model, from, port, from))
        }),
        deprecation: None,
        reject: false,
        status: 404,
    }
}

fn asks_first(gateway: &Gateway, route: &Route) -> bool {
    let asked = route.cors.is_some() || gateway.cors.is_some();
    asked && !route.methods.is_empty() && !route.methods.iter().any(|method| method == "OPTIONS")
}

fn split(model: &Model, route: &Route) -> Vec<(String, u16, u64, String)> {
    let Some(to) = route.to.as_ref().filter(|_| !route.split.is_empty()) else { return vec![] };
    let scales = [100, 1_000, 10_000, 100_000, 1_000_000];
    let whole = route.split.iter().map(|(_, share)| share.of(&scales)).max().unwrap_or(100);
    let share = |name: &str, part: u64| {
        let port = port_of(model, name, route.api_name(model));
        (name.to_string(), port, part, id(model, name, port, name))
    };
    let mut shares: Vec<(String, u16, u64, String)> =
        route.split.iter().map(|(name, of)| share(&name.value, of.part(whole))).collect();
    let rest = whole.saturating_sub(shares.iter().map(|it| it.2).sum());
    shares.insert(0, share(&to.value, rest));
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
