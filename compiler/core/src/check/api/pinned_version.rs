//! `pinned-version`: stuck on the day of the next minor.

use crate::check::query::versions::Asking;
use crate::check::{Context, Found, Rule};
use bastide_report::version::{Bump, next};

pub const RULE: Rule = Rule::info("pinned-version", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.asking() {
        let Asking { service, call, range, written, api, fitting } = it;
        let released = |it: &&crate::model::service::ApiVersion| it.semver.pre.is_empty();
        let Some(newest) = fitting.iter().copied().find(released).filter(|_| api.strategy == "compatible")
        else {
            continue;
        };
        let coming = next(&newest.semver, Bump::Minor);
        if range.matches(&coming) || newest.deprecated.is_some() {
            continue;
        }
        let (name, to, asked) = (&service.name.value, &call.to.value, &written.value);
        let caret = format!("^{}.{}", newest.semver.major, newest.semver.minor);
        RULE.found(&call.at, format!("`{name}` asks `{to}` for {asked}, which {coming} will not satisfy"))
            .label(written.span(), format!("leaves out {coming}"))
            .edit(written.span(), format!("\"{caret}\""))
            .help(format!("write `version=\"{caret}\"` (`--fix` does)"))
            .add_to(found);
    }
}
