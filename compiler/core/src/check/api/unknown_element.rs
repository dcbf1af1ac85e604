//! `unknown-element`: reading what is not there.

use crate::check::{Context, Found, Rule};
use crate::contracts::readers::{Reads, reads};
use bastide_contract::elements::Known;
use bastide_report::suggest::did_you_mean;

pub const RULE: Rule = Rule::deny("unknown-element", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for Reads { text, call, .. } in reads(ctx.model) {
        for reads in &call.reads {
            let Some(Known::Missing(names)) = ctx.comparisons.known(&text, &reads.value) else { continue };
            let help = did_you_mean(&reads.value, names.iter().map(String::as_str));
            RULE.found(&call.at, format!("`{}` has no `{}`", text.path, reads.value))
                .label(reads.span(), "is not in the contract")
                .help(help.unwrap_or_else(|| "name an operation, type or field of the contract".into()))
                .add_to(found);
        }
    }
}
