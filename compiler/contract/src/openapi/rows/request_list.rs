//! What clients send: limits of lists.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    REQUEST_CONTAINS_CHANGED,
    REQUEST_CONTAINS_LOOSENED,
    REQUEST_CONTAINS_TIGHTENED,
    REQUEST_MAX_ITEMS_LOOSENED,
    REQUEST_MAX_ITEMS_TIGHTENED,
    REQUEST_MIN_ITEMS_LOOSENED,
    REQUEST_MIN_ITEMS_TIGHTENED,
    REQUEST_UNEVALUATED_ITEMS_CHANGED,
    REQUEST_UNEVALUATED_ITEMS_LOOSENED,
    REQUEST_UNEVALUATED_ITEMS_TIGHTENED,
    REQUEST_UNIQUE_ITEMS_LOOSENED,
    REQUEST_UNIQUE_ITEMS_TIGHTENED,
];

/// `openapi/request-contains-changed`.
pub const REQUEST_CONTAINS_CHANGED: Row = Row {
    name: "openapi/request-contains-changed",
    bump: Bump::Major,
    docs:
        "\
`contains` changed and neither side holds the other, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: object}}}}}}"#,
};

/// `openapi/request-contains-loosened`.
pub const REQUEST_CONTAINS_LOOSENED: Row = Row {
    name: "openapi/request-contains-loosened",
    bump: Bump::Minor,
    docs: "\
`contains` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array}}}}}"#,
};

/// `openapi/request-contains-tightened`.
pub const REQUEST_CONTAINS_TIGHTENED: Row = Row {
    name: "openapi/request-contains-tightened",
    bump: Bump::Major,
    docs:
        "\
`contains` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}"#,
};

/// `openapi/request-max-items-loosened`.
pub const REQUEST_MAX_ITEMS_LOOSENED: Row = Row {
    name: "openapi/request-max-items-loosened",
    bump: Bump::Minor,
    docs: "\
`maxItems` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, maxItems: 8}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, maxItems: 9}}}}}"#,
};

/// `openapi/request-max-items-tightened`.
pub const REQUEST_MAX_ITEMS_TIGHTENED: Row = Row {
    name: "openapi/request-max-items-tightened",
    bump: Bump::Major,
    docs:
        "\
`maxItems` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, maxItems: 9}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, maxItems: 8}}}}}"#,
};

/// `openapi/request-min-items-loosened`.
pub const REQUEST_MIN_ITEMS_LOOSENED: Row = Row {
    name: "openapi/request-min-items-loosened",
    bump: Bump::Minor,
    docs: "\
`minItems` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, minItems: 2}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, minItems: 1}}}}}"#,
};

/// `openapi/request-min-items-tightened`.
pub const REQUEST_MIN_ITEMS_TIGHTENED: Row = Row {
    name: "openapi/request-min-items-tightened",
    bump: Bump::Major,
    docs:
        "\
`minItems` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, minItems: 1}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, minItems: 2}}}}}"#,
};

/// `openapi/request-unevaluated-items-changed`.
pub const REQUEST_UNEVALUATED_ITEMS_CHANGED: Row = Row {
    name: "openapi/request-unevaluated-items-changed",
    bump: Bump::Major,
    docs:
        "\
`unevaluatedItems` changed and neither side holds the other, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: string}, unevaluatedItems: {type: integer}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: string}, unevaluatedItems: {type: object}}}}}}"#,
};

/// `openapi/request-unevaluated-items-loosened`.
pub const REQUEST_UNEVALUATED_ITEMS_LOOSENED: Row = Row {
    name: "openapi/request-unevaluated-items-loosened",
    bump: Bump::Minor,
    docs: "\
`unevaluatedItems` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: string}, unevaluatedItems: false}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}"#,
};

/// `openapi/request-unevaluated-items-tightened`.
pub const REQUEST_UNEVALUATED_ITEMS_TIGHTENED: Row = Row {
    name: "openapi/request-unevaluated-items-tightened",
    bump: Bump::Major,
    docs:
        "\
`unevaluatedItems` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: string}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: string}, unevaluatedItems: false}}}}}"#,
};

/// `openapi/request-unique-items-loosened`.
pub const REQUEST_UNIQUE_ITEMS_LOOSENED: Row = Row {
    name: "openapi/request-unique-items-loosened",
    bump: Bump::Minor,
    docs: "\
`uniqueItems` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, uniqueItems: true}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array}}}}}"#,
};

/// `openapi/request-unique-items-tightened`.
pub const REQUEST_UNIQUE_ITEMS_TIGHTENED: Row = Row {
    name: "openapi/request-unique-items-tightened",
    bump: Bump::Major,
    docs:
        "\
`uniqueItems` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: array, uniqueItems: true}}}}}"#,
};
