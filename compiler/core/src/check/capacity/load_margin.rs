//! `load-margin`: no room above the peak.

use crate::check::query::load;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("load-margin", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let (Some(peak), Some(measured)) = (service.scale.peak, service.scale.measured) else { continue };
        let needed = load::per_day(peak.value) * 3;
        if load::per_day(measured.value) * 2 >= needed {
            continue;
        }
        let name = &service.name.value;
        let message = format!("`{name}` held {}, less than 1.5 × its peak of {}", measured.value, peak.value);
        RULE.found(&service.at, message)
            .label(measured.span(), "held in the load test")
            .label(peak.span(), format!("needs {}", load::shown(needed.div_ceil(2))))
            .help("give it more instances or faster ones, and measure again")
            .add_to(found);
    }
}
