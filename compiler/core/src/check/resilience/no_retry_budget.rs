//! `no-retry-budget`: as many retries as there are failures.

use crate::check::query::origin::written;
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::info("no-retry-budget", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (service, call) in ctx.calls().filter(|(_, call)| call.budget.is_none() && call.idempotent) {
        let Some(retries) = call.retries.filter(|at| at.value > 0 && written(at)) else { continue };
        let message = format!(
            "`{}` repeats requests to `{}` up to {} times, however many fail",
            service.name.value, call.to.value, retries.value
        );
        RULE.found(&call.at, message)
            .label(retries.span(), format!("up to {} times the load in an outage", retries.value + 1))
            .edit_at(retries.span(), Spot::Property("budget"), "\"20%\"")
            .help("write `budget=\"20%\"`")
            .add_to(found);
    }
}
