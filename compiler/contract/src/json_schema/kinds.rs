//! The kinds of change of JSON Schema: what the table of keywords says of stored data, and what binds nothing.

use crate::schema::{Fact, FactKind, KEYWORDS, Keyword, Outcome};
use crate::{Bump, ChangeKind};

/// The kinds of change of all keywords.
pub(super) fn of_schemas() -> Vec<ChangeKind> {
    let outcomes = KEYWORDS.iter().flat_map(|keyword| keyword.outcomes.iter().map(move |it| (keyword, it)));
    let named = outcomes.filter(|(_, outcome)| !outcome.json_schema.is_empty());
    named.map(|(keyword, outcome)| kind(keyword, outcome)).collect()
}

/// Kinds are made once and stay as long as the program runs.
fn kind(keyword: &Keyword, outcome: &Outcome) -> ChangeKind {
    let Outcome { json_schema, says, narrows, old, new, .. } = *outcome;
    let why = match narrows {
        true => format!(
            "Data that kept to the old schema can be refused, so new readers cannot be sure to read it.\n{}",
            keyword.advice
        ),
        false => {
            "Whatever was valid stays valid; old readers may meet data they refuse, so readers move first."
                .into()
        }
    };
    ChangeKind {
        name: format!("json-schema/{json_schema}").leak(),
        bump: if narrows { Bump::Major } else { Bump::Minor },
        docs: format!("{says}.\n{why}").leak(),
        old,
        new,
    }
}

/// The name of the kind that a fact is. What both narrows and widens is named for what it narrows.
pub fn name(fact: &Fact) -> String {
    use FactKind::*;
    let own = match fact.kind {
        Words | Xml | OpenValueAdded | OpenValueRemoved => "json-schema/words-changed",
        Default => "json-schema/default-changed",
        Deprecated => "json-schema/deprecated",
        Undeprecated => "json-schema/undeprecated",
        Access => "json-schema/access-changed",
        Format => "json-schema/format-changed",
        Content => "json-schema/content-changed",
        Discriminator => "json-schema/discriminator-changed",
        EnumSet => "json-schema/enum-set",
        EnumLifted if fact.narrows => "json-schema/enum-replaced",
        PropertyAddedOptional => "json-schema/property-added-optional",
        PropertyAddedRequired => "json-schema/property-added-required",
        PropertyRemovedOptional | PropertyRemovedRequired if fact.narrows => "json-schema/property-refused",
        PropertyRemovedOptional | PropertyRemovedRequired => "json-schema/property-removed",
        kind => {
            let keyword = Keyword::of(kind).expect("a test looks for the entry of each fact");
            return format!(
                "json-schema/{}",
                keyword.outcome(fact, |outcome| outcome.json_schema, false).json_schema
            );
        }
    };
    own.into()
}
