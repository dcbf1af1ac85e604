//! Every example, built: the expected files stand in `tests/golden/NAME/` as true files, so that tools and people can
//! read them. `BLESS=1 cargo test --test examples` writes them anew; read every line of the diff before it is committed.

mod determinism;
#[path = "../support/mod.rs"]
mod support;

use similar::TextDiff;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};
use support::{Folder, bastide};

/// Lists every file with its hash: whatever differs, differs there, too.
const LOCK: &str = "deploy/bastide.lock";
/// Lines of one diff that are shown.
const LINES: usize = 60;
/// Files whose diff is shown.
const FILES: usize = 20;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The examples by name.
fn examples() -> Vec<String> {
    let entries = fs::read_dir(root().join("examples")).expect("there are examples").flatten();
    let mut all: Vec<_> = entries
        .filter(|entry| entry.path().join("bastide.kdl").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    all.sort();
    assert!(!all.is_empty());
    all
}

/// Files by path: bytes, and whether they may be run.
type Tree = BTreeMap<String, (Vec<u8>, bool)>;

fn tree(folder: &Path) -> Tree {
    let with_mode = |(path, bytes): (String, Vec<u8>)| {
        let executable = executable(&folder.join(&path));
        (path, (bytes, executable))
    };
    support::tree(folder).into_iter().filter(|(path, _)| path != LOCK).map(with_mode).collect()
}

#[cfg(unix)]
fn executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & 0o100 != 0)
}

#[cfg(not(unix))]
fn executable(_: &Path) -> bool {
    false
}

/// Builds a copy of an example and takes the example away: what was made is left.
fn built(example: &str, more: &[&str]) -> Folder {
    let out = support::copy_of(&format!("examples/{example}"));
    let sources = out.tree("");
    let args: Vec<&str> = ["build", "--quiet"].into_iter().chain(more.iter().copied()).collect();
    bastide(&out, &args).exits(0);
    for path in sources.into_keys() {
        fs::remove_file(out.0.join(path)).expect("copied");
    }
    out
}

fn bless(golden: &Path, out: &Folder, made: &Tree) {
    drop(fs::remove_dir_all(golden));
    for path in made.keys() {
        let place = golden.join(path);
        fs::create_dir_all(place.parent().expect("below the folder")).expect("a folder can be made");
        fs::copy(out.0.join(path), place).expect("a file can be copied");
    }
}

/// What differs, file by file.
fn differences(golden: &Tree, made: &Tree) -> Vec<String> {
    let paths = golden.keys().chain(made.keys().filter(|path| !golden.contains_key(*path)));
    let one = |path: &String| match (golden.get(path), made.get(path)) {
        (Some(_), None) => Some(format!("{path}: no longer made")),
        (None, Some(_)) => Some(format!("{path}: made, not expected")),
        (Some(old), Some(new)) if old.0 != new.0 => Some(diff(path, &old.0, &new.0)),
        (Some(old), Some(new)) if old.1 != new.1 => {
            Some(format!("{path}: may be run: {}, now {}", old.1, new.1))
        }
        _ => None,
    };
    paths.filter_map(one).collect()
}

fn diff(path: &str, old: &[u8], new: &[u8]) -> String {
    let (old, new) = (String::from_utf8_lossy(old), String::from_utf8_lossy(new));
    let diff = TextDiff::from_lines(old.as_ref(), new.as_ref());
    let text = diff.unified_diff().context_radius(2).header(path, path).to_string();
    text.lines().take(LINES).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_example_gives_the_expected_files() {
    let mut stale = vec![];
    for name in examples() {
        let golden = root().join("tests/golden").join(&name);
        let out = built(&name, &[]);
        let made = tree(&out.0);
        assert!(!made.is_empty(), "{name}");
        if env::var_os("BLESS").is_some() {
            bless(&golden, &out, &made);
        }
        stale.extend(differences(&tree(&golden), &made).into_iter().map(|it| format!("{name}/{it}")));
    }
    let more = stale.len().saturating_sub(FILES);
    let shown = stale.iter().take(FILES).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(
        stale.is_empty(),
        "{shown}\n(and {more} more)\n\nmeant? `BLESS=1 cargo test --test examples` writes tests/golden anew"
    );
}

#[test]
fn nothing_expected_is_left_of_an_example_that_is_gone() {
    let names = examples();
    for entry in fs::read_dir(root().join("tests/golden")).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(names.contains(&name), "tests/golden/{name} is of no example");
    }
}

#[test]
fn an_environment_alone_gives_the_files_it_gives_among_others() {
    for name in examples() {
        let whole = tree(&built(&name, &[]).0);
        let environments: Vec<String> = whole
            .keys()
            .filter_map(|path| path.strip_prefix("deploy/")?.split_once('/'))
            .map(|(environment, _)| environment.to_string())
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect();
        for environment in environments {
            let prefix = format!("deploy/{environment}/");
            let below = |tree: Tree| -> Tree {
                tree.into_iter().filter(|(path, _)| path.starts_with(&prefix)).collect()
            };
            let alone = tree(&built(&name, &["-e", &environment]).0);
            let differences = differences(&below(whole.clone()), &below(alone));
            assert!(differences.is_empty(), "{name} -e {environment}:\n{}", differences.join("\n"));
        }
    }
}

#[test]
fn every_example_is_without_fault() {
    for name in examples() {
        let example = support::copy_of(&format!("examples/{name}"));
        let said = bastide(&example, &["check", "--format", "json"]).exits(0);
        let json = said.json();
        assert_eq!(
            (&json["summary"]["deny"], &json["summary"]["warn"]),
            (&0.into(), &0.into()),
            "{name}: {}",
            said.out
        );
    }
}
