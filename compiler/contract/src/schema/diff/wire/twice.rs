//! A plain side that became a `oneOf`: texts that two branches accept are refused, unless they may be read as something
//! else.

use super::held::{by_kind, holds, part_held, parts, takes, values};
use crate::schema::diff::{Diff, NARROWS, choice, value};
use crate::schema::shape::{Class, FALSE, NUMBER, Numbers, Shape, TEXT, TRUE, Texts};
use crate::schema::{FactKind, literal};
use std::rc::Rc;

/// A plain side became a `oneOf` of texts: what was a number or a truth value, or one of several texts, may be a text of
/// two branches.
pub(super) fn texts_twice<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, left: &Shape<'s, 'a>, right: &Shape<'s, 'a>) {
    let Some([choice]) = right.text.as_ref().map(|class| &class.choices[..]) else { return };
    if left.twice.is_some() || right.list.is_some() || !choice.one {
        return;
    }
    let several = left.text.as_ref().is_some_and(|class| matches!(&class.choices[..], [old] if !old.one));
    if several {
        diff.kind = TEXT;
        choice::at_once(diff, choice, &choice.branches);
    }
    let read = parts(diff, Shape { text: None, ..right.clone() }, 4);
    let branches: Vec<_> = choice.branches.iter().map(|branch| diff.judge.shape(branch.term)).collect();
    let texts = |shape: &Rc<Shape<'s, 'a>>| Shape { number: None, constants: 0, ..(**shape).clone() };
    let branches: Vec<_> = branches.iter().map(texts).collect();
    for part in by_kind(&Shape { text: None, ..left.clone() }) {
        let held = |diff: &mut Diff<'_, 's, 'a>| {
            branches.iter().filter(|branch| part_held(diff, &part, branch)).count() > 1
        };
        let some = || {
            let twice = |text: &String| branches.iter().filter(|branch| takes(branch, text)).count() > 1;
            probes(&part).iter().any(twice)
        };
        if !holds(diff, &part, &read) && (some() || held(diff)) {
            let side = Some((choice.span, "oneOf".to_string()));
            let message = "what two branches accept is no longer accepted".into();
            diff.found.say(FactKind::ChoiceSet, NARROWS, None, side, message);
        }
    }
}

/// Texts that a shape is written as: all of them, or numbers at its bounds and well-known ones.
fn probes(shape: &Shape) -> Vec<String> {
    values(shape).unwrap_or_else(|| {
        let facets = shape.number.as_ref().map(|class| &class.facets);
        let bounds = facets.into_iter().flat_map(|facets| {
            let (least, greatest) = (facets.least, facets.greatest);
            [least.map(|it| it.value.round(true)), greatest.map(|it| it.value.round(false))]
        });
        let near = bounds
            .flatten()
            .flat_map(|it| [Some(it), it.step(1), it.step(-1)])
            .flatten()
            .map(literal::digits);
        let known = ["0", "1", "-1", "10", "1000000"].map(str::to_owned);
        near.chain(known).filter(|text| takes(shape, text)).collect()
    })
}

/// A plain side that became a `oneOf`: what two branches accept is refused, whatever it is written as.
pub(super) fn overlaps<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, left: &Shape<'s, 'a>, right: &Shape<'s, 'a>) {
    if left.twice.is_some() {
        return;
    }
    if let (Some(old), Some(new)) = (&left.text, &right.text) {
        let old = Rc::new(unread(old, right));
        overlap(diff, TEXT, (&old, new));
        value::twice(&old, new, &mut diff.found);
    }
    let lost = right.twice.unwrap_or_default() & left.constants;
    for (bit, word) in [(TRUE, "true"), (FALSE, "false")] {
        let texts = Shape { constants: 0, ..right.clone() };
        if lost & bit != 0 && !takes(&texts, word) {
            value::gone(&mut diff.found, left.span.map(|span| (span, word.to_string())), word);
        }
    }
    match (&left.number, &right.number) {
        (Some(old), Some(new)) if right.text.is_none() => {
            overlap(diff, NUMBER, (old, new));
            value::twice(old, new, &mut diff.found);
        }
        (Some(old), Some(new)) => numbers_twice(diff, (old, new), right),
        _ => {}
    }
}

/// Texts without those among them that the other side may read as a number or a truth value.
fn unread<'s, 'a>(
    class: &Class<'s, 'a, Texts<'s, 'a>>,
    other: &Shape<'s, 'a>,
) -> Class<'s, 'a, Texts<'s, 'a>> {
    let read =
        Shape { text: None, constants: other.constants & !other.twice.unwrap_or_default(), ..other.clone() };
    let mut class = class.clone();
    if let Some(literals) = &mut class.literals {
        literals.retain(|literal| !literal.value.text().is_some_and(|text| takes(&read, text)));
    }
    class
}

/// Numbers that a branch of a `oneOf` lists and another accepts, unless they are read as texts.
fn numbers_twice<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    (was, new): (&Class<'s, 'a, Numbers<'s>>, &Class<'s, 'a, Numbers<'s>>),
    right: &Shape<'s, 'a>,
) {
    let texts = Shape { number: None, constants: 0, ..right.clone() };
    for literal in was.literals.iter().flatten() {
        let lost = new.twice.as_ref().is_some_and(|twice| twice.contains(&literal.text));
        if lost && !takes(&texts, &literal.text) {
            value::gone(&mut diff.found, Some((literal.value.span, literal.text.clone())), &literal.text);
        }
    }
    let [choice] = &new.choices[..] else { return };
    let branches: Vec<_> = choice.branches.iter().map(|branch| diff.judge.shape(branch.term)).collect();
    let listed = branches.iter().filter_map(|shape| shape.number.as_ref()?.literals.clone()).flatten();
    let listed: Vec<_> = listed.filter(|literal| !takes(&texts, &literal.text)).collect();
    let old = diff.old;
    let kept: Vec<_> =
        listed.into_iter().filter(|it| diff.judge.accepts(old, it.value) == Some(true)).collect();
    value::taken_twice(diff, &kept, choice);
}

fn overlap<'s, 'a, F>(
    diff: &mut Diff<'_, 's, 'a>,
    kind: u8,
    (old, new): (&Class<'s, 'a, F>, &Class<'s, 'a, F>),
) {
    let ([], [choice]) = (&old.choices[..], &new.choices[..]) else { return };
    diff.kind = kind;
    match &old.literals {
        None => choice::at_once(diff, choice, &choice.branches),
        Some(literals) => value::taken_twice(diff, literals, choice),
    }
}
