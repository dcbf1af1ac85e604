//! What clients send: limits of numbers and texts.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    REQUEST_MAX_LENGTH_LOOSENED,
    REQUEST_MAX_LENGTH_TIGHTENED,
    REQUEST_MAXIMUM_LOOSENED,
    REQUEST_MAXIMUM_TIGHTENED,
    REQUEST_MIN_LENGTH_LOOSENED,
    REQUEST_MIN_LENGTH_TIGHTENED,
    REQUEST_MINIMUM_LOOSENED,
    REQUEST_MINIMUM_TIGHTENED,
    REQUEST_MULTIPLE_OF_CHANGED,
    REQUEST_MULTIPLE_OF_LOOSENED,
    REQUEST_MULTIPLE_OF_TIGHTENED,
    REQUEST_PATTERN_CHANGED,
    REQUEST_PATTERN_LOOSENED,
    REQUEST_PATTERN_TIGHTENED,
];

/// `openapi/request-max-length-loosened`.
pub const REQUEST_MAX_LENGTH_LOOSENED: Row = Row {
    name: "openapi/request-max-length-loosened",
    bump: Bump::Minor,
    docs: "\
`maxLength` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, maxLength: 10}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, maxLength: 20}}}}}"#,
};

/// `openapi/request-max-length-tightened`.
pub const REQUEST_MAX_LENGTH_TIGHTENED: Row = Row {
    name: "openapi/request-max-length-tightened",
    bump: Bump::Major,
    docs:
        "\
`maxLength` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, maxLength: 20}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, maxLength: 10}}}}}"#,
};

/// `openapi/request-maximum-loosened`.
pub const REQUEST_MAXIMUM_LOOSENED: Row = Row {
    name: "openapi/request-maximum-loosened",
    bump: Bump::Minor,
    docs: "\
`maximum` or `exclusiveMaximum` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, maximum: 8}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, maximum: 9}}}}}"#,
};

/// `openapi/request-maximum-tightened`.
pub const REQUEST_MAXIMUM_TIGHTENED: Row = Row {
    name: "openapi/request-maximum-tightened",
    bump: Bump::Major,
    docs:
        "\
`maximum` or `exclusiveMaximum` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, maximum: 9}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, maximum: 8}}}}}"#,
};

/// `openapi/request-min-length-loosened`.
pub const REQUEST_MIN_LENGTH_LOOSENED: Row = Row {
    name: "openapi/request-min-length-loosened",
    bump: Bump::Minor,
    docs: "\
`minLength` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, minLength: 2}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, minLength: 1}}}}}"#,
};

/// `openapi/request-min-length-tightened`.
pub const REQUEST_MIN_LENGTH_TIGHTENED: Row = Row {
    name: "openapi/request-min-length-tightened",
    bump: Bump::Major,
    docs:
        "\
`minLength` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, minLength: 1}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, minLength: 2}}}}}"#,
};

/// `openapi/request-minimum-loosened`.
pub const REQUEST_MINIMUM_LOOSENED: Row = Row {
    name: "openapi/request-minimum-loosened",
    bump: Bump::Minor,
    docs: "\
`minimum` or `exclusiveMinimum` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, minimum: 2}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, minimum: 1}}}}}"#,
};

/// `openapi/request-minimum-tightened`.
pub const REQUEST_MINIMUM_TIGHTENED: Row = Row {
    name: "openapi/request-minimum-tightened",
    bump: Bump::Major,
    docs:
        "\
`minimum` or `exclusiveMinimum` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, minimum: 1}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, minimum: 2}}}}}"#,
};

/// `openapi/request-multiple-of-changed`.
pub const REQUEST_MULTIPLE_OF_CHANGED: Row = Row {
    name: "openapi/request-multiple-of-changed",
    bump: Bump::Major,
    docs:
        "\
`multipleOf` changed and neither side holds the other, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, multipleOf: 5}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, multipleOf: 7}}}}}"#,
};

/// `openapi/request-multiple-of-loosened`.
pub const REQUEST_MULTIPLE_OF_LOOSENED: Row = Row {
    name: "openapi/request-multiple-of-loosened",
    bump: Bump::Minor,
    docs: "\
`multipleOf` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, multipleOf: 10}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, multipleOf: 5}}}}}"#,
};

/// `openapi/request-multiple-of-tightened`.
pub const REQUEST_MULTIPLE_OF_TIGHTENED: Row = Row {
    name: "openapi/request-multiple-of-tightened",
    bump: Bump::Major,
    docs:
        "\
`multipleOf` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, multipleOf: 5}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: integer, multipleOf: 10}}}}}"#,
};

/// `openapi/request-pattern-changed`.
pub const REQUEST_PATTERN_CHANGED: Row = Row {
    name: "openapi/request-pattern-changed",
    bump: Bump::Major,
    docs:
        "\
`pattern` changed and neither side holds the other, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, pattern: "^[a-z]+$"}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, pattern: "^[0-9]+$"}}}}}"#,
};

/// `openapi/request-pattern-loosened`.
pub const REQUEST_PATTERN_LOOSENED: Row = Row {
    name: "openapi/request-pattern-loosened",
    bump: Bump::Minor,
    docs: "\
`pattern` leaves more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, pattern: "^[a-z]+$"}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
};

/// `openapi/request-pattern-tightened`.
pub const REQUEST_PATTERN_TIGHTENED: Row = Row {
    name: "openapi/request-pattern-tightened",
    bump: Bump::Major,
    docs:
        "\
`pattern` leaves less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, pattern: "^[a-z]+$"}}}}}"#,
};
