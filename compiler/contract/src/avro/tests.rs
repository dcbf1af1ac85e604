//! The example of each kind of change shows it; the modes are those of Java; faults are told and survived.

use crate::tests::{compare, examples};
use crate::{Bump, Comparison, Mode};
use bastide_report::finding::Level;

fn diff(old: &str, new: &str) -> Comparison {
    compare(&super::FORMAT, ("old.avsc", old), ("new.avsc", new))
}

fn reads(reader: &str, writer: &str) -> bool {
    let found = diff(writer, reader);
    assert!(!found.unreadable(), "{:#?}", found.findings);
    found.modes[0] == (Mode::Backward, true)
}

fn record(fields: &str) -> String {
    format!("{{\"type\": \"record\", \"name\": \"A\", \"fields\": [{fields}]}}")
}

#[test]
fn the_example_of_each_kind_shows_it() {
    examples(&super::FORMAT);
}

#[test]
fn primitives_are_promoted_one_way() {
    let wide = ["int", "long", "float", "double"];
    for (at, reader) in wide.into_iter().enumerate() {
        for (from, writer) in wide.into_iter().enumerate() {
            let (reader, writer) = (format!("\"{reader}\""), format!("\"{writer}\""));
            assert_eq!(reads(&reader, &writer), from <= at, "{reader} {writer}");
            assert_eq!(reads(&format!("[\"null\", {reader}]"), &writer), from <= at, "{reader} {writer}");
            assert_eq!(reads(&reader, &format!("[{writer}]")), from <= at, "{reader} {writer}");
        }
    }
    assert!(reads("\"bytes\"", "\"string\"") && reads("\"string\"", "\"bytes\""));
    assert!(!reads("\"string\"", "\"int\"") && !reads("\"int\"", "\"boolean\""));
}

#[test]
fn names_count_without_namespace_and_aliases_are_the_readers() {
    let fixed =
        |name: &str, more: &str| format!("{{\"type\": \"fixed\", \"name\": \"{name}\", \"size\": 4{more}}}");
    assert!(reads(&fixed("a.F", ""), &fixed("b.F", "")));
    assert!(!reads(&fixed("a.G", ""), &fixed("a.F", "")));
    assert!(reads(&fixed("a.G", ", \"aliases\": [\"F\"]"), &fixed("a.F", "")));
    assert!(!reads(&fixed("a.G", ", \"aliases\": [\"b.F\"]"), &fixed("a.F", "")));
    assert!(!reads(&fixed("a.G", ""), &fixed("a.F", ", \"aliases\": [\"a.G\"]")));
}

#[test]
fn recursion_ends_and_is_judged() {
    let list = |value: &str| {
        record(&format!(
            "{{\"name\": \"v\", \"type\": {value}}}, {{\"name\": \"n\", \"type\": [\"null\", \"A\"]}}"
        ))
    };
    assert!(reads(&list("\"long\""), &list("\"int\"")));
    assert!(!reads(&list("\"int\""), &list("\"long\"")));
}

#[test]
fn many_uses_of_a_type_stay_linear() {
    let mut fields = vec![
        "{\"name\": \"f0\", \"type\": {\"type\": \"fixed\", \"name\": \"T0\", \"size\": 1}}".to_string(),
    ];
    for at in 1..120 {
        let inner = format!(
            "{{\"name\": \"x\", \"type\": \"T{0}\"}}, {{\"name\": \"y\", \"type\": \"T{0}\"}}",
            at - 1
        );
        fields.push(format!(
            "{{\"name\": \"f{at}\", \"type\": {{\"type\": \"record\", \"name\": \"T{at}\", \"fields\": [{inner}]}}}}"
        ));
    }
    let old = record(&fields.join(", "));
    let found = diff(&old, &old.replace("\"size\": 1", "\"size\": 2"));
    let kinds: Vec<_> = found.changes.iter().map(|change| change.kind.name).collect();
    assert_eq!(kinds, ["avro/fixed-size-mismatch", "avro/fixed-size-mismatch"]);
}

#[test]
fn chains_without_end_are_denied_not_followed() {
    let link = |at: usize| {
        let next = format!("{{\"name\": \"next\", \"type\": \"T{}\"}}", at + 1);
        format!("{{\"type\": \"record\", \"name\": \"T{at}\", \"fields\": [{next}]}}")
    };
    let links: Vec<String> = (0..600).map(link).collect();
    let text =
        format!("[{}, {{\"type\": \"record\", \"name\": \"T600\", \"fields\": []}}]", links.join(", "));
    let found = diff(&text, &text);
    assert!(found.unreadable() && found.modes.is_empty());
    assert!(found.findings.iter().all(|finding| finding.rule == "contract-unsupported"));
}

#[test]
fn equal_meaning_is_no_change() {
    let plain = record("{\"name\": \"a\", \"type\": \"int\"}, {\"name\": \"b\", \"type\": \"int\"}");
    let other = "{\"fields\": [{\"type\": {\"type\": \"int\"}, \"name\": \"a\"}, {\"name\": \"b\", \"type\": \"int\"}], \
                 \"name\": \"A\", \"namespace\": \"\", \"type\": \"record\"}";
    let found = diff(&plain, other);
    assert_eq!((found.required(), found.changes.len()), (Bump::None, 0));
    assert!(found.compared > 0);
}

#[test]
fn a_break_is_told_once_from_each_side_with_its_places() {
    let old = record("{\"name\": \"qty\", \"type\": \"int\"}");
    let new = record("{\"name\": \"qty\", \"type\": \"string\"}");
    let found = diff(&old, &new);
    let told: Vec<_> =
        found.changes.iter().map(|change| (change.direction.as_str(), change.bump.as_str())).collect();
    assert_eq!(told, [("backward", "major"), ("forward", "minor")]);
    let change = &found.changes[0];
    assert_eq!((change.path.as_str(), change.element.as_str()), ("A.qty", "qty"));
    let text = |place: &Option<crate::Place>| place.as_ref().map(|place| place.text.clone());
    assert_eq!((text(&change.old), text(&change.new)), (Some("int".into()), Some("string".into())));
}

#[test]
fn what_java_takes_is_taken() {
    for text in [
        "\"int\"",
        "[]",
        "{\"type\": \"record\", \"name\": \"a.b.C\", \"namespace\": \"x\", \"fields\": []}",
        "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"é\", \"type\": [\"null\", \"string\"], \"default\": \"x\"}]}",
        "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"x\", \"type\": \"B\"}, {\"name\": \"y\", \"type\": {\"type\": \"fixed\", \"name\": \"B\", \"size\": 0}}]}",
        "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"x\", \"type\": \"float\", \"default\": \"NaN\"}]}",
        "[{\"type\": \"array\", \"items\": {\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}}, {\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"], \"doc\": \"x\"}]",
        "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"x\", \"type\": {\"type\": \"record\", \"name\": \"A\", \"fields\": []}}]}",
        "{\"type\": \"bytes\", \"logicalType\": \"decimal\"}",
    ] {
        assert!(diff(text, text).findings.is_empty(), "{text} {:#?}", diff(text, text).findings);
    }
}

#[test]
fn what_java_refuses_is_denied_with_its_place() {
    let deep = format!("{}\"int\"{}", "[".repeat(400), "]".repeat(400));
    for text in [
        "1",
        "\"Foo\"",
        "[\"int\", \"int\"]",
        "[\"int\", [\"null\"]]",
        "{\"type\": [\"null\", \"int\"]}",
        "{\"type\": \"array\"}",
        "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\", \"A\"]}",
        "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"], \"default\": \"B\"}",
        "{\"type\": \"fixed\", \"name\": \"F\", \"size\": -1}",
        "{\"type\": \"record\", \"name\": \"int\", \"fields\": []}",
        "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"x-y\", \"type\": \"int\"}]}",
        "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"x\", \"type\": \"int\", \"default\": \"a\"}]}",
        "{\"type\": \"record\", \"name\": \"A\", \"fields\": [{\"name\": \"x\", \"type\": \"int\"}, {\"name\": \"x\", \"type\": \"int\"}]}",
        "{\"type\": \"record\", \"name\": \"A\", \"aliases\": \"x\", \"fields\": []}",
        &deep,
    ] {
        let found = diff(text, "\"int\"");
        let denied = found.findings.iter().filter(|finding| finding.level == Level::Deny);
        assert!(
            denied.clone().count() == 1 && denied.clone().all(|finding| !finding.labels.is_empty()),
            "{text:.90} {:#?}",
            found.findings
        );
        assert!(found.modes.is_empty() && found.changes.is_empty());
    }
}
