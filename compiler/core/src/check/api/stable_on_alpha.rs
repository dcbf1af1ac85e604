//! `stable-on-alpha`: a promise built on none.

use crate::check::query::contracts::name;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("stable-on-alpha", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some(promised) = service.apis.iter().find(|api| api.stability == "stable") else { continue };
        for call in service.calls.iter().filter(|call| !call.soft) {
            let callee = ctx.model.service(&call.to.value).zip(ctx.model.api_of(call));
            let Some((callee, api)) = callee.filter(|(_, api)| api.stability == "alpha") else { continue };
            let (who, whom) = (name(service, promised), name(callee, api));
            RULE.found(&call.at, format!("{who} is stable and cannot do without {whom}, which is alpha"))
                .label(call.to.span(), "may change any day")
                .label(promised.name.span(), "promises not to")
                .help("let the callee promise more, or go on without its answer: `soft=#true`")
                .add_to(found);
        }
    }
}
