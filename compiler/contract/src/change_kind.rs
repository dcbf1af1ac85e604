//! Kinds of change: what each takes, and its page. They are written as Markdown beside the diff that finds them, in
//! `FORMAT/changes/`; those that follow from a table are made from it. The example of a page is its test.

use super::{Bump, ContractFormat};

/// One kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct ChangeKind {
    /// Format and fact: `openapi/response-property-removed`.
    pub name: &'static str,
    /// The part of the version number it takes.
    pub bump: Bump,
    /// What it is, why it takes that, and what to do instead: Markdown, one sentence a line.
    pub docs: &'static str,
    /// The smallest old text that shows it.
    pub old: &'static str,
    /// The new text; comparing the two finds this kind.
    pub new: &'static str,
}

impl ChangeKind {
    /// What it is: the first sentence.
    pub fn summary(&self) -> &'static str {
        self.docs.lines().next().unwrap_or_default()
    }

    /// Why it takes what it takes, on one line; what it is, where the page says no more.
    pub fn reason(&self) -> String {
        let rest: Vec<&str> = self.docs.lines().skip(1).collect();
        if rest.is_empty() { self.docs.to_string() } else { rest.join(" ") }
    }

    /// The page `explain` prints.
    pub fn page(&self, fence: &str) -> String {
        let ChangeKind { docs, old, new, .. } = self;
        format!(
            "{docs}\n\n## Example, old\n\n```{fence}\n{old}\n```\n\n## Example, new\n\n```{fence}\n{new}\n```\n"
        )
    }
}

/// The kind with this name, such as `openapi/response-property-removed`.
pub fn find(name: &str) -> Option<&'static ChangeKind> {
    let (format, _) = name.split_once('/')?;
    ContractFormat::named(format)?.kinds.iter().find(|kind| kind.name == name)
}

/// The kind a diff names.
pub(super) fn named(name: &str) -> &'static ChangeKind {
    find(name).expect("a test looks for the page of every name in the code")
}

/// All kinds of all formats, in the order of the formats.
pub fn kinds() -> impl Iterator<Item = &'static ChangeKind> {
    super::FORMATS.iter().flat_map(|format| format.kinds.iter())
}

/// The kinds of some Markdown files. A kind is a heading `## NAME: BUMP`, its text, and two fenced examples, old and new.
pub(super) fn read(files: &[&'static str]) -> Vec<ChangeKind> {
    files.iter().flat_map(|file| file.split("\n## ").skip(1)).filter_map(section).collect()
}

fn section(text: &'static str) -> Option<ChangeKind> {
    let (heading, body) = text.split_once('\n')?;
    let (name, bump) = heading.split_once(": ")?;
    let bump = [Bump::Patch, Bump::Minor, Bump::Major].into_iter().find(|it| it.as_str() == bump)?;
    let parts: Vec<&str> = body.split("```").collect();
    let [docs, old, _, new, _] = parts[..] else { return None };
    // A fence is followed by the name of its language.
    let example = |fenced: &'static str| Some(fenced.split_once('\n')?.1.trim_end());
    Some(ChangeKind { name, bump, docs: docs.trim(), old: example(old)?, new: example(new)? })
}
