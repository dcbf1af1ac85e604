//! `undeclared-egress`: a way out nobody declared.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Level;
use std::collections::BTreeSet;

/// Schemes of what is reached over a network; `s3://` and the like name no host.
const SCHEMES: [&str; 25] = [
    "http", "https", "ws", "wss", "grpc", "grpcs", "ftp", "ftps", "sftp", "ssh", "smtp", "smtps", "imap",
    "imaps", "ldap", "ldaps", "mqtt", "mqtts", "amqp", "amqps", "nats", "redis", "postgres", "mysql",
    "mongodb",
];

pub const RULE: Rule = Rule::warn("undeclared-egress", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let model = ctx.model;
    let externals = model.externals.iter().map(|it| it.host.as_str());
    let own = model.gateways.iter().flat_map(|it| &it.hosts).map(|at| at.value.as_str());
    let outside = model.resources.iter().filter_map(|it| it.external.as_ref()?.host.as_deref());
    let known: BTreeSet<&str> = externals.chain(own).chain(outside).collect();
    for service in &model.services {
        // What a service may reach by `egress` is declared; nobody knows the names of addresses.
        let own: BTreeSet<&str> = service.egress.iter().map(|it| it.to.value.as_str()).collect();
        if own.contains("any") {
            continue;
        }
        for (name, at) in &service.run.env {
            let Some(host) = host(&at.value).filter(|host| !served(&known, host) && !served(&own, host))
            else {
                continue;
            };
            let service_name = &service.name.value;
            let found_at = format!("{}.env.{name}", service.at);
            let its_own = own_address(name, &at.value);
            // Where no gateway is the spec's, somebody else leads clients there.
            if its_own && model.gateways.iter().all(|it| it.out) {
                continue;
            }
            let one = match its_own {
                true => RULE
                    .found(
                        &found_at,
                        format!("`{service_name}` is told it lives at `{host}`, which no gateway serves"),
                    )
                    .level(Level::Info)
                    .label(at.span(), "its own address, by the name of the variable")
                    .help(format!("write the `host \"{host}\"` of the gateway it is reached by")),
                false => RULE
                    .found(&found_at, format!("`{service_name}` may call `{host}`, which is not declared"))
                    .label(at.span(), "leads out of the system")
                    .help(format!(
                        "declare it, `external \"…\" url=\"{}\"`, and call it, or write `egress \"{host}\"`",
                        place(&at.value)
                    )),
            };
            one.add_to(found);
        }
    }
}

/// Whether a host is declared, by its own name or by a wildcard, or is a version of one: `v2.api.shop.example`.
fn served(known: &BTreeSet<&str>, host: &str) -> bool {
    let above = host.split_once('.');
    let version =
        |first: &str| first.strip_prefix('v').is_some_and(|it| it.bytes().all(|b| b.is_ascii_digit()));
    known.contains(host)
        || above.is_some_and(|(first, rest)| {
            known.contains(format!("*.{rest}").as_str()) || version(first) && known.contains(rest)
        })
}

/// Words of variables that tell a program its own address, for links and cookies; it never calls it.
const OWN: [&str; 9] = [
    "BASE_URL",
    "PUBLIC_URL",
    "ROOT_URL",
    "SITE_URL",
    "APP_URL",
    "EXTERNAL_URL",
    "SELF_URL",
    "CANONICAL_URL",
    "OWN_URL",
];

fn own_address(name: &str, value: &str) -> bool {
    let name = name.to_ascii_uppercase();
    value.starts_with("http") && OWN.iter().any(|own| name == *own || name.ends_with(&format!("__{own}")))
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
