//! `rate-limit-above-capacity`: a limit that never protects.

use crate::check::belief::Belief;
use crate::check::query::load;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("rate-limit-above-capacity", check).believes(&[Belief::SCALE_MAX]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in ctx.routes() {
        let Some(service) = route.to.as_ref().and_then(|to| ctx.model.service(&to.value)) else { continue };
        let Some(capacity) = service.scale.capacity else { continue };
        let limits = if route.limits.is_empty() { &gateway.limits } else { &route.limits };
        let Some(limit) = limits.iter().min_by_key(|limit| load::per_day(limit.rate.value)) else { continue };
        let all = load::per_day(capacity.value) * service.scale.max.value.max(0) as u128;
        if load::per_day(limit.rate.value) <= all {
            continue;
        }
        let name = &service.name.value;
        let message = format!(
            "`{}` lets in {}, but `{name}` takes {}: {} × {}",
            route.path.value,
            limit.rate.value,
            load::shown(all),
            service.scale.max.value,
            capacity.value
        );
        RULE.found(&route.at, message)
            .label(limit.rate.span(), "let in")
            .label(capacity.span(), "taken by one instance")
            .edit(limit.rate.span(), format!("\"{}\"", load::shown(all)))
            .help(format!("write `limit \"{}\"`, or a larger `scale max=` for `{name}`", load::shown(all)))
            .add_to(found);
    }
}
