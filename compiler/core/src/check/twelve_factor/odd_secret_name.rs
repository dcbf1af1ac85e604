//! `odd-secret-name`: a secret becomes a variable under a name that is meant for a file.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use crate::resolve::wiring::named_secrets;

pub const RULE: Rule = Rule::warn("odd-secret-name", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "service.file",
    without: |model, lost| lost.services(model).for_each(|service| service.run.files.clear()),
}];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let named = named_secrets(&service.run);
        for secret in &service.run.secrets {
            let name = &secret.name.value;
            if is_variable(name) || named.contains(name.as_str()) {
                continue;
            }
            RULE.found(
                &service.at,
                format!("`{}` is told the secret `{name}` in a variable of that name", service.name.value),
            )
            .label(secret.name.span(), "hardly any program reads such a variable")
            .help(format!("put it into a file: `file \"/etc/…/{name}\" text=\"${{secret.{name}}}\"`"))
            .add_to(found);
        }
    }
}

/// Whether a shell takes it for a variable.
fn is_variable(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}
