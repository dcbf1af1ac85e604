//! Parameters of requests and of callbacks, and headers of answers.

use super::callback;
use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    PARAMETER_ADDED,
    ADDED_REQUIRED,
    PARAMETER_OPTIONAL,
    PARAMETER_REQUIRED,
    EMPTY_ALLOWED,
    EMPTY_REFUSED,
    MOVED,
    PARAMETER_REMOVED,
    PARAMETER_STYLE,
    TEXT_TAKEN,
    HEADER_ADDED,
    HEADER_OPTIONAL,
    HEADER_REQUIRED,
    HEADER_REMOVED_REQUIRED,
    HEADER_STYLE,
    TEXT_GIVEN,
    HEADER_REMOVED,
];

/// The rows of fields of one kind, which share their life.
#[derive(Debug)]
pub struct Fields {
    /// An optional one is new.
    pub added: &'static Row,
    /// One that is always there is new.
    pub added_required: &'static Row,
    /// An optional one is gone.
    pub removed: &'static Row,
    /// One that was always there is gone.
    pub removed_required: &'static Row,
    /// It is always there now.
    pub required: &'static Row,
    /// It can be absent now.
    pub optional: &'static Row,
    /// It is written in another way.
    pub style: &'static Row,
}

/// Parameters of requests.
pub const PARAMETERS: Fields = Fields {
    added: &PARAMETER_ADDED,
    added_required: &ADDED_REQUIRED,
    removed: &PARAMETER_REMOVED,
    removed_required: &PARAMETER_REMOVED,
    required: &PARAMETER_REQUIRED,
    optional: &PARAMETER_OPTIONAL,
    style: &PARAMETER_STYLE,
};

/// Headers of answers.
pub const HEADERS: Fields = Fields {
    added: &HEADER_ADDED,
    added_required: &HEADER_ADDED,
    removed: &HEADER_REMOVED,
    removed_required: &HEADER_REMOVED_REQUIRED,
    required: &HEADER_REQUIRED,
    optional: &HEADER_OPTIONAL,
    style: &HEADER_STYLE,
};

/// Parameters of webhooks and callbacks: the service sends them.
pub const CALLBACK_PARAMETERS: Fields = Fields {
    added: &callback::PARAMETER_ADDED,
    added_required: &callback::PARAMETER_ADDED,
    removed: &callback::PARAMETER_REMOVED,
    removed_required: &callback::PARAMETER_REMOVED_REQUIRED,
    required: &callback::PARAMETER_REQUIRED,
    optional: &callback::PARAMETER_OPTIONAL,
    style: &callback::PARAMETER_STYLE,
};

/// `openapi/request-parameter-added`.
pub const PARAMETER_ADDED: Row = Row {
    name: "openapi/request-parameter-added",
    bump: Bump::Minor,
    docs: "\
An optional parameter is new.
Nobody has to send it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: []}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query}]}"#,
};

/// `openapi/request-parameter-added-required`.
pub const ADDED_REQUIRED: Row = Row {
    name: "openapi/request-parameter-added-required",
    bump: Bump::Major,
    docs: "\
A required parameter is new.
Requests without it are refused, and no client sends it yet. A default does not help: what is required must be sent.
Make it optional.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: []}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, required: true}]}"#,
};

/// `openapi/request-parameter-became-optional`.
pub const PARAMETER_OPTIONAL: Row = Row {
    name: "openapi/request-parameter-became-optional",
    bump: Bump::Minor,
    docs: "\
A parameter that had to be sent may be left out.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, required: true}]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query}]}"#,
};

/// `openapi/request-parameter-became-required`.
pub const PARAMETER_REQUIRED: Row = Row {
    name: "openapi/request-parameter-became-required",
    bump: Bump::Major,
    docs: "\
A parameter that could be left out must be sent.
Requests without it are refused.
Keep it optional and treat its absence as before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query}]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, required: true}]}"#,
};

/// `openapi/request-parameter-empty-allowed`.
pub const EMPTY_ALLOWED: Row = Row {
    name: "openapi/request-parameter-empty-allowed",
    bump: Bump::Minor,
    docs: "\
A parameter may stand without a value.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query}]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, allowEmptyValue: true}]}"#,
};

/// `openapi/request-parameter-empty-refused`.
pub const EMPTY_REFUSED: Row = Row {
    name: "openapi/request-parameter-empty-refused",
    bump: Bump::Major,
    docs: "\
`allowEmptyValue` was lifted from a parameter.
Requests that have it without a value are refused.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, allowEmptyValue: true}]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query}]}"#,
};

/// `openapi/request-parameter-moved`.
pub const MOVED: Row = Row {
    name: "openapi/request-parameter-moved",
    bump: Bump::Major,
    docs: "\
A parameter moved between query, path, header and cookie.
Clients send it where nobody looks.
Accept it in both places.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query}]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: header}]}"#,
};

/// `openapi/request-parameter-removed`.
pub const PARAMETER_REMOVED: Row = Row {
    name: "openapi/request-parameter-removed",
    bump: Bump::Minor,
    docs: "\
A parameter is gone.
Services pass over parameters they do not know, so requests that still have it go through, without its effect.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query}]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: []}"#,
};

/// `openapi/request-parameter-style-changed`.
pub const PARAMETER_STYLE: Row = Row {
    name: "openapi/request-parameter-style-changed",
    bump: Bump::Major,
    docs: "\
A list or map in a parameter is written in another way.
What clients write is read as something else.
Add a parameter of another name for the new way.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, schema: {type: array}}]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, schema: {type: array}, explode: false}]}"#,
};

/// `openapi/request-parameter-text-accepted`.
pub const TEXT_TAKEN: Row = Row {
    name: "openapi/request-parameter-text-accepted",
    bump: Bump::Minor,
    docs: "\
A parameter was a number or a truth value and is any text.
On the wire it is a text either way, so all that was accepted still is. In a body this would take a major number.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, schema: {type: integer}}]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, schema: {type: string}}]}"#,
};

/// `openapi/response-header-added`.
pub const HEADER_ADDED: Row = Row {
    name: "openapi/response-header-added",
    bump: Bump::Minor,
    docs: "\
A header is new in an answer.
Clients pass over headers they do not know.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {}}}}}"#,
};

/// `openapi/response-header-became-optional`.
pub const HEADER_OPTIONAL: Row = Row {
    name: "openapi/response-header-became-optional",
    bump: Bump::Major,
    docs: "\
A header that was always there can be absent.
Clients that read it can get nothing.
Keep sending it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {required: true}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {}}}}}"#,
};

/// `openapi/response-header-became-required`.
pub const HEADER_REQUIRED: Row = Row {
    name: "openapi/response-header-became-required",
    bump: Bump::Minor,
    docs: "\
A header that could be absent is always there.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {required: true}}}}}"#,
};

/// `openapi/response-header-removed`.
pub const HEADER_REMOVED_REQUIRED: Row = Row {
    name: "openapi/response-header-removed",
    bump: Bump::Major,
    docs: "\
A header that was always there is gone.
Clients that read it get nothing.
Keep sending it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {required: true}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {}}}}"#,
};

/// `openapi/response-header-style-changed`.
pub const HEADER_STYLE: Row = Row {
    name: "openapi/response-header-style-changed",
    bump: Bump::Major,
    docs: "\
A list or map in a header is written in another way.
Clients read it as something else.
Add a header of another name for the new way.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {schema: {type: object}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {schema: {type: object}, explode: true}}}}}"#,
};

/// `openapi/response-header-text-given`.
pub const TEXT_GIVEN: Row = Row {
    name: "openapi/response-header-text-given",
    bump: Bump::Major,
    docs: "\
A header was a number or a truth value and is any text.
Clients that read it as a number can fail.
Add a header of another name.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {schema: {type: integer}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {schema: {type: string}}}}}}"#,
};

/// `openapi/response-optional-header-removed`.
pub const HEADER_REMOVED: Row = Row {
    name: "openapi/response-optional-header-removed",
    bump: Bump::Minor,
    docs: "\
A header that could be absent is gone.
Clients had to do without it before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {X-Page: {}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {headers: {}}}}"#,
};
