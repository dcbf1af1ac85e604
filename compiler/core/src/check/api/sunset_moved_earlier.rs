//! `sunset-moved-earlier`: less time than was promised.

use crate::check::query::contracts::name;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("sunset-moved-earlier", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for step in &ctx.history.steps {
        let same = step.was.and_then(|was| was.versions.iter().find(|it| it.semver == step.version.semver));
        let Some((old, new)) = same.and_then(|it| it.sunset).zip(step.version.sunset) else { continue };
        if new.value >= old.value {
            continue;
        }
        let (whom, version) = (name(step.service, step.api), &step.version.version.value);
        let message = format!("{whom} {version} is gone on {}, and {} was promised", new.value, old.value);
        RULE.found(&step.version.at, message)
            .label(new.span(), "earlier than it was")
            .label(old.span(), "as it was")
            .edit(new.span(), format!("\"{}\"", old.value))
            .help(format!("write `sunset=\"{}\"` (`--fix` does), or a later day", old.value))
            .add_to(found);
    }
}
