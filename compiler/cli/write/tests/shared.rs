//! What a build leaves to others: other environments, other specs, the other side of a merge, the rest of the repository.

use super::{Artifact, CHECK, Files, Folder, Ran, artifacts, build, run, run_until_at};
use crate::write::lock::{self, Lock};
use crate::write::{Options, Place, Repository};
use std::fs;

const DEV: Files = &[("deploy/dev/a.yaml", "a: 2\n"), ("deploy/dev/c.yaml", "c\n")];
const ALL: Files = &[
    ("ci/run.sh", "run\n"),
    ("deploy/dev/a.yaml", "a: 1\n"),
    ("deploy/dev/b.yaml", "b\n"),
    ("deploy/prod/a.yaml", "a: 1\n"),
];

#[test]
fn one_environment_touches_its_own_files() {
    let folder = Folder::new();
    build(&folder, ALL);
    let only = |check_only| Options { below: Some("deploy/dev/"), check_only, ..Options::default() };
    assert_eq!(run(&folder, DEV, only(true)).rules(), ["stale-output"; 3]);
    let ran = run(&folder, DEV, only(false));
    assert_eq!(ran.outcome.removed, ["deploy/dev/b.yaml"]);
    assert!(run(&folder, DEV, only(true)).rules().is_empty());
    let whole: Vec<(&str, &str)> =
        DEV.iter().chain(ALL.iter().filter(|it| !it.0.starts_with("deploy/dev"))).copied().collect();
    assert!(run(&folder, &whole, CHECK).rules().is_empty(), "the lock knows the others still");
}

/// A spec with a lock of its own.
fn of(folder: &Folder, lock: &str, files: Files) -> Ran {
    let place = Place { root: &folder.0, lock, repository: None };
    run_until_at(usize::MAX, place, &artifacts(files), Options::default()).unwrap()
}

#[test]
fn two_specs_keep_apart() {
    let paths =
        [("", "bastide.kdl"), ("", "b.kdl"), ("../apps/shop/", "bastide.kdl"), ("../", "bastide.kdl")];
    let locks = paths.map(|(home, file)| lock::path_of(home, file));
    assert_eq!(
        locks,
        [
            "deploy/bastide.lock",
            "deploy/bastide.b.lock",
            "deploy/bastide.apps-shop.lock",
            "deploy/bastide.lock"
        ]
    );
    let folder = Folder::new();
    of(&folder, &locks[0], &[("deploy/dev/a.yaml", "a\n")]);
    assert!(of(&folder, &locks[1], &[("deploy/test/a.yaml", "b\n")]).outcome.done);
    assert_eq!(folder.get("deploy/dev/a.yaml"), "a\n");
    // Even one that would be the same.
    assert_eq!(of(&folder, &locks[1], &[("deploy/dev/a.yaml", "a\n")]).rules(), ["output-path-twice"]);
    assert!(of(&folder, &locks[0], &[]).outcome.done);
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), [&locks[1], &locks[0], "deploy/test/a.yaml"]);
}

#[test]
fn a_merge_is_settled_by_building() {
    let folder = Folder::new();
    build(&folder, &[("d/a", "ours\n"), ("d/b", "old\n")]);
    let ours = folder.get("deploy/bastide.lock");
    build(&folder, &[("d/a", "old\n"), ("d/b", "theirs\n")]);
    let theirs = folder.get("deploy/bastide.lock");
    let lines = |text: &str| text.lines().skip(1).map(|line| format!("{line}\n")).collect::<String>();
    let head = ours.lines().next().unwrap();
    let union = format!("{head}\n{}{}", lines(&ours), lines(&theirs));
    let marked = format!("{head}\n<<<<<<< HEAD\n{}=======\n{}>>>>>>> theirs\n", lines(&ours), lines(&theirs));
    let conflict = "<<<<<<< HEAD\nours\n=======\nold\n>>>>>>> theirs\n";
    let wanted: Files = &[("d/a", "ours\n"), ("d/b", "theirs\n")];
    for (lock, a, checked) in
        [(&union, "ours\n", 0), (&union, "old\n", 1), (&marked, "ours\n", 1), (&marked, conflict, 2)]
    {
        folder.put("deploy/bastide.lock", lock);
        folder.put("d/a", a);
        folder.put("d/b", "theirs\n");
        assert_eq!(run(&folder, wanted, CHECK).rules().len(), checked.min(1), "{lock}{a}");
        assert!(build(&folder, wanted).outcome.done, "{lock}{a}");
        assert_eq!(
            (folder.get("d/a"), folder.get("deploy/bastide.lock").lines().count()),
            ("ours\n".into(), 3)
        );
    }
    // What git made of both sides, as of one file for all services: right as it is, or made anew and told.
    let both: Files = &[("d/a", "both\n"), ("d/b", "theirs\n")];
    folder.put("d/a", "both\n");
    folder.put("deploy/bastide.lock", &union);
    assert!(run(&folder, both, CHECK).rules().is_empty());
    assert_eq!(run(&folder, wanted, CHECK).rules(), ["stale-output"]);
    assert_eq!(build(&folder, wanted).rules(), ["merged-output"]);
    // Once that is settled, an edit is nobody's to lose.
    folder.put("d/a", "by hand\n");
    assert_eq!(build(&folder, wanted).rules(), ["edited-output"]);
    folder.put("other", conflict);
    assert_eq!(build(&folder, &[("other", "x\n")]).rules()[0], "foreign-output");
}

#[test]
fn a_build_that_removes_most_says_so() {
    let folder = Folder::new();
    let many: Vec<(String, &str)> = (0..9).map(|at| (format!("deploy/prod/{at}"), "x\n")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    build(&folder, &many);
    assert!(run(&folder, &many[..5], CHECK).rules().iter().all(|rule| *rule == "stale-output"));
    let ran = run(&folder, &many[..4], CHECK);
    assert!(ran.rules().contains(&"most-removed"), "{ran:?}");
    assert_eq!(build(&folder, &many[..4]).rules(), ["most-removed"]);
}

/// A spec in `apps/shop` of a repository: what a forge reads goes to the root.
fn within(folder: &Folder, files: Files, steps: usize, options: Options) -> Option<Ran> {
    let root = folder.0.join("apps/shop");
    let repository = Repository::above(&root).unwrap();
    assert_eq!((&*repository.within, &*repository.up()), ("apps/shop/", "../../"));
    let place = Place { root: &root, lock: lock::PATH, repository: Some(&repository) };
    let artifacts: Vec<Artifact> = artifacts(files);
    run_until_at(steps, place, &artifacts, options).ok()
}

fn repository() -> Folder {
    let folder = Folder::new();
    folder.put(".git/HEAD", "ref: refs/heads/main\n");
    folder.put("apps/shop/bastide.kdl", "");
    folder
}

const FORGE: Files = &[("../../.github/workflows/shop.yaml", "on: push\n"), ("deploy/dev/a.yaml", "a\n")];

#[test]
fn what_a_forge_reads_goes_to_the_root_of_the_repository() {
    let whole = usize::MAX;
    let undisturbed = repository();
    assert!(within(&undisturbed, FORGE, whole, Options::default()).unwrap().outcome.done);
    assert_eq!(undisturbed.get(".github/workflows/shop.yaml"), "on: push\n");
    assert!(within(&undisturbed, FORGE, whole, CHECK).unwrap().rules().is_empty());
    // Torn anywhere, and finished.
    for steps in 0.. {
        let folder = repository();
        let done = within(&folder, FORGE, steps, Options::default()).is_some();
        assert!(within(&folder, FORGE, whole, Options::default()).unwrap().rules().is_empty(), "{steps}");
        assert_eq!(folder.tree(), undisturbed.tree(), "{steps}");
        if done {
            break;
        }
    }
    // An edit is not lost, and neither is what another spec wrote.
    undisturbed.put(".github/workflows/shop.yaml", "on: never\n");
    assert_eq!(within(&undisturbed, FORGE, whole, Options::default()).unwrap().rules(), ["edited-output"]);
    let folder = repository();
    folder.put(".github/workflows/shop.yaml", "another's\n");
    assert_eq!(within(&folder, FORGE, whole, Options::default()).unwrap().rules(), ["foreign-output"]);
    // Removed with its empty folders; the repository stays.
    let folder = repository();
    within(&folder, FORGE, whole, Options::default());
    assert!(within(&folder, &[], whole, Options::default()).unwrap().outcome.done);
    assert!(!folder.0.join(".github").exists() && folder.0.join(".git").exists());
}

#[test]
fn no_path_leads_elsewhere() {
    for bad in ["../x", "../../../x", "../../.git/hooks/x", "../../a/../x", "/x"] {
        let folder = repository();
        let ran = within(&folder, &[(bad, "x")], usize::MAX, Options::default()).unwrap();
        assert_eq!(ran.rules(), ["output-path"], "{bad}");
    }
    // Without a repository nothing leads up, and what the lock knows there is kept and left alone.
    let folder = repository();
    within(&folder, FORGE, usize::MAX, Options::default());
    fs::remove_dir_all(folder.0.join(".git")).unwrap();
    let root = folder.0.join("apps/shop");
    let place = Place { root: &root, lock: lock::PATH, repository: None };
    let ran = run_until_at(usize::MAX, place, &artifacts(&FORGE[1..]), Options::default()).unwrap();
    assert!(ran.outcome.done && ran.outcome.removed.is_empty());
    assert_eq!(folder.get(".github/workflows/shop.yaml"), "on: push\n");
    assert!(Lock::parse(&folder.get("apps/shop/deploy/bastide.lock")).unwrap().knows(FORGE[0].0));
}

#[cfg(unix)]
#[test]
fn no_link_is_followed_outside_the_folder_of_the_spec() {
    let folder = repository();
    fs::create_dir_all(folder.0.join("elsewhere")).unwrap();
    std::os::unix::fs::symlink("elsewhere", folder.0.join(".github")).unwrap();
    let ran = within(&folder, FORGE, usize::MAX, Options::default()).unwrap();
    assert_eq!(ran.rules(), ["output-path"]);
    assert!(!folder.0.join("elsewhere/workflows").exists());
}
