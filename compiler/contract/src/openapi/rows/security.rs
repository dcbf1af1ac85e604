//! What callers must show.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] =
    &[ALTERNATIVE_ADDED, ALTERNATIVE_REMOVED, DROPPED, REQUIRED, SCOPE_ADDED, SCOPE_REMOVED];

/// `openapi/security-alternative-added`.
pub const ALTERNATIVE_ADDED: Row = Row {
    name: "openapi/security-alternative-added",
    bump: Bump::Minor,
    docs: "\
There is a further way for callers to show who they are.
The old ones are still accepted.",
    old: r#"openapi: 3.1.0
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}
paths:
  /orders:
    get: {security: [{key: []}]}"#,
    new: r#"openapi: 3.1.0
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}
paths:
  /orders:
    get: {security: [{key: []}, {token: []}]}"#,
};

/// `openapi/security-alternative-removed`.
pub const ALTERNATIVE_REMOVED: Row = Row {
    name: "openapi/security-alternative-removed",
    bump: Bump::Major,
    docs: "\
A way for callers to show who they are is gone, or asks for more.
Requests of clients that use it are refused (401).
Go on accepting it beside the new one.",
    old: r#"openapi: 3.1.0
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}
paths:
  /orders:
    get: {security: [{key: []}, {token: []}]}"#,
    new: r#"openapi: 3.1.0
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}
paths:
  /orders:
    get: {security: [{token: []}]}"#,
};

/// `openapi/security-dropped`.
pub const DROPPED: Row = Row {
    name: "openapi/security-dropped",
    bump: Bump::Minor,
    docs: "\
Anybody may call, where callers had to show who they are.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}
paths:
  /orders:
    get: {security: [{key: []}]}"#,
    new: r#"openapi: 3.1.0
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}
paths:
  /orders:
    get: {security: []}"#,
};

/// `openapi/security-required`.
pub const REQUIRED: Row = Row {
    name: "openapi/security-required",
    bump: Bump::Major,
    docs: "\
Callers must show who they are, where anybody could call.
Requests without it are refused (401).
Keep an alternative `{}` until all clients show it.",
    old: r#"openapi: 3.1.0
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}
paths:
  /orders:
    get: {security: []}"#,
    new: r#"openapi: 3.1.0
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, token: {type: http, scheme: bearer}}
paths:
  /orders:
    get: {security: [{key: []}]}"#,
};

/// `openapi/security-scope-added`.
pub const SCOPE_ADDED: Row = Row {
    name: "openapi/security-scope-added",
    bump: Bump::Major,
    docs: "\
A token must allow more than it had to.
Requests with the tokens clients have are refused (403).
Accept the old scopes too.",
    old: r#"openapi: 3.1.0
components:
  securitySchemes: {sso: {type: openIdConnect, openIdConnectUrl: https://sso.example.com}}
paths:
  /orders:
    get: {security: [{sso: [read]}]}"#,
    new: r#"openapi: 3.1.0
components:
  securitySchemes: {sso: {type: openIdConnect, openIdConnectUrl: https://sso.example.com}}
paths:
  /orders:
    get: {security: [{sso: [read, write]}]}"#,
};

/// `openapi/security-scope-removed`.
pub const SCOPE_REMOVED: Row = Row {
    name: "openapi/security-scope-removed",
    bump: Bump::Minor,
    docs: "\
A token need not allow as much as it had to.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
components:
  securitySchemes: {sso: {type: openIdConnect, openIdConnectUrl: https://sso.example.com}}
paths:
  /orders:
    get: {security: [{sso: [read, write]}]}"#,
    new: r#"openapi: 3.1.0
components:
  securitySchemes: {sso: {type: openIdConnect, openIdConnectUrl: https://sso.example.com}}
paths:
  /orders:
    get: {security: [{sso: [read]}]}"#,
};
