//! The official KDL test suite in `tests/kdl`: what must be read, how it prints, and what must be refused.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads its data and says what it saw"
)]

use crate::canonical::canonical;
use bastide_report::finding::Report;
use bastide_report::source::FileId;
use bastide_syntax::parse;
use std::path::Path;

#[test]
fn official_suite() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kdl");
    let mut inputs: Vec<_> =
        std::fs::read_dir(root.join("input")).unwrap().map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    let (mut printed, mut accepted, mut refused, mut faults) = (0, 0, 0, vec![]);
    for path in inputs {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut report = Report::default();
        let document = parse(FileId(0), &text, &mut report);
        if name.ends_with("_fail.kdl") {
            refused += 1;
            if !report.denied() {
                faults.push(format!("{name}: accepted, but must be refused"));
            }
            continue;
        }
        accepted += 1;
        if !report.findings.is_empty() {
            faults.push(format!("{name}: {:?}", report.findings));
        }
        if let Ok(expected) = std::fs::read_to_string(root.join("expected_kdl").join(&name)) {
            printed += 1;
            let got = canonical(&document, &text);
            if got != expected {
                faults.push(format!("{name}: printed {got:?}, expected {expected:?}"));
            }
        }
    }
    println!("accepted {accepted} (of them compared as printed: {printed}), refused {refused}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!((printed, accepted, refused), (232, 233, 87));
}
