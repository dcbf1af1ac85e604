//! What leads from a service to others.

use crate::tree::At;
use bastide_report::units::{Duration, Rate, Share};
use serde::Serialize;

/// A request to another.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// Its path in the spec.
    pub at: String,
    /// Who is called.
    pub to: At<String>,
    /// Accepted versions.
    pub version: Option<At<String>>,
    /// Parsed.
    #[serde(skip)]
    pub range: Option<semver::VersionReq>,
    /// Which api.
    pub api: Option<At<String>>,
    /// What of it is used; nothing means everything.
    pub reads: Vec<At<String>>,
    /// Longest wait for one try.
    pub timeout: Option<At<Duration>>,
    /// Further tries.
    pub retries: Option<At<i64>>,
    /// May be sent twice.
    pub idempotent: bool,
    /// Goes on without the answer.
    pub soft: bool,
    /// Stops asking while the callee fails.
    pub breaker: bool,
    /// Expected requests.
    pub rate: Option<At<Rate>>,
    /// Most retries, as a share of requests.
    pub budget: Option<At<Share>>,
    /// Sent at the same time as the others that say so.
    pub parallel: bool,
    /// Prefix of the variables.
    pub prefix: String,
}

impl Call {
    /// How often it is sent at most.
    pub fn tries(&self) -> u64 {
        self.retries.map_or(1, |at| at.value.unsigned_abs().saturating_add(1))
    }

    /// How long its answer may be waited for, tries included, in ms; none: without end.
    pub fn longest_ms(&self) -> Option<u64> {
        Some(self.timeout?.value.0.saturating_mul(self.tries()))
    }
}

/// An attached resource.
#[derive(Clone, Debug, Serialize)]
pub struct Use {
    /// Its path in the spec.
    pub at: String,
    /// The resource.
    pub resource: At<String>,
    /// Whether its secrets arrive as variables, where it says so.
    pub as_env: Option<bool>,
    /// Only reads.
    pub read_only: bool,
    /// Works without it.
    pub soft: bool,
    /// Prefix of the variables.
    pub prefix: String,
}

/// A wait for another at the start.
#[derive(Clone, Debug, Serialize)]
pub struct After {
    /// Its path in the spec.
    pub at: String,
    /// Whom it waits for.
    pub to: At<String>,
    /// `started`, `healthy` or `done`, where it says so.
    pub until: Option<At<String>>,
}

impl After {
    /// How far the other one has to be, where it says so.
    pub fn until(&self) -> Option<&str> {
        self.until.as_ref().map(|at| at.value.as_str())
    }
}

/// A topic or queue that is written.
#[derive(Clone, Debug, Serialize)]
pub struct Publish {
    /// Its path in the spec.
    pub at: String,
    /// The topic or queue.
    pub topic: At<String>,
    /// Stored with the data and sent from there.
    pub outbox: bool,
    /// Version written.
    pub version: Option<At<String>>,
}

/// A topic or queue that is read.
#[derive(Clone, Debug, Serialize)]
pub struct Subscribe {
    /// Its path in the spec.
    pub at: String,
    /// The topic or queue.
    pub topic: At<String>,
    /// Consumer group.
    pub group: String,
    /// Field that tells a repeated message.
    pub idempotent_by: Option<At<String>>,
    /// Topic the handler writes.
    pub emits: Option<At<String>>,
    /// What ends a loop.
    pub terminates_by: Option<String>,
    /// Versions it reads.
    pub version: Option<At<String>>,
}
