//! What the values of one rendering of a project's own pack, or of one policy, may take. Fuel counts steps; these filters
//! count what the steps make and walk over: bytes of texts and lists, and items. They stand before and behind operators
//! (see [`super::bound`]) and around the filters that make new values.

use super::filters::Styled;
use super::part::Part;
use minijinja::value::{Rest, ValueKind, ValueOrKwargs};
use minijinja::{Environment, Error, ErrorKind, State, UndefinedBehavior, Value};

/// Bytes of values that are made in all.
const BYTES: usize = 64 << 20;
/// Items and bytes that are walked over in all.
const WALKED: usize = 1 << 30;
/// Items of lists that filters make in all.
const ITEMS: usize = 10_000_000;
/// Parts of values that are compared as a whole.
const COMPARED: usize = 10_000;
/// Deepest nesting of lists and maps.
const NESTED: usize = 64;
/// Items of a `range`.
const RANGE: usize = 10_000;

/// What was taken so far.
#[derive(Clone, Copy, Debug, Default)]
struct Taken {
    bytes: usize,
    walked: usize,
    items: usize,
}

/// Before the names of filters that do not count.
pub const NATIVE: &str = "native_";

/// Puts the filters in. Those of these names count what they are given and what they make, and leave the rest to one of
/// the same name with [`NATIVE`] before it.
pub fn install(env: &mut Environment<'_>, counted: &[&'static str]) {
    env.add_filter("_held", held);
    env.add_filter("_number", number);
    env.add_filter("_compared", compared);
    env.add_filter("_searched", walked);
    for &name in counted {
        let native = format!("{NATIVE}{name}");
        env.add_filter(name, move |state: &mut State, value: Value, rest: Rest<ValueOrKwargs>| {
            let value = walked(state, value)?;
            let rest = rest.into_values();
            grown(state, name, &value, &rest)?;
            if is_strict(state) {
                attribute(name, &value, &rest)?;
            }
            let args: Vec<Value> = std::iter::once(value).chain(rest).collect();
            let made = state.apply_filter(&native, &args)?;
            made_by(state, &made)?;
            Ok::<_, Error>(made)
        });
    }
}

/// `range`, short enough to be no list of its own making.
pub fn range(lower: isize, upper: Option<isize>, step: Option<isize>) -> Result<Value, Error> {
    let made = minijinja::functions::range(lower, upper, step)?;
    let long = made.len().is_none_or(|len| len > RANGE);
    if long {
        Err(refuse(format!("a range may have {RANGE} items; loop over a list of the model")))
    } else {
        Ok(made)
    }
}

fn refuse(why: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, why)
}

fn taken<'s>(state: &'s mut State) -> &'s mut Taken {
    state.get_or_insert_extension(Taken::default())
}

fn take(state: &mut State, bytes: usize) -> Result<(), Error> {
    let taken = taken(state);
    taken.bytes = taken.bytes.saturating_add(bytes);
    if taken.bytes > BYTES { Err(refuse("its values grow beyond 64 MiB".into())) } else { Ok(()) }
}

/// A value that becomes part of another: all of it counts.
fn held(state: &mut State, value: Value) -> Result<Value, Error> {
    let mut left = BYTES - taken(state).bytes.min(BYTES);
    let before = left;
    size(&value, NESTED, &mut left)?;
    take(state, before - left)?;
    Ok(value)
}

/// The text of a partial counts for who asked for it.
pub(crate) fn part(state: &mut State, made: &Value) -> Result<(), Error> {
    take(state, shallow(made))
}

/// Only numbers are multiplied: a text or list times a number is a new one.
fn number(value: Value) -> Result<Value, Error> {
    let grows =
        matches!(value.kind(), ValueKind::String | ValueKind::Seq | ValueKind::Iterable | ValueKind::Bytes);
    if grows { Err(refuse("only numbers can be multiplied".into())) } else { Ok(value) }
}

/// Whether to ask for what is not there is a slip. A policy may: what an optional part would have said is a no there.
fn is_strict(state: &State) -> bool {
    matches!(state.undefined_behavior(), UndefinedBehavior::Strict)
}

/// A value that is compared: lists and maps may be, if they are small. What is not there equals nothing.
fn compared(state: &mut State, value: Value) -> Result<Value, Error> {
    if value.is_undefined() && is_strict(state) {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    if matches!(value.kind(), ValueKind::Seq | ValueKind::Map | ValueKind::Iterable) {
        let mut left = COMPARED * 8;
        size(&value, NESTED, &mut left)
            .map_err(|_| refuse("what is compared is too large; compare a field".into()))?;
        return Ok(value);
    }
    walked(state, value)
}

/// A value that is walked over: its own items or bytes count.
fn walked(state: &mut State, value: Value) -> Result<Value, Error> {
    let own = shallow(&value);
    if own > 256 {
        let taken = taken(state);
        taken.walked = taken.walked.saturating_add(own);
        if taken.walked > WALKED {
            return Err(Error::from(ErrorKind::OutOfFuel));
        }
    }
    Ok(value)
}

fn shallow(value: &Value) -> usize {
    match value.as_str() {
        Some(text) => text.len(),
        None => value
            .downcast_object_ref::<Part>()
            .map_or_else(|| value.len().unwrap_or(1), |part| part.text.len()),
    }
}

/// What a filter makes, where it can be many times what it is given.
fn grown(state: &mut State, name: &str, value: &Value, rest: &[Value]) -> Result<(), Error> {
    let text = |at: usize| rest.get(at).and_then(Value::as_str).unwrap_or_default();
    match name {
        "replace" => {
            let times = value.as_str().map_or(0, |it| it.matches(text(0)).count());
            take(state, times.saturating_mul(text(1).len()))
        }
        "join" => {
            held(state, value.clone())?;
            let joiner = rest.first().map_or(0, shallow);
            take(state, joiner.saturating_mul(value.len().unwrap_or(0)))
        }
        "sha10" => held(state, value.clone()).map(drop),
        _ => Ok(()),
    }
}

/// Items are chosen by an attribute that they have.
fn attribute(name: &str, value: &Value, rest: &[Value]) -> Result<(), Error> {
    let asked = rest.first().filter(|_| matches!(name, "selectattr" | "rejectattr"));
    let Some(asked) = asked.and_then(Value::as_str).and_then(|it| it.split('.').next()) else {
        return Ok(());
    };
    let absent = |item: &Value| item.get_attr(asked).is_ok_and(|it| it.is_undefined());
    let lacks = |item: Value| item.kind() == ValueKind::Map && absent(&item);
    if value.try_iter()?.any(lacks) { Err(refuse(format!("an item has no `{asked}`"))) } else { Ok(()) }
}

fn made_by(state: &mut State, made: &Value) -> Result<(), Error> {
    if let Some(text) = made.as_str() {
        return take(state, text.len());
    }
    let taken = taken(state);
    taken.items = taken.items.saturating_add(made.len().unwrap_or(1));
    if taken.items > ITEMS { Err(refuse(format!("its lists grow beyond {ITEMS} items"))) } else { Ok(()) }
}

/// Takes the size of a value, with all it holds, from what is left.
fn size(value: &Value, deeper: usize, left: &mut usize) -> Result<(), Error> {
    if let Some(styled) = value.downcast_object_ref::<Styled>() {
        return size(&styled.value, deeper, left);
    }
    let own = if value.kind() == ValueKind::Plain || value.as_str().is_some() { shallow(value) } else { 0 };
    *left = left.checked_sub(own + 8).ok_or_else(|| refuse("its values grow beyond 64 MiB".into()))?;
    let Some(deeper) = deeper.checked_sub(1) else {
        return Err(refuse(format!("lists and maps may nest {NESTED} deep")));
    };
    if matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable | ValueKind::Map) {
        let map = value.kind() == ValueKind::Map;
        for item in value.try_iter()? {
            if map {
                size(&value.get_item(&item)?, deeper, left)?;
            }
            size(&item, deeper, left)?;
        }
    }
    Ok(())
}
