//! So many files that threads share them.

use super::{Artifact, CHECK, Folder, Options, artifact, run_until};
use std::fs;

/// Files of a hundred folders; of the second kind, some are others, some new and some gone.
fn many(kind: usize) -> Vec<Artifact> {
    let file = |at: usize| artifact(&format!("deploy/f{}/{at}.yaml", at % 100), &format!("{}\n", at * kind));
    (kind * 50..1_000 + kind * 50).map(file).collect()
}

fn go(steps: usize, folder: &Folder, kind: usize, options: Options) -> Option<super::Ran> {
    run_until(steps, &folder.0, &many(kind), options).ok()
}

#[test]
fn what_they_say_comes_in_order() {
    let folder = Folder::new();
    let first = go(usize::MAX, &folder, 1, Options::default()).unwrap();
    assert!(first.outcome.created.is_sorted() && first.outcome.created.len() == 1_000);
    for at in (50..1_050).step_by(7) {
        folder.put(&format!("deploy/f{}/{at}.yaml", at % 100), "by hand\n");
    }
    let said = || {
        let ran = go(usize::MAX, &folder, 2, CHECK).unwrap();
        ran.report.findings.iter().map(|it| it.message.clone()).collect::<Vec<_>>()
    };
    let once = said();
    assert_eq!(once.iter().filter(|it| it.contains("edited")).count(), 143);
    (0..4).for_each(|_| assert_eq!(said(), once));
}

#[test]
fn a_torn_build_of_many_is_finished() {
    let expected = Folder::new();
    go(usize::MAX, &expected, 1, Options::default()).unwrap();
    go(usize::MAX, &expected, 2, Options::default()).unwrap();
    let mut stopped = 0;
    for steps in (0..5_000).step_by(211) {
        let folder = Folder::new();
        go(usize::MAX, &folder, 1, Options::default()).unwrap();
        stopped += usize::from(go(steps, &folder, 2, Options::default()).is_none());
        let ran = go(usize::MAX, &folder, 2, Options::default()).unwrap();
        assert!(ran.rules().is_empty(), "{steps}: {:?}", ran.rules());
        assert_eq!(folder.tree(), expected.tree(), "{steps}");
    }
    assert!(stopped > 5, "{stopped}");
}

#[test]
fn the_first_fault_stops_all() {
    let folder = Folder::new();
    fs::create_dir_all(folder.0.join("deploy")).unwrap();
    folder.put("deploy/f7", "a file where a folder is needed\n");
    let ran = go(usize::MAX, &folder, 1, Options::default()).unwrap();
    assert_eq!(ran.rules(), ["output-path"; 10]);
    assert_eq!(folder.tree().len(), 1);
}
