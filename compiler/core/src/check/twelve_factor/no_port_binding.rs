//! `no-port-binding`: nobody listens.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("no-port-binding", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let asked = ctx.asked();
    for service in &ctx.model.services {
        let silent =
            service.apis.is_empty() && service.run.ports.is_empty() && !service.subscribes.is_empty();
        let Some((span, caller)) = asked.get(service.name.value.as_str()).filter(|_| silent) else {
            continue;
        };
        let who =
            caller.map_or("clients come here".into(), |caller| format!("`{}` calls it", caller.name.value));
        let name = &service.name.value;
        RULE.found(&service.at, format!("`{name}` is asked, and listens nowhere"))
            .label(*span, who)
            .label(service.name.span(), "only reads messages")
            .help(format!("write `api \"{name}\"` in `{name}`, or remove the call"))
            .add_to(found);
    }
}
