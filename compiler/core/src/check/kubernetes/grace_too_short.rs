//! `grace-too-short`: killed in the middle of a request.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::deny("grace-too-short", check);

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
        RULE.found(
            &service.at,
            format!(
                "`{name}` is killed {} after it was asked to stop, in the middle of requests",
                grace.value
            ),
        )
        .label_value(&grace, service.name.span(), format!("killed after {}", grace.value))
        .label_value(timeout, route.path.span(), format!("a request may take {}", timeout.value))
        .write(&grace, service.name.span(), Spot::Child("shutdown", "grace"), format!("\"{enough}\""))
        .help(format!("write `shutdown grace=\"{enough}\"`, or a shorter `timeout`"))
        .add_to(found);
    }
}
