//! `body-limit-missing`: a body without an end.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use crate::model::gateway::Route;

pub const RULE: Rule = Rule::info("body-limit-missing", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[
    Belief {
        field: "gateway.body-limit",
        without: |model, lost| lost.gateways(model).for_each(|gateway| lost.take(&mut gateway.body_limit)),
    },
    Belief {
        field: "route.body-limit",
        without: |model, lost| lost.routes(model).for_each(|route| lost.take(&mut route.body_limit)),
    },
];

const TAKING: [&str; 3] = ["POST", "PUT", "PATCH"];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for gateway in ctx.model.gateways.iter().filter(|it| !it.out && it.body_limit.is_none()) {
        let open: Vec<&Route> =
            gateway.routes.iter().filter(|route| route.body_limit.is_none() && takes(route)).collect();
        let Some(first) = open.first() else { continue };
        let name = &gateway.name.value;
        let message = match open.len() {
            1 => format!("`{name}` takes bodies of any size for `{}`", first.path.value),
            count => format!("`{name}` takes bodies of any size for {count} routes"),
        };
        RULE.found(&gateway.at, message)
            .label(gateway.name.span(), "no `body-limit`")
            .labels(open.iter().take(4).map(|route| (route.path.span(), "takes bodies")))
            .help("write `body-limit \"1Mi\"` in the gateway, and more where a route needs it")
            .add_to(found);
    }
}

fn takes(route: &Route) -> bool {
    let any = route.methods.is_empty()
        || route.methods.iter().any(|it| TAKING.contains(&it.to_ascii_uppercase().as_str()));
    any && route.to.is_some() && matches!(&*route.protocol, "http")
}
