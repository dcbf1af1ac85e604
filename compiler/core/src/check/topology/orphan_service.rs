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
    let mut reached = ctx.reached(starts);
    // Where one that nobody comes to calls others, it alone is told: they are needed as long as it is there.
    let called =
        |it: &Service| ctx.model.services.iter().any(|by| by.name.value != it.name.value && calls(by, it));
    let all = ctx.model.services.iter();
    let (round, roots): (Vec<&Service>, Vec<&Service>) = all.partition(|it| called(it));
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

fn calls(by: &Service, it: &Service) -> bool {
    by.calls.iter().any(|call| call.to.value == it.name.value)
}

/// Whether messages or a clock start it, or others than the spec names may come.
fn starts_itself(service: &Service) -> bool {
    let scheduled = service.jobs.iter().any(|job| job.schedule.is_some());
    let open = service.apis.iter().any(|api| api.from.is_some() || api.publish.is_some())
        || service.run.ports.iter().any(|port| port.open() || port.publish.is_some());
    open || service.function.is_some() || !service.subscribes.is_empty() || scheduled
}
