//! Builds that stop at any point, and what the next one makes of it.

use super::{Files, Folder, NEW, OLD, build, rules, run};
use crate::write::{Options, journal};
use std::collections::BTreeMap;
use std::fs;

/// The tree after an undisturbed build of `OLD`, then `new`.
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
    let options = Options { stop_after: Some(steps), ..Options::default() };
    run(&folder, NEW, &options).is_err().then_some(folder)
}

#[test]
fn a_torn_build_is_resumed_wherever_it_stopped() {
    let expected = undisturbed(NEW);
    let mut points = 0;
    while let Some(folder) = torn(points) {
        let outcome = build(&folder, NEW);
        assert!(outcome.done && outcome.faults.is_empty(), "{points}: {outcome:?}");
        assert_eq!(folder.tree(), expected, "{points}");
        points += 1;
    }
    assert!(points > 8, "{points}");
}

#[test]
fn a_torn_build_torn_again_is_resumed() {
    let expected = undisturbed(NEW);
    for first in 0.. {
        if torn(first).is_none() {
            break;
        }
        for second in 0..12 {
            let folder = torn(first).expect("the same steps");
            drop(run(&folder, NEW, &Options { stop_after: Some(second), ..Options::default() }));
            let outcome = build(&folder, NEW);
            assert!(outcome.done && outcome.faults.is_empty(), "{first} {second}: {outcome:?}");
            assert_eq!(folder.tree(), expected, "{first} {second}");
        }
    }
}

#[test]
fn a_torn_build_gives_way_to_the_old_spec() {
    let expected = undisturbed(OLD);
    let mut points = 0;
    while let Some(folder) = torn(points) {
        let outcome = build(&folder, OLD);
        // A file torn in the middle and no longer made cannot be told from one cut by hand: it stays.
        let half = rules(&outcome).iter().filter(|rule| *rule == "edited-leftover").count();
        assert!(outcome.done && half == outcome.faults.len(), "{points}: {outcome:?}");
        let tree = folder.tree();
        assert!(expected.iter().all(|(path, text)| tree.get(path) == Some(text)), "{points}: {tree:?}");
        assert_eq!(tree.len(), expected.len() + half, "{points}");
        points += 1;
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
fn a_second_build_waits_its_turn() {
    let folder = torn(3).unwrap();
    let place = folder.0.join("deploy/.bastide-journal");
    let other = fs::File::open(&place).unwrap();
    other.try_lock().unwrap();
    let fault = run(&folder, NEW, &Options::default()).unwrap_err();
    assert!(fault.to_string().contains("another build is running"), "{fault}");
    drop(other);
    assert!(build(&folder, NEW).resumed);
}

#[test]
fn a_journal_cut_anywhere_is_no_trouble() {
    let folder = torn(2).unwrap();
    let text = folder.get("deploy/.bastide-journal");
    assert_eq!(journal::read(&text).len(), 5);
    for at in 0..text.len() - 1 {
        assert!(journal::read(&text[..at]).is_empty(), "{at}");
        assert_eq!(journal::read(&format!("{}{text}", &text[..at])).len(), 5, "{at}");
    }
}
