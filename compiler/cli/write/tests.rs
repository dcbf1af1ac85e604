mod earlier;
mod paths;
mod shared;
mod swapped;
mod threads;
mod torn;

use super::lock::{self, Lock};
use super::{Artifact, Findings, IoFault, Options, Outcome, Place, write_until};
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
        // In memory where that can be had: torn builds would wait for the disk a thousand times.
        let memory = Path::new("/dev/shm");
        let place = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }.join(name);
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

fn artifact(path: &str, text: &str) -> Artifact {
    Artifact {
        path: path.into(),
        text: text.into(),
        executable: false,
        at_repository: false,
        from: format!("pack/{text:.3}"),
    }
}

type Files<'a> = &'a [(&'a str, &'a str)];

/// What a build did, and what it had to say.
#[derive(Debug)]
struct Ran {
    outcome: Outcome,
    report: Report,
    sources: Sources,
}

impl Ran {
    fn rules(&self) -> Vec<&str> {
        self.report.findings.iter().map(|finding| &*finding.rule).collect()
    }
}

fn run_until(steps: usize, root: &Path, artifacts: &[Artifact], options: Options) -> Result<Ran, IoFault> {
    run_until_at(steps, place(root), artifacts, options)
}

fn run_until_at(
    steps: usize,
    place: Place,
    artifacts: &[Artifact],
    options: Options,
) -> Result<Ran, IoFault> {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let mut findings = Findings::new(&mut sources, &mut report);
    let outcome = write_until(steps, place, options, artifacts, &mut findings)?;
    Ok(Ran { outcome, report, sources })
}

fn artifacts(files: Files) -> Vec<Artifact> {
    files.iter().map(|(path, text)| artifact(path, text)).collect()
}

fn run(folder: &Folder, files: Files, options: Options) -> Ran {
    run_until(usize::MAX, &folder.0, &artifacts(files), options).unwrap()
}

fn build(folder: &Folder, files: Files) -> Ran {
    run(folder, files, Options::default())
}

fn place(root: &Path) -> Place<'_> {
    Place { root, lock: lock::PATH, repository: None }
}

const CHECK: Options<'_> = Options { force: false, check_only: true, below: None };
const FORCE: Options<'_> = Options { force: true, check_only: false, below: None };

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
    assert!(first.outcome.done && first.outcome.created.len() == 4 && first.rules().is_empty());
    let lock = folder.get("deploy/bastide.lock");
    assert_eq!(lock.lines().count(), 5);
    let when = |path: &str| fs::metadata(folder.0.join(path)).unwrap().modified().unwrap();
    let before = (when("deploy/prod/a.yaml"), when("deploy/bastide.lock"));
    let second = build(&folder, OLD).outcome;
    assert_eq!((second.unchanged, second.created.len(), second.replaced.len()), (4, 0, 0));
    assert_eq!(before, (when("deploy/prod/a.yaml"), when("deploy/bastide.lock")));
    assert_eq!(folder.tree().len(), 5, "and nothing else is left");
}

#[test]
fn what_left_the_spec_is_removed_with_its_empty_folders() {
    let folder = Folder::new();
    build(&folder, OLD);
    let outcome = build(&folder, NEW).outcome;
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
    assert!(build(&folder, &[]).outcome.done);
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
}

#[test]
fn a_hand_edit_stops_the_build_until_forced() {
    let folder = Folder::new();
    build(&folder, OLD);
    folder.put("deploy/prod/b.yaml", "b: mine\n");
    let before = folder.tree();
    let ran = build(&folder, NEW);
    assert_eq!(ran.rules(), ["edited-output"]);
    assert!(!ran.outcome.done);
    assert_eq!(folder.tree(), before);
    let help = ran.report.findings[0].help.clone().unwrap();
    assert!(help.contains("-b: mine\n+b: 2 and more"), "{help}");
    assert!(run(&folder, NEW, FORCE).outcome.done);
    assert_eq!(folder.get("deploy/prod/b.yaml"), "b: 2 and more\n");
}

#[test]
fn a_file_of_others_is_adopted_only_when_equal() {
    let folder = Folder::new();
    folder.put("deploy/prod/a.yaml", "a: 1\n");
    folder.put("deploy/prod/b.yaml", "theirs\n");
    assert_eq!(build(&folder, OLD).rules(), ["foreign-output"]);
    assert_eq!(folder.tree().len(), 2);
    folder.put("deploy/prod/b.yaml", "b: 1\n");
    assert_eq!(build(&folder, OLD).outcome.unchanged, 2);
}

#[test]
fn an_edited_leftover_stays_and_is_forgotten() {
    let folder = Folder::new();
    build(&folder, OLD);
    folder.put("deploy/prod/gone/c.yaml", "c: mine\n");
    let ran = build(&folder, NEW);
    assert_eq!((ran.rules(), ran.outcome.done), (vec!["edited-leftover"], true));
    assert_eq!(folder.get("deploy/prod/gone/c.yaml"), "c: mine\n");
    assert!(build(&folder, NEW).rules().is_empty());
}

#[test]
fn check_writes_nothing_and_names_what_is_stale() {
    let folder = Folder::new();
    assert_eq!(run(&folder, OLD, CHECK).rules(), ["stale-output"; 4]);
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
    build(&folder, OLD);
    assert!(run(&folder, OLD, CHECK).rules().is_empty());
    let before = folder.tree();
    let ran = run(&folder, NEW, CHECK);
    assert_eq!(ran.rules(), ["stale-output"; 5]);
    let outcome = ran.outcome;
    assert_eq!((outcome.created.len(), outcome.replaced.len(), outcome.removed.len()), (2, 1, 2));
    assert_eq!(folder.tree(), before);
    fs::remove_file(folder.0.join("deploy/bastide.lock")).unwrap();
    assert_eq!(run(&folder, OLD, CHECK).rules(), ["stale-output"]);
    folder.put("deploy/prod/b.yaml", "b: mine\n");
    build(&folder, &OLD[..1]);
    folder.put("deploy/prod/a.yaml", "a: mine\n");
    assert_eq!(run(&folder, &OLD[..2], CHECK).rules(), ["edited-output", "foreign-output"]);
}

#[test]
fn a_lock_nobody_can_trust_is_a_finding() {
    let hash = blake3::hash(b"x");
    let hex = hash.to_hex();
    let head = |interim| lock::print(interim, [].into_iter());
    for (interim, tail, line) in [
        (false, "garbage\n".to_owned(), 1),
        (true, format!("{hex}  a/../b  x\n"), 1),
        (true, format!("{hex}  ../.git/b  x\n"), 1),
        (false, format!("{hex}  /etc/passwd  x\n"), 1),
        (false, format!("{hex}  a\n"), 1),
    ] {
        let folder = Folder::new();
        folder.put("deploy/bastide.lock", &format!("{}{tail}", head(interim)));
        let ran = build(&folder, OLD);
        assert_eq!((ran.rules(), folder.tree().len()), (vec!["lock-unreadable"], 1));
        assert_eq!(ran.sources.place(ran.report.findings[0].labels[0].span).line, line + 1, "{tail}");
    }
    for text in ["", "\u{0}", "# bastide.lock 9: later\n"] {
        assert_eq!(Lock::parse(text).unwrap_err().0, 0);
    }
    let text = format!("{}{hex}  a b  pack/x  y\n", head(false));
    assert!(Lock::parse(&text).unwrap().owns("a b", hash));
    assert_eq!(lock::print(false, [("a b", hash, "pack/x  y")].into_iter()), text);
}

#[cfg(unix)]
#[test]
fn programs_are_executable() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let place = folder.0.join("run.sh");
    let mode = || fs::metadata(&place).unwrap().permissions().mode() & 0o111;
    let go = |text: &str, options: Options| {
        let artifact = Artifact { executable: true, ..artifact("run.sh", text) };
        run_until(usize::MAX, &folder.0, &[artifact], options).unwrap()
    };
    go("one", Options::default());
    assert_ne!(mode() & 0o100, 0);
    go("two", Options::default());
    assert_ne!(mode() & 0o100, 0);
    fs::set_permissions(&place, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(go("two", CHECK).rules(), ["stale-output"]);
    assert_eq!(go("two", Options::default()).outcome.replaced, ["run.sh"]);
    assert_eq!(mode(), 0o100);
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    build(&folder, &[("a", "one")]);
    let place = folder.0.join("a");
    fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).unwrap();
    build(&folder, &[("a", "two")]);
    assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn a_refused_build_leaves_no_root() {
    let folder = Folder::new();
    let files = artifacts(&[("a/b", "b"), ("c/../d", "d")]);
    let ran = run_until(usize::MAX, &folder.0.join("new/root"), &files, Options::default()).unwrap();
    assert_eq!(ran.rules(), ["output-path"]);
    assert_eq!(folder.tree().into_keys().collect::<Vec<_>>(), ["/"]);
}

#[cfg(unix)]
#[test]
fn a_disk_that_refuses_is_named() {
    let folder = Folder::new();
    folder.put("deploy", "a file\n");
    let root = folder.0.join("deploy");
    let fault = run_until(usize::MAX, &root, &artifacts(&[("a", "a")]), Options::default());
    assert!(fault.unwrap_err().path.starts_with(root));
}
