//! `label-refused`: a label that Kubernetes does not take.

use crate::check::{Context, Found, Rule};
use crate::form::name::{LABEL, LABEL_KEY};

pub const RULE: Rule = Rule::deny("label-refused", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for (key, at) in &service.run.labels {
            let wrong_key = LABEL_KEY.check(key).err().map(|wrong| (&LABEL_KEY, wrong));
            let wrong_value = || LABEL.check(&at.value).err().map(|wrong| (&LABEL, wrong));
            let Some((form, wrong)) = wrong_key.or_else(wrong_value) else { continue };
            let message =
                format!("`{key}` of `{}` with `{}` is no label of Kubernetes", service.name.value, at.value);
            RULE.found(&service.at, message)
                .label(at.span(), wrong.why)
                .help(format!("write {form}"))
                .add_to(found);
        }
    }
}
