//! For people: one block a change, the heaviest first.

use super::super::verdict::Verdict;
use super::{place, texts};
use crate::show::plural;
use bastide_contract::{Change, Mode};
use bastide_report::source::Sources;
use bastide_report::version::Bump;
use bastide_report::visible::line;
use std::fmt::Write as _;

/// Column at which places stand.
const PLACE: usize = 48;

pub fn render(verdict: &Verdict, sources: &Sources) -> String {
    let mut out = String::new();
    let required = verdict.required().as_str();
    let mark = if verdict.breaking() { "✗ breaks" } else { "✓ nothing breaks" };
    let (old, new) = &verdict.names;
    let _ = writeln!(out, "{old} → {new}  {}  required {required}  {mark}", verdict.kind);
    modes(verdict, &mut out);
    for bump in [Bump::Major, Bump::Minor] {
        let changes = verdict.comparison.changes.iter().filter(|change| change.bump == bump);
        changes.for_each(|change| block(change, sources, &mut out));
    }
    let words = verdict.comparison.changes.iter().filter(|change| change.bump < Bump::Minor).count();
    if words > 0 {
        let _ = writeln!(out, "  not counted: {} of words", plural(words, "change"));
    }
    for skipped in &verdict.comparison.skipped {
        let at = skipped.span.map_or(String::new(), |span| format!("  {}", sources.place(span)));
        let _ = writeln!(out, "  skipped {}: {}{at}", line(&skipped.what), line(&skipped.why));
    }
    let (compared, skipped) = (verdict.comparison.compared, verdict.comparison.skipped.len());
    let _ = writeln!(out, "{}, {skipped} skipped", plural(compared, "comparison"));
    out
}

fn block(change: &Change, sources: &Sources, out: &mut String) {
    let name = format!("  {:<5} {}", change.bump.as_str().to_uppercase(), change.kind.name);
    let _ = writeln!(out, "{name:<PLACE$} {}", place(change, sources));
    let texts = texts(change);
    let texts = if texts.is_empty() { texts } else { format!("  ({texts})") };
    let _ = writeln!(out, "        {}{}", line(&change.path), line(&texts));
    let _ = writeln!(out, "        what  {}", line(&change.message));
    if change.bump == Bump::Major {
        let _ = writeln!(out, "        why   {}", change.kind.reason().trim_end_matches('.'));
    }
    match change.also.as_slice() {
        [] => {}
        [one] => *out += &format!("        also  {}\n", line(one)),
        [first, rest @ ..] => {
            let (first, more) = (line(first), rest.len());
            *out += &format!("        also  {first} and {more} more (all of them in `--format json`)\n");
        }
    }
}

/// The compatibility modes that hold.
fn modes(verdict: &Verdict, out: &mut String) {
    if verdict.comparison.modes.is_empty() {
        return;
    }
    let holds =
        |modes: &[(Mode, bool)], wanted: Mode| modes.iter().any(|(mode, holds)| *mode == wanted && *holds);
    let reached = [(Mode::Full, "FULL"), (Mode::Backward, "BACKWARD"), (Mode::Forward, "FORWARD")]
        .into_iter()
        .find(|(mode, _)| holds(&verdict.comparison.modes, *mode));
    let reached = match reached {
        Some((mode, word)) if holds(&verdict.transitive, mode) => format!("{word} and {word}_TRANSITIVE"),
        Some((_, word)) => word.to_string(),
        None => "NONE".into(),
    };
    let _ = writeln!(out, "  mode reached: {reached}");
    for (version, lost) in &verdict.apart {
        let lost: Vec<&str> = lost.iter().map(|mode| mode.as_str()).collect();
        let _ = writeln!(out, "  {version} is not {} with it", lost.join(", "));
    }
}
