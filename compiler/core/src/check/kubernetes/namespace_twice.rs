//! `namespace-twice`: two environments in one place.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("namespace-twice", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let own = &ctx.model.environment;
    let meets = |it: &&&crate::model::Model| {
        let other = &it.environment;
        // Each pair is told once, at the environment whose name comes later.
        other.platform == own.platform
            && other.name.value < own.name.value
            && (&other.namespace, &other.cluster) == (&own.namespace, &own.cluster)
    };
    for other in ctx.others.iter().filter(meets) {
        let (first, second, namespace) = (&other.environment, own, &own.namespace);
        let message = format!(
            "`{}` and `{}` are one place: the namespace `{namespace}` of one cluster",
            first.name.value, second.name.value
        );
        RULE.found(&second.at, message)
        .label(second.namespace_at.span, "each replaces and removes the objects of the other")
        .label(first.namespace_at.span, format!("in `{namespace}` too"))
        .help(format!(
            "say which cluster each runs on: `environment \"{name}\" cluster=\"…\"`; or give one a `namespace=` of its own",
            name = second.name.value
        ))
        .add_to(found);
    }
}
