//! What a gateway of Kubernetes answers: the Gateway API's rules of precedence, and the policies of Envoy Gateway.

use crate::ask::{Answer, Count, Fate, Request, Tries, rate};
use crate::kube_policy::{Place, policy};
use crate::project::Built;
use crate::yaml::{Look, Yaml, docs};
use crate::{cel, pattern};
use std::collections::{BTreeMap, BTreeSet};

/// The objects of one gateway.
pub struct Gateway {
    objects: Vec<Yaml>,
    name: String,
}

/// Exact path, length of the path, method, headers, query: the greater goes before.
type Precedence = (bool, usize, bool, usize, usize);

/// A rule that matched.
struct Met<'a> {
    kind: String,
    route: &'a Yaml,
    rule: &'a Yaml,
    matched: &'a Yaml,
}

impl Gateway {
    /// What was written for a gateway.
    pub fn of(built: &Built, name: &str) -> Gateway {
        let objects =
            built.below("deploy/prod/kubernetes/gateway/", ".yaml").flat_map(|(_, text)| docs(text));
        Gateway { objects: objects.collect(), name: name.into() }
    }

    fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Yaml> {
        self.objects.iter().filter(move |it| it.at("kind").text() == kind)
    }

    fn named<'a>(&'a self, kind: &'a str, name: &str) -> &'a Yaml {
        let mut all = self.of_kind(kind);
        all.find(|it| it.at("metadata name").text() == name)
            .unwrap_or_else(|| panic!("there is no {kind} `{name}`"))
    }

    /// What becomes of a request.
    pub fn answer(&self, request: &Request) -> Answer {
        let gateway = self.named("Gateway", &self.name);
        let protocol = if request.tls { "HTTPS" } else { "HTTP" };
        let here = |it: &&Yaml| {
            let host = it.at("hostname");
            it.at("protocol").text() == protocol && (!host.there() || host.text() == request.host)
        };
        let Some(listener) = gateway.at("spec listeners").items().iter().find(here) else {
            return Answer::said(404);
        };
        let listener = listener.at("name").text();
        let Some(met) = self.met(request, &listener) else { return Answer::said(404) };
        let (route, rule) = (met.route.at("metadata name").text(), met.rule.at("name").text());
        let place =
            Place { kind: &met.kind, route: &route, rule: &rule, gateway: &self.name, listener: &listener };
        let security = policy(&self.objects, "SecurityPolicy", &place);
        let traffic = policy(&self.objects, "BackendTrafficPolicy", &place);
        self.through(request, &met, &security, &traffic)
    }

    /// The rule that goes before all others that match: exact path, longest path, method, headers, query, then the names.
    fn met(&self, request: &Request, listener: &str) -> Option<Met<'_>> {
        let mut best: Option<(Precedence, Met<'_>)> = None;
        let mut routes: Vec<&Yaml> = self.of_kind("HTTPRoute").chain(self.of_kind("GRPCRoute")).collect();
        routes.sort_by_key(|it| it.at("metadata name").text());
        for route in routes {
            let parent =
                |it: &Yaml| it.at("name").text() == self.name && it.at("sectionName").text() == listener;
            let hosts = route.at("spec hostnames").items();
            let host = hosts.is_empty() || hosts.iter().any(|it| it.text() == request.host);
            if !host || !route.at("spec parentRefs").items().iter().any(parent) {
                continue;
            }
            let kind = route.at("kind").text();
            for rule in route.at("spec rules").items() {
                let matches = rule.at("matches").items();
                let all = if matches.is_empty() { &[Yaml::Null][..] } else { matches };
                for matched in all.iter().filter(|it| matches_request(&kind, it, request)) {
                    let key = precedence(&kind, matched);
                    if best.as_ref().is_none_or(|(own, _)| key > *own) {
                        let found = if matched.is_null() { rule } else { matched };
                        best = Some((key, Met { kind: kind.clone(), route, rule, matched: found }));
                    }
                }
            }
        }
        best.map(|(_, met)| met)
    }

    fn through(&self, request: &Request, met: &Met<'_>, security: &Yaml, traffic: &Yaml) -> Answer {
        let cors = security.at("cors");
        let origins: BTreeSet<String> = cors.at("allowOrigins").items().iter().map(Look::text).collect();
        let origin = request.headers.get("origin");
        if request.asks_first()
            && cors.there()
            && origin.is_some_and(|it| origins.contains("*") || origins.contains(it))
        {
            return Answer { fate: Fate::May, ..Answer::default() };
        }
        let user = match asked(security, request) {
            Ok(user) => user,
            Err(status) => return Answer::said(status),
        };
        let origins = cors.there().then(|| (origins, cors.at("allowCredentials").as_bool() == Some(true)));
        let counts = counts(traffic, request, user.as_deref());
        let compressed = !traffic.at("compressor").items().is_empty();
        let body = traffic
            .at("requestBuffer limit")
            .there()
            .then(|| bytes(&traffic.at("requestBuffer limit").text()));
        let answer = Answer { origins, counts, compressed, body, user, ..Answer::default() };
        self.routed(request, met, traffic, answer)
    }

    fn routed(&self, request: &Request, met: &Met<'_>, traffic: &Yaml, mut answer: Answer) -> Answer {
        (answer.path, answer.host) = (request.path.clone(), request.host.clone());
        for filter in met.rule.at("filters").items() {
            match filter.at("type").text().as_str() {
                "RequestRedirect" => return redirect(filter.at("requestRedirect")),
                "URLRewrite" => rewrite(filter.at("urlRewrite"), met.matched, &mut answer),
                "ResponseHeaderModifier" => {
                    answer.headers.extend(modified(filter.at("responseHeaderModifier")))
                }
                "RequestMirror" => {
                    let it = filter.at("requestMirror");
                    let share = it.at("percent").number().unwrap_or(100);
                    answer.copy = Some((address(it.at("backendRef")), share));
                }
                "ExtensionRef" => {
                    let own =
                        self.named("HTTPRouteFilter", &filter.at("extensionRef name").text()).at("spec");
                    if let Some(status) = own.at("directResponse statusCode").number() {
                        return Answer::said(status);
                    }
                    let it = own.at("urlRewrite path replaceRegexMatch");
                    answer.path = pattern::replaced(
                        &it.at("pattern").text(),
                        &answer.path,
                        &it.at("substitution").text(),
                    );
                }
                "RequestHeaderModifier" => {}
                other => panic!("the filter `{other}` is not known"),
            }
        }
        let backends = met.rule.at("backendRefs").items();
        let whole: u64 = backends.iter().map(|it| it.at("weight").number().unwrap_or(1)).sum();
        for backend in backends {
            let share = backend.at("weight").number().unwrap_or(1) * 100 / whole.max(1);
            if share > 0 {
                answer.to.insert(address(backend), share);
            }
        }
        let own =
            met.rule.at("timeouts request").ms().or_else(|| traffic.at("timeout http requestTimeout").ms());
        answer.timeout_ms = own.unwrap_or(15_000);
        answer.tries = tries(traffic.at("retry"));
        answer.breaker = breaker(traffic);
        Answer { fate: if backends.is_empty() { Fate::Said(500) } else { Fate::Sent }, ..answer }
    }

    /// What becomes of requests to an external through this gateway: who is asked over what, and how.
    pub fn exit(&self, external: &str, path: &str) -> Option<(Answer, bool)> {
        let request =
            Request { host: external.into(), method: "GET", path: path.into(), ..Request::default() };
        let answer = self.answer(&request);
        let name = answer.to.keys().next()?.split(':').next()?.to_string();
        let endpoint = &self.named("Backend", &name).at("spec endpoints").items()[0];
        let at = format!("{}:{}", endpoint.at("fqdn hostname").text(), endpoint.at("fqdn port").text());
        let targets =
            |it: &Yaml| it.at("spec targetRefs").items().iter().any(|it| it.at("name").text() == name);
        let tls = self.of_kind("BackendTLSPolicy").any(targets);
        Some((Answer { to: [(at, 100)].into(), ..answer }, tls))
    }
}

fn address(backend: &Yaml) -> String {
    format!("{}:{}", backend.at("name").text(), backend.at("port").text())
}

fn breaker(traffic: &Yaml) -> (u64, u64, bool) {
    let number = |name| traffic.at("circuitBreaker").at(name).number().unwrap_or(1_024);
    (number("maxParallelRequests"), number("maxPendingRequests"), traffic.at("healthCheck passive").there())
}

fn tries(policy: &Yaml) -> Option<Tries> {
    let list = |name| policy.at(name).items().iter().map(Look::text).collect::<Vec<_>>();
    policy.there().then(|| Tries {
        more: policy.at("numRetries").number().unwrap_or(2),
        on: list("retryOn triggers").into_iter().chain(list("retryOn httpStatusCodes")).collect(),
        each_ms: policy.at("perRetry timeout").ms(),
    })
}

fn bytes(quantity: &str) -> u64 {
    let units = [("Ki", 10), ("Mi", 20), ("Gi", 30), ("Ti", 40)];
    let unit =
        units.iter().find_map(|(name, bits)| Some(quantity.strip_suffix(name)?.parse::<u64>().ok()? << bits));
    unit.or_else(|| quantity.parse().ok())
        .unwrap_or_else(|| panic!("`{quantity}` is no quantity that is known"))
}

fn redirect(it: &Yaml) -> Answer {
    let port = it.at("port").number().filter(|port| ![80, 443].contains(port));
    let port = port.map(|it| it.to_string()).unwrap_or_default();
    let to = [it.at("scheme").text(), it.at("hostname").text(), port, it.at("path replaceFullPath").text()];
    let code = it.at("statusCode").number().unwrap_or(302);
    Answer { fate: Fate::Redirect(code, to.join(" ")), ..Answer::default() }
}

fn rewrite(it: &Yaml, matched: &Yaml, answer: &mut Answer) {
    if let Some(host) = it.at("hostname").as_str() {
        answer.host = host.into();
    }
    if let Some(full) = it.at("path replaceFullPath").as_str() {
        answer.path = full.into();
    }
    if let Some(new) = it.at("path replacePrefixMatch").as_str() {
        let prefix = matched.at("path value").text();
        let prefix = prefix.trim_end_matches('/');
        // Envoy Gateway does not keep the slash between them.
        assert!(!prefix.is_empty(), "a prefix put in the place of `/` loses a slash");
        let rest = answer.path.strip_prefix(prefix).expect("it was matched").to_string();
        let rest = if rest.is_empty() || rest.starts_with('/') { rest } else { format!("/{rest}") };
        let path = format!("{}{rest}", new.trim_end_matches('/'));
        answer.path = if path.is_empty() { "/".into() } else { path };
    }
}

fn modified(it: &Yaml) -> BTreeSet<(String, String)> {
    let all = it.at("set").items().iter().chain(it.at("add").items());
    all.map(|it| (it.at("name").text().to_lowercase(), it.at("value").text())).collect()
}

fn precedence(kind: &str, it: &Yaml) -> Precedence {
    let (headers, query) = (it.at("headers").items().len(), it.at("queryParams").items().len());
    if kind == "GRPCRoute" {
        let names = [it.at("method service").text(), it.at("method method").text()];
        return (!names[1].is_empty(), names.iter().map(String::len).sum(), false, headers, query);
    }
    let exact = it.at("path type").text() == "Exact";
    let path = it.at("path value").as_str().map_or(1, str::len);
    (exact, path, it.at("method").there(), headers, query)
}

fn matches_request(kind: &str, it: &Yaml, request: &Request) -> bool {
    let path = if kind == "GRPCRoute" { called(it, request) } else { on_path(it.at("path"), &request.path) };
    let method = it.at("method").as_str().is_none_or(|it| it == request.method);
    let header = |it: &Yaml| {
        request.headers.get(&it.at("name").text().to_lowercase()).is_some_and(|own| says(it, own))
    };
    let query = |it: &Yaml| {
        request.query.iter().any(|(name, value)| *name == it.at("name").text() && says(it, value))
    };
    path && method
        && it.at("headers").items().iter().all(header)
        && it.at("queryParams").items().iter().all(query)
}

fn called(it: &Yaml, request: &Request) -> bool {
    let mut names = request.path.trim_start_matches('/').split('/');
    let mut same = |name: &str| {
        let own = names.next().unwrap_or_default();
        it.at("method").at(name).as_str().is_none_or(|it| it == own)
    };
    same("service") && same("method")
}

fn on_path(it: &Yaml, path: &str) -> bool {
    let value = it.at("value").as_str().unwrap_or("/");
    match it.at("type").as_str() {
        Some("Exact") => path == value,
        Some("RegularExpression") => pattern::matches(value, path),
        _ => path
            .strip_prefix(value.trim_end_matches('/'))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
    }
}

fn says(it: &Yaml, value: &str) -> bool {
    let wanted = it.at("value").text();
    match it.at("type").as_str() {
        Some("RegularExpression") => pattern::matches(&wanted, value),
        _ => wanted == value,
    }
}

/// Who asks, or a status.
fn asked(security: &Yaml, request: &Request) -> Result<Option<String>, u64> {
    let providers = security.at("jwt providers").items();
    if providers.is_empty() {
        return Ok(None);
    }
    let believes = |it: &&Yaml| {
        let audiences = it.at("audiences").items();
        let token = request.token.as_ref();
        token.is_some_and(|token| {
            it.at("issuer").text() == token.issuer && audiences.iter().any(|it| it.text() == token.audience)
        })
    };
    let provider = providers.iter().find(believes).ok_or(401u64)?;
    let claims = &request.token.as_ref().ok_or(401u64)?.claims;
    if security.at("authorization").there()
        && !may(security.at("authorization"), &provider.at("name").text(), claims)
    {
        return Err(403);
    }
    let header = &provider.at("claimToHeaders").items()[0];
    assert_eq!(header.at("header").text(), "x-user-id");
    Ok(claims.get(&header.at("claim").text()).map(Look::text))
}

fn may(authorization: &Yaml, provider: &str, claims: &BTreeMap<String, Yaml>) -> bool {
    // Envoy Gateway has the words of these two as lists.
    let listed = |(name, value): (&String, &Yaml)| match value.as_str() {
        Some(text) if name == "scope" || name == "scp" => {
            (name.clone(), text.split(' ').map(Yaml::from).collect())
        }
        _ => (name.clone(), value.clone()),
    };
    let claims: BTreeMap<String, Yaml> = claims.iter().map(listed).collect();
    let known = BTreeMap::from([("envoy.filters.http.jwt_authn", BTreeMap::from([(provider, claims)]))]);
    let known =
        serde_yaml::to_value(BTreeMap::from([("metadata", BTreeMap::from([("filter_metadata", known)]))]));
    let known = known.expect("maps are YAML");
    let rule = authorization.at("rules").items().iter().find(|it| {
        assert!(!it.at("principal").there(), "claims are asked by an expression");
        cel::holds(&it.at("cel").text(), &known)
    });
    rule.map_or(authorization.at("defaultAction").text(), |it| it.at("action").text()) == "Allow"
}

/// The buckets that count a request.
fn counts(traffic: &Yaml, request: &Request, user: Option<&str>) -> Vec<Count> {
    let mut counts = vec![];
    for (number, rule) in traffic.at("rateLimit global rules").items().iter().enumerate() {
        assert_eq!(rule.at("shared").as_bool(), Some(true), "a bucket of its own for each rule of a route");
        let selectors = rule.at("clientSelectors").items();
        let none = [Yaml::Null];
        for selector in if selectors.is_empty() { &none[..] } else { selectors } {
            let Some((by, value)) = selected(selector, request, user) else { continue };
            let unit = match rule.at("limit unit").text().as_str() {
                "Second" => 1_000,
                "Minute" => 60_000,
                "Hour" => 3_600_000,
                _ => 86_400_000,
            };
            let bucket = format!("{number} {value}");
            counts.push(Count {
                bucket,
                rate: rate(rule.at("limit requests").number().expect("a rate"), unit),
                by,
            });
        }
    }
    counts
}

/// Whose bucket a request falls into, if it is meant at all.
fn selected(it: &Yaml, request: &Request, user: Option<&str>) -> Option<(&'static str, String)> {
    let (mut by, mut own) = ("all", String::new());
    let path = it.at("path");
    let methods = it.at("methods").items();
    let query = |it: &Yaml| {
        request.query.iter().any(|(name, value)| *name == it.at("name").text() && says(it, value))
    };
    let meant = (!path.there() || on_path(path, &request.whole_path()))
        && (methods.is_empty() || methods.iter().any(|it| it.at("value").text() == request.method))
        && it.at("queryParams").items().iter().all(query);
    if !meant {
        return None;
    }
    for header in it.at("headers").items() {
        let name = header.at("name").text().to_lowercase();
        let value = match name.as_str() {
            ":path" => Some(request.whole_path()),
            "x-user-id" => user.map(str::to_string),
            _ => request.headers.get(&name).cloned(),
        };
        if header.at("type").text() == "Distinct" {
            (by, own) = ("user", value?);
            continue;
        }
        if value.is_some_and(|value| says(header, &value)) == (header.at("invert").as_bool() == Some(true)) {
            return None;
        }
    }
    let source = it.at("sourceCIDR");
    if source.there() {
        (by, own) = ("client", "192.0.2.1".into());
        return source.at("value").text().contains('.').then_some((by, own));
    }
    Some((by, own))
}
