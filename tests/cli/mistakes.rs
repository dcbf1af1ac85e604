//! Mistakes as people make them: each is told once, with its place, its cause and one act.

use crate::support::{Folder, bastide};
use std::fs;
use std::path::Path;

/// Each case says in its first line which finding it is; nothing else may be found.
#[test]
fn each_mistake_is_one_finding() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/mistakes");
    let mut count = 0;
    for entry in fs::read_dir(&cases).expect("the cases are there") {
        let path = entry.expect("it can be read").path();
        if path.extension().is_none_or(|it| it != "kdl") {
            continue;
        }
        count += 1;
        one(&path, &cases);
    }
    assert!(count >= 10, "{count} cases");
}

fn one(path: &Path, cases: &Path) {
    let text = fs::read_to_string(path).expect("a text");
    let wanted = text.lines().next().and_then(|line| line.strip_prefix("// ")).expect("a name");
    let folder = Folder::with(&[("bastide.kdl", text.as_str())]);
    for part in ["teams/a.kdl", "teams/b.kdl", "teams/c.kdl"] {
        folder.put(part, fs::read(cases.join(part)).expect("a file of a team"));
    }
    let folders = ["orders", "billing", "ledger", "payments", "stock", "web"];
    folders.iter().for_each(|name| folder.put(&format!("services/{name}/Dockerfile"), "FROM scratch\n"));
    folder.put("contracts/payments.proto", "syntax = \"proto3\";\n");
    let said = bastide(&folder, &["check", "--format", "json"]);
    let findings = said.findings();
    let rules: Vec<&str> = findings.iter().filter_map(|it| it["rule"].as_str()).collect();
    assert_eq!(rules, [wanted], "{}: {}", path.display(), said.out);
    let finding = &findings[0];
    assert!(finding["labels"].as_array().is_some_and(|labels| !labels.is_empty()), "{wanted}: no place");
    assert!(finding["help"].as_str().is_some_and(|help| !help.is_empty()), "{wanted}: no act");
}
