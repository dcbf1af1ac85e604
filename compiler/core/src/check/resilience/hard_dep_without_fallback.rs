//! `hard-dep-without-fallback`: the important one hangs on the unimportant one.

use crate::check::support::behind_routes;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("hard-dep-without-fallback", Level::Warn, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let behind = behind_routes(ctx);
    for service in ctx.model.services.iter().filter(|it| behind.contains(it.name.value.as_str())) {
        let Some(own) = service.tier else { continue };
        for call in service.calls.iter().filter(|call| !call.soft) {
            let Some(callee) = ctx.model.service(&call.to.value) else { continue };
            let Some(tier) = callee.tier.filter(|tier| tier.value > own.value) else { continue };
            let (name, to) = (&service.name.value, &callee.name.value);
            found.push(
                RULE.found(
                    &call.at,
                    format!("`{name}` of tier {} cannot do without `{to}` of tier {}", own.value, tier.value),
                )
                .label(call.to.span(), "needed for every answer")
                .label(tier.span(), format!("tier {}", tier.value))
                .help(format!(
                    "write `soft=#true` and answer without `{to}`, or raise it: `tier {}`",
                    own.value
                )),
            );
        }
    }
}
