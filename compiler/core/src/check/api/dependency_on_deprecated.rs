//! `dependency-on-deprecated`: a caller that must move.

use crate::check::query::versions::Asking;
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::warn("dependency-on-deprecated", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let today = ctx.model.today;
    for it in ctx.asking() {
        let Asking { service, call, written, api, fitting, .. } = it;
        let deprecated = |it: &&&crate::model::service::ApiVersion| {
            it.deprecated.is_some_and(|at| today.is_none_or(|today| at.value <= today))
                || it.sunset.is_some_and(|at| today.is_some_and(|today| at.value <= today))
        };
        let Some(newest) = fitting.first().filter(|_| fitting.iter().all(|it| deprecated(&it))) else {
            continue;
        };
        let gone = newest.sunset.filter(|at| today.is_some_and(|today| at.value <= today));
        let (name, to, version) = (&service.name.value, &call.to.value, &newest.version.value);
        let (verb, level) =
            if gone.is_some() { ("is gone", Level::Deny) } else { ("is deprecated", Level::Warn) };
        let mut finding = RULE
            .found(&call.at, format!("`{name}` asks `{to}` for {}, but {version} {verb}", written.value))
            .level(level)
            .label(written.span(), format!("only {version} fits"));
        if let Some(at) = gone.or(newest.sunset).or(newest.deprecated) {
            let what = if newest.sunset.is_some() { "gone from" } else { "deprecated from" };
            finding = finding.label(at.span(), format!("{what} this day"));
        }
        let next = api.versions.first().filter(|it| it.deprecated.is_none());
        finding
            .help(match next {
                Some(next) => format!("move to {}: `version=\"^{}\"`", next.version.value, next.semver.major),
                None => format!("ask the team of `{to}` for the successor of {version}"),
            })
            .add_to(found);
    }
}
