//! Rows of words for people and of directives where they are used.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] = &[
    DEPRECATED,
    DEPRECATION_REASON_CHANGED,
    DEPRECATION_REMOVED,
    DESCRIPTION_CHANGED,
    USAGE_ADDED,
    USAGE_CHANGED,
    USAGE_REMOVED,
    BECAME_ONE_OF,
    NO_LONGER_ONE_OF,
];

/// `graphql/deprecated`.
pub const DEPRECATED: Row = Row {
    name: "graphql/deprecated",
    bump: Bump::Minor,
    docs: "A field, an argument, a field of an input type or a value is deprecated. It works as before; \
           clients learn that it will not for ever (Semantic Versioning, item 7).",
    old: "type Order { id: ID email: String }",
    new: r#"type Order { id: ID email: String @deprecated(reason: "ask the customer") }"#,
};

/// `graphql/deprecation-reason-changed`.
pub const DEPRECATION_REASON_CHANGED: Row = Row {
    name: "graphql/deprecation-reason-changed",
    bump: Bump::Patch,
    docs: "Something is deprecated for another reason. Only people read it.",
    old: "type Order { email: String @deprecated }",
    new: r#"type Order { email: String @deprecated(reason: "ask the customer") }"#,
};

/// `graphql/deprecation-removed`.
pub const DEPRECATION_REMOVED: Row = Row {
    name: "graphql/deprecation-removed",
    bump: Bump::Patch,
    docs: "Something is deprecated no more. It works as before.",
    old: "type Order { email: String @deprecated }",
    new: "type Order { email: String }",
};

/// `graphql/description-changed`.
pub const DESCRIPTION_CHANGED: Row = Row {
    name: "graphql/description-changed",
    bump: Bump::Patch,
    docs: "A description is new, gone, or says something else: of the schema, a type, a field, an \
           argument, a value or a directive. Only people read it.",
    old: r#""Orders of a shop" type Order { id: ID }"#,
    new: r#""Orders of all shops" type Order { id: ID }"#,
};

/// `graphql/directive-usage-added`.
pub const USAGE_ADDED: Row = Row {
    name: "graphql/directive-usage-added",
    bump: Bump::Minor,
    docs: "A directive stands on a part of the schema where it did not. What it does is the business of \
           server and gateway (`@key`, `@auth`): look whether clients see it.",
    old: "directive @auth on FIELD_DEFINITION\n\
              type Order { email: String }",
    new: "directive @auth on FIELD_DEFINITION\n\
              type Order { email: String @auth }",
};

/// `graphql/directive-usage-changed`.
pub const USAGE_CHANGED: Row = Row {
    name: "graphql/directive-usage-changed",
    bump: Bump::Minor,
    docs: "A directive on a part of the schema is given other arguments. What it does is the business \
           of server and gateway: look whether clients see it.",
    old: "directive @auth(role: String) on FIELD_DEFINITION\n\
              type Order { email: String @auth(role: \"crm\") }",
    new: "directive @auth(role: String) on FIELD_DEFINITION\n\
              type Order { email: String @auth(role: \"sales\") }",
};

/// `graphql/directive-usage-removed`.
pub const USAGE_REMOVED: Row = Row {
    name: "graphql/directive-usage-removed",
    bump: Bump::Minor,
    docs: "A directive no longer stands on a part of the schema. What it did is the business of server \
           and gateway: look whether clients see it.",
    old: "directive @auth on FIELD_DEFINITION\n\
              type Order { email: String @auth }",
    new: "directive @auth on FIELD_DEFINITION\n\
              type Order { email: String }",
};

/// `graphql/input-became-one-of`.
pub const BECAME_ONE_OF: Row = Row {
    name: "graphql/input-became-one-of",
    bump: Bump::Major,
    docs: "An input type takes exactly one of its fields. Values with none or several are refused. Add \
           another input type instead.",
    old: "input By { id: ID name: String }",
    new: "input By @oneOf { id: ID name: String }",
};

/// `graphql/input-no-longer-one-of`.
pub const NO_LONGER_ONE_OF: Row = Row {
    name: "graphql/input-no-longer-one-of",
    bump: Bump::Minor,
    docs: "An input type takes any number of its fields, where it took exactly one. All that was \
           accepted still is.",
    old: "input By @oneOf { id: ID name: String }",
    new: "input By { id: ID name: String }",
};
