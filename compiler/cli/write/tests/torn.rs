//! Builds that stop at any point, and what the next one makes of it.

use super::{Files, Folder, NEW, OLD, Options, artifacts, build, run_until};
use std::collections::BTreeMap;

/// A spec after `NEW`: what that one replaced, created and removed is another again.
const LATER: Files = &[
    ("deploy/prod/b.yaml", "b: 3\n"),
    ("deploy/prod/gone/c.yaml", "c: 2\n"),
    ("Jenkinsfile", "pipeline { agent any }\n"),
];

/// The tree after undisturbed builds of `OLD`, then `new`.
fn undisturbed(new: Files) -> BTreeMap<String, String> {
    let folder = Folder::new();
    build(&folder, OLD);
    build(&folder, new);
    folder.tree()
}

/// A build of `OLD`, then one of `NEW` that stops after `steps`; `None` when it came to its end.
fn torn(steps: usize) -> Option<Folder> {
    let folder = Folder::new();
    build(&folder, OLD);
    tear(&folder, NEW, steps).then_some(folder)
}

/// A build that stops after `steps`; whether it did not come to its end.
fn tear(folder: &Folder, files: Files, steps: usize) -> bool {
    run_until(steps, &folder.0, &artifacts(files), Options::default()).is_err()
}

/// The first torn state in which files were about to change.
fn begun() -> Folder {
    let states = (0..).map(|steps| torn(steps).unwrap());
    let begun = |folder: &Folder| folder.get("deploy/bastide.lock").contains("not done");
    states.into_iter().find(begun).unwrap()
}

#[test]
fn a_torn_build_is_finished_or_redone_wherever_it_stopped() {
    // The same spec, one in which all is another again, the old one, and none at all.
    for next in [NEW, LATER, OLD, &[]] {
        let expected = undisturbed(next);
        let mut points = 0;
        while let Some(folder) = torn(points) {
            let ran = build(&folder, next);
            // That most of it goes is told where nothing is made any more.
            let told = ran.rules().iter().all(|rule| next.is_empty() && *rule == "most-removed");
            assert!(ran.outcome.done && told, "{points}: {ran:?}");
            assert_eq!(folder.tree(), expected, "{points}");
            points += 1;
        }
        // One to write each lock and each file that is replaced or created, one for each that takes its place, whole new
        // folders at once; two for each removal.
        assert!(points >= 14, "{points}");
    }
}

#[test]
fn a_first_build_torn_is_finished() {
    let expected = Folder::new();
    build(&expected, OLD);
    for steps in 0.. {
        let folder = Folder::new();
        let stopped = tear(&folder, OLD, steps);
        assert!(build(&folder, OLD).rules().is_empty(), "{steps}");
        assert_eq!(folder.tree(), expected.tree(), "{steps}");
        if !stopped {
            break;
        }
    }
}

#[test]
fn a_torn_build_torn_again_is_finished() {
    for next in [NEW, LATER] {
        let expected = undisturbed(next);
        for first in 0.. {
            if torn(first).is_none() {
                break;
            }
            for second in 0..20 {
                let folder = torn(first).expect("the same steps");
                tear(&folder, LATER, second);
                let ran = build(&folder, next);
                assert!(ran.outcome.done && ran.rules().is_empty(), "{first} {second}: {ran:?}");
                assert_eq!(folder.tree(), expected, "{first} {second}");
            }
        }
    }
}

#[test]
fn an_edit_after_a_torn_build_is_never_lost() {
    for path in NEW.iter().chain(OLD).map(|(path, _)| path) {
        let mut points = 0;
        while let Some(folder) = torn(points) {
            folder.put(path, "mine, and by hand\n");
            for _ in 0..2 {
                build(&folder, NEW);
                assert_eq!(folder.get(path), "mine, and by hand\n", "{path} {points}");
            }
            points += 1;
        }
    }
}

#[test]
fn a_torn_tree_is_not_up_to_date() {
    let mut points = 0;
    while let Some(folder) = torn(points) {
        let before = folder.tree();
        let ran = super::run(&folder, NEW, super::CHECK);
        assert!(ran.report.denied(), "{points}");
        assert_eq!(folder.tree(), before, "{points}");
        points += 1;
    }
}

#[test]
fn what_the_system_lost_when_it_stopped_is_made_again() {
    for lost in ["", "\0\0\0\0"] {
        let expected = undisturbed(NEW);
        let mut points = 0;
        while let Some(folder) = torn(points) {
            let interim = folder.get("deploy/bastide.lock").contains("not done");
            folder.put("deploy/prod/b.yaml", lost);
            let ran = build(&folder, NEW);
            assert_eq!(ran.outcome.done, interim, "{points}");
            if interim {
                assert_eq!(folder.tree(), expected, "{points}");
            } else {
                assert_eq!(ran.rules(), ["edited-output"], "{points}");
            }
            points += 1;
        }
    }
}

#[test]
fn a_second_build_waits_its_turn() {
    let folder = begun();
    let before = folder.tree();
    let other = std::fs::File::open(&folder.0).unwrap();
    other.try_lock().unwrap();
    let fault = run_until(usize::MAX, &folder.0, &artifacts(NEW), Options::default()).unwrap_err();
    assert!(fault.to_string().contains("another build is running"), "{fault}");
    assert_eq!(folder.tree(), before);
    drop(other);
    assert!(build(&folder, NEW).outcome.done);
}

#[test]
fn the_lock_of_a_torn_build_says_what_was_and_what_comes() {
    let folder = begun();
    let text = folder.get("deploy/bastide.lock");
    // Earlier releases know the first lock alone, and take every other for one of another version.
    assert!(text.starts_with("# bastide.lock 1, "), "{text}");
    let lock = super::Lock::parse(&text).unwrap();
    for (path, bytes) in OLD.iter().chain(NEW) {
        assert!(lock.owns(path, blake3::hash(bytes.as_bytes())), "{path}");
    }
}
