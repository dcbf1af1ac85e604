//! `secret-literal`: a secret written into the spec, or into a file it takes.

use crate::check::{Context, Found, Rule};
use crate::secret::literal::{Literal, Stands};
use crate::secret::mask;
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::deny("secret-literal", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    ctx.model.literals.iter().for_each(|literal| finding(literal).add_to(found));
}

/// The value itself is never repeated.
fn finding(literal: &Literal) -> Found {
    let path = mask(&literal.path);
    let variable = path.split_once(".env.").map(|(_, name)| name).filter(|_| literal.stands == Stands::Spec);
    let message = match (literal.stands, variable) {
        (Stands::Spec, Some(name)) => format!("the secret `{name}` stands in the spec"),
        (Stands::Spec, None) => format!("`{path}` holds {}", literal.what),
        (Stands::File, _) => format!("the file of `{path}` holds {}", literal.what),
        (Stands::Contract, _) => format!("the contract holds {}", literal.what),
    };
    let name = variable.unwrap_or("NAME");
    let help = match literal.stands {
        Stands::Contract => "write an example nobody could take for a real one".into(),
        _ => format!("make a new one, put it into the secret store and write `secret \"{name}\" from=\"…\"`"),
    };
    let level = if literal.stands == Stands::Contract { Level::Warn } else { RULE.level };
    RULE.found(&literal.path, message).level(level).label(literal.span, literal.what).help(help)
}
