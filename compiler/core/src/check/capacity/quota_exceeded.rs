//! `quota-exceeded`: more than there is.

use crate::check::query::origin::place;
use crate::check::{Context, Found, Rule};
use crate::model::service::Amount;
use bastide_report::source::Span;
use bastide_report::units::{Cpu, Size};

pub const RULE: Rule = Rule::deny("quota-exceeded", check).on_kubernetes();

/// What one part reserves at most: name, instances, and what each of them takes.
struct Part<'m> {
    name: &'m str,
    count: u64,
    each: Amount,
    span: Span,
}

/// What a quota is of: how it is said, what a part takes of it, and how an amount is printed.
struct Kind {
    what: &'static str,
    word: &'static str,
    each: fn(&Part<'_>) -> u64,
    shown: fn(u64) -> String,
}

const CPU: Kind =
    Kind { what: "processor time", word: "cpu", each: |it| it.each.cpu, shown: |it| Cpu(it).to_string() };
const MEMORY: Kind =
    Kind { what: "memory", word: "memory", each: |it| it.each.memory, shown: |it| Size(it).to_string() };

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let Some(quota) = &ctx.model.environment.quota else { return };
    let parts = parts(ctx);
    let cpu = quota.cpu.map(|at| (CPU, at.value.0, at.span()));
    let memory = quota.memory.map(|at| (MEMORY, at.value.0, at.span()));
    for (kind, limit, span) in cpu.into_iter().chain(memory) {
        found.extend(finding(ctx, &kind, (limit, span), &parts));
    }
}

/// What is too much; the largest parts are shown.
fn finding(ctx: &Context<'_>, kind: &Kind, (limit, span): (u64, Span), parts: &[Part<'_>]) -> Option<Found> {
    let Kind { what, word, each, shown } = kind;
    let all = |part: &Part<'_>| part.count.saturating_mul(each(part));
    let sum = parts.iter().map(all).fold(0, u64::saturating_add);
    if sum <= limit {
        return None;
    }
    let environment = &ctx.model.environment;
    let (given, needed) = (shown(limit), shown(sum));
    let text = format!("`{}` gives {given} of {what}, but {needed} may be reserved", environment.name.value);
    let mut finding = RULE.found(&environment.at, text).label(span, "all there is");
    let mut largest: Vec<&Part<'_>> = parts.iter().collect();
    largest.sort_by_key(|part| (std::cmp::Reverse(all(part)), part.name));
    for part in largest.iter().take(5) {
        let text = format!("`{}`: {} × {}", part.name, part.count, shown(each(part)));
        finding = finding.label(part.span, text);
    }
    let first = largest.first().map_or("", |part| part.name);
    let act = format!("ask for `quota {word}=\"{needed}\"`, or a smaller `scale max=` for `{first}`");
    Some(finding.help(act))
}

fn parts<'m>(ctx: &Context<'m>) -> Vec<Part<'m>> {
    let model = ctx.model;
    let services = model.services.iter().map(|it| Part {
        name: &it.name.value,
        count: it.scale.max.value.max(0) as u64,
        each: it.run.resources.amount(Amount::default()),
        span: place(&it.scale.max, it.name.span()),
    });
    let resources = model.resources.iter().filter(|it| it.external.is_none()).filter_map(|it| {
        let size = it.resources.as_ref()?;
        Some(Part {
            name: &it.name.value,
            count: it.replicas.value.max(1) as u64,
            each: size.amount(Amount::default()),
            span: it.name.span(),
        })
    });
    services.chain(resources).collect()
}
