//! What Envoy answers by its own configuration.

use crate::ask::{Answer, Count, Fate, Request, Token, Tries, rate};
use crate::pattern;
use crate::project::Built;
use crate::yaml::{Look, Yaml, docs};
use std::collections::{BTreeMap, BTreeSet};

/// The configuration of one gateway.
pub struct Gateway {
    config: Yaml,
    name: String,
}

/// A request on its way through the filters.
struct Way<'a> {
    request: &'a Request,
    /// Filters of the listener, in their order.
    filters: &'a [Yaml],
    host: &'a Yaml,
    route: &'a Yaml,
    /// Claims of the token that was verified, by name.
    claims: Option<&'a BTreeMap<String, Yaml>>,
    user: Option<String>,
}

impl Gateway {
    /// What was written for a gateway.
    pub fn of(built: &Built, name: &str) -> Gateway {
        let text =
            built.text(&format!("deploy/dev/gateway-envoy/{name}.yaml")).expect("a gateway is written");
        Gateway { config: docs(text).remove(0), name: name.into() }
    }

    /// What becomes of a request.
    pub fn answer(&self, request: &Request) -> Answer {
        let listeners = self.config.at("static_resources listeners").items();
        let port = if request.tls { 8_443 } else { 8_080 };
        let here = |it: &&Yaml| it.at("address socket_address port_value").number() == Some(port);
        let Some(listener) = listeners.iter().find(here) else { return Answer::said(404) };
        let manager = listener.at("filter_chains").items()[0].at("filters").items()[0].at("typed_config");
        let hosts = manager.at("route_config virtual_hosts").items();
        let named = |it: &&Yaml, host: &str| it.at("domains").items().iter().any(|it| it.text() == host);
        let host = hosts
            .iter()
            .find(|it| named(it, &request.host))
            .or_else(|| hosts.iter().find(|it| named(it, "*")));
        let Some(host) = host else { return Answer::said(404) };
        let Some(route) = host.at("routes").items().iter().find(|it| matched(it.at("match"), request)) else {
            return Answer::said(404);
        };
        let filters = manager.at("http_filters").items();
        self.through(Way { request, filters, host, route, claims: None, user: None })
    }

    fn through<'a>(&self, mut way: Way<'a>) -> Answer {
        let (mut counts, mut answer) = (vec![], Answer::default());
        for filter in way.filters {
            let config = filter.at("typed_config");
            match filter.at("name").text().as_str() {
                "cors" => {
                    answer.origins = way.cors();
                    let origin = way.request.headers.get("origin");
                    let allowed = answer
                        .origins
                        .as_ref()
                        .zip(origin)
                        .is_some_and(|((all, _), it)| all.contains("*") || all.contains(it));
                    if way.request.asks_first() && allowed {
                        return Answer { fate: Fate::May, ..answer };
                    }
                }
                "limit-client" | "limit-user" => counts.extend(way.counts(filter)),
                "jwt" => match way.token(config) {
                    Ok(found) => (way.claims, way.user) = found,
                    Err(status) => return Answer::said(status),
                },
                "require" if !way.may() => return Answer::said(403),
                "require" | "join" => {}
                "body" => answer.body = way.own("body").at("buffer max_request_bytes").number(),
                "compress" => answer.compressed = way.own("compress").there(),
                "envoy.filters.http.router" => {}
                other => panic!("the filter `{other}` is not known"),
            }
        }
        self.routed(&way, Answer { counts, user: way.user.clone(), ..answer })
    }

    fn routed(&self, way: &Way<'_>, answer: Answer) -> Answer {
        let route = way.route;
        if let Some(status) = route.at("direct_response status").number() {
            return Answer::said(status);
        }
        if route.at("redirect").there() {
            return redirect(route.at("redirect"));
        }
        let action = route.at("route");
        let weighted = action.at("weighted_clusters clusters").items();
        let one = [(action.at("cluster").text(), 100)];
        let shares = weighted.iter().map(|it| (it.at("name").text(), it.at("weight").number().unwrap_or(0)));
        let to: Vec<(String, u64)> = if weighted.is_empty() { one.into() } else { shares.collect() };
        let cluster = self.cluster(&to[0].0);
        let mirror = action.at("request_mirror_policies").items().first().map(|it| {
            let share = it.at("runtime_fraction default_value numerator").number().unwrap_or(100);
            (address(self.cluster(&it.at("cluster").text())), share)
        });
        Answer {
            fate: Fate::Sent,
            to: to
                .iter()
                .filter(|it| it.1 > 0)
                .map(|(name, share)| (address(self.cluster(name)), *share))
                .collect(),
            path: rewritten(way.route, &way.request.path),
            host: action.at("host_rewrite_literal").as_str().map_or(way.request.host.clone(), str::to_string),
            copy: mirror,
            headers: added(route),
            timeout_ms: action.at("timeout").ms().unwrap_or(15_000),
            tries: tries(action.at("retry_policy")),
            breaker: breaker(cluster),
            ..answer
        }
    }

    /// A destination.
    pub fn cluster(&self, name: &str) -> &Yaml {
        let clusters = self.config.at("static_resources clusters").items();
        clusters
            .iter()
            .find(|it| it.at("name").text() == name)
            .unwrap_or_else(|| panic!("`{}` has no cluster `{name}`", self.name))
    }

    /// Whether a destination is spoken to over TLS.
    pub fn encrypted(&self, name: &str) -> bool {
        self.cluster(name).at("transport_socket").there()
    }
}

/// Host and port of a destination.
fn address(cluster: &Yaml) -> String {
    let endpoint = &cluster.at("load_assignment endpoints").items()[0].at("lb_endpoints").items()[0];
    let it = endpoint.at("endpoint address socket_address");
    format!("{}:{}", it.at("address").text(), it.at("port_value").text())
}

fn breaker(cluster: &Yaml) -> (u64, u64, bool) {
    let most = &cluster.at("circuit_breakers thresholds").items()[0];
    let number = |name| most.at(name).number().unwrap_or(1_024);
    (number("max_requests"), number("max_pending_requests"), cluster.at("outlier_detection").there())
}

fn added(route: &Yaml) -> BTreeSet<(String, String)> {
    let one = |it: &Yaml| {
        (it.at("header key").text().to_lowercase(), it.at("header value").text().replace("%%", "%"))
    };
    route.at("response_headers_to_add").items().iter().map(one).collect()
}

fn tries(policy: &Yaml) -> Option<Tries> {
    policy.there().then(|| {
        let on = policy.at("retry_on").text();
        let codes = policy.at("retriable_status_codes").items().iter().map(Look::text);
        Tries {
            more: policy.at("num_retries").number().unwrap_or(1),
            on: on.split(',').map(str::to_string).chain(codes).collect(),
            each_ms: policy.at("per_try_timeout").ms(),
        }
    })
}

fn redirect(it: &Yaml) -> Answer {
    let code = match it.at("response_code").text().as_str() {
        "" | "MOVED_PERMANENTLY" => 301,
        "FOUND" => 302,
        "SEE_OTHER" => 303,
        "TEMPORARY_REDIRECT" => 307,
        _ => 308,
    };
    let scheme = if it.at("https_redirect").as_bool() == Some(true) {
        "https".into()
    } else {
        it.at("scheme_redirect").text()
    };
    // On this machine 443 is 8443.
    let port = it.at("port_redirect").number().filter(|port| *port != 8_443);
    let to = [
        scheme,
        it.at("host_redirect").text(),
        port.map(|it| it.to_string()).unwrap_or_default(),
        it.at("path_redirect").text(),
    ];
    Answer { fate: Fate::Redirect(code, to.join(" ")), ..Answer::default() }
}

fn rewritten(route: &Yaml, path: &str) -> String {
    let (matched, action) = (route.at("match"), route.at("route"));
    if let Some(pattern) = action.at("regex_rewrite pattern regex").as_str() {
        return pattern::replaced(pattern, path, &action.at("regex_rewrite substitution").text());
    }
    let Some(new) = action.at("prefix_rewrite").as_str() else { return path.into() };
    let prefix = ["path", "prefix", "path_separated_prefix"]
        .iter()
        .find_map(|it| matched.at(it).as_str())
        .unwrap_or_default();
    format!("{new}{}", path.strip_prefix(prefix).expect("it was matched"))
}

fn matched(it: &Yaml, request: &Request) -> bool {
    let path = &request.path;
    let found = if let Some(exact) = it.at("path").as_str() {
        path == exact
    } else if let Some(prefix) = it.at("prefix").as_str() {
        path.starts_with(prefix)
    } else {
        let prefix = it.at("path_separated_prefix").as_str().expect("a kind of path that is known");
        path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let header = |it: &Yaml| {
        let value = match it.at("name").text().as_str() {
            ":method" => Some(request.method.to_string()),
            name => request.headers.get(name).cloned(),
        };
        value.is_some_and(|value| says(it, &value))
    };
    let query = |it: &Yaml| {
        request.query.iter().any(|(name, value)| *name == it.at("name").text() && says(it, value))
    };
    found
        && it.at("headers").items().iter().all(header)
        && it.at("query_parameters").items().iter().all(query)
}

/// Whether a value is what a matcher of texts wants.
fn says(it: &Yaml, value: &str) -> bool {
    let text = it.at("string_match");
    if it.at("present_match").as_bool() == Some(true) {
        return true;
    }
    if let Some(pattern) = text.at("safe_regex regex").as_str() {
        return pattern::matches(pattern, value);
    }
    let test = |name: &str, holds: &dyn Fn(&str) -> bool| text.at(name).as_str().is_some_and(holds);
    test("exact", &|it| value == it)
        || test("prefix", &|it| value.starts_with(it))
        || test("suffix", &|it| value.ends_with(it))
        || test("contains", &|it| value.contains(it))
}

impl<'a> Way<'a> {
    /// What the route says to a filter, else its host.
    fn own(&self, filter: &str) -> &'a Yaml {
        let own = self.route.at("typed_per_filter_config").at(filter);
        if own.there() { own } else { self.host.at("typed_per_filter_config").at(filter) }
    }

    fn cors(&self) -> Option<(BTreeSet<String>, bool)> {
        let policy = self.own("cors");
        if policy.at("disabled").as_bool() == Some(true) {
            return None;
        }
        let origin = |it: &Yaml| if it.at("safe_regex").there() { "*".into() } else { it.at("exact").text() };
        let origins = policy.at("allow_origin_string_match").items().iter().map(origin).collect();
        policy.there().then(|| (origins, policy.at("allow_credentials").as_bool() == Some(true)))
    }

    /// The claims of the token and who asks, or a status.
    #[allow(clippy::type_complexity, reason = "a pair of what is found")]
    fn token(&self, config: &'a Yaml) -> Result<(Option<&'a BTreeMap<String, Yaml>>, Option<String>), u64> {
        let own = self.own("jwt");
        let rules = config.at("rules").items();
        let wanted = if own.at("disabled").as_bool() == Some(true) {
            return Ok((None, None));
        } else if let Some(name) = own.at("requirement_name").as_str() {
            config.at("requirement_map").at(name).at("provider_name").text()
        } else if let Some(rule) = rules.iter().find(|it| matched(it.at("match"), self.request)) {
            rule.at("requires provider_name").text()
        } else {
            return Ok((None, None));
        };
        let provider = config.at("providers").at(&wanted);
        let token = self.request.token.as_ref().filter(|it| believed(provider, it)).ok_or(401u64)?;
        assert_eq!(provider.at("payload_in_metadata").text(), "jwt");
        let header = &provider.at("claim_to_headers").items()[0];
        assert_eq!(header.at("header_name").text(), "x-user-id");
        Ok((Some(&token.claims), token.claims.get(&header.at("claim_name").text()).map(Look::text)))
    }

    /// Whether the claims are what the route wants.
    fn may(&self) -> bool {
        let rules = self.own("require").at("rbac rules");
        if !rules.there() {
            return true;
        }
        let policies = rules.at("policies").as_mapping().into_iter().flatten();
        policies.map(|(_, it)| it).any(|policy| policy.at("principals").items().iter().any(|it| self.is(it)))
    }

    fn is(&self, principal: &Yaml) -> bool {
        let all = principal.at("and_ids ids").items();
        if !all.is_empty() {
            return all.iter().all(|it| self.is(it));
        }
        let any = principal.at("or_ids ids").items();
        if !any.is_empty() {
            return any.iter().any(|it| self.is(it));
        }
        let matcher = principal.at("sourced_metadata metadata_matcher");
        let names: Vec<String> = matcher.at("path").items().iter().map(|it| it.at("key").text()).collect();
        assert_eq!(
            (matcher.at("filter").text().as_str(), names[0].as_str()),
            ("envoy.filters.http.jwt_authn", "jwt")
        );
        let value = self.claims.and_then(|claims| claims.get(&names[1]));
        value.is_some_and(|value| fits(matcher.at("value"), value))
    }

    /// The buckets of a filter that count the request.
    fn counts(&self, filter: &Yaml) -> Vec<Count> {
        let config = filter.at("typed_config");
        let descriptors = config.at("rate_limits").items().iter().filter_map(|it| self.descriptor(it));
        let descriptors: Vec<Vec<(String, String)>> = descriptors.collect();
        let mut counts = vec![];
        for bucket in config.at("descriptors").items() {
            let entries = bucket.at("entries").items();
            let meets = |it: &&Vec<(String, String)>| {
                let same = |(entry, (key, value)): (&Yaml, &(String, String))| {
                    entry.at("key").text() == *key
                        && (!entry.at("value").there() || entry.at("value").text() == *value)
                };
                it.len() == entries.len() && entries.iter().zip(it.iter()).all(same)
            };
            let Some(met) = descriptors.iter().find(meets) else { continue };
            let tokens = bucket.at("token_bucket");
            let keys: Vec<&str> = met.iter().map(|it| it.0.as_str()).collect();
            counts.push(Count {
                bucket: format!("{} {met:?} {:?}", filter.at("name").text(), tokens),
                rate: rate(
                    tokens.at("tokens_per_fill").number().unwrap_or(1),
                    tokens.at("fill_interval").ms().expect("an interval"),
                ),
                by: match keys.last() {
                    Some(&"remote_address") => "client",
                    Some(&"user") => "user",
                    _ => "all",
                },
            });
        }
        counts
    }

    fn descriptor(&self, limit: &Yaml) -> Option<Vec<(String, String)>> {
        let one = |it: &Yaml| {
            if it.at("remote_address").there() {
                return Some(("remote_address".into(), "192.0.2.1".into()));
            }
            let fixed = it.at("generic_key");
            if fixed.there() {
                return Some((fixed.at("descriptor_key").text(), fixed.at("descriptor_value").text()));
            }
            let header = it.at("request_headers");
            if header.there() {
                assert_eq!(header.at("header_name").text(), "x-user-id");
                return Some((header.at("descriptor_key").text(), self.user.clone()?));
            }
            let metadata = it.at("metadata");
            assert_eq!(metadata.at("source").text(), "ROUTE_ENTRY");
            let path = metadata.at("metadata_key path").items().iter().map(|it| it.at("key").text());
            let whole = self.route.at("metadata filter_metadata").at(&metadata.at("metadata_key key").text());
            let value = path.fold(whole, |it, name| it.at(&name));
            Some((metadata.at("descriptor_key").text(), value.as_str()?.to_string()))
        };
        limit.at("actions").items().iter().map(one).collect()
    }
}

fn believed(provider: &Yaml, token: &Token) -> bool {
    let audiences = provider.at("audiences").items();
    provider.at("issuer").text() == token.issuer && audiences.iter().any(|it| it.text() == token.audience)
}

fn fits(wanted: &Yaml, value: &Yaml) -> bool {
    let any = wanted.at("or_match value_matchers").items();
    if !any.is_empty() {
        return any.iter().any(|it| fits(it, value));
    }
    if wanted.at("present_match").as_bool() == Some(true) {
        return true;
    }
    if wanted.at("list_match").there() {
        return value.items().iter().any(|it| fits(wanted.at("list_match one_of"), it));
    }
    value.as_str().is_some_and(|value| says(wanted, value))
}
