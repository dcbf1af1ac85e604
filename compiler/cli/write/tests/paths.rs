//! Paths that no output may have: of a form that is not safe, of two makers, or through a link or a file.

use super::{Folder, build};
use crate::write::path;

#[test]
fn bad_paths_are_refused_before_anything_is_written() {
    let long = "x".repeat(256);
    for bad in [
        "",
        "/a",
        "C:/a",
        "a\\b",
        "a\nb",
        "a\0",
        "a//b",
        "a/",
        "./a",
        "a/../b",
        "..",
        &long,
        ".git/hooks/x",
        "x/.GIT/hooks/x",
        "git~1/hooks/x",
        ".g\u{200c}it/hooks/x",
        ".git::$INDEX_ALLOCATION/hooks/x",
        "a /b",
        "a.",
        "a  b",
        "deploy/.bastide-journal",
        "Deploy/Bastide.lock",
        "x/.bastide-tmp-1",
    ] {
        let folder = Folder::new();
        let ran = build(&folder, &[("ok", "ok"), (bad, "bad")]);
        assert_eq!((ran.rules(), folder.tree().len()), (vec!["output-path"], 1), "{bad:?}");
        assert!(!folder.0.join("ok").exists());
    }
    assert_eq!(path::refusal(".github/workflows/a b.yaml"), None);
    assert_eq!(path::refusal("日本/é.yaml"), None);
    assert_eq!(path::refusal("git~x/.gitattributes"), None);
}

#[test]
fn one_path_has_one_maker() {
    let folder = Folder::new();
    let ran = build(&folder, &[("a/X", "one"), ("a/x", "two"), ("a/x/y", "three"), ("a/X", "four")]);
    assert_eq!(ran.rules(), ["output-path-twice", "output-path-twice", "output-path"]);
    let message = &ran.report.findings[0].message;
    assert!(message.starts_with("`pack/one` makes `a/X` and `pack/two` makes `a/x`"), "{message}");
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_outside() {
    use std::fs;
    use std::os::unix::fs::symlink;
    let (folder, outside) = (Folder::new(), Folder::new());
    symlink(&outside.0, folder.0.join("out")).unwrap();
    symlink("nowhere", folder.0.join("dangling")).unwrap();
    fs::create_dir(folder.0.join("real")).unwrap();
    symlink("real", folder.0.join("in")).unwrap();
    symlink("real/x", folder.0.join("file")).unwrap();
    folder.put("plain", "");
    // One that stays inside would lead into `.git`, too.
    fs::create_dir_all(folder.0.join(".git/hooks")).unwrap();
    symlink(".git/hooks", folder.0.join("hooks")).unwrap();
    for bad in
        ["out/x", "out/y/z", "dangling/x", "file", "real", "plain/x", "in/x", "in/y/z", "hooks/pre-commit"]
    {
        assert_eq!(build(&folder, &[(bad, "x"), ("fine", "x")]).rules(), ["output-path"], "{bad}");
        let empty = |path: &str| fs::read_dir(folder.0.join(path)).unwrap().next().is_none();
        assert!(empty("real") && empty(".git/hooks") && !folder.0.join("fine").exists(), "{bad}");
    }
    assert_eq!(outside.tree().into_keys().collect::<Vec<_>>(), ["/"]);
    // A folder of the lock that became a link outside: what is there is not ours to remove.
    let moved = Folder::new();
    build(&moved, &[("d/x", "x")]);
    outside.put("x", "x");
    fs::remove_dir_all(moved.0.join("d")).unwrap();
    symlink(&outside.0, moved.0.join("d")).unwrap();
    assert_eq!(build(&moved, &[]).rules(), ["edited-leftover"]);
    assert_eq!(outside.get("x"), "x");
    // The folder of the lock.
    let away = Folder::new();
    symlink(&outside.0, away.0.join("deploy")).unwrap();
    assert_eq!(build(&away, &[("a", "x")]).rules(), ["output-path"]);
    assert_eq!(outside.tree().into_keys().collect::<Vec<_>>(), ["x"]);
}

#[test]
fn a_file_and_a_folder_of_one_name_are_refused() {
    for files in [[("a/x", "1"), ("a/x/y", "2")], [("a/x/y", "2"), ("a/x", "1")]] {
        let folder = Folder::new();
        assert_eq!(build(&folder, &files).rules(), ["output-path"]);
        assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
    }
}
