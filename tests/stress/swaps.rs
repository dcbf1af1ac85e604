//! Folders and files swapped for links and back while builds run.

use crate::ground::{bastide, build, expected, grounds, left, number, places, project, same, spec};
use crate::support::{Folder, tree};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

/// Stands in all that lies outside.
const CANARY: &str = "canary-77aa";

/// What is swapped: what is written, and what is read.
const SWAPPED: [&str; 8] = [
    "deploy",
    "deploy/prod",
    "deploy/prod/kubernetes",
    "deploy/prod/kubernetes/s5",
    "deploy/prod/kubernetes/s5/deployment.yaml",
    "deploy/bastide.lock",
    "deploy/dev/compose/compose.yaml",
    "bastide.kdl",
];

/// Swaps a path for a link and back until told to stop.
fn swap(folder: &Path, outside: &Path, path: &str, stop: &AtomicBool, count: &AtomicUsize) {
    let (place, aside) = (folder.join(path), folder.join("aside"));
    while !stop.load(Ordering::Relaxed) {
        if fs::rename(&place, &aside).is_err() {
            continue;
        }
        let linked = symlink(outside.join(path), &place).is_ok();
        thread::yield_now();
        if linked && fs::symlink_metadata(&place).is_ok_and(|it| it.is_symlink()) {
            drop(fs::remove_file(&place));
        }
        // A build may put something in the place meanwhile, again and again: that goes, what was there comes back.
        while fs::rename(&aside, &place).is_err() {
            drop(fs::remove_dir_all(&place).or_else(|_| fs::remove_file(&place)));
        }
        count.fetch_add(1, Ordering::Relaxed);
        thread::yield_now();
    }
}

#[test]
fn links_swapped_while_builds_run_lead_nowhere() {
    let grounds = grounds();
    let rounds = number(32, 200) / grounds.len();
    let count = AtomicUsize::new(0);
    let (mut codes, mut put_back) = ([0; 3], 0);
    for (place, as_nobody) in &grounds {
        let outside = project(place, false);
        for path in SWAPPED.into_iter().filter(|path| path.contains('.') && !path.ends_with(".lock")) {
            let text = outside.get(path);
            outside.put(path, format!("{text}# {CANARY}\n"));
        }
        let before = tree(&outside.0);
        let folder = project(place, *as_nobody);
        for round in 0..rounds {
            let (path, state) = (SWAPPED[round % SWAPPED.len()], round / SWAPPED.len() % 2);
            folder.put("bastide.kdl", spec(state));
            let stop = AtomicBool::new(false);
            let output = thread::scope(|scope| {
                scope.spawn(|| swap(&folder.0, &outside.0, path, &stop, &count));
                let output = bastide(*as_nobody, &["build", "--force"])
                    .current_dir(&folder.0)
                    .stdout(std::process::Stdio::piped())
                    .stderr(std::process::Stdio::piped())
                    .output();
                stop.store(true, Ordering::Relaxed);
                output.expect("built")
            });
            let code = output.status.code().unwrap_or(-1);
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            assert!((0..=2).contains(&code) && !said.contains("panicked"), "{path} {code}: {said}");
            codes[code as usize] += 1;
            assert!(!said.contains(CANARY), "{path}: {said}");
            let all = tree(&folder.0);
            let leaked = all.iter().find(|(_, bytes)| String::from_utf8_lossy(bytes).contains(CANARY));
            assert!(leaked.is_none(), "{path}: {leaked:?}");
            // Undisturbed again, all is as it should be.
            folder.put("bastide.kdl", spec(state));
            let repaired = bastide(*as_nobody, &["build", "-q", "--force"]).current_dir(&folder.0).status();
            assert!(repaired.is_ok_and(|it| it.success()), "{path} {round}");
            assert!(left(&tree(&folder.0)).is_empty(), "{path} {round}");
            // What was put back after a build had replaced it is no longer bastide's, and stays: whole, as it was.
            for (kept, bytes) in tree(&folder.0) {
                if !expected(state).contains_key(&kept) && expected(1 - state).get(&kept) == Some(&bytes) {
                    fs::remove_file(folder.0.join(&kept)).expect("it is there");
                    put_back += 1;
                    let above = folder.0.join(&kept).parent().map(Path::to_path_buf);
                    above.into_iter().for_each(|above| drop(fs::remove_dir(above)));
                }
            }
            same(&folder.0, expected(state), &format!("{path} {round}"));
        }
        assert_eq!(tree(&outside.0), before, "nothing outside was touched");
    }
    let count = count.into_inner();
    println!(
        "{} builds, {count} links swapped: {codes:?} ended with 0, 1, 2; {put_back} files were put back by who swapped",
        rounds * grounds.len()
    );
}

/// Names of temporary files that earlier releases used could be guessed: links that wait under such names are not followed.
#[test]
fn links_that_wait_under_a_guessed_name_are_not_followed() {
    let folder = project(&places()[0], false);
    let outside = Folder::with(&[("mine", "mine\n")]);
    folder.put("bastide.kdl", spec(1));
    let mut links = 0;
    for path in tree(&folder.0.join("deploy")).keys() {
        let hash = blake3::hash(path.as_bytes()).to_hex();
        let above = folder.0.join("deploy").join(path);
        let above = above.parent().expect("below deploy");
        for name in [
            format!(".bastide-tmp-{}", &hash[..16]),
            format!(".bastide-tmp-{links}"),
            ".bastide-journal".into(),
        ] {
            links += usize::from(symlink(outside.0.join("mine"), above.join(name)).is_ok());
        }
    }
    assert!(build(&folder.0, false).success());
    assert_eq!(outside.get("mine"), "mine\n");
    println!("{links} links under names that could be guessed");
}
