//! Ways out: the externals a gateway with `direction="out"` lets through, with what the callers say about them.

use super::address;
use crate::model::Model;
use crate::model::gateway::Gateway;
use crate::model::service::Call;
use serde::Serialize;
use std::collections::BTreeMap;

/// Longest wait where no caller says one, in ms.
const WAIT: u64 = 15_000;

/// A way out.
#[derive(Clone, Debug, Serialize)]
pub struct Exit {
    /// Path of the external in the spec.
    pub at: String,
    /// Name callers use as host.
    pub name: String,
    /// Host outside.
    pub host: String,
    /// Port outside.
    pub port: u16,
    /// Whether it is encrypted from here on.
    pub tls: bool,
    /// Path all requests begin with outside.
    pub path: Option<String>,
    /// Connections stay open: `ws` and `wss`.
    pub streams: bool,
    /// The longest wait for one try that a caller declares, in ms.
    pub timeout_ms: u64,
    /// The most further tries that a caller declares.
    pub retries: i64,
    /// Whether it is left alone for a while when it fails; not if no caller wants that.
    pub breaker: bool,
    /// Services that call it.
    pub callers: Vec<String>,
}

/// The ways out through a gateway, by name.
pub fn exits(model: &Model, gateway: &Gateway) -> Vec<Exit> {
    let mut calls: BTreeMap<&str, Vec<(&str, &Call)>> = BTreeMap::new();
    for service in model.services.iter().filter(|_| !gateway.allow.is_empty()) {
        for call in &service.calls {
            calls.entry(&call.to.value).or_default().push((&service.name.value, call));
        }
    }
    let of = |name: &str| calls.get(name).map_or(&[][..], Vec::as_slice);
    gateway.allow.iter().filter_map(|name| exit(model, &name.value, of(&name.value))).collect()
}

fn exit(model: &Model, name: &str, calls: &[(&str, &Call)]) -> Option<Exit> {
    let external = model.external(name)?;
    let mut callers: Vec<String> = calls.iter().map(|(from, _)| from.to_string()).collect();
    callers.dedup();
    let url = address::address(&external.url.value);
    Some(Exit {
        at: external.at.clone(),
        name: name.to_string(),
        host: external.host.clone(),
        port: external.port,
        tls: external.tls,
        path: url
            .path
            .map(|path| path.split('?').next().unwrap_or_default().trim_end_matches('/').to_string())
            .filter(|path| !path.is_empty()),
        streams: url.scheme.is_some_and(|scheme| matches!(scheme.as_str(), "ws" | "wss")),
        timeout_ms: calls
            .iter()
            .filter_map(|(_, call)| call.timeout)
            .map(|at| at.value.0)
            .max()
            .unwrap_or(WAIT),
        retries: calls.iter().filter_map(|(_, call)| call.retries).map(|at| at.value).max().unwrap_or(0),
        breaker: calls.is_empty() || calls.iter().any(|(_, call)| call.breaker),
        callers,
    })
}
