//! `image-per-environment`: what was tested is not what runs.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;

pub const RULE: Rule = Rule::warn("image-per-environment", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let here = &ctx.model.environment.name.value;
    // Each pair is told once, by the environment whose name comes first.
    for other in ctx.others.iter().filter(|other| other.environment.name.value > *here) {
        let there = &other.environment.name.value;
        for service in &ctx.model.services {
            let Some(their) = other.service(&service.name.value) else { continue };
            let (mine, theirs) = (made(service), made(their));
            if mine == theirs {
                continue;
            }
            let name = &service.name.value;
            RULE.found(&service.at, format!("`{name}` is {mine} in `{here}` and {theirs} in `{there}`"))
                .label(span(service), format!("in `{here}`"))
                .label(span(their), format!("in `{there}`"))
                .help("make one image, and say what differs in `env`, `file` or `secret`")
                .add_to(found);
        }
    }
}

/// What its image is made from; the tag does not count.
fn made(service: &Service) -> String {
    let name = |image: &str| match image.rsplit_once(':') {
        Some((name, tag)) if !tag.contains('/') => name.to_string(),
        _ => image.split('@').next().unwrap_or(image).to_string(),
    };
    match (&service.run.build, &service.run.image) {
        (Some(build), _) => {
            let stage = build.target.as_ref().map(|stage| format!(", stage `{stage}`")).unwrap_or_default();
            let file = build.dockerfile.as_ref().map(|file| format!(", `{file}`")).unwrap_or_default();
            format!("built from `{}`{file}{stage}", build.context.value)
        }
        (None, Some(image)) => format!("`{}`", name(&image.value)),
        (None, None) => "nothing".into(),
    }
}

fn span(service: &Service) -> bastide_report::source::Span {
    let built = service.run.build.as_ref().map(|build| build.context.span());
    built.or_else(|| service.run.image.as_ref().map(|at| at.span())).unwrap_or(service.name.span())
}
