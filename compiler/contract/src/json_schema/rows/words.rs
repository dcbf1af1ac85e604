//! Words for people, and what binds nothing.

use super::row;
use crate::{Bump, Row};

/// Sorted by name.
pub const ROWS: &[Row] = &[
    row(
        "json-schema/access-changed",
        Bump::Patch,
        "`readOnly` or `writeOnly` was set or lifted. For data at rest it binds nothing.",
        r#"{"type": "string"}"#,
        r#"{"type": "string", "readOnly": true}"#,
    ),
    row(
        "json-schema/default-changed",
        Bump::Patch,
        "`default` changed. It refuses no data; readers that fill it in will fill in something else.",
        r#"{"type": "integer", "default": 1}"#,
        r#"{"type": "integer", "default": 2}"#,
    ),
    row(
        "json-schema/deprecated",
        Bump::Patch,
        "Something is deprecated: it still holds, and will go. Say when.",
        r#"{"type": "string"}"#,
        r#"{"type": "string", "deprecated": true}"#,
    ),
    row(
        "json-schema/undeprecated",
        Bump::Patch,
        "Something is no longer deprecated.",
        r#"{"type": "string", "deprecated": true}"#,
        r#"{"type": "string"}"#,
    ),
    row(
        "json-schema/words-changed",
        Bump::Patch,
        "A title, a description, an example or a keyword that binds nothing changed. All data means what it \
         meant.",
        r#"{"description": "the name"}"#,
        r#"{"description": "the full name"}"#,
    ),
];
