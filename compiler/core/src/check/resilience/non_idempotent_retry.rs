//! `non-idempotent-retry`: trying again what must happen once.

use crate::check::support::place;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("non-idempotent-retry", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for call in service.calls.iter().filter(|call| !call.idempotent) {
            let Some(retries) = call.retries.filter(|at| at.value > 0) else { continue };
            let (from, to) = (&service.name.value, &call.to.value);
            let tries = times(retries.value + 1);
            let finding = RULE
                .found(&call.at, format!("`{from}` may send one request to `{to}` {tries}"))
                .label(place(&retries, call.to.span()), format!("sent again up to {}", times(retries.value)))
                .help("make the callee tell repetitions and write `idempotent=#true`, or write `retries=0`");
            found.push(finding);
        }
    }
}

fn times(count: i64) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        more => format!("{more} times"),
    }
}
