//! What an interrupted build of an earlier release left: a journal beside the lock, temporary files with names that can be
//! guessed, and a hidden folder of files that were to be moved.

use super::{CHECK, Folder, NEW, OLD, build, run};
use std::fs;

const JOURNAL: &str = "\n# bastide-journal 1\nfresh  00  4  a\n# end\n";

fn torn(folder: &Folder) {
    folder.put("deploy/.bastide-journal", JOURNAL);
    folder.put("deploy/prod/.bastide-tmp-0123456789abcdef", "half");
    folder.put(".bastide-new/lock", "");
    folder.put(".bastide-new/tree/deploy/prod/a.yaml", "a:");
    folder.put(".bastide-new/tree/other", "");
}

#[test]
fn what_is_bastides_own_is_swept() {
    let (folder, plain) = (Folder::new(), Folder::new());
    build(&plain, OLD);
    build(&folder, OLD);
    torn(&folder);
    let before = folder.tree();
    run(&folder, OLD, CHECK);
    assert_eq!(folder.tree(), before);
    assert!(build(&folder, OLD).outcome.done);
    assert_eq!(folder.tree(), plain.tree());
}

#[test]
fn files_it_had_written_already_are_asked_about() {
    let folder = Folder::new();
    build(&folder, OLD);
    torn(&folder);
    // Written, and what this build makes: taken over.
    folder.put("deploy/prod/b.yaml", NEW[1].1);
    assert!(build(&folder, NEW).outcome.done);
    // Written, and not what this build makes: as edited by hand, and all of it stays until that is settled.
    let folder = Folder::new();
    build(&folder, OLD);
    torn(&folder);
    folder.put("deploy/prod/b.yaml", "b: half");
    let before = folder.tree();
    assert_eq!(build(&folder, NEW).rules(), ["edited-output"]);
    assert_eq!(folder.tree(), before);
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let folder = Folder::new();
    folder.put(".bastide-new/tree/mine", "mine");
    folder.put("deploy/prod/.bastide-tmp-mine", "mine");
    assert!(build(&folder, OLD).outcome.done);
    assert_eq!(folder.get(".bastide-new/tree/mine"), "mine");
    assert_eq!(folder.get("deploy/prod/.bastide-tmp-mine"), "mine");
}

#[cfg(unix)]
#[test]
fn links_under_such_names_are_not_followed() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (Folder::new(), Folder::new());
    build(&folder, OLD);
    outside.put("lock", "mine");
    outside.put("tree/mine", "mine");
    let before = outside.tree();
    // The name that an earlier release gave to the temporary file of `deploy/prod/b.yaml`.
    let name = format!("deploy/prod/.bastide-tmp-{}", &blake3::hash(b"deploy/prod/b.yaml").to_hex()[..16]);
    symlink(outside.0.join("lock"), folder.0.join(name)).unwrap();
    symlink(outside.0.join("lock"), folder.0.join("deploy/.bastide-tmp-0")).unwrap();
    symlink(outside.0.join("lock"), folder.0.join("deploy/.bastide-journal")).unwrap();
    symlink(&outside.0, folder.0.join(".bastide-new")).unwrap();
    assert!(build(&folder, NEW).outcome.done);
    assert_eq!(outside.tree(), before);
    assert!(fs::symlink_metadata(folder.0.join(".bastide-new")).unwrap().is_symlink());
}
