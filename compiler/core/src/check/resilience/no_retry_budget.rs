//! `no-retry-budget`: as many retries as there are failures.

use crate::check::support::written;
use crate::check::{Context, Found, Rule};
use crate::report::{Level, Spot};

pub const RULE: Rule = Rule::new("no-retry-budget", Level::Info, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for call in service.calls.iter().filter(|call| call.budget.is_none() && call.idempotent) {
            let Some(retries) = call.retries.filter(|at| at.value > 0 && written(at)) else { continue };
            let message = format!(
                "`{}` repeats requests to `{}` up to {} times, however many fail",
                service.name.value, call.to.value, retries.value
            );
            found.push(
                RULE.found(&call.at, message)
                    .label(retries.span(), format!("up to {} times the load in an outage", retries.value + 1))
                    .edit_at(retries.span(), Spot::Property("budget"), "\"20%\"")
                    .help("write `budget=\"20%\"`"),
            );
        }
    }
}
