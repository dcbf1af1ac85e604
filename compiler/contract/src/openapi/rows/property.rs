//! Properties that come and go, defaults, and what tells the branches of a choice apart.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    REQUEST_DEFAULT,
    REQUEST_DISCRIMINATOR,
    REQUEST_OPEN_ADDED,
    REQUEST_OPEN_REMOVED,
    REQUEST_ADDED,
    REQUEST_ADDED_REQUIRED,
    REQUEST_REFUSED,
    REQUEST_REMOVED,
    RESPONSE_DEFAULT,
    RESPONSE_DISCRIMINATOR,
    RESPONSE_OPEN_ADDED,
    RESPONSE_OPEN_REMOVED,
    RESPONSE_REMOVED,
    RESPONSE_ADDED,
    RESPONSE_REMOVED_REQUIRED,
];

/// `openapi/request-default-changed`.
pub const REQUEST_DEFAULT: Row = Row {
    name: "openapi/request-default-changed",
    bump: Bump::Minor,
    docs: "\
What is taken where clients send nothing is something else.
All that was accepted still is, but requests that leave it out have another effect; tell the clients.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, default: 10}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, default: 20}}}}}"#,
};

/// `openapi/request-discriminator-changed`.
pub const REQUEST_DISCRIMINATOR: Row = Row {
    name: "openapi/request-discriminator-changed",
    bump: Bump::Major,
    docs: "\
What tells the branches of a choice apart changed, in what clients send.
What clients send is taken for another branch, or refused.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pay'}}}}}
components:
  schemas:
    Pay: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Cash'}], discriminator: {propertyName: kind}}
    Card: {type: object, required: [card]}
    Cash: {type: object, required: [cash]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pay'}}}}}
components:
  schemas:
    Pay: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Cash'}], discriminator: {propertyName: type}}
    Card: {type: object, required: [card]}
    Cash: {type: object, required: [cash]}"#,
};

/// `openapi/request-extensible-enum-value-added`.
pub const REQUEST_OPEN_ADDED: Row = Row {
    name: "openapi/request-extensible-enum-value-added",
    bump: Bump::Minor,
    docs: "\
A value is new in an `x-extensible-enum` of what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, x-extensible-enum: [open]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, x-extensible-enum: [open, paid]}}}}}"#,
};

/// `openapi/request-extensible-enum-value-removed`.
pub const REQUEST_OPEN_REMOVED: Row = Row {
    name: "openapi/request-extensible-enum-value-removed",
    bump: Bump::Major,
    docs: "\
A value is gone from an `x-extensible-enum` of what clients send.
The list may grow; clients that send the value are refused.
Go on accepting it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, x-extensible-enum: [open, paid]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, x-extensible-enum: [open]}}}}}"#,
};

/// `openapi/request-property-added`.
pub const REQUEST_ADDED: Row = Row {
    name: "openapi/request-property-added",
    bump: Bump::Minor,
    docs: "\
An optional property is new in what clients send.
Nobody has to send it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}"#,
};

/// `openapi/request-property-added-required`.
pub const REQUEST_ADDED_REQUIRED: Row = Row {
    name: "openapi/request-property-added-required",
    bump: Bump::Major,
    docs: "\
A required property is new in what clients send.
Requests without it are refused, and no client sends it yet. A default does not help: what is required must be sent.
Make it optional.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {note: {type: string}}, required: [note]}}}}}"#,
};

/// `openapi/request-property-refused`.
pub const REQUEST_REFUSED: Row = Row {
    name: "openapi/request-property-refused",
    bump: Bump::Major,
    docs: "\
A property is gone from what clients send, and those that are not declared are refused.
Requests that have it are refused.
Keep it and do nothing with it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {note: {type: string}}, additionalProperties: false}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {}, additionalProperties: false}}}}}"#,
};

/// `openapi/request-property-removed`.
pub const REQUEST_REMOVED: Row = Row {
    name: "openapi/request-property-removed",
    bump: Bump::Minor,
    docs: "\
A property is gone from what clients send, and others are still let through.
Requests that have it are accepted, without its effect.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, properties: {}}}}}}"#,
};

/// `openapi/response-default-changed`.
pub const RESPONSE_DEFAULT: Row = Row {
    name: "openapi/response-default-changed",
    bump: Bump::Patch,
    docs: "\
What an absent value of an answer stands for is something else.
What is sent is the same.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, default: 10}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: integer, default: 20}}}}}}"#,
};

/// `openapi/response-discriminator-changed`.
pub const RESPONSE_DISCRIMINATOR: Row = Row {
    name: "openapi/response-discriminator-changed",
    bump: Bump::Major,
    docs: "\
What tells the branches of a choice apart changed, in what clients get.
Clients take what they get for another branch.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Pay'}}}}}}
components:
  schemas:
    Pay: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Cash'}], discriminator: {propertyName: kind}}
    Card: {type: object, required: [card]}
    Cash: {type: object, required: [cash]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Pay'}}}}}}
components:
  schemas:
    Pay: {oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Cash'}], discriminator: {propertyName: type}}
    Card: {type: object, required: [card]}
    Cash: {type: object, required: [cash]}"#,
};

/// `openapi/response-extensible-enum-value-added`.
pub const RESPONSE_OPEN_ADDED: Row = Row {
    name: "openapi/response-extensible-enum-value-added",
    bump: Bump::Minor,
    docs: "\
A value is new in an `x-extensible-enum` of what clients get.
Clients were told to expect values they do not know.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, x-extensible-enum: [open]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, x-extensible-enum: [open, paid]}}}}}}"#,
};

/// `openapi/response-extensible-enum-value-removed`.
pub const RESPONSE_OPEN_REMOVED: Row = Row {
    name: "openapi/response-extensible-enum-value-removed",
    bump: Bump::Minor,
    docs: "\
A value is gone from an `x-extensible-enum` of what clients get.
Clients just do not see it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, x-extensible-enum: [open, paid]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, x-extensible-enum: [open]}}}}}}"#,
};

/// `openapi/response-optional-property-removed`.
pub const RESPONSE_REMOVED: Row = Row {
    name: "openapi/response-optional-property-removed",
    bump: Bump::Minor,
    docs: "\
A property that could be absent is gone from what clients get.
Clients had to do without it before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {}}}}}}}"#,
};

/// `openapi/response-property-added`.
pub const RESPONSE_ADDED: Row = Row {
    name: "openapi/response-property-added",
    bump: Bump::Minor,
    docs: "\
A property is new in what clients get.
Clients pass over properties they do not know; only where clients are closed, and the old schema was, can one break.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}}"#,
};

/// `openapi/response-property-removed`.
pub const RESPONSE_REMOVED_REQUIRED: Row = Row {
    name: "openapi/response-property-removed",
    bump: Bump::Major,
    docs: "\
A property that was always there is gone from what clients get.
Clients that read it get nothing.
Keep it, marked as deprecated with a sunset, until nobody reads it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}, required: [note]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {}}}}}}}"#,
};
