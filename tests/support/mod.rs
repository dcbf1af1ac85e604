//! Temporary projects and the binary, for the tests that meet bastide as its users do.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// Longest run of one command; more is a hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder of its own, gone when the test is over.
pub struct Folder(pub PathBuf);

impl Folder {
    /// An empty folder.
    pub fn new() -> Folder {
        Folder::below(&env::temp_dir())
    }

    /// An empty folder in memory where that can be had: many builds would wait for the disk.
    pub fn in_memory() -> Folder {
        let memory = Path::new("/dev/shm");
        Folder::below(if memory.is_dir() { memory } else { Path::new("/tmp") })
    }

    /// An empty folder below another.
    pub fn below(above: &Path) -> Folder {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("bastide-cli-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let place = above.join(name);
        fs::create_dir_all(&place).expect("the temporary folder can be written");
        Folder(place)
    }

    /// A folder with these files.
    pub fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder::new();
        files.iter().for_each(|(path, text)| folder.put(path, text));
        folder
    }

    /// Writes a file, and the folders above it.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let place = self.0.join(path);
        fs::create_dir_all(place.parent().expect("below the folder")).expect("a folder can be made");
        fs::write(place, bytes).expect("a file can be written");
    }

    /// The text of a file.
    pub fn get(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Copies a folder into this one.
    pub fn copy(&self, from: &Path) {
        for (path, bytes) in tree(from) {
            self.put(&path, bytes);
        }
    }

    /// Every file below a folder of this one.
    pub fn tree(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.0.join(below))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A copy of a project of this repository, such as `examples/shop`: what git tracks of it. What else stands there (a
/// build, a scratch file) is of no concern. Where there is no git, what `bastide build` writes is left out by its name.
pub fn copy_of(project: &str) -> Folder {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(project);
    let listed = Command::new("git").args(["ls-files", "-z"]).current_dir(&from).output();
    let listed = listed.ok().filter(|it| it.status.success()).map(|it| it.stdout).unwrap_or_default();
    let tracked: Vec<&str> = listed.split(|byte| *byte == 0).flat_map(std::str::from_utf8).collect();
    let written = |path: &str| ["deploy/", ".github/", "ci/"].iter().any(|folder| path.starts_with(folder));
    let folder = Folder::new();
    for (path, bytes) in tree(&from) {
        if if listed.is_empty() { !written(&path) } else { tracked.contains(&path.as_str()) } {
            folder.put(&path, bytes);
        }
    }
    folder
}

/// Every file below a folder, by its path from there.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .expect("walked from there")
                    .to_string_lossy()
                    .replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap_or_default());
            }
        }
    }
    files
}

/// What a run said.
#[derive(Debug)]
pub struct Said {
    /// Exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    fn of(output: Output) -> Said {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("bastide prints UTF-8");
        let said = Said {
            code: output.status.code().unwrap_or(-1),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        assert!(!said.err.contains("panicked"), "a panic:\n{}", said.err);
        assert!((0..=2).contains(&said.code), "exit code {}:\n{}{}", said.code, said.out, said.err);
        said
    }

    /// Checks the exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Said {
        assert_eq!(self.code, code, "\n{}{}", self.out, self.err);
        self
    }

    /// Checks that a text is in the output.
    #[track_caller]
    pub fn says(self, text: &str) -> Said {
        assert!(
            self.out.contains(text) || self.err.contains(text),
            "no `{text}` in\n{}{}",
            self.out,
            self.err
        );
        self
    }

    /// The findings of a run with `--format json`.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}:\n{}", self.out))
    }

    /// Rule, main file, line and column of each finding of a run with `--format json`.
    #[track_caller]
    pub fn places(&self) -> Vec<(String, String, u64, u64)> {
        let json = self.json();
        let findings = json["findings"].as_array().expect("a list of findings");
        let one = |it: &serde_json::Value| {
            let label = &it["labels"][0];
            let text = |it: &serde_json::Value| it.as_str().unwrap_or_default().to_string();
            let number = |it: &serde_json::Value| it.as_u64().unwrap_or_default();
            (text(&it["rule"]), text(&label["file"]), number(&label["line"]), number(&label["column"]))
        };
        findings.iter().map(one).collect()
    }

    /// The findings in JSON, without the notes on what no target carries out.
    #[track_caller]
    pub fn findings(&self) -> Vec<serde_json::Value> {
        let mut findings = self.json()["findings"].as_array().expect("findings").clone();
        findings.retain(|it| (&it["rule"], &it["level"]) != (&"not-covered".into(), &"info".into()));
        findings
    }

    /// Names of the rules that found something, each once.
    #[track_caller]
    pub fn rules(&self) -> Vec<String> {
        let name = |it: &serde_json::Value| it["rule"].as_str().map(str::to_string);
        let mut rules: Vec<String> = self.findings().iter().filter_map(name).collect();
        rules.sort();
        rules.dedup();
        rules
    }
}

/// Runs the binary in a folder.
pub fn bastide<S: AsRef<OsStr>>(folder: &Folder, args: &[S]) -> Said {
    bastide_in(&folder.0, args)
}

/// The same in a folder that is named by its path.
pub fn bastide_in<S: AsRef<OsStr>>(folder: &Path, args: &[S]) -> Said {
    run(Command::new(env!("CARGO_BIN_EXE_bastide")).args(args).current_dir(folder))
}

/// The folders of the path, and those where the judges are installed.
pub fn everywhere() -> std::ffi::OsString {
    let judges = env::var_os("JUDGES")
        .map(PathBuf::from)
        .or_else(|| Some(env::home_dir()?.join(".cache/bastide-judges")));
    let own = judges.into_iter().flat_map(|it| [it.join("bin"), it.join("venv/bin")]);
    let path = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.chain(env::split_paths(&path))).expect("folders of a path")
}

/// Runs git in a folder, as somebody whom the configuration of the machine need not know.
#[track_caller]
pub fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    for setting in
        ["user.name=t", "user.email=t@example.com", "commit.gpgsign=false", "protocol.file.allow=always"]
    {
        command.args(["-c", setting]);
    }
    let done = command.arg("-C").arg(folder).args(args).output().expect("git is there");
    assert!(done.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Commits all that stands in a folder.
#[track_caller]
pub fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message=x", "--no-verify"]);
}

/// Whether the large numbers are asked for, which take long.
pub fn full() -> bool {
    env::var_os("BASTIDE_STRESS").is_some_and(|it| it == "full")
}

/// Whether all is tried of which a plain run takes a part.
pub fn whole() -> bool {
    env::var_os("BASTIDE_WHOLE").is_some()
}

/// A command to be run as somebody who may not do everything: as whoever runs the tests, and if that is root, as nobody.
/// `None` where root cannot become another.
#[cfg(unix)]
pub fn nobody(program: &str) -> Option<Command> {
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;
    let root = fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0);
    let as_nobody = |program: &str| {
        let mut command = Command::new(program);
        if root {
            command.uid(65534).gid(65534);
        }
        command
    };
    // The program, too, must be where they may look.
    let reachable = as_nobody(program).arg("--version").stdout(Stdio::null()).status();
    reachable.is_ok_and(|it| it.success()).then(|| as_nobody(program))
}

/// Runs a command; one that does not end in time has failed the test.
pub fn run(command: &mut Command) -> Said {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary is built");
    let id = child.id();
    let begun = Instant::now();
    // The pipes are read while it runs, so that much output does not stop it.
    let out = child.stdout.take().map(reader);
    let err = child.stderr.take().map(reader);
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child can be asked") {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            drop(child.kill());
            panic!("process {id} hangs");
        }
        thread::sleep(Duration::from_millis(2));
    };
    let read =
        |it: Option<thread::JoinHandle<Vec<u8>>>| it.map(|it| it.join().expect("read")).unwrap_or_default();
    Said::of(Output { status, stdout: read(out), stderr: read(err) })
}

fn reader(mut from: impl std::io::Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = vec![];
        drop(from.read_to_end(&mut bytes));
        bytes
    })
}

/// Bytes that look random and are the same in every run.
pub fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..length).map(|_| next()).collect()
}

/// A spec of two services and one environment, without a pack.
pub const SPEC: &str = r##"app "shop" version="1.0.0" {
    owner "team" contact="#team"
    images "registry.example.com/shop"
}
environment "prod" platform="kubernetes" {
    target "plain"
    target "kubernetes" enabled=#false
}
service "orders" like="built" {
    image "registry.example.com/shop/orders:2.1.0"
    api "orders" port=8080 from="cluster" { version "2.1.0" }
    calls "payments" timeout="800ms"
    env { LOG_LEVEL "info" }
}
service "payments" like="built" {
    image "registry.example.com/shop/payments:1.4.0"
    api "payments" port=8080 { version "1.4.0" }
}
lint "contract-missing" level="allow" because="these tests are about other things"
"##;

/// Manifest of a small pack.
pub const PACK: &str = r#"target "plain" {
    about "A pack for tests."
    emit "service.yaml.j2" for="service" to="{{ service.name }}.yaml"
    emit "run.sh.j2" for="environment" to="run.sh" executable=#true
    covers "app" "service" "api" "calls"
}
"#;

/// Template of the small pack.
pub const TEMPLATE: &str = "name: {{ service.name }}\nversion: {{ service.apis[0].versions[0].version }}\nscale: {{ service.scale.min }}\n";

/// A project with its own small pack, which replaces what is built in for this name.
pub fn project() -> Folder {
    Folder::with(&[
        ("bastide.kdl", SPEC),
        ("bastide/targets/plain/target.kdl", PACK),
        ("bastide/targets/plain/service.yaml.j2", TEMPLATE),
        (
            "bastide/targets/plain/run.sh.j2",
            "#!/bin/sh\nset -eu\necho {{ app.name }} {{ app.version }} {{ files | join(' ') }}\n",
        ),
    ])
}

/// Takes a text of the small project's spec away and puts another there.
pub fn edited(from: &str, to: &str) -> Folder {
    let folder = project();
    assert!(SPEC.contains(from), "{from}");
    folder.put("bastide.kdl", SPEC.replace(from, to));
    folder
}
