//! A commit read through plain `git`: nothing is checked out, no hook runs, nothing is fetched.

use super::refusal::Refusal;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Main branches, in the order in which they are looked for.
const MAIN: [&str; 5] = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];
/// Steps a symbolic link may take.
const STEPS: usize = 8;
/// Longest path a symbolic link may hold, in bytes.
const LONGEST: u64 = 4096;

/// The files of a commit below the folder of the project.
pub struct Commit {
    /// Short name: the ref as given, or the first digits of the commit.
    pub name: String,
    /// What it is, for people: `3f9c1e2, where the branch left origin/main`.
    pub about: String,
    /// All files by their paths from the root of the repository.
    files: BTreeMap<String, Blob>,
    /// The project's folder in the repository, empty or with `/` at its end.
    prefix: String,
    cat: RefCell<Cat>,
}

#[derive(Clone)]
struct Blob {
    id: String,
    link: bool,
    executable: bool,
}

/// A running `git cat-file --batch`.
struct Cat {
    root: PathBuf,
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Commit {
    /// Finds a commit. `reference` is a ref or a commit; with `...` behind it the commit where the branch left it;
    /// without one the commit where the branch left the main branch.
    ///
    /// # Errors
    /// There is no git, no repository, or no such commit; the message says which.
    pub fn find(root: &Path, reference: Option<&str>) -> io::Result<Commit> {
        let prefix = ask(root, &["rev-parse", "--show-prefix"]).map_err(|error| {
            io::Error::other(format!("is in no git repository ({error}); use `--baseline DIR`"))
        })?;
        let (id, name, about) = choose(root, reference)?;
        let tree = run(root, &["ls-tree", "-r", "-z", "--full-tree", &id])?;
        let files = String::from_utf8_lossy(&tree).split('\0').filter_map(entry).collect();
        Ok(Commit { name, about, files, prefix, cat: RefCell::new(Cat::start(root)?) })
    }

    /// The bytes of a file, unless they are more than `limit`.
    ///
    /// # Errors
    /// There is no such file, or git fails.
    pub fn read(&self, path: &str, limit: u64) -> io::Result<Result<Vec<u8>, Refusal>> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "no such file in this commit");
        let blob = self.blob(path).ok_or_else(missing)?;
        let bytes = self.cat.borrow_mut().read(&blob.id, limit)?;
        Ok(bytes.ok_or(Refusal::TooLarge(limit)))
    }

    /// Whether it has this file.
    pub fn is_file(&self, path: &str) -> bool {
        self.blob(path).is_some()
    }

    /// Whether it has this file, and the file may be run.
    pub fn executable(&self, path: &str) -> bool {
        self.blob(path).is_some_and(|blob| blob.executable)
    }

    /// Whether it has files below this folder.
    pub fn is_folder(&self, path: &str) -> bool {
        self.below(path).next().is_some()
    }

    /// All files below a folder, as paths from the project's root.
    pub fn below<'c>(&'c self, folder: &str) -> impl Iterator<Item = &'c str> + use<'c> {
        let start = match folder.trim_end_matches('/') {
            "" | "." => self.prefix.clone(),
            folder => format!("{}{folder}/", self.prefix),
        };
        let from = self.files.range(start.clone()..).map(|(path, _)| path);
        let here = from.take_while(move |path| path.starts_with(&start));
        here.filter_map(|path| path.strip_prefix(self.prefix.as_str()))
    }

    /// A file of this name that lay in another folder then and is not there any more: the project may have moved.
    pub fn moved(&self, root: &Path, name: &str) -> Option<String> {
        let top = ask(root, &["rev-parse", "--show-toplevel"]).ok()?;
        let same = |path: &&String| path.rsplit('/').next() == Some(name);
        let gone = |path: &&String| !Path::new(&top).join(path).exists();
        self.files.keys().filter(same).find(gone).cloned()
    }

    /// The blob under a path, symbolic links followed as long as they stay in the project.
    fn blob(&self, path: &str) -> Option<Blob> {
        let mut path = path.to_string();
        for _ in 0..STEPS {
            let blob = self.files.get(&format!("{}{path}", self.prefix))?;
            if !blob.link {
                return Some(blob.clone());
            }
            let to = self.cat.borrow_mut().read(&blob.id, LONGEST).ok()??;
            let to = String::from_utf8(to).ok()?;
            path = bastide_contract::side::join(&path, &to).filter(|_| !to.starts_with('/'))?;
        }
        None
    }
}

/// The commit, its short name, and what it is.
fn choose(root: &Path, reference: Option<&str>) -> io::Result<(String, String, String)> {
    let short = |id: &str| id.chars().take(7).collect::<String>();
    if let Some(given) = reference {
        let (name, fork) = given.strip_suffix("...").map_or((given, false), |name| (name, true));
        let id = commit(root, name).ok_or_else(|| io::Error::other(unknown(root, name)))?;
        if fork {
            let id = base(root, name, &id)?;
            return Ok((id.clone(), short(&id), format!("{}, where the branch left {name}", short(&id))));
        }
        let whole = name.len() >= 40 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let shown = if whole { short(&id) } else { name.to_string() };
        return Ok((id.clone(), shown, format!("{name} ({})", short(&id))));
    }
    let head = commit(root, "HEAD").ok_or_else(|| io::Error::other("the repository has no commit yet"))?;
    let main = MAIN.iter().find_map(|name| Some((*name, commit(root, name)?)));
    let Some((name, id)) = main else {
        let about =
            format!("HEAD ({}), for want of a main branch: what is committed is not compared", short(&head));
        return Ok((head, "HEAD".into(), about));
    };
    let id = base(root, name, &id)?;
    Ok((id.clone(), short(&id), format!("{}, where the branch left {name}", short(&id))))
}

/// The last commit that the branch and another have in common.
fn base(root: &Path, name: &str, id: &str) -> io::Result<String> {
    ask(root, &["merge-base", id, "HEAD"]).map_err(|_| {
        let words = format!("has no commit in common with `{name}`; is the clone a shallow one?");
        io::Error::other(words)
    })
}

fn commit(root: &Path, name: &str) -> Option<String> {
    if name.is_empty() || name.starts_with('-') || name.contains(['\0', '\n']) {
        return None;
    }
    ask(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")]).ok()
}

fn unknown(root: &Path, name: &str) -> String {
    let shallow = ask(root, &["rev-parse", "--is-shallow-repository"]).is_ok_and(|it| it == "true");
    let more = if shallow { "; the clone is a shallow one: fetch more of it" } else { "" };
    format!("has no commit `{name}`{more}")
}

/// An entry of `ls-tree -z`: `100644 blob ID<tab>path`. Submodules are passed over.
fn entry(line: &str) -> Option<(String, Blob)> {
    let (facts, path) = line.split_once('\t')?;
    let mut facts = facts.split(' ');
    let (mode, kind, id) = (facts.next()?, facts.next()?, facts.next()?);
    let blob = Blob { id: id.to_string(), link: mode == "120000", executable: mode == "100755" };
    (kind == "blob").then(|| (path.to_string(), blob))
}

/// What is set for every call, whatever the repository's own configuration says: nothing is fetched, no program is run.
const SETTINGS: [&str; 8] = [
    // Folders of a branch may be made to look like a bare repository, which would answer in the place of the real one.
    "safe.bareRepository=explicit",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.sshCommand=false",
    "core.gitProxy=false",
    "core.alternateRefsCommand=false",
    "credential.helper=",
    "protocol.allow=never",
];
/// The same by the environment. No protocol has the name `none`.
const ENVIRONMENT: [(&str, &str); 8] = [
    ("GIT_ALLOW_PROTOCOL", "none"),
    ("GIT_NO_LAZY_FETCH", "1"),
    ("GIT_TERMINAL_PROMPT", "0"),
    ("GIT_ASKPASS", "false"),
    ("GIT_SSH_COMMAND", "false"),
    ("GIT_PAGER", "cat"),
    ("GIT_EDITOR", "false"),
    ("LC_ALL", "C"),
];

/// The one way in which git is called.
fn git(root: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(["--no-optional-locks", "--no-pager", "--literal-pathspecs"]);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.arg("-C").arg(root).args(args).envs(ENVIRONMENT);
    // A hook has these set for its own folder; the project's is found from where it lies.
    for name in
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_EXTERNAL_DIFF"]
    {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

fn run(root: &Path, args: &[&str]) -> io::Result<Vec<u8>> {
    let output =
        git(root, args).output().map_err(|error| io::Error::other(format!("`git` does not run: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let words = String::from_utf8_lossy(&output.stderr).trim().lines().last().unwrap_or_default().to_string();
    Err(io::Error::other(words.trim_start_matches("fatal: ").to_string()))
}

/// The answer of git, without the line break.
fn ask(root: &Path, args: &[&str]) -> io::Result<String> {
    let bytes = run(root, args)?;
    Ok(String::from_utf8_lossy(&bytes).trim_end_matches('\n').to_string())
}

impl Cat {
    fn start(root: &Path) -> io::Result<Cat> {
        let mut child = git(root, &["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let gone = || io::Error::other("`git cat-file` has no pipe");
        let (to, from) = (child.stdin.take().ok_or_else(gone)?, child.stdout.take().ok_or_else(gone)?);
        Ok(Cat { root: root.into(), child, to, from: BufReader::new(from) })
    }

    /// Asks for one object: `ID blob SIZE`, the bytes, a line break. `None` if it has more than `limit` bytes.
    fn read(&mut self, id: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        writeln!(self.to, "{id}")?;
        self.to.flush()?;
        let mut head = String::new();
        self.from.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other("git does not have this file here"))?;
        if size > limit {
            // The stream stands before the bytes: another one is begun.
            *self = Cat::start(&self.root.clone())?;
            return Ok(None);
        }
        let mut bytes = vec![0; size as usize];
        self.from.read_exact(&mut bytes)?;
        self.from.read_exact(&mut [0])?;
        Ok(Some(bytes))
    }
}

impl Drop for Cat {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
