//! `internal-exposed`: a way in to what should have none.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("internal-exposed", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in ctx.routes() {
        let parts = route.aggregate.iter().flat_map(|it| it.parts.iter().map(|part| &part.from));
        let shares = route.split.iter().map(|(to, _)| to);
        for to in route.to.iter().chain(parts).chain(shares) {
            let Some(mark) = ctx.model.service(&to.value).and_then(|service| service.internal) else {
                continue;
            };
            let message =
                format!("gateway `{}` leads to `{}`, which is internal", gateway.name.value, to.value);
            RULE.found(&route.at, message)
                .label(to.span(), format!("reached by `{}`", route.path.value))
                .label(mark.span(), "marked here")
                .help("remove the route, or the mark")
                .add_to(found);
        }
    }
}
