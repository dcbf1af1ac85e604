//! What clients get: limits of numbers and texts.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    RESPONSE_MAX_LENGTH_LOOSENED,
    RESPONSE_MAX_LENGTH_TIGHTENED,
    RESPONSE_MAXIMUM_LOOSENED,
    RESPONSE_MAXIMUM_TIGHTENED,
    RESPONSE_MIN_LENGTH_LOOSENED,
    RESPONSE_MIN_LENGTH_TIGHTENED,
    RESPONSE_MINIMUM_LOOSENED,
    RESPONSE_MINIMUM_TIGHTENED,
    RESPONSE_MULTIPLE_OF_CHANGED,
    RESPONSE_MULTIPLE_OF_LOOSENED,
    RESPONSE_MULTIPLE_OF_TIGHTENED,
    RESPONSE_PATTERN_CHANGED,
    RESPONSE_PATTERN_LOOSENED,
    RESPONSE_PATTERN_TIGHTENED,
];

/// `openapi/response-max-length-loosened`.
pub const RESPONSE_MAX_LENGTH_LOOSENED: Row = Row {
    name: "openapi/response-max-length-loosened",
    bump: Bump::Major,
    docs: "\
`maxLength` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, maxLength: 10}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, maxLength: 20}}}}}}"#,
};

/// `openapi/response-max-length-tightened`.
pub const RESPONSE_MAX_LENGTH_TIGHTENED: Row = Row {
    name: "openapi/response-max-length-tightened",
    bump: Bump::Minor,
    docs: "\
`maxLength` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, maxLength: 20}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, maxLength: 10}}}}}}"#,
};

/// `openapi/response-maximum-loosened`.
pub const RESPONSE_MAXIMUM_LOOSENED: Row = Row {
    name: "openapi/response-maximum-loosened",
    bump: Bump::Major,
    docs: "\
`maximum` or `exclusiveMaximum` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, maximum: 8}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, maximum: 9}}}}}}"#,
};

/// `openapi/response-maximum-tightened`.
pub const RESPONSE_MAXIMUM_TIGHTENED: Row = Row {
    name: "openapi/response-maximum-tightened",
    bump: Bump::Minor,
    docs: "\
`maximum` or `exclusiveMaximum` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, maximum: 9}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, maximum: 8}}}}}}"#,
};

/// `openapi/response-min-length-loosened`.
pub const RESPONSE_MIN_LENGTH_LOOSENED: Row = Row {
    name: "openapi/response-min-length-loosened",
    bump: Bump::Major,
    docs: "\
`minLength` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, minLength: 2}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, minLength: 1}}}}}}"#,
};

/// `openapi/response-min-length-tightened`.
pub const RESPONSE_MIN_LENGTH_TIGHTENED: Row = Row {
    name: "openapi/response-min-length-tightened",
    bump: Bump::Minor,
    docs: "\
`minLength` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, minLength: 1}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, minLength: 2}}}}}}"#,
};

/// `openapi/response-minimum-loosened`.
pub const RESPONSE_MINIMUM_LOOSENED: Row = Row {
    name: "openapi/response-minimum-loosened",
    bump: Bump::Major,
    docs: "\
`minimum` or `exclusiveMinimum` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, minimum: 2}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, minimum: 1}}}}}}"#,
};

/// `openapi/response-minimum-tightened`.
pub const RESPONSE_MINIMUM_TIGHTENED: Row = Row {
    name: "openapi/response-minimum-tightened",
    bump: Bump::Minor,
    docs: "\
`minimum` or `exclusiveMinimum` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, minimum: 1}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, minimum: 2}}}}}}"#,
};

/// `openapi/response-multiple-of-changed`.
pub const RESPONSE_MULTIPLE_OF_CHANGED: Row = Row {
    name: "openapi/response-multiple-of-changed",
    bump: Bump::Major,
    docs: "\
`multipleOf` changed and neither side holds the other, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, multipleOf: 5}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, multipleOf: 7}}}}}}"#,
};

/// `openapi/response-multiple-of-loosened`.
pub const RESPONSE_MULTIPLE_OF_LOOSENED: Row = Row {
    name: "openapi/response-multiple-of-loosened",
    bump: Bump::Major,
    docs: "\
`multipleOf` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, multipleOf: 10}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, multipleOf: 5}}}}}}"#,
};

/// `openapi/response-multiple-of-tightened`.
pub const RESPONSE_MULTIPLE_OF_TIGHTENED: Row = Row {
    name: "openapi/response-multiple-of-tightened",
    bump: Bump::Minor,
    docs: "\
`multipleOf` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, multipleOf: 5}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, multipleOf: 10}}}}}}"#,
};

/// `openapi/response-pattern-changed`.
pub const RESPONSE_PATTERN_CHANGED: Row = Row {
    name: "openapi/response-pattern-changed",
    bump: Bump::Major,
    docs: "\
`pattern` changed and neither side holds the other, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, pattern: "^[a-z]+$"}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, pattern: "^[0-9]+$"}}}}}}"#,
};

/// `openapi/response-pattern-loosened`.
pub const RESPONSE_PATTERN_LOOSENED: Row = Row {
    name: "openapi/response-pattern-loosened",
    bump: Bump::Major,
    docs: "\
`pattern` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, pattern: "^[a-z]+$"}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
};

/// `openapi/response-pattern-tightened`.
pub const RESPONSE_PATTERN_TIGHTENED: Row = Row {
    name: "openapi/response-pattern-tightened",
    bump: Bump::Minor,
    docs: "\
`pattern` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, pattern: "^[a-z]+$"}}}}}}"#,
};
