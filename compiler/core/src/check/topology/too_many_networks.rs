//! `too-many-networks`: more networks than a machine has for everybody.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::warn("too-many-networks", check);

/// Half of what Docker's pools hold for all projects of a machine: fifteen of 172.17 to 172.31, sixteen of 192.168.
const OF_DOCKER: usize = 15;
/// From here on subnets of its own are written.
const OWN: usize = 24;
/// Subnets of 16 addresses in those that begin with two numbers.
const SUBNETS: usize = 4_096;

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let environment = &ctx.model.environment;
    let count = ctx.views.networks.len();
    let own = environment.platform_option("subnets").is_some() || count > OWN;
    if ctx.kubernetes() || count <= if own { SUBNETS } else { OF_DOCKER } {
        return;
    }
    let (label, help, level) = match own {
        true => ("of 4096 small ones that there are", "leave `networks=\"edges\"` out", Level::Deny),
        false => (
            "of about 30 that Docker has for a whole machine",
            "give it small ones of its own, `target \"compose\" subnets=\"10.213\"`, or leave `networks=\"edges\"` out",
            Level::Warn,
        ),
    };
    RULE.found(&environment.at, format!("`{}` takes {count} networks", environment.name.value))
        .level(level)
        .label(environment.origin.span, label)
        .help(help)
        .add_to(found);
}
