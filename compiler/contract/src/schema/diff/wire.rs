//! Values that are written as texts: whether each text that could be written on one side is one that can on the other. A
//! number is its digits there, a truth value its word, `null` is what is left out, a list of one its item.

use super::{Diff, Found, list, number, text, value};
use crate::schema::FactKind;
use crate::schema::accepts;
use crate::schema::graph::Relation;
use crate::schema::pattern;
use crate::schema::shape::{Class, FALSE, LIST, Lists, MAP, NULL, NUMBER, Numbers, Shape, TEXT, TRUE, Texts};
use crate::schema::term::TermId;
use crate::value::Data;
use bastide_report::units::decimal::Decimal;
use std::rc::Rc;

/// Whole numbers between two bounds that are written out one by one.
const FEW: i64 = 64;

type Shapes<'s, 'a> = (Rc<Shape<'s, 'a>>, Rc<Shape<'s, 'a>>);

/// The shapes without what was compared as texts, which is told here: kinds of value that only one side writes.
pub fn compare<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, (left, right): Shapes<'s, 'a>) -> Shapes<'s, 'a> {
    let wire = diff.judge.origin(diff.new).wire;
    if !wire.is_text() {
        return (left, right);
    }
    let (left, right) = (plain(&left), plain(&right));
    let (one, other) = (scalars(&left), scalars(&right));
    let lists = (left.kinds() & (LIST | MAP), right.kinds() & (LIST | MAP));
    let relation = match (one, other, lists) {
        (0, _, (LIST, 0)) if other != 0 && wire.has_lists() => {
            let item = items(diff, diff.old, &left);
            Relation {
                narrows: !(single(&left) || wire == super::super::Wire::Joined && free(&right))
                    || !holds(diff, &item, &right),
                widens: !holds(diff, &right, &item) || few(&left),
            }
        }
        (_, 0, (0, LIST)) if one != 0 && wire.has_lists() => {
            let item = items(diff, diff.new, &right);
            Relation {
                narrows: !holds(diff, &left, &item) || few(&right),
                widens: !(single(&right) || wire == super::super::Wire::Joined && free(&left))
                    || !holds(diff, &item, &left),
            }
        }
        _ if one == other || one == 0 || other == 0 => return (Rc::new(left), Rc::new(right)),
        _ => Relation { narrows: !holds(diff, &left, &right), widens: !holds(diff, &right, &left) },
    };
    say(&left, &right, relation, &mut diff.found);
    let gathered = lists.0 != lists.1 && (one == 0 || other == 0);
    (rest(left, gathered), rest(right, gathered))
}

fn say(left: &Shape, right: &Shape, relation: Relation, found: &mut Found) {
    if relation.equal() {
        return;
    }
    let side = |shape: &Shape| shape.span.map(|span| (span, value::describe(shape)));
    let message = format!("the type was `{}` and is `{}`", value::describe(left), value::describe(right));
    found.say(FactKind::Type, relation, side(left), side(right), message);
}

/// A shape as it is written: `null` is left out, and where any text is accepted, so are digits and words.
fn plain<'s, 'a>(shape: &Shape<'s, 'a>) -> Shape<'s, 'a> {
    let mut shape = shape.clone();
    if shape.kinds() != 0 {
        shape.constants &= !NULL;
    }
    if free(&shape) {
        shape.number = None;
        shape.constants = 0;
    }
    shape
}

fn rest<'s, 'a>(mut shape: Shape<'s, 'a>, gathered: bool) -> Rc<Shape<'s, 'a>> {
    shape.constants = 0;
    (shape.number, shape.text) = (None, None);
    shape.list.take_if(|_| gathered);
    Rc::new(shape)
}

fn scalars(shape: &Shape) -> u8 {
    shape.kinds() & !(LIST | MAP)
}

/// Whether any text is accepted.
fn free(shape: &Shape) -> bool {
    shape.text.as_ref().is_some_and(|class| class.free())
}

/// Whether a list has one item at most.
fn single(shape: &Shape) -> bool {
    shape.list.as_ref().is_some_and(|class| class.facets.most.is_some_and(|most| most.value <= 1))
}

/// Whether a list of one is too short.
fn few(shape: &Shape) -> bool {
    shape.list.as_ref().is_some_and(|class| class.facets.least.is_some_and(|least| least.value > 1))
}

/// What the first item of a list may be.
fn items<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, of: TermId, shape: &Shape<'s, 'a>) -> Shape<'s, 'a> {
    let origin = diff.judge.origin(of).item();
    let none = Lists::default();
    let lists = shape.list.as_ref().map_or(&none, |class| &class.facets);
    let term = list::item(diff.judge, origin, lists, 0);
    plain(&diff.judge.shape(term))
}

/// Whether each text that `inner` is written as can be one of `outer`.
fn holds<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, inner: &Shape<'s, 'a>, outer: &Shape<'s, 'a>) -> bool {
    if free(outer) {
        return true;
    }
    let words = [(TRUE, "true"), (FALSE, "false")];
    let named = words.iter().all(|(bit, word)| inner.constants & bit == 0 || takes(outer, word));
    let numbers = inner.number.as_ref().is_none_or(|class| numbers_held(diff, class, outer));
    let texts = inner.text.as_ref().is_none_or(|class| texts_held(diff, class, outer));
    named && numbers && texts
}

fn numbers_held<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    class: &Rc<Class<'s, 'a, Numbers<'s>>>,
    outer: &Shape<'s, 'a>,
) -> bool {
    if let Some(other) = &outer.number
        && within(diff, NUMBER, (class, other), number::compare)
    {
        return true;
    }
    if let Some(literals) = &class.literals {
        return literals.iter().all(|literal| takes(outer, &literal.text));
    }
    let bound = |limit: Option<crate::schema::shape::Limit>| limit.and_then(|limit| limit.value.small());
    let (least, greatest) = (bound(class.facets.least), bound(class.facets.greatest));
    if let (Some(_), Some(low), Some(high)) = (class.facets.whole, least, greatest)
        && high.saturating_sub(low) <= FEW
    {
        return (low..=high).all(|number| takes(outer, &number.to_string()));
    }
    let sign = if least.is_some_and(|low| low >= 0) { "" } else { "-?" };
    let fraction = if class.facets.whole.is_some() { "" } else { "(\\.[0-9]+)?" };
    let digits = format!("^{sign}(0|[1-9][0-9]*){fraction}$");
    let bare = |class: &Class<Texts>| {
        let Texts { least, most, patterns, formats, content } = &class.facets;
        let short = least.is_none_or(|at| at.value <= 1) && most.is_none() && content.is_empty();
        class.bare() && short && formats.is_empty() && !patterns.is_empty()
    };
    let text = outer.text.as_ref().filter(|class| bare(class));
    text.is_some_and(|class| {
        class.facets.patterns.iter().all(|at| pattern::within(&digits, at.value) == Some(true))
    })
}

fn texts_held<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    class: &Rc<Class<'s, 'a, Texts<'s, 'a>>>,
    outer: &Shape<'s, 'a>,
) -> bool {
    if let Some(other) = &outer.text
        && within(diff, TEXT, (class, other), text::compare)
    {
        return true;
    }
    let written = |value: &crate::value::Value| match &value.data {
        Data::Text(text) => takes(outer, text),
        _ => false,
    };
    class.literals.as_ref().is_some_and(|literals| literals.iter().all(|it| written(it.value)))
}

/// Whether one class of a kind lies in another.
fn within<'s, 'a, F: crate::schema::intersect::Facets>(
    diff: &mut Diff<'_, 's, 'a>,
    kind: u8,
    (inner, outer): (&Rc<Class<'s, 'a, F>>, &Rc<Class<'s, 'a, F>>),
    facets: fn(&mut Diff<'_, 's, 'a>, &F, &F),
) -> bool {
    let (old, new, found) = (diff.old, diff.new, Found::default());
    let mut trial = Diff { judge: diff.judge, old, new, kind, found };
    value::class(&mut trial, kind, (&Some(inner.clone()), &Some(outer.clone())), facets);
    trial.found.edges.is_empty() && trial.found.facts.iter().all(|fact| !fact.narrows)
}

/// Whether a text is one that a shape is written as.
fn takes(shape: &Shape, text: &str) -> bool {
    let word = text == "true" && shape.constants & TRUE != 0 || text == "false" && shape.constants & FALSE != 0;
    let number = shape.number.as_ref().is_some_and(|class| match &class.literals {
        Some(literals) => literals.iter().any(|literal| Decimal::read(&literal.text) == Decimal::read(text) && digits(text)),
        None => digits(text) && alone(class) && accepts::number(&class.facets, text) == Some(true),
    });
    let written = shape.text.as_ref().is_some_and(|class| match &class.literals {
        Some(literals) => literals.iter().any(|literal| literal.value.text() == Some(text)),
        None => alone(class) && accepts::written(&class.facets, text) == Some(true),
    });
    word || number || written
}

fn alone<F>(class: &Class<F>) -> bool {
    class.choices.is_empty() && class.nots.is_empty() && class.conditions.is_empty()
}

/// Whether a text is a number as JSON writes it.
fn digits(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    rest.starts_with(|sign: char| sign.is_ascii_digit()) && Decimal::read(text).is_some()
}
