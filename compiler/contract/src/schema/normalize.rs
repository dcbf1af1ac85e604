//! The last step of a shape: what follows from its parts together is drawn, so that equal sets look equal. Integers from
//! `exclusiveMinimum: 0` begin at 1; a closed tuple of two has `maxItems: 2`; literals that the bounds refuse are gone.

use super::Judge;
use super::intersect::Facets;
use super::literal::Literal;
use super::pattern;
use super::shape::{At, Class, Limit, Lists, Maps, Numbers, Shape, Texts};
use super::term::Origin;
use bastide_report::units::decimal::Decimal;
use std::rc::Rc;

impl<'s, 'a> Judge<'s, 'a> {
    pub(super) fn normalize(&mut self, origin: Origin, shape: &mut Shape<'s, 'a>) {
        self.filter(origin, shape);
        left(&mut shape.number, numbers);
        left(&mut shape.text, texts);
        left(&mut shape.list, lists);
        left(&mut shape.map, maps);
    }

    /// Literals the rest refuses go; then the rest says nothing more.
    fn filter(&mut self, origin: Origin, shape: &mut Shape<'s, 'a>) {
        if !listed(&shape.number) && !listed(&shape.text) && !listed(&shape.list) && !listed(&shape.map) {
            return;
        }
        let whole = shape.clone();
        self.kept(origin, &mut shape.number, &whole);
        self.kept(origin, &mut shape.text, &whole);
        self.kept(origin, &mut shape.list, &whole);
        self.kept(origin, &mut shape.map, &whole);
    }

    fn kept<F: Facets>(
        &mut self,
        origin: Origin,
        kind: &mut Option<Rc<Class<'s, 'a, F>>>,
        whole: &Shape<'s, 'a>,
    ) {
        let Some(class) = kind else { return };
        let Some(literals) = &class.literals else { return };
        let alone = class.choices.is_empty() && class.nots.is_empty() && class.conditions.is_empty();
        let literals: Vec<Literal> = if alone && class.facets.free() {
            literals.clone()
        } else {
            literals
                .iter()
                .filter(|it| self.bounds(origin, whole, it.value) != Some(false))
                .cloned()
                .collect()
        };
        let twice = class.twice.clone();
        *kind = (!literals.is_empty())
            .then(|| Rc::new(Class { literals: Some(literals), twice, ..Class::default() }));
    }
}

fn listed<F>(kind: &Option<Rc<Class<F>>>) -> bool {
    kind.as_ref().is_some_and(|class| class.literals.is_some())
}

/// Draws conclusions of one kind, unless there is nothing to draw them from; `some` says whether values are left.
fn left<'s, 'a, F: Facets>(
    kind: &mut Option<Rc<Class<'s, 'a, F>>>,
    some: impl FnOnce(&mut Class<'s, 'a, F>) -> bool,
) {
    let asks = |class: &Class<F>| class.literals.is_none() && !class.facets.free();
    let empty = kind.as_mut().is_some_and(|class| asks(class) && !some(Rc::make_mut(class)));
    kind.take_if(|_| empty);
}

/// Whether numbers are left.
fn numbers(class: &mut Class<Numbers>) -> bool {
    let facets = &mut class.facets;
    if facets.whole.is_none() {
        facets.whole = facets.multiples.iter().find(|at| at.value.whole()).map(|at| at.span);
    }
    if facets.whole.is_some() {
        let one = Decimal::from(1);
        facets.multiples.retain(|at| one.multiple_of(at.value) != Some(true));
        facets.least = facets.least.map(|limit| inward(limit, 1));
        facets.greatest = facets.greatest.map(|limit| inward(limit, -1));
    }
    let multiples = facets.multiples.clone();
    let implied = |at: &At<Decimal>| {
        multiples.iter().any(|by| by.value != at.value && by.value.multiple_of(at.value) == Some(true))
    };
    facets.multiples.retain(|at| !implied(at));
    facets.multiples.sort_by_key(|at| at.value);
    if let [only] = &facets.multiples[..]
        && let Some(by) = only.value.small().filter(|by| *by > 0)
    {
        facets.least = facets.least.map(|limit| to_multiple(limit, by, true));
        facets.greatest = facets.greatest.map(|limit| to_multiple(limit, by, false));
    }
    match (facets.least, facets.greatest) {
        (Some(least), Some(greatest)) => {
            least.value < greatest.value
                || least.value == greatest.value && !least.exclusive && !greatest.exclusive
        }
        _ => true,
    }
}

/// A bound of whole numbers as the outermost number that is in.
fn inward(limit: Limit, step: i64) -> Limit {
    let rounded = limit.value.round(step > 0);
    let moved = if limit.exclusive && rounded == limit.value { rounded.step(step) } else { Some(rounded) };
    match moved {
        Some(value) => Limit { value, exclusive: false, ..limit },
        None => limit,
    }
}

/// A bound of multiples of a whole number as the outermost of them that is in.
fn to_multiple(limit: Limit, by: i64, up: bool) -> Limit {
    let Some(whole) = limit.value.round(up).small() else { return limit };
    let out = limit.exclusive && limit.value.whole();
    let first = if !out { Some(whole) } else { whole.checked_add(if up { 1 } else { -1 }) };
    let rest = first.map(|first| first.rem_euclid(by));
    let moved = first.zip(rest).and_then(|(first, rest)| match up {
        true if rest != 0 => first.checked_add(by - rest),
        _ => first.checked_sub(rest),
    });
    let value = moved.and_then(|moved| Decimal::read(&moved.to_string()));
    value.map_or(limit, |value| Limit { value, exclusive: false, ..limit })
}

/// Whether texts are left.
fn texts(class: &mut Class<Texts>) -> bool {
    let facets = &mut class.facets;
    facets.least.take_if(|at| at.value == 0);
    facets.patterns.retain(|at| !pattern::trivial(at.value));
    facets.patterns.sort_by_key(|at| at.value);
    let rest = |at: usize| facets.patterns[at + 1..].iter();
    let apart = |(at, one): (usize, &At<&str>)| {
        rest(at).any(|other| pattern::apart(one.value, other.value) == Some(true))
    };
    !facets.patterns.iter().enumerate().any(apart) && crossed(facets.least, facets.most)
}

/// Whether lists are left.
fn lists(class: &mut Class<Lists>) -> bool {
    let facets = &mut class.facets;
    facets.least.take_if(|at| at.value == 0);
    for part in &facets.parts {
        if let Some(rest) = part.rest.filter(|rest| rest.is(false)) {
            let length = part.prefix.len() as u64;
            if facets.most.is_none_or(|most| length < most.value) {
                facets.most = Some(At { value: length, span: rest.span });
            }
        }
    }
    facets.unique.take_if(|_| facets.most.is_some_and(|most| most.value <= 1));
    facets.contains.retain(|contains| contains.least > 0 || contains.most.is_some());
    crossed(facets.least, facets.most)
}

/// Whether maps are left.
fn maps(class: &mut Class<Maps>) -> bool {
    let facets = &mut class.facets;
    let hidden = std::mem::take(&mut facets.hidden);
    facets.required.retain(|(name, _)| !hidden.contains(name));
    facets.needs.retain(|(with, name, _)| with != name && !hidden.contains(name));
    let required = std::mem::take(&mut facets.required);
    let must = |name: &str| required.binary_search_by(|known| known.0.cmp(name)).is_ok();
    facets.needs.retain(|(_, name, _)| !must(name));
    facets.least.take_if(|at| at.value <= required.len() as u64);
    let room = facets.room();
    facets.most.take_if(|at| room.is_some_and(|room| room <= at.value));
    let possible = required.iter().all(|(name, _)| facets.parts.iter().all(|part| can_have(part, name)));
    let fits = facets.most.is_none_or(|most| required.len() as u64 <= most.value);
    let enough = facets.least.is_none_or(|least| room.is_none_or(|room| least.value <= room));
    facets.required = required;
    facets.hidden = hidden;
    possible && fits && enough && crossed(facets.least, facets.most)
}

/// Whether a part lets a property be there; `false` as its schema is the only bar that is looked for.
pub fn can_have(part: &super::shape::MapPart, name: &str) -> bool {
    match part.named.binary_search_by(|property| property.name.cmp(name)) {
        Ok(at) => part.only_names || !part.named[at].value.is(false),
        Err(_) => !part.patterns.is_empty() || !part.others.is_some_and(|others| others.is(false)),
    }
}

fn crossed(least: Option<At<u64>>, most: Option<At<u64>>) -> bool {
    least.is_none_or(|least| most.is_none_or(|most| least.value <= most.value))
}
