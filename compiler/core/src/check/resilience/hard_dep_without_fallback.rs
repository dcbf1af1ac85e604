//! `hard-dep-without-fallback`: the important one hangs on the unimportant one.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("hard-dep-without-fallback", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let behind = ctx.reached(ctx.routed().into_keys().collect());
    for service in ctx.model.services.iter().filter(|it| behind.contains(it.name.value.as_str())) {
        let Some(own) = service.tier else { continue };
        for call in service.calls.iter().filter(|call| !call.soft) {
            let Some(callee) = ctx.model.service(&call.to.value) else { continue };
            let Some(tier) = callee.tier.filter(|tier| tier.value > own.value) else { continue };
            let (name, to) = (&service.name.value, &callee.name.value);
            RULE.found(
                &call.at,
                format!("`{name}` of tier {} cannot do without `{to}` of tier {}", own.value, tier.value),
            )
            .label(call.to.span(), "needed for every answer")
            .label(tier.span(), format!("tier {}", tier.value))
            .help(format!("write `soft=#true` and answer without `{to}`, or raise it: `tier {}`", own.value))
            .add_to(found);
        }
    }
}
