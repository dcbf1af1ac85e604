//! Which tool is asked about which files, and what it answers.

use super::program::{Ran, find, run};
use super::table::{Program, Tool};
use crate::fault::IoFault;
use crate::write::Built;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// So many files stand in one command line at most.
const FILES: usize = 100;

/// What a tool said of the files it is for.
#[derive(Debug)]
pub struct Answer<'t> {
    pub tool: &'t Tool,
    pub files: Vec<&'t str>,
    /// The program that was asked, where one is there.
    pub asked: Option<Asked<'t>>,
    /// Each run that was no plain yes, and all that say something beside their verdict.
    pub runs: Vec<Run<'t>>,
}

#[derive(Debug)]
pub struct Asked<'t> {
    pub program: &'t Program,
    pub path: PathBuf,
    pub version: String,
}

/// A run of a program over files.
#[derive(Debug)]
pub struct Run<'t> {
    pub files: Vec<&'t str>,
    pub verdict: Verdict,
    /// What it said, in paths from the root of all output.
    pub said: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Good,
    /// Nobody here could ask.
    Missing,
    /// It could not judge.
    Unable,
    Refused,
}

impl Answer<'_> {
    /// The worst of its runs.
    pub fn verdict(&self) -> Verdict {
        let worst = self.runs.iter().map(|run| run.verdict).max().unwrap_or(Verdict::Good);
        if self.asked.is_some() { worst } else { Verdict::Missing }
    }
}

/// How all tools are asked.
pub struct Terms<'t> {
    /// The root of all output, as a whole path.
    pub root: PathBuf,
    pub limit: Duration,
    /// More arguments, by the name of a tool.
    pub arguments: &'t [(String, String)],
}

/// The files a tool is for. Its patterns do not see how a path leads up to what a forge reads.
pub fn files<'t>(tool: &Tool, built: &'t [Built]) -> Result<Vec<&'t str>, IoFault> {
    let (wanted, unwanted) = (globs(&tool.files)?, globs(&tool.but)?);
    let beside = |path: &str| {
        let Some(name) = &tool.beside else { return true };
        let (folder, _) = path.rsplit_once('/').unwrap_or_default();
        built.iter().any(|it| it.same && it.path.rsplit_once('/') == Some((folder, name)))
    };
    let all = built.iter().filter(|it| it.same).map(|it| it.path.as_str());
    let fits = |path: &&str| {
        let plain = path.trim_start_matches("../");
        wanted.is_match(plain) && !unwanted.is_match(plain) && beside(path)
    };
    Ok(all.filter(fits).collect())
}

fn globs(patterns: &[String]) -> Result<GlobSet, IoFault> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        set.add(glob.map_err(|why| IoFault::say("tools.kdl", why.to_string()))?);
    }
    set.build().map_err(|why| IoFault::say("tools.kdl", why.to_string()))
}

/// Asks every tool about its files, several at once.
pub fn ask<'t>(cases: Vec<(&'t Tool, Vec<&'t str>)>, terms: &Terms) -> Vec<Answer<'t>> {
    let mut answers: Vec<Answer> = cases
        .into_iter()
        .map(|(tool, files)| Answer { tool, files, asked: who(tool, terms), runs: vec![] })
        .collect();
    let jobs: Vec<(usize, Vec<&str>)> =
        answers.iter().enumerate().flat_map(|(at, it)| parts(at, it)).collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(vec![]));
    let work = || {
        while let Some((at, files)) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Some(run) = one(&answers[*at], files, terms) else { continue };
            done.lock().unwrap_or_else(PoisonError::into_inner).push((*at, run));
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    thread::scope(|scope| (0..threads).for_each(|_| drop(scope.spawn(work))));
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    // In the order of the files, whoever was first.
    done.sort_by(|(left, a), (right, b)| (left, &a.files).cmp(&(right, &b.files)));
    done.into_iter().for_each(|(at, run)| answers[at].runs.push(run));
    answers
}

/// The first program of a tool that is there and can be asked its version: docker without its compose cannot.
fn who<'t>(tool: &'t Tool, terms: &Terms) -> Option<Asked<'t>> {
    tool.programs.iter().find_map(|program| {
        let path = find(&program.name)?;
        let ran = run(&path, &program.version, &terms.root, &tool.keeps, terms.limit);
        let version = version(&ran.said).to_string();
        (ran.good == Some(true)).then_some(Asked { program, path, version })
    })
}

/// The first number with a point in it: `3.5.0` of `promtool, version 3.5.0 (branch: HEAD)`. One that was built by hand may
/// say a word in its place.
fn version(said: &str) -> &str {
    let word = |c: char| !(c.is_ascii_alphanumeric() || ".-+".contains(c));
    let mut words = said.split(word).map(|it| it.trim_start_matches('v'));
    let number = |it: &&str| {
        let rest = it.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < it.len()
            && rest.len() > 1
            && rest.starts_with('.')
            && rest.as_bytes()[1].is_ascii_digit()
    };
    words.find(number).or_else(|| said.split_whitespace().next()).unwrap_or("?")
}

/// The runs of an answer: the place of the answer, and the files of each.
fn parts<'t>(at: usize, answer: &Answer<'t>) -> Vec<(usize, Vec<&'t str>)> {
    let Some(asked) = &answer.asked else { return vec![] };
    let size = if asked.program.each { 1 } else { FILES };
    answer.files.chunks(size).map(|files| (at, files.to_vec())).collect()
}

fn one<'t>(answer: &Answer<'t>, files: &[&'t str], terms: &Terms) -> Option<Run<'t>> {
    let (tool, asked) = (answer.tool, answer.asked.as_ref()?);
    let elsewhere = tool.at.as_ref().map(|at| terms.root.join(parent(files[0])).join(at));
    let elsewhere = elsewhere.filter(|folder| folder.is_dir());
    let shown = |path: &str| match elsewhere {
        Some(_) => terms.root.join(path).to_string_lossy().into_owned(),
        None => path.to_string(),
    };
    let more = terms.arguments.iter().filter(|(name, _)| *name == tool.name).map(|(_, text)| text.clone());
    let folder = elsewhere.as_deref().unwrap_or(&terms.root);
    let arguments = filled(&asked.program.arguments, files, shown, more.collect());
    let Ran { good, said } = run(&asked.path, &arguments, folder, &tool.keeps, terms.limit);
    let unable = || tool.unable.iter().any(|sign| said.contains(sign));
    let verdict = match good {
        Some(true) => Verdict::Good,
        Some(false) if !unable() => Verdict::Refused,
        _ => Verdict::Unable,
    };
    Some(Run { files: files.to_vec(), verdict, said: said.replace(&own(&terms.root), "") })
}

/// The root as tools print it before a path.
fn own(root: &Path) -> String {
    format!("{}{}", root.display(), std::path::MAIN_SEPARATOR)
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or(".", |(folder, _)| folder)
}

/// The arguments with the files in them. What a user adds stands before the files.
fn filled(
    arguments: &[String],
    files: &[&str],
    shown: impl Fn(&str) -> String,
    more: Vec<String>,
) -> Vec<String> {
    // No path is taken for an option.
    let safe = |path: &str| if path.starts_with('-') { format!("./{path}") } else { shown(path) };
    let name = |path: &str| path.rsplit_once('/').map_or(path, |(_, name)| name).to_string();
    let first = arguments.iter().position(|it| it.starts_with('{')).unwrap_or(arguments.len());
    let fill = |argument: &String| match argument.as_str() {
        "{files}" => files.iter().map(|it| safe(it)).collect(),
        "{file}" => vec![safe(files[0])],
        "{folder}" => vec![safe(parent(files[0]))],
        "{name}" => vec![name(files[0])],
        _ => vec![argument.clone()],
    };
    let (head, tail) = arguments.split_at(first);
    let [head, tail] = [head, tail].map(|part| part.iter().flat_map(fill).collect::<Vec<_>>());
    [head, more, tail].concat()
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn versions_are_found_in_what_programs_say() {
        for (said, number) in [
            (
                "promtool, version 3.5.0 (branch: HEAD, revision: 8be3a9560fbdd18a94dedec4b747c35178177202)",
                "3.5.0",
            ),
            ("ShellCheck - shell script analysis tool\nversion: 0.9.0\nlicense: GNU", "0.9.0"),
            ("nginx version: nginx/1.22.1", "1.22.1"),
            ("envoy  version: 84c5e3d1/1.34.0/Clean/RELEASE/BoringSSL", "1.34.0"),
            ("Client Version: v1.36.0\nKustomize Version: v5.7.1", "1.36.0"),
            ("2.39.1-desktop.1\n", "2.39.1-desktop.1"),
        ] {
            assert_eq!(version(said), number);
        }
        assert_eq!((version("development\n"), version("")), ("development", "?"));
    }
}
