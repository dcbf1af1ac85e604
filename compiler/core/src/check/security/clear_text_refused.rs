//! `clear-text-refused`: a program that is told the parts of an address, and not that TLS is asked for there.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;

pub const RULE: Rule = Rule::info("clear-text-refused", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for used in &service.uses {
            let name = &used.resource.value;
            let Some(resource) = ctx.model.resource(name).filter(|it| it.tls_only) else { continue };
            let Some(told) = told(service, name) else { continue };
            let by = resource.provider.as_deref().unwrap_or_default();
            RULE.found(
                &service.at,
                format!("`{name}` of `{by}` takes connections by TLS alone, and `{}` may not ask for it", service.name.value),
            )
            .label(told, "no variable of it speaks of TLS")
            .label(resource.name.span(), "refuses clear text")
            .help("write the variable by which the program asks for TLS, such as `PGSSLMODE \"require\"`, or `?sslmode=require` behind its URL")
            .add_to(found);
        }
    }
}

/// The variable that tells where the resource is, if none speaks of TLS.
fn told(service: &Service, name: &str) -> Option<bastide_report::source::Span> {
    let speaks = |text: &str| {
        let text = text.to_ascii_lowercase();
        text.contains("ssl") || text.contains("tls")
    };
    let env = &service.run.env;
    if env.iter().any(|(variable, at)| speaks(variable) || speaks(&at.value)) {
        return None;
    }
    let place = ["${", name, "."].concat();
    env.iter().find(|(_, at)| at.value.contains(&place)).map(|(_, at)| at.span())
}
