//! `open-egress`: a way out that nobody wrote.

use crate::check::{Context, Found, Rule};
use crate::tree::Layer;

pub const RULE: Rule = Rule::info("open-egress", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in ctx.model.services.iter().filter(|_| ctx.kubernetes()) {
        let any =
            |it: &&crate::model::service::Egress| it.to.value == "any" && it.to.origin.layer < Layer::Spec;
        let Some(egress) = service.egress.iter().find(any) else { continue };
        RULE.found(&service.at, format!("`{}` may reach every host of the internet", service.name.value))
            .label(service.name.span(), "it says nothing of what it needs from there")
            .label(egress.to.span(), "so this holds")
            .help("write what it needs, `egress \"api.example.com\"`, or `egress \"none\"`")
            .add_to(found);
    }
}
