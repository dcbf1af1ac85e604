//! `no-backup`: data that exists once.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::deny("no-backup", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for resource in ctx.model.resources.iter().filter(|it| matches!(&*it.class, "database" | "store")) {
        if resource.backup.is_some() || resource.external.is_some() {
            continue;
        }
        RULE.found(&resource.at, format!("`{}` has no backup", resource.name.value))
            .label(resource.name.span(), "what is lost here is lost")
            .edit_at(resource.name.span(), Spot::Child("backup", "schedule"), "\"0 3 * * *\" keep=\"14d\"")
            .help("write `backup schedule=\"0 3 * * *\" keep=\"14d\"`")
            .add_to(found);
    }
}
