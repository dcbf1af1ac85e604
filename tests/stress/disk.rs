//! Disks that are full, and folders in which nothing may be written: the tree stays as it was.

use crate::ground::{Tree, bastide, build, expected, number, places, project, same, spec};
use crate::support::{Folder, bastide_in, tree};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, ExitStatus};

/// A disk in memory of so many bytes, gone when the test is over.
struct Small(Folder);

impl Small {
    /// `None` where none can be had.
    fn new(kibibytes: usize) -> Option<Small> {
        let small = Small(Folder::below(&places()[0]));
        small.mount(&format!("size={kibibytes}k,mode=0777")).then_some(small)
    }

    fn mount(&self, how: &str) -> bool {
        let place = &self.0.0;
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", how, "tmpfs"]).arg(place).output();
        done.is_ok_and(|it| it.status.success())
    }

    fn resize(&self, kibibytes: usize) {
        assert!(self.mount_again(&format!("remount,size={kibibytes}k")), "{kibibytes}");
    }

    fn mount_again(&self, how: &str) -> bool {
        Command::new("mount").args(["-o", how]).arg(&self.0.0).output().is_ok_and(|it| it.status.success())
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(&self.0.0).output());
    }
}

/// How many kibibytes of memory a tree takes there.
fn size(tree: &Tree) -> usize {
    tree.values().map(|bytes| bytes.len().div_ceil(4096) * 4).sum()
}

fn build_out(spec: &Path, out: &Path, as_nobody: bool) -> ExitStatus {
    let out = out.display().to_string();
    bastide(as_nobody, &["build", "-q", "--out", &out]).current_dir(spec).status().expect("built")
}

#[test]
fn a_full_disk_leaves_the_tree_as_it_was() {
    let folder = project(&places()[0], false);
    let own = |state: usize| {
        let out = Folder::below(&places()[0]);
        folder.put("bastide.kdl", spec(state));
        assert!(build_out(&folder.0, &out.0, false).success());
        tree(&out.0)
    };
    let states = [own(0), own(1)];
    let (all, mut failed) = (number(4, 50), 0);
    let full = size(&states[0]) + size(&states[1]) + 256;
    for round in 0..all {
        let as_nobody = round % 2 == 1;
        let Some(small) = Small::new(round * full / all / 2 + 1) else {
            return println!("skipped: a small disk needs the right to mount one");
        };
        let out = &small.0.0;
        // From nothing.
        folder.put("bastide.kdl", spec(0));
        let first = build_out(&folder.0, out, as_nobody);
        match first.code() {
            Some(0) => same(out, &states[0], &format!("{round} fits")),
            code => {
                assert_eq!(code, Some(2), "{round}");
                let left: Vec<_> = fs::read_dir(out).expect("it is there").collect();
                assert!(left.is_empty(), "{round}: {left:?}");
                failed += 1;
            }
        }
        // Over what was there, with less and less room beside it.
        small.resize(full * 2);
        assert!(build_out(&folder.0, out, as_nobody).success(), "{round}");
        same(out, &states[0], &format!("{round} with room"));
        folder.put("bastide.kdl", spec(1));
        small.resize(size(&states[0]) + round * size(&states[1]) / all);
        match build_out(&folder.0, out, as_nobody).code() {
            Some(0) => {}
            code => {
                assert_eq!(code, Some(2), "{round}");
                same(out, &states[0], &format!("{round} full"));
                failed += 1;
            }
        }
        small.resize(full * 2);
        assert!(build_out(&folder.0, out, as_nobody).success(), "{round}");
        same(out, &states[1], &format!("{round} with room again"));
    }
    println!("{all} small disks, {failed} builds that did not fit: the tree stayed as it was");
}

#[test]
fn a_full_disk_leaves_no_half_of_a_started_file() {
    let Some(small) = Small::new(4) else {
        return println!("skipped: a small disk needs the right to mount one");
    };
    let out = &small.0.0;
    let mut tried = 0;
    for args in [&["init", "shop"][..], &["new", "target", "fresh", "--spec", "SPEC"], &["init"]] {
        fs::write(out.join("filler"), vec![b'x'; 1 << 12]).expect("it fits");
        assert_eq!(
            bastide(false, args).current_dir(out).status().expect("built").code(),
            Some(2),
            "{args:?}"
        );
        let left: Vec<String> = tree(out).into_keys().collect();
        assert_eq!(left, ["filler"], "{args:?}");
        assert!(!out.join("shop").exists());
        tried += 1;
    }
    // A fix that does not fit.
    small.resize(16);
    let wrong = crate::support::SPEC.replace("contact=", "contct=");
    fs::write(out.join("bastide.kdl"), &wrong).expect("it fits");
    let used: usize = size(&tree(out));
    small.resize(used);
    let said = bastide_in(out, &["check", "--fix"]);
    assert_eq!(fs::read_to_string(out.join("bastide.kdl")).expect("it is there"), wrong);
    assert_eq!(tree(out).len(), 2, "{said:?}");
    assert_eq!(said.code, 2, "{said:?}");
    println!("{} commands on a full disk", tried + 1);
}

/// Somebody who may not write in one of the folders finds all as it was.
#[test]
fn a_folder_that_is_read_only_leaves_the_tree_as_it_was() {
    if crate::support::nobody(env!("CARGO_BIN_EXE_bastide")).is_none() {
        return println!("skipped: needs a user that is not root");
    }
    let folders =
        [".", "deploy", "deploy/dev", "deploy/prod", "deploy/prod/kubernetes", "deploy/prod/kubernetes/s5"];
    for path in folders {
        let folder = project(&places()[0], true);
        let before = tree(&folder.0);
        folder.put("bastide.kdl", spec(1));
        let place = folder.0.join(path);
        assert!(place.is_dir(), "{path}");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o555)).expect("it is ours");
        let code = build(&folder.0, true).code();
        fs::set_permissions(&place, fs::Permissions::from_mode(0o777)).expect("it is ours");
        let mut wanted = before;
        wanted.insert("bastide.kdl".into(), spec(1).into());
        // Where nothing is to be changed in the folder itself, all goes well.
        if code == Some(0) {
            wanted = expected(1).clone();
        }
        let changes = ["deploy", "deploy/prod/kubernetes", "deploy/prod/kubernetes/s5"].contains(&path);
        assert!(code == Some(2) || !changes, "{path} {code:?}");
        same(&folder.0, &wanted, path);
    }
    println!("{} folders that are read-only", folders.len());
}
