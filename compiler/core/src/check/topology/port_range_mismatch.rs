//! `port-range-mismatch`: ports that do not fit each other.

use crate::check::{Context, Found, Rule};
use crate::model::service::{HostPort, Service};
use crate::tree::At;
use bastide_report::source::Span;

pub const RULE: Rule = Rule::deny("port-range-mismatch", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for port in &service.run.ports {
            if let Some(to) = port.to.filter(|to| to.value <= i64::from(port.number)) {
                let message = format!("the range `{}` ends before it begins", port.name);
                RULE.found(&service.at, message)
                    .label(to.span(), format!("not after {}", port.number))
                    .help(format!("write a `to=` above {}, or leave it out", port.number))
                    .add_to(found);
            } else if let Some(publish) = &port.publish {
                published(service, (port.number, port.last()), port.origin.span, publish, found);
            }
        }
        for api in &service.apis {
            let number = api.port.value as u16;
            if let Some(publish) = &api.publish {
                published(service, (number, number), api.name.span(), publish, found);
            }
        }
    }
}

/// As many ports of the machine as of the container, and those of the container if they are named again.
fn published(service: &Service, own: (u16, u16), span: Span, publish: &At<HostPort>, found: &mut Vec<Found>) {
    let text = |(first, last): (u16, u16)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    let HostPort { ports, inner, .. } = publish.value;
    let (message, right) = match inner {
        Some(inner) if inner != own => {
            (format!("{} is published, and {} is listened on", text(inner), text(own)), text(ports))
        }
        _ if ports.1 - ports.0 == own.1 - own.0 => return,
        _ => {
            let last = ports.0.saturating_add(own.1 - own.0);
            (format!("{} are no place for {}", text(ports), text(own)), text((ports.0, last)))
        }
    };
    RULE.found(&service.at, message)
        .label(publish.span(), "where it is published")
        .label(span, format!("it listens on {}", text(own)))
        .help(format!("publish it at {right}"))
        .add_to(found);
}
