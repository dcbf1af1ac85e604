//! Programs that are asked: found on the path, run without a shell, with few variables and not for ever.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// What every program gets of the variables; a secret among the others reaches none.
const KEPT: [&str; 5] = ["TMPDIR", "TEMP", "TMP", "SystemRoot", "PATHEXT"];
/// So much of what a program says is kept, in bytes.
const LONGEST: usize = 64 << 10;
/// Between two looks at a program that runs.
const LOOK: Duration = Duration::from_millis(5);

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Ran {
    /// Whether it ended with 0; `None` if it did not end by itself.
    pub good: Option<bool>,
    /// What it said, both streams, or why it did not run.
    pub said: String,
}

/// The whole path of a program.
pub fn find(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    folders().into_iter().map(|folder| folder.join(&file)).find(|it| may_run(it))
}

/// The folders of the path, without relative ones: those are the repository's.
fn folders() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).filter(|folder| folder.is_absolute()).collect()
}

#[cfg(unix)]
fn may_run(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn may_run(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file())
}

/// Runs a program in a folder with these variables beside the usual few, for so long at most.
pub fn run(program: &Path, arguments: &[String], folder: &Path, keeps: &[String], limit: Duration) -> Ran {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env_clear().envs(variables(keeps));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    match command.spawn() {
        Err(error) => Ran { good: None, said: format!("it does not start: {error}") },
        Ok(child) => watch(child, limit),
    }
}

fn variables(keeps: &[String]) -> impl Iterator<Item = (OsString, OsString)> {
    let names = KEPT.into_iter().chain(keeps.iter().map(String::as_str));
    let kept = names.filter_map(|name| Some((name.into(), env::var_os(name)?)));
    let plain = [("LC_ALL", "C.UTF-8"), ("NO_COLOR", "1")].map(|(name, value)| (name.into(), value.into()));
    let path = env::join_paths(folders()).ok().map(|path| ("PATH".into(), path));
    kept.chain(plain).chain(path)
}

fn watch(mut child: Child, limit: Duration) -> Ran {
    let streams = [read(child.stdout.take()), read(child.stderr.take())];
    let end = Instant::now() + limit;
    let status = loop {
        match child.try_wait() {
            Ok(None) if Instant::now() < end => thread::sleep(LOOK),
            other => break other.ok().flatten(),
        }
    };
    if status.is_none() {
        let _ = child.kill();
        let _ = child.wait();
        return Ran { good: None, said: format!("it was ended after {} seconds", limit.as_secs()) };
    }
    // Something that it left running may hold a stream open: that is not waited for.
    let rest = end.saturating_duration_since(Instant::now()).min(Duration::from_secs(2));
    let said: Vec<u8> = streams.iter().filter_map(|it| it.recv_timeout(rest).ok()).flatten().collect();
    Ran { good: status.map(|it| it.success()), said: String::from_utf8_lossy(&said).into_owned() }
}

/// Reads a stream to its end, so that nobody who writes to it waits, and keeps the beginning.
fn read(stream: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (to, from) = channel();
    thread::spawn(move || {
        let mut kept = vec![];
        if let Some(mut stream) = stream {
            let _ = stream.by_ref().take(LONGEST as u64).read_to_end(&mut kept);
            let _ = to.send(kept);
            let _ = io::copy(&mut stream, &mut io::sink());
        }
    });
    from
}
