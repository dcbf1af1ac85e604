//! `bucket-misses-threshold`: counted between two edges.

use crate::check::{Context, Found, Rule};
use crate::form::list::{BUCKETS, edge};
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::warn("bucket-misses-threshold", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let (Some(slo), Some(buckets)) = (&service.slo, &service.metrics.buckets) else { continue };
        let Some(latency) = slo.latency else { continue };
        let edges: Vec<u64> = BUCKETS.parts(&buckets.value).iter().filter_map(|text| edge(text)).collect();
        if edges.contains(&latency.value.0) {
            continue;
        }
        let near = |edge: Option<&u64>| edge.map(|ms| Duration(*ms).to_string());
        let below = near(edges.iter().filter(|ms| **ms < latency.value.0).max());
        let above = near(edges.iter().filter(|ms| **ms > latency.value.0).min());
        let between = match (&below, &above) {
            (Some(below), Some(above)) => format!("it lies between {below} and {above}"),
            (Some(below), None) => format!("the last edge is {below}"),
            (None, Some(above)) => format!("the first edge is {above}"),
            (None, None) => "there are no edges".into(),
        };
        let name = &service.name.value;
        let message = format!("`{name}` promises {}, and no bucket ends there: {between}", latency.value);
        RULE.found(&slo.at, message)
            .label(latency.span(), "promised")
            .label(buckets.span(), "edges of the histogram")
            .help(format!("add the edge {}, or promise an edge", seconds(latency.value)))
            .add_to(found);
    }
}

fn seconds(time: Duration) -> String {
    format!("`{}`", bastide_report::units::decimal::print(time.0, 3))
}
