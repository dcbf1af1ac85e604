//! Answers, by their status.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[ERROR_ADDED, ERROR_REMOVED, ADDED, REMOVED];

/// `openapi/error-response-added`.
pub const ERROR_ADDED: Row = Row {
    name: "openapi/error-response-added",
    bump: Bump::Minor,
    docs: "\
An operation can fail with a further status.
Clients understand a status by its first digit.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {}, '404': {}}}"#,
};

/// `openapi/error-response-removed`.
pub const ERROR_REMOVED: Row = Row {
    name: "openapi/error-response-removed",
    bump: Bump::Minor,
    docs: "\
An operation no longer fails with a status.
Clients just do not see it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {}, '404': {}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {}}}"#,
};

/// `openapi/response-added`.
pub const ADDED: Row = Row {
    name: "openapi/response-added",
    bump: Bump::Minor,
    docs: "\
An operation can succeed with a further status.
Clients understand a status by its first digit (RFC 9110, section 15).",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {}, '202': {}}}"#,
};

/// `openapi/response-removed`.
pub const REMOVED: Row = Row {
    name: "openapi/response-removed",
    bump: Bump::Major,
    docs: "\
A status that said that all went well is gone.
Clients wait for it, and for what came with it.
Keep it; a range such as `2XX` takes in all of its codes.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {}, '202': {}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'202': {}}}"#,
};
