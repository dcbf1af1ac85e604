//! `direct-datastore-access`: past the owner's door.

use crate::check::{Found, Plan, Rule};
use crate::model::service::Service;
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::new("direct-datastore-access", Level::Deny, check);

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        for used in &service.uses {
            let store = &used.resource.value;
            let Some(resource) = plan.model.resource(store).filter(|_| foreign(plan, service, store)) else {
                continue;
            };
            let Some(owner) = &resource.owner else { continue };
            let keeper = plan.model.services.iter().find(|it| {
                team(plan, it) == owner.value && it.uses.iter().any(|used| used.resource.value == *store)
            });
            let (name, own) = (&service.name.value, team(plan, service));
            let act = match keeper {
                Some(keeper) => {
                    format!("write `calls \"{}\"` in place of `uses \"{store}\"`", keeper.name.value)
                }
                None => format!("let a service of `{}` offer what `{name}` needs", owner.value),
            };
            found.push(
                RULE.found(
                    &used.at,
                    format!("`{name}` of `{own}` reaches into `{store}` of `{}`", owner.value),
                )
                .label(used.resource.span(), "past the owner")
                .label(owner.span(), "its owner")
                .help(act),
            );
        }
    }
}

fn team<'m>(plan: &Plan<'m>, service: &'m Service) -> &'m str {
    if service.owner.is_empty() { &plan.model.app.owner } else { &service.owner }
}

/// Whether a database or store belongs to another team than the service's.
pub fn foreign<'m>(plan: &Plan<'m>, service: &'m Service, store: &str) -> bool {
    let own = team(plan, service);
    plan.model.resource(store).is_some_and(|resource| {
        let data = matches!(&*resource.class, "database" | "store");
        data && !own.is_empty() && resource.owner.as_ref().is_some_and(|at| at.value != own)
    })
}
