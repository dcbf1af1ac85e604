//! `external`: something outside that is called.

use crate::model::External;
use crate::schema::{Schema, Type, named, required};
use crate::tree::{At, Item};

/// What somebody else promises is for the rules to count with.
const PROMISE: Schema = super::slo::SCHEMA.check_only();

/// The node.
pub const SCHEMA: Schema =
    named("external", "A system of somebody else that is called. What is not declared cannot be reached.")
        .parts(&[&super::app::OWNER, &PROMISE, &super::lint::SCHEMA])
        .props(&[required("url", Type::Url, "Where it is.")]);

/// Reads an external; host and port come from its URL.
pub fn read(item: &Item) -> External {
    let at = item.path();
    let url = item.text_at("url").unwrap_or(At { value: "https://invalid".into(), origin: item.origin });
    let (scheme, rest) = url.value.split_once("://").unwrap_or(("https", &url.value));
    let tls = !matches!(scheme, "http" | "ws" | "grpc" | "tcp" | "udp");
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let usual = if tls { 443 } else { 80 };
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !authority.ends_with(']') => (host, port.parse().unwrap_or(usual)),
        _ => (authority, usual),
    };
    External {
        name: item.name(),
        host: host.to_string(),
        port,
        tls,
        transport: crate::model::service::transport(scheme),
        slo: item.part("slo").map(|part| super::slo::read(part, &at)),
        url: url.clone(),
        at,
    }
}
