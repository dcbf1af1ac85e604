//! What clients send: types, null, formats and lists of allowed values.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    REQUEST_CONTENT_CHANGED,
    REQUEST_ENUM_LIFTED,
    REQUEST_ENUM_SET,
    REQUEST_ENUM_VALUE_ADDED,
    REQUEST_ENUM_VALUE_REMOVED,
    REQUEST_FORMAT_CHANGED,
    REQUEST_FORMAT_NARROWED,
    REQUEST_FORMAT_WIDENED,
    REQUEST_NULL_ALLOWED,
    REQUEST_NULL_REFUSED,
    REQUEST_TYPE_CHANGED,
    REQUEST_TYPE_NARROWED,
    REQUEST_TYPE_WIDENED,
];

/// `openapi/request-content-changed`.
pub const REQUEST_CONTENT_CHANGED: Row = Row {
    name: "openapi/request-content-changed",
    bump: Bump::Major,
    docs:
        "\
What an encoded text holds is something else, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, contentMediaType: text/csv}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, contentMediaType: text/html}}}}}"#,
};

/// `openapi/request-enum-lifted`.
pub const REQUEST_ENUM_LIFTED: Row = Row {
    name: "openapi/request-enum-lifted",
    bump: Bump::Minor,
    docs: "\
Any value is allowed, where only listed ones were, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, enum: [open, paid]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
};

/// `openapi/request-enum-set`.
pub const REQUEST_ENUM_SET: Row = Row {
    name: "openapi/request-enum-set",
    bump: Bump::Major,
    docs:
        "\
Only listed values are allowed, where any was, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, enum: [open, paid]}}}}}"#,
};

/// `openapi/request-enum-value-added`.
pub const REQUEST_ENUM_VALUE_ADDED: Row = Row {
    name: "openapi/request-enum-value-added",
    bump: Bump::Minor,
    docs: "\
A further value is allowed, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {enum: [open]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {enum: [open, paid]}}}}}"#,
};

/// `openapi/request-enum-value-removed`.
pub const REQUEST_ENUM_VALUE_REMOVED: Row = Row {
    name: "openapi/request-enum-value-removed",
    bump: Bump::Major,
    docs:
        "\
An allowed value is gone, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {enum: [open, paid]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {enum: [open]}}}}}"#,
};

/// `openapi/request-format-changed`.
pub const REQUEST_FORMAT_CHANGED: Row = Row {
    name: "openapi/request-format-changed",
    bump: Bump::Major,
    docs:
        "\
The format is another, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, format: date}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, format: uuid}}}}}"#,
};

/// `openapi/request-format-narrowed`.
pub const REQUEST_FORMAT_NARROWED: Row = Row {
    name: "openapi/request-format-narrowed",
    bump: Bump::Major,
    docs:
        "\
The format leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, format: uuid}}}}}"#,
};

/// `openapi/request-format-widened`.
pub const REQUEST_FORMAT_WIDENED: Row = Row {
    name: "openapi/request-format-widened",
    bump: Bump::Minor,
    docs: "\
The format leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, format: uuid}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
};

/// `openapi/request-null-allowed`.
pub const REQUEST_NULL_ALLOWED: Row = Row {
    name: "openapi/request-null-allowed",
    bump: Bump::Minor,
    docs: "\
`null` is allowed besides, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: [string, "null"]}}}}}"#,
};

/// `openapi/request-null-refused`.
pub const REQUEST_NULL_REFUSED: Row = Row {
    name: "openapi/request-null-refused",
    bump: Bump::Major,
    docs:
        "\
`null` is no longer allowed, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: [string, "null"]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
};

/// `openapi/request-type-changed`.
pub const REQUEST_TYPE_CHANGED: Row = Row {
    name: "openapi/request-type-changed",
    bump: Bump::Major,
    docs:
        "\
The type is another, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
};

/// `openapi/request-type-narrowed`.
pub const REQUEST_TYPE_NARROWED: Row = Row {
    name: "openapi/request-type-narrowed",
    bump: Bump::Major,
    docs:
        "\
Fewer types are allowed, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: number}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer}}}}}"#,
};

/// `openapi/request-type-widened`.
pub const REQUEST_TYPE_WIDENED: Row = Row {
    name: "openapi/request-type-widened",
    bump: Bump::Minor,
    docs: "\
More types are allowed, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: number}}}}}"#,
};
