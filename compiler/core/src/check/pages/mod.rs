//! What `explain` says of the names that findings bear. The page of a rule stands beside the rule, that of a kind of change
//! with its row; those of findings that no rule makes, but the reader, the resolver, the renderer and the shell, stand in
//! the files of this folder, each under the heading `# NAME (LEVEL)`.

use super::{RULES, Rule, find};
use bastide_contract::{ChangeKind, ContractFormat};
use bastide_report::finding::Level;
use bastide_report::version::Bump;

const GROUPS: &[(&str, &str)] = &[
    ("contract", include_str!("contract.md")),
    ("difference", include_str!("difference.md")),
    ("language", include_str!("language.md")),
    ("output", include_str!("output.md")),
    ("target", include_str!("target.md")),
    ("waiver", include_str!("waiver.md")),
];

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
    fn new(name: &'static str, group: &'static str, level: Level, text: String) -> Page {
        let body = text.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
        let first = body.split_once(". ").map_or(body, |(first, _)| first);
        Page { name, group, level, summary: first.trim_end_matches('.').into(), text }
    }
}

/// The page of any name a finding can bear.
pub fn explain(name: &str) -> Option<Page> {
    let rule = find(name).map(|it| Page::new(it.name, it.group, it.level, page(it)));
    let note = || notes().chain(not_rules()).find(|page| page.name == name);
    rule.or_else(note).or_else(|| bastide_contract::find(name).map(change))
}

/// The page of a rule, and what it believes.
fn page(rule: &Rule) -> String {
    let mut page = rule.page.trim().to_string();
    let fields: Vec<String> = rule.beliefs.iter().map(|it| format!("`{}`", it.field)).collect();
    if !fields.is_empty() {
        page += "\n\n## What it believes\n\n";
        page += &format!(
            "{}, where a target of the environment carries it out; else it speaks all the same.",
            fields.join(", ")
        );
    }
    page
}

/// The page of a kind of change: what breaks weighs as much as what a check says of it.
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
    let mut names: Vec<_> = RULES.iter().map(|it| it.name).chain(notes().map(|it| it.name)).collect();
    names.sort_unstable();
    names
}

/// All pages of findings that no rule makes.
pub fn notes() -> impl Iterator<Item = Page> {
    GROUPS.iter().flat_map(|(group, text)| pages(group, text))
}

/// Faults that are no rules, because a spec cannot say them or because they are judged elsewhere, and why.
pub fn not_rules() -> impl Iterator<Item = Page> {
    pages("no rule", include_str!("not_rules.md"))
}

fn pages(group: &'static str, text: &'static str) -> impl Iterator<Item = Page> {
    text.trim_start_matches("# ").split("\n# ").filter_map(move |page| {
        let (heading, text) = page.split_once('\n')?;
        let (name, level) = heading.strip_suffix(')')?.split_once(" (")?;
        Some(Page::new(name, group, Level::from_word(level)?, text.trim().into()))
    })
}
