//! `beyond-own-objects`: something for a whole namespace, in one that others share.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("beyond-own-objects", check).on_kubernetes();

/// Switches of the target, and what each does to neighbours.
const SWITCHES: [(&str, &str); 5] = [
    ("namespace", "each release writes the Namespace that is somebody else's"),
    ("pod-security", "pods of others are refused that the app's own would never need"),
    ("default-deny", "pods of others are closed too, in both directions"),
    ("quota", "pods of others count against what the app alone may use"),
    ("limit-range", "containers of others get its requests and limits"),
];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let environment = &ctx.model.environment;
    if environment.owns_namespace() || !ctx.kubernetes() {
        return;
    }
    for (option, does) in SWITCHES {
        let on = environment.platform_option(option).filter(|(_, set)| set.as_bool() == Some(true));
        let Some((target, _)) = on else { continue };
        let place = target.places.get(option).copied().unwrap_or(target.origin.span);
        let message = format!(
            "`{option}` concerns all of `{}`, of which `{}` owns its own objects alone",
            environment.namespace, environment.name.value
        );
        RULE.found(&environment.at, message)
            .label(place, does)
            .help(format!("leave `{option}` out, or write `owns=\"namespace\"` where nobody else runs there"))
            .add_to(found);
    }
}
