//! `no-backup`: data that exists once.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use crate::model::resource::Resource;
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::warn("no-backup", check).on_kubernetes().believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "resource.backup.schedule",
    without: |model, lost| {
        model.resources.iter_mut().for_each(|resource| {
            if lost.of(&resource.name) {
                resource.backup = None;
            }
        })
    },
}];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for resource in
        ctx.model.resources.iter().filter(|it| it.stateful && matches!(&*it.class, "database" | "store"))
    {
        if resource.external.is_some() || resource.backup.is_some() && resource.backs_up {
            continue;
        }
        let told = if resource.backs_up { missing(resource) } else { unwritten(ctx, resource) };
        told.label(resource.name.span(), "what is lost here is lost").add_to(found);
    }
}

/// Whoever runs it would back it up, and is not told to.
fn missing(resource: &Resource) -> Found {
    RULE.found(&resource.at, format!("`{}` has no backup", resource.name.value))
        .edit_at(resource.name.span(), Spot::Child("backup", "schedule"), "\"0 3 * * *\" keep=\"14d\"")
        .help("write `backup schedule=\"0 3 * * *\" keep=\"14d\"`")
}

/// No target of the environment backs it up, whatever the spec says.
fn unwritten(ctx: &Context<'_>, resource: &Resource) -> Found {
    let (name, ty) = (&resource.name.value, &resource.ty.value);
    let form = resource.provider.as_ref().map_or_else(|| "in a container".into(), |it| format!("of `{it}`"));
    let environment = &ctx.model.environment;
    let message = format!(
        "`{name}` is backed up by nobody: no target of `{}` backs up {ty} {form}",
        environment.name.value
    );
    let can = ctx.model.type_of(resource).and_then(|ty| ty.backing_up.first());
    let outside = "back it up from outside and say so: `lint \"no-backup\" level=\"allow\" because=\"…\"`";
    let told = RULE.found(&resource.at, message);
    match can {
        Some(by) => {
            let act = format!(
                "write `backup …` and `target \"{}\" {ty}=\"{by}\"`, or {outside}",
                environment.platform
            );
            told.help(act)
        }
        None => told.help(outside),
    }
}
