//! Requests, and what is said of an answer.

use crate::yaml::Yaml;
use std::collections::{BTreeMap, BTreeSet};

/// A request of a client.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Over TLS.
    pub tls: bool,
    pub host: String,
    pub method: &'static str,
    pub path: String,
    pub query: Vec<(String, String)>,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub token: Option<Token>,
}

/// A token that is well signed.
#[derive(Clone, Debug, Default)]
pub struct Token {
    pub issuer: String,
    pub audience: String,
    pub claims: BTreeMap<String, Yaml>,
}

impl Request {
    /// The request in words.
    pub fn words(&self) -> String {
        let query: String = self.query.iter().map(|(name, value)| format!("?{name}={value}")).collect();
        let scheme = if self.tls { "https" } else { "http" };
        let token = self.token.as_ref().map(|it| format!(" token of {} {:?}", it.issuer, it.claims));
        format!(
            "{} {scheme}://{}{}{query} {:?}{}",
            self.method,
            self.host,
            self.path,
            self.headers,
            token.unwrap_or_default()
        )
    }

    /// Whether a page of another origin asks first.
    pub fn asks_first(&self) -> bool {
        self.method == "OPTIONS" && self.headers.contains_key("access-control-request-method")
    }

    /// The path with its query, as `:path` has it.
    pub fn whole_path(&self) -> String {
        let pairs: Vec<String> = self.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, pairs.join("&")) }
    }
}

/// What becomes of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Fate {
    /// It goes on to who answers.
    Sent,
    /// A redirect.
    Redirect(u64, String),
    /// The gateway's own answer.
    #[default]
    Nothing,
    Said(u64),
    /// A page of another origin may ask.
    May,
}

/// An answer.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub fate: Fate,
    /// Who is asked: `NAME:PORT` and percent.
    pub to: BTreeMap<String, u64>,
    /// Path as it arrives.
    pub path: String,
    pub host: String,
    /// Who gets a copy, and of how many percent.
    pub copy: Option<(String, u64)>,
    /// Headers of the answer.
    pub headers: BTreeSet<(String, String)>,
    pub timeout_ms: u64,
    pub tries: Option<Tries>,
    /// Largest body.
    pub body: Option<u64>,
    pub compressed: bool,
    /// Origins of pages that may read it, and whether with cookies.
    pub origins: Option<(BTreeSet<String>, bool)>,
    /// What the service hears of who asks.
    pub user: Option<String>,
    /// Requests at once and waiting, and whether a failing callee is left alone.
    pub breaker: (u64, u64, bool),
    /// Buckets it is counted in.
    pub counts: Vec<Count>,
}

/// Further tries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tries {
    pub more: u64,
    pub on: BTreeSet<String>,
    pub each_ms: Option<u64>,
}

/// A bucket that counts a request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// The bucket, by a name of the engine's own.
    pub bucket: String,
    /// Requests and milliseconds, in lowest terms.
    pub rate: (u64, u64),
    /// Whose requests: `client`, `user` or `all`.
    pub by: &'static str,
}

impl Answer {
    /// An answer of the gateway's own.
    pub fn said(status: u64) -> Answer {
        Answer { fate: Fate::Said(status), ..Answer::default() }
    }

    /// Whether somebody is asked.
    pub fn sent(&self) -> bool {
        self.fate == Fate::Sent
    }

    /// All of it in lines; what is only said of requests that go on is left out for others.
    pub fn told(&self) -> Vec<String> {
        let first = vec![format!("status {:?}", self.fate)];
        if !self.sent() {
            return first;
        }
        let rest = [
            format!("to {:?}", self.to),
            format!("path {}", self.path),
            format!("host {}", self.host),
            format!("copy {:?}", self.copy),
            format!("headers {:?}", self.headers),
            format!("timeout {} ms", self.timeout_ms),
            format!("tries {:?}", self.tries),
            format!("body {:?}", self.body),
            format!("compressed {}", self.compressed),
            format!("origins {:?}", self.origins),
            format!("user {:?}", self.user),
            format!("breaker {:?}", self.breaker),
        ];
        first.into_iter().chain(rest).collect()
    }
}

/// A rate in lowest terms.
pub fn rate(count: u64, ms: u64) -> (u64, u64) {
    let (mut left, mut right) = (count, ms);
    while right > 0 {
        (left, right) = (right, left % right);
    }
    (count / left.max(1), ms / left.max(1))
}
