//! Words for people, and marks that change nothing on the wire.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[ACCESS, PARAMETER_DEPRECATED, SCHEMA_DEPRECATED, SCHEMA_REVIVED, CHANGED];

/// `openapi/access-changed`.
pub const ACCESS: Row = Row {
    name: "openapi/access-changed",
    bump: Bump::Patch,
    docs: "\
`readOnly` or `writeOnly` changed.
What that means for requests and answers is told as properties that came or went.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string, readOnly: true}}}}}}}}"#,
};

/// `openapi/parameter-deprecated`.
pub const PARAMETER_DEPRECATED: Row = Row {
    name: "openapi/parameter-deprecated",
    bump: Bump::Minor,
    docs: "\
A parameter or header is deprecated, or no longer.
It works as before; clients learn that it will go.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query}]}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {parameters: [{name: page, in: query, deprecated: true}]}"#,
};

/// `openapi/schema-deprecated`.
pub const SCHEMA_DEPRECATED: Row = Row {
    name: "openapi/schema-deprecated",
    bump: Bump::Minor,
    docs: "\
A property or a whole schema is deprecated.
It works as before; clients learn that it will go.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string, deprecated: true}}}}}}}}"#,
};

/// `openapi/schema-undeprecated`.
pub const SCHEMA_REVIVED: Row = Row {
    name: "openapi/schema-undeprecated",
    bump: Bump::Patch,
    docs: "\
A property or a whole schema is no longer deprecated.
It stays.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string, deprecated: true}}}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: {type: object, properties: {note: {type: string}}}}}}}}"#,
};

/// `openapi/words-changed`.
pub const CHANGED: Row = Row {
    name: "openapi/words-changed",
    bump: Bump::Patch,
    docs: "\
Words for people changed: a title, description, summary, tag, example or link.
Nothing changes for programs.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {summary: lists}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {summary: all orders}"#,
};
