//! The kinds of change of JSON Schema.

mod bounds;
mod choices;
mod properties;
mod values;
mod words;

use crate::schema::{Fact, What};
use crate::{Bump, Row};

/// All rows.
pub const TABLES: &[&[Row]] = &[bounds::ROWS, choices::ROWS, properties::ROWS, values::ROWS, words::ROWS];

const fn row(
    name: &'static str,
    bump: Bump,
    docs: &'static str,
    old: &'static str,
    new: &'static str,
) -> Row {
    Row { name, bump, docs, old, new }
}

/// The row of a fact.
pub fn of(fact: &Fact) -> &'static Row {
    let name = name(fact);
    let mut all = TABLES.iter().flat_map(|table| table.iter());
    all.find(|row| row.name.strip_prefix("json-schema/") == Some(name)).expect("a test looks for each name")
}

/// The name of a fact's row. What both narrows and widens is named for what it narrows.
pub fn name(fact: &Fact) -> &'static str {
    let narrows = fact.narrows;
    let by = |tight, loose| if narrows { tight } else { loose };
    match fact.what {
        What::Words | What::OpenValueAdded | What::OpenValueRemoved => "words-changed",
        What::Default => "default-changed",
        What::Deprecated => "deprecated",
        What::Undeprecated => "undeprecated",
        What::Access => "access-changed",
        What::Type if fact.widens => by("type-changed", "type-widened"),
        What::Type => "type-narrowed",
        What::NullAllowed => "null-allowed",
        What::NullRefused => "null-refused",
        What::Format => "format-changed",
        What::Content => "content-changed",
        What::EnumValueAdded => "enum-value-added",
        What::EnumValueRemoved => "enum-value-removed",
        What::EnumSet => "enum-set",
        What::EnumLifted => by("enum-replaced", "enum-lifted"),
        What::Minimum => by("minimum-raised", "minimum-lowered"),
        What::Maximum => by("maximum-lowered", "maximum-raised"),
        What::MultipleOf => by("multiple-of-tightened", "multiple-of-loosened"),
        What::MinLength => by("min-length-raised", "min-length-lowered"),
        What::MaxLength => by("max-length-lowered", "max-length-raised"),
        What::Pattern => by("pattern-tightened", "pattern-loosened"),
        What::MinItems => by("min-items-raised", "min-items-lowered"),
        What::MaxItems => by("max-items-lowered", "max-items-raised"),
        What::UniqueItems => by("unique-items-set", "unique-items-lifted"),
        What::Contains => by("contains-tightened", "contains-loosened"),
        What::UnevaluatedItems => by("unevaluated-items-tightened", "unevaluated-items-loosened"),
        What::MinProperties => by("min-properties-raised", "min-properties-lowered"),
        What::MaxProperties => by("max-properties-lowered", "max-properties-raised"),
        What::PropertyNames => by("property-names-tightened", "property-names-loosened"),
        What::PropertyAddedOptional => "property-added-optional",
        What::PropertyAddedRequired => "property-added-required",
        What::PropertyRemovedOptional | What::PropertyRemovedRequired => {
            by("property-refused", "property-removed")
        }
        What::BecameRequired => "property-became-required",
        What::BecameOptional => "property-became-optional",
        What::Closed => "additional-properties-refused",
        What::Opened => "additional-properties-allowed",
        What::Additional => by("additional-properties-tightened", "additional-properties-loosened"),
        What::PatternPropertyAdded | What::PatternPropertyRemoved => {
            by("pattern-properties-tightened", "pattern-properties-loosened")
        }
        What::UnevaluatedProperties => {
            by("unevaluated-properties-tightened", "unevaluated-properties-loosened")
        }
        What::DependencyAdded => "dependency-added",
        What::DependencyRemoved => "dependency-removed",
        What::BranchAdded => "branch-added",
        What::BranchRemoved => "branch-removed",
        What::ChoiceSet => "choice-set",
        What::ChoiceLifted => "choice-lifted",
        What::Not => by("not-tightened", "not-loosened"),
        What::Condition => by("condition-tightened", "condition-loosened"),
        What::Discriminator => "discriminator-changed",
    }
}
