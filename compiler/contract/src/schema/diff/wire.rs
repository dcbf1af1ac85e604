//! Values that are written as texts: whether each text that could be written on one side is one that can on the other. A
//! number is its digits there, a truth value its word, `null` is what is left out, a list of one its item.

mod held;
mod twice;

use super::{Diff, Found, list, value};
use crate::schema::FactKind;
use crate::schema::Wire;
use crate::schema::graph::Relation;
use crate::schema::pattern;
use crate::schema::shape::{At, LIST, MAP, NULL, Shape, Texts};
use crate::schema::term::TermId;
use held::{holds, parts};
use std::rc::Rc;
use twice::{overlaps, texts_twice};

type Shapes<'s, 'a> = (Rc<Shape<'s, 'a>>, Rc<Shape<'s, 'a>>);

/// The shapes without what was compared as texts, which is told here: kinds of value that only one side writes.
pub fn compare<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, (left, right): Shapes<'s, 'a>) -> Shapes<'s, 'a> {
    let wire = diff.judge.origin(diff.new).wire;
    if !wire.is_text() {
        return (left, right);
    }
    let (left, right) = (plain(&left), plain(&right));
    overlaps(diff, &left, &right);
    let (one, other) = (scalars(&left), scalars(&right));
    // Maps are written in ways of their own, and so are lists among themselves.
    let lists = wire.has_lists() && (left.kinds() | right.kinds()) & MAP == 0;
    let [from, to] = [(diff.old, &left), (diff.new, &right)]
        .map(|(term, shape)| lists.then(|| items(diff, term, shape)).flatten());
    let several = one.count_ones() > 1 || other.count_ones() > 1;
    let (was, is) = (left.list.is_some(), right.list.is_some());
    if one == other && !several && was == is || one == 0 && other == 0 || !lists && (one == 0 || other == 0) {
        return (Rc::new(left), Rc::new(right));
    }
    texts_twice(diff, &left, &right);
    let relation = Relation {
        narrows: !written(diff, &left, (&right, &to)) || was && !is && !gathered(diff, &left, &from, &right),
        widens: !written(diff, &right, (&left, &from)) || is && !was && !gathered(diff, &right, &to, &left),
    };
    say(&left, &right, relation, &mut diff.found);
    (rest(left, was != is), rest(right, was != is))
}

/// Whether each single value of `inner` is one of `outer`, or an item that `outer` may be a list of.
fn written<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    inner: &Shape<'s, 'a>,
    (outer, items): (&Shape<'s, 'a>, &Option<Shape<'s, 'a>>),
) -> bool {
    let mut all = parts(diff, outer.clone(), 4);
    if let Some(items) = items.as_ref().filter(|_| !few(outer)) {
        all.extend(parts(diff, items.clone(), 4));
    }
    holds(diff, inner, &all)
}

/// Whether each list of `inner` is written as a single value of `outer`: lists of one, and joined ones as any text.
fn gathered<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    inner: &Shape<'s, 'a>,
    items: &Option<Shape<'s, 'a>>,
    outer: &Shape<'s, 'a>,
) -> bool {
    let joined = diff.judge.origin(diff.new).wire == Wire::Joined;
    let mut outer = parts(diff, outer.clone(), 4);
    if !single(inner) {
        // More follows the first item, which only texts allow.
        outer.retain(|part| joined && grows(part));
        outer.iter_mut().for_each(|part| (part.number, part.constants) = (None, 0));
    }
    items.as_ref().is_some_and(|items| holds(diff, &filled(items), &outer))
}

/// Items of a list that is written at all: one of an empty text is written as a list of nothing is.
fn filled<'s, 'a>(items: &Shape<'s, 'a>) -> Shape<'s, 'a> {
    let mut items = items.clone();
    if let (Some(class), Some(span)) = (&mut items.text, items.span) {
        let class = Rc::make_mut(class);
        match &mut class.literals {
            Some(literals) => literals.retain(|literal| literal.value.text() != Some("")),
            None if class.facets.least.is_none() => class.facets.least = Some(At { value: 1, span }),
            None => {}
        }
    }
    items
}

fn say(left: &Shape, right: &Shape, relation: Relation, found: &mut Found) {
    if relation.equal() {
        return;
    }
    let side = |shape: &Shape| shape.span.map(|span| (span, value::describe(shape)));
    let (was, is) = (value::describe(left), value::describe(right));
    let message = match was == is {
        true => "what it is written as changed".into(),
        false => format!("the type was `{was}` and is `{is}`"),
    };
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

/// Whether a text stays accepted if more is added to it.
fn grows(shape: &Shape) -> bool {
    shape.text.as_ref().is_some_and(|class| {
        let Texts { least: _, most, patterns, formats, content } = &class.facets;
        let open = patterns.iter().all(|at| pattern::grows(at.value));
        class.bare() && most.is_none() && open && formats.is_empty() && content.is_empty()
    })
}

/// Whether a list has one item at most.
fn single(shape: &Shape) -> bool {
    shape.list.as_ref().is_some_and(|class| class.facets.most.is_some_and(|most| most.value <= 1))
}

/// Whether a list of one is too short.
fn few(shape: &Shape) -> bool {
    shape.list.as_ref().is_some_and(|class| class.facets.least.is_some_and(|least| least.value > 1))
}

/// What the first item of a list may be; nothing where there is none, or a choice of lists.
fn items<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, of: TermId, shape: &Shape<'s, 'a>) -> Option<Shape<'s, 'a>> {
    let origin = diff.judge.origin(of).item();
    let class = shape.list.as_ref().filter(|class| class.bare())?;
    let term = list::item(diff.judge, origin, &class.facets, 0);
    Some(plain(&diff.judge.shape(term)))
}
