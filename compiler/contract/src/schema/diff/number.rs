//! Numbers.

use super::{BOTH, Diff, Found, NARROWS, WIDENS};
use crate::schema::graph::Relation;
use crate::schema::literal::digits;
use crate::schema::shape::{At, Limit, Numbers};
use crate::schema::{FactKind, accepts, formats};
use bastide_report::source::Span;
use bastide_report::units::decimal::Decimal;

/// Compares bounds of numbers.
pub fn compare(diff: &mut Diff, old: &Numbers, new: &Numbers) {
    let before = diff.found.facts.len();
    bounds(&mut diff.found, old, new);
    one_by_one(&mut diff.found, before, old, new);
    self::formats(&formats::telling(old, new), &formats::telling(new, old), &mut diff.found);
}

/// Bounds that differ may let the same few numbers pass: then none of the facts since `before` is one.
fn one_by_one(found: &mut Found, before: usize, old: &Numbers, new: &Numbers) {
    let within = |inner: &Numbers, outer: &Numbers| {
        accepts::few(inner).is_some_and(|all| all.iter().all(|it| accepts::decimal(outer, *it) == Some(true)))
    };
    let (kept, none) = (within(old, new), within(new, old));
    for fact in &mut found.facts[before..] {
        fact.narrows &= !kept;
        fact.widens &= !none;
    }
    let mut at = 0;
    found.facts.retain(|fact| {
        at += 1;
        at <= before || fact.narrows || fact.widens
    });
}

fn bounds(found: &mut Found, old: &Numbers, new: &Numbers) {
    let plain = old.multiples.is_empty() && new.multiples.is_empty();
    if plain && old.whole.is_some() != new.whole.is_some() {
        let word = |whole: Option<Span>| if whole.is_some() { "integer" } else { "number" };
        let relation = if new.whole.is_some() { NARROWS } else { WIDENS };
        let message = format!("the type was `{}` and is `{}`", word(old.whole), word(new.whole));
        let side = |whole: Option<Span>| whole.map(|span| (span, "integer".to_string()));
        found.say(FactKind::Type, relation, side(old.whole), side(new.whole), message);
    }
    let (was, is) = (formats::bounds(old), formats::bounds(new));
    // Bounds that only a format says are told as a format.
    if old.least.is_some() || new.least.is_some() {
        limit(FactKind::Minimum, ["minimum", "exclusiveMinimum"], was[0], is[0], found);
    }
    if old.greatest.is_some() || new.greatest.is_some() {
        limit(FactKind::Maximum, ["maximum", "exclusiveMaximum"], was[1], is[1], found);
    }
    if !plain {
        multiples(old, new, found);
    }
}

fn limit(kind: FactKind, words: [&str; 2], old: Option<Limit>, new: Option<Limit>, found: &mut Found) {
    let key = |limit: Limit| (limit.value, limit.exclusive);
    let tighter = match (old, new) {
        (None, None) => return,
        (Some(old), Some(new)) if key(old) == key(new) => return,
        (Some(old), Some(new)) if old.value == new.value => new.exclusive,
        (Some(old), Some(new)) => (new.value > old.value) == (kind == FactKind::Minimum),
        (old, _) => old.is_none(),
    };
    let word = words[usize::from(new.or(old).is_some_and(|limit| limit.exclusive))];
    let at = |limit: Option<Limit>| limit.map(|it| At { value: digits(it.value), span: it.span });
    found.bound(kind, word, tighter, at(old), at(new));
}

fn multiples(old: &Numbers, new: &Numbers, found: &mut Found) {
    let all = |numbers: &Numbers| -> Vec<Decimal> {
        let whole = numbers.whole.map(|_| Decimal::from(1));
        numbers.multiples.iter().map(|at| at.value).chain(whole).collect()
    };
    let (left, right) = (all(old), all(new));
    let within = |inner: &[Decimal], outer: &[Decimal]| {
        outer.iter().all(|by| inner.iter().any(|number| number.multiple_of(*by) == Some(true)))
    };
    let relation = Relation { narrows: !within(&left, &right), widens: !within(&right, &left) };
    if !relation.equal() {
        let first = |numbers: &Numbers| numbers.multiples.first().copied();
        let side =
            |at: Option<At<Decimal>>| at.map(|at| (at.span, format!("multipleOf {}", digits(at.value))));
        let text = |at: Option<At<Decimal>>| at.map(|at| digits(at.value));
        let message = super::said("multipleOf", text(first(old)), text(first(new)));
        found.say(FactKind::MultipleOf, relation, side(first(old)), side(first(new)), message);
    }
}

/// Formats of which the first holds all values of the second.
const WIDER: [(&str, &str); 4] =
    [("int64", "int32"), ("double", "float"), ("idn-email", "email"), ("iri", "uri")];

/// Compares `format`.
pub fn formats(old: &[At<&str>], new: &[At<&str>], found: &mut Found) {
    let (gone, came) = (less(old, new), less(new, old));
    let relation = match (gone, came) {
        (None, None) => return,
        (Some(gone), Some(came)) if WIDER.contains(&(came.value, gone.value)) => WIDENS,
        (Some(gone), Some(came)) if WIDER.contains(&(gone.value, came.value)) => NARROWS,
        (Some(_), Some(_)) => BOTH,
        (Some(_), None) => WIDENS,
        (None, Some(_)) => NARROWS,
    };
    let message = super::said("format", gone.map(|at| at.value), came.map(|at| at.value));
    let side = |at: Option<At<&str>>| at.map(|at| (at.span, format!("format {}", at.value)));
    found.say(FactKind::Format, relation, side(gone), side(came), message);
}

fn less<'t>(all: &[At<&'t str>], other: &[At<&str>]) -> Option<At<&'t str>> {
    all.iter().find(|one| !other.iter().any(|at| at.value == one.value)).copied()
}
