//! For a pull request: the verdict and who is concerned first, a table for each kind, details folded.

use super::text::users;
use super::{compared, counts, partly, radius, sign};
use crate::command::compare::SpecPair;
use crate::command::markdown::{cell, code};
use bastide_contract::Change;
use bastide_core::diff::contract::Compared;
use bastide_core::diff::{Diff, Difference, Effect};
use bastide_report::source::Sources;
use bastide_report::version::Bump;
use std::fmt::Write as _;

/// Rows of a table, so that a comment stays below what forges take; all are in the JSON.
const MOST: usize = 50;

pub fn render(pair: &SpecPair, diff: &Diff) -> String {
    let mut out = String::new();
    let app = code(pair.app());
    if diff.equal() {
        let _ =
            writeln!(out, "### {app}: nothing differs\n\nAgainst {}: {}.", code(&pair.about), compared(diff));
        return out;
    }
    let verdict = match diff.effect() {
        Effect::Breaking => "this breaks",
        Effect::Risky => "nothing breaks, some of it wants a look",
        Effect::Safe => "nothing breaks",
    };
    let _ = writeln!(out, "### {app}: {verdict} ({})\n", counts(diff));
    let radius = radius(diff);
    if !radius.is_empty() {
        out.push_str("| blast radius | |\n|---|---|\n");
    }
    for (what, names) in radius {
        let shown: Vec<String> = names.iter().take(MOST).map(|name| code(name)).collect();
        let rest = names.len().saturating_sub(MOST);
        let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
        let _ = writeln!(out, "| {what} | {} {}{more} |", names.len(), shown.join(", "));
    }
    let mut rest = &diff.differences[..];
    while let Some(first) = rest.first() {
        let many = rest.iter().take_while(|it| it.subject == first.subject).count();
        table(&rest[..many], diff, &pair.project.sources, &mut out);
        rest = &rest[many..];
    }
    contracts(pair, diff, &mut out);
    let _ = writeln!(out, "\nAgainst {}: {}.", code(&pair.about), compared(diff));
    for skipped in &diff.skipped {
        let _ = writeln!(out, "- skipped {}: {}", code(&skipped.at), cell(&skipped.why));
    }
    out
}

/// One subject. What is safe throughout is folded.
fn table(rows: &[Difference], diff: &Diff, sources: &Sources, out: &mut String) {
    let subject = rows.first().map_or("", |it| it.subject);
    let safe = rows.iter().all(|it| it.effect == Effect::Safe);
    if safe {
        let _ = writeln!(out, "\n<details><summary>{subject}: {}</summary>\n", rows.len());
    } else {
        let _ = writeln!(out, "\n#### {subject}\n");
    }
    out.push_str("| | what | was | is | where |\n|---|---|---|---|---|\n");
    let mut sorted: Vec<&Difference> = rows.iter().collect();
    sorted.sort_by_key(|it| std::cmp::Reverse(it.effect));
    sorted.iter().take(MOST).for_each(|it| row(it, diff, sources, out));
    if rows.len() > MOST {
        let _ = writeln!(out, "\n… and {} more", rows.len() - MOST);
    }
    if safe {
        out.push_str("\n</details>\n");
    }
}

fn row(it: &Difference, diff: &Diff, sources: &Sources, out: &mut String) {
    let text = |side: &Option<bastide_contract::Place>| match side {
        Some(place) if !place.text.is_empty() => code(&place.text),
        _ => String::new(),
    };
    let at = match (&it.new, &it.old) {
        (Some(new), _) => code(&sources.place(new.span).to_string()),
        (None, Some(old)) => format!("was {}", code(&sources.place(old.span).to_string())),
        (None, None) => String::new(),
    };
    let effect = match it.effect {
        Effect::Breaking => "**breaking**",
        Effect::Risky => "risky",
        Effect::Safe => "",
    };
    let only =
        partly(&it.environments, diff).map_or_else(String::new, |names| format!(" in {}", cell(&names)));
    let line = |text: &str| if text.is_empty() { String::new() } else { format!("<br>{}", cell(text)) };
    let why = line(&it.why) + &line(&it.help);
    let _ = writeln!(
        out,
        "| {} {effect} | {}{only}{why} | {} | {} | {at} |",
        sign(it.change),
        code(&it.path),
        text(&it.old),
        text(&it.new)
    );
}

fn contracts(pair: &SpecPair, diff: &Diff, out: &mut String) {
    let changed: Vec<&Compared> = diff.contracts.iter().filter(|it| !it.equal()).collect();
    if changed.is_empty() {
        return;
    }
    out.push_str("\n#### contracts\n\n");
    out.push_str("| | contract | was | is | required bump | used by |\n|---|---|---|---|---|---|\n");
    for it in &changed {
        let users: Vec<String> = users(it, pair).into_iter().map(code).collect();
        let effect = if it.effect() == Effect::Breaking { "**breaking**" } else { "" };
        let takes = it.wanted.as_ref().map_or_else(String::new, |wanted| format!(": write {}", code(wanted)));
        let _ = writeln!(
            out,
            "| {effect} | {} | {} | {} | {}{takes} | {} |",
            code(&it.at),
            code(&it.old),
            code(&it.new),
            it.comparison.required().as_str(),
            users.join(", ")
        );
    }
    changed.into_iter().for_each(|it| details(it, &pair.project.sources, out));
}

fn details(it: &Compared, sources: &Sources, out: &mut String) {
    let mut changes: Vec<&Change> = it.comparison.changes.iter().collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.bump));
    let of = |bump: Bump| changes.iter().filter(|change| change.bump == bump).count();
    let _ = writeln!(
        out,
        "\n<details><summary>{}: {} major, {} minor, {} patch</summary>\n",
        cell(&it.at),
        of(Bump::Major),
        of(Bump::Minor),
        of(Bump::Patch)
    );
    out.push_str("| bump | what | where |\n|---|---|---|\n");
    for change in changes.iter().take(MOST) {
        let at = change
            .new
            .as_ref()
            .or(change.old.as_ref())
            .map(|side| code(&sources.place(side.span).to_string()));
        let _ = writeln!(
            out,
            "| {} `{}` | {}: {} | {} |",
            change.bump.as_str(),
            change.kind.name,
            code(&change.path),
            cell(&change.message),
            at.unwrap_or_default()
        );
    }
    if changes.len() > MOST {
        let _ = writeln!(out, "\n… and {} more", changes.len() - MOST);
    }
    out.push_str("\n</details>\n");
}
