//! `streaming-with-timeout`: a stream that is cut in the middle.

use crate::check::support::{routes, written};
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("streaming-with-timeout", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (_, route) in routes(ctx) {
        let Some(timeout) = route.timeout.filter(|at| written(at) && at.value.0 > 0) else { continue };
        let style = |name: &str| ctx.model.service(name)?.apis.first().map(|api| api.style.as_str());
        let talks = route.to.as_ref().and_then(|to| style(&to.value)) == Some("websocket");
        let protocol = if talks && route.protocol == "http" { "websocket" } else { route.protocol.as_str() };
        if !matches!(protocol, "websocket" | "sse") {
            continue;
        }
        found.push(
            RULE.found(
                &route.at,
                format!("streams of `{}` would be cut after {}", route.path.value, timeout.value),
            )
            .label(timeout.span(), "counts from the first byte")
            .label(route.path.span(), format!("speaks {protocol}"))
            .help("remove the `timeout`"),
        );
    }
}
