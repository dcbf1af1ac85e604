//! `orphan-service`: nobody comes here.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;

pub const RULE: Rule = Rule::info("orphan-service", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut starts: Vec<&str> = ctx.routed().into_keys().collect();
    if starts.is_empty() {
        return;
    }
    let own = ctx.model.services.iter().filter(|service| starts_itself(service));
    starts.extend(own.map(|service| service.name.value.as_str()));
    let reached = ctx.reached(starts);
    for service in ctx.model.services.iter().filter(|it| !reached.contains(it.name.value.as_str())) {
        let name = &service.name.value;
        RULE.found(&service.at, format!("nothing leads to `{name}`"))
            .label(service.name.span(), "no route, call, topic, queue, schedule or job")
            .help(format!("remove `{name}`, or write who needs it: `calls \"{name}\"`"))
            .add_to(found);
    }
}

/// Whether messages or a clock start it, or others than the spec names may come.
fn starts_itself(service: &Service) -> bool {
    let scheduled = service.jobs.iter().any(|job| job.schedule.is_some());
    let open = service.apis.iter().any(|api| api.from.is_some())
        || service.run.ports.iter().any(|port| port.from.is_some());
    open || service.function.is_some() || !service.subscribes.is_empty() || scheduled
}
