//! `streaming-with-timeout`: a stream that is cut in the middle.

use crate::check::query::origin::written;
use crate::check::{Context, Found, Rule};
use crate::model::service::Api;
use crate::tree::At;
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::warn("streaming-with-timeout", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in ctx.routes() {
        // What the gateway says for all its routes is meant for those that have an end.
        let own = |at: &At<Duration>| gateway.timeout.is_none_or(|whole| whole.origin != at.origin);
        let Some(timeout) = route.timeout.filter(|at| written(at) && own(at) && at.value.0 > 0) else {
            continue;
        };
        let chosen = |api: &&Api| route.api.as_ref().is_none_or(|at| at.value == api.name.value);
        let style =
            |name: &str| ctx.model.service(name)?.apis.iter().find(chosen).map(|api| api.style.as_str());
        let talks = route.to.as_ref().and_then(|to| style(&to.value)) == Some("websocket");
        let protocol = if talks && route.protocol == "http" { "websocket" } else { route.protocol.as_str() };
        if !matches!(protocol, "websocket" | "sse") {
            continue;
        }
        let message = format!("streams of `{}` would be cut after {}", route.path.value, timeout.value);
        RULE.found(&route.at, message)
            .label(timeout.span(), "counts from the first byte")
            .label(route.path.span(), format!("speaks {protocol}"))
            .help("remove the `timeout`")
            .add_to(found);
    }
}
