//! `egress-contradiction`: ways out that leave each other without a meaning.

use crate::check::{Context, Found, Rule};
use crate::model::service::Egress;
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::deny("egress-contradiction", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let jobs = service.jobs.iter().map(|job| &job.egress);
        jobs.chain([&service.egress]).for_each(|all| one(all, found));
    }
}

fn one(all: &[Egress], found: &mut Vec<Found>) {
    let whole = |it: &&Egress| it.to.value == "any" && it.port.is_none() && it.transport.is_none();
    let none = all.iter().find(|it| it.to.value == "none");
    let Some(wide) = none.or_else(|| all.iter().find(whole)) else { return };
    if none.is_some_and(|it| it.port.is_some() || it.transport.is_some()) {
        RULE.found(&wide.at, "nothing is reached, and so no port is")
            .label(wide.to.span(), "this says a port or a protocol")
            .help("write `egress \"none\"` alone")
            .add_to(found);
        return;
    }
    let Some(other) = all.iter().find(|it| it.at != wide.at) else { return };
    let (fact, level) = match none {
        Some(_) => ("nothing is reached, and so is", Level::Deny),
        None => ("every host is reached, so it says nothing that also is", Level::Warn),
    };
    RULE.found(&other.at, format!("{fact} `{}`", other.to.value))
        .level(level)
        .label(other.to.span(), "this")
        .label(wide.to.span(), "beside this")
        .help("remove one of them")
        .add_to(found);
}
