//! Merging: a later layer laid upon an earlier one.

use crate::schema::{Arg, Repeat, Type};
use crate::tree::{At, Field, Item, Scalar};
use std::collections::BTreeMap;

/// Up to so many parts are found by looking at each.
const FEW: usize = 16;

/// Lays `over` upon `base`: its values win, what they hide is remembered, parts are merged by kind and name.
pub fn merge(base: &mut Item, mut over: Item) {
    base.said_by(&over);
    if over.values.is_empty() && matches!(over.schema.arg, Arg::Maybe(Type::Bool)) && !base.values.is_empty()
    {
        // A flag that only stands there says yes, over a no of an earlier layer too.
        let at = At { value: Scalar::Bool(true), origin: over.origin };
        over.values.push(Field { name: "", at, hidden: vec![] });
    }
    base.broken |= over.broken;
    if base.fields.is_empty() {
        base.fields = over.fields;
    } else {
        merge_fields(base, over.fields);
    }
    if !over.values.is_empty() {
        let old = base.values.drain(..).next();
        base.values = over.values;
        if let Some(old) = old {
            hide(&mut base.values[0].hidden, old.at, old.hidden);
        }
    }
    over.taken.into_iter().flat_map(|taken| taken.parts).for_each(|null| base.take(null));
    let mut parts = over.parts;
    if parts.iter().any(|part| part.removed) {
        let (nulls, rest): (Vec<Item>, Vec<Item>) = parts.into_iter().partition(|part| part.removed);
        nulls.into_iter().for_each(|null| base.take(null));
        parts = rest;
    }
    if parts.len() > FEW {
        return merge_many(base, parts);
    }
    base.parts.reserve_exact(parts.len());
    for mut part in parts {
        match base.parts.iter().position(|own| own.is_same(&part)) {
            Some(at) => merge(&mut base.parts[at], part),
            None => {
                take_within(&mut part);
                base.parts.push(part);
            }
        }
    }
}

/// A part that meets nothing: what it says `#null` of is no part of it.
fn take_within(part: &mut Item) {
    if part.parts.iter().any(|own| own.removed) {
        let (nulls, rest): (Vec<Item>, Vec<Item>) =
            std::mem::take(&mut part.parts).into_iter().partition(|own| own.removed);
        part.parts = rest;
        nulls.into_iter().for_each(|null| part.take(null));
    }
    part.parts.iter_mut().for_each(take_within);
}

/// What a value hides: what it hid already is nearer than what it is laid upon.
fn hide(hidden: &mut Vec<At<Scalar>>, old: At<Scalar>, further: Vec<At<Scalar>>) {
    hidden.push(old);
    hidden.extend(further);
}

fn merge_fields(base: &mut Item, fields: Vec<Field>) {
    for field in fields {
        match base.fields.iter_mut().find(|own| own.name == field.name) {
            Some(own) => {
                let old = std::mem::replace(own, field);
                hide(&mut own.hidden, old.at, old.hidden);
            }
            None => base.fields.push(field),
        }
    }
}

/// As above, with the parts found by name: a gateway has thousands of routes.
fn merge_many(base: &mut Item, parts: Vec<Item>) {
    let mut own: Vec<Option<Item>> = std::mem::take(&mut base.parts).into_iter().map(Some).collect();
    // Most keys are empty, and none is cheaper to look up than an empty text. What is never the same needs no place.
    let name = |part: &Item| {
        let key = Some(part.key.clone()).filter(|key| !key.is_empty());
        (part.schema.repeat != Repeat::Each).then(|| (part.schema.node, key, part.marks()))
    };
    let mut places: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, part) in own.iter().flatten().enumerate() {
        if let Some(name) = name(part) {
            places.entry(name).or_default().push(at);
        }
    }
    for mut part in parts {
        let Some(name) = name(&part) else {
            take_within(&mut part);
            own.push(Some(part));
            continue;
        };
        let named = places.entry(name).or_default();
        let same = |at: &&usize| own[**at].as_ref().is_some_and(|it| it.is_same(&part));
        match named.iter().find(same).copied() {
            Some(at) => {
                if let Some(item) = &mut own[at] {
                    merge(item, part);
                }
            }
            None => {
                take_within(&mut part);
                named.push(own.len());
                own.push(Some(part));
            }
        }
    }
    base.parts = own.into_iter().flatten().collect();
}
