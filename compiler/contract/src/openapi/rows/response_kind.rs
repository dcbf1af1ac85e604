//! What clients get: types, null, formats and lists of allowed values.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    RESPONSE_CONTENT_CHANGED,
    RESPONSE_ENUM_LIFTED,
    RESPONSE_ENUM_SET,
    RESPONSE_ENUM_VALUE_ADDED,
    RESPONSE_ENUM_VALUE_REMOVED,
    RESPONSE_FORMAT_CHANGED,
    RESPONSE_FORMAT_NARROWED,
    RESPONSE_FORMAT_WIDENED,
    RESPONSE_NULL_ALLOWED,
    RESPONSE_NULL_REFUSED,
    RESPONSE_TYPE_CHANGED,
    RESPONSE_TYPE_NARROWED,
    RESPONSE_TYPE_WIDENED,
];

/// `openapi/response-content-changed`.
pub const RESPONSE_CONTENT_CHANGED: Row = Row {
    name: "openapi/response-content-changed",
    bump: Bump::Major,
    docs: "\
What an encoded text holds is something else, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, contentMediaType: text/csv}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, contentMediaType: text/html}}}}}}"#,
};

/// `openapi/response-enum-lifted`.
pub const RESPONSE_ENUM_LIFTED: Row = Row {
    name: "openapi/response-enum-lifted",
    bump: Bump::Major,
    docs: "\
Any value is allowed, where only listed ones were, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, enum: [open, paid]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
};

/// `openapi/response-enum-set`.
pub const RESPONSE_ENUM_SET: Row = Row {
    name: "openapi/response-enum-set",
    bump: Bump::Minor,
    docs: "\
Only listed values are allowed, where any was, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, enum: [open, paid]}}}}}}"#,
};

/// `openapi/response-enum-value-added`.
pub const RESPONSE_ENUM_VALUE_ADDED: Row = Row {
    name: "openapi/response-enum-value-added",
    bump: Bump::Major,
    docs: "\
A further value is allowed, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.
A list that will grow is an `x-extensible-enum`: clients were told to expect values they do not know.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {enum: [open]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {enum: [open, paid]}}}}}}"#,
};

/// `openapi/response-enum-value-removed`.
pub const RESPONSE_ENUM_VALUE_REMOVED: Row = Row {
    name: "openapi/response-enum-value-removed",
    bump: Bump::Minor,
    docs: "\
An allowed value is gone, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {enum: [open, paid]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {enum: [open]}}}}}}"#,
};

/// `openapi/response-format-changed`.
pub const RESPONSE_FORMAT_CHANGED: Row = Row {
    name: "openapi/response-format-changed",
    bump: Bump::Major,
    docs: "\
The format is another, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, format: date}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, format: uuid}}}}}}"#,
};

/// `openapi/response-format-narrowed`.
pub const RESPONSE_FORMAT_NARROWED: Row = Row {
    name: "openapi/response-format-narrowed",
    bump: Bump::Minor,
    docs: "\
The format leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, format: uuid}}}}}}"#,
};

/// `openapi/response-format-widened`.
pub const RESPONSE_FORMAT_WIDENED: Row = Row {
    name: "openapi/response-format-widened",
    bump: Bump::Major,
    docs: "\
The format leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, format: uuid}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
};

/// `openapi/response-null-allowed`.
pub const RESPONSE_NULL_ALLOWED: Row = Row {
    name: "openapi/response-null-allowed",
    bump: Bump::Major,
    docs: "\
`null` is allowed besides, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: [string, "null"]}}}}}}"#,
};

/// `openapi/response-null-refused`.
pub const RESPONSE_NULL_REFUSED: Row = Row {
    name: "openapi/response-null-refused",
    bump: Bump::Minor,
    docs: "\
`null` is no longer allowed, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: [string, "null"]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
};

/// `openapi/response-type-changed`.
pub const RESPONSE_TYPE_CHANGED: Row = Row {
    name: "openapi/response-type-changed",
    bump: Bump::Major,
    docs: "\
The type is another, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
};

/// `openapi/response-type-narrowed`.
pub const RESPONSE_TYPE_NARROWED: Row = Row {
    name: "openapi/response-type-narrowed",
    bump: Bump::Minor,
    docs: "\
Fewer types are allowed, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: number}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer}}}}}}"#,
};

/// `openapi/response-type-widened`.
pub const RESPONSE_TYPE_WIDENED: Row = Row {
    name: "openapi/response-type-widened",
    bump: Bump::Major,
    docs: "\
More types are allowed, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: number}}}}}}"#,
};
