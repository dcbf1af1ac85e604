//! `sticky-without-store`: a session that dies with its instance.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("sticky-without-store", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in ctx.model.services.iter().filter(|service| service.scale.max.value > 1) {
        let Some(session) =
            service.session.as_ref().filter(|it| it.kind.value == "sticky" && it.store.is_none())
        else {
            continue;
        };
        let (name, max) = (&service.name.value, service.scale.max);
        let cache = ctx.model.resources.iter().find(|it| it.class == "cache");
        let store = cache.map_or("sessions", |it| it.name.value.as_str());
        let message =
            format!("each of up to {} instances of `{name}` keeps sessions nobody else has", max.value);
        RULE.found(&service.at, message)
            .label(session.kind.span(), "a session ends with its instance")
            .label(
                crate::check::query::origin::place(&max, service.name.span()),
                format!("up to {} instances", max.value),
            )
            .help(format!("write `session \"store\" store=\"{store}\"`"))
            .add_to(found);
    }
}
