//! `docs/rules.md`: every rule, from the file of the rule.

use super::{HEAD, cell};
use crate::check::other_tools::other_tools;
use crate::check::{explain, find, names, pages};
use crate::model::app::Profile;
use std::fmt::Write as _;

/// The page.
pub fn page() -> String {
    let mut out = format!(
        "{HEAD}# Rules\n\n{INTRO}\n| rule | group | level | strict | what it finds | also in |\n|---|---|---|---|---|---|\n"
    );
    let pages: Vec<_> = names().into_iter().filter_map(explain).collect();
    for page in &pages {
        let name = page.name;
        let (group, level, summary) = (page.group, page.level.as_str(), cell(&page.summary));
        // A fault of the text itself weighs the same everywhere.
        let strict = find(name).map_or(page.level, |rule| rule.level_in(Profile::Strict)).as_str();
        let others = other_tools(name);
        let _ =
            writeln!(out, "| [`{name}`](#{name}) | {group} | {level} | {strict} | {summary} | {others} |");
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
Denied is what cannot work, loses data or opens a door; a warning is what a careful reviewer would stop a merge for; `info` is advice, shown as one line a rule.
`app \"…\" { profile \"strict\" }` makes every rule weigh a step more, as the column `strict` says; a `lint` wins over both.
What a rule measures by is a number that somebody wrote: a default alone is never a fault.
`bastide check --write-baseline` writes what is found today into `bastide.baseline`; `check` and `build` then tell only what is new, and which lines of it are found no more.
The last column names other tools that are known to look for the same fault, at least in part.
";

const NO_RULE_INTRO: &str = "
Faults that are no rules, because a spec cannot say them or because they are judged elsewhere:

| fault | why it is no rule |
|---|---|
";
