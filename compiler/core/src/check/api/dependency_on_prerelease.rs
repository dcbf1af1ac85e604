//! `dependency-on-prerelease`: built on what may still change.

use crate::check::query::versions::Asking;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("dependency-on-prerelease", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.asking() {
        let Asking { service, call, written, fitting, .. } = it;
        let Some(newest) = fitting.first().filter(|_| fitting.iter().all(|it| !it.semver.pre.is_empty()))
        else {
            continue;
        };
        let (name, to, version) = (&service.name.value, &call.to.value, &newest.version.value);
        let message = format!(
            "`{name}` asks `{to}` for {}, and only {version} fits, which is not released",
            written.value
        );
        RULE.found(&call.at, message)
            .label(written.span(), "asks for what may still change")
            .label(newest.version.span(), "before its release")
            .help("ask for a released version, or release it")
            .add_to(found);
    }
}
