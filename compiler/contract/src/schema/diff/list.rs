//! Lists.

use super::{BOTH, Diff, Found, NARROWS, WIDENS, graph, text};
use crate::schema::graph::{Relation, Step};
use crate::schema::intersect::Facets;
use crate::schema::literal::same;
use crate::schema::shape::{At, Class, Contains, Lists};
use crate::schema::term::{Atom, Origin, TermId};
use crate::schema::{FactKind, Judge};
use crate::value::Value;
use std::rc::Rc;

/// Compares bounds of lists.
pub fn compare<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Lists<'s, 'a>, new: &Lists<'s, 'a>) {
    let [from, to] = diff.origins().map(Origin::item);
    let most = [longest(diff.judge, from, old), longest(diff.judge, to, new)];
    let found = &mut diff.found;
    // An empty list is not written among texts: that there must be one item says nothing there.
    let texts = diff.judge.origin(diff.new).wire.is_text();
    let least = |lists: &Lists| lists.least.filter(|at| !texts || at.value > 1);
    text::fewest(FactKind::MinItems, "minItems", least(old), least(new), found);
    text::most(FactKind::MaxItems, "maxItems", most[0], most[1], found);
    // Lists of one are never in doubt.
    let many = |lists: &Lists| lists.most.is_none_or(|most| most.value > 1);
    let (was, is) = (old.unique.is_some(), new.unique.is_some());
    if is && !was && many(old) || was && !is && many(new) {
        let relation = if new.unique.is_some() { NARROWS } else { WIDENS };
        let side = |span: Option<_>| span.map(|span| (span, "uniqueItems".to_string()));
        let message = format!("`uniqueItems` is {}", if new.unique.is_some() { "set" } else { "lifted" });
        found.say(FactKind::UniqueItems, relation, side(old.unique), side(new.unique), message);
    }
    items(diff, old, new);
    contains(diff, &old.contains, &new.contains);
    opaque(FactKind::UnevaluatedItems, "unevaluatedItems", &old.opaque, &new.opaque, &mut diff.found);
}

fn items<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Lists<'s, 'a>, new: &Lists<'s, 'a>) {
    let [from, to] = diff.origins().map(Origin::item);
    let first = |lists: &Lists| lists.parts.iter().map(|part| part.prefix.len()).max().unwrap_or_default();
    let most = |lists: &Lists| lists.most.map_or(u64::MAX, |at| at.value);
    let room = most(old).min(most(new));
    let tuple = first(old).max(first(new));
    for at in (0..tuple).take_while(|at| (*at as u64) < room) {
        let (left, right) = (item(diff.judge, from, old, at), item(diff.judge, to, new, at));
        diff.part(Step::Item(at), left, right);
    }
    if (tuple as u64) < room {
        let (left, right) = (item(diff.judge, from, old, tuple), item(diff.judge, to, new, tuple));
        diff.part(Step::Items, left, right);
    }
}

/// What holds of the item at an index.
pub fn item<'s, 'a>(judge: &mut Judge<'s, 'a>, origin: Origin, lists: &Lists<'s, 'a>, at: usize) -> TermId {
    let schemas = lists.parts.iter().filter_map(|part| part.prefix.get(at).copied().or(part.rest));
    let atoms: Vec<_> = schemas.filter(|schema| !schema.is(true)).map(Atom::Schema).collect();
    judge.term(origin, &atoms)
}

/// The most items there can be: of unique ones, no more than there are values.
fn longest<'s, 'a>(judge: &mut Judge<'s, 'a>, origin: Origin, lists: &Lists<'s, 'a>) -> Option<At<u64>> {
    let values = |judge: &mut Judge<'s, 'a>| {
        let span = lists.unique.filter(|_| lists.parts.iter().all(|part| part.prefix.is_empty()))?;
        let term = item(judge, origin, lists, 0);
        let shape = judge.shape(term);
        if origin.wire.is_text() || shape.list.is_some() || shape.map.is_some() || shape.opaque.is_some() {
            return None;
        }
        let all = u64::from(shape.constants.count_ones()) + count(&shape.number)? + count(&shape.text)?;
        Some(At { value: all, span })
    };
    [lists.most, values(judge)].into_iter().flatten().min_by_key(|at| at.value)
}

fn count<F: Facets>(class: &Option<Rc<Class<F>>>) -> Option<u64> {
    let Some(class) = class else { return Some(0) };
    let listed = class.literals.as_ref().map(Vec::len);
    listed.or_else(|| Some(class.facets.few()?.len())).map(|count| count as u64)
}

fn contains(diff: &mut Diff, old: &[Contains], new: &[Contains]) {
    for at in 0..old.len().max(new.len()) {
        let (left, right) = (old.get(at), new.get(at));
        let relation = match (left, right) {
            (Some(one), Some(other)) => within(diff.judge, one, other),
            (None, _) => NARROWS,
            (_, None) => WIDENS,
        };
        if !relation.equal() {
            let side = |at: Option<&Contains>| at.map(|at| (at.span, "contains".to_string()));
            let message = "what the list must contain changed".into();
            diff.found.say(FactKind::Contains, relation, side(left), side(right), message);
        }
    }
}

/// At least `n` of a smaller set is more to ask, at most `n` of it is less.
fn within(judge: &mut Judge, old: &Contains, new: &Contains) -> Relation {
    let terms = judge.relation(old.term, new.term, graph::ALL);
    let most = |contains: &Contains| contains.most.unwrap_or(u64::MAX);
    let (low, high) = (new.least.cmp(&old.least), most(new).cmp(&most(old)));
    let bounded = old.most.is_some() || new.most.is_some();
    let asks = old.least > 0 || new.least > 0;
    Relation {
        narrows: low.is_gt() || high.is_lt() || terms.narrows && asks || terms.widens && bounded,
        widens: low.is_lt() || high.is_gt() || terms.widens && asks || terms.narrows && bounded,
    }
}

/// Compares keywords that could not be put in simpler words: equal, or not.
pub fn opaque(kind: FactKind, word: &str, old: &[&Value], new: &[&Value], found: &mut Found) {
    let equal = old.len() == new.len() && old.iter().zip(new).all(|(left, right)| same(left, right));
    if equal {
        return;
    }
    let relation = match (old.is_empty(), new.is_empty()) {
        (true, _) => NARROWS,
        (_, true) => WIDENS,
        _ => BOTH,
    };
    let side = |all: &[&Value]| all.first().map(|value| (value.span, word.to_string()));
    found.say(kind, relation, side(old), side(new), format!("`{word}` changed"));
}
