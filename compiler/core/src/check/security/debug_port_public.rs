//! `debug-port-public`: the insides, for everybody.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("debug-port-public", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "route.require",
    without: |model, lost| lost.routes(model).for_each(|route| route.require.clear()),
}];

/// Paths under which frameworks show their insides.
const INSIDE: &[&str] =
    &["/metrics", "/actuator", "/debug", "/heapdump", "/env", "/jolokia", "/server-status", "/phpinfo"];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (_, route) in ctx.routes().filter(|(_, route)| route.require.is_empty() && route.redirect.is_none()) {
        let service = route.to.as_ref().and_then(|to| ctx.model.service(&to.value));
        let path = route.rewrite.as_ref().unwrap_or(&route.path);
        let below = |root: &str| {
            path.value.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let own = service.is_some_and(|service| below(&service.metrics.path));
        if !own && !INSIDE.iter().any(|root| below(root)) {
            continue;
        }
        RULE.found(&route.at, format!("clients reach `{}`, which shows the insides", path.value))
            .label(path.span(), "for operators only")
            .help("remove the route, or `require` a claim only operators have")
            .add_to(found);
    }
}
