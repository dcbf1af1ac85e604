//! Broken documents in `tests/syntax`: each file is a case, and its snapshot tells what the reader says of it.
//!
//! To add one: write the file, run `cargo insta test --accept -p bastide-syntax`, and read the snapshot.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its cases")]

use crate::canonical::canonical;
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{Role, Sources};
use bastide_syntax::parse;
use std::path::Path;

#[test]
fn syntax_errors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syntax");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&root);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for entry in std::fs::read_dir(&root).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "kdl") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let seen = seen(&std::fs::read_to_string(&path).unwrap());
            settings.bind(|| insta::assert_snapshot!(name, seen));
        }
    }
}

/// The text, what is found in it, and what is read nevertheless.
fn seen(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("case.kdl", text, Role::Spec);
    let mut report = Report::default();
    let document = parse(file, text, &mut report);
    report.sort();
    let findings: String = report.findings.iter().map(|finding| line(&sources, finding)).collect();
    let shown = if text.lines().count() > 60 { "(long)\n" } else { text };
    let read = canonical(&document, text);
    let read = if read.lines().count() > 60 { "(long)\n".to_string() } else { read };
    format!("{shown}\n──── found\n{findings}\n──── read\n{read}")
}

fn line(sources: &Sources, finding: &Finding) -> String {
    let place = sources.place(finding.labels[0].span);
    let help = finding.help.as_deref().unwrap_or("");
    let mut line = format!("{}:{} {} {} | {help}\n", place.line, place.column, finding.rule, finding.message);
    for label in &finding.labels {
        let place = sources.place(label.span);
        let end = (place.end_line, place.end_column);
        line.push_str(&format!("    {}:{}-{}:{} {}\n", place.line, place.column, end.0, end.1, label.text));
    }
    line
}
