//! `window-factor-mismatch`: a window too short for its alerts.

use crate::check::query::origin::written;
use crate::check::{Context, Found, Rule};
use crate::view::objective::windows;

/// A long window below this holds too few samples, in minutes.
const LEAST: u64 = 10;

pub const RULE: Rule = Rule::warn("window-factor-mismatch", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some(slo) =
            service.slo.as_ref().filter(|slo| slo.availability.is_some() || slo.latency.is_some())
        else {
            continue;
        };
        if !written(&slo.window) {
            continue;
        }
        let period = slo.window.value;
        let windows = windows(period);
        let Some(window) = windows.iter().find(|it| it.long < LEAST) else { continue };
        let message =
            format!("over {period} an alert of `{}` looks at {} minutes", service.name.value, window.long);
        RULE.found(&slo.at, message)
            .label_value(&slo.window, service.name.span(), "too short to tell chance from a fault")
            .edit(slo.window.span(), "\"7d\"")
            .help("write `window=\"7d\"` or longer")
            .add_to(found);
    }
}
