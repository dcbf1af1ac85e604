//! `split-above-whole`: more shares than there are requests.

use crate::check::{Context, Found, Rule};
use bastide_report::units::Share;

pub const RULE: Rule = Rule::deny("split-above-whole", check);

const WHOLE: u64 = 1_000_000_000;

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (_, route) in ctx.routes() {
        let sum: u64 = route.split.iter().map(|(_, share)| share.0).sum();
        if sum <= WHOLE {
            continue;
        }
        let shares = route.split.iter().map(|(to, share)| (to.span(), format!("{share} here")));
        RULE.found(&route.at, format!("`{}` gives away {} of its requests", route.path.value, Share(sum)))
            .label(route.path.span(), "there are 100%")
            .labels(shares)
            .help("write shares that are 100% at most together; what they leave stays with `to=`")
            .add_to(found);
    }
}
