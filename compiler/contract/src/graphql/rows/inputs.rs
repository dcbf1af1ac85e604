//! Rows of arguments of fields and of fields of input types.

use super::super::diff::Rows;
use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] = &[
    ARGUMENT_ADDED,
    ARGUMENT_BECAME_NULLABLE,
    ARGUMENT_BECAME_REQUIRED,
    ARGUMENT_DEFAULT_CHANGED,
    ARGUMENT_REMOVED,
    ARGUMENT_TYPE_CHANGED,
    FIELD_ADDED,
    FIELD_BECAME_NULLABLE,
    FIELD_BECAME_REQUIRED,
    FIELD_DEFAULT_CHANGED,
    FIELD_REMOVED,
    FIELD_TYPE_CHANGED,
    ARGUMENT_REQUIRED_ADDED,
    FIELD_REQUIRED_ADDED,
];

/// `graphql/argument-added`.
pub const ARGUMENT_ADDED: Row = Row {
    name: "graphql/argument-added",
    bump: Bump::Minor,
    docs: "An argument of a field is new and may be left out. Documents stay valid; leaving it out \
           should mean what it meant before.",
    old: "type Query { orders(all: Boolean): ID }",
    new: "type Query { orders(all: Boolean first: Int): ID }",
};

/// `graphql/argument-became-nullable`.
pub const ARGUMENT_BECAME_NULLABLE: Row = Row {
    name: "graphql/argument-became-nullable",
    bump: Bump::Minor,
    docs: "An argument of a field, or the items of its list, may be null and might not. All that was \
           accepted still is.",
    old: "type Query { orders(all: Boolean first: Int!): ID }",
    new: "type Query { orders(all: Boolean first: Int): ID }",
};

/// `graphql/argument-became-required`.
pub const ARGUMENT_BECAME_REQUIRED: Row = Row {
    name: "graphql/argument-became-required",
    bump: Bump::Major,
    docs: "An argument of a field lost its default and is non-null, so it must be given. Documents that \
           leave it out are refused. Keep the default.",
    old: "type Query { orders(all: Boolean first: Int! = 10): ID }",
    new: "type Query { orders(all: Boolean first: Int!): ID }",
};

/// `graphql/argument-default-changed`.
pub const ARGUMENT_DEFAULT_CHANGED: Row = Row {
    name: "graphql/argument-default-changed",
    bump: Bump::Minor,
    docs: "An argument of a field has another default: one that was not there, or one that is there no \
           more. Documents stay valid, but leaving it out means something else; say so to the users.",
    old: "type Query { orders(all: Boolean first: Int = 10): ID }",
    new: "type Query { orders(all: Boolean first: Int = 20): ID }",
};

/// `graphql/argument-removed`.
pub const ARGUMENT_REMOVED: Row = Row {
    name: "graphql/argument-removed",
    bump: Bump::Major,
    docs: "An argument of a field is gone. Documents that give it are refused. Keep it and pass it \
           over, deprecated.",
    old: "type Query { orders(all: Boolean first: Int): ID }",
    new: "type Query { orders(all: Boolean): ID }",
};

/// `graphql/argument-type-changed`.
pub const ARGUMENT_TYPE_CHANGED: Row = Row {
    name: "graphql/argument-type-changed",
    bump: Bump::Major,
    docs: "An argument of a field has another type, or refuses null. Values and variables that were \
           accepted are refused. Add another one instead.",
    old: "type Query { orders(all: Boolean first: Int): ID }",
    new: "type Query { orders(all: Boolean first: String): ID }",
};

/// `graphql/input-field-added`.
pub const FIELD_ADDED: Row = Row {
    name: "graphql/input-field-added",
    bump: Bump::Minor,
    docs: "A field of an input type is new and may be left out. Documents stay valid; leaving it out \
           should mean what it meant before.",
    old: "input Filter { all: Boolean }",
    new: "input Filter { all: Boolean first: Int }",
};

/// `graphql/input-field-became-nullable`.
pub const FIELD_BECAME_NULLABLE: Row = Row {
    name: "graphql/input-field-became-nullable",
    bump: Bump::Minor,
    docs: "A field of an input type, or the items of its list, may be null and might not. All that was \
           accepted still is.",
    old: "input Filter { all: Boolean first: Int! }",
    new: "input Filter { all: Boolean first: Int }",
};

/// `graphql/input-field-became-required`.
pub const FIELD_BECAME_REQUIRED: Row = Row {
    name: "graphql/input-field-became-required",
    bump: Bump::Major,
    docs: "A field of an input type lost its default and is non-null, so it must be given. Documents \
           that leave it out are refused. Keep the default.",
    old: "input Filter { all: Boolean first: Int! = 10 }",
    new: "input Filter { all: Boolean first: Int! }",
};

/// `graphql/input-field-default-changed`.
pub const FIELD_DEFAULT_CHANGED: Row = Row {
    name: "graphql/input-field-default-changed",
    bump: Bump::Minor,
    docs: "A field of an input type has another default: one that was not there, or one that is there \
           no more. Documents stay valid, but leaving it out means something else; say so to the users.",
    old: "input Filter { all: Boolean first: Int = 10 }",
    new: "input Filter { all: Boolean first: Int = 20 }",
};

/// `graphql/input-field-removed`.
pub const FIELD_REMOVED: Row = Row {
    name: "graphql/input-field-removed",
    bump: Bump::Major,
    docs: "A field of an input type is gone. Documents that give it are refused. Keep it and pass it \
           over, deprecated.",
    old: "input Filter { all: Boolean first: Int }",
    new: "input Filter { all: Boolean }",
};

/// `graphql/input-field-type-changed`.
pub const FIELD_TYPE_CHANGED: Row = Row {
    name: "graphql/input-field-type-changed",
    bump: Bump::Major,
    docs: "A field of an input type has another type, or refuses null. Values and variables that were \
           accepted are refused. Add another one instead.",
    old: "input Filter { all: Boolean first: Int }",
    new: "input Filter { all: Boolean first: String }",
};

/// `graphql/required-argument-added`.
pub const ARGUMENT_REQUIRED_ADDED: Row = Row {
    name: "graphql/required-argument-added",
    bump: Bump::Major,
    docs: "An argument of a field is new and must be given: its type is non-null and it has no default. \
           Give it a default, or let it be null.",
    old: "type Query { orders(all: Boolean): ID }",
    new: "type Query { orders(all: Boolean first: Int!): ID }",
};

/// `graphql/required-input-field-added`.
pub const FIELD_REQUIRED_ADDED: Row = Row {
    name: "graphql/required-input-field-added",
    bump: Bump::Major,
    docs: "A field of an input type is new and must be given: its type is non-null and it has no \
           default. Give it a default, or let it be null.",
    old: "input Filter { all: Boolean }",
    new: "input Filter { all: Boolean first: Int! }",
};

/// Of arguments of fields.
pub(in super::super) const ARGUMENT: Rows = Rows {
    removed: &ARGUMENT_REMOVED,
    added: &ARGUMENT_ADDED,
    required_added: &ARGUMENT_REQUIRED_ADDED,
    type_changed: &ARGUMENT_TYPE_CHANGED,
    became_nullable: &ARGUMENT_BECAME_NULLABLE,
    default_changed: &ARGUMENT_DEFAULT_CHANGED,
    became_required: &ARGUMENT_BECAME_REQUIRED,
};

/// Of fields of input types.
pub(in super::super) const FIELD: Rows = Rows {
    removed: &FIELD_REMOVED,
    added: &FIELD_ADDED,
    required_added: &FIELD_REQUIRED_ADDED,
    type_changed: &FIELD_TYPE_CHANGED,
    became_nullable: &FIELD_BECAME_NULLABLE,
    default_changed: &FIELD_DEFAULT_CHANGED,
    became_required: &FIELD_BECAME_REQUIRED,
};
