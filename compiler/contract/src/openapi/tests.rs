//! What the diff of whole contracts promises.

use super::{FORMAT, element};
use crate::tests::{compare, examples};
use crate::{Bump, Comparison};

fn diff(old: &str, new: &str) -> Comparison {
    compare(&FORMAT, ("orders.yaml", old), ("orders.yaml", new))
}

#[test]
fn the_example_of_each_kind_shows_it() {
    examples(&FORMAT);
}

#[test]
fn consumers_name_operations_and_fields_of_answers() {
    let path = "GET /orders/{id} 200 application/json $.customer.email";
    assert_eq!(element(path), "GET /orders/{id}#customer.email");
    assert_eq!(element("POST /orders body application/json $.note"), "POST /orders");
    assert_eq!(element("webhook POST paid 200"), "webhook POST paid");
}

/// The changes between two contracts, in few words, and the number they take.
fn said(old: &str, new: &str) -> (Bump, Vec<String>) {
    let comparison = diff(old, new);
    assert!(comparison.findings.is_empty(), "{:?}", comparison.findings);
    let short = |change: &crate::Change| {
        format!("{} {} +{}", change.kind.name.trim_start_matches("openapi/"), change.path, change.also.len())
    };
    (comparison.required(), comparison.changes.iter().map(short).collect())
}

fn none(old: &str, new: &str) {
    assert_eq!(said(old, new), (Bump::None, vec![]), "{old}\n{new}");
}

#[test]
fn what_means_the_same_is_no_change() {
    let get = |path: &str, name: &str| {
        format!(
            "openapi: 3.0.3\npaths:\n  {path}:\n    get:\n      parameters:\n      - {{name: {name}, in: path, required: true, schema: {{type: string}}}}\n"
        )
    };
    none(&get("/orders/{id}", "id"), &get("/orders/{order}", "order"));
    let on_path = "openapi: 3.0.3\npaths:\n  /orders/{id}:\n    parameters:\n    - {name: id, in: path, required: true, schema: {type: string}}\n    get: {}\n";
    none(&get("/orders/{id}", "id"), on_path);
    let body = |content: &str| {
        format!("openapi: 3.1.0\npaths: {{/a: {{post: {{requestBody: {{content: {{{content}}}}}}}}}}}")
    };
    none(&body("application/json: {}"), &body("Application/JSON; charset=utf-8: {}"));
    let schema = |schema: &str| body(&format!("application/json: {{schema: {schema}}}"));
    none(&schema("{type: [string, 'null']}"), &schema("{oneOf: [{type: string}, {type: 'null'}]}"));
    none(
        "openapi: 3.0.0\npaths: {/a: {get: {responses: {'200': {content: {a/b: {schema: {type: string, nullable: true}}}}}}}}",
        "openapi: 3.1.0\npaths: {/a: {get: {responses: {'200': {content: {a/b: {schema: {type: [string, 'null']}}}}}}}}",
    );
}

#[test]
fn ranges_take_in_what_they_cover() {
    let body = |kind: &str| {
        format!("openapi: 3.1.0\npaths: {{/a: {{post: {{requestBody: {{content: {{'{kind}': {{}}}}}}}}}}}}")
    };
    none(&body("application/json"), &body("application/*"));
    assert_eq!(said(&body("application/*"), &body("application/json")).0, Bump::Major);
    let answer = |status: &str, kind: &str| {
        format!(
            "openapi: 3.1.0\npaths: {{/a: {{get: {{responses: {{'{status}': {{content: {{'{kind}': {{}}}}}}}}}}}}}}"
        )
    };
    none(&answer("200", "text/*"), &answer("2XX", "text/plain"));
    none(&answer("2XX", "text/plain"), &answer("204", "text/plain"));
    none(&answer("default", "text/plain"), &answer("200", "text/plain"));
    assert_eq!(said(&answer("200", "text/plain"), &answer("200", "text/*")).0, Bump::Major);
}

#[test]
fn schemes_are_known_by_what_they_are_on_the_wire() {
    let text = |schemes: &str, security: &str| {
        format!(
            "openapi: 3.1.0\ncomponents: {{securitySchemes: {{{schemes}}}}}\nsecurity: {security}\npaths: {{/a: {{get: {{}}}}, /b: {{get: {{}}}}}}"
        )
    };
    let one = text("key: {type: apiKey, in: header, name: X-Key}", "[{key: []}]");
    none(&one, &text("other: {type: apiKey, in: header, name: x-key}", "[{other: []}]"));
    let (bump, changes) = said(&one, &text("key: {type: apiKey, in: query, name: X-Key}", "[{key: []}]"));
    assert_eq!(bump, Bump::Major);
    // One cause, and the two operations it touches.
    assert_eq!(changes[1], "security-alternative-removed GET /a +1");
    none(&text("", "[]"), &text("", "[{}]"));
}

#[test]
fn a_shared_schema_is_one_cause() {
    let text = |kind: &str| {
        let path = |at: usize| {
            format!(
                "  /a{at}: {{get: {{responses: {{'200': {{content: {{a/b: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}}}}}}}\n"
            )
        };
        let paths: String = (0..9).map(path).collect();
        format!(
            "openapi: 3.1.0\npaths:\n{paths}components: {{schemas: {{S: {{properties: {{id: {{type: {kind}}}}}}}}}}}\n"
        )
    };
    let (bump, changes) = said(&text("string"), &text("integer"));
    assert_eq!((bump, changes), (Bump::Major, vec!["response-type-changed GET /a0 200 a/b $.id +8".into()]));
}

#[test]
fn callbacks_turn_the_directions_round() {
    let text = |required: &str| {
        format!(
            "openapi: 3.1.0\npaths: {{/a: {{post: {{callbacks: {{paid: {{'{{$request.body#/url}}': {{post: {{requestBody: {{content: {{a/b: {{schema: {{type: object, properties: {{id: {{}}}}, required: [{required}]}}}}}}}}}}}}}}}}}}}}}}"
        )
    };
    assert_eq!(said(&text(""), &text("id")).0, Bump::Minor);
    assert_eq!(said(&text("id"), &text("")).0, Bump::Major);
}

#[test]
fn what_is_no_contract_is_a_finding_with_a_place() {
    let good = "openapi: 3.1.0\npaths: {}";
    let rule = |text: &str| {
        let comparison = diff(good, text);
        assert!(comparison.unreadable(), "{text}");
        let finding = &comparison.findings[0];
        (finding.rule.to_string(), finding.labels.len())
    };
    assert_eq!(rule("swagger: '2.0'\npaths: {}"), ("contract-unsupported".into(), 1));
    assert_eq!(rule("openapi: 4.0.0"), ("contract-unsupported".into(), 1));
    assert_eq!(rule("title: orders"), ("contract-syntax".into(), 1));
    assert_eq!(rule("\u{0}\u{1}"), ("contract-syntax".into(), 1));
    assert_eq!(
        rule("openapi: 3.1.0\npaths: {/a: {$ref: 'https://example.com/a.yaml'}}"),
        ("contract-reference".into(), 1)
    );
    assert_eq!(rule("openapi: 3.1.0\npaths: {/a: {$ref: '#/paths/~1a'}}"), ("contract-reference".into(), 1));
}

#[test]
fn cycles_of_choices_hide_nothing() {
    let text = |levels: usize, kind: &str| {
        let mut out = String::from(
            "openapi: 3.1.0\npaths: {/a: {get: {responses: {'200': {content: {a/b: {schema: {$ref: '#/components/schemas/L0'}}}}}}}}\ncomponents:\n  schemas:\n",
        );
        for at in 0..levels {
            let branch = |name: &str| {
                format!(
                    "{{properties: {{{name}: {{$ref: '#/components/schemas/L{}'}}, up: {{$ref: '#/components/schemas/L0'}}}}, required: [{name}]}}",
                    at + 1
                )
            };
            out.push_str(&format!("    L{at}: {{oneOf: [{}, {}]}}\n", branch("left"), branch("right")));
        }
        out + &format!("    L{levels}: {{type: {kind}}}\n")
    };
    for levels in [1, 2, 3, 9, 40] {
        none(&text(levels, "string"), &text(levels, "string"));
        let (bump, changes) = said(&text(levels, "string"), &text(levels, "integer"));
        assert_eq!((bump, changes.len()), (Bump::Major, 1), "{levels}: {changes:#?}");
    }
}
