//! `direct-datastore-access`: past the owner's door.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;

pub const RULE: Rule = Rule::warn("direct-datastore-access", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for used in &service.uses {
            let store = &used.resource.value;
            let Some(resource) = ctx.model.resource(store).filter(|_| foreign(ctx, service, store)) else {
                continue;
            };
            let Some(owner) = &resource.owner else { continue };
            let keeper = ctx.model.services.iter().find(|it| {
                team(ctx, it) == owner.value && it.uses.iter().any(|used| used.resource.value == *store)
            });
            let (name, own) = (&service.name.value, team(ctx, service));
            let act = match keeper {
                Some(keeper) => {
                    format!("write `calls \"{}\"` in place of `uses \"{store}\"`", keeper.name.value)
                }
                None => format!("let a service of `{}` offer what `{name}` needs", owner.value),
            };
            RULE.found(&used.at, format!("`{name}` of `{own}` reaches into `{store}` of `{}`", owner.value))
                .label(used.resource.span(), "past the owner")
                .label(owner.span(), "its owner")
                .help(act)
                .add_to(found);
        }
    }
}

fn team<'m>(ctx: &Context<'m>, service: &'m Service) -> &'m str {
    if service.owner.is_empty() { &ctx.model.app.owner } else { &service.owner }
}

/// Whether a database or store belongs to another team than the service's.
pub fn foreign<'m>(ctx: &Context<'m>, service: &'m Service, store: &str) -> bool {
    let own = team(ctx, service);
    ctx.model.resource(store).is_some_and(|resource| {
        let data = matches!(&*resource.class, "database" | "store");
        data && !own.is_empty() && resource.owner.as_ref().is_some_and(|at| at.value != own)
    })
}
