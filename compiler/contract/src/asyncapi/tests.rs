//! The example of each kind of change shows it; payloads are judged by who reads them; both versions mean the same.

use crate::tests::{compare, compare_with, examples};
use crate::{Bump, Comparison, Options};
use bastide_report::finding::Level;

fn diff(old: &str, new: &str) -> Comparison {
    compare(&super::FORMAT, ("old.asyncapi.yaml", old), ("new.asyncapi.yaml", new))
}

fn told(old: &str, new: &str) -> Vec<(&'static str, Bump)> {
    let found = diff(old, new);
    assert!(found.findings.is_empty(), "{:#?}", found.findings);
    found.changes.iter().map(|change| (change.kind.name, change.bump)).collect()
}

fn three(action: &str, payload: &str) -> String {
    format!(
        "asyncapi: 3.0.0\nchannels:\n  placed:\n    address: orders.placed\n    messages:\n      Placed: \
         {{payload: {payload}}}\noperations:\n  on: {{action: {action}, channel: {{$ref: '#/channels/placed'}}}}\n"
    )
}

fn two(word: &str, payload: &str) -> String {
    format!(
        "asyncapi: 2.6.0\nchannels:\n  orders.placed:\n    {word}:\n      operationId: on\n      message: \
         {{messageId: Placed, payload: {payload}}}\n"
    )
}

#[test]
fn the_example_of_each_kind_shows_it() {
    examples(&super::FORMAT);
}

#[test]
fn what_is_sent_must_not_widen_and_what_is_received_must_not_narrow() {
    let (few, many) = ("{type: string, enum: [new]}", "{type: string, enum: [new, paid]}");
    for (added, removed, document) in [
        (Bump::Major, Bump::Minor, &(|payload: &str| three("send", payload)) as &dyn Fn(&str) -> String),
        (Bump::Minor, Bump::Major, &|payload| three("receive", payload)),
        (Bump::Major, Bump::Minor, &|payload| two("subscribe", payload)),
        (Bump::Minor, Bump::Major, &|payload| two("publish", payload)),
    ] {
        let (few, many) = (document(few), document(many));
        assert_eq!(told(&few, &many), [("json-schema/enum-value-added", added)]);
        assert_eq!(told(&many, &few), [("json-schema/enum-value-removed", removed)]);
    }
}

#[test]
fn properties_weigh_as_in_requests_and_answers() {
    let with = "{type: object, required: [id], properties: {id: {type: string}, note: {type: string}}}";
    let without = "{type: object, required: [id], properties: {id: {type: string}}}";
    let none = "{type: object, properties: {note: {type: string}}}";
    let bump = |action: &str, old: &str, new: &str| diff(&three(action, old), &three(action, new)).required();
    assert_eq!(bump("send", without, with), Bump::Minor);
    assert_eq!(bump("send", with, without), Bump::Minor);
    assert_eq!(bump("send", with, none), Bump::Major);
    assert_eq!(bump("receive", without, with), Bump::Minor);
    assert_eq!(bump("receive", none, with), Bump::Major);
}

#[test]
fn avro_payloads_are_judged_by_avro_in_the_direction_they_travel() {
    let payload = |fields: &str| {
        format!(
            "{{schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: {{type: record, name: Order, fields: \
             [{fields}]}}}}"
        )
    };
    let (old, new) = (payload("{name: qty, type: int}"), payload("{name: qty, type: long}"));
    assert_eq!(told(&three("send", &old), &three("send", &new)), [("avro/type-mismatch", Bump::Major)]);
    assert_eq!(told(&three("receive", &old), &three("receive", &new)), [("avro/type-mismatch", Bump::Minor)]);
    assert_eq!(told(&three("receive", &new), &three("receive", &old)), [("avro/type-mismatch", Bump::Major)]);
}

#[test]
fn the_two_versions_mean_the_same() {
    let payload = "{type: object, properties: {id: {type: string}}}";
    assert_eq!(told(&two("subscribe", payload), &three("send", payload)), []);
    assert_eq!(told(&two("publish", payload), &three("receive", payload)), []);
    let flipped = told(&two("publish", payload), &three("send", payload));
    assert_eq!(flipped, [("asyncapi/operation-action-changed", Bump::Major)]);
}

#[test]
fn equal_meaning_is_no_change() {
    let head = "asyncapi: 3.0.0\ninfo: {title: Orders, version: 1.0.0}\n";
    for (old, new) in [
        (head.to_string(), head.replace("1.0.0", "2.0.0")),
        (
            format!("{head}channels: {{a: {{address: 'o.{{x}}.p', parameters: {{x: {{enum: [eu]}}}}}}}}"),
            format!("{head}channels: {{b: {{address: 'o.{{y}}.p', parameters: {{y: {{enum: [eu]}}}}}}}}"),
        ),
        (
            format!("{head}channels: {{a: {{messages: {{m: {{payload: {{type: string}}}}}}}}}}"),
            format!(
                "{head}channels: {{a: {{messages: {{m: {{$ref: '#/components/messages/m'}}}}}}}}\ncomponents: {{messages: \
                 {{m: {{payload: {{$ref: '#/components/schemas/s'}}}}}}, schemas: {{s: {{type: string}}}}}}"
            ),
        ),
        (
            format!("{head}channels: {{a: {{messages: {{m: {{contentType: application/json}}}}}}}}"),
            format!("{head}defaultContentType: application/JSON\nchannels: {{a: {{messages: {{m: {{}}}}}}}}"),
        ),
        (
            format!("{head}channels: {{a: {{address: t, bindings: {{kafka: {{bindingVersion: 0.4.0}}}}}}}}"),
            format!("{head}channels: {{a: {{address: t, bindings: {{kafka: {{bindingVersion: 0.5.0}}}}}}}}"),
        ),
    ] {
        assert_eq!(told(&old, &new), [], "{old}\n{new}");
        assert!(diff(&old, &new).compared > 0);
    }
}

#[test]
fn traits_are_filled_in() {
    let plain = "asyncapi: 3.0.0\nchannels: {a: {messages: {m: {headers: {type: object, required: [id]}}}}}";
    let drawn = "asyncapi: 3.0.0\nchannels: {a: {messages: {m: {traits: [{$ref: '#/components/messageTraits/t'}]}}}}\n\
                 components: {messageTraits: {t: {headers: {type: object, required: [id]}}}}";
    assert_eq!(told(plain, drawn), []);
}

#[test]
fn keys_of_kafka_are_schemas_of_their_own() {
    let document = |key: &str| {
        format!(
            "asyncapi: 3.0.0\nchannels: {{a: {{messages: {{m: {{bindings: {{kafka: {{key: {key}}}}}}}}}}}}}"
        )
    };
    let told = told(&document("{type: string}"), &document("{type: integer}"));
    assert_eq!(told, [("json-schema/type-changed", Bump::Major)]);
}

#[test]
fn names_count_where_generated_code_does() {
    let (old, new) = (three("send", "{}"), three("send", "{}").replace("  on:", "  placed:"));
    let source = Options { source: true, ..Options::default() };
    assert_eq!(diff(&old, &new).required(), Bump::Minor);
    let found = compare_with(&super::FORMAT, ("o.asyncapi.yaml", &old), ("n.asyncapi.yaml", &new), &source);
    assert_eq!(found.required(), Bump::Major);
}

#[test]
fn what_is_no_document_is_denied_with_its_place() {
    for (text, rule) in [
        ("title: Orders", "contract-syntax"),
        ("asyncapi: 1.2.0", "contract-unsupported"),
        ("[1]", "contract-syntax"),
        ("asyncapi: 3.0.0\nchannels: {a: {$ref: '#/components/channels/b'}}", "contract-reference"),
        ("asyncapi: 3.0.0\nchannels: {a: {$ref: '#/channels/a'}}", "contract-reference"),
        ("asyncapi: 3.0.0\nchannels: {a: {messages: {m: {$ref: 'https://x/m.yaml'}}}}", "contract-reference"),
        ("asyncapi: 3.0.0\noperations: {a: {action: send}}", "contract-syntax"),
    ] {
        let found = diff(text, "asyncapi: 3.0.0");
        let denied: Vec<_> = found.findings.iter().filter(|finding| finding.level == Level::Deny).collect();
        assert_eq!(denied.iter().map(|finding| finding.rule.as_ref()).collect::<Vec<_>>(), [rule], "{text}");
        assert!(!denied[0].labels.is_empty() && found.changes.is_empty() && found.compared == 0);
    }
}
