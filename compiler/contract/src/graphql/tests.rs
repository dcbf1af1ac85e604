//! The example of each kind of change shows it; pairs that mean the same have no changes; faults of a text are told and survived.

use crate::tests::{compare, compare_with, examples};
use crate::{Bump, Comparison, Options};
use bastide_report::finding::Level;

fn diff(old: &str, new: &str) -> Comparison {
    compare(&super::FORMAT, ("old.graphql", old), ("new.graphql", new))
}

fn kinds(old: &str, new: &str) -> Vec<&'static str> {
    diff(old, new).changes.iter().map(|change| change.kind.name).collect()
}

#[test]
fn the_example_of_each_kind_shows_it() {
    examples(&super::FORMAT);
}

#[test]
fn equal_meaning_is_no_change() {
    for (old, new) in [
        ("type A { x: Int y: Int }", "type A { y: Int, x: Int } # turned"),
        ("type A { x(l: [Int] = 1): Int }", "type A { x(l: [Int] = [1]): Int }"),
        ("input A { x: Float = 1 }", "input A { x: Float = 1.0 }"),
        ("\"words\" scalar A", "\"\"\"\n  words\n\"\"\"\nscalar A"),
        ("type A { x: Int }", "type A\nextend type A { x: Int }"),
        ("enum E { A B }", "enum E { A }\nextend enum E { B }"),
        (
            "union U = A | B type A { x: Int } type B { x: Int }",
            "type A { x: Int } type B { x: Int } union U = | B | A",
        ),
        ("type Query { x: Int }", "schema { query: Query } type Query { x: Int }"),
        ("type A { x: Int @deprecated }", "type A { x: Int @deprecated(reason: \"No longer supported\") }"),
        (
            "input F { n: Int = 1 } type A { x(f: F = {}): Int }",
            "input F { n: Int = 1 } type A { x(f: F = {n: 1}): Int }",
        ),
    ] {
        assert_eq!(kinds(old, new), Vec::<&str>::new(), "{old} | {new}");
        assert!(diff(old, new).compared > 0);
    }
}

#[test]
fn a_default_that_is_no_value_of_its_type_is_none() {
    assert_eq!(
        kinds("type A { x: Int }", "type A { x(n: Int! = \"no\"): Int }"),
        ["graphql/required-argument-added"]
    );
    assert_eq!(
        kinds("type A { x: Int }", "type A { x(n: Int! = null): Int }"),
        ["graphql/required-argument-added"]
    );
    assert_eq!(kinds("type A { x: Int }", "type A { x(n: [Int!]! = 1): Int }"), ["graphql/argument-added"]);
}

#[test]
fn consumers_name_the_field_whose_argument_changed() {
    let found = diff("type Query { orders(first: Int): ID }", "type Query { orders: ID }");
    assert_eq!(found.changes[0].path, "Query.orders(first:)");
    assert_eq!(found.changes[0].element, "Query.orders");
}

#[test]
fn closed_clients_break_on_what_is_new_in_answers() {
    let strict = Options { strict: true, ..Options::default() };
    let bump = |old: &str, new: &str| {
        compare_with(&super::FORMAT, ("a.graphql", old), ("a.graphql", new), &strict).required()
    };
    assert_eq!(bump("enum S { A } type Q { s: S }", "enum S { A B } type Q { s: S }"), Bump::Major);
    assert_eq!(bump("enum S { A } input Q { s: S }", "enum S { A B } input Q { s: S }"), Bump::Minor);
    assert_eq!(
        bump(
            "type A { x: ID } union U = A type B { x: ID }",
            "type A { x: ID } union U = A | B type B { x: ID }"
        ),
        Bump::Major
    );
}

#[test]
fn subgraphs_of_a_federation_are_read_as_they_are() {
    let old = "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.3\", import: [\"@key\"])\n\
               extend type Order @key(fields: \"id\") @key(fields: \"number\") { id: ID! @external total: Int }\n\
               type Query { order: Order _service: _Service! }";
    let new = old.replace(" total: Int", "").replace(" @key(fields: \"number\")", "");
    assert_eq!(kinds(old, &new), ["graphql/field-removed", "graphql/directive-usage-removed"]);
    assert!(diff(old, &new).findings.is_empty());
}

#[test]
fn faults_that_leave_the_meaning_clear_are_warnings() {
    for (text, message) in [
        ("type A { x: Int x: Int! }", "`x` of `A` is defined twice"),
        ("type A { x: Int } type A { x: Int }", "the type `A` is defined twice"),
        ("type A { x: Int } extend input A { y: Int }", "`A` is extended as `input`, but is `type`"),
        ("type A { x: Int } query Q($a: Int = {b: 1}) { x }", "an operation stands among the types"),
        ("type A { x: B }", "the type `B` is not defined"),
        ("schema { read: A } type A { x: Int }", "`read` is no kind of operation"),
    ] {
        let found = diff(text, text);
        let messages: Vec<_> = found.findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, [message, message]);
        assert!(found.findings.iter().all(|finding| finding.level == Level::Warn) && found.compared > 0);
        assert_eq!(found.required(), Bump::None);
    }
}

#[test]
fn texts_that_cannot_be_read_are_denied_once_for_each_fault() {
    let deep = format!("type A {{ x: {}Int }}", "[".repeat(100_000));
    let value = format!("type A {{ x(a: Int = {}1): Int }}", "[".repeat(100_000));
    for (text, faults) in [
        ("", 1),
        ("query { x }", 1),
        ("type A { x Int }\n\ntype B {\n  y: }\n\ntype C { z: Int }\n", 2),
        ("type A { x: Int ", 1),
        ("\"\"\"open", 1),
        ("\u{0}\u{1}", 1),
        ("type A { x(n: Int = 01): Int }", 1),
        (&deep, 1),
        (&value, 1),
    ] {
        let found = diff(text, "type A { x: Int }");
        let denied = found.findings.iter().filter(|finding| finding.level == Level::Deny).count();
        assert_eq!(denied, faults, "{text:.40} {:#?}", found.findings);
        assert!(found.unreadable() && found.changes.is_empty());
    }
}

#[test]
fn no_beginning_of_a_text_is_too_much() {
    let text = "\"\"\"é\"\"\" schema @a(b: [1, {c: \"d\\u00e9\"}]) { query: Q } type Q implements A & B { f(a: [Int!]! = [1, -2.5e3]): \
                X! @deprecated(reason: \"\"\"no\"\"\") } directive @a(b: Int) repeatable on | FIELD | QUERY union U = | A | B";
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        diff(&text[..end], &text[end..]);
    }
}
