//! `diff` and `plan` over pairs of small specs: what both print stands in snapshots beside the pairs.
//! `INSTA_UPDATE=always cargo test --test cli diff` writes them anew.

use crate::support::{Folder, Said, bastide, bastide_in, commit, git};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/diff")
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(cases()).expect("the cases are there").flatten();
    let folders = entries.filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> =
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn asked(name: &str, command: &str, format: &str) -> Said {
    bastide_in(&cases().join(name), &[command, "--baseline", "old", "new", "--format", format])
}

/// Every pair, as text and as Markdown; the exit code is part of it.
#[test]
fn pairs_are_told() {
    let names = names();
    assert!(names.len() > 5);
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(cases());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for name in names {
        let mut told = String::new();
        for format in ["text", "markdown"] {
            for command in ["diff", "plan"] {
                let said = asked(&name, command, format);
                told += &format!("──── {command} {format}: {}\n{}{}\n", said.code, said.out, said.err);
            }
        }
        settings.bind(|| insta::assert_snapshot!(name, told));
    }
}

/// The JSON and SARIF of every pair are sound, say the same as the text, and are the same each time.
#[test]
fn programs_read_the_same() {
    for name in names() {
        let said = asked(&name, "diff", "json");
        let json = said.json();
        assert_eq!(json["schema_version"], 1, "{name}");
        assert_eq!(json["breaking"], said.code == 1, "{name}");
        assert_eq!(asked(&name, "diff", "json").out, said.out, "{name}");
        let count = |effect: &str| json["summary"][effect].as_u64().expect("a number");
        let listed = ["differences", "contracts"].map(|list| json[list].as_array().expect("a list").len());
        assert!(count("breaking") + count("risky") + count("safe") <= (listed[0] + listed[1]) as u64);
        assert_eq!(json["equal"], listed[0] == 0 && count("breaking") + count("risky") == 0, "{name}");
        let sarif = asked(&name, "diff", "sarif").json();
        assert_eq!(sarif["version"], "2.1.0");
        let errors = sarif["runs"][0]["results"].as_array().expect("results");
        assert_eq!(errors.iter().any(|it| it["level"] == "error"), said.code == 1, "{name}");
        let plan = asked(&name, "plan", "json");
        let plans = plan.json()["plans"].as_array().expect("plans").clone();
        let stuck = plans.iter().any(|it| it["possible"] == false);
        assert_eq!(stuck || said.code == 1, plan.code == 1, "{name}");
        assert_eq!(plan.json()["breaking"], json["breaking"], "{name}");
        assert_eq!(plan.json()["blast_radius"], json["blast_radius"], "{name}");
        for it in &plans {
            let steps = it["steps"].as_array().expect("steps").len();
            let waves = it["waves"].as_array().expect("waves");
            let done: usize = waves.iter().map(|wave| wave["steps"].as_array().expect("steps").len()).sum();
            assert!(it["possible"] == false || done == steps, "{name}: every step once");
        }
        asked(&name, "plan", "mermaid").says("flowchart");
    }
}

#[test]
fn no_secret_is_told() {
    for format in ["text", "markdown", "json", "sarif"] {
        let said = asked("data", "diff", format);
        for secret in ["hunter2", "swordfish"] {
            assert!(!said.out.contains(secret), "{format}: {}", said.out);
        }
    }
}

const SPEC: &str = "app \"shop\" version=\"1.0.0\"\nenvironment \"dev\" platform=\"compose\"\nservice \"cart\" {\n    image \"x/cart:1.0.0\"\n    api \"cart\" port=8080 { version \"1.0.0\" }\n}\n";

/// A commit is compared with by name, and by default where the branch left the main branch.
#[test]
fn a_commit_is_compared_with() {
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let folder = Folder::with(&[("bastide.kdl", SPEC)]);
    git(&folder.0, &["init", "-q", "-b", "main"]);
    commit(&folder.0);
    git(&folder.0, &["checkout", "-q", "-b", "work"]);
    bastide(&folder, &["diff"]).exits(0).says("the same");
    folder.put("bastide.kdl", SPEC.replace("version \"1.0.0\"", "version \"2.0.0\""));
    for args in [&["diff"][..], &["diff", "main"], &["diff", "HEAD"], &["diff", "--against", "main", "."]] {
        bastide(&folder, args).exits(1).says("apis").says("1.0.0");
    }
    bastide(&folder, &["diff", "main", ".", "--format", "markdown"]).exits(1).says("this breaks");
    bastide(&folder, &["plan", "main"]).exits(1).says("replace `cart` 1.0.0 by 2.0.0");
}

/// The standard library is no part of what was compared: it is the same on both sides.
#[test]
fn nodes_of_the_specs_are_counted() {
    const OLD: &str = r#"app "shop" version="1.0.0"
environment "dev" platform="compose"
service "web" { image "web:1" }
"#;
    // App, environment, service, image; on one side a resource, too, and a part that an overlay alone has.
    let folder = Folder::with(&[("old/bastide.kdl", OLD), ("bastide.kdl", OLD)]);
    bastide(&folder, &["diff", "--baseline", "old"]).exits(0).says("compared 4 nodes in dev and 0 contracts");
    let new = OLD.replace("\"compose\"", "\"compose\" { service \"web\" { scale min=2 } }");
    folder.put("bastide.kdl", new + "resource \"db\" type=\"postgres\" version=\"16\"\n");
    bastide(&folder, &["diff", "--baseline", "old"]).says("compared 6 nodes in dev and 0 contracts");
}

/// Nothing compared is no success.
#[test]
fn what_cannot_be_compared_is_said() {
    let folder = Folder::with(&[("bastide.kdl", SPEC), ("other/readme", "")]);
    for command in ["diff", "plan"] {
        bastide(&folder, &[command, "nowhere"]).exits(2);
        bastide(&folder, &[command, "--baseline", "other"]).exits(2).says("no spec here");
        bastide(&folder, &[command, "--baseline", "gone"]).exits(2);
        bastide(&folder, &[command, "--baseline", ".", "-e", "prod"]).exits(1).says("unknown-environment");
        bastide(&folder, &[command, "--baseline", ".", "."]).exits(0);
    }
    let broken = Folder::with(&[("bastide.kdl", "service \"a\" {"), ("old/bastide.kdl", SPEC)]);
    bastide(&broken, &["diff", "--baseline", "old"]).exits(1).says("kdl-syntax");
    let base = Folder::with(&[("bastide.kdl", SPEC), ("old/bastide.kdl", "service {")]);
    bastide(&base, &["diff", "--baseline", "old"]).exits(2);
}
