//! Rows of fields of objects and interfaces.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] =
    &[FIELD_ADDED, FIELD_BECAME_NON_NULL, FIELD_BECAME_NULLABLE, FIELD_REMOVED, FIELD_TYPE_CHANGED];

/// `graphql/field-added`.
pub const FIELD_ADDED: Row = Row {
    name: "graphql/field-added",
    bump: Bump::Minor,
    docs: "A field is new. Clients get only what they ask for.",
    old: "type Order { id: ID }",
    new: "type Order { id: ID email: String }",
};

/// `graphql/field-became-non-null`.
pub const FIELD_BECAME_NON_NULL: Row = Row {
    name: "graphql/field-became-non-null",
    bump: Bump::Minor,
    docs: "A field, or the items of its list, is never null. Clients that look for null still may.",
    old: "type Order { id: ID }",
    new: "type Order { id: ID! }",
};

/// `graphql/field-became-nullable`.
pub const FIELD_BECAME_NULLABLE: Row = Row {
    name: "graphql/field-became-nullable",
    bump: Bump::Major,
    docs: "A field, or the items of its list, can be null and could not. Clients that rely on a value \
           fail on null. Keep it non-null, or add another field.",
    old: "type Order { id: ID! }",
    new: "type Order { id: ID }",
};

/// `graphql/field-removed`.
pub const FIELD_REMOVED: Row = Row {
    name: "graphql/field-removed",
    bump: Bump::Major,
    docs: "A field is gone. Documents that ask for it are refused. Deprecate it first, and remove it \
           when nobody asks for it.",
    old: "type Order { id: ID email: String }",
    new: "type Order { id: ID }",
};

/// `graphql/field-type-changed`.
pub const FIELD_TYPE_CHANGED: Row = Row {
    name: "graphql/field-type-changed",
    bump: Bump::Major,
    docs: "A field has another type. Clients read what they cannot parse, and selections or fragments \
           no longer fit. Add a field with another name and deprecate this one.",
    old: "type Order { total: Int }",
    new: "type Order { total: String }",
};
