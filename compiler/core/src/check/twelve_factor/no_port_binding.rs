//! `no-port-binding`: nobody listens.

use crate::check::support::asked;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("no-port-binding", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let asked = asked(ctx);
    for service in &ctx.model.services {
        let silent =
            service.apis.is_empty() && service.run.ports.is_empty() && !service.subscribes.is_empty();
        let Some((span, caller)) = asked.get(service.name.value.as_str()).filter(|_| silent) else {
            continue;
        };
        let who =
            caller.map_or("clients come here".into(), |caller| format!("`{}` calls it", caller.name.value));
        let name = &service.name.value;
        found.push(
            RULE.found(&service.at, format!("`{name}` is asked, and listens nowhere"))
                .label(*span, who)
                .label(service.name.span(), "only reads messages")
                .help(format!("write `api \"{name}\"` in `{name}`, or remove the call")),
        );
    }
}
