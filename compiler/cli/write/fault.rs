//! What a build has to say about the tree, and the findings made of it.

use super::Outcome;
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::{Role, Sources, Span};
use similar::TextDiff;
use std::path::Path;
use std::{fs, io};

/// Texts are kept for so many files of a run, each up to so many bytes; the rest is told without a diff.
const DIFFS: usize = 50;
const DIFF_BYTES: usize = 128 << 10;
/// Lines of a diff that are shown.
const DIFF_LINES: usize = 30;

/// A file that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// The file.
    pub path: String,
    /// What makes it.
    pub from: String,
    /// The text on disk and the text to be, unless too long or too many.
    pub texts: Option<[String; 2]>,
}

/// One fact about the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No output may have this path.
    Path {
        /// The path.
        path: String,
        /// What makes it.
        from: String,
        /// What is wrong with it, as in "`path` …".
        why: String,
        /// Whether the path itself is fine and something on disk is in the way.
        on_disk: bool,
    },
    /// Two outputs are one file.
    PathTwice {
        /// Their paths, the same up to upper and lower case.
        paths: [String; 2],
        /// What makes them.
        froms: [String; 2],
    },
    /// The lock cannot be trusted.
    LockUnreadable {
        /// Its path.
        path: String,
        /// The line, from 0.
        line: usize,
        /// What is wrong with the line.
        why: String,
        /// The whole text.
        text: String,
    },
    /// Made by bastide, then edited by hand.
    Edited(Differs),
    /// Not bastide's.
    Foreign(Differs),
    /// No longer made, but edited by hand: it stays.
    EditedLeftover {
        /// The file.
        path: String,
    },
    /// `check_only`: bastide's own, of an older spec.
    Stale(Differs),
    /// `check_only`: not there.
    Missing {
        /// The file, or the lock.
        path: String,
        /// What makes it.
        from: String,
    },
    /// `check_only`: no longer made.
    Extra {
        /// The file.
        path: String,
    },
    /// `check_only`: the text is right, the mode is not.
    NotExecutable {
        /// The file.
        path: String,
        /// What makes it.
        from: String,
    },
    /// `check_only`: all files are right, the lock does not say so.
    StaleLock {
        /// The lock.
        path: String,
    },
}

/// The texts of a file that differs, if few enough are kept already and both are short.
///
/// # Errors
/// The file cannot be read.
pub fn texts(place: &Path, wanted: &str, kept: usize) -> io::Result<Option<[String; 2]>> {
    if kept >= DIFFS || wanted.len() > DIFF_BYTES || fs::metadata(place)?.len() > DIFF_BYTES as u64 {
        return Ok(None);
    }
    let disk = fs::read(place)?;
    Ok(Some([String::from_utf8_lossy(&disk).into_owned(), wanted.to_owned()]))
}

impl Fault {
    /// A path whose text is wrong.
    pub fn path(path: &str, from: &str, why: String) -> Fault {
        Fault::Path { path: path.into(), from: from.into(), why, on_disk: false }
    }

    /// A path with something in the way on disk.
    pub fn place(path: &str, from: &str, why: String) -> Fault {
        Fault::Path { path: path.into(), from: from.into(), why, on_disk: true }
    }

    /// A lock that does not list the files that are there.
    pub fn stale_lock(path: &str) -> Fault {
        Fault::StaleLock { path: path.into() }
    }

    /// Whether it stops the build.
    pub fn denies(&self) -> bool {
        !matches!(self, Fault::EditedLeftover { .. })
    }

    /// Whether it holds texts.
    pub fn has_diff(&self) -> bool {
        match self {
            Fault::Edited(differs) | Fault::Foreign(differs) | Fault::Stale(differs) => {
                differs.texts.is_some()
            }
            _ => false,
        }
    }

    fn finding(&self, sources: &mut Sources) -> Finding {
        match self {
            Fault::Path { path, from, why, on_disk } => {
                let act = match on_disk {
                    true => "move what is in the way, or choose another folder with `--out`",
                    false => "change `to=` of this `emit` in the pack's `target.kdl`",
                };
                Finding::new("output-path", format!("`{path}`, made by `{from}`, {why}")).help(act)
            }
            Fault::PathTwice { paths: [path, other], froms: [first, second] } => {
                let same = match path == other {
                    true => format!("`{first}` and `{second}` both make `{path}`"),
                    false => {
                        let tail = "which are one file on systems that ignore case";
                        format!("`{first}` makes `{path}` and `{second}` makes `{other}`, {tail}")
                    }
                };
                Finding::new("output-path-twice", same).help("give one of the two another `to=`")
            }
            Fault::LockUnreadable { path, line, why, text } => {
                lock_unreadable(path, *line, why, text, sources)
            }
            Fault::Edited(differs) => differs.finding("edited-output", "was edited by hand", EDITED, sources),
            Fault::Foreign(differs) => {
                differs.finding("foreign-output", "is not bastide's", FOREIGN, sources)
            }
            Fault::Stale(differs) => {
                differs.finding("stale-output", "is not what the spec says", STALE, sources)
            }
            Fault::EditedLeftover { path } => {
                let words = format!("`{path}` is no longer made, but was edited by hand, so it stays");
                at_top("edited-leftover", words, path, sources)
                    .level(Level::Warn)
                    .help(format!("delete `{path}` if nothing needs it"))
            }
            Fault::Missing { path, from } => {
                at_top("stale-output", format!("`{path}`, made by `{from}`, is missing"), path, sources)
                    .help(STALE)
            }
            Fault::Extra { path } => {
                at_top("stale-output", format!("`{path}` is no longer made"), path, sources).help(STALE)
            }
            Fault::NotExecutable { path, from } => {
                let words = format!("`{path}`, made by `{from}`, is not executable");
                at_top("stale-output", words, path, sources).help(STALE)
            }
            Fault::StaleLock { path } => {
                at_top("stale-output", format!("`{path}` does not list the files there are"), path, sources)
                    .help(STALE)
            }
        }
    }
}

const EDITED: &str =
    "move the edit into the spec, a `patch` or a pack; or give it up with `bastide build --force`";
const FOREIGN: &str = "move it away, or give it up with `bastide build --force`";
const STALE: &str = "run `bastide build`";

fn lock_unreadable(path: &str, line: usize, why: &str, text: &str, sources: &mut Sources) -> Finding {
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let end = start + text[start..].lines().next().map_or(0, str::len);
    let file = sources.add(path, text, Role::Output);
    Finding::new("lock-unreadable", format!("`{path}` cannot be read"))
        .label(Span::new(file, start, end), format!("this line {why}"))
        .help(format!(
            "restore `{path}` from version control, or delete it and run `bastide build`: it replaces no file that differs unless forced"
        ))
}

/// A finding about a whole file.
fn at_top(rule: &'static str, words: String, path: &str, sources: &mut Sources) -> Finding {
    let file = sources.add(path, "", Role::Output);
    Finding::new(rule, words).label(Span::new(file, 0, 0), "")
}

impl Differs {
    fn finding(&self, rule: &'static str, what: &str, act: &str, sources: &mut Sources) -> Finding {
        let words = format!("`{}`, made by `{}`, {what}", self.path, self.from);
        let Some([disk, wanted]) = &self.texts else {
            return at_top(rule, words, &self.path, sources).help(act);
        };
        let span = first_difference(disk, wanted);
        let file = sources.add(&self.path, disk.as_str(), Role::Output);
        Finding::new(rule, words)
            .label(Span::new(file, span.0, span.1), "differs from here")
            .help(format!("{act}\n{}", diff(disk, wanted)))
    }
}

/// The first line of `disk` that is not so in `wanted`, in bytes without the line break.
fn first_difference(disk: &str, wanted: &str) -> (usize, usize) {
    let mut lines = wanted.split_inclusive('\n');
    let same: usize =
        disk.split_inclusive('\n').take_while(|line| lines.next() == Some(line)).map(str::len).sum();
    // A file that ends too early differs behind its last character.
    (same, same + disk[same..].lines().next().map_or(0, str::len))
}

/// The unified diff from disk to spec, cut after some lines.
fn diff(disk: &str, wanted: &str) -> String {
    let diff = TextDiff::from_lines(disk, wanted);
    let mut unified = diff.unified_diff();
    let text = unified.context_radius(2).header("on disk", "from the spec").to_string();
    let lines: Vec<&str> = text.lines().collect();
    let mut shown = lines[..lines.len().min(DIFF_LINES)].join("\n");
    if lines.len() > DIFF_LINES {
        shown += &format!("\n… and {} lines more", lines.len() - DIFF_LINES);
    }
    shown
}

impl Outcome {
    /// Adds the findings; the files they point at are added to `sources` as outputs.
    pub fn tell(&self, sources: &mut Sources, report: &mut Report) {
        for fault in &self.faults {
            report.push(fault.finding(sources));
        }
    }
}
