//! What clients get: choices, conditions, and what tells them apart.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    RESPONSE_BRANCH_ADDED,
    RESPONSE_BRANCH_REMOVED,
    RESPONSE_CHOICE_LIFTED,
    RESPONSE_CHOICE_SET,
    RESPONSE_CONDITION_CHANGED,
    RESPONSE_CONDITION_LOOSENED,
    RESPONSE_CONDITION_TIGHTENED,
    RESPONSE_NOT_CHANGED,
    RESPONSE_NOT_LOOSENED,
    RESPONSE_NOT_TIGHTENED,
];

/// `openapi/response-branch-added`.
pub const RESPONSE_BRANCH_ADDED: Row = Row {
    name: "openapi/response-branch-added",
    bump: Bump::Major,
    docs: "\
A branch of `oneOf` or `anyOf` is new, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, anyOf: [{required: [card]}, {required: [cash]}]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, anyOf: [{required: [card]}, {required: [cash]}, {required: [gift]}]}}}}}}"#,
};

/// `openapi/response-branch-removed`.
pub const RESPONSE_BRANCH_REMOVED: Row = Row {
    name: "openapi/response-branch-removed",
    bump: Bump::Minor,
    docs: "\
A branch of `oneOf` or `anyOf` is gone, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, anyOf: [{required: [card]}, {required: [cash]}, {required: [gift]}]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, anyOf: [{required: [card]}, {required: [cash]}]}}}}}}"#,
};

/// `openapi/response-choice-lifted`.
pub const RESPONSE_CHOICE_LIFTED: Row = Row {
    name: "openapi/response-choice-lifted",
    bump: Bump::Major,
    docs: "\
No schema of a choice must fit any more, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {allOf: [{anyOf: [{required: [card]}, {required: [cash]}]}, {anyOf: [{required: [home]}, {required: [work]}]}]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {anyOf: [{required: [card]}, {required: [cash]}]}}}}}}"#,
};

/// `openapi/response-choice-set`.
pub const RESPONSE_CHOICE_SET: Row = Row {
    name: "openapi/response-choice-set",
    bump: Bump::Minor,
    docs: "\
One of several schemas must fit, where none had to, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {anyOf: [{required: [card]}, {required: [cash]}]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {allOf: [{anyOf: [{required: [card]}, {required: [cash]}]}, {anyOf: [{required: [home]}, {required: [work]}]}]}}}}}}"#,
};

/// `openapi/response-condition-changed`.
pub const RESPONSE_CONDITION_CHANGED: Row = Row {
    name: "openapi/response-condition-changed",
    bump: Bump::Major,
    docs: "\
`if`, `then` and `else` changed, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, if: {required: [card]}, then: {required: [name]}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, if: {required: [cash]}, then: {required: [till]}}}}}}}"#,
};

/// `openapi/response-condition-loosened`.
pub const RESPONSE_CONDITION_LOOSENED: Row = Row {
    name: "openapi/response-condition-loosened",
    bump: Bump::Major,
    docs: "\
`if`, `then` and `else` leave more room, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, if: {required: [card]}, then: {required: [name]}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
};

/// `openapi/response-condition-tightened`.
pub const RESPONSE_CONDITION_TIGHTENED: Row = Row {
    name: "openapi/response-condition-tightened",
    bump: Bump::Minor,
    docs: "\
`if`, `then` and `else` leave less room, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, if: {required: [card]}, then: {required: [name]}}}}}}}"#,
};

/// `openapi/response-not-changed`.
pub const RESPONSE_NOT_CHANGED: Row = Row {
    name: "openapi/response-not-changed",
    bump: Bump::Major,
    docs: "\
`not` refuses something else, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, not: {enum: [none]}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, not: {enum: [nil]}}}}}}}"#,
};

/// `openapi/response-not-loosened`.
pub const RESPONSE_NOT_LOOSENED: Row = Row {
    name: "openapi/response-not-loosened",
    bump: Bump::Major,
    docs: "\
`not` refuses less, in what clients get.
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, not: {enum: [none]}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
};

/// `openapi/response-not-tightened`.
pub const RESPONSE_NOT_TIGHTENED: Row = Row {
    name: "openapi/response-not-tightened",
    bump: Bump::Minor,
    docs: "\
`not` refuses more, in what clients get.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: string, not: {enum: [none]}}}}}}}"#,
};
