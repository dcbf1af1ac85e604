//! Texts.

use super::{BOTH, Diff, Found, NARROWS, WIDENS, number};
use crate::schema::graph::Relation;
use crate::schema::literal::same;
use crate::schema::shape::{At, Texts};
use crate::schema::{FactKind, pattern};

/// Compares bounds of texts.
pub fn compare(diff: &mut Diff, old: &Texts, new: &Texts) {
    let found = &mut diff.found;
    if !implied(old, new, false) && !implied(new, old, false) {
        fewest(FactKind::MinLength, "minLength", old.least, new.least, found);
    }
    if !implied(old, new, true) && !implied(new, old, true) {
        most(FactKind::MaxLength, "maxLength", old.most, new.most, found);
    }
    patterns(old, new, found);
    let before = found.facts.iter().any(|fact| fact.kind == FactKind::Format);
    if !before {
        number::formats(&old.formats, &new.formats, found);
    }
    content(old, new, found);
}

/// Whether a bound that one side sets and the other does not follows from the other's patterns.
fn implied(free: &Texts, bound: &Texts, most: bool) -> bool {
    let (none, at) = if most { (free.most, bound.most) } else { (free.least, bound.least) };
    let Some(length) = at.map(|at| at.value).filter(|length| none.is_none() && *length <= 100) else {
        return false;
    };
    let pattern = if most { format!("^[\\s\\S]{{0,{length}}}$") } else { format!("^[\\s\\S]{{{length},}}$") };
    free.patterns.iter().any(|at| pattern::within(at.value, &pattern) == Some(true))
}

/// A lower bound.
pub fn fewest(kind: FactKind, word: &str, old: Option<At<u64>>, new: Option<At<u64>>, found: &mut Found) {
    let value = |at: Option<At<u64>>| at.map_or(0, |at| at.value);
    if value(old) != value(new) {
        found.bound(kind, word, value(new) > value(old), old, new);
    }
}

/// An upper bound.
pub fn most(kind: FactKind, word: &str, old: Option<At<u64>>, new: Option<At<u64>>, found: &mut Found) {
    let value = |at: Option<At<u64>>| at.map_or(u64::MAX, |at| at.value);
    if value(old) != value(new) {
        found.bound(kind, word, value(new) < value(old), old, new);
    }
}

fn patterns(old: &Texts, new: &Texts, found: &mut Found) {
    let less = |all: &[At<&str>], other: &[At<&str>]| {
        let new = |one: &&At<&str>| !other.iter().any(|at| at.value == one.value);
        all.iter().filter(new).map(|at| (at.span, at.value.to_string())).collect::<Vec<_>>()
    };
    let (gone, came) = (less(&old.patterns, &new.patterns), less(&new.patterns, &old.patterns));
    let within = |inner: &[At<&str>], outer: &str| {
        inner.iter().any(|at| pattern::within(at.value, outer) == Some(true))
    };
    let relation = Relation {
        narrows: came.iter().any(|(_, text)| !within(&old.patterns, text)),
        widens: gone.iter().any(|(_, text)| !within(&new.patterns, text)),
    };
    if !relation.equal() {
        let message = super::said("pattern", gone.first().map(|one| &one.1), came.first().map(|one| &one.1));
        found.say(FactKind::Pattern, relation, gone.first().cloned(), came.first().cloned(), message);
    }
}

fn content(old: &Texts, new: &Texts, found: &mut Found) {
    let has = |all: &Texts, one: &(&str, &_)| all.content.iter().any(|at| at.0 == one.0 && same(at.1, one.1));
    let gone = old.content.iter().find(|one| !has(new, one));
    let came = new.content.iter().find(|one| !has(old, one));
    if let Some((word, _)) = came.or(gone) {
        let side = |at: Option<&(&str, &crate::value::Value)>| {
            at.map(|(word, value)| (value.span, (*word).to_string()))
        };
        // Who must encode says less freely what who need not does.
        let relation = match (gone, came) {
            (Some(_), Some(_)) => BOTH,
            (Some(_), None) => WIDENS,
            _ => NARROWS,
        };
        found.say(FactKind::Content, relation, side(gone), side(came), format!("`{word}` changed"));
    }
}
