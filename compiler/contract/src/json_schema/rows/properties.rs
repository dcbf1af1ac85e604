//! Properties of objects.

use super::row;
use crate::{Bump, Row};

/// Sorted by name.
pub const ROWS: &[Row] = &[
    row(
        "json-schema/additional-properties-allowed",
        Bump::Minor,
        "The model was closed and is open. Old data is read as before; old readers refuse data with more \
         properties.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": false}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
    ),
    row(
        "json-schema/additional-properties-loosened",
        Bump::Minor,
        "Properties that are not declared may be anything, where they had to be of a schema. Old data is read \
         as before.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": {"type": "string"}}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
    ),
    row(
        "json-schema/additional-properties-refused",
        Bump::Major,
        "The model was open and is closed: properties that are not declared are refused. Old data with such \
         properties can no longer be read.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": false}"#,
    ),
    row(
        "json-schema/additional-properties-tightened",
        Bump::Major,
        "Properties that are not declared must be of a schema, where they could be anything. Old data can be \
         refused.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": {"type": "string"}}"#,
    ),
    row(
        "json-schema/pattern-properties-loosened",
        Bump::Minor,
        "For properties whose names match a pattern, more is accepted than before. Old data is read as \
         before.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}}, "patternProperties": {"^x-": {"type": "string"}}}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
    ),
    row(
        "json-schema/pattern-properties-tightened",
        Bump::Major,
        "For properties whose names match a pattern, less is accepted than before. Old data can be refused.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}}, "patternProperties": {"^x-": {"type": "string"}}}"#,
    ),
    row(
        "json-schema/property-added-optional",
        Bump::Minor,
        "A property that may be left out is new. In a closed model that only widens. In an open model \
         (`additionalProperties` not `false`) old data could hold anything under this name, so strictly the \
         mode BACKWARD fails; people who keep names apart never meet that, and the number need not say so. \
         Where the other properties have a schema that the new one contradicts, it takes a major number.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}, "email": {"type": "string"}}}"#,
    ),
    row(
        "json-schema/property-added-required",
        Bump::Major,
        "A property that must be there is new. Data written before does not have it, so new readers cannot \
         read it. Make it optional and let readers live without it.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}, "email": {"type": "string"}}, "required": ["email"]}"#,
    ),
    row(
        "json-schema/property-became-optional",
        Bump::Minor,
        "A property that had to be there may be left out. Old data is read as before; old readers refuse data \
         without it, so readers move first.",
        r#"{"type": "object", "properties": {"email": {"type": "string"}}, "required": ["email"]}"#,
        r#"{"type": "object", "properties": {"email": {"type": "string"}}}"#,
    ),
    row(
        "json-schema/property-became-required",
        Bump::Major,
        "A property that could be left out must be there. Data written without it can no longer be read. Keep \
         it optional, with a default in the reader.",
        r#"{"type": "object", "properties": {"email": {"type": "string"}}}"#,
        r#"{"type": "object", "properties": {"email": {"type": "string"}}, "required": ["email"]}"#,
    ),
    row(
        "json-schema/property-refused",
        Bump::Major,
        "A property is gone from a closed model. Data written before has it and is refused now. Keep it, or \
         allow it through `additionalProperties`.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}, "email": {"type": "string"}}, "additionalProperties": false}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": false}"#,
    ),
    row(
        "json-schema/property-removed",
        Bump::Minor,
        "A property is gone from an open model. Data that has it is still accepted; old readers miss it if \
         they required it.",
        r#"{"type": "object", "properties": {"id": {"type": "string"}, "email": {"type": "string"}}}"#,
        r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
    ),
    row(
        "json-schema/unevaluated-properties-loosened",
        Bump::Minor,
        "`unevaluatedProperties` no longer refuses what no branch speaks of. Old data is read as before.",
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "anyOf": [{"required": ["id"]}, {"required": ["email"]}], "unevaluatedProperties": false}"#,
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "anyOf": [{"required": ["id"]}, {"required": ["email"]}]}"#,
    ),
    row(
        "json-schema/unevaluated-properties-tightened",
        Bump::Major,
        "`unevaluatedProperties` refuses what no branch speaks of, where it was allowed, or changed beside \
         branches. Old data can be refused.",
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "anyOf": [{"required": ["id"]}, {"required": ["email"]}]}"#,
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "anyOf": [{"required": ["id"]}, {"required": ["email"]}], "unevaluatedProperties": false}"#,
    ),
];
