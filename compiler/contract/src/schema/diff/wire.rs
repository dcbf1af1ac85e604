//! Values that are written as texts: whether each text that could be written on one side is one that can on the other. A
//! number is its digits there, a truth value its word, `null` is what is left out, a list of one its item.

use super::{Diff, Found, list, number, text, value};
use crate::schema::FactKind;
use crate::schema::Wire;
use crate::schema::accepts;
use crate::schema::graph::Relation;
use crate::schema::intersect::Facets;
use crate::schema::pattern;
use crate::schema::shape::{
    Choice, Class, FALSE, LIST, MAP, NULL, NUMBER, Numbers, Shape, TEXT, TRUE, Texts,
};
use crate::schema::term::TermId;
use crate::value::Data;
use bastide_report::units::decimal::Decimal;
use std::rc::Rc;

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
    let joined = diff.judge.origin(diff.new).wire == Wire::Joined && grows(outer);
    let outer = parts(diff, outer.clone(), 4);
    items.as_ref().is_some_and(|items| (single(inner) || joined) && holds(diff, items, &outer))
}

/// A plain side that became a `oneOf`: what two branches accept is refused, whatever it is written as.
fn overlaps<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, left: &Shape<'s, 'a>, right: &Shape<'s, 'a>) {
    if left.twice.is_some() {
        return;
    }
    if let (Some(old), Some(new)) = (&left.text, &right.text) {
        overlap(diff, TEXT, (old, new));
        value::twice(old, new, &mut diff.found);
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
        None => super::choice::at_once(diff, choice, &choice.branches),
        Some(literals) => value::taken_twice(diff, literals, choice),
    }
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
        class.bare() && most.is_none() && patterns.is_empty() && formats.is_empty() && content.is_empty()
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

/// Whether each text that the single values of `inner` are written as can be one of `outer`, branch by branch.
fn holds<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, inner: &Shape<'s, 'a>, outer: &[Shape<'s, 'a>]) -> bool {
    parts(diff, inner.clone(), 4).iter().flat_map(by_kind).collect::<Vec<_>>().iter().all(|one| {
        let apart = outer.iter().any(|other| part_held(diff, one, other));
        apart
            || values(one).is_some_and(|all| all.iter().all(|it| outer.iter().any(|other| takes(other, it))))
    })
}

/// Truth values, numbers and texts of a shape, each alone.
fn by_kind<'s, 'a>(shape: &Shape<'s, 'a>) -> Vec<Shape<'s, 'a>> {
    let none = || Shape { constants: 0, number: None, text: None, ..shape.clone() };
    let truths = (shape.constants != 0).then(|| Shape { constants: shape.constants, ..none() });
    let numbers = shape.number.clone().map(|number| Shape { number: Some(number), ..none() });
    let texts = shape.text.clone().map(|text| Shape { text: Some(text), ..none() });
    [truths, numbers, texts].into_iter().flatten().collect()
}

/// A shape as its branches, each with what stands beside the choice: what one of them is written as, the whole is.
fn parts<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, mut shape: Shape<'s, 'a>, depth: usize) -> Vec<Shape<'s, 'a>> {
    let only = |choices: &[Choice<'s, 'a>], free: bool| match choices {
        [choice] if free => Some(choice.branches.clone()),
        _ => None,
    };
    let text = shape.text.as_ref().and_then(|it| only(&it.choices, it.facets.free() && it.nots.is_empty()));
    let number =
        shape.number.as_ref().and_then(|it| only(&it.choices, it.facets.free() && it.nots.is_empty()));
    if depth == 0 || text.is_none() && number.is_none() {
        return vec![plain(&shape)];
    }
    shape.text.take_if(|_| text.is_some());
    shape.number.take_if(|_| number.is_some());
    let mut found = vec![plain(&shape)];
    for branch in text.into_iter().chain(number).flatten() {
        let inner = diff.judge.shape(branch.term);
        found.append(&mut parts(diff, plain(&inner), depth - 1));
    }
    found
}

/// All texts a shape is written as, where they are listed.
fn values(shape: &Shape) -> Option<Vec<String>> {
    let mut all: Vec<String> = vec![];
    for (bit, word) in [(TRUE, "true"), (FALSE, "false")] {
        all.extend((shape.constants & bit != 0).then(|| word.to_string()));
    }
    if let Some(class) = &shape.number {
        match &class.literals {
            Some(literals) => all.extend(literals.iter().map(|it| it.text.clone())),
            None => all.extend(class.facets.few()?),
        }
    }
    if let Some(class) = &shape.text {
        all.extend(class.literals.as_ref()?.iter().filter_map(|it| Some(it.value.text()?.to_string())));
    }
    Some(all)
}

fn part_held<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, inner: &Shape<'s, 'a>, outer: &Shape<'s, 'a>) -> bool {
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
    let least = bound(class.facets.least);
    if let Some(all) = class.facets.few() {
        return all.iter().all(|number| takes(outer, number));
    }
    let sign = if least.is_some_and(|low| low >= 0) { "" } else { "-?" };
    let fraction = if class.facets.whole.is_some() { "" } else { "(\\.[0-9]+)?" };
    let digits = format!("^{sign}(0|[1-9][0-9]*){fraction}$");
    let bare = |class: &Class<Texts>| {
        let Texts { least, most, formats, content, .. } = &class.facets;
        let short = least.is_none_or(|at| at.value <= 1) && most.is_none() && content.is_empty();
        class.bare() && short && formats.is_empty()
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
fn within<'s, 'a, F: Facets>(
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
    let word =
        text == "true" && shape.constants & TRUE != 0 || text == "false" && shape.constants & FALSE != 0;
    let number = shape.number.as_ref().is_some_and(|class| match &class.literals {
        Some(literals) => {
            literals.iter().any(|literal| Decimal::read(&literal.text) == Decimal::read(text) && digits(text))
        }
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
