//! `grace-too-short`: killed in the middle of a request.

use crate::check::belief::{Belief, Missing};
use crate::check::{Context, Found, Rule};
use crate::model::Model;
use bastide_report::finding::Spot;
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::warn("grace-too-short", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief { field: "service.shutdown.grace", without: as_platforms_do }];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut longest = std::collections::BTreeMap::new();
    for (_, route) in ctx.routes().filter(|(_, route)| !matches!(&*route.protocol, "websocket" | "sse")) {
        let (Some(timeout), Some(to)) = (route.timeout, &route.to) else { continue };
        let slot = longest.entry(to.value.as_str()).or_insert((timeout, route));
        if timeout.value > slot.0.value {
            *slot = (timeout, route);
        }
    }
    for service in &ctx.model.services {
        let Some((timeout, route)) = longest.get(service.name.value.as_str()) else { continue };
        let (grace, needed) = (service.run.shutdown.grace, timeout.value.0);
        let stream = service.apis.first().is_some_and(|api| api.style == "websocket");
        if stream || grace.value.0 >= needed {
            continue;
        }
        let name = &service.name.value;
        let enough = Duration(needed.saturating_add(5_000));
        let message = format!(
            "`{name}` is killed {} after it was asked to stop, in the middle of requests",
            grace.value
        );
        RULE.found(&service.at, message)
            .label_value(&grace, service.name.span(), format!("killed after {}", grace.value))
            .label_value(timeout, route.path.span(), format!("a request may take {}", timeout.value))
            .write(&grace, service.name.span(), Spot::Child("shutdown", "grace"), format!("\"{enough}\""))
            .help(format!("write `shutdown grace=\"{enough}\"`, or a shorter `timeout`"))
            .add_to(found);
    }
}

/// How long platforms wait that nobody told.
fn as_platforms_do(model: &mut Model, lost: &Missing<'_>) {
    let wait = if model.environment.platform == "kubernetes" { 30_000 } else { 10_000 };
    lost.services(model).for_each(|service| lost.put(&mut service.run.shutdown.grace, Duration(wait)));
}
