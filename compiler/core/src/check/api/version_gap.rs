//! `version-gap`: a step nobody can take.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("version-gap", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for api in ctx.model.services.iter().flat_map(|service| &service.apis) {
        for pair in api.versions.windows(2) {
            let (new, old) = (&pair[0], &pair[1]);
            if new.semver.major.saturating_sub(old.semver.major) < 2 {
                continue;
            }
            let missing = old.semver.major + 1;
            let message = format!(
                "`{}` serves {} and {}, but nothing of {missing}",
                api.name.value, old.version.value, new.version.value
            );
            RULE.found(&api.at, message)
                .label(new.version.span(), "clients should come here")
                .label(old.version.span(), "from here")
                .help(format!(
                    "serve the last `{missing}.x` beside them until `{}` is gone",
                    old.version.value
                ))
                .add_to(found);
        }
    }
}
