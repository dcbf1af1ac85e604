//! One model of the pipeline: the command, the script of every provider and the files agree on what a change reaches.

use crate::support::{Folder, bastide, commit, copy_of, git};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

const TWO_WAVES: &str = r##"app "shop" version="1.0.0" { owner "team" contact="#team"; images "registry.example.com/shop"; source "https://git.example.com/shop" }
environment "dev" platform="compose"
environment "prod" platform="kubernetes" wave=2
environment "eu" platform="kubernetes" wave=3 region="eu-west-1"
environment "us" platform="kubernetes" wave=3
service "base" { build "services/base" }
service "all" { build "."; calls "inner" }
service "inner" { build "services/inner"; api "inner" port=8080 contract="contracts/inner.openapi.yaml" { version "1.0.0" } }
service "on-base" { build "services/on-base" }
delivery { ci "CI"; gate "test" "scan" }
"##;

fn small(ci: &str, below: &str) -> Folder {
    let folder = Folder::new();
    folder.put(&format!("{below}bastide.kdl"), TWO_WAVES.replace("CI", ci));
    let contract = "openapi: 3.1.0\ninfo: {title: a, version: 1.0.0}\npaths: {}\n";
    folder.put(&format!("{below}contracts/inner.openapi.yaml"), contract);
    for (path, text) in [
        ("Dockerfile", "FROM scratch AS test\n"),
        ("services/base/Dockerfile", "FROM scratch AS test\n"),
        ("services/inner/Dockerfile", "FROM scratch AS test\n"),
        ("services/on-base/Dockerfile", "FROM registry.example.com/shop/base:1.0.0 AS test\n"),
    ] {
        folder.put(&format!("{below}{path}"), text);
    }
    folder
}

/// A repository of what is built of a spec, whose branch `base` is where the changes begin.
fn repository(folder: &Folder, below: &str) {
    git(&folder.0, &["init", "--quiet", "--initial-branch=base"]);
    bastide(folder, &["build", "--quiet", below]).exits(0);
    folder.put(".gitignore", "out/\n");
    commit(&folder.0);
    git(&folder.0, &["checkout", "--quiet", "-b", "change"]);
}

/// The images a change of some paths reaches: as the script of the pipeline says, and as the command does.
fn reached(folder: &Folder, below: &str, paths: &[&str]) -> (Value, Value) {
    for path in paths {
        let before = std::fs::read_to_string(folder.0.join(path)).unwrap_or_default();
        folder.put(path, before + "\n");
    }
    commit(&folder.0);
    let script = folder.0.join(below).join("ci/affected.sh");
    let said = Command::new("bash").arg(script).arg("base").current_dir(&folder.0).output().expect("bash");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let script = serde_json::from_slice(&said.stdout).expect("a list");
    let all = ["pipeline", below, "--changed-since", "base", "--format", "json"];
    let since = bastide(folder, &all).exits(0).json()["affected"].clone();
    let mut named: Vec<&str> = vec!["pipeline", below, "--format", "json"];
    named.extend(paths.iter().flat_map(|path| ["--changed", *path]));
    assert_eq!(bastide(folder, &named).exits(0).json()["affected"], since, "named paths, {paths:?}");
    git(&folder.0, &["reset", "--quiet", "--hard", "base"]);
    (script, since)
}

#[track_caller]
fn agree(folder: &Folder, below: &str, paths: &[&str]) -> Value {
    let (script, command) = reached(folder, below, paths);
    assert_eq!(script, command, "{paths:?}");
    command
}

#[test]
fn script_and_command_give_one_answer_on_the_examples() {
    for example in ["shop", "polyglot"] {
        let folder = copy_of(&format!("examples/{example}"));
        repository(&folder, ".");
        let table = folder.get("ci/affected.tsv");
        let rows: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
        let mut some = 0;
        // One path of each kind of row, one beside all rows, and several at once.
        let mut kinds: Vec<&str> = vec![];
        for row in &rows {
            let mut cells = row.split('\t');
            let (path, why) = (cells.next().expect("a path"), cells.nth(1).expect("a reason"));
            let kind = why.split(' ').next().expect("a word");
            if kinds.contains(&kind) {
                continue;
            }
            kinds.push(kind);
            let file =
                if Path::new(&folder.0).join(path).is_file() { path.into() } else { format!("{path}/x") };
            some += usize::from(agree(&folder, ".", &[&file]) != Value::Array(vec![]));
        }
        assert!(some > 3 && some == kinds.len(), "{example}: {kinds:?}");
        assert_eq!(agree(&folder, ".", &["docs/a.md"]), serde_json::json!([]), "{example}");
        let all = agree(&folder, ".", &["docs/a.md", "bastide.kdl"]);
        assert_eq!(all, bastide(&folder, &["pipeline", "--format", "json"]).exits(0).json()["images"]);
    }
}

#[test]
fn contracts_enclosing_folders_and_bases_reach_whoever_depends_on_them() {
    for (ci, below) in [("github", "."), ("gitlab", "apps/shop"), ("jenkins", ".")] {
        let prefix = if below == "." { "" } else { "apps/shop/" };
        let folder = small(ci, prefix);
        repository(&folder, below);
        let path = |path: &str| format!("{prefix}{path}");
        for (changed, images) in [
            ("services/inner/main.rs", &["all", "inner"][..]),
            ("contracts/inner.openapi.yaml", &["all", "inner"]),
            ("services/base/a", &["all", "base", "on-base"]),
            ("services/on-base/a", &["all", "on-base"]),
            ("README.md", &["all"]),
            ("more.kdl", &["all", "base", "inner", "on-base"]),
            ("ci/lib.sh", &["all", "base", "inner", "on-base"]),
        ] {
            assert_eq!(agree(&folder, below, &[&path(changed)]), serde_json::json!(images), "{ci} {changed}");
        }
        if below != "." {
            assert_eq!(agree(&folder, below, &["apps/other/a.kdl"]), serde_json::json!([]));
            assert_eq!(
                agree(&folder, below, &[".gitlab/apps-shop-shop.gitlab-ci.yml"]).as_array().map(Vec::len),
                Some(4)
            );
        }
    }
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().expect("a list")
}

#[test]
fn jobs_stand_behind_what_they_need() {
    let folder = small("github", "");
    let json = bastide(&folder, &["pipeline", "--format", "json", "--changed", "services/on-base/a"])
        .exits(0)
        .json();
    let job = |id: &str| list(&json["jobs"]).iter().find(|job| job["id"] == id).expect("a job").clone();
    assert_eq!(
        job("promote-eu")["needs"],
        serde_json::json!(["plan", "check", "test", "publish", "watch-prod"])
    );
    assert_eq!(job("promote-us")["needs"], job("promote-eu")["needs"]);
    assert_eq!(job("promote-eu")["region"], "eu-west-1");
    assert_eq!(list(&job("publish")["steps"]).len(), 3, "image, scan, sign");
    assert_eq!(json["changed"][0]["why"], "build of on-base");
    bastide(&folder, &["pipeline", "--changed", "services/on-base/a"])
        .exits(0)
        .says("shop: 1 changed path reach 2 of 4 images\n  services/on-base/a -> all on-base (build of on-base)\n")
        .says("\n  test           test of all on-base; after plan\n");
    bastide(&folder, &["pipeline", "--format", "mermaid"]).exits(0).says("flowchart LR\n    j0[\"plan\"]\n");
    // Every need is a job that stands before.
    let mut seen = vec![];
    for job in list(&json["jobs"]) {
        assert!(list(&job["needs"]).iter().all(|need| seen.contains(need)), "{job}");
        seen.push(job["id"].clone());
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = small("github", "");
    bastide(&folder, &["pipeline", "--changed-since", "main"]).exits(2).says("is in no git repository");
    repository(&folder, ".");
    bastide(&folder, &["pipeline", "--changed-since", "nowhere"]).exits(2).says("has no commit `nowhere`");
    bastide(&folder, &["pipeline", "--changed-since", "--output=x"]).exits(2);
    folder.put("bastide.kdl", "app \"shop\" version=\"1.0.0\"\nenvironment \"dev\" platform=\"compose\"\nservice \"a\" { calls \"b\" }\n");
    bastide(&folder, &["pipeline"]).exits(1).says("unknown-reference");
}

#[test]
fn a_gate_needs_a_command_and_a_build_its_stage() {
    let folder = small("github", "");
    bastide(&folder, &["check", "--format", "json"]).exits(0);
    folder.put("services/base/Dockerfile", "FROM scratch AS run\n");
    let said = bastide(&folder, &["check", "--format", "json"]).exits(1);
    assert!(said.rules().contains(&"gate-without-command".into()), "{:?}", said.rules());
    let command = "service \"base\" { build \"services/base\" target=\"rum\"; ci { test \"make test\" } }";
    folder.put(
        "bastide.kdl",
        TWO_WAVES.replace("CI", "github").replace("service \"base\" { build \"services/base\" }", command),
    );
    bastide(&folder, &["check"]).exits(1).says("stage-missing").says("did you mean `target=\"run\"`?");
    // Who has not written it yet is not asked for its stages.
    std::fs::remove_file(folder.0.join("services/base/Dockerfile")).expect("it was there");
    bastide(&folder, &["check", "--quiet"]).exits(0);
}
