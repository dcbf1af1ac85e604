//! The intersection of two shapes, kind by kind. The result accepts what both accept.

use super::accepts;
use super::literal::digits;
use super::shape::{At, Choice, Class, Limit, ListPart, Lists, Maps, Numbers, Shape, Texts, Words};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Bounds that can hold together.
pub trait Facets: Clone + Default {
    /// Nothing is asked.
    fn free(&self) -> bool;
    /// Asks what another asks, too.
    fn add(&mut self, other: &Self);
    /// The canonical texts of all it lets pass, where they are few.
    fn few(&self) -> Option<Vec<String>> {
        None
    }
}

impl<F: Facets> Class<'_, '_, F> {
    /// Whether nothing is asked.
    pub fn free(&self) -> bool {
        self.bare() && self.facets.free()
    }
}

/// What all accept. Halves are joined, so that many do not take the square of their number.
pub fn all<'s, 'a>(mut shapes: Vec<Shape<'s, 'a>>) -> Option<Shape<'s, 'a>> {
    if shapes.len() < 2 {
        return shapes.pop();
    }
    let right = all(shapes.split_off(shapes.len() / 2));
    Some(self::shapes(all(shapes)?, right?))
}

/// What both accept.
pub fn shapes<'s, 'a>(left: Shape<'s, 'a>, right: Shape<'s, 'a>) -> Shape<'s, 'a> {
    Shape {
        span: left.span.or(right.span),
        constants: left.constants & right.constants,
        twice: left.twice.or(right.twice),
        number: classes(left.number, right.number),
        text: classes(left.text, right.text),
        list: classes(left.list, right.list),
        map: classes(left.map, right.map),
        words: words(left.words, right.words),
        parent: left.parent.or(right.parent),
        opaque: left.opaque.or(right.opaque),
    }
}

/// Of one kind, what both accept.
pub fn classes<'s, 'a, F: Facets>(
    left: Option<Rc<Class<'s, 'a, F>>>,
    right: Option<Rc<Class<'s, 'a, F>>>,
) -> Option<Rc<Class<'s, 'a, F>>> {
    let (mut left, right) = (left?, right?);
    if right.free() || Rc::ptr_eq(&left, &right) {
        return Some(left);
    }
    if left.free() {
        return Some(right);
    }
    let both = Rc::make_mut(&mut left);
    both.facets.add(&right.facets);
    both.literals = match (both.literals.take(), &right.literals) {
        (Some(mut mine), Some(other)) => {
            let known: BTreeSet<&str> = other.iter().map(|literal| literal.text.as_str()).collect();
            mine.retain(|literal| known.contains(literal.text.as_str()));
            Some(mine)
        }
        (Some(literals), None) => Some(literals),
        (None, literals) => literals.clone(),
    };
    both.twice = both.twice.take().or_else(|| right.twice.clone());
    let branches = |choice: &Choice| choice.branches.iter().map(|it| it.term).collect::<Vec<_>>();
    unite(&mut both.choices, &right.choices, |choice| (choice.span, choice.one, branches(choice)));
    unite(&mut both.nots, &right.nots, |not| not.value);
    unite(&mut both.conditions, &right.conditions, |it| (it.span, it.when, it.then, it.other));
    Some(left)
}

/// Adds what is not there yet: what holds once holds as well if two schemas ask it, however they came by it. Without
/// this, schemas that refer to one another in several ways double at each step.
fn unite<T: Clone, K: Ord>(left: &mut Vec<T>, right: &[T], key: impl Fn(&T) -> K) {
    if left.len() * right.len() <= 16 {
        for it in right {
            if !left.iter().any(|known| key(known) == key(it)) {
                left.push(it.clone());
            }
        }
        return;
    }
    let mut known: BTreeSet<K> = left.iter().map(&key).collect();
    left.extend(right.iter().filter(|it| known.insert(key(it))).cloned());
}

/// Where something is in memory, which tells values and parts apart.
fn place<T>(of: &T) -> usize {
    std::ptr::from_ref(of) as usize
}

fn words<'s, 'a>(mut left: Words<'s, 'a>, right: Words<'s, 'a>) -> Words<'s, 'a> {
    unite(&mut left.texts, &right.texts, |(key, value)| (*key, place(*value)));
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

fn join<T: Copy + Ord>(left: &mut Vec<At<T>>, right: &[At<T>]) {
    unite(left, right, |at| at.value);
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

    fn few(&self) -> Option<Vec<String>> {
        Some(accepts::few(self)?.into_iter().map(digits).collect())
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
        unite(&mut self.content, &other.content, |(key, value)| (*key, place(*value)));
    }

    fn few(&self) -> Option<Vec<String>> {
        Some(accepts::few_texts(self)?.iter().map(|text| format!("{text:?}")).collect())
    }
}

impl Facets for Lists<'_, '_> {
    fn free(&self) -> bool {
        let Lists { parts, least, most, unique, contains, opaque } = self;
        let bounds = least.is_none() && most.is_none() && unique.is_none();
        bounds && parts.is_empty() && contains.is_empty() && opaque.is_empty()
    }

    fn add(&mut self, other: &Self) {
        let places = |part: &ListPart| {
            let prefix = part.prefix.iter().map(|item| place(*item)).collect::<Vec<_>>();
            (part.rest.map(place), prefix)
        };
        unite(&mut self.parts, &other.parts, places);
        fewest(&mut self.least, other.least);
        most(&mut self.most, other.most);
        self.unique = self.unique.or(other.unique);
        unite(&mut self.contains, &other.contains, |it| (it.span, it.term, it.least, it.most));
        unite(&mut self.opaque, &other.opaque, |value| place(*value));
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
        unite(&mut self.parts, &other.parts, |part| place(&**part));
        self.required.extend(&other.required);
        self.required.sort();
        self.required.dedup_by_key(|name| name.0);
        unite(&mut self.hidden, &other.hidden, |name| *name);
        fewest(&mut self.least, other.least);
        most(&mut self.most, other.most);
        join(&mut self.names, &other.names);
        self.needs.extend(&other.needs);
        self.needs.sort();
        self.needs.dedup_by_key(|need| (need.0, need.1));
        unite(&mut self.depends, &other.depends, |(name, at)| (*name, at.value));
        unite(&mut self.opaque, &other.opaque, |value| place(*value));
    }
}
