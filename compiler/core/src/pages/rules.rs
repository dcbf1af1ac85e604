//! `docs/rules.md`: every rule, from the file of the rule.

use super::{HEAD, cell};
use crate::check::other_tools::other_tools;
use crate::check::{explain, names, pages};
use std::fmt::Write as _;

/// The page.
pub fn page() -> String {
    let mut out = format!(
        "{HEAD}# Rules\n\n{INTRO}\n| rule | group | level | what it finds | also in |\n|---|---|---|---|---|\n"
    );
    let pages: Vec<_> = names().into_iter().filter_map(explain).collect();
    for page in &pages {
        let name = page.name;
        let (group, level, summary) = (page.group, page.level.as_str(), cell(&page.summary));
        let _ =
            writeln!(out, "| [`{name}`](#{name}) | {group} | {level} | {summary} | {} |", other_tools(name));
    }
    out += NO_RULE_INTRO;
    for page in pages::not_rules() {
        let _ = writeln!(out, "| `{}` | {} |", page.name, page.text);
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
The last column names other tools that are known to look for the same fault, at least in part.
";

const NO_RULE_INTRO: &str = "
Faults that are no rules, because a spec cannot say them or because they are judged elsewhere:

| fault | why it is no rule |
|---|---|
";
