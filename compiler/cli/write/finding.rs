//! What a build has to say about the tree.

use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::{Role, Sources, Span};
use similar::TextDiff;
use std::path::Path;

/// Diffs are shown for so many files of a run, each with texts up to so many bytes; the rest is told without one.
const DIFFS: usize = 50;
const DIFF_BYTES: usize = 128 << 10;
/// Lines of a diff that are shown.
const DIFF_LINES: usize = 30;

/// Why a file that is not what it should be stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// Made by bastide, then edited by hand.
    Edited,
    /// Not bastide's.
    Foreign,
    /// `check_only`: bastide's own, of an older spec.
    Stale,
}

/// The findings of a run; the files they point at are added to the sources as outputs.
pub struct Findings<'r> {
    sources: &'r mut Sources,
    report: &'r mut Report,
    /// How many diffs were shown.
    diffs: usize,
    refused: bool,
    /// The command that mends: with the spec, if it was named.
    build: String,
}

impl<'r> Findings<'r> {
    /// Findings that go into a report.
    pub fn new(sources: &'r mut Sources, report: &'r mut Report) -> Self {
        Findings { sources, report, diffs: 0, refused: false, build: "bastide build".into() }
    }

    /// The same for a spec that was named on the command line.
    pub fn of(mut self, spec: Option<&Path>) -> Self {
        let named = spec.map(|path| format!(" {}", path.display()));
        self.build += &named.unwrap_or_default();
        self
    }

    /// Whether one of them stops the build.
    pub fn refused(&self) -> bool {
        self.refused
    }

    fn push(&mut self, finding: Finding) {
        self.refused |= finding.level == Level::Deny;
        self.report.push(finding);
    }

    /// A finding about a whole file.
    fn at_top(&mut self, rule: &'static str, message: String, path: &str) -> Finding {
        let file = self.sources.add(path, "", Role::Output);
        Finding::new(rule, message).label(Span::new(file, 0, 0), "")
    }

    /// No output may have this path; `why` as in "`path` …".
    pub fn bad_path(&mut self, path: &str, from: &str, why: &str) {
        self.path(path, from, why, "change `to=` of this `emit` in the pack's `target.kdl`");
    }

    /// The path is fine, and something on disk is in the way.
    pub fn in_the_way(&mut self, path: &str, from: &str, why: &str) {
        self.path(path, from, why, "move what is in the way, or choose another folder with `--out`");
    }

    fn path(&mut self, path: &str, from: &str, why: &str, act: &str) {
        self.push(Finding::new("output-path", format!("`{path}`, made by `{from}`, {why}")).help(act));
    }

    /// Two outputs are one file: the path of each, and what makes it.
    pub fn path_twice(&mut self, [path, first]: [&str; 2], [other, second]: [&str; 2]) {
        let message = match path == other {
            true => format!("`{first}` and `{second}` both make `{path}`"),
            false => format!(
                "`{first}` makes `{path}` and `{second}` makes `{other}`, which are one file on systems that ignore case"
            ),
        };
        self.push(Finding::new("output-path-twice", message).help("give one of the two another `to=`"));
    }

    /// The lock cannot be trusted: the line, from 0, and what is wrong with it.
    pub fn lock_unreadable(&mut self, path: &str, line: usize, why: &str, text: &str) {
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let end = start + text[start..].lines().next().map_or(0, str::len);
        let file = self.sources.add(path, text, Role::Output);
        let finding = Finding::new("lock-unreadable", format!("`{path}` cannot be read"))
            .label(Span::new(file, start, end), format!("this line {why}"));
        self.push(finding.help(format!(
            "restore `{path}` from version control, or delete it and run `bastide build`: it replaces no file that differs unless forced"
        )));
    }

    /// The lock is not read; why, as in "the lock …".
    pub fn lock_refused(&mut self, path: &str, why: &str) {
        let message = format!("`{path}` cannot be read: the lock {why}");
        let finding = self.at_top("lock-unreadable", message, path);
        self.push(finding.help(format!(
            "restore `{path}` from version control, or delete it and run `bastide build`: it replaces no file that differs unless forced"
        )));
    }

    /// A file that another spec makes, whose lock is at `lock`.
    pub fn of_another_spec(&mut self, path: &str, from: &str, lock: &str) {
        let message = format!("`{path}`, made by `{from}`, is made from another spec too: `{lock}` knows it");
        self.push(Finding::new("output-path-twice", message).help(format!(
            "give one of the two its own names of environments, or a folder of its own with `--out`; delete `{lock}` if its spec is gone"
        )));
    }

    /// What git made of both sides of a merge is made anew.
    pub fn merged(&mut self, path: &str, from: &str) {
        let message = format!("`{path}`, made by `{from}`, was merged by git: it is made anew");
        let finding = self.at_top("merged-output", message, path).level(Level::Warn);
        self.push(finding.help(
            "commit the result; an edit by hand since the merge belongs into the spec, a `patch` or a pack",
        ));
    }

    /// Most of what an earlier build made is made no more.
    pub fn most_removed(&mut self, removed: usize, known: usize, done: bool) {
        let does = if done { "removed" } else { "would remove" };
        let message = format!("this build {does} {removed} of the {known} files that were made before");
        let finding = Finding::new("most-removed", message).level(Level::Warn);
        self.push(finding.help(
            "if that is not meant, look for an environment, a platform, a `target` or a pack of your own that changed; version control has the files",
        ));
    }

    /// A file that is not what it should be. The texts on disk and to be are shown as a diff.
    pub fn differs(&mut self, path: &str, from: &str, how: Differs, texts: [&[u8]; 2]) {
        let build = &self.build;
        let (rule, what, act) = match how {
            Differs::Edited => (
                "edited-output",
                "was edited by hand",
                format!(
                    "move the edit into the spec, a `patch` or a pack; or give it up with `{build} --force`"
                ),
            ),
            Differs::Foreign => (
                "foreign-output",
                "is not bastide's",
                format!("move it away, or give it up with `{build} --force`"),
            ),
            Differs::Stale => ("stale-output", "is not what the spec says", format!("run `{build}`")),
        };
        let message = format!("`{path}`, made by `{from}`, {what}");
        if self.diffs == DIFFS || texts.iter().any(|text| text.len() > DIFF_BYTES) {
            let finding = self.at_top(rule, message, path).help(act);
            return self.push(finding);
        }
        self.diffs += 1;
        let [disk, wanted] = texts.map(String::from_utf8_lossy);
        let (start, end) = first_difference(&disk, &wanted);
        let help = format!("{act}\n{}", diff(&disk, &wanted));
        let file = self.sources.add(path, disk, Role::Output);
        let label = Span::new(file, start, end);
        self.push(Finding::new(rule, message).label(label, "differs from here").help(help));
    }

    /// No longer made, but edited by hand: it stays.
    pub fn edited_leftover(&mut self, path: &str) {
        let message = format!("`{path}` is no longer made, but was edited by hand, so it stays");
        let finding = self.at_top("edited-leftover", message, path).level(Level::Warn);
        self.push(finding.help(format!("delete `{path}` if nothing needs it")));
    }

    /// A file that is not, or no more, what the last build wrote: nobody judges it.
    pub fn not_as_built(&mut self, path: &str) {
        let message = format!("`{path}` is not as it was built, so no tool is asked about it");
        let act = format!("run `{}`", self.build);
        let finding = self.at_top("edited-output", message, path).help(act);
        self.push(finding);
    }

    /// `check_only`: a build would change something about this file.
    pub fn stale(&mut self, path: &str, message: String) {
        let act = format!("run `{}`", self.build);
        let finding = self.at_top("stale-output", message, path).help(act);
        self.push(finding);
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
