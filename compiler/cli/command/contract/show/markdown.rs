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
    let mark = if verdict.breaking() { "❌ breaks" } else { "✅ nothing breaks" };
    let mut out = format!("### {} ({}): {mark}\n\n", code(new), verdict.kind);
    let required = verdict.required().as_str();
    let compared = plural(verdict.comparison.compared, "comparison");
    let _ = writeln!(out, "Against {}: required bump **{required}**, {compared}.\n", code(old));
    for bump in [Bump::Major, Bump::Minor] {
        table(verdict, sources, bump, &mut out);
    }
    let words = verdict.comparison.changes.iter().filter(|it| it.bump < Bump::Minor).count();
    if words > 0 {
        let _ = writeln!(out, "Not counted: {} of words.\n", plural(words, "change"));
    }
    for skipped in &verdict.comparison.skipped {
        let _ = writeln!(out, "- skipped {}: {}", cell(&skipped.what), cell(&skipped.why));
    }
    out
}

/// The changes that take one number; of those that break, why they do.
fn table(verdict: &Verdict, sources: &Sources, bump: Bump, out: &mut String) {
    let changes: Vec<&Change> = verdict.comparison.changes.iter().filter(|it| it.bump == bump).collect();
    if changes.is_empty() {
        return;
    }
    let (title, why) = if bump == Bump::Major { ("Breaks", " why |") } else { ("Minor", "") };
    let rule = if why.is_empty() { "" } else { "---|" };
    let _ = writeln!(out, "| {title} | what |{why} place |\n|---|---|{rule}---|");
    for change in changes {
        row(change, sources, !why.is_empty(), out);
    }
    out.push('\n');
}

fn row(change: &Change, sources: &Sources, why: bool, out: &mut String) {
    let texts = texts(change);
    let texts = if texts.is_empty() { texts } else { format!(" ({})", cell(&texts)) };
    let also = match change.also.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let reason = if why { format!(" {} |", cell(&change.kind.reason())) } else { String::new() };
    let (path, message, name) = (code(&change.path), cell(&change.message), change.kind.name);
    let at = code(&place(change, sources));
    let _ = writeln!(out, "| {path}{also} | {message}{texts}<br>`{name}` |{reason} {at} |");
}
