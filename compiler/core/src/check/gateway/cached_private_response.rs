//! `cached-private-response`: one user's answer, kept for the next.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("cached-private-response", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "route.public",
    without: |model, lost| lost.routes(model).for_each(|route| lost.take(&mut route.public)),
}];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in ctx.routes() {
        let Some(cache) = route.cache.filter(|_| gateway.auth_of(route).is_some()) else {
            continue;
        };
        let message = format!("answers of `{}` are kept for {}, whoever asks", route.path.value, cache.value);
        RULE.found(&route.at, message)
            .label(cache.span(), "kept for the next user too")
            .label(route.path.span(), "asks for a token")
            .help("remove `cache`, or write `public` if the answer is the same for everybody")
            .add_to(found);
    }
}
