//! `ambiguous-version`: more than one answers.

use crate::check::query::versions::Asking;
use crate::check::{Context, Found, Rule};
use bastide_report::version::line;

pub const RULE: Rule = Rule::info("ambiguous-version", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.asking().iter().filter(|it| it.fitting.len() > 1) {
        let Asking { service, call, written, fitting, .. } = it;
        let mut fitting = fitting.clone();
        // Versions of one line stand for each other.
        fitting.dedup_by_key(|it| line(&it.semver));
        let [newest, .., _] = fitting.as_slice() else { continue };
        let names: Vec<&str> = fitting.iter().map(|it| it.version.value.as_str()).collect();
        let (name, to, newest) = (&service.name.value, &call.to.value, &newest.version.value);
        let message = format!("`{name}` asks `{to}` for {}, and {} fit", written.value, names.join(", "));
        RULE.found(&call.at, message)
            .label(written.span(), format!("gets {newest}"))
            .edit(written.span(), format!("\"^{newest}\""))
            .help(format!("ask for the one it was tested with: `version=\"^{newest}\"`"))
            .add_to(found);
    }
}
