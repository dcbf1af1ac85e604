//! `needless-major`: a number that says more than it means.

use crate::check::query::contracts::name;
use crate::check::{Context, Found, Rule};
use bastide_report::version::{Bump, line, next};

pub const RULE: Rule = Rule::info("needless-major", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for step in ctx.history.steps.iter().filter(|it| it.required() < Bump::Major) {
        let looked = step.comparison.is_some_and(|it| it.looked());
        let Some(before) = step.before.filter(|it| looked && it.semver.pre.is_empty()) else { continue };
        let (old, new) = (&before.semver, &step.version.semver);
        // Going to 1.0.0 is a promise of its own.
        if old.major == 0 || !new.pre.is_empty() || line(old) == line(new) || new < old {
            continue;
        }
        let (whom, enough) = (name(step.service, step.api), next(old, step.required()));
        RULE.found(&step.version.at, format!("{whom} {new} breaks nobody who used {old}"))
            .label(step.version.version.span(), format!("{enough} is enough"))
            .help(format!("write `version \"{enough}\"`, unless it behaves in another way"))
            .add_to(found);
    }
}
