//! Bounds of numbers, texts, lists and maps.

use super::row;
use crate::{Bump, Row};

/// Sorted by name.
pub const ROWS: &[Row] = &[
    row(
        "json-schema/contains-loosened",
        Bump::Minor,
        "`contains` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "array", "contains": {"type": "string"}}"#,
        r#"{"type": "array"}"#,
    ),
    row(
        "json-schema/contains-tightened",
        Bump::Major,
        "`contains` lets fewer values pass. Data that kept to the old schema can be refused, so new readers \
         cannot be sure to read it. Let the new bound hold for new data only: ask for it where data is \
         written, not in the schema it is read by.",
        r#"{"type": "array"}"#,
        r#"{"type": "array", "contains": {"type": "string"}}"#,
    ),
    row(
        "json-schema/max-items-lowered",
        Bump::Major,
        "`maxItems` lets fewer values pass. Data that kept to the old schema can be refused, so new readers \
         cannot be sure to read it. Let the new bound hold for new data only: ask for it where data is \
         written, not in the schema it is read by.",
        r#"{"type": "array", "maxItems": 20}"#,
        r#"{"type": "array", "maxItems": 10}"#,
    ),
    row(
        "json-schema/max-items-raised",
        Bump::Minor,
        "`maxItems` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "array", "maxItems": 10}"#,
        r#"{"type": "array", "maxItems": 20}"#,
    ),
    row(
        "json-schema/max-length-lowered",
        Bump::Major,
        "`maxLength` lets fewer values pass. Data that kept to the old schema can be refused, so new readers \
         cannot be sure to read it. Let the new bound hold for new data only: ask for it where data is \
         written, not in the schema it is read by.",
        r#"{"type": "string", "maxLength": 20}"#,
        r#"{"type": "string", "maxLength": 10}"#,
    ),
    row(
        "json-schema/max-length-raised",
        Bump::Minor,
        "`maxLength` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "string", "maxLength": 10}"#,
        r#"{"type": "string", "maxLength": 20}"#,
    ),
    row(
        "json-schema/max-properties-lowered",
        Bump::Major,
        "`maxProperties` lets fewer values pass. Data that kept to the old schema can be refused, so new \
         readers cannot be sure to read it. Let the new bound hold for new data only: ask for it where data \
         is written, not in the schema it is read by.",
        r#"{"type": "object", "maxProperties": 20}"#,
        r#"{"type": "object", "maxProperties": 10}"#,
    ),
    row(
        "json-schema/max-properties-raised",
        Bump::Minor,
        "`maxProperties` lets more values pass. Whatever was valid stays valid; old readers may meet data \
         they refuse, so readers move first.",
        r#"{"type": "object", "maxProperties": 10}"#,
        r#"{"type": "object", "maxProperties": 20}"#,
    ),
    row(
        "json-schema/maximum-lowered",
        Bump::Major,
        "`maximum` lets fewer values pass. Data that kept to the old schema can be refused, so new readers \
         cannot be sure to read it. Let the new bound hold for new data only: ask for it where data is \
         written, not in the schema it is read by.",
        r#"{"type": "number", "maximum": 20}"#,
        r#"{"type": "number", "maximum": 10}"#,
    ),
    row(
        "json-schema/maximum-raised",
        Bump::Minor,
        "`maximum` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "number", "maximum": 10}"#,
        r#"{"type": "number", "maximum": 20}"#,
    ),
    row(
        "json-schema/min-items-lowered",
        Bump::Minor,
        "`minItems` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "array", "minItems": 5}"#,
        r#"{"type": "array", "minItems": 1}"#,
    ),
    row(
        "json-schema/min-items-raised",
        Bump::Major,
        "`minItems` lets fewer values pass. Data that kept to the old schema can be refused, so new readers \
         cannot be sure to read it. Let the new bound hold for new data only: ask for it where data is \
         written, not in the schema it is read by.",
        r#"{"type": "array", "minItems": 1}"#,
        r#"{"type": "array", "minItems": 5}"#,
    ),
    row(
        "json-schema/min-length-lowered",
        Bump::Minor,
        "`minLength` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "string", "minLength": 5}"#,
        r#"{"type": "string", "minLength": 1}"#,
    ),
    row(
        "json-schema/min-length-raised",
        Bump::Major,
        "`minLength` lets fewer values pass. Data that kept to the old schema can be refused, so new readers \
         cannot be sure to read it. Let the new bound hold for new data only: ask for it where data is \
         written, not in the schema it is read by.",
        r#"{"type": "string", "minLength": 1}"#,
        r#"{"type": "string", "minLength": 5}"#,
    ),
    row(
        "json-schema/min-properties-lowered",
        Bump::Minor,
        "`minProperties` lets more values pass. Whatever was valid stays valid; old readers may meet data \
         they refuse, so readers move first.",
        r#"{"type": "object", "minProperties": 5}"#,
        r#"{"type": "object", "minProperties": 1}"#,
    ),
    row(
        "json-schema/min-properties-raised",
        Bump::Major,
        "`minProperties` lets fewer values pass. Data that kept to the old schema can be refused, so new \
         readers cannot be sure to read it. Let the new bound hold for new data only: ask for it where data \
         is written, not in the schema it is read by.",
        r#"{"type": "object", "minProperties": 1}"#,
        r#"{"type": "object", "minProperties": 5}"#,
    ),
    row(
        "json-schema/minimum-lowered",
        Bump::Minor,
        "`minimum` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "number", "minimum": 5}"#,
        r#"{"type": "number", "minimum": 1}"#,
    ),
    row(
        "json-schema/minimum-raised",
        Bump::Major,
        "`minimum` lets fewer values pass. Data that kept to the old schema can be refused, so new readers \
         cannot be sure to read it. Let the new bound hold for new data only: ask for it where data is \
         written, not in the schema it is read by.",
        r#"{"type": "number", "minimum": 1}"#,
        r#"{"type": "number", "minimum": 5}"#,
    ),
    row(
        "json-schema/multiple-of-loosened",
        Bump::Minor,
        "`multipleOf` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "number", "multipleOf": 2}"#,
        r#"{"type": "number"}"#,
    ),
    row(
        "json-schema/multiple-of-tightened",
        Bump::Major,
        "`multipleOf` lets fewer values pass. Data that kept to the old schema can be refused, so new readers \
         cannot be sure to read it. Let the new bound hold for new data only: ask for it where data is \
         written, not in the schema it is read by.",
        r#"{"type": "number"}"#,
        r#"{"type": "number", "multipleOf": 2}"#,
    ),
    row(
        "json-schema/pattern-loosened",
        Bump::Minor,
        "`pattern` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "string", "pattern": "^[a-z]+$"}"#,
        r#"{"type": "string"}"#,
    ),
    row(
        "json-schema/pattern-tightened",
        Bump::Major,
        "`pattern` lets fewer values pass. Data that kept to the old schema can be refused, so new readers \
         cannot be sure to read it. Let the new bound hold for new data only: ask for it where data is \
         written, not in the schema it is read by.",
        r#"{"type": "string"}"#,
        r#"{"type": "string", "pattern": "^[a-z]+$"}"#,
    ),
    row(
        "json-schema/property-names-loosened",
        Bump::Minor,
        "`propertyNames` lets more values pass. Whatever was valid stays valid; old readers may meet data \
         they refuse, so readers move first.",
        r#"{"type": "object", "propertyNames": {"maxLength": 20}}"#,
        r#"{"type": "object"}"#,
    ),
    row(
        "json-schema/property-names-tightened",
        Bump::Major,
        "`propertyNames` lets fewer values pass. Data that kept to the old schema can be refused, so new \
         readers cannot be sure to read it. Let the new bound hold for new data only: ask for it where data \
         is written, not in the schema it is read by.",
        r#"{"type": "object"}"#,
        r#"{"type": "object", "propertyNames": {"maxLength": 20}}"#,
    ),
    row(
        "json-schema/unevaluated-items-loosened",
        Bump::Minor,
        "`unevaluatedItems` no longer refuses items that nothing else speaks of. Old data is read as before.",
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "contains": {"type": "string"}, "unevaluatedItems": false}"#,
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "contains": {"type": "string"}}"#,
    ),
    row(
        "json-schema/unevaluated-items-tightened",
        Bump::Major,
        "`unevaluatedItems` refuses items that nothing else speaks of, where they were allowed. Old data can \
         be refused.",
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "contains": {"type": "string"}}"#,
        r#"{"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "array", "contains": {"type": "string"}, "unevaluatedItems": false}"#,
    ),
    row(
        "json-schema/unique-items-lifted",
        Bump::Minor,
        "`uniqueItems` lets more values pass. Whatever was valid stays valid; old readers may meet data they \
         refuse, so readers move first.",
        r#"{"type": "array", "uniqueItems": true}"#,
        r#"{"type": "array"}"#,
    ),
    row(
        "json-schema/unique-items-set",
        Bump::Major,
        "`uniqueItems` lets fewer values pass. Data that kept to the old schema can be refused, so new \
         readers cannot be sure to read it. Let the new bound hold for new data only: ask for it where data \
         is written, not in the schema it is read by.",
        r#"{"type": "array"}"#,
        r#"{"type": "array", "uniqueItems": true}"#,
    ),
];
