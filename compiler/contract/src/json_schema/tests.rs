use super::{FORMAT, compare, rows};
use crate::{Bump, Comparison, Mode, Options, Row, side};
use bastide_report::source::{Role, Sources};

fn compared(old: &str, new: &str) -> Comparison {
    let mut sources = Sources::default();
    let mut side = |name: &str, text: &str| {
        let id = sources.add(name, text, Role::Spec);
        side::Side { files: vec![side::File { path: name.into(), id, asked: true }] }
    };
    let (one, other) = (side("a.json", old), side("a.json", new));
    compare(&one, &other, &sources, &Options::default())
}

fn all() -> impl Iterator<Item = &'static Row> {
    FORMAT.rows.iter().flat_map(|table| table.iter())
}

#[test]
fn each_row_has_its_example() {
    for row in all() {
        let found = compared(row.old, row.new);
        assert_eq!(found.findings, vec![], "{}", row.name);
        let names: Vec<_> = found.changes.iter().map(|change| change.row.name).collect();
        assert_eq!(names, [row.name]);
        assert_eq!(found.required(), row.bump, "{}", row.name);
        assert!(found.compared > 0);
    }
}

#[test]
fn rows_are_sorted_and_reversed_rows_exist() {
    for table in rows::TABLES {
        assert!(table.is_sorted_by(|left, right| left.name < right.name));
    }
    let names: std::collections::BTreeSet<_> = all().map(|row| row.name).collect();
    assert_eq!(names.len(), all().count());
    for row in all() {
        let back = compared(row.new, row.old);
        assert!(!back.changes.is_empty(), "{}", row.name);
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
