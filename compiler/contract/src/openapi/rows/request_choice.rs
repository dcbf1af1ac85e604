//! What clients send: choices, conditions, and what tells them apart.

use crate::{Bump, Row};

/// All of them.
pub const ROWS: &[Row] = &[
    REQUEST_BRANCH_ADDED,
    REQUEST_BRANCH_REMOVED,
    REQUEST_CHOICE_LIFTED,
    REQUEST_CHOICE_SET,
    REQUEST_CONDITION_CHANGED,
    REQUEST_CONDITION_LOOSENED,
    REQUEST_CONDITION_TIGHTENED,
    REQUEST_NOT_CHANGED,
    REQUEST_NOT_LOOSENED,
    REQUEST_NOT_TIGHTENED,
];

/// `openapi/request-branch-added`.
pub const REQUEST_BRANCH_ADDED: Row = Row {
    name: "openapi/request-branch-added",
    bump: Bump::Minor,
    docs: "\
A branch of `oneOf` or `anyOf` is new, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, anyOf: [{required: [card]}, {required: [cash]}]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, anyOf: [{required: [card]}, {required: [cash]}, {required: [gift]}]}}}}}"#,
};

/// `openapi/request-branch-removed`.
pub const REQUEST_BRANCH_REMOVED: Row = Row {
    name: "openapi/request-branch-removed",
    bump: Bump::Major,
    docs:
        "\
A branch of `oneOf` or `anyOf` is gone, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, anyOf: [{required: [card]}, {required: [cash]}, {required: [gift]}]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, anyOf: [{required: [card]}, {required: [cash]}]}}}}}"#,
};

/// `openapi/request-choice-lifted`.
pub const REQUEST_CHOICE_LIFTED: Row = Row {
    name: "openapi/request-choice-lifted",
    bump: Bump::Minor,
    docs: "\
No schema of a choice must fit any more, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {allOf: [{anyOf: [{required: [card]}, {required: [cash]}]}, {anyOf: [{required: [home]}, {required: [work]}]}]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {anyOf: [{required: [card]}, {required: [cash]}]}}}}}"#,
};

/// `openapi/request-choice-set`.
pub const REQUEST_CHOICE_SET: Row = Row {
    name: "openapi/request-choice-set",
    bump: Bump::Major,
    docs:
        "\
One of several schemas must fit, where none had to, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {anyOf: [{required: [card]}, {required: [cash]}]}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {allOf: [{anyOf: [{required: [card]}, {required: [cash]}]}, {anyOf: [{required: [home]}, {required: [work]}]}]}}}}}"#,
};

/// `openapi/request-condition-changed`.
pub const REQUEST_CONDITION_CHANGED: Row = Row {
    name: "openapi/request-condition-changed",
    bump: Bump::Major,
    docs:
        "\
`if`, `then` and `else` changed, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, if: {required: [card]}, then: {required: [name]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, if: {required: [cash]}, then: {required: [till]}}}}}}"#,
};

/// `openapi/request-condition-loosened`.
pub const REQUEST_CONDITION_LOOSENED: Row = Row {
    name: "openapi/request-condition-loosened",
    bump: Bump::Minor,
    docs: "\
`if`, `then` and `else` leave more room, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, if: {required: [card]}, then: {required: [name]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
};

/// `openapi/request-condition-tightened`.
pub const REQUEST_CONDITION_TIGHTENED: Row = Row {
    name: "openapi/request-condition-tightened",
    bump: Bump::Major,
    docs:
        "\
`if`, `then` and `else` leave less room, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: object, if: {required: [card]}, then: {required: [name]}}}}}}"#,
};

/// `openapi/request-not-changed`.
pub const REQUEST_NOT_CHANGED: Row = Row {
    name: "openapi/request-not-changed",
    bump: Bump::Major,
    docs:
        "\
`not` refuses something else, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, not: {enum: [none]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, not: {enum: [nil]}}}}}}"#,
};

/// `openapi/request-not-loosened`.
pub const REQUEST_NOT_LOOSENED: Row = Row {
    name: "openapi/request-not-loosened",
    bump: Bump::Minor,
    docs: "\
`not` refuses less, in what clients send.
All that was accepted still is.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, not: {enum: [none]}}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
};

/// `openapi/request-not-tightened`.
pub const REQUEST_NOT_TIGHTENED: Row = Row {
    name: "openapi/request-not-tightened",
    bump: Bump::Major,
    docs:
        "\
`not` refuses more, in what clients send.
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    old: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string}}}}}"#,
    new: r#"openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: {type: string, not: {enum: [none]}}}}}}"#,
};
