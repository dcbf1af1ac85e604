//! Types and lists of allowed values.

use super::row;
use crate::{Bump, Row};

/// Sorted by name.
pub const ROWS: &[Row] = &[
    row(
        "json-schema/content-changed",
        Bump::Minor,
        "`contentEncoding`, `contentMediaType` or `contentSchema` changed: a note about what stands in a \
         text. It refuses no data, yet readers go by it.",
        r#"{"type": "string", "contentEncoding": "base64"}"#,
        r#"{"type": "string", "contentEncoding": "base16"}"#,
    ),
    row(
        "json-schema/enum-lifted",
        Bump::Minor,
        "Other values are allowed besides the listed ones. Old data is read as before; old readers refuse the \
         others.",
        r#"{"enum": ["new", "paid"]}"#,
        r#"{"type": "string"}"#,
    ),
    row(
        "json-schema/enum-replaced",
        Bump::Major,
        "A list of allowed values gave way to a rule that refuses some of them. Old data with those can no \
         longer be read.",
        r#"{"enum": ["new", "paid"]}"#,
        r#"{"type": "string", "minLength": 4}"#,
    ),
    row(
        "json-schema/enum-set",
        Bump::Major,
        "Only listed values are allowed where others were. Old data with other values can no longer be read.",
        r#"{"type": "string"}"#,
        r#"{"enum": ["new", "paid"]}"#,
    ),
    row(
        "json-schema/enum-value-added",
        Bump::Minor,
        "A list of allowed values has one more. Old data is read as before; old readers refuse the new value, \
         so readers move first.",
        r#"{"enum": ["new", "paid"]}"#,
        r#"{"enum": ["new", "paid", "sent"]}"#,
    ),
    row(
        "json-schema/enum-value-removed",
        Bump::Major,
        "A list of allowed values has one less. Old data with that value can no longer be read. Keep it and \
         stop writing it.",
        r#"{"enum": ["new", "paid", "sent"]}"#,
        r#"{"enum": ["new", "paid"]}"#,
    ),
    row(
        "json-schema/format-changed",
        Bump::Minor,
        "`format` changed. By the standard it is a note that refuses no data, yet tools go by it: tell the \
         readers.",
        r#"{"type": "string", "format": "date"}"#,
        r#"{"type": "string", "format": "date-time"}"#,
    ),
    row(
        "json-schema/null-allowed",
        Bump::Minor,
        "`null` is accepted besides. Old data is read as before; old readers refuse `null`, so readers move \
         first.",
        r#"{"type": "string"}"#,
        r#"{"type": ["string", "null"]}"#,
    ),
    row(
        "json-schema/null-refused",
        Bump::Major,
        "`null` is no longer accepted. Old data that says `null` can no longer be read.",
        r#"{"type": ["string", "null"]}"#,
        r#"{"type": "string"}"#,
    ),
    row(
        "json-schema/type-changed",
        Bump::Major,
        "The type became another one. Old data is refused by new readers, and new data by old ones. Add a \
         property of the new type and let both live for a while.",
        r#"{"type": "string"}"#,
        r#"{"type": "integer"}"#,
    ),
    row(
        "json-schema/type-narrowed",
        Bump::Major,
        "Fewer types are accepted. Old data of the others can no longer be read.",
        r#"{"type": ["string", "integer"]}"#,
        r#"{"type": "string"}"#,
    ),
    row(
        "json-schema/type-widened",
        Bump::Minor,
        "More types are accepted. Old data is read as before; old readers refuse the new ones, so readers \
         move first.",
        r#"{"type": "integer"}"#,
        r#"{"type": "number"}"#,
    ),
];
