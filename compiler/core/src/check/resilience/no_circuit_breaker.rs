//! `no-circuit-breaker`: asking somebody outside who does not answer.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::warn("no-circuit-breaker", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (service, call) in ctx.calls().filter(|(_, call)| !call.breaker) {
        if ctx.model.external(&call.to.value).is_none() {
            continue;
        }
        let (name, to) = (&service.name.value, &call.to.value);
        RULE.found(&call.at, format!("`{name}` goes on asking `{to}` while it is down"))
            .label(call.to.span(), "`breaker=#false`")
            .edit_at(call.to.span(), Spot::Without("breaker"), "")
            .help("remove `breaker=#false`")
            .add_to(found);
    }
}
