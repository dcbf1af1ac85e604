//! Parameters and bodies of webhooks and callbacks: there the service is who sends.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    BODY_ADDED,
    BODY_OPTIONAL,
    BODY_REQUIRED,
    BODY_REMOVED,
    ERROR_REMOVED,
    PARAMETER_REMOVED,
    PARAMETER_ADDED,
    PARAMETER_OPTIONAL,
    PARAMETER_REQUIRED,
    PARAMETER_REMOVED_REQUIRED,
    PARAMETER_STYLE,
    RESPONSE_ADDED,
    RESPONSE_REMOVED,
];

/// `openapi/callback-body-added`.
pub const BODY_ADDED: Row = Row {
    name: "openapi/callback-body-added",
    bump: Bump::Minor,
    docs: "\
The service sends a body, which it did not.
Clients pass over it.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {requestBody: {content: {text/plain: {}}}}"#,
};

/// `openapi/callback-body-became-optional`.
pub const BODY_OPTIONAL: Row = Row {
    name: "openapi/callback-body-became-optional",
    bump: Bump::Major,
    docs: "\
The service can leave out the body.
Clients that read it can get nothing.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {requestBody: {required: true, content: {text/plain: {}}}}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {requestBody: {content: {text/plain: {}}}}"#,
};

/// `openapi/callback-body-became-required`.
pub const BODY_REQUIRED: Row = Row {
    name: "openapi/callback-body-became-required",
    bump: Bump::Minor,
    docs: "\
The service always sends the body.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {requestBody: {content: {text/plain: {}}}}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {requestBody: {required: true, content: {text/plain: {}}}}"#,
};

/// `openapi/callback-body-removed`.
pub const BODY_REMOVED: Row = Row {
    name: "openapi/callback-body-removed",
    bump: Bump::Major,
    docs: "\
The service no longer sends a body.
Clients that read it get nothing.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {requestBody: {content: {text/plain: {}}}}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {}"#,
};

/// `openapi/callback-error-response-removed`.
pub const ERROR_REMOVED: Row = Row {
    name: "openapi/callback-error-response-removed",
    bump: Bump::Minor,
    docs: "\
A status that is no success is no longer told of as an answer of clients.
It is a fault with or without it.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {responses: {'200': {}, '400': {}}}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {responses: {'200': {}}}"#,
};

/// `openapi/callback-optional-parameter-removed`.
pub const PARAMETER_REMOVED: Row = Row {
    name: "openapi/callback-optional-parameter-removed",
    bump: Bump::Minor,
    docs: "\
The service no longer sends a parameter that could be absent.
Clients had to do without it before.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: [{name: page, in: query}]}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: []}"#,
};

/// `openapi/callback-parameter-added`.
pub const PARAMETER_ADDED: Row = Row {
    name: "openapi/callback-parameter-added",
    bump: Bump::Minor,
    docs: "\
The service sends a further parameter.
Clients pass over what they do not know.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: []}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: [{name: page, in: query}]}"#,
};

/// `openapi/callback-parameter-became-optional`.
pub const PARAMETER_OPTIONAL: Row = Row {
    name: "openapi/callback-parameter-became-optional",
    bump: Bump::Major,
    docs: "\
The service can leave out a parameter that was always there.
Clients that read it can get nothing.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: [{name: page, in: query, required: true}]}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: [{name: page, in: query}]}"#,
};

/// `openapi/callback-parameter-became-required`.
pub const PARAMETER_REQUIRED: Row = Row {
    name: "openapi/callback-parameter-became-required",
    bump: Bump::Minor,
    docs: "\
The service always sends a parameter that could be absent.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: [{name: page, in: query}]}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: [{name: page, in: query, required: true}]}"#,
};

/// `openapi/callback-parameter-removed`.
pub const PARAMETER_REMOVED_REQUIRED: Row = Row {
    name: "openapi/callback-parameter-removed",
    bump: Bump::Major,
    docs: "\
The service no longer sends a parameter that was always there.
Clients that read it get nothing.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: [{name: page, in: query, required: true}]}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: []}"#,
};

/// `openapi/callback-parameter-style-changed`.
pub const PARAMETER_STYLE: Row = Row {
    name: "openapi/callback-parameter-style-changed",
    bump: Bump::Major,
    docs: "\
A list or map in a parameter is written in another way.
Clients read it as something else.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: [{name: page, in: query, schema: {type: array}}]}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {parameters: [{name: page, in: query, schema: {type: array}, explode: false}]}"#,
};

/// `openapi/callback-response-added`.
pub const RESPONSE_ADDED: Row = Row {
    name: "openapi/callback-response-added",
    bump: Bump::Minor,
    docs: "\
Clients may answer with a further status.
The old ones are still understood.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {responses: {'200': {}}}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {responses: {'200': {}, '202': {}}}"#,
};

/// `openapi/callback-response-removed`.
pub const RESPONSE_REMOVED: Row = Row {
    name: "openapi/callback-response-removed",
    bump: Bump::Major,
    docs: "\
Clients may no longer answer with a status that said that all went well.
What they answer is taken for a fault.
Go on accepting it.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {responses: {'200': {}, '202': {}}}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {responses: {'202': {}}}"#,
};
