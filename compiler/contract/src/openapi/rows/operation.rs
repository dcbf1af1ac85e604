//! Operations, webhooks, callbacks, and where they are served.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    CALLBACK_ADDED,
    CALLBACK_REMOVED,
    CALLBACK_REMOVED_LATE,
    ADDED,
    ID_CHANGED,
    REMOVED,
    REMOVED_LATE,
    SERVER_ADDED,
    SERVER_REMOVED,
];

/// `openapi/callback-added`.
pub const CALLBACK_ADDED: Row = Row {
    name: "openapi/callback-added",
    bump: Bump::Minor,
    docs: "\
The service calls its clients with a further webhook or callback.
A client that did not subscribe to it is not called.",
    old: r#"openapi: 3.1.0
paths: {}"#,
    new: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {}"#,
};

/// `openapi/callback-removed`.
pub const CALLBACK_REMOVED: Row = Row {
    name: "openapi/callback-removed",
    bump: Bump::Major,
    docs: "\
The service no longer calls its clients with a webhook or callback.
Clients wait for what never comes.
Deprecate it with an `x-sunset` first.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {}"#,
    new: r#"openapi: 3.1.0
paths: {}"#,
};

/// `openapi/callback-removed-after-sunset`.
pub const CALLBACK_REMOVED_LATE: Row = Row {
    name: "openapi/callback-removed-after-sunset",
    bump: Bump::Minor,
    docs: "\
A deprecated webhook or callback is gone, and its sunset has passed.
Clients were told when it would go.",
    old: r#"openapi: 3.1.0
webhooks:
  paid:
    post: {deprecated: true, x-sunset: "2020-01-31"}"#,
    new: r#"openapi: 3.1.0
paths: {}"#,
};

/// `openapi/operation-added`.
pub const ADDED: Row = Row {
    name: "openapi/operation-added",
    bump: Bump::Minor,
    docs: "\
A path has a new method, or the service a new path.
Nobody calls it yet, so nobody can break.",
    old: r#"openapi: 3.1.0
paths: {}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {}"#,
};

/// `openapi/operation-id-changed`.
pub const ID_CHANGED: Row = Row {
    name: "openapi/operation-id-changed",
    bump: Bump::Minor,
    docs: "\
The `operationId` of an operation changed or is gone.
Nothing changes on the wire, but generated code has another name; where generated code counts, this takes a major number.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {operationId: list}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    get: {operationId: listOrders}"#,
};

/// `openapi/operation-removed`.
pub const REMOVED: Row = Row {
    name: "openapi/operation-removed",
    bump: Bump::Major,
    docs: "\
A method of a path is gone, or the whole path.
Whoever calls it gets an error.
Deprecate it with an `x-sunset` first; once that day has passed, removal takes a minor number.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {}"#,
    new: r#"openapi: 3.1.0
paths: {}"#,
};

/// `openapi/operation-removed-after-sunset`.
pub const REMOVED_LATE: Row = Row {
    name: "openapi/operation-removed-after-sunset",
    bump: Bump::Minor,
    docs: "\
A deprecated operation is gone, and its sunset has passed.
Clients were told when it would go; the day is the one of `--today`.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    get: {deprecated: true, x-sunset: "2020-01-31"}"#,
    new: r#"openapi: 3.1.0
paths: {}"#,
};

/// `openapi/server-added`.
pub const SERVER_ADDED: Row = Row {
    name: "openapi/server-added",
    bump: Bump::Minor,
    docs: "\
A further server serves the operation.
The old addresses go on.",
    old: r#"openapi: 3.1.0
servers: [{url: 'https://a.example.com'}]
paths: {/orders: {get: {}}}"#,
    new: r#"openapi: 3.1.0
servers: [{url: 'https://a.example.com'}, {url: 'https://b.example.com'}]
paths: {/orders: {get: {}}}"#,
};

/// `openapi/server-removed`.
pub const SERVER_REMOVED: Row = Row {
    name: "openapi/server-removed",
    bump: Bump::Major,
    docs: "\
An address no longer serves the operation.
Clients that were given it reach nobody, or somebody else.
Keep the address, or let the gateway go on serving it and list it.",
    old: r#"openapi: 3.1.0
servers: [{url: 'https://a.example.com/v1'}]
paths: {/orders: {get: {}}}"#,
    new: r#"openapi: 3.1.0
servers: [{url: 'https://a.example.com/v2'}]
paths: {/orders: {get: {}}}"#,
};
