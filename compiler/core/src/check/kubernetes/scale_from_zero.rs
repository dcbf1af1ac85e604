//! `scale-from-zero`: nothing can wake it.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::deny("scale-from-zero", check).on_kubernetes().believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "service.scale.lag",
    without: |model, lost| lost.services(model).for_each(|service| lost.take(&mut service.scale.lag)),
}];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let off = |option| option == Some(&serde_json::Value::Bool(false));
    let keda = !off(ctx.model.environment.platform_option("keda").map(|(_, set)| set));
    for workload in ctx.views.workloads.iter().filter(|it| it.newest && it.scale.auto && it.scale.min == 0) {
        let by_cpu = workload.scaled_by == "cpu" || workload.scaled_by == "messages" && !keda;
        let Some(service) = ctx.model.service(&workload.service).filter(|_| by_cpu) else { continue };
        let (min, owner) = (&service.scale.min, service.name.span());
        let message = format!("`{}` starts from no instance, and nothing wakes it", workload.service);
        RULE.found(&service.at, message)
            .label_value(min, owner, "at nought there is no processor use to go by")
            .write(min, owner, Spot::Child("scale", "min"), "1")
            .help("write `scale min=1`; only readers of topics and queues that KEDA counts wake from zero")
            .add_to(found);
    }
}
