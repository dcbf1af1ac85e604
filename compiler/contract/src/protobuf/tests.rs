//! Every row's example is found by its row, with its bump and nothing greater.

use super::rows::ROWS;
use super::{FORMAT, judge};
use crate::{Bump, Comparison, Direction, File, Options, Row, Side};
use bastide_report::finding::Level;
use bastide_report::source::{Role, Sources};

/// A side from a text; lines `// file: PATH` part it into files.
fn side(text: &str, sources: &mut Sources) -> Side {
    let mut side = Side::default();
    let parts: Vec<(&str, &str)> = match text.starts_with("// file: ") {
        true => text.split("// file: ").skip(1).filter_map(|part| part.split_once('\n')).collect(),
        false => vec![("contract.proto", text)],
    };
    for (path, text) in parts {
        let id = sources.add(path, text, Role::Spec);
        side.files.push(File { path: path.into(), id, asked: true });
    }
    side
}

fn compared(old: &str, new: &str) -> Comparison {
    let mut sources = Sources::default();
    let (old, new) = (side(old, &mut sources), side(new, &mut sources));
    judge(&old, &new, &sources, &Options::default()).0
}

fn rows() -> impl Iterator<Item = &'static Row> {
    ROWS.iter().flat_map(|table| table.iter())
}

#[test]
fn every_example_finds_its_row() {
    for row in rows() {
        let found = compared(row.old, row.new);
        assert!(!found.unreadable(), "{}: {:#?}", row.name, found.findings);
        let names: Vec<_> = found.changes.iter().map(|change| (change.row.name, change.bump)).collect();
        assert!(names.contains(&(row.name, row.bump)), "{}: {names:?}", row.name);
        assert_eq!(found.required(), row.bump, "{}: {names:?}", row.name);
    }
}

#[test]
fn an_example_is_no_change_to_itself() {
    for row in rows() {
        for text in [row.old, row.new] {
            let found = compared(text, text);
            assert!(found.changes.is_empty(), "{}: {:?}", row.name, found.changes);
            assert!(found.categories.iter().all(|(_, breaks)| !breaks));
        }
    }
}

#[test]
fn rows_are_sorted_and_named_once() {
    for table in ROWS {
        assert!(table.is_sorted_by(|left, right| left.name < right.name));
    }
    let mut names: Vec<_> = rows().map(|row| row.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    assert!(names.iter().all(|name| name.starts_with("protobuf/")));
    assert_eq!(FORMAT.rows.len(), ROWS.len());
}

#[test]
fn faults_have_places() {
    let cases = [
        ("message {", "contract-syntax"),
        ("syntax = \"proto3\";\nmessage A { B b = 1; }", "contract-reference"),
        ("syntax = \"proto3\";\nimport \"b.proto\";\nmessage A { B b = 1; }", "contract-reference"),
        ("edition = \"2030\";\nmessage A {}", "contract-unsupported"),
        ("edition = \"2023\";\noption features.colour = RED;\nmessage A {}", "contract-unsupported"),
        ("syntax = \"proto3\";\nmessage A {}\nmessage A {}", "contract-syntax"),
        ("\u{0}\u{1}\u{2}", "contract-syntax"),
        ("syntax = \"proto3\";\nmessage A { string a = 1; string b = 1; }", "contract-syntax"),
    ];
    for (text, rule) in cases {
        let found = compared("syntax = \"proto3\";", text);
        assert!(found.unreadable(), "{text}");
        assert_eq!(found.findings[0].rule, rule, "{text}: {:?}", found.findings);
        assert!(found.findings.iter().all(|finding| !finding.labels.is_empty() && finding.help.is_some()));
    }
}

#[test]
fn deep_nesting_is_a_finding() {
    let deep = format!("syntax = \"proto3\"; {}", "message A { ".repeat(100_000));
    assert!(compared("syntax = \"proto3\";", &deep).unreadable());
    let options = format!("syntax = \"proto3\"; option (x) = {};", "{ a: ".repeat(100_000));
    assert!(compared("syntax = \"proto3\";", &options).unreadable());
}

#[test]
fn a_missing_import_that_no_type_needs_is_a_warning() {
    let text = "syntax = \"proto3\";\nimport \"google/api/annotations.proto\";\nmessage A { string a = 1; }";
    let found = compared(text, text);
    assert!(!found.unreadable());
    assert_eq!(found.findings[0].level, Level::Warn);
    assert!(found.compared > 0);
}

#[test]
fn source_lifts_what_breaks_generated_code() {
    let mut sources = Sources::default();
    let old = side("syntax = \"proto3\";\npackage a;\noption go_package = \"a\";", &mut sources);
    let new = side("syntax = \"proto3\";\npackage a;\noption go_package = \"b\";", &mut sources);
    let bump = |source| judge(&old, &new, &sources, &Options { source, ..Options::default() }).0.required();
    assert_eq!((bump(false), bump(true)), (Bump::Minor, Bump::Major));
}

#[test]
fn broken_texts_are_findings() {
    let mut sources = Sources::default();
    let whole = side("syntax = \"proto3\";", &mut sources);
    for row in rows().step_by(3) {
        for (end, _) in row.new.char_indices() {
            for text in [&row.new[..end], &row.new[end..]] {
                let part = side(text, &mut sources);
                judge(&whole, &part, &sources, &Options::default());
            }
        }
    }
}

#[test]
fn what_only_requests_reach_travels_in_requests() {
    let text = |field| {
        format!(
            "syntax = \"proto3\";\npackage a;\nmessage Ask {{ Part part = 1; }}\nmessage Part {{ {field} x = 1; }}\n\
             message Reply {{}}\nservice S {{ rpc Get(Ask) returns (Reply); }}"
        )
    };
    let found = compared(&text("int32"), &text("string"));
    let [change] = found.changes.as_slice() else { panic!("{:?}", found.changes) };
    assert_eq!((change.direction, change.element.as_str()), (Direction::Request, "a.Part.x"));
}

#[test]
fn all_rules_of_buf_are_known() {
    // 64 rules in buf 1.75; those a change never names would be missing from the pages too.
    let docs: String = rows().map(|row| row.docs).collect();
    let named = include_str!("buf.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("pub const ")?.split_once(": Rule"));
    let rules: Vec<&str> = named.map(|(name, _)| name).collect();
    assert_eq!(rules.len(), 64);
    for rule in rules {
        assert!(docs.contains(&format!("`{rule}`")), "{rule}");
    }
}
