//! What clients get: what objects may and must have.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    RESPONSE_ADDITIONAL_PROPERTIES_LOOSENED,
    RESPONSE_ADDITIONAL_PROPERTIES_TIGHTENED,
    RESPONSE_DEPENDENCY_ADDED,
    RESPONSE_DEPENDENCY_REMOVED,
    RESPONSE_MAX_PROPERTIES_LOOSENED,
    RESPONSE_MAX_PROPERTIES_TIGHTENED,
    RESPONSE_MIN_PROPERTIES_LOOSENED,
    RESPONSE_MIN_PROPERTIES_TIGHTENED,
    RESPONSE_PATTERN_PROPERTY_ADDED,
    RESPONSE_PATTERN_PROPERTY_REMOVED,
    RESPONSE_PROPERTIES_CLOSED,
    RESPONSE_PROPERTIES_OPENED,
    RESPONSE_PROPERTY_BECAME_OPTIONAL,
    RESPONSE_PROPERTY_BECAME_REQUIRED,
    RESPONSE_PROPERTY_NAMES_CHANGED,
    RESPONSE_PROPERTY_NAMES_LOOSENED,
    RESPONSE_PROPERTY_NAMES_TIGHTENED,
    RESPONSE_UNEVALUATED_PROPERTIES_LOOSENED,
    RESPONSE_UNEVALUATED_PROPERTIES_TIGHTENED,
];

/// `openapi/response-additional-properties-loosened`.
pub const RESPONSE_ADDITIONAL_PROPERTIES_LOOSENED: Row = Row {
    name: "openapi/response-additional-properties-loosened",
    bump: Bump::Major,
    docs: "\
What properties that are not declared may be leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, additionalProperties: {type: string}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
};

/// `openapi/response-additional-properties-tightened`.
pub const RESPONSE_ADDITIONAL_PROPERTIES_TIGHTENED: Row = Row {
    name: "openapi/response-additional-properties-tightened",
    bump: Bump::Minor,
    docs: "\
What properties that are not declared may be leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, additionalProperties: {type: string}}}}}}}"#,
};

/// `openapi/response-dependency-added`.
pub const RESPONSE_DEPENDENCY_ADDED: Row = Row {
    name: "openapi/response-dependency-added",
    bump: Bump::Minor,
    docs: "\
A property asks for more where it is there, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, dependentRequired: {card: [name]}}}}}}}"#,
};

/// `openapi/response-dependency-removed`.
pub const RESPONSE_DEPENDENCY_REMOVED: Row = Row {
    name: "openapi/response-dependency-removed",
    bump: Bump::Major,
    docs: "\
A property asks for less where it is there, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, dependentRequired: {card: [name]}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
};

/// `openapi/response-max-properties-loosened`.
pub const RESPONSE_MAX_PROPERTIES_LOOSENED: Row = Row {
    name: "openapi/response-max-properties-loosened",
    bump: Bump::Major,
    docs: "\
`maxProperties` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, maxProperties: 8}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, maxProperties: 9}}}}}}"#,
};

/// `openapi/response-max-properties-tightened`.
pub const RESPONSE_MAX_PROPERTIES_TIGHTENED: Row = Row {
    name: "openapi/response-max-properties-tightened",
    bump: Bump::Minor,
    docs: "\
`maxProperties` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, maxProperties: 9}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, maxProperties: 8}}}}}}"#,
};

/// `openapi/response-min-properties-loosened`.
pub const RESPONSE_MIN_PROPERTIES_LOOSENED: Row = Row {
    name: "openapi/response-min-properties-loosened",
    bump: Bump::Major,
    docs: "\
`minProperties` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, minProperties: 2}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, minProperties: 1}}}}}}"#,
};

/// `openapi/response-min-properties-tightened`.
pub const RESPONSE_MIN_PROPERTIES_TIGHTENED: Row = Row {
    name: "openapi/response-min-properties-tightened",
    bump: Bump::Minor,
    docs: "\
`minProperties` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, minProperties: 1}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, minProperties: 2}}}}}}"#,
};

/// `openapi/response-pattern-property-added`.
pub const RESPONSE_PATTERN_PROPERTY_ADDED: Row = Row {
    name: "openapi/response-pattern-property-added",
    bump: Bump::Minor,
    docs: "\
Properties of names that fit a pattern have a schema, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, patternProperties: {"^x": {type: string}}}}}}}}"#,
};

/// `openapi/response-pattern-property-removed`.
pub const RESPONSE_PATTERN_PROPERTY_REMOVED: Row = Row {
    name: "openapi/response-pattern-property-removed",
    bump: Bump::Major,
    docs: "\
Properties of names that fit a pattern have no schema any more, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, patternProperties: {"^x": {type: string}}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
};

/// `openapi/response-properties-closed`.
pub const RESPONSE_PROPERTIES_CLOSED: Row = Row {
    name: "openapi/response-properties-closed",
    bump: Bump::Minor,
    docs: "\
Properties that are not declared are refused, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, additionalProperties: false}}}}}}"#,
};

/// `openapi/response-properties-opened`.
pub const RESPONSE_PROPERTIES_OPENED: Row = Row {
    name: "openapi/response-properties-opened",
    bump: Bump::Major,
    docs: "\
Properties that are not declared are allowed, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, additionalProperties: false}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
};

/// `openapi/response-property-became-optional`.
pub const RESPONSE_PROPERTY_BECAME_OPTIONAL: Row = Row {
    name: "openapi/response-property-became-optional",
    bump: Bump::Major,
    docs: "\
A property that had to be there may be left out, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}, required: [note]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}}"#,
};

/// `openapi/response-property-became-required`.
pub const RESPONSE_PROPERTY_BECAME_REQUIRED: Row = Row {
    name: "openapi/response-property-became-required",
    bump: Bump::Minor,
    docs: "\
A property that could be left out must be there, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}, required: [note]}}}}}}"#,
};

/// `openapi/response-property-names-changed`.
pub const RESPONSE_PROPERTY_NAMES_CHANGED: Row = Row {
    name: "openapi/response-property-names-changed",
    bump: Bump::Major,
    docs: "\
`propertyNames` changed and neither side holds the other, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, propertyNames: {pattern: "^a"}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, propertyNames: {pattern: "^b"}}}}}}}"#,
};

/// `openapi/response-property-names-loosened`.
pub const RESPONSE_PROPERTY_NAMES_LOOSENED: Row = Row {
    name: "openapi/response-property-names-loosened",
    bump: Bump::Major,
    docs: "\
`propertyNames` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, propertyNames: {maxLength: 8}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
};

/// `openapi/response-property-names-tightened`.
pub const RESPONSE_PROPERTY_NAMES_TIGHTENED: Row = Row {
    name: "openapi/response-property-names-tightened",
    bump: Bump::Minor,
    docs: "\
`propertyNames` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, propertyNames: {maxLength: 8}}}}}}}"#,
};

/// `openapi/response-unevaluated-properties-loosened`.
pub const RESPONSE_UNEVALUATED_PROPERTIES_LOOSENED: Row = Row {
    name: "openapi/response-unevaluated-properties-loosened",
    bump: Bump::Major,
    docs: "\
`unevaluatedProperties` leaves more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, anyOf: [{properties: {card: {type: string}}}, {properties: {cash: {type: string}}}], unevaluatedProperties: false}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, anyOf: [{properties: {card: {type: string}}}, {properties: {cash: {type: string}}}]}}}}}}"#,
};

/// `openapi/response-unevaluated-properties-tightened`.
pub const RESPONSE_UNEVALUATED_PROPERTIES_TIGHTENED: Row = Row {
    name: "openapi/response-unevaluated-properties-tightened",
    bump: Bump::Minor,
    docs: "\
`unevaluatedProperties` leaves less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, anyOf: [{properties: {card: {type: string}}}, {properties: {cash: {type: string}}}]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, anyOf: [{properties: {card: {type: string}}}, {properties: {cash: {type: string}}}], unevaluatedProperties: false}}}}}}"#,
};
