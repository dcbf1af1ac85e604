//! Pages of the findings that no rule makes: those of the reader, the resolver, the renderer and the shell. What they say
//! lives where they are made; here stands what `explain` says of them, under the heading `# NAME (LEVEL)`.

use super::Page;
use bastide_report::finding::Level;

const GROUPS: &[(&str, &str)] = &[
    ("contract", include_str!("contract.md")),
    ("difference", include_str!("difference.md")),
    ("language", include_str!("language.md")),
    ("output", include_str!("output.md")),
    ("target", include_str!("target.md")),
    ("waiver", include_str!("waiver.md")),
];

/// All pages of findings that no rule makes.
pub fn all() -> impl Iterator<Item = Page> {
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
