//! Public applications of third-party images (`tests/ports`): what their compose file says against what is written from a
//! spec that is no longer. Whatever differs stands in `differs.txt` of the folder, as `SERVICE FACT: WHAT IS WRITTEN -- WHY`;
//! `name ORIGINAL: OURS` there is a service that has another name. Names of containers and networks are not compared, nor
//! how a container starts again.

mod compose;

use crate::support::{Folder, bastide, copy_of};
use compose::{Facts, SECRET, facts};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

/// What is not there.
const NOTHING: &str = "nothing";
/// Facts that are none of a program's defaults: it may have no more of them than its original.
const NO_MORE: [&str; 6] = ["env", "port", "volume", "after", "capability", "device"];

#[test]
fn what_the_original_says_is_there_or_told() {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/ports");
    let mut apps: Vec<PathBuf> =
        fs::read_dir(here).expect("there are ports").flatten().map(|it| it.path()).collect();
    apps.sort();
    let (mut wrong, mut facts, mut differing) = (vec![], 0, 0);
    for app in &apps {
        let name = app.file_name().expect("a folder").to_string_lossy();
        let (compared, told, faults) = port(app, &name);
        println!("{name}: {compared} facts compared, {told} differ");
        wrong.extend(faults.into_iter().map(|it| format!("{name}: {it}")));
        facts += compared;
        differing += told;
    }
    println!("{} applications, {facts} facts compared, {differing} differ", apps.len());
    assert!(apps.len() >= 12 && facts > 300, "too little was read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How many facts were compared, how many differ, and what is wrong.
fn port(app: &Path, name: &str) -> (usize, usize, Vec<String>) {
    let read = |file: &str| fs::read_to_string(app.join(file)).unwrap_or_default();
    let (original, differs) = (read("compose.yaml"), read("differs.txt"));
    let project = if app.join("bastide.kdl").is_file() {
        format!("tests/ports/{name}")
    } else {
        format!("examples/{name}")
    };
    let folder = copy_of(&project);
    let spec = folder.get("bastide.kdl");
    let (names, told) = read_differs(&differs);
    let mut wrong = longer(&spec, &original);
    let mut found = warnings(&folder);
    bastide(&folder, &["build", "--quiet"]).exits(0);
    let before = facts(&original, &names, None);
    let after = facts(&folder.get("deploy/dev/compose/compose.yaml"), &names, Some(&folder));
    for (fact, value) in &before {
        let written = after.get(fact).map_or(NOTHING, String::as_str);
        if !same(fact, value, written) {
            found.insert(fact.clone(), written.to_string());
        }
    }
    let added = |fact: &&String| {
        let mut words = fact.split(' ');
        let service = words.next().unwrap_or_default();
        !spec.contains(&format!("resource \"{service}\""))
            && words.next().is_some_and(|it| NO_MORE.contains(&it))
    };
    let more = after.iter().filter(|(fact, _)| !before.contains_key(*fact) && added(fact));
    found.extend(more.map(|(fact, value)| (fact.clone(), value.clone())));
    let of =
        |all: &Facts| all.iter().map(|(fact, value)| format!("{fact}: {value}")).collect::<BTreeSet<_>>();
    let (found, told) = (of(&found), of(&told));
    wrong.extend(found.difference(&told).map(|it| format!("not told: {it}")));
    wrong.extend(told.difference(&found).map(|it| format!("told, and not so: {it}")));
    (before.len(), found.len(), wrong)
}

/// Names of services, and what differs.
fn read_differs(text: &str) -> (Facts, Facts) {
    let (mut names, mut told) = (Facts::new(), Facts::new());
    for line in text.lines().filter(|it| !it.is_empty() && !it.starts_with('#')) {
        let (what, why) = line.rsplit_once(" -- ").unwrap_or((line, ""));
        let (fact, value) = what.split_once(": ").unwrap_or_else(|| panic!("no value: {line}"));
        match fact.strip_prefix("name ") {
            Some(name) => names.insert(name.to_string(), value.to_string()),
            None => told.insert(fact.to_string(), value.to_string()),
        };
        assert!(!why.is_empty() || fact.starts_with("name "), "no reason: {line}");
    }
    (names, told)
}

/// A spec is no longer than the file that it takes the place of.
fn longer(spec: &str, original: &str) -> Vec<String> {
    let count = |text: &str, comment: &str| {
        text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with(comment)).count()
    };
    let (ours, theirs) = (count(spec, "//"), count(original, "#"));
    if ours > theirs { vec![format!("{ours} lines in place of {theirs}")] } else { vec![] }
}

/// Warnings of `check` by rule; nothing is denied.
fn warnings(folder: &Folder) -> Facts {
    let mut rules: BTreeMap<String, usize> = BTreeMap::new();
    for finding in bastide(folder, &["check", "--format", "json"]).exits(0).findings() {
        if finding["level"] == "warn" {
            *rules.entry(format!("warning {}", finding["rule"].as_str().unwrap_or_default())).or_default() +=
                1;
        }
    }
    rules.into_iter().map(|(rule, count)| (rule, count.to_string())).collect()
}

/// A value that the original has in the open or in a variable may be a secret; who waited for less may wait for more.
fn same(fact: &str, before: &str, after: &str) -> bool {
    let kind = fact.split(' ').nth(1).unwrap_or_default();
    let secret = || {
        let open = fact.to_lowercase();
        before.contains("${") || before.contains('@') || open.contains("pass")
    };
    let rank = |it: &str| ["service_started", "service_healthy"].iter().position(|one| *one == it);
    before == after
        || kind == "env" && after == SECRET && secret()
        || kind == "after" && rank(before) < rank(after)
}
