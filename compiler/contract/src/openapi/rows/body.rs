//! Bodies of requests, and media types either way.

use super::callback;
use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    ENCODING_CHANGED,
    ADDED,
    ADDED_REQUIRED,
    OPTIONAL,
    REQUIRED,
    REMOVED,
    REQUEST_MEDIA_ADDED,
    REQUEST_MEDIA_REMOVED,
    REQUEST_SCHEMA_ADDED,
    REQUEST_SCHEMA_REMOVED,
    RESPONSE_MEDIA_ADDED,
    RESPONSE_MEDIA_REMOVED,
    RESPONSE_SCHEMA_ADDED,
    RESPONSE_SCHEMA_REMOVED,
];

/// The rows of a body.
#[derive(Debug)]
pub struct Bodies {
    /// An optional one is new.
    pub added: &'static Row,
    /// One that is always there is new.
    pub added_required: &'static Row,
    /// It is gone.
    pub removed: &'static Row,
    /// It is always there now.
    pub required: &'static Row,
    /// It can be absent now.
    pub optional: &'static Row,
}

/// Bodies of requests.
pub const REQUEST: Bodies = Bodies {
    added: &ADDED,
    added_required: &ADDED_REQUIRED,
    removed: &REMOVED,
    required: &REQUIRED,
    optional: &OPTIONAL,
};

/// Bodies of webhooks and callbacks.
pub const CALLBACK: Bodies = Bodies {
    added: &callback::BODY_ADDED,
    added_required: &callback::BODY_ADDED,
    removed: &callback::BODY_REMOVED,
    required: &callback::BODY_REQUIRED,
    optional: &callback::BODY_OPTIONAL,
};

/// `openapi/encoding-changed`.
pub const ENCODING_CHANGED: Row = Row {
    name: "openapi/encoding-changed",
    bump: Bump::Major,
    docs: "\
A part of a form is written in another way.
What one side writes the other reads as something else.
Add a part of another name for the new way.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {multipart/form-data: {encoding: {photo: {contentType: image/png}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {multipart/form-data: {encoding: {photo: {contentType: image/gif}}}}}}"#,
};

/// `openapi/request-body-added`.
pub const ADDED: Row = Row {
    name: "openapi/request-body-added",
    bump: Bump::Minor,
    docs: "\
A request may have a body, where it had none.
Nobody has to send it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {text/plain: {}}}}"#,
};

/// `openapi/request-body-added-required`.
pub const ADDED_REQUIRED: Row = Row {
    name: "openapi/request-body-added-required",
    bump: Bump::Major,
    docs: "\
A request must have a body, where it had none.
Requests without it are refused.
Make it optional.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {required: true, content: {text/plain: {}}}}"#,
};

/// `openapi/request-body-became-optional`.
pub const OPTIONAL: Row = Row {
    name: "openapi/request-body-became-optional",
    bump: Bump::Minor,
    docs: "\
A body that had to be sent may be left out.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {required: true, content: {text/plain: {}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {text/plain: {}}}}"#,
};

/// `openapi/request-body-became-required`.
pub const REQUIRED: Row = Row {
    name: "openapi/request-body-became-required",
    bump: Bump::Major,
    docs: "\
A body that could be left out must be sent.
Requests without it are refused.
Keep it optional.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {text/plain: {}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {required: true, content: {text/plain: {}}}}"#,
};

/// `openapi/request-body-removed`.
pub const REMOVED: Row = Row {
    name: "openapi/request-body-removed",
    bump: Bump::Major,
    docs: "\
A request has no body any more.
What clients send in it is refused or lost.
Go on accepting it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {text/plain: {}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {}"#,
};

/// `openapi/request-media-type-added`.
pub const REQUEST_MEDIA_ADDED: Row = Row {
    name: "openapi/request-media-type-added",
    bump: Bump::Minor,
    docs: "\
A request may have a further media type.
The old ones are still accepted.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {text/csv: {}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {text/csv: {}, application/json: {}}}}"#,
};

/// `openapi/request-media-type-removed`.
pub const REQUEST_MEDIA_REMOVED: Row = Row {
    name: "openapi/request-media-type-removed",
    bump: Bump::Major,
    docs: "\
A media type is no longer accepted.
Clients that send it are refused (415).
Go on accepting it; a range such as `text/*` takes in all of its types.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {text/csv: {}, application/json: {}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {}}}}"#,
};

/// `openapi/request-schema-added`.
pub const REQUEST_SCHEMA_ADDED: Row = Row {
    name: "openapi/request-schema-added",
    bump: Bump::Major,
    docs: "\
What clients send has a schema, where anything was accepted.
Requests that do not keep to it are refused.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
};

/// `openapi/request-schema-removed`.
pub const REQUEST_SCHEMA_REMOVED: Row = Row {
    name: "openapi/request-schema-removed",
    bump: Bump::Minor,
    docs: "\
What clients send has no schema any more, so anything is accepted.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {}}}}"#,
};

/// `openapi/response-media-type-added`.
pub const RESPONSE_MEDIA_ADDED: Row = Row {
    name: "openapi/response-media-type-added",
    bump: Bump::Minor,
    docs: "\
An answer can have a further media type.
Clients that do not ask for it do not get it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {text/csv: {}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {text/csv: {}, application/json: {}}}}}"#,
};

/// `openapi/response-media-type-removed`.
pub const RESPONSE_MEDIA_REMOVED: Row = Row {
    name: "openapi/response-media-type-removed",
    bump: Bump::Major,
    docs: "\
An answer no longer comes in a media type.
Clients that ask for it are refused (406) or get what they cannot read.
Go on offering it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {text/csv: {}, application/json: {}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {}}}}}"#,
};

/// `openapi/response-schema-added`.
pub const RESPONSE_SCHEMA_ADDED: Row = Row {
    name: "openapi/response-schema-added",
    bump: Bump::Minor,
    docs: "\
What clients get has a schema, where it could be anything.
Clients get only what they could have got before.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
};

/// `openapi/response-schema-removed`.
pub const RESPONSE_SCHEMA_REMOVED: Row = Row {
    name: "openapi/response-schema-removed",
    bump: Bump::Major,
    docs: "\
What clients get has no schema any more, so it can be anything.
Clients can get what they were never told of.
Keep the schema.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {}}}}}"#,
};
