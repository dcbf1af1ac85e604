//! The acts of findings, made in the texts: the edits that can be made together, and whether the plan is better for them.

mod spot;

#[cfg(test)]
mod tests;

use crate::check;
use bastide_report::finding::{Edit, Finding, Level, Report, Spot};
use bastide_report::source::{FileId, Role, Sources};
use std::collections::BTreeMap;

/// A change of a text, letter by letter.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    start: usize,
    end: usize,
    text: String,
}

/// Texts of the user's spec with changes made.
#[derive(Clone, Debug, Default)]
pub struct Fixed {
    /// The new text of each changed file.
    pub texts: BTreeMap<FileId, String>,
    /// How many places changed.
    pub places: BTreeMap<FileId, usize>,
    /// Which of the findings it makes the act of: their places in the list.
    pub made: Vec<usize>,
}

/// Makes the acts of the findings that can be made together; of two that meet, the first. All edits of a finding are made
/// or none, and none that reaches into a file that is not the user's own spec.
pub fn apply(sources: &Sources, findings: &[&Finding]) -> Fixed {
    let mut chosen: BTreeMap<FileId, Chosen> = BTreeMap::new();
    let mut documents = BTreeMap::new();
    let mut fixed = Fixed::default();
    for (at, finding) in findings.iter().enumerate() {
        let mut place = |edit: &Edit| {
            let source = sources.get(edit.span.file);
            if source.role != Role::Spec {
                return None;
            }
            let file = edit.span.file;
            let (document, faults) = documents.entry(file).or_insert_with(|| {
                let mut faults = Report::default();
                (bastide_syntax::parse(file, &source.text, &mut faults), faults)
            });
            // Of a text with faults the reader makes up where a node or a block ends: only letters are replaced there.
            if !faults.findings.is_empty() && edit.spot != Spot::Here {
                return None;
            }
            Some((file, spot::change(edit, document, &source.text)?))
        };
        let Some(changes) = finding.edits.iter().map(&mut place).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let free = |(file, change): &(FileId, Change)| {
            chosen.get(file).is_none_or(|chosen| chosen.has(change) || chosen.has_room(change))
        };
        if !changes.is_empty() && changes.iter().all(free) {
            changes.into_iter().for_each(|(file, change)| chosen.entry(file).or_default().add(change));
            fixed.made.push(at);
        }
    }
    for (file, chosen) in chosen {
        fixed.places.insert(file, chosen.0.len());
        fixed.texts.insert(file, chosen.made(&sources.get(file).text));
    }
    fixed
}

/// The changes of one text, apart from each other, by their start.
#[derive(Default)]
struct Chosen(BTreeMap<usize, Change>);

impl Chosen {
    fn has(&self, change: &Change) -> bool {
        self.0.get(&change.start) == Some(change)
    }

    /// Changes that only touch each other meet too: whose text comes first, nobody said.
    fn has_room(&self, change: &Change) -> bool {
        let before = self.0.range(..=change.start).next_back();
        let after = self.0.range(change.start..).next();
        before.is_none_or(|(_, it)| it.end < change.start)
            && after.is_none_or(|(_, it)| change.end < it.start)
    }

    fn add(&mut self, change: Change) {
        self.0.insert(change.start, change);
    }

    fn made(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 64);
        let mut from = 0;
        for change in self.0.values() {
            out.push_str(&text[from..change.start]);
            out.push_str(&change.text);
            from = change.end;
        }
        out.push_str(&text[from..]);
        out
    }
}

/// Findings whose acts a machine can make, those of the language first: until a text is understood, nothing else can be
/// said of it.
pub fn fixable(findings: &[Finding]) -> Vec<&Finding> {
    let able: Vec<&Finding> =
        findings.iter().filter(|it| it.level != Level::Allow && !it.edits.is_empty()).collect();
    let language: Vec<&Finding> = able.iter().copied().filter(|it| is_language(it)).collect();
    if language.is_empty() { able } else { language }
}

/// Acts that write what is true already (a version that says what broke): what follows from the truth is no fault of theirs.
const TRUTHS: [&str; 4] =
    ["breaking-without-major", "sunset-moved-earlier", "version-too-low", "version-went-down"];

/// Whether the plan is better after the acts of `applied` were made: these findings are gone, and no rule denies more often.
/// What only an understood text can tell is no fault of the act that made it understood; a second node of one name is.
pub fn better(before: &[Finding], after: &[Finding], applied: &[&Finding]) -> bool {
    let (told, tell) = (counted(before), counted(after));
    let gone = applied.iter().all(|it| {
        let key = (&*it.rule, it.message.as_str());
        tell.get(&key).unwrap_or(&0) < told.get(&key).unwrap_or(&0)
    });
    let language = applied.iter().any(|it| is_language(it));
    let truth = applied.iter().any(|it| TRUTHS.contains(&&*it.rule));
    let (denied, denies) = (denials(before, language), denials(after, language));
    let follows = |rule: &str| truth && check::find(rule).is_some_and(|it| it.group == "api");
    gone && denies.iter().all(|(rule, count)| count <= denied.get(rule).unwrap_or(&0) || follows(rule))
}

/// Whether a finding is about the words of the spec, not about the plan they mean.
fn is_language(finding: &Finding) -> bool {
    check::find(&finding.rule).is_none() && finding.level == Level::Deny
}

fn counted(findings: &[Finding]) -> BTreeMap<(&str, &str), usize> {
    let mut count = BTreeMap::new();
    for finding in findings.iter().filter(|it| it.level != Level::Allow) {
        *count.entry((&*finding.rule, finding.message.as_str())).or_default() += 1;
    }
    count
}

/// How often each rule denies; of what the language may say after one of its words was applied, only repetitions count.
fn denials(findings: &[Finding], language: bool) -> BTreeMap<&str, usize> {
    let mut count = BTreeMap::new();
    let denied = findings.iter().filter(|it| it.level == Level::Deny);
    for finding in denied.filter(|it| !language || it.rule.starts_with("repeated-")) {
        *count.entry(&*finding.rule).or_default() += 1;
    }
    count
}
