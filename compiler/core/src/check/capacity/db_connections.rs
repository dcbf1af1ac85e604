//! `db-connections`: more connections, at peak, than the database has.

use crate::check::belief::{Belief, Missing};
use crate::check::{Context, Found, Rule};
use crate::model::Model;
use crate::model::service::Service;
use crate::view::workload::Workload;
use std::collections::BTreeMap;

/// Kept free by PostgreSQL for superusers.
const SUPERUSER: i64 = 3;
/// For the operator, backups and monitoring.
const OPERATOR: i64 = 5;

pub const RULE: Rule = Rule::deny("db-connections", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief { field: "resource.max-connections", without: as_they_come }];

/// One part of the sum.
struct Part<'m> {
    service: &'m Service,
    name: &'m str,
    instances: i64,
    pool: i64,
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut users: BTreeMap<&str, Vec<&Service>> = BTreeMap::new();
    for service in &ctx.model.services {
        for used in &service.uses {
            users.entry(&used.resource.value).or_default().push(service);
        }
    }
    let mut workloads: BTreeMap<&str, Vec<&Workload>> = BTreeMap::new();
    for workload in ctx.views.workloads.iter().filter(|it| it.kind != "resource") {
        workloads.entry(&workload.service).or_default().push(workload);
    }
    for resource in ctx.model.resources.iter().filter(|it| it.class == "database") {
        // A number nobody wrote was computed from the same sum.
        let Some(most) = resource.max_connections.filter(crate::check::query::origin::written) else {
            continue;
        };
        let users = users.get(resource.name.value.as_str()).map_or(&[][..], Vec::as_slice);
        let parts: Vec<Part<'_>> = users.iter().flat_map(|service| parts(ctx, service, &workloads)).collect();
        let sum = parts.iter().map(|part| part.instances.saturating_mul(part.pool)).sum::<i64>()
            + SUPERUSER
            + OPERATOR;
        if users.is_empty() || sum <= most.value {
            continue;
        }
        let terms: Vec<String> =
            parts.iter().take(6).map(|it| format!("{} {} × {}", it.name, it.instances, it.pool)).collect();
        let more = if parts.len() > 6 { format!(" + {} more", parts.len() - 6) } else { String::new() };
        let name = &resource.name.value;
        let text = format!(
            "`{name}` takes {} connections, but {sum} may be opened: {}{more} + {}",
            most.value,
            terms.join(" + "),
            SUPERUSER + OPERATOR
        );
        let mut finding = RULE.found(&resource.at, text).label(
            crate::check::query::origin::place(&most, resource.name.span()),
            format!("{} connections", most.value),
        );
        for service in users.iter().take(8) {
            let span = service
                .uses
                .iter()
                .find(|it| it.resource.value == *name)
                .map_or(service.name.span(), |it| it.resource.span());
            let own: i64 = parts
                .iter()
                .filter(|it| it.service.name.value == service.name.value)
                .map(|it| it.instances * it.pool)
                .sum();
            finding = finding.label(span, format!("up to {own} from `{}`", service.name.value));
        }
        finding
            .edit(most.span(), sum.to_string())
            .help(format!("write `max-connections {sum}`, or a smaller `scale max=` or `pool=`"))
            .add_to(found);
    }
}

/// All instances of a service, release included, and its jobs.
fn parts<'m>(
    ctx: &Context<'m>,
    service: &'m Service,
    workloads: &BTreeMap<&str, Vec<&'m Workload>>,
) -> Vec<Part<'m>> {
    let pool = service.scale.pool.value;
    let versions = workloads.get(service.name.value.as_str()).map_or(&[][..], Vec::as_slice);
    let version = |it: &&'m Workload| Part {
        service,
        name: &it.name,
        instances: instances(ctx, service.scale.max.value),
        pool,
    };
    let jobs = service.jobs.iter().map(|job| Part { service, name: &job.name.value, instances: 1, pool });
    versions.iter().map(version).chain(jobs).collect()
}

fn instances(ctx: &Context<'_>, max: i64) -> i64 {
    let environment = &ctx.model.environment;
    if environment.platform != "kubernetes" {
        return 1;
    }
    let rollout = ctx.model.delivery.rollout.as_ref().map_or("rolling", |at| &at.value);
    let by = environment.platform_option("rollout");
    let argo = by.and_then(|(_, by)| by.as_str()) == Some("argo");
    let surge = if argo && rollout != "rolling" { max } else { (max + 3) / 4 };
    max.saturating_add(surge)
}

/// So many connections servers take that nobody told a number: those of PostgreSQL, the fewest.
const USUAL: i64 = 100;

/// Of what somebody else runs the number is a fact.
fn as_they_come(model: &mut Model, lost: &Missing<'_>) {
    let own = model.resources.iter_mut().filter(|it| it.external.is_none());
    own.filter_map(|it| it.max_connections.as_mut()).for_each(|at| lost.put(at, USUAL));
}
