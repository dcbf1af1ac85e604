//! `timeout-inversion`: the callee still works when the caller has left.

use crate::check::query::calls::CallCycles;
use crate::check::query::origin::{place, written};
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::warn("timeout-inversion", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let (deadlines, cycles) = (ctx.deadlines(), CallCycles::of(ctx));
    for service in &ctx.model.services {
        let name = &service.name.value;
        let Some(outer) = deadlines.get(name.as_str()) else { continue };
        for call in &service.calls {
            let Some(inner) = call.timeout.filter(|at| at.value.0 >= outer.ms) else { continue };
            let to = &call.to.value;
            // Of two defaults nobody said either.
            if !(written(&inner) || outer.written) || cycles.contain(name, to) {
                continue;
            }
            let outer_time = Duration(outer.ms);
            let message = format!(
                "`{name}` waits {} for `{to}`, but `{}` waits only {outer_time} for `{name}`",
                inner.value, outer.who
            );
            let room = outer.ms.saturating_sub((outer.ms / 10).max(50)).max(1);
            let shorter = Duration(room);
            let mut finding = RULE.found(&call.at, message);
            // Less than half of what there is would be no room for the work between, but none for the work itself.
            if room >= outer.ms / 2 {
                let text = format!("\"{shorter}\"");
                finding = finding.write(&inner, call.to.span(), Spot::Property("timeout"), text);
            }
            finding
                .label(place(&inner, call.to.span()), format!("up to {} here", inner.value))
                .label(outer.span, format!("`{}` has left after {outer_time}", outer.who))
                .help(format!(
                    "write `timeout=\"{}\"` or less for `{to}`, or let `{}` wait longer",
                    shorter, outer.who
                ))
                .add_to(found);
        }
    }
}
