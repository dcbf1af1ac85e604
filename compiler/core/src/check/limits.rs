//! What a platform does not take, held against the views, so that `check` says it before anything is rendered. What the
//! platform says of single values stands as data beside the templates, `rules.kdl`.

use super::Context;
use crate::model::gateway::Gateway;
use crate::view::route::{Rule, Table};
use crate::view::workload::FileView;
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// The name of the findings, here and of what is rendered.
pub const RULE: &str = "platform-limit";

/// Bytes the data of a ConfigMap may have together.
const CONFIG_MAP: usize = 1 << 20;
/// Rules of a route of Gateway API, and hosts, headers and parameters of what they match.
const OF_A_ROUTE: usize = 16;
/// Largest number of 32 bits: what Envoy counts requests and bytes by.
const ENVOY: u64 = u32::MAX as u64;

/// Reports what is larger than the platform takes.
pub fn check(ctx: &Context<'_>, report: &mut Report) {
    let made = |option: Option<&serde_json::Value>| option.is_none_or(|it| it.as_str() != Some("none"));
    // Who makes gateways in our place has limits of their own.
    if made(ctx.model.environment.platform_option("gateway").map(|(_, set)| set)) {
        for gateway in &ctx.model.gateways {
            numbers(gateway, report);
            let table = ctx.views.table(&gateway.name.value).filter(|_| ctx.kubernetes());
            table.into_iter().for_each(|table| routes(gateway, table, report));
        }
    }
    if ctx.kubernetes() {
        config_maps(ctx, report);
    }
}

fn tell(report: &mut Report, fact: String, (span, label): (Span, &str), act: &str) {
    report.push(Finding::new(RULE, fact).label(span, label).help(act));
}

/// Numbers that Envoy has 32 bits for.
fn numbers(gateway: &Gateway, report: &mut Report) {
    let limits = gateway.routes.iter().flat_map(|route| &route.limits).chain(&gateway.limits);
    for limit in limits.filter(|limit| limit.rate.value.count > ENVOY) {
        let fact = format!("Envoy counts requests in 32 bits, {} are more", limit.rate.value.count);
        tell(report, fact, (limit.rate.span(), "more than 4294967295"), "write a smaller limit");
    }
}

/// What one route of Gateway API holds.
fn routes(gateway: &Gateway, table: &Table, report: &mut Report) {
    let name = &gateway.name.value;
    if gateway.hosts.len() > OF_A_ROUTE && !table.rules.is_empty() {
        let fact = format!(
            "`{name}` has {} hosts, and a route of Gateway API takes {OF_A_ROUTE}",
            gateway.hosts.len()
        );
        let host = (gateway.hosts[OF_A_ROUTE].span(), "one too many");
        tell(report, fact, host, "split the gateway in two");
    }
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in &table.rules {
        *count.entry(&rule.group).or_default() += made_of(rule);
        let matched = (rule.headers.len() + usize::from(rule.accept.is_some())).max(rule.query.len());
        if matched > OF_A_ROUTE {
            let fact = format!(
                "`{}` asks for {matched} headers or parameters, and Gateway API takes {OF_A_ROUTE}",
                rule.path
            );
            tell(report, fact, (place(gateway, rule), "this route"), "ask for fewer");
        }
    }
    for (group, rules) in count.into_iter().filter(|(_, rules)| *rules > OF_A_ROUTE) {
        let Some(rule) = table.rules.iter().find(|rule| rule.group == group) else { continue };
        let fact =
            format!("`{}` becomes {rules} rules, and a route of Gateway API takes {OF_A_ROUTE}", rule.route);
        tell(
            report,
            fact,
            (place(gateway, rule), "this route"),
            "write fewer methods, or let fewer versions live",
        );
    }
}

/// How many rules of Gateway API a rule becomes: a prefix that is rewritten has one match only.
fn made_of(rule: &Rule) -> usize {
    let several = rule.rewrite.is_some() && !rule.exact && !rule.methods.is_empty();
    if several { rule.methods.len() + usize::from(rule.preflight) } else { 1 }
}

fn place(gateway: &Gateway, rule: &Rule) -> Span {
    let route = gateway.routes.get(rule.item as usize);
    route.map_or(gateway.name.span(), |route| route.path.span())
}

/// Bytes of a file, as the API server counts them.
fn size(file: &FileView) -> usize {
    if file.binary { file.text.len() / 4 * 3 } else { file.text.len() }
}

fn config_maps(ctx: &Context<'_>, report: &mut Report) {
    for workload in ctx.views.workloads.iter().filter(|it| it.newest) {
        let Some(service) = ctx.model.service(&workload.service) else { continue };
        let name = &service.name.value;
        let files: usize = workload.files.iter().map(|file| file.name.len() + size(file)).sum();
        let env: usize = workload.env.0.iter().map(|var| var.name.len() + var.value.len()).sum();
        let largest = workload.files.iter().max_by_key(|file| size(file));
        let file = service.run.files.iter().find(|it| largest.is_some_and(|file| file.path == it.path.value));
        let file = file.map_or(service.name.span(), |file| file.path.span());
        let sums = [
            ("files", files, (file, "the largest of them"), "put it into the image, or fetch it at start"),
            (
                "variables",
                env,
                (service.name.span(), "its `env`"),
                "put long values into a file of the image",
            ),
        ];
        for (what, bytes, place, act) in sums.into_iter().filter(|(_, bytes, ..)| *bytes > CONFIG_MAP) {
            let fact =
                format!("the {what} of `{name}` have {bytes} bytes, and a ConfigMap holds {CONFIG_MAP}");
            tell(report, fact, place, act);
        }
    }
}
