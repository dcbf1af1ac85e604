//! `env-parity`: works here, breaks there.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("env-parity", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let here = &ctx.model.environment.name.value;
    // Each pair is told once, by the environment whose name comes first.
    for other in ctx.others.iter().filter(|other| other.environment.name.value > *here) {
        for own in &ctx.model.resources {
            let Some(their) = other.resource(&own.name.value) else { continue };
            if own.ty.value == their.ty.value && own.major == their.major {
                continue;
            }
            let there = &other.environment.name.value;
            let (mine, theirs) = (
                format!("{} {}", own.ty.value, own.version.value),
                format!("{} {}", their.ty.value, their.version.value),
            );
            let spans = match own.ty.value == their.ty.value {
                true => (
                    crate::check::query::origin::place(&own.version, own.name.span()),
                    crate::check::query::origin::place(&their.version, their.name.span()),
                ),
                false => (own.ty.span(), their.ty.span()),
            };
            RULE.found(
                &own.at,
                format!("`{}` is {mine} in `{here}` and {theirs} in `{there}`", own.name.value),
            )
            .label(spans.0, format!("in `{here}`"))
            .label(spans.1, format!("in `{there}`"))
            .help("let both environments have the same")
            .add_to(found);
        }
    }
}
