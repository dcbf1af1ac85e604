//! Rows of types and of what they consist of.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] = &[
    ENUM_VALUE_ADDED,
    ENUM_VALUE_REMOVED,
    INTERFACE_ADDED,
    INTERFACE_REMOVED,
    ROOT_ADDED,
    ROOT_CHANGED,
    ROOT_REMOVED,
    TYPE_ADDED,
    TYPE_KIND_CHANGED,
    TYPE_REMOVED,
    UNION_MEMBER_ADDED,
    UNION_MEMBER_REMOVED,
];

/// `graphql/enum-value-added`.
pub const ENUM_VALUE_ADDED: Row = Row {
    name: "graphql/enum-value-added",
    bump: Bump::Minor,
    docs: "An enum has one more value. Nobody sends it yet; clients that get it must do with a value \
           they do not know. With `strict` it takes a major number if fields have the enum.",
    old: "enum State { NEW }",
    new: "enum State { NEW PAID }",
};

/// `graphql/enum-value-removed`.
pub const ENUM_VALUE_REMOVED: Row = Row {
    name: "graphql/enum-value-removed",
    bump: Bump::Major,
    docs: "A value of an enum is gone. Documents that send it are refused. Deprecate it and keep it.",
    old: "enum State { NEW PAID }",
    new: "enum State { NEW }",
};

/// `graphql/interface-added`.
pub const INTERFACE_ADDED: Row = Row {
    name: "graphql/interface-added",
    bump: Bump::Minor,
    docs: "A type implements one more interface. Documents stay valid, but fields of the interface can \
           now hold a type that clients have not met; with `strict` it takes a major number.",
    old: "interface Node { id: ID }\n\
              type Order { id: ID }",
    new: "interface Node { id: ID }\n\
              type Order implements Node { id: ID }",
};

/// `graphql/interface-removed`.
pub const INTERFACE_REMOVED: Row = Row {
    name: "graphql/interface-removed",
    bump: Bump::Major,
    docs: "A type implements an interface no more. Fragments on the interface stop matching its \
           objects, and fragments on the type are refused where the interface is given. Keep the \
           interface.",
    old: "interface Node { id: ID }\n\
              type Order implements Node { id: ID }",
    new: "interface Node { id: ID }\n\
              type Order { id: ID }",
};

/// `graphql/root-type-added`.
pub const ROOT_ADDED: Row = Row {
    name: "graphql/root-type-added",
    bump: Bump::Minor,
    docs: "A kind of operation is new.",
    old: "schema { query: Query }\n\
              type Query { id: ID }\n\
              type Change { id: ID }",
    new: "schema { query: Query mutation: Change }\n\
              type Query { id: ID }\n\
              type Change { id: ID }",
};

/// `graphql/root-type-changed`.
pub const ROOT_CHANGED: Row = Row {
    name: "graphql/root-type-changed",
    bump: Bump::Major,
    docs: "Operations start at another type. Documents are read against that type, and fragments on the \
           old one are refused. Rename nothing at the root.",
    old: "schema { query: Shop }\n\
              type Shop { id: ID }\n\
              type Store { id: ID }",
    new: "schema { query: Store }\n\
              type Shop { id: ID }\n\
              type Store { id: ID }",
};

/// `graphql/root-type-removed`.
pub const ROOT_REMOVED: Row = Row {
    name: "graphql/root-type-removed",
    bump: Bump::Major,
    docs: "A kind of operation is gone: no query, mutation or subscription is answered. Keep the root \
           and deprecate its fields.",
    old: "schema { query: Query mutation: Change }\n\
              type Query { id: ID }\n\
              type Change { id: ID }",
    new: "schema { query: Query }\n\
              type Query { id: ID }\n\
              type Change { id: ID }",
};

/// `graphql/type-added`.
pub const TYPE_ADDED: Row = Row {
    name: "graphql/type-added",
    bump: Bump::Minor,
    docs: "A type is new. No document names it yet.",
    old: "type Order { id: ID }",
    new: "type Order { id: ID }\n\
              type Cart { id: ID }",
};

/// `graphql/type-kind-changed`.
pub const TYPE_KIND_CHANGED: Row = Row {
    name: "graphql/type-kind-changed",
    bump: Bump::Major,
    docs: "A type is of another kind: an object where a scalar was, an input where an object was. What \
           clients write for the one is no sentence for the other. Add a type with another name \
           instead.",
    old: "scalar Money",
    new: "type Money { amount: Int }",
};

/// `graphql/type-removed`.
pub const TYPE_REMOVED: Row = Row {
    name: "graphql/type-removed",
    bump: Bump::Major,
    docs: "A type is gone. Documents that name it, in a fragment or as the type of a variable, are \
           refused. Keep it and deprecate the fields that lead to it.",
    old: "type Order { id: ID }\n\
              type Cart { id: ID }",
    new: "type Order { id: ID }",
};

/// `graphql/union-member-added`.
pub const UNION_MEMBER_ADDED: Row = Row {
    name: "graphql/union-member-added",
    bump: Bump::Minor,
    docs: "A union has one more member. Documents stay valid; clients must do with an object for which \
           they have no fragment. With `strict` it takes a major number.",
    old: "type Card { id: ID }\n\
              type Cash { id: ID }\n\
              union Payment = Card",
    new: "type Card { id: ID }\n\
              type Cash { id: ID }\n\
              union Payment = Card | Cash",
};

/// `graphql/union-member-removed`.
pub const UNION_MEMBER_REMOVED: Row = Row {
    name: "graphql/union-member-removed",
    bump: Bump::Major,
    docs: "A union lost a member. Fragments on the member are refused where the union is given. Keep \
           the member, even if it is given no more.",
    old: "type Card { id: ID }\n\
              type Cash { id: ID }\n\
              union Payment = Card | Cash",
    new: "type Card { id: ID }\n\
              type Cash { id: ID }\n\
              union Payment = Card",
};
