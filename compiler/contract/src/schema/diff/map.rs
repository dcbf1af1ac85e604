//! Maps.

use super::{Diff, Found, NARROWS, WIDENS, graph, list, xml};
use crate::schema::graph::{Relation, Step};
use crate::schema::shape::{At, MapPart, Maps, TEXT};
use crate::schema::term::{Atom, Origin, TermId};
use crate::schema::{FactKind, Judge, pattern};
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// Compares bounds of maps.
pub fn compare<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Maps<'s, 'a>, new: &Maps<'s, 'a>) {
    properties(diff, old, new);
    others(diff, old, new);
    counts(old, new, &mut diff.found);
    names(diff, old, new);
    dependencies(diff, old, new);
    let word = "unevaluatedProperties";
    list::opaque(FactKind::UnevaluatedProperties, word, &old.opaque, &new.opaque, &mut diff.found);
}

/// How many properties there may be. Required names are so many at least, and a closed model holds so many at most.
fn counts(old: &Maps, new: &Maps, found: &mut Found) {
    let value = |at: Option<At<u64>>| at.map(|at| at.value);
    let least = |maps: &Maps| value(maps.least).unwrap_or(0).max(maps.required.len() as u64);
    let most = |maps: &Maps| value(maps.most).unwrap_or(u64::MAX).min(maps.room().unwrap_or(u64::MAX));
    let fewer = Relation {
        narrows: value(new.least).is_some_and(|bound| bound > least(old)),
        widens: value(old.least).is_some_and(|bound| bound > least(new)),
    };
    let more = Relation {
        narrows: value(new.most).is_some_and(|bound| bound < most(old)),
        widens: value(old.most).is_some_and(|bound| bound < most(new)),
    };
    if !fewer.equal() {
        found.bound(FactKind::MinProperties, "minProperties", fewer.narrows, old.least, new.least);
    }
    if !more.equal() {
        found.bound(FactKind::MaxProperties, "maxProperties", more.narrows, old.most, new.most);
    }
}

/// A name, where each side declares it.
type Declared<'s> = (&'s str, Option<Span>, Option<Span>);

fn properties<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Maps<'s, 'a>, new: &Maps<'s, 'a>) {
    let [from, to] = diff.origins().map(Origin::property);
    let (before, after) = (Speakers::of(old), Speakers::of(new));
    for (name, left, right) in declared(old, new) {
        let was = named(diff.judge, from, before.parts(old, name), name);
        let is = named(diff.judge, to, after.parts(new, name), name);
        match (left, right) {
            (Some(_), Some(_)) => {
                xml::property(diff, name, was, is);
                diff.part(Step::Property(name), was, is);
            }
            (None, Some(at)) => alone(diff, (was, is), (old, new), (name, at), true),
            (Some(at), None) => alone(diff, (was, is), (old, new), (name, at), false),
            (None, None) => {}
        }
        // What is required may be declared nowhere: only what is declared and required at once says both at once.
        let needed = must(if right.is_some() { new } else { old }, name).is_some();
        if left.is_some() == right.is_some() || !needed {
            required(name, (old, left), (new, right), &mut diff.found);
        }
    }
}

/// All names either side speaks of, sorted; declared by `properties`, or only required.
fn declared<'s>(old: &Maps<'s, '_>, new: &Maps<'s, '_>) -> Vec<Declared<'s>> {
    let mut all: Vec<Declared<'s>> = vec![];
    for (maps, is_old) in [(old, true), (new, false)] {
        for part in maps.parts.iter().filter(|part| !part.only_names) {
            all.extend(part.named.iter().map(|property| {
                let at = Some(property.span);
                (property.name, at.filter(|_| is_old), at.filter(|_| !is_old))
            }));
        }
        all.extend(maps.required.iter().map(|(name, _)| (*name, None, None)));
    }
    all.sort_by_key(|one| one.0);
    all.dedup_by(|next, first| {
        let same = next.0 == first.0;
        if same {
            first.1 = first.1.or(next.1);
            first.2 = first.2.or(next.2);
        }
        same
    });
    all
}

fn must(maps: &Maps, name: &str) -> Option<Span> {
    maps.required.binary_search_by(|known| known.0.cmp(name)).ok().map(|at| maps.required[at].1)
}

/// Which of many parts speak of a name, so that not each is asked for each name.
struct Speakers<'s> {
    /// By name, those that declare it.
    by_name: BTreeMap<&'s str, Vec<usize>>,
    /// Those that speak of every name.
    general: Vec<usize>,
    few: bool,
}

impl<'s> Speakers<'s> {
    fn of(maps: &Maps<'s, '_>) -> Speakers<'s> {
        let few = maps.parts.len() <= 8;
        let (mut by_name, mut general) = (BTreeMap::<_, Vec<usize>>::new(), vec![]);
        for (at, part) in maps.parts.iter().enumerate().filter(|_| !few) {
            if part.others.is_some() || !part.patterns.is_empty() {
                general.push(at);
            } else {
                part.named.iter().for_each(|it| by_name.entry(it.name).or_default().push(at));
            }
        }
        Speakers { by_name, general, few }
    }

    /// In the order of the parts.
    fn parts<'m, 'a>(&self, maps: &'m Maps<'s, 'a>, name: &str) -> Vec<&'m MapPart<'s, 'a>> {
        if self.few {
            return maps.parts.iter().map(|part| &**part).collect();
        }
        let own = self.by_name.get(name).into_iter().flatten();
        let mut at: Vec<usize> = own.chain(&self.general).copied().collect();
        at.sort_unstable();
        at.into_iter().map(|at| &*maps.parts[at]).collect()
    }
}

/// What holds of the property with a name, declared or not, by the parts that speak of it.
fn named<'s, 'a>(
    judge: &mut Judge<'s, 'a>,
    origin: Origin,
    parts: Vec<&MapPart<'s, 'a>>,
    name: &str,
) -> TermId {
    let mut atoms = vec![];
    for part in parts {
        let own = part.named.binary_search_by(|property| property.name.cmp(name)).ok();
        let by_pattern = part.patterns.iter().filter(|(text, ..)| pattern::matches(text, name) == Some(true));
        let mut schemas: Vec<_> = own.map(|at| part.named[at].value).into_iter().collect();
        schemas.extend(by_pattern.map(|(.., schema)| *schema));
        if schemas.is_empty() {
            schemas.extend(part.others);
        } else if part.only_names {
            schemas.clear();
        }
        atoms.extend(schemas.into_iter().filter(|schema| !schema.is(true)).map(Atom::Schema));
    }
    judge.term(origin, &atoms)
}

/// A property that is declared on one side only; the new one if it `came`.
fn alone(
    diff: &mut Diff,
    (was, is): (TermId, TermId),
    (old, new): (&Maps, &Maps),
    (name, at): (&str, Span),
    came: bool,
) {
    let mut relation = diff.judge.relation(was, is, graph::ALL);
    let (before, after) = (must(old, name).is_some(), must(new, name).is_some());
    let needed = if came { after } else { before };
    relation.narrows |= needed && after && !before;
    relation.widens |= needed && before && !after;
    let word = if needed { "required" } else { "optional" };
    let side = Some((at, described(diff.judge, if came { is } else { was }, word)));
    let (left, right) = if came { (None, side) } else { (side, None) };
    let kind = match (came, needed) {
        (true, true) => FactKind::PropertyAddedRequired,
        (true, false) => FactKind::PropertyAddedOptional,
        (false, true) => FactKind::PropertyRemovedRequired,
        (false, false) => FactKind::PropertyRemovedOptional,
    };
    let how = match came {
        true => "new",
        false if diff.judge.shape(is).empty() => "gone and no longer accepted",
        false => "gone",
    };
    diff.found.say_of(name, kind, relation, left, right, format!("the {word} property `{name}` is {how}"));
}

/// `required string` and its like.
fn described(judge: &mut Judge, term: TermId, word: &str) -> String {
    format!("{word} {}", super::value::describe(&judge.shape(term)))
}

fn required(name: &str, old: (&Maps, Option<Span>), new: (&Maps, Option<Span>), found: &mut Found) {
    let (was, is) = (must(old.0, name), must(new.0, name));
    let side = |must: Option<Span>, declared: Option<Span>| {
        let word = if must.is_some() { "required" } else { "optional" };
        must.or(declared).map(|span| (span, word.to_string()))
    };
    let (left, right) = (side(was, old.1), side(is, new.1));
    if was.is_none() && is.is_some() {
        let message = format!("the property `{name}` must be there now");
        found.say_of(name, FactKind::BecameRequired, NARROWS, left, right, message);
    } else if was.is_some() && is.is_none() {
        let message = format!("the property `{name}` may be left out now");
        found.say_of(name, FactKind::BecameOptional, WIDENS, left, right, message);
    }
}

/// What holds of names that are not declared: those of a pattern, or those of none.
fn undeclared<'s, 'a>(
    judge: &mut Judge<'s, 'a>,
    origin: Origin,
    maps: &Maps<'s, 'a>,
    by: Option<&str>,
) -> TermId {
    let mut atoms = vec![];
    for part in &maps.parts {
        let pattern = part.patterns.iter().find(|(text, ..)| Some(*text) == by);
        let schema = match pattern {
            Some(_) if part.only_names => None,
            Some((.., schema)) => Some(*schema),
            None => part.others,
        };
        atoms.extend(schema.filter(|schema| !schema.is(true)).map(Atom::Schema));
    }
    judge.term(origin, &atoms)
}

fn others<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Maps<'s, 'a>, new: &Maps<'s, 'a>) {
    let [from, to] = diff.origins().map(Origin::property);
    let place = |maps: &Maps| {
        let part = maps.parts.iter().filter_map(|part| part.others);
        part.map(|value| (value.span, "additionalProperties".to_string())).next()
    };
    let (was, is) = (undeclared(diff.judge, from, old, None), undeclared(diff.judge, to, new, None));
    let closed = (diff.judge.shape(was).empty(), diff.judge.shape(is).empty());
    let free = (diff.judge.free(was), diff.judge.free(is));
    match (closed, free) {
        ((true, true), _) | (_, (true, true)) => {}
        ((true, false), _) => {
            let message = "properties that are not declared are accepted now".into();
            diff.found.say(FactKind::Opened, WIDENS, place(old), place(new), message);
        }
        ((false, true), _) => {
            let message = "properties that are not declared are refused now".into();
            diff.found.say(FactKind::Closed, NARROWS, place(old), place(new), message);
        }
        (_, (false, false)) => diff.part(Step::Others, was, is),
        _ => {
            let relation = diff.judge.relation(was, is, graph::ALL);
            if !relation.equal() {
                let message = "what properties that are not declared may hold changed".into();
                diff.found.say(FactKind::Additional, relation, place(old), place(new), message);
            }
        }
    }
    patterns(diff, old, new);
}

fn patterns<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Maps<'s, 'a>, new: &Maps<'s, 'a>) {
    let [from, to] = diff.origins().map(Origin::property);
    let all = |maps: &Maps<'s, 'a>| {
        let parts = maps.parts.iter().filter(|part| !part.only_names);
        parts.flat_map(|part| part.patterns.iter().map(|(text, span, _)| (*text, *span))).collect::<Vec<_>>()
    };
    let (left, right) = (all(old), all(new));
    let mut texts: Vec<_> = left.iter().chain(&right).map(|one| one.0).collect();
    texts.sort_unstable();
    texts.dedup();
    for text in texts {
        let at = |side: &[(&str, Span)]| {
            side.iter().find(|one| one.0 == text).map(|one| (one.1, text.to_string()))
        };
        let (was, is) =
            (undeclared(diff.judge, from, old, Some(text)), undeclared(diff.judge, to, new, Some(text)));
        let (gone, came) = (at(&left), at(&right));
        if gone.is_some() && came.is_some() {
            diff.part(Step::Pattern(text), was, is);
            continue;
        }
        let relation = diff.judge.relation(was, is, graph::ALL);
        if !relation.equal() {
            let (kind, word) = match came {
                Some(_) => (FactKind::PatternPropertyAdded, "new"),
                None => (FactKind::PatternPropertyRemoved, "gone"),
            };
            let message = format!("properties like `{text}` are {word}");
            diff.found.say(kind, relation, gone, came, message);
        }
    }
}

fn names<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Maps<'s, 'a>, new: &Maps<'s, 'a>) {
    let [from, to] = diff.origins();
    for at in 0..old.names.len().max(new.names.len()) {
        let mut term = |origin: Origin, maps: &Maps| {
            maps.names.get(at).map_or_else(|| diff.judge.term(origin, &[]), |at| at.value)
        };
        let (was, is) = (term(from, old), term(to, new));
        let relation = diff.judge.relation(was, is, TEXT);
        if !relation.equal() {
            let side = |at: Option<&At<TermId>>| at.map(|at| (at.span, "propertyNames".to_string()));
            let (left, right) = (side(old.names.get(at)), side(new.names.get(at)));
            let message = "what names properties may have changed".into();
            diff.found.say(FactKind::PropertyNames, relation, left, right, message);
        }
    }
}

fn dependencies<'s>(diff: &mut Diff<'_, 's, '_>, old: &Maps<'s, '_>, new: &Maps<'s, '_>) {
    for (inner, outer, kind) in
        [(new, old, FactKind::DependencyAdded), (old, new, FactKind::DependencyRemoved)]
    {
        let came = kind == FactKind::DependencyAdded;
        let relation = if came { NARROWS } else { WIDENS };
        let mut say = |name: &str, span: Span, message: String| {
            let side = Some((span, name.to_string()));
            let (left, right) = if came { (None, side) } else { (side, None) };
            diff.found.say_of(name, kind, relation, left, right, message);
        };
        for (with, name, span) in &inner.needs {
            let known = outer.needs.iter().any(|need| (need.0, need.1) == (*with, *name));
            if !known && must(outer, name).is_none() {
                let more = if came { "must come" } else { "need no longer come" };
                say(with, *span, format!("with `{with}`, `{name}` {more} as well"));
            }
        }
        for (name, at) in &inner.depends {
            if !outer.depends.iter().any(|other| other.0 == *name) {
                let more = if came { "more" } else { "less" };
                say(name, at.span, format!("with `{name}`, {more} is asked of the whole"));
            }
        }
    }
    for (name, at) in &old.depends {
        if let Some((_, other)) = new.depends.iter().find(|other| other.0 == *name) {
            diff.part(Step::Here, at.value, other.value);
        }
    }
}
