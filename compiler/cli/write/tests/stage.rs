//! Folders that are made whole beside their place.

use super::{Files, Folder, OLD, build, check, made, rules, run};
use crate::write::{Options, write};
use std::fs;

/// What a build leaves that was torn before it changed anything.
fn torn(folder: &Folder) {
    folder.put(".bastide-new/lock", "");
    folder.put(".bastide-new/tree/deploy/prod/a.yaml", "a:");
    folder.put(".bastide-new/tree/other", "");
}

#[test]
fn a_torn_stage_is_swept() {
    let (folder, plain) = (Folder::new(), Folder::new());
    build(&plain, OLD);
    for _ in 0..2 {
        torn(&folder);
        run(&folder, OLD, &check()).unwrap();
        assert!(folder.0.join(".bastide-new").exists());
        assert!(build(&folder, OLD).done);
        assert_eq!(folder.tree(), plain.tree());
    }
}

#[test]
fn a_refused_build_leaves_no_root() {
    let folder = Folder::new();
    let files: Files = &[("a/b", "b"), ("c/../d", "d")];
    let outcome = write(&folder.0.join("new/root"), &Options::default(), &mut |sink| {
        files.iter().for_each(|(path, text)| sink(made(path, text)));
        true
    });
    assert_eq!(rules(&outcome.unwrap()), ["output-path"]);
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
}

#[test]
fn a_file_and_a_folder_of_one_name_are_refused() {
    for files in [[("a/x", "1"), ("a/x/y", "2")], [("a/x/y", "2"), ("a/x", "1")]] {
        let folder = Folder::new();
        assert_eq!(rules(&build(&folder, &files)), ["output-path"]);
        assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
    }
}

#[test]
fn a_stage_in_use_is_left_alone() {
    let folder = Folder::new();
    torn(&folder);
    let before = folder.tree();
    let other = fs::File::open(folder.0.join(".bastide-new/lock")).unwrap();
    other.try_lock().unwrap();
    let fault = run(&folder, OLD, &Options::default()).unwrap_err();
    assert!(fault.to_string().contains("another build is running"), "{fault}");
    assert_eq!(folder.tree(), before);
}

#[cfg(unix)]
#[test]
fn a_stage_that_is_a_link_is_not_followed() {
    let (folder, outside) = (Folder::new(), Folder::new());
    outside.put("tree/mine", "mine");
    std::os::unix::fs::symlink(&outside.0, folder.0.join(".bastide-new")).unwrap();
    assert!(run(&folder, OLD, &Options::default()).is_err());
    assert_eq!(outside.tree().into_keys().collect::<Vec<_>>(), ["tree/mine"]);
}

#[test]
fn folders_that_came_meanwhile_are_filled() {
    let folder = Folder::new();
    let outcome = write(&folder.0, &Options::default(), &mut |sink| {
        OLD.iter().for_each(|(path, text)| sink(made(path, text)));
        folder.put("deploy/prod/gone/theirs", "theirs");
        true
    });
    assert!(outcome.unwrap().done);
    assert_eq!(folder.get("deploy/prod/gone/theirs"), "theirs");
    OLD.iter().for_each(|(path, text)| assert_eq!(folder.get(path), *text));
    // A file that came meanwhile is nobody's to replace.
    let folder = Folder::new();
    let outcome = write(&folder.0, &Options::default(), &mut |sink| {
        OLD.iter().for_each(|(path, text)| sink(made(path, text)));
        folder.put("deploy/prod/b.yaml", "theirs");
        true
    });
    assert!(outcome.is_err());
    assert_eq!(folder.get("deploy/prod/b.yaml"), "theirs");
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let folder = Folder::new();
    folder.put(".bastide-new/tree/mine", "mine");
    let before = folder.tree();
    assert!(run(&folder, OLD, &Options::default()).is_err());
    assert_eq!(folder.tree(), before);
}
