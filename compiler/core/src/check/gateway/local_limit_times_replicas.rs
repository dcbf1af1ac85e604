//! `local-limit-times-replicas`: a limit for each instance.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("local-limit-times-replicas", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    // On compose one container runs, whatever is asked for.
    let own = ctx.kubernetes() && ctx.model.target("gateway-envoy").is_some();
    for gateway in ctx.model.gateways.iter().filter(|it| own && !it.out && it.replicas > 1) {
        let limits = gateway.limits.iter().chain(gateway.routes.iter().flat_map(|route| &route.limits));
        let Some(first) = limits.min_by_key(|limit| limit.rate.span()) else { continue };
        let (name, rate, count) = (&gateway.name.value, first.rate.value, gateway.replicas);
        let real = bastide_report::units::Rate { count: rate.count.saturating_mul(count as u64), ..rate };
        let message =
            format!("the {rate} of `{name}` is {real} in all: each of {count} instances counts for itself");
        RULE.found(&gateway.at, message)
            .label(first.rate.span(), "for each instance")
            .label(gateway.name.span(), format!("`replicas={count}`"))
            .help(format!("divide the limits by {count}, or run one instance"))
            .add_to(found);
    }
}
