//! Choices, conditions and dependencies.

use super::row;
use crate::{Bump, Row};

/// Sorted by name.
pub const ROWS: &[Row] = &[
    row(
        "json-schema/branch-added",
        Bump::Minor,
        "`oneOf` or `anyOf` has a branch more. Old data is read as before; old readers do not know the new \
         branch, so readers move first.",
        r#"{"anyOf": [{"type": "object", "properties": {"card": {"type": "string"}}, "required": ["card"]}, {"type": "object", "properties": {"iban": {"type": "string"}}, "required": ["iban"]}]}"#,
        r#"{"anyOf": [{"type": "object", "properties": {"card": {"type": "string"}}, "required": ["card"]}, {"type": "object", "properties": {"iban": {"type": "string"}}, "required": ["iban"]}, {"type": "object", "properties": {"cash": {"type": "boolean"}}, "required": ["cash"]}]}"#,
    ),
    row(
        "json-schema/branch-removed",
        Bump::Major,
        "`oneOf` or `anyOf` has a branch less, and no other accepts its values. Old data of that branch can \
         no longer be read. Keep the branch until no such data is left.",
        r#"{"anyOf": [{"type": "object", "properties": {"card": {"type": "string"}}, "required": ["card"]}, {"type": "object", "properties": {"iban": {"type": "string"}}, "required": ["iban"]}, {"type": "object", "properties": {"cash": {"type": "boolean"}}, "required": ["cash"]}]}"#,
        r#"{"anyOf": [{"type": "object", "properties": {"card": {"type": "string"}}, "required": ["card"]}, {"type": "object", "properties": {"iban": {"type": "string"}}, "required": ["iban"]}]}"#,
    ),
    row(
        "json-schema/choice-lifted",
        Bump::Minor,
        "A `oneOf` or `anyOf` that had to be met is gone. Old data is read as before; new data may be what \
         old readers refuse.",
        r#"{"type": "object", "allOf": [{"anyOf": [{"required": ["card"]}, {"required": ["iban"]}]}, {"anyOf": [{"required": ["day"]}, {"required": ["week"]}]}]}"#,
        r#"{"type": "object", "anyOf": [{"required": ["card"]}, {"required": ["iban"]}]}"#,
    ),
    row(
        "json-schema/choice-set",
        Bump::Major,
        "A further `oneOf` or `anyOf` must be met, or the branches of a `oneOf` came to overlap. Old data \
         that meets no branch of it can no longer be read.",
        r#"{"type": "object", "anyOf": [{"required": ["card"]}, {"required": ["iban"]}]}"#,
        r#"{"type": "object", "allOf": [{"anyOf": [{"required": ["card"]}, {"required": ["iban"]}]}, {"anyOf": [{"required": ["day"]}, {"required": ["week"]}]}]}"#,
    ),
    row(
        "json-schema/condition-loosened",
        Bump::Minor,
        "`if`, `then` and `else` ask less. Old data is read as before; old readers may meet data they refuse.",
        r#"{"type": "object", "if": {"required": ["card"]}, "then": {"required": ["holder"]}}"#,
        r#"{"type": "object"}"#,
    ),
    row(
        "json-schema/condition-tightened",
        Bump::Major,
        "`if`, `then` and `else` ask more, or something else. Old data can be refused by the new schema. Ask \
         for it where data is written.",
        r#"{"type": "object"}"#,
        r#"{"type": "object", "if": {"required": ["card"]}, "then": {"required": ["holder"]}}"#,
    ),
    row(
        "json-schema/dependency-added",
        Bump::Major,
        "With one property, another must come, or something more must hold. Old data with the first alone can \
         no longer be read.",
        r#"{"type": "object"}"#,
        r#"{"type": "object", "dependentRequired": {"card": ["holder"]}}"#,
    ),
    row(
        "json-schema/dependency-removed",
        Bump::Minor,
        "What had to come with a property need no longer come. Old data is read as before; old readers may \
         miss something.",
        r#"{"type": "object", "dependentRequired": {"card": ["holder"]}}"#,
        r#"{"type": "object"}"#,
    ),
    row(
        "json-schema/discriminator-changed",
        Bump::Minor,
        "`discriminator`, which tells tools the branches apart, changed. It refuses no data by itself, but \
         generated readers go by it.",
        r#"{"discriminator": {"propertyName": "kind"}, "anyOf": [{"type": "object", "properties": {"card": {"type": "string"}}, "required": ["card"]}, {"type": "object", "properties": {"iban": {"type": "string"}}, "required": ["iban"]}]}"#,
        r#"{"discriminator": {"propertyName": "type"}, "anyOf": [{"type": "object", "properties": {"card": {"type": "string"}}, "required": ["card"]}, {"type": "object", "properties": {"iban": {"type": "string"}}, "required": ["iban"]}]}"#,
    ),
    row(
        "json-schema/not-loosened",
        Bump::Minor,
        "`not` refuses less. Old data is read as before; old readers may meet data they refuse.",
        r#"{"type": "object", "not": {"required": ["draft"]}}"#,
        r#"{"type": "object"}"#,
    ),
    row(
        "json-schema/not-tightened",
        Bump::Major,
        "`not` refuses more, or something else. Old data can be refused by the new schema. Ask for it where \
         data is written.",
        r#"{"type": "object"}"#,
        r#"{"type": "object", "not": {"required": ["draft"]}}"#,
    ),
];
