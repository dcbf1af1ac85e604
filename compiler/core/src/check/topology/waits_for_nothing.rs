//! `waits-for-nothing`: an order of starts that never comes to pass, or comes by itself.

use crate::check::{Context, Found, Rule};
use crate::model::service::After;
use crate::view::workload::{asked, first_jobs};

pub const RULE: Rule = Rule::deny("waits-for-nothing", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for after in &service.after {
            let Some((why, act)) = nothing(ctx, after) else { continue };
            let (name, to) = (&service.name.value, &after.to.value);
            RULE.found(&after.at, format!("`{name}` waits for `{to}`, and {why}"))
                .label(after.until.as_ref().unwrap_or(&after.to).span(), "waits for this")
                .help(act)
                .add_to(found);
        }
    }
}

/// Why nothing ends the wait, and what to write.
fn nothing(ctx: &Context<'_>, after: &After) -> Option<(&'static str, String)> {
    let name = &after.to.value;
    match (after.until(), asked(ctx.model, name)) {
        (_, None) => Some(("nothing of it is started here", format!("remove `after \"{name}\"`"))),
        (Some("done"), _) if ctx.model.service(name).is_none_or(|it| first_jobs(it).next().is_none()) => {
            Some(("no job of it runs before a release", format!("write `after \"{name}\"`")))
        }
        (Some("healthy"), Some(false)) => Some((
            "nobody asks for its health",
            format!("write `until=\"started\"`, or say in `{name}` how it is asked: `health ready=\"/\"`"),
        )),
        _ => None,
    }
}
