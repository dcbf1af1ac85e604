use super::FORMAT;
use crate::tests::{compare, examples};
use crate::{Bump, Comparison, Mode};

fn compared(old: &str, new: &str) -> Comparison {
    compare(&FORMAT, ("a.json", old), ("a.json", new))
}

#[test]
fn the_example_of_each_kind_shows_it_alone_and_turned_round_another() {
    examples(&FORMAT);
    for kind in FORMAT.kinds.iter() {
        let names: Vec<_> =
            compared(kind.old, kind.new).changes.iter().map(|change| change.kind.name).collect();
        assert_eq!(names, [kind.name]);
        assert!(!compared(kind.new, kind.old).changes.is_empty(), "{}", kind.name);
    }
}

#[test]
fn strict_in_the_mode_lenient_in_the_number() {
    let found =
        compared(r#"{"properties": {"a": {}}}"#, r#"{"properties": {"a": {}, "b": {"type": "string"}}}"#);
    assert_eq!(found.required(), Bump::Minor);
    assert_eq!(found.modes, [(Mode::Backward, false), (Mode::Forward, true), (Mode::Full, false)]);
    let old = r#"{"properties": {}, "additionalProperties": {"type": "integer"}}"#;
    let new = r#"{"properties": {"b": {"type": "string"}}, "additionalProperties": {"type": "integer"}}"#;
    assert_eq!(compared(old, new).required(), Bump::Major);
}

#[test]
fn what_cannot_be_read_is_not_equal() {
    for (old, new) in [("{", "{}"), ("{}", "[1]"), ("{}", r##"{"$ref": "#/nowhere"}"##)] {
        let found = compared(old, new);
        assert!(found.unreadable() && found.compared == 0, "{old} {new}");
    }
}
