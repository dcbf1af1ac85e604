//! One verdict over all that was compared: pairs of files, and the versions of a schema that data may be written with.

use super::sides::Pair;
use bastide_contract::{Comparison, Mode, Options, Skipped, compare};
use bastide_report::source::Sources;
use bastide_report::version::Bump;

/// What comparing said.
pub struct Verdict {
    /// Name of the format.
    pub kind: &'static str,
    /// The two sides as the user named them.
    pub names: (String, String),
    /// The newest old version against the new one.
    pub comparison: Comparison,
    /// Each mode over all old versions.
    pub transitive: Vec<(Mode, bool)>,
    /// The old versions beside the newest that cannot stand with the new one, and in which modes.
    pub apart: Vec<(String, Vec<Mode>)>,
}

impl Verdict {
    /// Whether something breaks.
    pub fn breaking(&self) -> bool {
        self.comparison.breaking()
    }

    /// What it takes. A schema that fails no more than its registry asks may still take a number.
    pub fn required(&self) -> Bump {
        self.comparison.required()
    }
}

/// Compares all there is.
pub fn verdict(pair: &Pair, sources: &Sources, options: &Options) -> Verdict {
    let mut joined = Comparison::default();
    let (mut transitive, mut apart) = (vec![], vec![]);
    for (at, (old, new)) in pair.pairs.iter().enumerate() {
        let whole = compare(old, new, sources, options);
        if pair.versions.is_empty() || at + 1 == pair.pairs.len() {
            and(&mut transitive, &whole.modes);
            add(&mut joined, whole);
            continue;
        }
        let lost: Vec<Mode> = whole.modes.iter().filter(|(_, holds)| !holds).map(|(mode, _)| *mode).collect();
        if !lost.is_empty() {
            apart.push((pair.versions.get(at).cloned().unwrap_or_default(), lost));
        }
        and(&mut transitive, &whole.modes);
        joined.compared += whole.compared;
        joined.skipped.extend(whole.skipped);
        joined.findings.extend(whole.findings);
    }
    let lost = pair.alone.iter().map(|path| Skipped {
        what: path.clone(),
        why: "it is on one side only".into(),
        span: None,
    });
    joined.skipped.extend(lost);
    joined.findings.sort_by(|left, right| left.message.cmp(&right.message));
    joined.findings.dedup();
    Verdict { kind: pair.kind, names: pair.names.clone(), comparison: joined, transitive, apart }
}

fn and(modes: &mut Vec<(Mode, bool)>, more: &[(Mode, bool)]) {
    for (mode, holds) in more {
        match modes.iter_mut().find(|(it, _)| it == mode) {
            Some((_, all)) => *all &= holds,
            None => modes.push((*mode, *holds)),
        }
    }
}

fn add(joined: &mut Comparison, more: Comparison) {
    joined.changes.extend(more.changes);
    joined.compared += more.compared;
    joined.skipped.extend(more.skipped);
    joined.findings.extend(more.findings);
    and(&mut joined.modes, &more.modes);
    for (name, breaks) in more.categories {
        match joined.categories.iter_mut().find(|(it, _)| *it == name) {
            Some((_, all)) => *all |= breaks,
            None => joined.categories.push((name, breaks)),
        }
    }
}
