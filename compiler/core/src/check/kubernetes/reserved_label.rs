//! `reserved-label`: a label the target writes itself.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("reserved-label", check).on_kubernetes();

/// The labels that say what an object is and whose; selectors and policies go by them.
const RESERVED: &[&str] = &[
    "app.kubernetes.io/name",
    "app.kubernetes.io/instance",
    "app.kubernetes.io/component",
    "app.kubernetes.io/part-of",
    "app.kubernetes.io/version",
    "app.kubernetes.io/managed-by",
    "bastide.dev/tier",
];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for (label, at) in service.run.labels.iter().filter(|(label, _)| RESERVED.contains(&label.as_str())) {
            let message = format!("the label `{label}` of `{}` is written already", service.name.value);
            RULE.found(&service.at, message)
                .label(at.span(), "a second one of this name")
                .help("remove it, or give it a prefix of your own: `example.com/name`")
                .add_to(found);
        }
    }
}
