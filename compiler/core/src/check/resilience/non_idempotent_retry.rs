//! `non-idempotent-retry`: trying again what must happen once.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("non-idempotent-retry", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (service, call) in ctx.calls().filter(|(_, call)| !call.idempotent) {
        let Some(retries) = call.retries.filter(|at| at.value > 0) else { continue };
        let (from, to) = (&service.name.value, &call.to.value);
        let tries = times(retries.value + 1);
        let finding = RULE
            .found(&call.at, format!("`{from}` may send one request to `{to}` {tries}"))
            .label_value(&retries, call.to.span(), format!("sent again up to {}", times(retries.value)))
            .help("make the callee tell repetitions and write `idempotent=#true`, or write `retries=0`");
        found.push(finding);
    }
}

fn times(count: i64) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        more => format!("{more} times"),
    }
}
