//! `undeclared-egress`: a way out nobody declared.

use crate::check::{Context, Found, Rule};
use std::collections::BTreeSet;

/// Schemes of what is reached over a network; `s3://` and the like name no host.
const SCHEMES: [&str; 25] = [
    "http", "https", "ws", "wss", "grpc", "grpcs", "ftp", "ftps", "sftp", "ssh", "smtp", "smtps", "imap",
    "imaps", "ldap", "ldaps", "mqtt", "mqtts", "amqp", "amqps", "nats", "redis", "postgres", "mysql",
    "mongodb",
];

pub const RULE: Rule = Rule::deny("undeclared-egress", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let model = ctx.model;
    let externals = model.externals.iter().map(|it| it.host.as_str());
    let own = model.gateways.iter().flat_map(|it| &it.hosts).map(|at| at.value.as_str());
    let outside = model.resources.iter().filter_map(|it| it.external.as_ref()?.host.as_deref());
    let known: BTreeSet<&str> = externals.chain(own).chain(outside).collect();
    for service in &model.services {
        for (name, at) in &service.run.env {
            let Some(host) = host(&at.value).filter(|host| !known.contains(host)) else { continue };
            RULE.found(
                &format!("{}.env.{name}", service.at),
                format!("`{}` may call `{host}`, which is not declared", service.name.value),
            )
            .label(at.span(), "leads out of the system")
            .help(format!("declare it, `external \"…\" url=\"{}\"`, and call it", place(&at.value)))
            .add_to(found);
        }
    }
}

/// Scheme, host and port of a URL, without who asks and what for.
fn place(value: &str) -> String {
    let (scheme, rest) = value.split_once("://").unwrap_or(("https", value));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    format!("{scheme}://{}", authority.rsplit('@').next().unwrap_or(authority))
}

/// The host of a URL on the internet: with a dot, and no reference.
fn host(value: &str) -> Option<&str> {
    if !value.contains(':') {
        return None; // most values, and one sign is found faster than three
    }
    let (scheme, rest) = value.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let web = SCHEMES.contains(&scheme);
    let local = host.starts_with("127.")
        || host == "0.0.0.0"
        || host.ends_with(".local")
        || host.ends_with(".internal");
    (web && host.contains('.') && !host.contains("${") && !local).then_some(host)
}
