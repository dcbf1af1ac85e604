//! `volume-name-clash`: two volumes in one, or one that nobody can make.

use crate::check::{Context, Found, Rule};
use crate::model::service::HELD;
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// The longest name of a volume that the cluster takes.
const LONGEST: usize = 63;

pub const RULE: Rule = Rule::deny("volume-name-clash", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
        for volume in &service.run.volumes {
            let (name, span) = (volume.name.value.as_str(), volume.path.span());
            let told = |message: String, label: &str| {
                RULE.found(&service.at, message).label(span, label).help(
                    "write `name=\"…\"` on the volume: lower case letters, digits and `-`, like no other",
                )
            };
            if !label(name) || HELD.contains(&name) {
                let message = format!("no volume of `{}` can be called `{name}`", service.name.value);
                told(message, "at most 63 lower case letters, digits and `-`; some names are taken")
                    .add_to(found);
            }
            let Some(first) = taken.insert(name, span) else { continue };
            let message = format!("two volumes of `{}` are called `{name}`", service.name.value);
            told(message, "again here").label(first, "first here").add_to(found);
        }
    }
}

/// Whether the cluster takes it as the name of a volume.
fn label(name: &str) -> bool {
    let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    let ends = name.starts_with(letter) && name.ends_with(letter);
    ends && name.len() <= LONGEST && name.chars().all(|c| letter(c) || c == '-')
}
