//! What is mutated: small projects of the repository, their files in memory, and a copy on disk to run commands on.

use super::mutate::{Random, mutate};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The projects, each with the weight with which it is drawn: the quick ones often.
const PROJECTS: &[(&str, u64)] = &[
    ("tests/fuzz/own", 40),
    ("tests/cases/mistakes", 10),
    ("tests/cases/checks", 10),
    ("tests/fields", 2),
    ("tests/judges/gateway", 4),
    ("tests/judges/values", 4),
    ("examples/hello", 20),
    ("examples/polyglot", 8),
    ("examples/shop", 2),
];

/// What no command reads.
const UNREAD: &[&str] = &["snap", "md", "py", "go", "mod", "sum", "txt", "js", "html", "lock"];

/// What of a project is changed.
#[derive(Clone, Copy)]
pub enum Changed {
    /// Any file that commands read, the spec every other time.
    Any,
    /// A file whose name says that it holds a contract.
    Contract,
    /// The lock of what was built.
    Lock,
}

/// Endings of contracts.
const CONTRACTS: &[&str] = &["yaml", "json", "proto", "graphql", "avsc"];

/// One project in memory: path below its root and bytes.
pub struct Project {
    pub name: &'static str,
    weight: u64,
    files: BTreeMap<PathBuf, Vec<u8>>,
    /// Files that are worth changing.
    read: Vec<PathBuf>,
    /// Main files: several where each file of a folder is a spec of its own.
    specs: Vec<PathBuf>,
}

/// All projects, and pieces of their texts to put in other places.
pub struct Ground {
    projects: Vec<Project>,
    pub pieces: Vec<Vec<u8>>,
}

/// A project on disk with one file changed.
pub struct Input<'a> {
    pub project: &'a Project,
    pub root: PathBuf,
    pub spec: PathBuf,
    pub changed: PathBuf,
}

impl Ground {
    pub fn read() -> Ground {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        let projects: Vec<Project> =
            PROJECTS.iter().map(|(name, weight)| Project::read(repository, name, *weight)).collect();
        let mut pieces = BTreeSet::new();
        for text in projects.iter().flat_map(|it| it.read.iter().map(|path| &it.files[path])) {
            let text = String::from_utf8_lossy(text);
            pieces.extend(super::mutate::tokens(&text).map(|it| it.as_bytes().to_vec()));
        }
        Ground { projects, pieces: pieces.into_iter().collect() }
    }

    /// Draws a project, puts it on disk below `folder` unless it lies there, and changes a file of it.
    pub fn draw(&self, random: &mut Random, changed: Changed, folder: &Path) -> Input<'_> {
        let fits = |it: &Project| match changed {
            Changed::Contract => it.read.iter().any(|path| contract(path)),
            Changed::Lock => it.specs.len() == 1,
            Changed::Any => true,
        };
        let project = random.weighted(&self.projects, |it| if fits(it) { it.weight } else { 0 });
        let root = folder.join(project.name.replace('/', "-"));
        if !root.exists() {
            project.write(&root);
        }
        let spec = random.of(&project.specs).clone();
        let contracts: Vec<PathBuf> = project.read.iter().filter(|it| contract(it)).cloned().collect();
        let path = match changed {
            Changed::Contract => random.of(&contracts),
            Changed::Any if random.below(2) == 0 => random.of(&project.read),
            _ => &spec,
        };
        let mut input = Input { project, spec: root.join(&spec), changed: path.clone(), root };
        if !matches!(changed, Changed::Lock) {
            input.change(random, &self.pieces);
        }
        input
    }
}

fn contract(path: &Path) -> bool {
    path.extension().is_some_and(|it| CONTRACTS.iter().any(|known| it == *known))
}

impl Input<'_> {
    /// Changes the file once or, less often, up to four times.
    fn change(&mut self, random: &mut Random, pieces: &[Vec<u8>]) {
        let place = self.root.join(&self.changed);
        let mut bytes = fs::read(&place).unwrap_or_default();
        let times = *random.of(&[1, 1, 1, 2, 2, 4]);
        (0..times).for_each(|_| mutate(&mut bytes, random, pieces));
        fs::write(place, bytes).expect("a file can be written");
    }

    /// Changes the lock of what was built into `out`.
    pub fn change_lock(&mut self, random: &mut Random, pieces: &[Vec<u8>]) {
        self.changed = "out/deploy/bastide.lock".into();
        if self.root.join(&self.changed).exists() {
            self.change(random, pieces);
        }
    }
}

impl Project {
    fn read(repository: &Path, name: &'static str, weight: u64) -> Project {
        let mut files = BTreeMap::new();
        collect(&repository.join(name), Path::new(""), &mut files);
        let extension = |path: &PathBuf| path.extension().map(|it| it.to_string_lossy().into_owned());
        let read = files.keys().filter(|it| extension(it).is_some_and(|it| !UNREAD.contains(&it.as_str())));
        let read: Vec<PathBuf> = read.cloned().collect();
        let main = PathBuf::from(crate::load::SPEC);
        let specs = match files.contains_key(&main) {
            true => vec![main],
            false => read.iter().filter(|it| it.parent() == Some(Path::new(""))).cloned().collect(),
        };
        Project { name, weight, files, read, specs }
    }

    fn write(&self, root: &Path) {
        for (path, bytes) in &self.files {
            let place = root.join(path);
            fs::create_dir_all(place.parent().expect("below the root")).expect("a folder can be made");
            fs::write(place, bytes).expect("a file can be written");
        }
    }

    /// Every file as it was. `--fix` may have changed any of them.
    pub fn restore(&self, root: &Path) {
        for path in &self.read {
            let place = root.join(path);
            if fs::read(&place).ok().as_ref() != Some(&self.files[path]) {
                fs::write(place, &self.files[path]).expect("a file can be written");
            }
        }
    }

    /// The project as it is in the repository, to compare with.
    pub fn origin(&self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(self.name)
    }
}

fn collect(root: &Path, below: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(root.join(below)).expect("a folder of the repository") {
        let entry = entry.expect("an entry of it");
        let path = below.join(entry.file_name());
        // What `build` left there is no ground.
        if entry.file_name() == "deploy" || entry.file_name() == ".github" || entry.file_name() == "ci" {
            continue;
        }
        if entry.path().is_dir() {
            collect(root, &path, files);
        } else {
            files.insert(path, fs::read(entry.path()).expect("a file of the repository"));
        }
    }
}
