//! Traits: what operations and messages take over from others, merged as JSON Merge Patch (RFC 7396).

use crate::library::Library;
use crate::value::{Data, Value};

/// A text with all traits merged in; `None` if it has none.
pub(in crate::asyncapi) fn merged<'a>(library: &Library<'a>, root: &Value<'a>) -> Option<Value<'a>> {
    // Version 2 lays the traits over the part, version 3 the part over its traits.
    let over = root.get("asyncapi").is_some_and(|version| match &version.data {
        Data::Text(text) | Data::Number(text) => text.starts_with('2'),
        _ => false,
    });
    any(root).then(|| applied(library, root, over))
}

fn any(value: &Value) -> bool {
    traits(value).is_some()
        || value.items().iter().any(any)
        || value.entries().iter().any(|entry| any(&entry.value))
}

fn traits<'v, 'a>(value: &'v Value<'a>) -> Option<&'v [Value<'a>]> {
    value.get("traits").map(Value::items).filter(|traits| !traits.is_empty())
}

fn applied<'a>(library: &Library<'a>, value: &Value<'a>, over: bool) -> Value<'a> {
    let mut value = value.clone();
    let found = traits(&value).map(<[Value]>::to_vec).unwrap_or_default();
    if let Data::Map(entries) = &mut value.data
        && !found.is_empty()
    {
        entries.retain(|entry| entry.key != "traits");
        let own = value.clone();
        let mut laid: Vec<Value> = found.iter().map(|part| library.resolve(part).0.clone()).collect();
        let first = if over { own.clone() } else { laid.remove(0) };
        let last = (!over).then_some(own);
        let span = value.span;
        value = laid.into_iter().chain(last).fold(first, patch);
        value.span = span;
    }
    match &mut value.data {
        Data::Map(entries) => {
            entries.iter_mut().for_each(|entry| entry.value = applied(library, &entry.value, over));
        }
        Data::List(items) => items.iter_mut().for_each(|item| *item = applied(library, item, over)),
        _ => {}
    }
    value
}

/// JSON Merge Patch: maps are merged member by member, `null` takes one away, all else replaces.
fn patch<'a>(target: Value<'a>, patch: Value<'a>) -> Value<'a> {
    let Data::Map(news) = patch.data else { return patch };
    let mut entries = match target.data {
        Data::Map(entries) => entries,
        _ => vec![],
    };
    for new in news {
        let known = entries.iter().position(|entry| entry.key == new.key);
        match (known, &new.value.data) {
            (Some(at), Data::Null) => drop(entries.remove(at)),
            (None, Data::Null) => {}
            (Some(at), _) => {
                let old = std::mem::replace(&mut entries[at], new.clone());
                entries[at].value = self::patch(old.value, new.value);
            }
            (None, _) => entries.push(new),
        }
    }
    Value { span: patch.span, data: Data::Map(entries) }
}
