//! `dependency-on-prerelease`: built on what may still change.

use crate::check::support::versions::{Asking, asking};
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("dependency-on-prerelease", Level::Warn, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in asking(ctx) {
        let Asking { service, call, written, fitting, .. } = it;
        let Some(newest) = fitting.first().filter(|_| fitting.iter().all(|it| !it.semver.pre.is_empty()))
        else {
            continue;
        };
        let (name, to, version) = (&service.name.value, &call.to.value, &newest.version.value);
        found.push(
            RULE.found(
                &call.at,
                format!(
                    "`{name}` asks `{to}` for {}, and only {version} fits, which is not released",
                    written.value
                ),
            )
            .label(written.span(), "asks for what may still change")
            .label(newest.version.span(), "before its release")
            .help("ask for a released version, or release it"),
        );
    }
}
