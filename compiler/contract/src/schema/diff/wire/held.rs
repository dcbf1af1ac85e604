//! Whether what one shape is written as is among what another is.

use super::{free, plain};
use crate::schema::accepts;
use crate::schema::diff::{Diff, Found, number, text, value};
use crate::schema::intersect::Facets;
use crate::schema::pattern;
use crate::schema::shape::{Choice, Class, FALSE, NUMBER, Numbers, Shape, TEXT, TRUE, Texts};
use crate::value::Data;
use bastide_report::units::decimal::Decimal;
use std::rc::Rc;

/// Whether each text that the single values of `inner` are written as can be one of `outer`, branch by branch.
pub(super) fn holds<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    inner: &Shape<'s, 'a>,
    outer: &[Shape<'s, 'a>],
) -> bool {
    parts(diff, inner.clone(), 4).iter().flat_map(by_kind).collect::<Vec<_>>().iter().all(|one| {
        let apart = outer.iter().any(|other| part_held(diff, one, other));
        apart
            || values(one).is_some_and(|all| all.iter().all(|it| outer.iter().any(|other| takes(other, it))))
    })
}

/// Truth values, numbers and texts of a shape, each alone.
pub(super) fn by_kind<'s, 'a>(shape: &Shape<'s, 'a>) -> Vec<Shape<'s, 'a>> {
    let none = || Shape { constants: 0, number: None, text: None, ..shape.clone() };
    let truths = (shape.constants != 0).then(|| Shape { constants: shape.constants, ..none() });
    let numbers = shape.number.clone().map(|number| Shape { number: Some(number), ..none() });
    let texts = shape.text.clone().map(|text| Shape { text: Some(text), ..none() });
    [truths, numbers, texts].into_iter().flatten().collect()
}

/// A shape as its branches, each with what stands beside the choice: what one of them is written as, the whole is.
pub(super) fn parts<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    mut shape: Shape<'s, 'a>,
    depth: usize,
) -> Vec<Shape<'s, 'a>> {
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
pub(super) fn values(shape: &Shape) -> Option<Vec<String>> {
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
        match &class.literals {
            Some(literals) => all.extend(literals.iter().filter_map(|it| Some(it.value.text()?.to_string()))),
            None => all.extend(accepts::few_texts(&class.facets)?),
        }
    }
    Some(all)
}

pub(super) fn part_held<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    inner: &Shape<'s, 'a>,
    outer: &Shape<'s, 'a>,
) -> bool {
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
    if let Some(literals) = &class.literals {
        return literals.iter().all(|literal| takes(outer, &literal.text));
    }
    if let Some(other) = &outer.number
        && within(diff, NUMBER, (class, other), number::compare)
    {
        return true;
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
    // What is listed is asked for one by one: the terms of this pair say nothing of a part of it.
    let written = |value: &crate::value::Value| match &value.data {
        Data::Text(text) => takes(outer, text),
        _ => false,
    };
    match (&class.literals, &outer.text) {
        (Some(literals), _) => literals.iter().all(|it| written(it.value)),
        (None, Some(other)) => within(diff, TEXT, (class, other), text::compare),
        (None, None) => false,
    }
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
pub(super) fn takes(shape: &Shape, text: &str) -> bool {
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
