//! The example of each kind of change shows it; faults of a text are told and survived.

use super::{FORMAT, judge};
use crate::tests::{examples, side};
use crate::{Bump, Comparison, Direction, Options};
use bastide_report::finding::Level;
use bastide_report::source::Sources;

fn compared(old: &str, new: &str) -> Comparison {
    let mut sources = Sources::default();
    let (old, new) =
        (side(("contract.proto", old), &mut sources), side(("contract.proto", new), &mut sources));
    judge(&old, &new, &sources, &Options::default()).0
}

#[test]
fn the_example_of_each_kind_shows_it() {
    examples(&FORMAT);
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
    let old = side(("a.proto", "syntax = \"proto3\";\npackage a;\noption go_package = \"a\";"), &mut sources);
    let new = side(("a.proto", "syntax = \"proto3\";\npackage a;\noption go_package = \"b\";"), &mut sources);
    let bump = |source| judge(&old, &new, &sources, &Options { source, ..Options::default() }).0.required();
    assert_eq!((bump(false), bump(true)), (Bump::Minor, Bump::Major));
}

#[test]
fn broken_texts_are_findings() {
    let mut sources = Sources::default();
    let whole = side(("a.proto", "syntax = \"proto3\";"), &mut sources);
    for kind in FORMAT.kinds.iter().step_by(3) {
        for (end, _) in kind.new.char_indices() {
            for text in [&kind.new[..end], &kind.new[end..]] {
                let part = side(("a.proto", text), &mut sources);
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
    let docs: String = FORMAT.kinds.iter().map(|kind| kind.docs).collect();
    let rules: Vec<&str> =
        include_str!("buf.txt").lines().filter_map(|line| line.strip_prefix("  ")).collect();
    assert_eq!(rules.len(), 64);
    for rule in rules {
        assert!(docs.contains(&format!("`{rule}`")), "{rule}");
    }
}
