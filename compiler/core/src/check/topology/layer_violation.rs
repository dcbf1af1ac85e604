//! `layer-violation`: a call from the inside out.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use bastide_report::suggest::did_you_mean;

pub const RULE: Rule = Rule::warn("layer-violation", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let layers = &ctx.model.app.layers;
    let depth = |service: &Service| {
        layers.iter().position(|it| Some(it) == service.layer.as_ref().map(|at| &at.value))
    };
    for service in &ctx.model.services {
        let Some(layer) = &service.layer else { continue };
        let Some(own) = depth(service) else {
            found.push(unknown(ctx, service));
            continue;
        };
        for call in &service.calls {
            let Some(callee) = ctx.model.service(&call.to.value) else { continue };
            let Some(outer) = depth(callee).filter(|outer| *outer < own) else { continue };
            let (name, to) = (&service.name.value, &callee.name.value);
            let message =
                format!("`{name}` in `{}` calls `{to}` in `{}`, further out", layer.value, layers[outer]);
            RULE.found(&call.at, message)
                .label(call.to.span(), "against the layers")
                .labels(callee.layer.as_ref().map(|at| (at.span(), format!("`{to}` stands here"))))
                .help(format!(
                    "let `{to}` subscribe to a topic of `{name}`, or move what is asked for inwards"
                ))
                .add_to(found);
        }
    }
}

fn unknown(ctx: &Context<'_>, service: &Service) -> Found {
    let written = service.layer.as_ref().map(|at| at.value.as_str()).unwrap_or_default();
    let span = service.layer.as_ref().map_or(service.name.span(), |at| at.span());
    let help = did_you_mean(written, ctx.model.app.layers.iter().map(String::as_str));
    RULE.found(&service.at, format!("`{written}` is no layer of the app"))
        .label(span, "not in `layers`")
        .help(help.unwrap_or_else(|| format!("add it to the app: `layers \"{written}\" …`")))
}
