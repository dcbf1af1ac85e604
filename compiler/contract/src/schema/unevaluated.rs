//! `unevaluatedProperties` and `unevaluatedItems`.

use super::shape::{ListPart, MapPart, Shape};
use crate::value::{Data, Value};
use bastide_report::source::Span;
use std::rc::Rc;

/// `unevaluatedProperties` and `unevaluatedItems`, in simpler words where all that is looked at is plain to see: then
/// they are one more part that knows all names of the others. How many names and items those are.
/// With `all_known`, `additionalProperties` looks at all that is left (JSON Schema 2020-12, Core 11.3).
pub fn unevaluated<'s, 'a>(shape: &mut Shape<'s, 'a>, value: &'s Value<'a>, all_known: bool) -> usize {
    let mut names = 0;
    if let Some(map) = shape.map.as_mut().filter(|_| all_known) {
        let facets = &mut Rc::make_mut(map).facets;
        facets
            .opaque
            .retain(|it| !value.get("unevaluatedProperties").is_some_and(|rest| std::ptr::eq(*it, rest)));
    } else if let Some(rest) = value.get("unevaluatedProperties")
        && let Some(map) = &mut shape.map
        && map.choices.is_empty()
        && map.conditions.is_empty()
        && map.facets.depends.is_empty()
    {
        let facets = &mut Rc::make_mut(map).facets;
        facets.opaque.retain(|value| !std::ptr::eq(*value, rest));
        if facets.parts.iter().all(|part| part.others.is_none()) && !rest.is(true) {
            let mut all = MapPart { others: Some(rest), only_names: true, ..MapPart::default() };
            for part in facets.parts.iter() {
                all.named.extend(part.named.iter().copied());
                all.patterns.extend(part.patterns.iter().copied());
            }
            all.named.sort_by_key(|property| property.name);
            all.named.dedup_by_key(|property| property.name);
            names += all.named.len() + all.patterns.len();
            facets.parts.push(Rc::new(all));
        }
    }
    if let Some(rest) = value.get("unevaluatedItems")
        && let Some(list) = &mut shape.list
        && list.choices.is_empty()
        && list.conditions.is_empty()
        && list.facets.contains.is_empty()
    {
        let facets = &mut Rc::make_mut(list).facets;
        facets.opaque.retain(|value| !std::ptr::eq(*value, rest));
        let length = facets.parts.iter().map(|part| part.prefix.len()).max().unwrap_or_default();
        if facets.parts.iter().all(|part| part.rest.is_none()) && !rest.is(true) {
            let prefix = vec![&ANY; length];
            names += length;
            facets.parts.push(ListPart { prefix, rest: Some(rest) });
        }
    }
    names
}

/// What accepts everything, for places that are looked at elsewhere.
static ANY: Value<'static> = Value {
    span: Span { file: bastide_report::source::FileId(0), start: 0, end: 0 },
    data: Data::Bool(true),
};
