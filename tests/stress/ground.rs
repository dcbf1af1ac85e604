//! A project that is built again and again, in two states.

use crate::support::{self, Folder, nobody, tree};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;

pub type Tree = BTreeMap<String, Vec<u8>>;

/// So many of what `few` and `full` say.
pub fn number(few: usize, full: usize) -> usize {
    if support::full() { full } else { few }
}

/// Where to work and as whom: in each place as oneself and as nobody.
pub fn grounds() -> Vec<(PathBuf, bool)> {
    places().into_iter().flat_map(|place| [(place.clone(), false), (place, true)]).collect()
}

/// Folders to work below: memory, and with full numbers the disk too.
pub fn places() -> Vec<PathBuf> {
    let (memory, disk) = (PathBuf::from("/dev/shm"), std::env::temp_dir());
    match memory.is_dir() {
        true if support::full() => vec![memory, disk],
        true => vec![memory],
        false => vec![disk],
    }
}

/// A file that a user keeps among the outputs.
pub const MINE: &str = "deploy/prod/mine.txt";

/// A spec of some services. The states differ in images, and each has services the other has not.
pub fn spec(state: usize) -> String {
    let mut text = String::from(
        "app \"shop\" version=\"1.0.0\" {\n    owner \"team\" contact=\"#team\"\n    images \"registry.example.com/shop\"\n}\n\
         environment \"dev\" platform=\"compose\"\nenvironment \"prod\" platform=\"kubernetes\"\n",
    );
    for at in state * 4..state * 4 + 12 {
        let _ = write!(
            text,
            "service \"s{at}\" {{\n    image \"registry.example.com/shop/s{at}:1.{state}.0\"\n    api \"s{at}\" port=8080\n}}\n"
        );
    }
    text
}

/// A project in its first state, built, with a file of the user's in the midst. As nobody, all builds of it are to be.
pub fn project(place: &Path, as_nobody: bool) -> Folder {
    let folder = Folder::below(place);
    fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o777)).expect("it is ours");
    folder.put("bastide.kdl", spec(0));
    assert!(build(&folder.0, as_nobody).success());
    folder.put(MINE, "mine\n");
    folder
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut at) = (vec![folder.to_path_buf()], 0);
    while at < found.len() {
        let entries = fs::read_dir(&found[at]).into_iter().flatten().flatten().map(|it| it.path());
        found.extend(entries.collect::<Vec<_>>());
        at += 1;
    }
    found
}

/// What the project holds in a state, by builds that nobody disturbs: from nothing, and from the other state.
pub fn expected(state: usize) -> &'static Tree {
    static TREES: OnceLock<[Tree; 2]> = OnceLock::new();
    let trees = TREES.get_or_init(|| {
        [0, 1].map(|state| {
            let folder = project(&places()[0], false);
            for to in [1 - state, state] {
                folder.put("bastide.kdl", spec(to));
                assert!(build(&folder.0, false).success());
            }
            tree(&folder.0)
        })
    });
    &trees[state]
}

/// The binary, as whoever runs the tests or as nobody. Where that is not to be had, as oneself.
pub fn bastide(as_nobody: bool, args: &[&str]) -> Command {
    let program = env!("CARGO_BIN_EXE_bastide");
    let other = as_nobody.then(|| nobody(program)).flatten();
    let mut command = other.unwrap_or_else(|| Command::new(program));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

pub fn build(folder: &Path, as_nobody: bool) -> ExitStatus {
    bastide(as_nobody, &["build", "-q"]).current_dir(folder).status().expect("the binary is built")
}

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) % end.max(1)
    }
}

/// What bastide keeps while it builds and should not leave behind.
pub fn left(tree: &Tree) -> Vec<&String> {
    tree.keys().filter(|path| path.contains(".bastide-")).collect()
}

/// Empty folders, which no tree of files shows.
pub fn empty(folder: &Path) -> Vec<PathBuf> {
    let mut found = walk(folder);
    found.retain(|it| it.is_dir() && fs::read_dir(it).is_ok_and(|mut entries| entries.next().is_none()));
    found
}

/// Compares trees, naming what differs.
#[track_caller]
pub fn same(folder: &Path, wanted: &Tree, what: &str) {
    let found = tree(folder);
    let differs: Vec<&String> =
        found.keys().chain(wanted.keys()).filter(|path| found.get(*path) != wanted.get(*path)).collect();
    assert!(differs.is_empty(), "{what}: {differs:?}");
    assert!(empty(folder).is_empty(), "{what}: {:?}", empty(folder));
}
