//! Deprecation, sunset and stability: a policy of its own, so most take no more than a patch number.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    DEPRECATED,
    REVIVED,
    STABILITY_LOWERED,
    STABILITY_RAISED,
    SUNSET_EARLIER,
    SUNSET_LATER,
    SUNSET_REMOVED,
    SUNSET_SET,
];

/// `openapi/operation-deprecated`.
pub const DEPRECATED: Row = Row {
    name: "openapi/operation-deprecated",
    bump: Bump::Minor,
    docs: "\
An operation is deprecated.
It works as before; clients learn that it will go (Semantic Versioning 2.0.0, item 7).",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true}"#,
};

/// `openapi/operation-undeprecated`.
pub const REVIVED: Row = Row {
    name: "openapi/operation-undeprecated",
    bump: Bump::Patch,
    docs: "\
An operation is no longer deprecated.
It stays.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {}"#,
};

/// `openapi/stability-lowered`.
pub const STABILITY_LOWERED: Row = Row {
    name: "openapi/stability-lowered",
    bump: Bump::Patch,
    docs: "\
The `x-stability-level` of an operation went down.
A promise once given is not taken back.
Keep the level; make a less stable operation beside it.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {x-stability-level: beta}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {x-stability-level: alpha}"#,
};

/// `openapi/stability-raised`.
pub const STABILITY_RAISED: Row = Row {
    name: "openapi/stability-raised",
    bump: Bump::Patch,
    docs: "\
The `x-stability-level` of an operation went up.
More is promised.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {x-stability-level: alpha}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {x-stability-level: beta}"#,
};

/// `openapi/sunset-brought-forward`.
pub const SUNSET_EARLIER: Row = Row {
    name: "openapi/sunset-brought-forward",
    bump: Bump::Patch,
    docs: "\
The `x-sunset` of an operation is earlier than it was.
Clients planned with the later day; a sunset may only move later.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true, x-sunset: "2030-06-30"}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true, x-sunset: "2030-01-31"}"#,
};

/// `openapi/sunset-postponed`.
pub const SUNSET_LATER: Row = Row {
    name: "openapi/sunset-postponed",
    bump: Bump::Patch,
    docs: "\
The `x-sunset` of an operation is later than it was.
Clients have more time.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true, x-sunset: "2030-01-31"}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true, x-sunset: "2030-06-30"}"#,
};

/// `openapi/sunset-removed`.
pub const SUNSET_REMOVED: Row = Row {
    name: "openapi/sunset-removed",
    bump: Bump::Patch,
    docs: "\
A deprecated operation has no `x-sunset` any more.
Clients no longer know how long it stays.
Name a day, or lift the deprecation.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true, x-sunset: "2030-01-31"}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true}"#,
};

/// `openapi/sunset-set`.
pub const SUNSET_SET: Row = Row {
    name: "openapi/sunset-set",
    bump: Bump::Patch,
    docs: "\
An operation has an `x-sunset`, which it had not.
Clients learn how long it stays.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true, x-sunset: "2030-01-31"}"#,
};
