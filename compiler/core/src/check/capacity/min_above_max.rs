//! `min-above-max`: a range without anything in it.

use crate::check::query::origin::place;
use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use crate::tree::At;
use std::fmt::Display;

pub const RULE: Rule = Rule::deny("min-above-max", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let (scale, resources) = (&service.scale, &service.run.resources);
        let (min, max) = (&scale.min, &scale.max);
        if min.value > max.value {
            let finding = told(service, ("scale", "min", min), ("scale", "max", max));
            found.push(finding.edit(max.span(), min.value.to_string()));
        }
        found.extend(below(service, ("cpu", &resources.cpu), ("cpu-limit", &resources.cpu_limit)));
        found.extend(below(
            service,
            ("memory", &resources.memory),
            ("memory-limit", &resources.memory_limit),
        ));
    }
}

/// A limit below what is reserved, where both are said.
fn below<T: Display + PartialOrd>(
    service: &Service,
    (low, least): (&str, &Option<At<T>>),
    (high, most): (&str, &Option<At<T>>),
) -> Option<Found> {
    let (least, most) = (least.as_ref()?, most.as_ref()?);
    (most.value < least.value).then(|| told(service, ("resources", low, least), ("resources", high, most)))
}

/// A node, its property and its value.
type Said<'a, T> = (&'a str, &'a str, &'a At<T>);

fn told<T: Display>(service: &Service, least: Said<'_, T>, most: Said<'_, T>) -> Found {
    let name = &service.name.value;
    let (node, low, least) = least;
    let (_, high, most) = most;
    let message = format!("`{name}` says `{node} {low}={}` and at most `{high}={}`", least.value, most.value);
    let label = |at: &At<T>, word: &str| (place(at, service.name.span()), format!("`{word}={}`", at.value));
    let (first, second) = (label(least, low), label(most, high));
    RULE.found(&service.at, message)
        .label(first.0, first.1)
        .label(second.0, second.1)
        .help(format!("write `{node} {high}=…` of {} or more, or a smaller `{low}`", least.value))
}
