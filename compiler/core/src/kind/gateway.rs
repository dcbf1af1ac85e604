//! `gateway` and `route`: the way in, and the way out.

use crate::form::{Form, address, http, name};
use crate::model::gateway::{
    Aggregate, Auth, Cors, Gateway, Limit, OriginMatch, Part, Publish, Route, Tls, Versions,
};
use crate::schema::{
    Mark, Repeat, Schema, Type, clash, flag, keyed, maybe, named, names, need, node, prop, required, value,
    values,
};
use crate::tree::{At, Item, Layer};
use bastide_report::units::Duration;

const HOST: Schema = values("host", Type::Host, "Host names it answers for.");
const TLS: Schema = node("tls", "Encryption towards clients. Plain HTTP is redirected.").props(&[
    prop("min", Type::Word("1.2 1.3"), "Oldest protocol version; `1.2` by default."),
    prop("issuer", Type::Form(&name::OBJECT), "Certificate issuer, as cert-manager names it."),
]);
const VERSIONS: Schema = node("versions", "Where clients say which version of an api they mean.")
    .props(&[
        prop("in", Type::Word("path subdomain header query media-type"), "Location; `path` by default."),
        prop("scope", Type::Word("resource global"), "One number per api, or one for all.").usual("resource"),
        prop(
            "name",
            Type::Form(&http::TOKEN),
            "Header or query parameter; `X-API-Version` or `version` by default.",
        ),
        prop(
            "default",
            Type::Word("newest oldest reject"),
            "What an absent version means; `newest` by default.",
        ),
    ])
    .clashes(&[
        clash("in=path", "name", "a version in the path has no name"),
        clash("in=subdomain", "name", "a version in the host has no name"),
        clash("in=media-type", "name", "a version in `Accept` has no name"),
    ]);
const AUTH: Schema = value(
    "auth",
    Type::Word("jwt"),
    "Who may come in. Routes are closed unless they say `public`; one of a route takes the place of \
     the gateway's.",
)
.props(&[
    prop("issuer", Type::Url, "Issuer of the tokens."),
    prop("audience", Type::Text, "Audience they must name."),
    prop("jwks", Type::Url, "Address of the issuer's keys."),
    prop("claim", Type::Form(&http::CLAIM), "Claim that names the user; `sub` by default."),
])
.needs(&[need("issuer", "names nobody whose tokens are believed")]);
const LIMIT: Schema = value(
    "limit",
    Type::Rate,
    "Most requests; beyond it clients get 429. A route's limit joins the gateway's. Limits with \
     different windows hold together: `limit \"10/s\"; limit \"5000/d\"`.",
)
.repeat(Repeat::Many(&[Mark::Prop("by", "client"), Mark::Window]))
.props(&[
    prop("burst", Type::Int(1, 1_000_000), "Size of the bucket; one second's worth by default."),
    prop("by", Type::Word("client user route"), "Whose requests are counted; `client` by default."),
]);
const CORS: Schema = node("cors", "Web pages of these origins may call.").props(&[
    required("origins", Type::Form(&address::ORIGINS), "Origins, separated by spaces."),
    prop("methods", Type::Form(&http::CORS_METHODS), "Methods; the usual ones by default."),
    prop("headers", Type::Form(&http::HEADERS), "Request headers."),
    prop("credentials", Type::Bool, "Cookies may be sent."),
    prop("max-age", Type::Duration, "How long a browser may remember; `10m` by default."),
]);
const PUBLISH: Schema = node(
    "publish",
    "Ports of a development machine, where compose publishes the gateway. By default 8080 and 8443 \
     for one called `public`, else two that follow from its name.",
)
.props(&[
    prop("http", Type::Int(1, 65_535), "Port for HTTP."),
    prop("https", Type::Int(1, 65_535), "Port for HTTPS."),
]);
const COMPRESS: Schema = flag("compress", "Compress answers.");
const BODY_LIMIT: Schema =
    value("body-limit", Type::SizeTo(u32::MAX as u64), "Largest request body; gateways count in 32 bits.");
const ALLOW: Schema =
    names("allow", Type::Ref("external"), "Externals that may be reached through this gateway.");
const TIMEOUT: Schema =
    value("timeout", Type::Duration, "Longest time for the whole request, tries included.").usual("15s");
const RETRIES: Schema = value("retries", Type::Int(0, 10), "Further tries after the first.").usual("0");
const CACHE: Schema = value("cache", Type::Duration, "How long answers may be kept.");
const PUBLIC: Schema = flag("public", "Anybody may come, without a token.");
const REQUIRE: Schema = maybe(
    "require",
    Type::Form(&http::CLAIM),
    "A claim the token must carry. All that are required must hold: two values of one claim ask for a \
     list that has both.",
)
.repeat(Repeat::Many(&[Mark::Value("claim"), Mark::Prop("value", "")]))
.props(&[prop("claim", Type::Form(&http::CLAIM), "Claim."), prop("value", Type::Text, "Value it must have.")])
.needs(&[need("claim =", "asks for nothing")])
.clashes(&[clash("claim", "=", "the claim is named already")]);
const REWRITE: Schema = value("rewrite", Type::UrlPath, "Path put in place of the route's own.");
const REDIRECT: Schema = value("redirect", Type::Form(&address::REDIRECT), "Answer with a redirect.")
    .props(&[prop("status", Type::OneOf(&[301, 302, 303, 307, 308]), "Status; 308 by default.")]);
const MIRROR: Schema = value(
    "mirror",
    Type::Ref("service"),
    "Send a copy of each request there, to the api of the same name if it has several; its answer is \
     dropped.",
)
.props(&[prop("share", Type::Share(4), "Share of the requests; all by default.")]);
const SPLIT: Schema = keyed(
    "split",
    Type::Ref("service"),
    "Send a share of the requests to another service, to the api of the same name if it has several.",
)
.props(&[required("share", Type::Share(4), "Share of the requests.")]);
const PART: Schema = keyed("part", Type::Text, "One part of an aggregate answer.").props(&[
    required("from", Type::Ref("service"), "Service that answers it."),
    prop("api", Type::Text, "Which api of it, if it has several."),
    required("path", Type::UrlPath, "Path that is asked."),
    prop("timeout", Type::Lasting, "Longest wait for it."),
]);
const AGGREGATE: Schema = node("aggregate", "One answer made of several: `{\"part\": …}`.")
    .parts(&[&PART])
    .props(&[prop("partial", Type::Bool, "Answer even if a part is missing.")])
    .needs(&[need("part", "has nothing to join")]);

/// `route`.
pub const ROUTE: Schema =
    keyed("route", Type::UrlPath, "A path, by whole segments, and where its requests go.")
        .repeat(Repeat::Many(&[
            Mark::Words("method"),
            Mark::Pair("header", ':'),
            Mark::Pair("query", '='),
            Mark::Prop("exact", "false"),
        ]))
        .props(&[
            prop("to", Type::Ref("service"), "Service that answers."),
            prop("api", Type::Text, "Which api of it, if it has several."),
            prop("version", Type::Range, "Versions served here; all living ones by default."),
            prop("method", Type::Form(&http::METHODS), "Methods, separated by spaces; all by default."),
            prop("header", Type::Form(&http::HEADER), "A header that must match: `Name: value`."),
            prop("query", Type::Form(&http::QUERY), "A query parameter that must match: `name=value`."),
            prop("exact", Type::Bool, "Only this path, not what lies below."),
            prop(
                "protocol",
                Type::Word("http websocket grpc sse"),
                "What is spoken; from the api by default.",
            ),
        ])
        .parts(&[
            &PUBLIC,
            &AUTH,
            &REQUIRE,
            &LIMIT,
            &TIMEOUT,
            &RETRIES,
            &CACHE,
            &CORS,
            &COMPRESS,
            &REWRITE,
            &REDIRECT,
            &MIRROR,
            &SPLIT,
            &BODY_LIMIT,
            &AGGREGATE,
            &super::lint::SCHEMA,
        ])
        .needs(&[need("to redirect aggregate", "leads nowhere")])
        .clashes(&[
            clash(
                "public",
                "require auth",
                "whoever comes without a token has nothing that could be asked for",
            ),
            clash(
                "redirect",
                "to api version aggregate split mirror rewrite cache timeout retries body-limit protocol",
                "the gateway answers with the redirect, and no service is asked",
            ),
            clash(
                "aggregate",
                "to api version split mirror rewrite retries protocol",
                "the gateway asks the parts and joins their answers",
            ),
        ])
        .new_by("to redirect aggregate");

/// `gateway`.
pub const SCHEMA: Schema = named(
    "gateway",
    "The one way in for clients, or with `direction=\"out\"` the one way out. What is not declared is \
     closed.",
)
.props(&[
    prop("direction", Type::Word("in out"), "`in` by default."),
    prop("engine", Type::Word("envoy"), "What runs it; `envoy` by default."),
    prop("replicas", Type::Int(1, 100), "Instances, for limits that count per instance.").usual("1"),
])
.parts(&[
    &HOST,
    &PUBLISH,
    &TLS,
    &VERSIONS,
    &AUTH,
    &LIMIT,
    &CORS,
    &COMPRESS,
    &BODY_LIMIT,
    &TIMEOUT,
    &RETRIES,
    &ROUTE,
    &ALLOW,
    &super::lint::SCHEMA,
])
.clashes(&[
    clash(
        "direction=out",
        "publish host tls versions auth limit cors compress body-limit timeout retries route",
        "nobody comes in by a way out: what leaves is settled by `allow`, and by `timeout=` \
                 and `retries=` of the `calls`",
    ),
    clash("direction!=out", "allow", "only a gateway with `direction=\"out\"` lets out"),
])
.new_by("host allow route");

/// Reads a gateway and its routes.
pub fn read(item: &Item) -> Gateway {
    let at = item.path();
    let hosts = |part: &Item| {
        part.values.iter().map(|it| At { value: it.at.value.print(), origin: it.at.origin }).collect()
    };
    let mut allow: Vec<At<String>> = item.all("allow").map(Item::name).collect();
    allow.sort_by(|left, right| left.value.cmp(&right.value));
    let mut gateway = Gateway {
        name: item.name(),
        out: item.text("direction").as_deref() == Some("out"),
        engine: item.text("engine").unwrap_or_else(|| "envoy".into()),
        replicas: item.int("replicas").map_or(1, |at| at.value),
        hosts: item.part("host").map(hosts).unwrap_or_default(),
        tls: item.part("tls").map(read_tls),
        versions: read_versions(item.part("versions")),
        auth: item.part("auth").map(|part| read_auth(part, &at)),
        limits: read_limits(item, &at),
        cors: item.part("cors").map(|part| read_cors(part, &at)),
        body_limit: item.part("body-limit").and_then(Item::value_size),
        publish: read_publish(item),
        timeout: item.part("timeout").and_then(Item::value_duration),
        retries: item.part("retries").and_then(Item::value_int),
        compress: item.flag("compress"),
        allow,
        routes: vec![],
        at,
    };
    gateway.routes = item.all("route").map(|part| read_route(part, &gateway)).collect();
    gateway
}

/// Ports that are said, else those of the name: another gateway moves none.
fn read_publish(item: &Item) -> Publish {
    let slot = match &*item.key {
        "public" => 0,
        name => {
            1 + i64::from(
                name.bytes().fold(FNV.0, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(FNV.1)) % 199,
            )
        }
    };
    let part = item.part("publish");
    let port = |name: &str, first: i64| {
        let said = part.and_then(|part| part.int(name));
        said.unwrap_or(At { value: first + slot, origin: item.origin.derived() })
    };
    Publish { http: port("http", 8_080), https: port("https", 8_443) }
}

/// Basis and prime of the FNV-1a hash: the same on every machine and in every version.
const FNV: (u32, u32) = (0x811c_9dc5, 0x0100_0193);

fn read_tls(part: &Item) -> Tls {
    let min = part.text("min").unwrap_or_else(|| "1.2".into());
    Tls { min, issuer: part.text("issuer"), origin: part.origin }
}

fn read_versions(part: Option<&Item>) -> Versions {
    let text = |name: &str| part.and_then(|part| part.text(name));
    let location = text("in").unwrap_or_else(|| "path".into());
    let name = if location == "query" { "version" } else { "X-API-Version" };
    Versions {
        name: text("name").unwrap_or_else(|| name.into()),
        location,
        scope: text("scope").unwrap_or_else(|| "resource".into()),
        default: text("default").unwrap_or_else(|| "newest".into()),
        declared: part.is_some(),
    }
}

fn read_auth(part: &Item, parent: &str) -> Auth {
    Auth {
        at: part.path_in(parent),
        kind: part.value_text().unwrap_or_else(|| "jwt".into()),
        issuer: part.text_at("issuer"),
        audience: part.text_at("audience"),
        jwks: part.text_at("jwks"),
        claim: part.text("claim").unwrap_or_else(|| "sub".into()),
    }
}

fn read_limits(item: &Item, parent: &str) -> Vec<Limit> {
    let one = |part: &Item| {
        let rate = part.value_rate()?;
        let second = At {
            value: (rate.value.count * 1_000).div_ceil(rate.value.per).max(1) as i64,
            origin: rate.origin.derived(),
        };
        let by = part.text("by").unwrap_or_else(|| "client".into());
        Some(Limit { at: part.path_in(parent), rate, burst: part.int("burst").unwrap_or(second), by })
    };
    item.all("limit").filter_map(one).collect()
}

fn read_cors(part: &Item, parent: &str) -> Cors {
    let list = |name: &str, form: &Form, default: &str| -> Vec<String> {
        form.parts(&part.text(name).unwrap_or_else(|| default.into()))
    };
    let origins = list("origins", &address::ORIGINS, "");
    Cors {
        at: part.path_in(parent),
        matches: origins.iter().map(|origin| OriginMatch::of(origin)).collect(),
        origins,
        methods: list("methods", &http::CORS_METHODS, "GET HEAD POST PUT PATCH DELETE"),
        headers: list("headers", &http::HEADERS, "authorization content-type idempotency-key traceparent"),
        credentials: part.is("credentials"),
        max_age: part.duration("max-age").map_or(Duration(600_000), |at| at.value),
        origin: part.origin,
    }
}

/// What a route says, else what its gateway says; only then what routes begin with by default.
fn said<T: Copy>(own: Option<At<T>>, gateway: Option<At<T>>) -> Option<At<T>> {
    own.filter(|at| at.origin.layer != Layer::Default).or(gateway).or(own)
}

/// A path without the slash at its end, which has no meaning where whole segments are matched.
fn segments(path: String) -> String {
    match path.trim_end_matches('/') {
        "" => "/".into(),
        trimmed => trimmed.into(),
    }
}

fn read_route(item: &Item, gateway: &Gateway) -> Route {
    let at = item.path_in(&gateway.at);
    let mirror = |part: &Item| Some((part.value_at()?, part.share("share").map(|at| at.value)));
    let split = |part: &Item| Some((part.name(), part.share("share")?.value));
    let status = |part: &Item| part.int("status").map_or(308, |at| at.value);
    // What stands for one path stands as it is written.
    let exact = item.is("exact");
    let tidy = |at: At<String>| if exact { at } else { at.map(segments) };
    Route {
        path: tidy(item.name()),
        exact,
        methods: item.text("method").map(|text| http::METHODS.parts(&text)).unwrap_or_default(),
        header: item.text("header").and_then(|text| http::HEADER.pair(&text)),
        query: item.text("query").and_then(|text| http::QUERY.pair(&text)),
        to: item.text_at("to"),
        api: item.text_at("api"),
        version: item.text_at("version"),
        protocol: item.text("protocol").unwrap_or_else(|| "http".into()),
        public: item.flag("public").filter(|at| at.value),
        auth: item.part("auth").map(|part| read_auth(part, &at)),
        require: item
            .all("require")
            .filter_map(|part| Some((part.text("claim").or(part.value_text())?, part.text("value"))))
            .collect(),
        limits: read_limits(item, &at),
        timeout: said(item.part("timeout").and_then(Item::value_duration), gateway.timeout),
        retries: said(item.part("retries").and_then(Item::value_int), gateway.retries),
        cache: item.part("cache").and_then(Item::value_duration),
        cors: item.part("cors").map(|part| read_cors(part, &at)),
        compress: said(item.flag("compress"), gateway.compress).is_some_and(|at| at.value),
        rewrite: item.part("rewrite").and_then(Item::value_at).map(tidy),
        redirect: item.part("redirect").and_then(|part| Some((part.value_text()?, status(part)))),
        mirror: item.part("mirror").and_then(mirror),
        split: item.all("split").filter_map(split).collect(),
        body_limit: item.part("body-limit").and_then(Item::value_size),
        aggregate: item.part("aggregate").map(read_aggregate),
        at,
    }
}

fn read_aggregate(part: &Item) -> Aggregate {
    let one = |part: &Item| {
        Some(Part {
            name: part.key_text(),
            from: part.text_at("from")?,
            api: part.text_at("api"),
            path: part.text("path")?,
            timeout: part.duration("timeout"),
        })
    };
    Aggregate { partial: part.is("partial"), parts: part.all("part").filter_map(one).collect() }
}
