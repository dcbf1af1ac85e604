//! The intersection of two shapes, kind by kind. The result accepts what both accept.

use super::shape::{At, Class, Limit, Lists, Maps, Numbers, Shape, Texts, Words};
use std::rc::Rc;

/// Bounds that can hold together.
pub trait Facets: Clone + Default {
    /// Nothing is asked.
    fn free(&self) -> bool;
    /// Asks what another asks, too.
    fn add(&mut self, other: &Self);
}

impl<F: Facets> Class<'_, '_, F> {
    /// Whether nothing is asked.
    pub fn free(&self) -> bool {
        self.bare() && self.facets.free()
    }
}

/// What both accept.
pub fn shapes<'s, 'a>(left: Shape<'s, 'a>, right: Shape<'s, 'a>) -> Shape<'s, 'a> {
    Shape {
        span: left.span.or(right.span),
        constants: left.constants & right.constants,
        number: classes(left.number, right.number),
        text: classes(left.text, right.text),
        list: classes(left.list, right.list),
        map: classes(left.map, right.map),
        words: words(left.words, right.words),
        opaque: left.opaque.or(right.opaque),
    }
}

/// Of one kind, what both accept.
pub fn classes<'s, 'a, F: Facets>(
    left: Option<Rc<Class<'s, 'a, F>>>,
    right: Option<Rc<Class<'s, 'a, F>>>,
) -> Option<Rc<Class<'s, 'a, F>>> {
    let (mut left, right) = (left?, right?);
    if right.free() {
        return Some(left);
    }
    if left.free() {
        return Some(right);
    }
    let both = Rc::make_mut(&mut left);
    both.facets.add(&right.facets);
    both.literals = match (both.literals.take(), &right.literals) {
        (Some(mut mine), Some(other)) => {
            mine.retain(|literal| other.iter().any(|one| one.text == literal.text));
            Some(mine)
        }
        (Some(literals), None) => Some(literals),
        (None, literals) => literals.clone(),
    };
    both.choices.extend(right.choices.iter().cloned());
    both.nots.extend(right.nots.iter().copied());
    both.conditions.extend(right.conditions.iter().copied());
    Some(left)
}

fn words<'s, 'a>(mut left: Words<'s, 'a>, mut right: Words<'s, 'a>) -> Words<'s, 'a> {
    left.texts.append(&mut right.texts);
    Words {
        texts: left.texts,
        default: left.default.or(right.default),
        deprecated: left.deprecated.or(right.deprecated),
        read_only: left.read_only.or(right.read_only),
        write_only: left.write_only.or(right.write_only),
    }
}

/// The higher of two lower bounds.
pub fn least(left: Option<Limit>, right: Option<Limit>) -> Option<Limit> {
    match (left, right) {
        (Some(left), Some(right)) => {
            let takes = (right.value, right.exclusive) > (left.value, left.exclusive);
            Some(if takes { right } else { left })
        }
        (left, right) => left.or(right),
    }
}

/// The lower of two upper bounds.
pub fn greatest(left: Option<Limit>, right: Option<Limit>) -> Option<Limit> {
    match (left, right) {
        (Some(left), Some(right)) => {
            let takes = (right.value, !right.exclusive) < (left.value, !left.exclusive);
            Some(if takes { right } else { left })
        }
        (left, right) => left.or(right),
    }
}

fn most(left: &mut Option<At<u64>>, right: Option<At<u64>>) {
    if right.is_some_and(|right| left.is_none_or(|left| right.value < left.value)) {
        *left = right;
    }
}

fn fewest(left: &mut Option<At<u64>>, right: Option<At<u64>>) {
    if right.is_some_and(|right| left.is_none_or(|left| right.value > left.value)) {
        *left = right;
    }
}

fn join<T: Copy + PartialEq>(left: &mut Vec<At<T>>, right: &[At<T>]) {
    for at in right {
        if !left.iter().any(|mine| mine.value == at.value) {
            left.push(*at);
        }
    }
}

impl Facets for Numbers<'_> {
    fn free(&self) -> bool {
        let Numbers { whole, least, greatest, multiples, formats } = self;
        whole.is_none() && least.is_none() && greatest.is_none() && multiples.is_empty() && formats.is_empty()
    }

    fn add(&mut self, other: &Self) {
        self.whole = self.whole.or(other.whole);
        self.least = least(self.least, other.least);
        self.greatest = greatest(self.greatest, other.greatest);
        join(&mut self.multiples, &other.multiples);
        join(&mut self.formats, &other.formats);
    }
}

impl Facets for Texts<'_, '_> {
    fn free(&self) -> bool {
        let Texts { least, most, patterns, formats, content } = self;
        least.is_none() && most.is_none() && patterns.is_empty() && formats.is_empty() && content.is_empty()
    }

    fn add(&mut self, other: &Self) {
        fewest(&mut self.least, other.least);
        most(&mut self.most, other.most);
        join(&mut self.patterns, &other.patterns);
        join(&mut self.formats, &other.formats);
        self.content.extend(&other.content);
    }
}

impl Facets for Lists<'_, '_> {
    fn free(&self) -> bool {
        let Lists { parts, least, most, unique, contains, opaque } = self;
        let bounds = least.is_none() && most.is_none() && unique.is_none();
        bounds && parts.is_empty() && contains.is_empty() && opaque.is_empty()
    }

    fn add(&mut self, other: &Self) {
        self.parts.extend(other.parts.iter().cloned());
        fewest(&mut self.least, other.least);
        most(&mut self.most, other.most);
        self.unique = self.unique.or(other.unique);
        self.contains.extend(&other.contains);
        self.opaque.extend(&other.opaque);
    }
}

impl Facets for Maps<'_, '_> {
    fn free(&self) -> bool {
        let Maps { parts, required, hidden, least, most, names, needs, depends, opaque } = self;
        let lists = parts.is_empty() && required.is_empty() && hidden.is_empty() && names.is_empty();
        lists
            && needs.is_empty()
            && depends.is_empty()
            && opaque.is_empty()
            && least.is_none()
            && most.is_none()
    }

    fn add(&mut self, other: &Self) {
        self.parts.extend(other.parts.iter().cloned());
        self.required.extend(&other.required);
        self.required.sort();
        self.required.dedup_by_key(|name| name.0);
        self.hidden.extend(&other.hidden);
        fewest(&mut self.least, other.least);
        most(&mut self.most, other.most);
        join(&mut self.names, &other.names);
        self.needs.extend(&other.needs);
        self.needs.sort();
        self.needs.dedup_by_key(|need| (need.0, need.1));
        self.depends.extend(&other.depends);
        self.opaque.extend(&other.opaque);
    }
}
