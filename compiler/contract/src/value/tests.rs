#![allow(clippy::unwrap_used, reason = "a test stops where it is wrong")]

use super::{Data, Value, read};
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use proptest::prelude::*;

/// The value as one line with the texts its places hold, and the findings.
fn both(path: &str, text: &str) -> (Option<String>, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add(path, text, Role::Spec);
    let mut report = Report::default();
    let value = read(file, sources.get(file), &mut report);
    let line = |finding: &bastide_report::finding::Finding| {
        let place = sources.place(finding.labels[0].span);
        format!("{}:{} {} {}", place.line, place.column, finding.level.as_str(), finding.message)
    };
    let found = report.findings.iter().map(line).collect();
    (value.map(|value| show(&value)), found)
}

fn show(value: &Value) -> String {
    match &value.data {
        Data::Null => "null".into(),
        Data::Bool(truth) => truth.to_string(),
        Data::Number(number) => number.to_string(),
        Data::Text(text) => format!("{text:?}"),
        Data::List(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(",")),
        Data::Map(entries) => {
            let entry = |entry: &super::Entry| format!("{:?}:{}", entry.key, show(&entry.value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
        }
    }
}

fn good(text: &str) -> String {
    let (value, found) = both("a", text);
    assert_eq!(found, Vec::<String>::new(), "{text}");
    value.expect("a value")
}

fn bad(path: &str, text: &str) -> Vec<String> {
    both(path, text).1
}

#[test]
fn json_as_it_is_written() {
    assert_eq!(
        good(r#"{"a": [1, -0.5e+3, true, null], "b": {"ü": "\u00e4\n\ud83d\ude00"}}"#),
        "{\"a\":[1,-0.5e+3,true,null],\"b\":{\"ü\":\"ä\\n😀\"}}"
    );
    assert_eq!(good("\u{feff}// c\n{\"a\": /* x */ 1, }\n"), "{\"a\":1}");
    assert_eq!(good("[1, 2, ]"), "[1,2]");
}

#[test]
fn json_faults_have_places() {
    assert_eq!(bad("a.json", "{\"a\": 1,\n \"a\": 2}"), ["2:2 deny the key `a` stands twice in one map"]);
    assert_eq!(bad("a.json", "{\"a\": 01}"), ["1:7 deny `01` is not a number"]);
    assert_eq!(bad("a.json", "{\"a\": \"\\ud800\"}"), ["1:8 deny this stands for no character"]);
    assert_eq!(bad("a.json", "{\"a\": \"\t\"}"), ["1:8 deny a control character stands bare in a text"]);
    assert_eq!(bad("a.json", "{\"a\" 1}"), ["1:6 deny `:` is missing here"]);
    assert_eq!(bad("a.json", "{\"a\": [1"), ["1:9 deny `,` or `]` is missing here"]);
    assert_eq!(bad("a.json", "{\"a\": \"x"), ["1:7 deny `\"` is never closed"]);
    assert_eq!(bad("a.json", "{} x"), ["1:4 deny text after the end"]);
    assert_eq!(bad("a.json", &"[".repeat(100_000)), ["1:513 deny nested deeper than 512 levels"]);
    let twice = format!("{{{}\"k3\": 1}}", (0..20).map(|at| format!("\"k{at}\": 1,\n")).collect::<String>());
    assert_eq!(bad("a.json", &twice), ["21:1 deny the key `k3` stands twice in one map"]);
}

#[test]
fn yaml_as_it_is_meant() {
    assert_eq!(
        good("a: 1\nb: [yes, 2024-01-01, 0x1F, .5, +7, 007, 1_000, ~, True]\n"),
        "{\"a\":1,\"b\":[\"yes\",\"2024-01-01\",31,0.5,7,7,\"1_000\",null,true]}"
    );
    assert_eq!(
        good("200: ok\n'x': |\n  a\n  b\n? true\n: !!str 5\n"),
        "{\"200\":\"ok\",\"x\":\"a\\nb\\n\",\"true\":\"5\"}"
    );
    assert_eq!(
        good("a: &x {k: 1, l: 2}\nb: *x\nc:\n  <<: *x\n  l: 3\n"),
        "{\"a\":{\"k\":1,\"l\":2},\"b\":{\"k\":1,\"l\":2},\"c\":{\"l\":3,\"k\":1}}"
    );
    assert_eq!(good("{a: b}"), "{\"a\":\"b\"}");
    assert_eq!(good("\"openapi\": 3.0.0\n"), "{\"openapi\":\"3.0.0\"}");
}

#[test]
fn yaml_faults_have_places() {
    assert_eq!(bad("a", "a: 1\nb: 2\na: 3\n"), ["3:1 deny the key `a` stands twice in one map"]);
    assert_eq!(bad("a", "a: &x [*x]\n"), ["1:8 deny this refers to what it stands in"]);
    assert_eq!(bad("a", "a: 1\n---\nb: 1\n"), ["2:1 deny a second document begins here"]);
    assert_eq!(bad("a", "ä: !Ref b\n"), ["1:4 warn the tag `!Ref` is not known"]);
    assert_eq!(bad("a", "? [a]\n: 1\n"), ["1:3 deny a key is a list or a map"]);
    assert_eq!(bad("a", ""), ["1:1 deny the text holds nothing"]);
    let bomb: String =
        (1..30).map(|at| format!("a{at}: &a{at} [{}]\n", format!("*a{}, ", at - 1).repeat(9))).collect();
    let found = bad("a", &format!("a0: &a0 [x]\n{bomb}"));
    assert_eq!(found.len(), 1);
    assert!(found[0].contains("unfold to more than is read"), "{found:?}");
}

#[test]
fn places_are_bytes_of_the_text() {
    let text = "ä: {ö: [ü, 'x']}\nb:\n  c: \"é\"\n  d:\n    - 1\n    - zz\ne: 1\n";
    let mut sources = Sources::default();
    let file = sources.add("a", text, Role::Spec);
    let value = read(file, sources.get(file), &mut Report::default()).expect("a value");
    let at = |value: &Value| sources.text(value.span).to_string();
    assert_eq!(at(value.get("ä").unwrap()), "{ö: [ü, 'x']}");
    assert_eq!(at(value.get("ä").unwrap().get("ö").unwrap()), "[ü, 'x']");
    assert_eq!(at(value.get("b").unwrap()), "c: \"é\"\n  d:\n    - 1\n    - zz");
    assert_eq!(at(value.get("b").unwrap().get("d").unwrap()), "- 1\n    - zz");
    assert_eq!(sources.text(value.entry("e").unwrap().at), "e");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]{}:,\"\\\\/*&!<?|>'#a1u \n\t\u{e4}-]{0,60}") {
        let (value, found) = both("a", &text);
        prop_assert!(value.is_some() || !found.is_empty());
        both("a.json", &format!("[{text}"));
    }

    #[test]
    fn json_says_what_serde_says(value in any_json()) {
        let (read, found) = both("a.json", &value.to_string());
        prop_assert!(found.is_empty());
        prop_assert_eq!(read.clone(), both("a.json", &serde_json::to_string_pretty(&value).unwrap()).0);
        let yaml = serde_yaml::to_string(&value).unwrap();
        prop_assert_eq!(read, both("a.yaml", &yaml).0, "{}", yaml);
    }
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i32>().prop_map(Into::into),
        "[a-zä\"\\\\ \n:]{0,6}".prop_map(serde_json::Value::from),
    ];
    let tree = leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(serde_json::Value::from),
            prop::collection::btree_map("[a-z]{1,4}", inner, 1..4)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    });
    prop::collection::vec(tree, 1..3).prop_map(serde_json::Value::from)
}
