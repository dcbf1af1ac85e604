//! `docs/rules.md`: every rule, from the file of the rule.

use super::{HEAD, cell};
use crate::check::{explain, names};
use std::fmt::Write as _;

/// The page.
pub fn page() -> String {
    let mut out =
        format!("{HEAD}# Rules\n\n{INTRO}\n| rule | group | level | what it finds |\n|---|---|---|---|\n");
    let pages: Vec<_> = names().into_iter().filter_map(explain).collect();
    for page in &pages {
        let name = page.name;
        let level = page.level.word();
        let _ = writeln!(out, "| [`{name}`](#{name}) | {} | {level} | {} |", page.group, cell(&page.summary));
    }
    for page in &pages {
        // The page's own headings go below that of the rule.
        let text = page.text.trim().replace("\n## ", "\n### ");
        let text = text.strip_prefix("## ").map_or(text.clone(), |rest| format!("### {rest}"));
        let _ = writeln!(out, "\n## `{}`\n\n{text}", page.name);
    }
    out
}

const INTRO: &str = "\
The name is the code: `lint \"NAME\" level=\"allow\" because=\"…\"` weighs a rule for the app, an environment or a node.
`bastide explain NAME` prints the same text.
";
