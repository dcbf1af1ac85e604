//! `hundred-percent`: a promise without room for a fault.

use crate::check::{Context, Found, Rule};
use crate::model::Slo;
use bastide_report::units::Share;

pub const RULE: Rule = Rule::warn("hundred-percent", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let model = ctx.model;
    let services = model.services.iter().filter_map(|it| Some((&it.name.value, it.slo.as_ref()?)));
    let resources = model.resources.iter().filter_map(|it| Some((&it.name.value, it.slo.as_ref()?)));
    let externals = model.externals.iter().filter_map(|it| Some((&it.name.value, it.slo.as_ref()?)));
    let own = services.chain(resources).filter_map(|(name, slo)| {
        let at = slo.availability?;
        Some(finding(name, slo)?.edit(at.span(), "\"99.9%\""))
    });
    found.extend(own);
    // What others promise is theirs to change.
    found.extend(externals.filter_map(|(name, slo)| finding(name, slo)));
}

fn finding(name: &str, slo: &Slo) -> Option<Found> {
    let at = slo.availability.filter(|at| at.value == Share::ONE)?;
    let finding = RULE.found(&slo.at, format!("`{name}` promises to never fail"));
    Some(
        finding
            .label(at.span(), "no budget for a fault")
            .help("write what users would miss: `99.9%` is 43 minutes in 30 days"),
    )
}
