mod fuzz;

use super::{Dialect, Judge, Reading};
use crate::library::Library;
use crate::side::{File, Side};
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Role, Sources};

pub fn side(id: FileId) -> Side {
    Side { files: vec![File { path: "a.json".into(), id, asked: true }] }
}

/// All facts as `path What < >`, of two schemas written as JSON.
pub fn facts_as(old: &str, new: &str, dialect: Dialect, reading: Reading) -> Vec<String> {
    let mut sources = Sources::default();
    let (one, other) = (sources.add("old.json", old, Role::Spec), sources.add("new.json", new, Role::Spec));
    let mut report = Report::default();
    let left = Library::read(&side(one), &sources, &mut report);
    let right = Library::read(&side(other), &sources, &mut report);
    assert_eq!(report.findings, vec![], "{old} {new}");
    let mut judge = Judge::new((&left, dialect), (&right, dialect));
    let facts = judge.compare(left.root(one).expect("read"), right.root(other).expect("read"), reading);
    assert_eq!(judge.findings, vec![]);
    let sign = |is: bool, sign: &'static str| if is { sign } else { "" };
    let line = |fact: &super::Fact| {
        format!("{} {:?} {}{}", fact.path, fact.kind, sign(fact.narrows, "<"), sign(fact.widens, ">"))
    };
    facts.iter().map(line).collect()
}

fn facts(old: &str, new: &str) -> Vec<String> {
    facts_as(old, new, Dialect::New, Reading::Data)
}

fn same(old: &str, new: &str) {
    assert_eq!(facts(old, new), Vec::<String>::new(), "{old} to {new}");
    assert_eq!(facts(new, old), Vec::<String>::new(), "{new} to {old}");
    assert_eq!(facts(old, old), Vec::<String>::new(), "{old} to itself");
}

#[test]
fn equal_meaning_is_no_change() {
    same(r#"{"type": ["string", "null"]}"#, r#"{"oneOf": [{"type": "null"}, {"type": "string"}]}"#);
    same(r#"{"type": ["string", "integer"]}"#, r#"{"anyOf": [{"type": "integer"}, {"type": "string"}]}"#);
    same(r#"{"type": "integer"}"#, r#"{"type": "number", "multipleOf": 1}"#);
    same(r#"{"type": "integer", "exclusiveMinimum": 0}"#, r#"{"type": "integer", "minimum": 1}"#);
    same(r#"{"const": "a"}"#, r#"{"enum": ["a"]}"#);
    same(r#"{"type": "boolean"}"#, r#"{"enum": [true, false]}"#);
    same(r#"{"type": "string", "minLength": 0}"#, r#"{"type": "string"}"#);
    same(r#"{"anyOf": [{"const": "a"}, {"const": "b"}]}"#, r#"{"enum": ["b", "a"]}"#);
    same(r#"{"allOf": [{"type": "string"}, {"maxLength": 3}]}"#, r#"{"type": "string", "maxLength": 3}"#);
    same(r##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}}"##, r#"{"type": "string"}"#);
    same(r##"{"$ref": "#x", "$defs": {"a": {"$anchor": "x", "type": "string"}}}"##, r#"{"type": "string"}"#);
    same(r#"{"not": {"type": "string"}}"#, r#"{"type": ["null", "boolean", "number", "array", "object"]}"#);
    same(r#"{"type": "string", "enum": ["a", 1]}"#, r#"{"const": "a"}"#);
    same(
        r#"{"oneOf": [{"type": "object", "properties": {"a": {"type": "string"}}}]}"#,
        r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#,
    );
    same(
        r#"{"type": "object", "properties": {"a": {}, "b": {}}, "required": ["b", "a"], "minProperties": 2}"#,
        r#"{"allOf": [{"properties": {"b": true}, "required": ["b"]}, {"properties": {"a": true}, "required": ["a"]}], "type": "object"}"#,
    );
    same(
        r#"{"type": "object", "properties": {"k": {}}, "required": ["k"], "anyOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"b": {"type": "string"}}, "required": ["b"]}]}"#,
        r#"{"anyOf": [{"type": "object", "properties": {"k": {}, "a": {"type": "string"}}, "required": ["k"]}, {"type": "object", "properties": {"k": {}, "b": {"type": "string"}}, "required": ["b", "k"]}]}"#,
    );
    same(
        r#"{"type": "object", "properties": {"a": {"type": "string"}}, "unevaluatedProperties": false}"#,
        r#"{"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": false}"#,
    );
    same(
        r#"{"items": [{"type": "string"}], "additionalItems": false}"#,
        r#"{"prefixItems": [{"type": "string"}], "items": false}"#,
    );
    same(
        r##"{"$ref": "#/$defs/n", "$defs": {"n": {"properties": {"next": {"$ref": "#/$defs/n"}}}}}"##,
        r##"{"properties": {"next": {"$ref": "#/$defs/n"}}, "$defs": {"n": {"properties": {"next": {"$ref": "#"}}}}}"##,
    );
}

#[test]
fn what_differs() {
    let cases = [
        (r#"{"type": "integer"}"#, r#"{"type": "number"}"#, " Type >"),
        (r#"{"type": "string"}"#, r#"{"type": "integer"}"#, " Type <>"),
        (r#"{"type": "string"}"#, r#"{"type": ["string", "null"]}"#, " NullAllowed >"),
        (r#"{"enum": ["a", "b"]}"#, r#"{"enum": ["a"]}"#, " EnumValueRemoved <"),
        (r#"{"enum": ["a", "b"]}"#, r#"{"type": "string"}"#, " EnumLifted >"),
        (r#"{"enum": ["a", "b"]}"#, r#"{"type": "string", "minLength": 2}"#, " EnumLifted <>"),
        (r#"{"enum": ["a", "b"]}"#, r#"{"type": "string", "pattern": "^[ab]$"}"#, " EnumLifted >"),
        (r#"{"type": "string"}"#, r#"{"enum": ["a"]}"#, " EnumSet <"),
        (r#"{"maximum": 3}"#, r#"{"maximum": 4}"#, " Maximum >"),
        (r#"{"maximum": 3}"#, r#"{"exclusiveMaximum": 3}"#, " Maximum <"),
        (r#"{"multipleOf": 2}"#, r#"{"multipleOf": 4}"#, " MultipleOf <"),
        (
            r#"{"type": "string", "pattern": "^a+$"}"#,
            r#"{"type": "string", "pattern": "^[ab]+$"}"#,
            " Pattern >",
        ),
        (
            r#"{"type": "array", "items": {"type": "integer"}}"#,
            r#"{"type": "array", "items": {"type": "number"}}"#,
            "[] Type >",
        ),
        (r#"{"type": "array"}"#, r#"{"type": "array", "uniqueItems": true}"#, " UniqueItems <"),
        (r#"{"required": ["a"]}"#, r#"{}"#, ".a BecameOptional >"),
        (
            r#"{"properties": {"a": {"type": "string"}}}"#,
            r#"{"properties": {"a": {"type": "string"}}, "required": ["a"]}"#,
            ".a BecameRequired <",
        ),
        (r#"{}"#, r#"{"properties": {"a": {"type": "string"}}}"#, ".a PropertyAddedOptional <"),
        (
            r#"{"additionalProperties": false}"#,
            r#"{"properties": {"a": {"type": "string"}}, "additionalProperties": false}"#,
            ".a PropertyAddedOptional >",
        ),
        (
            r#"{"additionalProperties": {"type": "string"}}"#,
            r#"{"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}}"#,
            ".a PropertyAddedOptional ",
        ),
        (r#"{"properties": {"a": {}}, "required": ["a"]}"#, r#"{}"#, ".a PropertyRemovedRequired >"),
        (r#"{"type": "object"}"#, r#"{"type": "object", "additionalProperties": false}"#, " Closed <"),
        (
            r#"{"additionalProperties": {"type": "string"}}"#,
            r#"{"additionalProperties": {"type": "integer"}}"#,
            ".* Type <>",
        ),
        (r#"{"description": "a"}"#, r#"{"description": "b"}"#, " Words "),
        (
            r#"{"not": {"type": "object", "required": ["a"]}}"#,
            r#"{"not": {"type": "object", "required": ["a", "b"]}}"#,
            " Not >",
        ),
        (r#"{"type": "number"}"#, r#"{"oneOf": [{"type": "number"}, {"type": "string"}]}"#, " Type >"),
        (
            r#"{"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}"#,
            r#"{"oneOf": [{"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}, {"type": "object", "properties": {"b": {"type": "string"}}, "required": ["b"]}]}"#,
            " BranchAdded >",
        ),
        (
            r#"{"oneOf": [{"title": "A", "properties": {"t": {"const": "a"}, "x": {"type": "string"}}, "required": ["t"]}, {"title": "B", "properties": {"t": {"const": "b"}}, "required": ["t"]}]}"#,
            r#"{"oneOf": [{"title": "B", "properties": {"t": {"const": "b"}}, "required": ["t"]}, {"title": "A", "properties": {"t": {"const": "a"}, "x": {"type": "integer"}}, "required": ["t"]}]}"#,
            "(A).x Type <>",
        ),
    ];
    for (old, new, want) in cases {
        let got: Vec<String> = facts(old, new)
            .into_iter()
            .filter(|line| !line.contains(" Words") || want.contains("Words"))
            .collect();
        assert_eq!(got, [want], "{old} to {new}");
    }
}
