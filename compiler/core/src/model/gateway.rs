//! Gateways and routes as meant.

use crate::model::Model;
use crate::tree::{At, Origin};
use bastide_report::units::{Duration, Rate, Share, Size};
use serde::Serialize;

/// A way in or out.
#[derive(Clone, Debug, Serialize)]
pub struct Gateway {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// The way out.
    pub out: bool,
    /// What runs it.
    pub engine: String,
    /// Instances.
    pub replicas: i64,
    /// Host names.
    pub hosts: Vec<At<String>>,
    /// Encryption towards clients.
    pub tls: Option<Tls>,
    /// Where clients say which version they mean.
    pub versions: Versions,
    /// Who may come in.
    pub auth: Option<Auth>,
    /// Most requests.
    pub limits: Vec<Limit>,
    /// Origins of web pages.
    pub cors: Option<Cors>,
    /// Largest request body.
    pub body_limit: Option<At<Size>>,
    /// Ports of a development machine.
    pub publish: Publish,
    /// Longest whole request, for routes that say nothing.
    pub timeout: Option<At<Duration>>,
    /// Further tries, for routes that say nothing.
    pub retries: Option<At<i64>>,
    /// Compress answers, for routes that say nothing.
    pub compress: Option<At<bool>>,
    /// Externals that may be reached.
    pub allow: Vec<At<String>>,
    /// Routes as written, in order.
    pub routes: Vec<Route>,
}

/// Ports of a development machine.
#[derive(Clone, Debug, Serialize)]
pub struct Publish {
    /// For HTTP.
    pub http: At<i64>,
    /// For HTTPS.
    pub https: At<i64>,
}

/// Encryption towards clients.
#[derive(Clone, Debug, Serialize)]
pub struct Tls {
    /// `1.2` or `1.3`.
    pub min: String,
    /// Certificate issuer.
    pub issuer: Option<String>,
    /// Where it stands.
    #[serde(skip)]
    pub origin: Origin,
}

/// Where clients say which version they mean.
#[derive(Clone, Debug, Serialize)]
pub struct Versions {
    /// `path`, `subdomain`, `header`, `query`, `media-type`; empty when the gateway does not say.
    #[serde(rename = "in")]
    pub location: String,
    /// `resource` or `global`.
    pub scope: String,
    /// Header or query parameter.
    pub name: String,
    /// `newest`, `oldest` or `reject`.
    pub default: String,
    /// Whether the spec says it.
    pub declared: bool,
}

/// Who may come in.
#[derive(Clone, Debug, Serialize)]
pub struct Auth {
    /// Its path in the spec.
    pub at: String,
    /// `jwt`.
    pub kind: String,
    /// Issuer.
    pub issuer: Option<At<String>>,
    /// Audience.
    pub audience: Option<At<String>>,
    /// Address of the keys.
    pub jwks: Option<At<String>>,
    /// Claim that names the user.
    pub claim: String,
}

/// Most requests.
#[derive(Clone, Debug, Serialize)]
pub struct Limit {
    /// Its path in the spec.
    pub at: String,
    /// How many.
    pub rate: At<Rate>,
    /// Size of the bucket.
    pub burst: At<i64>,
    /// `client`, `user` or `route`.
    pub by: String,
}

/// Origins of web pages.
#[derive(Clone, Debug, Serialize)]
pub struct Cors {
    /// Its path in the spec.
    pub at: String,
    /// Origins.
    pub origins: Vec<String>,
    /// The same, each as a text to compare with or a pattern.
    pub matches: Vec<OriginMatch>,
    /// Methods.
    pub methods: Vec<String>,
    /// Request headers.
    pub headers: Vec<String>,
    /// Cookies may be sent.
    pub credentials: bool,
    /// How long a browser may remember.
    pub max_age: Duration,
    /// Where it stands.
    #[serde(skip)]
    pub origin: Origin,
}

/// How an origin is known: by one of the two.
#[derive(Clone, Debug, Serialize)]
pub struct OriginMatch {
    /// It is this.
    pub exact: Option<String>,
    /// It fits this regular expression, whole.
    pub regex: Option<String>,
}

impl OriginMatch {
    /// `*` stands for any origin, or for one name or more before a host.
    pub fn of(origin: &str) -> OriginMatch {
        let regex = match origin {
            "*" => Some(".*".into()),
            _ => origin.contains('*').then(|| origin.replace('.', "\\.").replace('*', "[^/]+")),
        };
        OriginMatch { exact: regex.is_none().then(|| origin.into()), regex }
    }
}

/// A path and where it goes.
#[derive(Clone, Debug, Serialize)]
pub struct Route {
    /// Its path in the spec.
    pub at: String,
    /// Path by whole segments.
    pub path: At<String>,
    /// Only this path.
    pub exact: bool,
    /// Methods; empty means all.
    pub methods: Vec<String>,
    /// Header that must match.
    pub header: Option<(String, String)>,
    /// Query parameter that must match.
    pub query: Option<(String, String)>,
    /// Service that answers.
    pub to: Option<At<String>>,
    /// Which api of it.
    pub api: Option<At<String>>,
    /// Versions served here.
    pub version: Option<At<String>>,
    /// `http`, `websocket`, `grpc`, `sse`.
    pub protocol: String,
    /// Without a token.
    pub public: Option<At<bool>>,
    /// Who may come in here; none: whom the gateway lets in.
    pub auth: Option<Auth>,
    /// Claims the token must carry.
    pub require: Vec<(String, Option<String>)>,
    /// Most requests.
    pub limits: Vec<Limit>,
    /// Longest whole request.
    pub timeout: Option<At<Duration>>,
    /// Further tries.
    pub retries: Option<At<i64>>,
    /// How long answers may be kept.
    pub cache: Option<At<Duration>>,
    /// Origins of web pages.
    pub cors: Option<Cors>,
    /// Compress answers.
    pub compress: bool,
    /// Path put in place.
    pub rewrite: Option<At<String>>,
    /// Redirect to, and status.
    pub redirect: Option<(String, i64)>,
    /// Copy of requests: service and share.
    pub mirror: Option<(At<String>, Option<Share>)>,
    /// Shares for other services.
    pub split: Vec<(At<String>, Share)>,
    /// Largest body.
    pub body_limit: Option<At<Size>>,
    /// Parts of an aggregate answer.
    pub aggregate: Option<Aggregate>,
}

/// An answer made of several.
#[derive(Clone, Debug, Serialize)]
pub struct Aggregate {
    /// Answer even if a part is missing.
    pub partial: bool,
    /// The parts.
    pub parts: Vec<Part>,
}

/// One part of it.
#[derive(Clone, Debug, Serialize)]
pub struct Part {
    /// Key in the answer.
    pub name: String,
    /// Service that answers.
    pub from: At<String>,
    /// Which api of it.
    pub api: Option<At<String>>,
    /// Path that is asked.
    pub path: String,
    /// Longest wait.
    pub timeout: Option<At<Duration>>,
}

impl Gateway {
    /// Whose tokens a route asks for: those of its own issuer, else the gateway's; none if anybody may come.
    pub fn auth_of<'a>(&'a self, route: &'a Route) -> Option<&'a Auth> {
        if route.public.is_some() { None } else { route.auth.as_ref().or(self.auth.as_ref()) }
    }
}

impl Route {
    /// Name of the api it leads to: the one it says, else the first of its service. Shares and copies of its requests go to
    /// the api of that name.
    pub fn api_name<'a>(&'a self, model: &'a Model) -> Option<&'a str> {
        let own = || model.service(&self.to.as_ref()?.value)?.apis.first().map(|api| api.name.value.as_str());
        self.api.as_ref().map(|at| at.value.as_str()).or_else(own)
    }

    /// The services that may answer: its own, those it shares requests with, and those of its parts.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        let parts = self.aggregate.iter().flat_map(|it| it.parts.iter().map(|part| &part.from));
        let shares = self.split.iter().map(|(to, _)| to);
        self.to.iter().chain(shares).chain(parts).map(|at| at.value.as_str())
    }
}
