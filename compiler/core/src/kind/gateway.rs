//! `gateway` and `route`: the way in, and the way out.

use crate::form::{Form, address, http, name};
use crate::model::gateway::{
    Aggregate, Auth, Cors, Gateway, Limit, OriginMatch, Part, Publish, Route, Tls, Versions,
};
use crate::schema::{Arg, Clash, EMPTY, Mark, Need, Repeat, Schema, Type, flag, prop, required, value};
use crate::tree::{At, Item, Layer};
use bastide_report::units::Duration;

const HOST: Schema =
    Schema { node: "host", docs: "Host names it answers for.", arg: Arg::Values(Type::Host), ..EMPTY };
const TLS: Schema = Schema {
    node: "tls",
    docs: "Encryption towards clients. Plain HTTP is redirected.",
    props: &[
        prop("min", Type::Word(&["1.2", "1.3"]), "Oldest protocol version; `1.2` by default."),
        prop("issuer", Type::Form(&name::OBJECT), "Certificate issuer, as cert-manager names it."),
    ],
    ..EMPTY
};
const VERSIONS: Schema = Schema {
    node: "versions",
    docs: "Where clients say which version of an api they mean.",
    props: &[
        prop(
            "in",
            Type::Word(&["path", "subdomain", "header", "query", "media-type"]),
            "Location; `path` by default.",
        ),
        prop("scope", Type::Word(&["resource", "global"]), "One number per api, or one for all."),
        prop(
            "name",
            Type::Form(&http::TOKEN),
            "Header or query parameter; `X-API-Version` or `version` by default.",
        ),
        prop(
            "default",
            Type::Word(&["newest", "oldest", "reject"]),
            "What an absent version means; `newest` by default.",
        ),
    ],
    clashes: &[
        Clash { when: "in=path", never: &["name"], because: "a version in the path has no name" },
        Clash { when: "in=subdomain", never: &["name"], because: "a version in the host has no name" },
        Clash { when: "in=media-type", never: &["name"], because: "a version in `Accept` has no name" },
    ],
    ..EMPTY
};
const AUTH: Schema = Schema {
    node: "auth",
    docs: "Who may come in. Routes are closed unless they say `public`; one of a route takes the place of the gateway's.",
    arg: Arg::Value(Type::Word(&["jwt"])),
    props: &[
        prop("issuer", Type::Url, "Issuer of the tokens."),
        prop("audience", Type::Text, "Audience they must name."),
        prop("jwks", Type::Url, "Address of the issuer's keys."),
        prop("claim", Type::Form(&http::CLAIM), "Claim that names the user; `sub` by default."),
    ],
    needs: &[Need { when: "", one_of: &["issuer"], without: "names nobody whose tokens are believed" }],
    ..EMPTY
};
const LIMIT: Schema = Schema {
    node: "limit",
    docs: "Most requests; beyond it clients get 429. A route's limit joins the gateway's. Limits with different windows hold together: `limit \"10/s\"; limit \"5000/d\"`.",
    arg: Arg::Value(Type::Rate),
    props: &[
        prop("burst", Type::Int(1, 1_000_000), "Size of the bucket; one second's worth by default."),
        prop(
            "by",
            Type::Word(&["client", "user", "route"]),
            "Whose requests are counted; `client` by default.",
        ),
    ],
    repeat: Repeat::Many(&[Mark::Prop("by", "client"), Mark::Window]),
    ..EMPTY
};
const CORS: Schema = Schema {
    node: "cors",
    docs: "Web pages of these origins may call.",
    props: &[
        required("origins", Type::Form(&address::ORIGINS), "Origins, separated by spaces."),
        prop("methods", Type::Form(&http::CORS_METHODS), "Methods; the usual ones by default."),
        prop("headers", Type::Form(&http::HEADERS), "Request headers."),
        prop("credentials", Type::Bool, "Cookies may be sent."),
        prop("max-age", Type::Duration, "How long a browser may remember; `10m` by default."),
    ],
    ..EMPTY
};
const PUBLISH: Schema = Schema {
    node: "publish",
    docs: "Ports of a development machine, where compose publishes the gateway. By default 8080 and 8443 for one called `public`, else two that follow from its name.",
    props: &[
        prop("http", Type::Int(1, 65_535), "Port for HTTP."),
        prop("https", Type::Int(1, 65_535), "Port for HTTPS."),
    ],
    ..EMPTY
};
const COMPRESS: Schema = flag("compress", "Compress answers.");
const BODY_LIMIT: Schema =
    value("body-limit", Type::SizeTo(u32::MAX as u64), "Largest request body; gateways count in 32 bits.");
const ALLOW: Schema = Schema {
    node: "allow",
    docs: "Externals that may be reached through this gateway.",
    arg: Arg::Names(Type::Ref(&["external"])),
    repeat: Repeat::ByKey,
    ..EMPTY
};
const TIMEOUT: Schema =
    value("timeout", Type::Duration, "Longest time for the whole request, tries included.");
const RETRIES: Schema = value("retries", Type::Int(0, 10), "Further tries after the first.");
const CACHE: Schema = value("cache", Type::Duration, "How long answers may be kept.");
const PUBLIC: Schema = flag("public", "Anybody may come, without a token.");
const REQUIRE: Schema = Schema {
    node: "require",
    docs: "A claim the token must carry. All that are required must hold: two values of one claim ask for a list that has both.",
    arg: Arg::Maybe(Type::Form(&http::CLAIM)),
    props: &[
        prop("claim", Type::Form(&http::CLAIM), "Claim."),
        prop("value", Type::Text, "Value it must have."),
    ],
    repeat: Repeat::Many(&[Mark::Value("claim"), Mark::Prop("value", "")]),
    needs: &[Need { when: "", one_of: &["claim", ""], without: "asks for nothing" }],
    clashes: &[Clash { when: "claim", never: &[""], because: "the claim is named already" }],
    ..EMPTY
};
const REWRITE: Schema = value("rewrite", Type::UrlPath, "Path put in place of the route's own.");
const REDIRECT: Schema = Schema {
    node: "redirect",
    docs: "Answer with a redirect.",
    arg: Arg::Value(Type::Form(&address::REDIRECT)),
    props: &[prop("status", Type::OneOf(&[301, 302, 303, 307, 308]), "Status; 308 by default.")],
    ..EMPTY
};
const MIRROR: Schema = Schema {
    node: "mirror",
    docs: "Send a copy of each request there, to the api of the same name if it has several; its answer is dropped.",
    arg: Arg::Value(Type::Ref(&["service"])),
    props: &[prop("share", Type::Share(4), "Share of the requests; all by default.")],
    ..EMPTY
};
const SPLIT: Schema = Schema {
    node: "split",
    docs: "Send a share of the requests to another service, to the api of the same name if it has several.",
    arg: Arg::Key(Type::Ref(&["service"])),
    props: &[required("share", Type::Share(4), "Share of the requests.")],
    repeat: Repeat::ByKey,
    ..EMPTY
};
const PART: Schema = Schema {
    node: "part",
    docs: "One part of an aggregate answer.",
    arg: Arg::Key(Type::Text),
    props: &[
        required("from", Type::Ref(&["service"]), "Service that answers it."),
        prop("api", Type::Text, "Which api of it, if it has several."),
        required("path", Type::UrlPath, "Path that is asked."),
        prop("timeout", Type::Lasting, "Longest wait for it."),
    ],
    repeat: Repeat::ByKey,
    ..EMPTY
};
const AGGREGATE: Schema = Schema {
    node: "aggregate",
    docs: "One answer made of several: `{\"part\": …}`.",
    props: &[prop("partial", Type::Bool, "Answer even if a part is missing.")],
    parts: &[&PART],
    needs: &[Need { when: "", one_of: &["part"], without: "has nothing to join" }],
    ..EMPTY
};

/// `route`.
pub const ROUTE: Schema = Schema {
    node: "route",
    docs: "A path, by whole segments, and where its requests go.",
    arg: Arg::Key(Type::UrlPath),
    props: &[
        prop("to", Type::Ref(&["service"]), "Service that answers."),
        prop("api", Type::Text, "Which api of it, if it has several."),
        prop("version", Type::Range, "Versions served here; all living ones by default."),
        prop("method", Type::Form(&http::METHODS), "Methods, separated by spaces; all by default."),
        prop("header", Type::Form(&http::HEADER), "A header that must match: `Name: value`."),
        prop("query", Type::Form(&http::QUERY), "A query parameter that must match: `name=value`."),
        prop("exact", Type::Bool, "Only this path, not what lies below."),
        prop(
            "protocol",
            Type::Word(&["http", "websocket", "grpc", "sse"]),
            "What is spoken; from the api by default.",
        ),
    ],
    parts: &[
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
    ],
    repeat: Repeat::Many(&[
        Mark::Words("method"),
        Mark::Pair("header", ':'),
        Mark::Pair("query", '='),
        Mark::Prop("exact", "false"),
    ]),
    needs: &[Need { when: "", one_of: &["to", "redirect", "aggregate"], without: "leads nowhere" }],
    clashes: &[
        Clash {
            when: "public",
            never: &["require", "auth"],
            because: "whoever comes without a token has nothing that could be asked for",
        },
        Clash {
            when: "redirect",
            never: &[
                "to",
                "api",
                "version",
                "aggregate",
                "split",
                "mirror",
                "rewrite",
                "cache",
                "timeout",
                "retries",
                "body-limit",
                "protocol",
            ],
            because: "the gateway answers with the redirect, and no service is asked",
        },
        Clash {
            when: "aggregate",
            never: &["to", "api", "version", "split", "mirror", "rewrite", "retries", "protocol"],
            because: "the gateway asks the parts and joins their answers",
        },
    ],
    new_by: &["to", "redirect", "aggregate"],
    ..EMPTY
};

/// `gateway`.
pub const SCHEMA: Schema = Schema {
    node: "gateway",
    docs: "The one way in for clients, or with `direction=\"out\"` the one way out. What is not declared is closed.",
    arg: Arg::Name,
    props: &[
        prop("direction", Type::Word(&["in", "out"]), "`in` by default."),
        prop("engine", Type::Word(&["envoy"]), "What runs it; `envoy` by default."),
        prop("replicas", Type::Int(1, 100), "Instances, for limits that count per instance."),
    ],
    parts: &[
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
    ],
    repeat: Repeat::ByKey,
    clashes: &[
        Clash {
            when: "direction=out",
            never: &[
                "publish",
                "host",
                "tls",
                "versions",
                "auth",
                "limit",
                "cors",
                "compress",
                "body-limit",
                "timeout",
                "retries",
                "route",
            ],
            because: "nobody comes in by a way out: what leaves is settled by `allow`, and by `timeout=` and `retries=` of \
                      the `calls`",
        },
        Clash {
            when: "direction!=out",
            never: &["allow"],
            because: "only a gateway with `direction=\"out\"` lets out",
        },
    ],
    new_by: &["host", "allow", "route"],
    ..EMPTY
};

/// Reads a gateway and its routes.
pub fn read(item: &Item) -> Gateway {
    let at = item.path();
    let hosts = |part: &Item| {
        part.values.iter().map(|it| At { value: it.at.value.print(), origin: it.at.origin }).collect()
    };
    let mut allow: Vec<At<String>> = item.all("allow").map(Item::name).collect();
    allow.sort_by(|left, right| left.value.cmp(&right.value));
    Gateway {
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
        routes: item.all("route").map(|part| read_route(part, item, &at)).collect(),
        at,
    }
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

fn read_route(item: &Item, gateway: &Item, parent: &str) -> Route {
    let at = item.path_in(parent);
    let mirror = |part: &Item| Some((part.value_at()?, part.share("share").map(|at| at.value)));
    let split = |part: &Item| Some((part.name(), part.share("share")?.value));
    let status = |part: &Item| part.int("status").map_or(308, |at| at.value);
    // What stands for one path stands as it is written.
    let exact = item.is("exact");
    let tidy = |at: At<String>| if exact { at } else { at.map(segments) };
    let duration = |item: &Item| item.part("timeout").and_then(Item::value_duration);
    let tries = |item: &Item| item.part("retries").and_then(Item::value_int);
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
        timeout: said(duration(item), duration(gateway)),
        retries: said(tries(item), tries(gateway)),
        cache: item.part("cache").and_then(Item::value_duration),
        cors: item.part("cors").map(|part| read_cors(part, &at)),
        compress: said(item.flag("compress"), gateway.flag("compress")).is_some_and(|at| at.value),
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
