//! What clients send: what objects may and must have.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    REQUEST_ADDITIONAL_PROPERTIES_LOOSENED,
    REQUEST_ADDITIONAL_PROPERTIES_TIGHTENED,
    REQUEST_DEPENDENCY_ADDED,
    REQUEST_DEPENDENCY_REMOVED,
    REQUEST_MAX_PROPERTIES_LOOSENED,
    REQUEST_MAX_PROPERTIES_TIGHTENED,
    REQUEST_MIN_PROPERTIES_LOOSENED,
    REQUEST_MIN_PROPERTIES_TIGHTENED,
    REQUEST_PATTERN_PROPERTY_ADDED,
    REQUEST_PATTERN_PROPERTY_REMOVED,
    REQUEST_PROPERTIES_CLOSED,
    REQUEST_PROPERTIES_OPENED,
    REQUEST_PROPERTY_BECAME_OPTIONAL,
    REQUEST_PROPERTY_BECAME_REQUIRED,
    REQUEST_PROPERTY_NAMES_CHANGED,
    REQUEST_PROPERTY_NAMES_LOOSENED,
    REQUEST_PROPERTY_NAMES_TIGHTENED,
    REQUEST_UNEVALUATED_PROPERTIES_LOOSENED,
    REQUEST_UNEVALUATED_PROPERTIES_TIGHTENED,
];

/// `openapi/request-additional-properties-loosened`.
pub const REQUEST_ADDITIONAL_PROPERTIES_LOOSENED: Row = Row {
    name: "openapi/request-additional-properties-loosened",
    bump: Bump::Minor,
    docs: "\
What properties that are not declared may be leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, additionalProperties: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
};

/// `openapi/request-additional-properties-tightened`.
pub const REQUEST_ADDITIONAL_PROPERTIES_TIGHTENED: Row = Row {
    name: "openapi/request-additional-properties-tightened",
    bump: Bump::Major,
    docs:
        "\
What properties that are not declared may be leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, additionalProperties: {type: string}}}}}}"#,
};

/// `openapi/request-dependency-added`.
pub const REQUEST_DEPENDENCY_ADDED: Row = Row {
    name: "openapi/request-dependency-added",
    bump: Bump::Major,
    docs:
        "\
A property asks for more where it is there, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, dependentRequired: {card: [name]}}}}}}"#,
};

/// `openapi/request-dependency-removed`.
pub const REQUEST_DEPENDENCY_REMOVED: Row = Row {
    name: "openapi/request-dependency-removed",
    bump: Bump::Minor,
    docs: "\
A property asks for less where it is there, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, dependentRequired: {card: [name]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
};

/// `openapi/request-max-properties-loosened`.
pub const REQUEST_MAX_PROPERTIES_LOOSENED: Row = Row {
    name: "openapi/request-max-properties-loosened",
    bump: Bump::Minor,
    docs: "\
`maxProperties` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, maxProperties: 8}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, maxProperties: 9}}}}}"#,
};

/// `openapi/request-max-properties-tightened`.
pub const REQUEST_MAX_PROPERTIES_TIGHTENED: Row = Row {
    name: "openapi/request-max-properties-tightened",
    bump: Bump::Major,
    docs:
        "\
`maxProperties` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, maxProperties: 9}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, maxProperties: 8}}}}}"#,
};

/// `openapi/request-min-properties-loosened`.
pub const REQUEST_MIN_PROPERTIES_LOOSENED: Row = Row {
    name: "openapi/request-min-properties-loosened",
    bump: Bump::Minor,
    docs: "\
`minProperties` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, minProperties: 2}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, minProperties: 1}}}}}"#,
};

/// `openapi/request-min-properties-tightened`.
pub const REQUEST_MIN_PROPERTIES_TIGHTENED: Row = Row {
    name: "openapi/request-min-properties-tightened",
    bump: Bump::Major,
    docs:
        "\
`minProperties` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, minProperties: 1}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, minProperties: 2}}}}}"#,
};

/// `openapi/request-pattern-property-added`.
pub const REQUEST_PATTERN_PROPERTY_ADDED: Row = Row {
    name: "openapi/request-pattern-property-added",
    bump: Bump::Major,
    docs:
        "\
Properties of names that fit a pattern have a schema, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, patternProperties: {"^x": {type: string}}}}}}}"#,
};

/// `openapi/request-pattern-property-removed`.
pub const REQUEST_PATTERN_PROPERTY_REMOVED: Row = Row {
    name: "openapi/request-pattern-property-removed",
    bump: Bump::Minor,
    docs: "\
Properties of names that fit a pattern have no schema any more, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, patternProperties: {"^x": {type: string}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
};

/// `openapi/request-properties-closed`.
pub const REQUEST_PROPERTIES_CLOSED: Row = Row {
    name: "openapi/request-properties-closed",
    bump: Bump::Major,
    docs:
        "\
Properties that are not declared are refused, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, additionalProperties: false}}}}}"#,
};

/// `openapi/request-properties-opened`.
pub const REQUEST_PROPERTIES_OPENED: Row = Row {
    name: "openapi/request-properties-opened",
    bump: Bump::Minor,
    docs: "\
Properties that are not declared are allowed, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, additionalProperties: false}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
};

/// `openapi/request-property-became-optional`.
pub const REQUEST_PROPERTY_BECAME_OPTIONAL: Row = Row {
    name: "openapi/request-property-became-optional",
    bump: Bump::Minor,
    docs: "\
A property that had to be there may be left out, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {note: {type: string}}, required: [note]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}"#,
};

/// `openapi/request-property-became-required`.
pub const REQUEST_PROPERTY_BECAME_REQUIRED: Row = Row {
    name: "openapi/request-property-became-required",
    bump: Bump::Major,
    docs:
        "\
A property that could be left out must be there, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {note: {type: string}}, required: [note]}}}}}"#,
};

/// `openapi/request-property-names-changed`.
pub const REQUEST_PROPERTY_NAMES_CHANGED: Row = Row {
    name: "openapi/request-property-names-changed",
    bump: Bump::Major,
    docs:
        "\
`propertyNames` changed and neither side holds the other, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, propertyNames: {pattern: "^a"}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, propertyNames: {pattern: "^b"}}}}}}"#,
};

/// `openapi/request-property-names-loosened`.
pub const REQUEST_PROPERTY_NAMES_LOOSENED: Row = Row {
    name: "openapi/request-property-names-loosened",
    bump: Bump::Minor,
    docs: "\
`propertyNames` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, propertyNames: {maxLength: 8}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
};

/// `openapi/request-property-names-tightened`.
pub const REQUEST_PROPERTY_NAMES_TIGHTENED: Row = Row {
    name: "openapi/request-property-names-tightened",
    bump: Bump::Major,
    docs:
        "\
`propertyNames` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, propertyNames: {maxLength: 8}}}}}}"#,
};

/// `openapi/request-unevaluated-properties-loosened`.
pub const REQUEST_UNEVALUATED_PROPERTIES_LOOSENED: Row = Row {
    name: "openapi/request-unevaluated-properties-loosened",
    bump: Bump::Minor,
    docs: "\
`unevaluatedProperties` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, anyOf: [{properties: {card: {type: string}}}, {properties: {cash: {type: string}}}], unevaluatedProperties: false}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, anyOf: [{properties: {card: {type: string}}}, {properties: {cash: {type: string}}}]}}}}}"#,
};

/// `openapi/request-unevaluated-properties-tightened`.
pub const REQUEST_UNEVALUATED_PROPERTIES_TIGHTENED: Row = Row {
    name: "openapi/request-unevaluated-properties-tightened",
    bump: Bump::Major,
    docs:
        "\
`unevaluatedProperties` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, anyOf: [{properties: {card: {type: string}}}, {properties: {cash: {type: string}}}]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, anyOf: [{properties: {card: {type: string}}}, {properties: {cash: {type: string}}}], unevaluatedProperties: false}}}}}"#,
};
