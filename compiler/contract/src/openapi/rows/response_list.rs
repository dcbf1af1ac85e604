//! What clients get: limits of lists.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    RESPONSE_CONTAINS_CHANGED,
    RESPONSE_CONTAINS_LOOSENED,
    RESPONSE_CONTAINS_TIGHTENED,
    RESPONSE_MAX_ITEMS_LOOSENED,
    RESPONSE_MAX_ITEMS_TIGHTENED,
    RESPONSE_MIN_ITEMS_LOOSENED,
    RESPONSE_MIN_ITEMS_TIGHTENED,
    RESPONSE_UNEVALUATED_ITEMS_CHANGED,
    RESPONSE_UNEVALUATED_ITEMS_LOOSENED,
    RESPONSE_UNEVALUATED_ITEMS_TIGHTENED,
    RESPONSE_UNIQUE_ITEMS_LOOSENED,
    RESPONSE_UNIQUE_ITEMS_TIGHTENED,
];

/// `openapi/response-contains-changed`.
pub const RESPONSE_CONTAINS_CHANGED: Row = Row {
    name: "openapi/response-contains-changed",
    bump: Bump::Major,
    docs: "\
`contains` changed and neither side holds the other, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: object}}}}}}}"#,
};

/// `openapi/response-contains-loosened`.
pub const RESPONSE_CONTAINS_LOOSENED: Row = Row {
    name: "openapi/response-contains-loosened",
    bump: Bump::Major,
    docs: "\
`contains` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array}}}}}}"#,
};

/// `openapi/response-contains-tightened`.
pub const RESPONSE_CONTAINS_TIGHTENED: Row = Row {
    name: "openapi/response-contains-tightened",
    bump: Bump::Minor,
    docs: "\
`contains` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}}"#,
};

/// `openapi/response-max-items-loosened`.
pub const RESPONSE_MAX_ITEMS_LOOSENED: Row = Row {
    name: "openapi/response-max-items-loosened",
    bump: Bump::Major,
    docs: "\
`maxItems` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, maxItems: 8}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, maxItems: 9}}}}}}"#,
};

/// `openapi/response-max-items-tightened`.
pub const RESPONSE_MAX_ITEMS_TIGHTENED: Row = Row {
    name: "openapi/response-max-items-tightened",
    bump: Bump::Minor,
    docs: "\
`maxItems` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, maxItems: 9}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, maxItems: 8}}}}}}"#,
};

/// `openapi/response-min-items-loosened`.
pub const RESPONSE_MIN_ITEMS_LOOSENED: Row = Row {
    name: "openapi/response-min-items-loosened",
    bump: Bump::Major,
    docs: "\
`minItems` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, minItems: 2}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, minItems: 1}}}}}}"#,
};

/// `openapi/response-min-items-tightened`.
pub const RESPONSE_MIN_ITEMS_TIGHTENED: Row = Row {
    name: "openapi/response-min-items-tightened",
    bump: Bump::Minor,
    docs: "\
`minItems` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, minItems: 1}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, minItems: 2}}}}}}"#,
};

/// `openapi/response-unevaluated-items-changed`.
pub const RESPONSE_UNEVALUATED_ITEMS_CHANGED: Row = Row {
    name: "openapi/response-unevaluated-items-changed",
    bump: Bump::Major,
    docs: "\
`unevaluatedItems` changed and neither side holds the other, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: string}, unevaluatedItems: {type: integer}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: string}, unevaluatedItems: {type: object}}}}}}}"#,
};

/// `openapi/response-unevaluated-items-loosened`.
pub const RESPONSE_UNEVALUATED_ITEMS_LOOSENED: Row = Row {
    name: "openapi/response-unevaluated-items-loosened",
    bump: Bump::Major,
    docs: "\
`unevaluatedItems` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: string}, unevaluatedItems: false}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}}"#,
};

/// `openapi/response-unevaluated-items-tightened`.
pub const RESPONSE_UNEVALUATED_ITEMS_TIGHTENED: Row = Row {
    name: "openapi/response-unevaluated-items-tightened",
    bump: Bump::Minor,
    docs: "\
`unevaluatedItems` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, contains: {type: string}, unevaluatedItems: false}}}}}}"#,
};

/// `openapi/response-unique-items-loosened`.
pub const RESPONSE_UNIQUE_ITEMS_LOOSENED: Row = Row {
    name: "openapi/response-unique-items-loosened",
    bump: Bump::Major,
    docs: "\
`uniqueItems` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, uniqueItems: true}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array}}}}}}"#,
};

/// `openapi/response-unique-items-tightened`.
pub const RESPONSE_UNIQUE_ITEMS_TIGHTENED: Row = Row {
    name: "openapi/response-unique-items-tightened",
    bump: Bump::Minor,
    docs: "\
`uniqueItems` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: array, uniqueItems: true}}}}}}"#,
};
