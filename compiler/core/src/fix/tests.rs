use super::{apply, better};
use bastide_report::finding::{Finding, Level, Spot};
use bastide_report::source::{FileId, Role, Sources, Span};

fn at(text: &str, word: &str) -> Span {
    let start = text.find(word).expect("the word stands in the text");
    Span::new(FileId(0), start, start + word.len())
}

fn made(text: &str, findings: &[Finding]) -> String {
    let mut sources = Sources::default();
    let file = sources.add("bastide.kdl", text, Role::Spec);
    let findings: Vec<&Finding> = findings.iter().collect();
    apply(&sources, &findings).texts.remove(&file).unwrap_or_else(|| text.into())
}

fn edited(text: &str, word: &str, spot: Spot, new: &str) -> String {
    made(text, &[Finding::new("r", "m").edit_at(at(text, word), spot, new)])
}

#[test]
fn edits_that_meet_wait_for_the_next_run() {
    let span = |start, end| Span::new(FileId(0), start, end);
    let findings = [
        Finding::new("a", "first").edit(span(4, 5), "x"),
        Finding::new("b", "meets it").edit(span(0, 1), "y").edit(span(4, 6), "z"),
        Finding::new("c", "says the same").edit(span(4, 5), "x"),
        Finding::new("d", "before").edit(span(0, 2), "_"),
    ];
    assert_eq!(made("abcdefg", &findings), "_cdxfg");
}

#[test]
fn only_the_users_own_spec_is_edited() {
    let mut sources = Sources::default();
    let own = sources.add("bastide.kdl", "abc", Role::Spec);
    for role in [Role::Stdlib, Role::ProjectStdlib, Role::Baseline, Role::Contract, Role::Pack] {
        let other = sources.add("other", "abc", role);
        let span = |file| Span::new(file, 0, 1);
        let finding = Finding::new("a", "both or none").edit(span(own), "x").edit(span(other), "x");
        assert!(apply(&sources, &[&finding]).texts.is_empty(), "{role:?}");
    }
}

#[test]
fn properties_are_replaced_or_written_last() {
    let text = "service \"a\" {\n    calls \"b\" retries=2 /-x=1 // why\n}\n";
    let budget = edited(text, "\"b\"", Spot::Property("budget"), "\"20%\"");
    assert_eq!(budget, text.replace("retries=2", "retries=2 budget=\"20%\""));
    let retries = edited(text, "\"b\"", Spot::Property("retries"), "0");
    assert_eq!(retries, text.replace("retries=2", "retries=0"));
    assert_eq!(edited(text, "\"b\"", Spot::Without("retries"), ""), text.replace(" retries=2", ""));
}

#[test]
fn children_are_found_or_made() {
    let scale = |text: &str| edited(text, "\"a\"", Spot::Child("scale", "min"), "2");
    assert_eq!(scale("service \"a\"\n"), "service \"a\" { scale min=2 }\n");
    assert_eq!(scale("service \"a\" {}\n"), "service \"a\" { scale min=2 }\n");
    assert_eq!(scale("service \"a\" { build \"x\" }"), "service \"a\" { build \"x\"; scale min=2 }");
    assert_eq!(scale("service \"a\" { build \"x\"; }"), "service \"a\" { build \"x\"; scale min=2; }");
    assert_eq!(scale("service \"a\" { scale max=4 }"), "service \"a\" { scale max=4 min=2 }");
    assert_eq!(scale("service \"a\" { scale min=1 }"), "service \"a\" { scale min=2 }");
    assert_eq!(
        scale("service \"a\" {\r\n\tbuild \"x\" // c\r\n\t// d\r\n}\r\n"),
        "service \"a\" {\r\n\tbuild \"x\" // c\r\n\t// d\r\n\tscale min=2\r\n}\r\n"
    );
    assert_eq!(
        scale("service \"a\" { build \"x\" /* c */ }"),
        "service \"a\" { build \"x\"; scale min=2 /* c */ }"
    );
    let unclear = "service \"a\" { build \"x\" /-y=1 }";
    assert_eq!(scale(unclear), unclear);
    let count = |text: &str| edited(text, "\"a\"", Spot::Child("replicas", ""), "3");
    assert_eq!(count("resource \"a\" { replicas 2 }"), "resource \"a\" { replicas 3 }");
    assert_eq!(count("resource \"a\" { x }"), "resource \"a\" { x; replicas 3 }");
}

/// Every spec cut off anywhere, and every act at every word of it.
#[test]
#[allow(clippy::print_stdout, reason = "how many were tried")]
fn nothing_is_edited_where_the_reader_made_up_an_end() {
    let whole =
        "service \"a\" {\n    scale min=1 { x \"ä\"; }\n    y /-z\n}\nresource \"ü\" { build \"x\" { } }\n";
    let (mut tried, mut refused) = (0, 0);
    for text in whole.char_indices().map(|(at, _)| &whole[..at]) {
        let mut faults = bastide_report::finding::Report::default();
        bastide_syntax::parse(FileId(0), text, &mut faults);
        for word in ["\"a\"", "scale", "min", "x", "\"ä\"", "y", "\"ü\"", "build"] {
            if !text.contains(word) {
                continue;
            }
            for spot in [
                Spot::Node,
                Spot::Property("min"),
                Spot::Without("min"),
                Spot::Child("scale", "min"),
                Spot::Child("new", ""),
            ] {
                let new = edited(text, word, spot, "2");
                assert!(faults.findings.is_empty() || new == text, "{text:?} {word} {spot:?} {new:?}");
                tried += 1;
                refused += usize::from(!faults.findings.is_empty());
            }
        }
    }
    println!("{tried} acts tried, {refused} of them on a text with faults");
}

#[test]
fn a_node_goes_with_its_line() {
    let gone = |text: &str| edited(text, "\"x\"", Spot::Node, "");
    assert_eq!(gone("a\n  lint \"x\" y=1\nb\n"), "a\nb\n");
    assert_eq!(gone("a\r\nlint \"x\"\r\nb"), "a\r\nb");
    assert_eq!(gone("s { a; lint \"x\"; b }"), "s { a; b }");
    assert_eq!(gone("lint \"x\" // said\nb"), "// said\nb");
    assert_eq!(gone("a; lint \"x\"\nb"), "a; \nb");
    assert_eq!(gone("lint \"x\""), "");
}

#[test]
fn an_act_must_mend_and_deny_nothing_new() {
    let warn = Finding::new("no-backup", "m").level(Level::Warn);
    let deny = Finding::new("sync-cycle", "n");
    assert!(better(std::slice::from_ref(&warn), &[], &[&warn]));
    assert!(!better(std::slice::from_ref(&warn), std::slice::from_ref(&warn), &[&warn]));
    assert!(!better(std::slice::from_ref(&warn), std::slice::from_ref(&deny), &[&warn]));
    let word = Finding::new("unknown-node", "w");
    assert!(better(std::slice::from_ref(&word), std::slice::from_ref(&deny), &[&word]));
}
