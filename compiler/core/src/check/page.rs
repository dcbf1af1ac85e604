//! What `explain` says of the names that findings bear.

use super::{RULES, find, pages};
use bastide_contract::{ChangeKind, ContractFormat};
use bastide_report::finding::Level;
use bastide_report::version::Bump;

/// A page of `explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Name of the rule.
    pub name: &'static str,
    /// Group of the rule.
    pub group: &'static str,
    /// Its weight, unless the spec says another.
    pub level: Level,
    /// One sentence.
    pub summary: String,
    /// The whole page, Markdown.
    pub text: String,
}

impl Page {
    pub(super) fn new(name: &'static str, group: &'static str, level: Level, text: String) -> Page {
        let body = text.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
        let first = body.split_once(". ").map_or(body, |(first, _)| first);
        Page { name, group, level, summary: first.trim_end_matches('.').into(), text }
    }
}

/// The page of any name a finding can bear.
pub fn explain(name: &str) -> Option<Page> {
    let rule = find(name).map(|it| Page::new(it.name, it.group, it.level, it.page.trim().into()));
    let note = || pages::all().chain(pages::not_rules()).find(|page| page.name == name);
    rule.or_else(note).or_else(|| bastide_contract::find(name).map(change))
}

/// The page of a kind of change: what breaks weighs as much as what the gate says of it.
fn change(kind: &'static ChangeKind) -> Page {
    let level = match kind.bump {
        Bump::Major => Level::Deny,
        Bump::Minor => Level::Warn,
        Bump::Patch | Bump::None => Level::Info,
    };
    let (format, _) = kind.name.split_once('/').unwrap_or((kind.name, ""));
    let fence = ContractFormat::named(format).map_or("", |format| format.fence);
    Page::new(kind.name, "contract", level, kind.page(fence))
}

/// All names that can be explained, sorted.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = RULES.iter().map(|it| it.name).chain(pages::all().map(|it| it.name)).collect();
    names.sort_unstable();
    names
}
