//! A contract changes: from the field that somebody takes away to the day on which the old version goes.

use crate::support::{Folder, Said, bastide, commit, copy_of, git, run};
use std::fs;
use std::process::Command;

const CONTRACT: &str = "contracts/stations.openapi.yaml";
const OLD_CONTRACT: &str = "contracts/stations-v1.openapi.yaml";
const SPEC: &str = "bastide.kdl";

/// The example in a repository of its own, on a branch.
fn polyglot() -> Folder {
    let folder = copy_of("examples/polyglot");
    git(&folder.0, &["init", "--quiet", "--initial-branch=main"]);
    commit(&folder.0);
    git(&folder.0, &["switch", "--quiet", "--create", "change"]);
    folder
}

fn edit(folder: &Folder, path: &str, from: &str, to: &str) {
    let text = folder.get(path);
    assert!(text.contains(from), "no `{from}` in {path}:\n{text}");
    folder.put(path, text.replacen(from, to, 1));
}

fn against(folder: &Folder, more: &[&str]) -> Said {
    bastide(folder, &[&["check", "--against", "main"], more].concat())
}

/// Takes `place` out of what `stations` answers, by which both consumers know where a station is.
fn break_a_field(folder: &Folder) {
    edit(folder, CONTRACT, "required: [id, place]", "required: [id]");
    edit(folder, CONTRACT, "        place: {type: string}\n", "");
}

#[test]
fn from_the_change_to_the_sunset() {
    let folder = polyglot();
    against(&folder, &[]).exits(0).says("stations 1.0.0 (was 1.0.0): no change");
    // The gate names the field, both consumers and the number.
    let old = folder.get(CONTRACT);
    break_a_field(&folder);
    let said = against(&folder, &[]).exits(1);
    let words = [
        "breaking-without-major",
        "place",
        "takes 2.0.0",
        "`atlas` asks for ^1.0",
        "`archive` asks for >=1.0, <2",
    ];
    words.into_iter().fold(said, Said::says);
    // The fix changes the number and nothing else.
    let before = folder.get(SPEC);
    against(&folder, &["--fix"]).exits(1).says("removed-before-sunset").says("required-version-unsatisfied");
    let line = |version: &str| {
        format!("api \"stations\" contract=\"{CONTRACT}\" port=8080 {{ version \"{version}\" }}")
    };
    assert_eq!(folder.get(SPEC), before.replace(&line("1.0.0"), &line("2.0.0")));
    // The old version stays beside the new one until its sunset.
    folder.put(OLD_CONTRACT, old);
    let kept = format!("version \"2.0.0\"; version \"1.0.0\" contract=\"{OLD_CONTRACT}\"");
    let dated = format!("{kept} deprecated=\"2026-12-01\" sunset=\"2027-06-30\"");
    edit(&folder, SPEC, "version \"2.0.0\"", &dated);
    let said = against(&folder, &["--today", "2026-12-01", "--format", "json"]).exits(0);
    assert_eq!(said.rules(), ["dependency-on-deprecated"]);
    commit(&folder.0);
    git(&folder.0, &["branch", "--force", "main"]);
    // Less time than was promised.
    edit(&folder, SPEC, "2027-06-30", "2027-06-01");
    against(&folder, &[]).exits(1).says("sunset-moved-earlier");
    edit(&folder, SPEC, "2027-06-01", "2027-06-30");
    // The day comes, and somebody is left.
    let said = bastide(&folder, &["check", "--today", "2027-07-01", "--format", "json"]).exits(1);
    assert_eq!(said.rules(), ["dependency-on-deprecated", "routed-past-sunset"]);
    // They move, and the old version goes; a day too early it may not.
    edit(&folder, SPEC, "version=\"^1.0\" timeout=\"100ms\"", "version=\"^2.0\" timeout=\"100ms\"");
    edit(&folder, SPEC, "version=\">=1.0, <2\"", "version=\"^2.0\"");
    edit(&folder, SPEC, &dated, "version \"2.0.0\"");
    against(&folder, &["--today", "2027-06-29"]).exits(1).says("removed-before-sunset");
    against(&folder, &["--today", "2027-07-01"]).exits(0).says("no findings");
}

#[test]
fn who_reads_nothing_of_what_changed_goes_on() {
    let folder = polyglot();
    edit(&folder, SPEC, "reads \"GET /stations#items\"", "reads \"GET /stations#items.id\"");
    break_a_field(&folder);
    let said = against(&folder, &["--format", "json"]).exits(1);
    let text = said.findings()[0].to_string();
    assert!(text.contains("`atlas` asks for ^1.0 and reads nothing of what changed"), "{text}");
    assert!(text.contains("`archive` asks for >=1.0, <2 and would break"), "{text}");
    assert!(text.contains("2.0.0"), "{text}");
    // It still sets the number, and moves the range of the caller it does not concern; the other must read the change.
    let said = against(&folder, &["--fix", "--format", "json"]).exits(1);
    let level = |name: &str| {
        let json = said.json();
        let all = json["findings"].as_array().expect("a list").clone();
        let of = |it: &&serde_json::Value| {
            let message = it["message"].as_str().unwrap_or_default();
            it["rule"] == "required-version-unsatisfied" && message.contains(name)
        };
        all.iter().find(of).map(|it| it["level"].as_str().unwrap_or_default().to_string())
    };
    assert_eq!((level("`atlas`").as_deref(), level("`archive`").as_deref()), (None, Some("deny")));
    assert!(folder.get(SPEC).contains("calls \"stations\" version=\"^2.0\" timeout=\"100ms\""));
}

#[test]
fn what_was_there_before_is_found_in_many_ways() {
    let folder = polyglot();
    break_a_field(&folder);
    let breaks = |args: &[&str]| {
        bastide(&folder, args).exits(1).says("breaking-without-major");
    };
    breaks(&["check", "--against"]);
    breaks(&["check", "--against", "HEAD"]);
    breaks(&["check", "--against", "main..."]);
    // A folder, without any repository.
    let old = copy_of("examples/polyglot");
    let path = old.0.to_string_lossy().into_owned();
    breaks(&["check", "--baseline", &path]);
    // A project below the root of a work tree of its own.
    commit(&folder.0);
    breaks(&["check", "--against"]);
    let tree = Folder::new();
    let place = tree.0.join("tree").to_string_lossy().into_owned();
    git(&folder.0, &["worktree", "add", "--quiet", "--detach", &place, "change"]);
    bastide(&tree, &["check", "--against", "main", "tree"]).exits(1).says("breaking-without-major");
    // What is not there is no pass.
    bastide(&folder, &["check", "--against", "nothing"]).exits(2).says("has no commit `nothing`");
    bastide(&folder, &["check", "--against", "--output=x"]).exits(2);
    bastide(&old, &["check", "--against"]).exits(2).says("--baseline");
    bastide(&folder, &["check", "--baseline", "contracts"]).exits(2).says("no spec here");
    assert!(!folder.0.join("x").exists());
}

#[test]
fn hooks_and_filters_of_the_repository_do_not_run() {
    let folder = polyglot();
    folder.put(".git/hooks/post-checkout", "#!/bin/sh\ntouch ran\n");
    folder.put(".git/hooks/post-index-change", "#!/bin/sh\ntouch ran\n");
    git(&folder.0, &["config", "core.fsmonitor", "touch ran;"]);
    git(&folder.0, &["config", "filter.x.smudge", "touch ran"]);
    folder.put(".gitattributes", "* filter=x\n");
    against(&folder, &[]).exits(0);
    assert!(!folder.0.join("ran").exists());
}

#[test]
fn a_project_that_moved_is_no_new_one() {
    let folder = polyglot();
    fs::create_dir(folder.0.join("weather")).expect("a folder can be made");
    for name in ["bastide.kdl", "contracts", "services"] {
        fs::rename(folder.0.join(name), folder.0.join("weather").join(name)).expect("it can be moved");
    }
    bastide(&folder, &["check", "weather", "--against", "main"]).exits(1).says("nothing-compared");
    // A hook sees the repository through variables of its own.
    let folder = polyglot();
    break_a_field(&folder);
    let mut hook = Command::new(env!("CARGO_BIN_EXE_bastide"));
    hook.args(["check", "--against"]).current_dir(folder.0.join("contracts")).env("GIT_DIR", "../.git");
    run(&mut hook).exits(1).says("breaking-without-major");
    // A project that is new beside others is new.
    let folder = polyglot();
    folder.copy(&copy_of("examples/polyglot").0);
    folder.put("second/bastide.kdl", "app \"two\" version=\"1.0.0\" { images \"r.example/two\" }\nenvironment \"dev\" platform=\"compose\"\n");
    bastide(&folder, &["check", "second", "--against", "main"]).exits(0).says("there was no spec yet");
}

#[test]
fn a_repository_without_a_main_branch_is_told_what_is_not_compared() {
    let folder = copy_of("examples/polyglot");
    git(&folder.0, &["init", "--quiet", "--initial-branch=trunk"]);
    commit(&folder.0);
    for command in [&["check", "--against"][..], &["diff"], &["plan"]] {
        let said = bastide(&folder, command);
        said.says("for want of a main branch: what is committed is not compared");
    }
    git(&folder.0, &["branch", "main"]);
    let said = bastide(&folder, &["check", "--against"]).exits(0);
    assert!(!said.out.contains("for want of"), "{}", said.out);
}
