//! How many connections a resource must take, when nobody wrote a number.

use crate::model::service::Service;
use bastide_report::version;
use std::collections::{BTreeMap, BTreeSet};

/// Fewest connections of a database, and the step above.
const LEAST: i64 = 100;
const STEP: i64 = 50;
/// For administration: superusers, the operator, backups, monitoring.
const KEPT: i64 = 8;

/// Connections that may be open at once, per resource: all instances at their most, twice over while a release runs
/// both versions, one pool for each job, and what administration needs; rounded up.
pub fn needed(services: &[Service]) -> BTreeMap<String, i64> {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for service in services {
        let instances = service.scale.max.value.saturating_mul(2 * lines(service) as i64);
        let own =
            instances.saturating_add(service.jobs.len() as i64).saturating_mul(service.scale.pool.value);
        for used in &service.uses {
            let sum = sums.entry(used.resource.value.clone()).or_insert(KEPT);
            *sum = sum.saturating_add(own);
        }
    }
    sums.values_mut().for_each(|sum| *sum = sum.saturating_add(STEP - 1) / STEP * STEP);
    sums.retain(|_, sum| *sum > LEAST);
    sums
}

/// The number for one resource.
pub fn of(needed: &BTreeMap<String, i64>, resource: &str) -> i64 {
    needed.get(resource).copied().unwrap_or(LEAST)
}

/// Versions of a service that run side by side, at most.
fn lines(service: &Service) -> usize {
    let lines = |api: &crate::model::service::Api| match api.strategy.as_str() {
        "point-to-point" => api.versions.len(),
        "knot" => 1,
        _ => api.versions.iter().map(|it| version::line(&it.semver)).collect::<BTreeSet<_>>().len(),
    };
    service.apis.iter().map(lines).max().unwrap_or(1).max(1)
}
