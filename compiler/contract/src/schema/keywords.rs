//! The table of keywords. A line of names is: what OpenAPI calls it, what JSON Schema calls it, what it is.

use super::fact_kind::FactKind::*;
use super::keyword::{KEYWORD, Keyword};

/// All keywords whose facts are told by what is accepted less, or more.
pub const KEYWORDS: &[Keyword] = &[
    Keyword {
        facts: &[Type],
        narrowed: ["type-narrowed", "type-narrowed", "Fewer types are allowed"],
        widened: ["type-widened", "type-widened", "More types are allowed"],
        changed: ["type-changed", "type-changed", "The type is another"],
        wide: r#"{"type": ["string", "integer"]}"#,
        narrow: r#"{"type": "string"}"#,
        other: r#"{"type": "integer"}"#,
        advice: "Add a property of the new type and let both live for a while.",
        ..KEYWORD
    },
    Keyword {
        facts: &[NullRefused, NullAllowed],
        narrowed: ["null-refused", "null-refused", "`null` is no longer allowed"],
        widened: ["null-allowed", "null-allowed", "`null` is allowed besides"],
        wide: r#"{"type": ["string", "null"]}"#,
        narrow: r#"{"type": "string"}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[Format],
        narrowed: ["format-narrowed", "", "The format leaves less room"],
        widened: ["format-widened", "", "The format leaves more room"],
        changed: ["format-changed", "", "The format is another"],
        wide: r#"{"type": "string"}"#,
        narrow: r#"{"type": "string", "format": "date"}"#,
        other: r#"{"type": "string", "format": "uuid"}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[Content],
        changed: ["content-changed", "", "What an encoded text holds is something else"],
        narrow: r#"{"type": "string", "contentMediaType": "text/csv"}"#,
        other: r#"{"type": "string", "contentMediaType": "text/html"}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[EnumValueRemoved, EnumValueAdded],
        narrowed: ["enum-value-removed", "enum-value-removed", "An allowed value is gone"],
        widened: ["enum-value-added", "enum-value-added", "A further value is allowed"],
        wide: r#"{"enum": ["new", "paid", "sent"]}"#,
        narrow: r#"{"enum": ["new", "paid"]}"#,
        advice: "Keep it and stop writing it.",
        hint: "A list that will grow is an `x-extensible-enum`: clients were told to expect values they do not know.",
        ..KEYWORD
    },
    Keyword {
        facts: &[EnumSet, EnumLifted],
        narrowed: ["enum-set", "enum-set", "Only listed values are allowed, where any was"],
        widened: ["enum-lifted", "enum-lifted", "Any value is allowed, where only listed ones were"],
        wide: r#"{"type": "string"}"#,
        narrow: r#"{"enum": ["new", "paid"]}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[Minimum],
        narrowed: ["minimum-tightened", "minimum-raised", "`minimum` or `exclusiveMinimum` leaves less room"],
        widened: ["minimum-loosened", "minimum-lowered", "`minimum` or `exclusiveMinimum` leaves more room"],
        wide: r#"{"type": "number", "minimum": 1}"#,
        narrow: r#"{"type": "number", "minimum": 5}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[Maximum],
        narrowed: [
            "maximum-tightened",
            "maximum-lowered",
            "`maximum` or `exclusiveMaximum` leaves less room",
        ],
        widened: ["maximum-loosened", "maximum-raised", "`maximum` or `exclusiveMaximum` leaves more room"],
        wide: r#"{"type": "number", "maximum": 20}"#,
        narrow: r#"{"type": "number", "maximum": 10}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[MultipleOf],
        narrowed: ["multiple-of-tightened", "multiple-of-tightened", "`multipleOf` leaves less room"],
        widened: ["multiple-of-loosened", "multiple-of-loosened", "`multipleOf` leaves more room"],
        changed: ["multiple-of-changed", "", "`multipleOf` changed and neither side holds the other"],
        wide: r#"{"type": "number"}"#,
        narrow: r#"{"type": "number", "multipleOf": 2}"#,
        other: r#"{"type": "number", "multipleOf": 3}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[MinLength],
        narrowed: ["min-length-tightened", "min-length-raised", "`minLength` leaves less room"],
        widened: ["min-length-loosened", "min-length-lowered", "`minLength` leaves more room"],
        wide: r#"{"type": "string", "minLength": 1}"#,
        narrow: r#"{"type": "string", "minLength": 5}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[MaxLength],
        narrowed: ["max-length-tightened", "max-length-lowered", "`maxLength` leaves less room"],
        widened: ["max-length-loosened", "max-length-raised", "`maxLength` leaves more room"],
        wide: r#"{"type": "string", "maxLength": 20}"#,
        narrow: r#"{"type": "string", "maxLength": 10}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[Pattern],
        narrowed: ["pattern-tightened", "pattern-tightened", "`pattern` leaves less room"],
        widened: ["pattern-loosened", "pattern-loosened", "`pattern` leaves more room"],
        changed: ["pattern-changed", "", "`pattern` changed and neither side holds the other"],
        wide: r#"{"type": "string"}"#,
        narrow: r#"{"type": "string", "pattern": "^[a-z]+$"}"#,
        other: r#"{"type": "string", "pattern": "^[0-9]+$"}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[MinItems],
        narrowed: ["min-items-tightened", "min-items-raised", "`minItems` leaves less room"],
        widened: ["min-items-loosened", "min-items-lowered", "`minItems` leaves more room"],
        wide: r#"{"type": "array", "minItems": 1}"#,
        narrow: r#"{"type": "array", "minItems": 5}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[MaxItems],
        narrowed: ["max-items-tightened", "max-items-lowered", "`maxItems` leaves less room"],
        widened: ["max-items-loosened", "max-items-raised", "`maxItems` leaves more room"],
        wide: r#"{"type": "array", "maxItems": 20}"#,
        narrow: r#"{"type": "array", "maxItems": 10}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[UniqueItems],
        narrowed: ["unique-items-tightened", "unique-items-set", "`uniqueItems` leaves less room"],
        widened: ["unique-items-loosened", "unique-items-lifted", "`uniqueItems` leaves more room"],
        wide: r#"{"type": "array"}"#,
        narrow: r#"{"type": "array", "uniqueItems": true}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[Contains],
        narrowed: ["contains-tightened", "contains-tightened", "`contains` leaves less room"],
        widened: ["contains-loosened", "contains-loosened", "`contains` leaves more room"],
        changed: ["contains-changed", "", "`contains` changed and neither side holds the other"],
        wide: r#"{"type": "array"}"#,
        narrow: r#"{"type": "array", "contains": {"type": "string"}}"#,
        other: r#"{"type": "array", "contains": {"type": "object"}}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[UnevaluatedItems],
        narrowed: [
            "unevaluated-items-tightened",
            "unevaluated-items-tightened",
            "`unevaluatedItems` refuses items that nothing else speaks of, where they were allowed",
        ],
        widened: [
            "unevaluated-items-loosened",
            "unevaluated-items-loosened",
            "`unevaluatedItems` no longer refuses items that nothing else speaks of",
        ],
        changed: [
            "unevaluated-items-changed",
            "",
            "`unevaluatedItems` changed and neither side holds the other",
        ],
        wide: r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "contains": {"type": "string"}}"#,
        narrow: r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "contains": {"type": "string"}, "unevaluatedItems": false}"#,
        other: r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "contains": {"type": "string"}, "unevaluatedItems": {"type": "object"}}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[MinProperties],
        narrowed: ["min-properties-tightened", "min-properties-raised", "`minProperties` leaves less room"],
        widened: ["min-properties-loosened", "min-properties-lowered", "`minProperties` leaves more room"],
        wide: r#"{"type": "object", "minProperties": 1}"#,
        narrow: r#"{"type": "object", "minProperties": 5}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[MaxProperties],
        narrowed: ["max-properties-tightened", "max-properties-lowered", "`maxProperties` leaves less room"],
        widened: ["max-properties-loosened", "max-properties-raised", "`maxProperties` leaves more room"],
        wide: r#"{"type": "object", "maxProperties": 20}"#,
        narrow: r#"{"type": "object", "maxProperties": 10}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[PropertyNames],
        narrowed: [
            "property-names-tightened",
            "property-names-tightened",
            "`propertyNames` leaves less room",
        ],
        widened: ["property-names-loosened", "property-names-loosened", "`propertyNames` leaves more room"],
        changed: ["property-names-changed", "", "`propertyNames` changed and neither side holds the other"],
        wide: r#"{"type": "object"}"#,
        narrow: r#"{"type": "object", "propertyNames": {"maxLength": 20}}"#,
        other: r#"{"type": "object", "propertyNames": {"pattern": "^x-"}}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[BecameRequired, BecameOptional],
        narrowed: [
            "property-became-required",
            "property-became-required",
            "A property that could be left out must be there",
        ],
        widened: [
            "property-became-optional",
            "property-became-optional",
            "A property that had to be there may be left out",
        ],
        wide: r#"{"type": "object", "properties": {"email": {"type": "string"}}}"#,
        narrow: r#"{"type": "object", "properties": {"email": {"type": "string"}}, "required": ["email"]}"#,
        advice: "Keep it optional, with a default in the reader.",
        ..KEYWORD
    },
    Keyword {
        facts: &[Closed, Opened],
        narrowed: [
            "properties-closed",
            "additional-properties-refused",
            "Properties that are not declared are refused",
        ],
        widened: [
            "properties-opened",
            "additional-properties-allowed",
            "Properties that are not declared are allowed",
        ],
        wide: r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
        narrow: r#"{"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": false}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[Additional],
        narrowed: [
            "additional-properties-tightened",
            "additional-properties-tightened",
            "Properties that are not declared must be of a schema, where they could be anything",
        ],
        widened: [
            "additional-properties-loosened",
            "additional-properties-loosened",
            "Properties that are not declared may be anything, where they had to be of a schema",
        ],
        wide: r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
        narrow: r#"{"type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": {"type": "string"}}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[PatternPropertyAdded, PatternPropertyRemoved],
        narrowed: [
            "pattern-property-added",
            "pattern-properties-tightened",
            "Properties of names that fit a pattern have a schema",
        ],
        widened: [
            "pattern-property-removed",
            "pattern-properties-loosened",
            "Properties of names that fit a pattern have no schema any more",
        ],
        wide: r#"{"type": "object", "properties": {"id": {"type": "string"}}}"#,
        narrow: r#"{"type": "object", "properties": {"id": {"type": "string"}}, "patternProperties": {"^x-": {"type": "string"}}}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[UnevaluatedProperties],
        narrowed: [
            "unevaluated-properties-tightened",
            "unevaluated-properties-tightened",
            "`unevaluatedProperties` refuses what no branch speaks of, where it was allowed, or changed beside branches",
        ],
        widened: [
            "unevaluated-properties-loosened",
            "unevaluated-properties-loosened",
            "`unevaluatedProperties` no longer refuses what no branch speaks of",
        ],
        wide: r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "anyOf": [{"required": ["id"]}, {"required": ["email"]}]}"#,
        narrow: r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "anyOf": [{"required": ["id"]}, {"required": ["email"]}], "unevaluatedProperties": false}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[DependencyAdded, DependencyRemoved],
        narrowed: [
            "dependency-added",
            "dependency-added",
            "With a property, another must come, or something more must hold",
        ],
        widened: [
            "dependency-removed",
            "dependency-removed",
            "What had to come with a property, or hold, need no longer",
        ],
        wide: r#"{"type": "object"}"#,
        narrow: r#"{"type": "object", "dependentRequired": {"card": ["holder"]}}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[BranchRemoved, BranchAdded],
        narrowed: [
            "branch-removed",
            "branch-removed",
            "A branch of `oneOf` or `anyOf` is gone, and no other accepts its values",
        ],
        widened: ["branch-added", "branch-added", "A branch of `oneOf` or `anyOf` is new"],
        wide: r#"{"anyOf": [{"type": "object", "properties": {"card": {"type": "string"}}, "required": ["card"]}, {"type": "object", "properties": {"iban": {"type": "string"}}, "required": ["iban"]}, {"type": "object", "properties": {"cash": {"type": "boolean"}}, "required": ["cash"]}]}"#,
        narrow: r#"{"anyOf": [{"type": "object", "properties": {"card": {"type": "string"}}, "required": ["card"]}, {"type": "object", "properties": {"iban": {"type": "string"}}, "required": ["iban"]}]}"#,
        advice: "Keep the branch until no such data is left.",
        ..KEYWORD
    },
    Keyword {
        facts: &[ChoiceSet, ChoiceLifted],
        narrowed: [
            "choice-set",
            "choice-set",
            "A further `oneOf` or `anyOf` must be met, or the branches of a `oneOf` came to overlap",
        ],
        widened: ["choice-lifted", "choice-lifted", "A `oneOf` or `anyOf` that had to be met is gone"],
        wide: r#"{"type": "object", "anyOf": [{"required": ["card"]}, {"required": ["iban"]}]}"#,
        narrow: r#"{"type": "object", "allOf": [{"anyOf": [{"required": ["card"]}, {"required": ["iban"]}]}, {"anyOf": [{"required": ["day"]}, {"required": ["week"]}]}]}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[Not],
        narrowed: ["not-tightened", "not-tightened", "`not` refuses more"],
        widened: ["not-loosened", "not-loosened", "`not` refuses less"],
        changed: ["not-changed", "", "`not` refuses something else"],
        wide: r#"{"type": "object"}"#,
        narrow: r#"{"type": "object", "not": {"required": ["draft"]}}"#,
        other: r#"{"type": "object", "not": {"required": ["note"]}}"#,
        ..KEYWORD
    },
    Keyword {
        facts: &[Condition],
        narrowed: ["condition-tightened", "condition-tightened", "`if`, `then` and `else` ask more"],
        widened: ["condition-loosened", "condition-loosened", "`if`, `then` and `else` ask less"],
        changed: ["condition-changed", "", "`if`, `then` and `else` ask something else"],
        wide: r#"{"type": "object"}"#,
        narrow: r#"{"type": "object", "if": {"required": ["card"]}, "then": {"required": ["holder"]}}"#,
        other: r#"{"type": "object", "if": {"required": ["cash"]}, "then": {"required": ["till"]}}"#,
        ..KEYWORD
    },
];
