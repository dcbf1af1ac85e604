//! `orphan-service`: nobody comes here.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule::info("orphan-service", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut starts: Vec<&str> = ctx.routed().into_keys().collect();
    if starts.is_empty() {
        return;
    }
    let own = ctx.model.services.iter().filter(|service| starts_itself(service));
    starts.extend(own.map(|service| service.name.value.as_str()));
    let mut reached = ctx.reached(starts);
    // Where one that nobody comes to calls others, it alone is told: they are needed as long as it is there.
    let calls =
        ctx.model.services.iter().flat_map(|by| by.calls.iter().map(move |call| (by, &call.to.value)));
    let called: BTreeSet<&String> =
        calls.filter(|(by, to)| by.name.value != **to).map(|(_, to)| to).collect();
    let all = ctx.model.services.iter();
    let (round, roots): (Vec<&Service>, Vec<&Service>) = all.partition(|it| called.contains(&it.name.value));
    for service in roots.into_iter().chain(round) {
        let name = &service.name.value;
        // Of those that only call each other, the first.
        if reached.contains(name.as_str()) {
            continue;
        }
        reached.extend(ctx.reached(vec![name]));
        RULE.found(&service.at, format!("nothing leads to `{name}`"))
            .label(service.name.span(), "no route, call, topic, queue, schedule or job")
            .help(format!("remove `{name}`, or write who needs it: `calls \"{name}\"`"))
            .add_to(found);
    }
}

/// Whether messages or a clock start it, or others than the spec names may come.
fn starts_itself(service: &Service) -> bool {
    let scheduled = service.jobs.iter().any(|job| job.schedule.is_some());
    let open = service.apis.iter().any(|api| api.from.is_some() || api.publish.is_some())
        || service.run.ports.iter().any(|port| port.open() || port.publish.is_some());
    open || service.function.is_some() || !service.subscribes.is_empty() || scheduled
}
