mod long;
mod stage;
mod torn;

use super::{Artifact, Fault, IoFault, Made, Options, Outcome, lock, path, write};
use bastide_report::finding::Report;
use bastide_report::source::Sources;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of its own, gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("bastide-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let place = std::env::temp_dir().join(name);
        fs::create_dir_all(&place).unwrap();
        Folder(place)
    }

    fn put(&self, path: &str, text: &str) {
        let place = self.0.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    fn get(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap()
    }

    /// Every file below, and every empty folder, with a slash.
    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = BTreeMap::new();
        grow(&self.0, &self.0, &mut tree);
        tree
    }
}

fn grow(root: &Path, folder: &Path, tree: &mut BTreeMap<String, String>) {
    let name = |place: &Path| place.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    if entries.is_empty() {
        tree.insert(name(folder) + "/", String::new());
    }
    for place in entries {
        match place.is_dir() {
            true => grow(root, &place, tree),
            false => drop(tree.insert(name(&place), fs::read_to_string(&place).unwrap())),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn made(path: &str, text: &str) -> Made<'static> {
    Made::File(artifact(path, text))
}

fn artifact(path: &str, text: &str) -> Artifact {
    Artifact { path: path.into(), text: text.into(), executable: false, from: format!("pack/{text:.3}") }
}

type Files<'a> = &'a [(&'a str, &'a str)];

fn run(folder: &Folder, files: Files, options: &Options) -> Result<Outcome, IoFault> {
    write(&folder.0, options, &mut |sink| {
        files.iter().for_each(|(path, text)| sink(made(path, text)));
        true
    })
}

fn build(folder: &Folder, files: Files) -> Outcome {
    run(folder, files, &Options::default()).unwrap()
}

fn rules(outcome: &Outcome) -> Vec<String> {
    let mut report = Report::default();
    outcome.tell(&mut Sources::default(), &mut report);
    report.findings.iter().map(|finding| finding.rule.to_string()).collect()
}

fn check() -> Options {
    Options { check_only: true, ..Options::default() }
}

fn force() -> Options {
    Options { force: true, ..Options::default() }
}

const OLD: Files = &[
    ("deploy/prod/a.yaml", "a: 1\n"),
    ("deploy/prod/b.yaml", "b: 1\n"),
    ("deploy/prod/gone/c.yaml", "c: 1\n"),
    (".github/workflows/old.yaml", "on: push\n"),
];
const NEW: Files = &[
    ("deploy/prod/a.yaml", "a: 1\n"),
    ("deploy/prod/b.yaml", "b: 2 and more\n"),
    ("deploy/prod/new/d.yaml", "d: 1, a long line to tear\n"),
    ("Jenkinsfile", "pipeline {}\n"),
];

#[test]
fn a_build_writes_and_the_next_touches_nothing() {
    let folder = Folder::new();
    let first = build(&folder, OLD);
    assert!(first.done && first.fresh.len() == 4 && first.faults.is_empty());
    let lock = folder.get("deploy/bastide.lock");
    assert_eq!(lock.lines().count(), 5);
    let when = |path: &str| fs::metadata(folder.0.join(path)).unwrap().modified().unwrap();
    let before = (when("deploy/prod/a.yaml"), when("deploy/bastide.lock"));
    let second = build(&folder, OLD);
    assert_eq!((second.unchanged, second.fresh.len(), second.replaced.len()), (4, 0, 0));
    assert_eq!(before, (when("deploy/prod/a.yaml"), when("deploy/bastide.lock")));
    assert!(!folder.0.join("deploy/.bastide-journal").exists());
}

#[test]
fn what_left_the_spec_is_removed_with_its_empty_folders() {
    let folder = Folder::new();
    build(&folder, OLD);
    let outcome = build(&folder, NEW);
    assert_eq!(outcome.removed, [".github/workflows/old.yaml", "deploy/prod/gone/c.yaml"]);
    let paths: Vec<String> = folder.tree().into_keys().collect();
    assert_eq!(
        paths,
        [
            "Jenkinsfile",
            "deploy/bastide.lock",
            "deploy/prod/a.yaml",
            "deploy/prod/b.yaml",
            "deploy/prod/new/d.yaml"
        ]
    );
    build(&folder, &[]);
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["deploy/bastide.lock"]);
}

#[test]
fn nothing_made_leaves_nothing() {
    let folder = Folder::new();
    assert!(build(&folder, &[]).done);
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
}

#[test]
fn a_hand_edit_stops_the_build_until_forced() {
    let folder = Folder::new();
    build(&folder, OLD);
    folder.put("deploy/prod/b.yaml", "b: mine\n");
    let before = folder.tree();
    let outcome = build(&folder, NEW);
    assert_eq!(rules(&outcome), ["edited-output"]);
    assert!(!outcome.done);
    assert_eq!(folder.tree(), before);
    let mut report = Report::default();
    outcome.tell(&mut Sources::default(), &mut report);
    let help = report.findings[0].help.clone().unwrap();
    assert!(help.contains("-b: mine\n+b: 2 and more"), "{help}");
    assert!(run(&folder, NEW, &force()).unwrap().done);
    assert_eq!(folder.get("deploy/prod/b.yaml"), "b: 2 and more\n");
}

#[test]
fn a_file_of_others_is_adopted_only_when_equal() {
    let folder = Folder::new();
    folder.put("deploy/prod/a.yaml", "a: 1\n");
    folder.put("deploy/prod/b.yaml", "theirs\n");
    assert_eq!(rules(&build(&folder, OLD)), ["foreign-output"]);
    assert_eq!(folder.tree().len(), 2);
    folder.put("deploy/prod/b.yaml", "b: 1\n");
    assert_eq!(build(&folder, OLD).unchanged, 2);
}

#[test]
fn an_edited_leftover_stays_and_is_forgotten() {
    let folder = Folder::new();
    build(&folder, OLD);
    folder.put("deploy/prod/gone/c.yaml", "c: mine\n");
    let outcome = build(&folder, NEW);
    assert_eq!((rules(&outcome), outcome.done), (vec!["edited-leftover".to_owned()], true));
    assert_eq!(folder.get("deploy/prod/gone/c.yaml"), "c: mine\n");
    assert!(rules(&build(&folder, NEW)).is_empty());
}

#[test]
fn check_writes_nothing_and_names_what_is_stale() {
    let folder = Folder::new();
    assert_eq!(rules(&run(&folder, OLD, &check()).unwrap()), ["stale-output"; 4]);
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
    build(&folder, OLD);
    assert!(rules(&run(&folder, OLD, &check()).unwrap()).is_empty());
    let before = folder.tree();
    let outcome = run(&folder, NEW, &check()).unwrap();
    assert_eq!(rules(&outcome), ["stale-output"; 5]);
    assert_eq!((outcome.fresh.len(), outcome.replaced.len(), outcome.removed.len()), (2, 1, 2));
    assert_eq!(folder.tree(), before);
    fs::remove_file(folder.0.join("deploy/bastide.lock")).unwrap();
    assert_eq!(rules(&run(&folder, OLD, &check()).unwrap()), ["stale-output"]);
    folder.put("deploy/prod/b.yaml", "b: mine\n");
    build(&folder, &OLD[..1]);
    folder.put("deploy/prod/a.yaml", "a: mine\n");
    assert_eq!(rules(&run(&folder, &OLD[..2], &check()).unwrap()), ["edited-output", "foreign-output"]);
}

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
        "a /b",
        "a.",
        "a  b",
        "deploy/.bastide-journal",
        "Deploy/Bastide.lock",
        "x/.bastide-tmp-1",
    ] {
        let folder = Folder::new();
        let outcome = build(&folder, &[("ok", "ok"), (bad, "bad")]);
        assert_eq!((rules(&outcome), folder.tree().len()), (vec!["output-path".to_owned()], 1), "{bad:?}");
        assert!(!folder.0.join("ok").exists());
    }
    assert_eq!(path::refusal(".github/workflows/a b.yaml"), None);
    assert_eq!(path::refusal("日本/é.yaml"), None);
}

#[test]
fn one_path_has_one_maker() {
    let folder = Folder::new();
    let outcome = build(&folder, &[("a/X", "one"), ("a/x", "two"), ("a/x/y", "three"), ("a/X", "four")]);
    assert_eq!(rules(&outcome), ["output-path-twice", "output-path-twice", "output-path"]);
    let Fault::PathTwice { froms, .. } = &outcome.faults[0] else { panic!("{outcome:?}") };
    assert_eq!(froms, &["pack/one", "pack/two"]);
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_outside() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (Folder::new(), Folder::new());
    symlink(&outside.0, folder.0.join("out")).unwrap();
    symlink("nowhere", folder.0.join("dangling")).unwrap();
    fs::create_dir(folder.0.join("real")).unwrap();
    symlink("real", folder.0.join("in")).unwrap();
    symlink("real/x", folder.0.join("file")).unwrap();
    folder.put("plain", "");
    for bad in ["out/x", "out/y/z", "dangling/x", "file", "real", "plain/x"] {
        assert_eq!(rules(&build(&folder, &[(bad, "x")])), ["output-path"], "{bad}");
    }
    let lock = Options { lock: "out/bastide.lock".into(), ..Options::default() };
    assert_eq!(rules(&run(&folder, &[("a", "x")], &lock).unwrap()), ["output-path"]);
    assert!(build(&folder, &[("in/x", "x")]).done);
    assert_eq!(folder.get("real/x"), "x");
    assert_eq!(outside.tree().into_keys().collect::<Vec<_>>(), ["/"]);
    // A folder of the lock that became a link outside: what is there is not ours to remove.
    let moved = Folder::new();
    build(&moved, &[("d/x", "x")]);
    outside.put("x", "x");
    fs::remove_dir_all(moved.0.join("d")).unwrap();
    symlink(&outside.0, moved.0.join("d")).unwrap();
    assert_eq!(rules(&build(&moved, &[])), ["edited-leftover"]);
    assert_eq!(outside.get("x"), "x");
}

#[test]
fn a_lock_nobody_can_trust_is_a_finding() {
    let hash = blake3::hash(b"x").to_hex();
    let print = |entry: Option<lock::Entry<'_>>| {
        let mut text = vec![];
        lock::print(entry.into_iter(), &mut text).unwrap();
        String::from_utf8(text).unwrap()
    };
    let head = print(None);
    for (tail, line) in [
        ("garbage\n".to_owned(), 1),
        (format!("{hash}  a  x\n{hash}  a  x\n"), 2),
        (format!("{hash}  b  x\n{hash}  a  x\n"), 2),
        (format!("{hash}  ../a  x\n"), 1),
        (format!("{hash}  /etc/passwd  x\n"), 1),
        (format!("{hash}  a\n"), 1),
        ("<<<<<<< HEAD\n".to_owned(), 1),
    ] {
        let folder = Folder::new();
        folder.put("deploy/bastide.lock", &format!("{head}{tail}"));
        let outcome = build(&folder, OLD);
        assert_eq!((rules(&outcome), folder.tree().len()), (vec!["lock-unreadable".to_owned()], 1));
        let mut sources = Sources::default();
        let mut report = Report::default();
        outcome.tell(&mut sources, &mut report);
        assert_eq!(sources.place(report.findings[0].labels[0].span).line, line + 1, "{tail}");
    }
    for text in ["", "\u{0}", "# bastide.lock 9: later\n"] {
        assert_eq!(lock::starts(text).unwrap_err().0, 0);
    }
    let text = format!("{head}{hash}  a b  pack/x  y\n");
    assert_eq!(lock::starts(&text).unwrap(), [head.len()]);
    let entry = lock::Entry { path: "a b", hash: blake3::hash(b"x"), from: "pack/x  y" };
    assert_eq!(print(Some(entry)), text);
}

#[cfg(unix)]
#[test]
fn programs_are_executable() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let place = folder.0.join("run.sh");
    let mode = || fs::metadata(&place).unwrap().permissions().mode() & 0o111;
    let go = |text: &str, options: &Options| {
        let artifact = Artifact { executable: true, ..artifact("run.sh", text) };
        write(&folder.0, options, &mut |sink| {
            sink(Made::File(artifact.clone()));
            true
        })
        .unwrap()
    };
    go("one", &Options::default());
    assert_ne!(mode() & 0o100, 0);
    go("two", &Options::default());
    assert_ne!(mode() & 0o100, 0);
    fs::set_permissions(&place, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(rules(&go("two", &check())), ["stale-output"]);
    assert_eq!(go("two", &Options::default()).replaced, ["run.sh"]);
    assert_eq!(mode(), 0o100);
}

#[test]
fn a_failed_rendering_writes_nothing() {
    let folder = Folder::new();
    let outcome = write(&folder.0, &Options::default(), &mut |sink| {
        sink(made("a", "a"));
        false
    });
    assert!(!outcome.unwrap().done);
    assert!(!folder.0.join("a").exists());
}

#[cfg(unix)]
#[test]
fn a_disk_that_refuses_is_named() {
    let folder = Folder::new();
    folder.put("deploy", "a file\n");
    let fault = write(&folder.0.join("deploy"), &Options::default(), &mut |sink| {
        sink(made("a", "a"));
        true
    });
    assert!(fault.unwrap_err().path.starts_with(folder.0.join("deploy")));
}
