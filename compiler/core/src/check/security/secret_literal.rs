//! `secret-literal`: a secret written into the spec.

use crate::check::{Context, Found, Rule};
use crate::secret::looks_secret;
use crate::tree::At;

pub const RULE: Rule = Rule::deny("secret-literal", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let own = service.run.env.iter();
        let sidecars = service.run.sidecars.iter().flat_map(|it| &it.env);
        for (name, at) in own.chain(sidecars) {
            if let Some(why) = looks_secret(name, &at.value) {
                found.push(finding(&service.at, name, at, why));
            }
        }
    }
}

/// The value itself is never repeated.
fn finding(service: &str, name: &str, at: &At<String>, why: &str) -> Found {
    RULE.found(&format!("{service}.env.{name}"), format!("the secret `{name}` stands in the spec"))
        .label(at.span(), why)
        .help(format!(
            "make a new one, put it into the secret store and write `secret \"{name}\" from=\"…\"`"
        ))
}
