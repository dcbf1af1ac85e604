//! `wildcard-in-route`: a path with a pattern in it, which nobody asks for.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("wildcard-in-route", check);

/// Signs of patterns; none of them stands in the path of a request as it is.
const PATTERN: [char; 6] = ['*', '{', '}', '^', '(', '|'];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (_, route) in ctx.routes().filter(|(_, route)| route.path.value.contains(PATTERN)) {
        let path = &route.path.value;
        let before = path.find(PATTERN).and_then(|sign| path[..sign].rfind('/')).unwrap_or(0);
        let prefix = if before == 0 { "/" } else { &path[..before] };
        RULE.found(&route.at, format!("route `{path}` is taken letter by letter, so no request meets it"))
            .label(route.path.span(), "no pattern: a path, by whole segments")
            .help(format!("write `route \"{prefix}\"`: what lies below it goes there, too"))
            .add_to(found);
    }
}
