//! Kinds of value, lists of allowed values, and what all kinds have in common.

use super::{BOTH, Diff, Found, NARROWS, WIDENS, choice};
use crate::schema::FactKind;
use crate::schema::graph::{Relation, Step};
use crate::schema::intersect::Facets;
use crate::schema::literal::Literal;
use crate::schema::shape::{At, Branch, Choice, Class, Condition, FALSE, KINDS, NULL, Shape, TRUE};
use crate::schema::term::TermId;
use std::collections::BTreeSet;
use std::rc::Rc;

/// All kinds of value.
const ANY: u8 = 31;

/// Compares which kinds of value are accepted.
pub fn kinds(left: &Shape, right: &Shape, found: &mut Found) {
    let side = |shape: &Shape| shape.span.map(|span| (span, describe(shape)));
    let (old, new) = (left.kinds(), right.kinds());
    let relation = Relation { narrows: old & !new != 0, widens: new & !old != 0 };
    if !relation.equal() {
        let message = format!("the type was `{}` and is `{}`", describe(left), describe(right));
        found.say(FactKind::Type, relation, side(left), side(right), message);
    }
    // A plain side that became a `oneOf` loses what two branches accept.
    let lost = right.twice.filter(|_| left.twice.is_none()).unwrap_or_default();
    // Where anything is accepted, `null` is among it and not a cause of its own.
    let had = left.constants & NULL;
    match (had != 0, right.constants & NULL & !(lost & had) != 0) {
        (false, true) if new != ANY || old == ANY => {
            let message = "`null` is accepted now".into();
            found.say(FactKind::NullAllowed, WIDENS, side(left), side(right), message);
        }
        (true, false) if old != ANY || new == ANY => {
            let message = "`null` is no longer accepted".into();
            found.say(FactKind::NullRefused, NARROWS, side(left), side(right), message);
        }
        _ => {}
    }
    let (old, new) = (left.constants & (TRUE | FALSE), right.constants & (TRUE | FALSE) & !lost);
    if old != 0 && new | lost != 0 {
        for (bit, word) in [(TRUE, "true"), (FALSE, "false")] {
            let at = |shape: &Shape| shape.span.map(|span| (span, word.to_string()));
            if old & bit != 0 && new & bit == 0 {
                gone(found, at(left), word);
            } else if old & bit == 0 && new & bit != 0 {
                came(found, at(right), word);
            }
        }
    }
}

pub fn gone(found: &mut Found, old: super::Side, text: &str) {
    let message = format!("the value `{text}` is no longer allowed");
    found.say(FactKind::EnumValueRemoved, NARROWS, old, None, message);
}

fn came(found: &mut Found, new: super::Side, text: &str) {
    found.say(FactKind::EnumValueAdded, WIDENS, None, new, format!("the value `{text}` is allowed now"));
}

/// The kinds of a shape, for people.
pub fn describe(shape: &Shape) -> String {
    let bits = shape.kinds();
    let whole = shape.number.as_ref().is_some_and(|class| class.facets.whole.is_some());
    if bits == ANY && !whole {
        return "any".into();
    }
    let mut names: Vec<&str> =
        KINDS.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, name)| *name).collect();
    if whole {
        names.iter_mut().filter(|name| **name == "number").for_each(|name| *name = "integer");
    }
    if shape.constants & NULL != 0 {
        names.push("null");
    }
    if names.is_empty() { "nothing".into() } else { names.join(" or ") }
}

/// What is accepted of a kind, if anything is.
type Kind<'s, 'a, F> = Option<Rc<Class<'s, 'a, F>>>;

/// Compares what is accepted of one kind, if it is looked at and both accept something of it.
pub fn class<'s, 'a, F: Facets>(
    diff: &mut Diff<'_, 's, 'a>,
    kind: u8,
    (left, right): (&Kind<'s, 'a, F>, &Kind<'s, 'a, F>),
    facets: fn(&mut Diff<'_, 's, 'a>, &F, &F),
) {
    let (Some(left), Some(right)) = (left, right) else { return };
    if kind == 0 {
        return;
    }
    diff.kind = kind;
    match (&left.literals, &right.literals) {
        (Some(old), Some(new)) => {
            allowed(old, new, &mut diff.found);
            return twice(left, right, &mut diff.found);
        }
        (Some(old), None) => return lifted(diff, old, right),
        (None, Some(new)) => return set(diff, left, new),
        (None, None) => {}
    }
    let before = diff.found.facts.len();
    if choice::distributed(diff, &left.choices, &right.choices) {
        return;
    }
    facets(diff, &left.facets, &right.facets);
    let base = diff.found.facts[before..].iter().any(|fact| fact.narrows || fact.widens);
    if base && choice::moved(diff, &left.choices, &right.choices) {
        return diff.found.facts.truncate(before);
    }
    choice::compare(diff, &left.choices, &right.choices);
    nots(diff, &left.nots, &right.nots);
    conditions(diff, &left.conditions, &right.conditions);
}

fn allowed(old: &[Literal], new: &[Literal], found: &mut Found) {
    fn texts<'l>(all: &'l [Literal]) -> BTreeSet<&'l str> {
        all.iter().map(|literal| literal.text.as_str()).collect()
    }
    let (before, after) = (texts(old), texts(new));
    let known = |all: &BTreeSet<&str>, one: &Literal| all.contains(one.text.as_str());
    let place = |literal: &Literal| Some((literal.value.span, literal.text.clone()));
    for literal in old.iter().filter(|literal| !known(&after, literal)) {
        gone(found, place(literal), &literal.text);
    }
    for literal in new.iter().filter(|literal| !known(&before, literal)) {
        came(found, place(literal), &literal.text);
    }
}

/// A plain list became a `oneOf`: what two branches list, neither may accept.
pub fn twice<F>(old: &Class<F>, new: &Class<F>, found: &mut Found) {
    let (None, Some(twice), Some(literals)) = (&old.twice, &new.twice, &old.literals) else { return };
    for literal in literals.iter().filter(|literal| twice.contains(&literal.text)) {
        gone(found, Some((literal.value.span, literal.text.clone())), &literal.text);
    }
}

fn listed(literals: &[Literal]) -> super::Side {
    let texts: Vec<&str> = literals.iter().take(8).map(|literal| literal.text.as_str()).collect();
    let more = if literals.len() > 8 { ", …" } else { "" };
    let span = literals.first().zip(literals.last()).map(|(first, last)| (first.value.span, last.value.span));
    let span = span.map(|(first, last)| if first.file == last.file { first.to(last) } else { first });
    span.map(|span| (span, format!("{}{more}", texts.join(", "))))
}

/// Whether what a class lets pass is few values, and all of them are listed.
fn covered<F: Facets>(class: &Class<F>, literals: &[Literal]) -> bool {
    let known = |text: &String| literals.iter().any(|literal| literal.text == *text);
    class.facets.few().is_some_and(|all| all.iter().all(known))
}

fn lifted<'s, 'a, F: Facets>(diff: &mut Diff<'_, 's, 'a>, old: &[Literal<'s, 'a>], new: &Class<'s, 'a, F>) {
    let refused = old.iter().any(|it| diff.judge.accepts_strictly(diff.new, it.value) == Some(false));
    let relation = Relation { narrows: refused, widens: !covered(new, old) };
    if relation.equal() {
        return;
    }
    let span = diff.judge.shape(diff.new).span.map(|span| (span, "any value".to_string()));
    let message = "other values than those listed are allowed now".into();
    diff.found.say(FactKind::EnumLifted, relation, listed(old), span, message);
}

fn is_taken_twice<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, literal: &Literal, choice: &Choice<'s, 'a>) -> bool {
    let takes = |branch: &&Branch| diff.judge.accepts_strictly(branch.term, literal.value) == Some(true);
    let count = choice.branches.iter().filter(takes).count();
    let meant = |branch: &Branch| diff.judge.accepts(branch.term, literal.value) == Some(true);
    choice.one && choice.discriminator.is_none() && count > 1
        || count == 0 && choice.branches.iter().any(meant)
}

/// Tells of values of a list that two branches of a `oneOf` accept, which refuses them.
pub fn taken_twice<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    literals: &[Literal<'s, 'a>],
    choice: &Choice<'s, 'a>,
) {
    for literal in literals {
        if is_taken_twice(diff, literal, choice) {
            gone(&mut diff.found, Some((literal.value.span, literal.text.clone())), &literal.text);
        }
    }
}

fn set<'s, 'a, F: Facets>(diff: &mut Diff<'_, 's, 'a>, old: &Class<'s, 'a, F>, new: &[Literal<'s, 'a>]) {
    let besides = new.iter().any(|literal| diff.judge.accepts(diff.old, literal.value) == Some(false));
    let relation = Relation { narrows: !covered(old, new), widens: besides };
    if relation.equal() {
        return;
    }
    let span = diff.judge.shape(diff.old).span.map(|span| (span, "any value".to_string()));
    let message = "only the listed values are allowed now".into();
    diff.found.say(FactKind::EnumSet, relation, span, listed(new), message);
}

/// What may not be: `not A` becomes `not B`, which is narrower if B holds more than A.
fn nots(diff: &mut Diff, old: &[At<TermId>], new: &[At<TermId>]) {
    let (mut old, mut new) = (old.to_vec(), new.to_vec());
    old.retain(|one| {
        let same =
            new.iter().position(|other| diff.judge.relation(one.value, other.value, diff.kind).equal());
        same.map(|at| new.remove(at)).is_none()
    });
    for at in 0..old.len().max(new.len()) {
        let (one, other) = (old.get(at), new.get(at));
        let relation = match (one, other) {
            (Some(one), Some(other)) => {
                let within = diff.judge.relation(one.value, other.value, diff.kind);
                Relation { narrows: within.widens, widens: within.narrows }
            }
            (None, _) => NARROWS,
            (_, None) => WIDENS,
        };
        let side = |at: Option<&At<TermId>>| at.map(|at| (at.span, "not".to_string()));
        diff.found.say(FactKind::Not, relation, side(one), side(other), "what `not` refuses changed".into());
    }
}

fn conditions(diff: &mut Diff, old: &[Condition], new: &[Condition]) {
    for at in 0..old.len().max(new.len()) {
        let side = |all: &[Condition]| all.get(at).map(|condition| (condition.span, "if".to_string()));
        let relation = match (old.get(at), new.get(at)) {
            (Some(one), Some(other)) => {
                if diff.judge.relation(one.when, other.when, super::graph::ALL).equal() {
                    diff.part(Step::Here, one.then, other.then);
                    diff.part(Step::Here, one.other, other.other);
                    continue;
                }
                BOTH
            }
            (None, _) => NARROWS,
            (_, None) => WIDENS,
        };
        diff.found.say(FactKind::Condition, relation, side(old), side(new), "`if` changed".into());
    }
}
