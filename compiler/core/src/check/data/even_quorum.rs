//! `even-quorum`: a voter more, no failure more.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::warn("even-quorum", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for resource in ctx.model.resources.iter().filter(|it| matches!(&*it.class, "broker" | "queue")) {
        let count = resource.replicas.value;
        if count % 2 != 0 || resource.external.is_some() {
            continue;
        }
        let odd = if count == 2 { 3 } else { count - 1 };
        let survives = (count - 1) / 2;
        let message = format!(
            "{count} voters of `{}` survive the loss of {survives}, as {} would",
            resource.name.value,
            count - 1
        );
        RULE.found(&resource.at, message)
            .label(resource.replicas.span(), "an even number")
            .write(&resource.replicas, resource.name.span(), Spot::Child("replicas", ""), odd.to_string())
            .help(format!("write `replicas {odd}`"))
            .add_to(found);
    }
}
