//! For people at a terminal.

use super::{partly, sign, verdict};
use crate::command::compare::SpecPair;
use bastide_core::diff::contract::Compared;
use bastide_core::diff::{Diff, Difference, DifferenceKind, Effect};
use bastide_report::source::Sources;
use bastide_report::version::Bump;
use bastide_report::visible::line;
use std::fmt::Write as _;

/// So many changes of one contract are listed; all are in the JSON.
const MOST: usize = 20;

pub fn render(pair: &SpecPair, diff: &Diff) -> String {
    let mut out = format!("{}: {} → the spec as it is\n", pair.app(), pair.about);
    let sources = &pair.project.sources;
    let mut subject = "";
    for it in &diff.differences {
        if it.subject != subject {
            subject = it.subject;
            let _ = writeln!(out, "\n{subject}");
        }
        difference(it, diff, sources, &mut out);
    }
    let contracts: Vec<&Compared> = diff.contracts.iter().filter(|it| !it.equal()).collect();
    if !contracts.is_empty() {
        out.push_str("\ncontracts\n");
    }
    contracts.into_iter().for_each(|it| contract(it, pair, &mut out));
    out.push('\n');
    for skipped in &diff.skipped {
        let _ = writeln!(out, "skipped {}: {}", skipped.at, skipped.why);
    }
    out += &verdict(diff);
    out
}

fn mark(effect: Effect) -> &'static str {
    match effect {
        Effect::Breaking => "!",
        Effect::Risky => "?",
        Effect::Safe => " ",
    }
}

pub fn difference(it: &Difference, diff: &Diff, sources: &Sources, out: &mut String) {
    let text = |side: &Option<bastide_contract::Place>| {
        side.as_ref().map_or_else(String::new, |place| line(&place.text).into_owned())
    };
    let (old, new) = (text(&it.old), text(&it.new));
    let values = match it.change {
        DifferenceKind::Added => new,
        DifferenceKind::Removed => old,
        DifferenceKind::Changed => format!("{} → {}", or_none(&old), or_none(&new)),
    };
    let at = match (&it.new, &it.old) {
        (Some(new), _) => sources.place(new.span).to_string(),
        (None, Some(old)) => format!("was {}", sources.place(old.span)),
        (None, None) => String::new(),
    };
    let indent = if it.inside { "  " } else { "" };
    let only = partly(&it.environments, diff).map_or_else(String::new, |names| format!("  [{names}]"));
    let values = if values.is_empty() { values } else { format!("  {values}") };
    let _ = writeln!(
        out,
        "{}{} {indent}{}{values}{only}  ({at})",
        mark(it.effect),
        sign(it.change),
        line(&it.path)
    );
    if !it.why.is_empty() {
        let _ = writeln!(out, "     {indent}{}", line(&it.why));
    }
    if !it.help.is_empty() {
        let _ = writeln!(out, "     {indent}help: {}", line(&it.help));
    }
}

fn or_none(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

pub fn contract(it: &Compared, pair: &SpecPair, out: &mut String) {
    let sources = &pair.project.sources;
    let required = it.comparison.required().as_str();
    let takes = it.wanted.as_ref().map_or_else(String::new, |wanted| format!(", takes {wanted}"));
    let _ = writeln!(
        out,
        "{}~ {}  {} → {}  {} {required}{takes}  ({})",
        mark(it.effect()),
        it.at,
        it.old,
        it.new,
        it.kind(),
        sources.place(it.span)
    );
    let mut changes: Vec<_> = it.comparison.changes.iter().collect();
    changes.sort_by_key(|change| std::cmp::Reverse(change.bump));
    for change in changes.iter().take(MOST).filter(|change| change.bump > Bump::Patch) {
        let bump = change.bump.as_str();
        let _ = writeln!(
            out,
            "     {bump} {}  {}: {}",
            change.kind.name,
            line(&change.path),
            line(&change.message)
        );
    }
    if changes.len() > MOST {
        let _ = writeln!(out, "     … and {} more", changes.len() - MOST);
    }
    let users = users(it, pair);
    if !users.is_empty() {
        let _ = writeln!(out, "     used by {}", users.join(", "));
    }
}

/// The services that use a contract, in any environment.
pub fn users<'b>(it: &Compared, pair: &'b SpecPair) -> Vec<&'b str> {
    let mut users: Vec<&str> = pair.new.iter().flat_map(|(model, _)| it.users(model)).collect();
    users.sort_unstable();
    users.dedup();
    users
}
