//! Rows of definitions of directives.

use super::super::diff::Rows;
use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] = &[
    DIRECTIVE_ADDED,
    ARGUMENT_ADDED,
    ARGUMENT_BECAME_NULLABLE,
    ARGUMENT_BECAME_REQUIRED,
    ARGUMENT_DEFAULT_CHANGED,
    ARGUMENT_REMOVED,
    ARGUMENT_TYPE_CHANGED,
    LOCATION_ADDED,
    LOCATION_REMOVED,
    DIRECTIVE_REMOVED,
    REPEATABLE_ADDED,
    REPEATABLE_REMOVED,
    ARGUMENT_REQUIRED_ADDED,
];

/// `graphql/directive-added`.
pub const DIRECTIVE_ADDED: Row = Row {
    name: "graphql/directive-added",
    bump: Bump::Minor,
    docs: "A directive is new.",
    old: "type Query { id: ID }",
    new: "directive @cached on FIELD\n\
              type Query { id: ID }",
};

/// `graphql/directive-argument-added`.
pub const ARGUMENT_ADDED: Row = Row {
    name: "graphql/directive-argument-added",
    bump: Bump::Minor,
    docs: "An argument of a directive is new and may be left out. Documents stay valid; leaving it out \
           should mean what it meant before.",
    old: "directive @cached(all: Boolean) on FIELD",
    new: "directive @cached(all: Boolean first: Int) on FIELD",
};

/// `graphql/directive-argument-became-nullable`.
pub const ARGUMENT_BECAME_NULLABLE: Row = Row {
    name: "graphql/directive-argument-became-nullable",
    bump: Bump::Minor,
    docs: "An argument of a directive, or the items of its list, may be null and might not. All that \
           was accepted still is.",
    old: "directive @cached(all: Boolean first: Int!) on FIELD",
    new: "directive @cached(all: Boolean first: Int) on FIELD",
};

/// `graphql/directive-argument-became-required`.
pub const ARGUMENT_BECAME_REQUIRED: Row = Row {
    name: "graphql/directive-argument-became-required",
    bump: Bump::Major,
    docs: "An argument of a directive lost its default and is non-null, so it must be given. Documents \
           that leave it out are refused. Keep the default. For a directive that stands only in schemas \
           it takes a minor number.",
    old: "directive @cached(all: Boolean first: Int! = 10) on FIELD",
    new: "directive @cached(all: Boolean first: Int!) on FIELD",
};

/// `graphql/directive-argument-default-changed`.
pub const ARGUMENT_DEFAULT_CHANGED: Row = Row {
    name: "graphql/directive-argument-default-changed",
    bump: Bump::Minor,
    docs: "An argument of a directive has another default: one that was not there, or one that is there \
           no more. Documents stay valid, but leaving it out means something else; say so to the users.",
    old: "directive @cached(all: Boolean first: Int = 10) on FIELD",
    new: "directive @cached(all: Boolean first: Int = 20) on FIELD",
};

/// `graphql/directive-argument-removed`.
pub const ARGUMENT_REMOVED: Row = Row {
    name: "graphql/directive-argument-removed",
    bump: Bump::Major,
    docs: "An argument of a directive is gone. Documents that give it are refused. Keep it and pass it \
           over, deprecated.",
    old: "directive @cached(all: Boolean first: Int) on FIELD",
    new: "directive @cached(all: Boolean) on FIELD",
};

/// `graphql/directive-argument-type-changed`.
pub const ARGUMENT_TYPE_CHANGED: Row = Row {
    name: "graphql/directive-argument-type-changed",
    bump: Bump::Major,
    docs: "An argument of a directive has another type, or refuses null. Values and variables that were \
           accepted are refused. Add another one instead. For a directive that stands only in schemas \
           it takes a minor number: no client writes it.",
    old: "directive @cached(all: Boolean first: Int) on FIELD",
    new: "directive @cached(all: Boolean first: String) on FIELD",
};

/// `graphql/directive-location-added`.
pub const LOCATION_ADDED: Row = Row {
    name: "graphql/directive-location-added",
    bump: Bump::Minor,
    docs: "A directive may stand at one more kind of place.",
    old: "directive @cached on FIELD",
    new: "directive @cached on FIELD | QUERY",
};

/// `graphql/directive-location-removed`.
pub const LOCATION_REMOVED: Row = Row {
    name: "graphql/directive-location-removed",
    bump: Bump::Major,
    docs: "A directive may no longer stand where it might. Documents that have it there are refused. \
           Keep the place.",
    old: "directive @cached on FIELD | QUERY",
    new: "directive @cached on FIELD",
};

/// `graphql/directive-removed`.
pub const DIRECTIVE_REMOVED: Row = Row {
    name: "graphql/directive-removed",
    bump: Bump::Major,
    docs: "A directive is gone. Documents and schemas that use it are refused. Keep its definition, \
           even if it does nothing.",
    old: "directive @cached on FIELD\n\
              type Query { id: ID }",
    new: "type Query { id: ID }",
};

/// `graphql/directive-repeatable-added`.
pub const REPEATABLE_ADDED: Row = Row {
    name: "graphql/directive-repeatable-added",
    bump: Bump::Minor,
    docs: "A directive may stand more than once at a place.",
    old: "directive @cached on FIELD",
    new: "directive @cached repeatable on FIELD",
};

/// `graphql/directive-repeatable-removed`.
pub const REPEATABLE_REMOVED: Row = Row {
    name: "graphql/directive-repeatable-removed",
    bump: Bump::Major,
    docs: "A directive may stand only once at a place. Documents that repeat it are refused. Keep \
           `repeatable`.",
    old: "directive @cached repeatable on FIELD",
    new: "directive @cached on FIELD",
};

/// `graphql/required-directive-argument-added`.
pub const ARGUMENT_REQUIRED_ADDED: Row = Row {
    name: "graphql/required-directive-argument-added",
    bump: Bump::Major,
    docs: "An argument of a directive is new and must be given: its type is non-null and it has no \
           default. Give it a default, or let it be null.",
    old: "directive @cached(all: Boolean) on FIELD",
    new: "directive @cached(all: Boolean first: Int!) on FIELD",
};

/// Of arguments of directives.
pub(in super::super) const ARGUMENT: Rows = Rows {
    removed: &ARGUMENT_REMOVED,
    added: &ARGUMENT_ADDED,
    required_added: &ARGUMENT_REQUIRED_ADDED,
    type_changed: &ARGUMENT_TYPE_CHANGED,
    became_nullable: &ARGUMENT_BECAME_NULLABLE,
    default_changed: &ARGUMENT_DEFAULT_CHANGED,
    became_required: &ARGUMENT_BECAME_REQUIRED,
};
