//! `version-went-down`: later is not less.

use crate::check::query::contracts::name;
use crate::check::{Context, Found, Rule};
use bastide_report::version::{line, next};

pub const RULE: Rule = Rule::deny("version-went-down", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for step in &ctx.history.steps {
        let heads = |it: &&crate::model::service::ApiVersion| line(&it.semver) == line(&step.version.semver);
        let newest = step.api.versions.iter().find(heads).is_some_and(|it| it.semver == step.version.semver);
        let Some(before) = step.before.filter(|it| newest && it.semver > step.version.semver) else {
            continue;
        };
        let (old, new) = (&before.version.value, &step.version.version.value);
        let whom = name(step.service, step.api);
        let least = next(&before.semver, step.required().max(bastide_report::version::Bump::Patch));
        let span = step.version.version.span();
        RULE.found(&step.version.at, format!("{whom} was {old} and is {new}"))
            .label(span, format!("less than {old}"))
            .edit(span, format!("\"{least}\""))
            .help(format!("write `version \"{least}\"` (`--fix` does), also for what takes a release back"))
            .add_to(found);
    }
}
