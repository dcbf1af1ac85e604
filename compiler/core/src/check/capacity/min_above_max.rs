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
        if let Some(limit) = resources.cpu_limit.as_ref().filter(|limit| limit.value < resources.cpu.value) {
            found.push(told(
                service,
                ("resources", "cpu", &resources.cpu),
                ("resources", "cpu-limit", limit),
            ));
        }
        if resources.memory_limit.value < resources.memory.value {
            let limit = ("resources", "memory-limit", &resources.memory_limit);
            found.push(told(service, ("resources", "memory", &resources.memory), limit));
        }
    }
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
