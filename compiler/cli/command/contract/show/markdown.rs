//! For a pull request.

use super::super::verdict::Verdict;
use super::{place, texts};
use crate::command::markdown::{cell, code};
use crate::show::plural;
use bastide_contract::Change;
use bastide_report::source::Sources;
use bastide_report::version::Bump;
use std::fmt::Write as _;

pub fn render(verdict: &Verdict, sources: &Sources) -> String {
    let (old, new) = &verdict.names;
    let mark = if verdict.breaking() { "breaks" } else { "nothing breaks" };
    let mut out = format!("### {} ({}): {mark}\n\n", code(new), verdict.kind);
    let required = verdict.required().as_str();
    let compared = plural(verdict.comparison.compared, "comparison");
    let _ = writeln!(out, "Against {}: required bump **{required}**, {compared}.\n", code(old));
    for (bump, title) in [(Bump::Major, "Major"), (Bump::Minor, "Minor"), (Bump::Patch, "Patch")] {
        let changes: Vec<&Change> = verdict.comparison.changes.iter().filter(|it| it.bump == bump).collect();
        if changes.is_empty() {
            continue;
        }
        let _ = writeln!(out, "| {title} | what | where |\n|---|---|---|");
        changes.into_iter().for_each(|change| row(change, sources, &mut out));
        out.push('\n');
    }
    for skipped in &verdict.comparison.skipped {
        let _ = writeln!(out, "- skipped {}: {}", cell(&skipped.what), cell(&skipped.why));
    }
    out
}

fn row(change: &Change, sources: &Sources, out: &mut String) {
    let texts = texts(change);
    let texts = if texts.is_empty() { texts } else { format!(" ({})", cell(&texts)) };
    let also =
        if change.also.is_empty() { String::new() } else { format!(" and {} more", change.also.len()) };
    let (name, path, message) = (change.kind.name, code(&change.path), cell(&change.message));
    let _ =
        writeln!(out, "| `{name}` | {path}{also}: {message}{texts} | {} |", code(&place(change, sources)));
}
