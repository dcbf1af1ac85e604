//! `sync-between-contexts`: asked for what was told already.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("sync-between-contexts", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some(own) = &service.context else { continue };
        for call in service.calls.iter().filter(|call| !call.soft) {
            let Some(callee) = ctx.model.service(&call.to.value) else { continue };
            let Some(other) = callee.context.as_ref().filter(|at| at.value != own.value) else { continue };
            let Some(event) = callee.publishes.first() else { continue };
            let (name, to, topic) = (&service.name.value, &callee.name.value, &event.topic.value);
            let message = format!(
                "`{name}` ({}) waits for `{to}` ({}), which announces `{topic}`",
                own.value, other.value
            );
            RULE.found(&call.at, message)
                .label(call.to.span(), "asked for across contexts")
                .label(event.topic.span(), "told here")
                .help(format!(
                    "write `subscribes \"{topic}\"` in `{name}` and keep what it needs, or `soft=#true`"
                ))
                .add_to(found);
        }
    }
}
