//! The filters, tests and functions of templates: a short list, since templates choose and place but do not compute.

use super::format::{Format, Sign};
use super::part::Part;
use super::place::Place;
use super::write::{data, refuse};
use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, Value, filters, tests};
use std::sync::Arc;

/// Every filter a template may use; `docs/contributing.md` says what each does.
pub const FILTERS: &str = "abs default duration env_name expression filled first fit int items join labels last length list lower map \
    optional percent quantity reject rejectattr replace round seconds select selectattr sha10 sort \
    unique upper word";

/// Puts the filters, tests and functions into an empty environment, with this before the names of filters.
pub(crate) fn install(env: &mut Environment<'static>, before: &str) {
    let under = |name: &str| format!("{before}{name}");
    env.add_filter(under("abs"), filters::abs);
    env.add_filter(under("default"), filters::default);
    env.add_filter(under("first"), filters::first);
    env.add_filter(under("int"), filters::int);
    env.add_filter(under("items"), filters::items);
    env.add_filter(under("join"), filters::join);
    env.add_filter(under("last"), filters::last);
    env.add_filter(under("length"), filters::length);
    env.add_filter(under("list"), filters::list);
    env.add_filter(under("lower"), filters::lower);
    env.add_filter(under("map"), filters::map);
    env.add_filter(under("reject"), filters::reject);
    env.add_filter(under("rejectattr"), filters::rejectattr);
    env.add_filter(under("replace"), filters::replace);
    env.add_filter(under("round"), filters::round);
    env.add_filter(under("select"), filters::select);
    env.add_filter(under("selectattr"), filters::selectattr);
    env.add_filter(under("sort"), filters::sort);
    env.add_filter(under("unique"), unique);
    env.add_filter(under("upper"), filters::upper);
    env.add_filter(under("duration"), duration);
    env.add_filter(under("env_name"), |name: &str| env_name(name));
    env.add_filter(under("fit"), |name: &str, most: usize| fit(name, most));
    env.add_filter(under("labels"), labels);
    env.add_filter(under("optional"), optional);
    env.add_filter(under("percent"), percent);
    env.add_filter(under("quantity"), quantity);
    env.add_filter(under("seconds"), seconds);
    env.add_filter(under("sha10"), sha10);
    env.add_filter(under("filled"), |value: &Value| Styled::wrap(Style::Filled, value));
    env.add_filter(under("expression"), |value: &Value| Styled::wrap(Style::Expression, value));
    env.add_filter(under("word"), |value: &Value| Styled::wrap(Style::Word, value));
    env.add_filter(under("_word"), |value: &Value| Styled::wrap(Style::At(Place::Quoted), value));
    env.add_filter(under("_inline"), |value: &Value| Styled::wrap(Style::At(Place::Inline), value));
    env.add_filter(under("_key"), |value: &Value| Styled::wrap(Style::At(Place::Key), value));
    env.add_filter(under("_comment"), |value: &Value| Styled::wrap(Style::At(Place::Comment), value));
    env.add_filter(under("_code"), |value: &Value| Styled::wrap(Style::At(Place::Code), value));
    install_tests(env);
}

fn install_tests(env: &mut Environment<'static>) {
    env.add_test("defined", tests::is_defined);
    env.add_test("undefined", tests::is_undefined);
    env.add_test("none", is_none);
    env.add_test("boolean", tests::is_boolean);
    env.add_test("number", tests::is_number);
    env.add_test("integer", tests::is_integer);
    env.add_test("string", tests::is_string);
    env.add_test("sequence", tests::is_sequence);
    env.add_test("mapping", tests::is_mapping);
    env.add_test("startingwith", tests::is_startingwith);
    env.add_test("endingwith", tests::is_endingwith);
    env.add_test("in", tests::is_in);
    env.add_test("true", tests::is_true);
    env.add_test("false", tests::is_false);
    env.add_test("eq", tests::is_eq);
    env.add_test("equalto", tests::is_eq);
    env.add_test("==", tests::is_eq);
    env.add_test("ne", tests::is_ne);
    env.add_test("!=", tests::is_ne);
    env.add_test("lt", tests::is_lt);
    env.add_test("le", tests::is_le);
    env.add_test("gt", tests::is_gt);
    env.add_test("ge", tests::is_ge);
}

/// Whether a field holds nothing. One that is not there at all is a slip.
fn is_none(value: &Value) -> Result<bool, Error> {
    if value.is_undefined() { Err(ErrorKind::UndefinedError.into()) } else { Ok(value.is_none()) }
}

/// How a wrapped value is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As its place in the template wants it.
    At(Place),
    /// Bare, if it is a plain word.
    Word,
    /// As the name of something that GitHub fills in.
    Expression,
    /// With its variables for the reader to fill in.
    Filled,
    /// Not at all: the line goes.
    Absent,
}

/// A value that knows how it is to be written; the writer unwraps it. For every other reader it is the value itself.
#[derive(Debug)]
pub(crate) struct Styled {
    /// How.
    pub style: Style,
    /// What.
    pub value: Value,
}

impl Styled {
    /// A wrapped value.
    pub(crate) fn wrap(style: Style, value: &Value) -> Value {
        Value::from_object(Styled { style, value: value.clone() })
    }
}

impl Object for Styled {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn render(self: &Arc<Self>, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.value)
    }
}

/// minijinja's own takes `http_proxy` and `HTTP_PROXY` for one.
fn unique(state: &State<'_, '_>, values: Value, options: Kwargs) -> Result<Value, Error> {
    let attribute = options.get::<Option<&str>>("attribute")?;
    options.assert_all_used()?;
    let exactly = [("case_sensitive", Value::from(true))];
    filters::unique(
        state,
        values,
        exactly.into_iter().chain(attribute.map(|it| ("attribute", it.into()))).collect(),
    )
}

/// The value with a sign of its texts written so that a reader that takes it for its own takes it for what it is.
pub(crate) fn doubled(sign: Sign, value: &Value) -> Value {
    match (value.as_str(), value.kind()) {
        (Some(text), _) => Value::from(sign.meant(text)),
        (None, ValueKind::Seq | ValueKind::Iterable) => value
            .try_iter()
            .map_or_else(|_| value.clone(), |items| items.map(|it| doubled(sign, &it)).collect()),
        _ => value.clone(),
    }
}

/// The value, or what removes its line if there is none.
pub(crate) fn optional(value: &Value) -> Value {
    if is_empty(value) { Styled::wrap(Style::Absent, &Value::from(())) } else { value.clone() }
}

/// Whether a value is missing or empty.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => true,
        ValueKind::String => value.as_str() == Some(""),
        ValueKind::Seq | ValueKind::Map => value.len() == Some(0),
        ValueKind::Iterable => value.try_iter().is_ok_and(|mut items| items.next().is_none()),
        ValueKind::Plain => value
            .downcast_object_ref::<super::part::Part>()
            .is_some_and(|part| super::layout::bare(&part.text).trim().is_empty()),
        _ => false,
    }
}

/// A name as an environment variable: upper case, everything else than letters and digits as `_`.
pub fn env_name(name: &str) -> String {
    let letter =
        |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' };
    name.chars().map(letter).collect()
}

/// A name of at most so many letters. One that is longer is cut, and a hash of the whole tells it from others that begin
/// alike: half of a short name, eight signs of a long one.
pub fn fit(name: &str, most: usize) -> String {
    if name.len() <= most {
        return name.into();
    }
    let hash = blake3::hash(name.as_bytes()).to_hex();
    let digits = (most / 3).min(8);
    let kept = (0..most.saturating_sub(digits + 1))
        .rev()
        .find(|at| name.is_char_boundary(at + 1))
        .map_or(0, |at| at + 1);
    let head = name[..kept].trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
    format!("{head}-{}", &hash[..digits])
}

/// A name with a hash of what it was made from behind it.
pub fn marked(name: &str, of: &str) -> String {
    format!("{name}-{}", &blake3::hash(of.as_bytes()).to_hex()[..8])
}

/// Milliseconds as `1h`, `1m30s`, `2s`, `800ms`: whole seconds by their units, everything else in `ms`.
fn duration(ms: u64) -> String {
    if ms == 0 || !ms.is_multiple_of(1000) {
        return format!("{ms}ms");
    }
    let seconds = ms / 1000;
    let units = [(seconds / 3600, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s")];
    units.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count}{unit}")).collect()
}

/// Pairs of a text as a map.
fn labels(text: &str) -> Result<Value, Error> {
    let pair = |it: &str| it.split_once('=').map(|(key, value)| (key.to_string(), value.to_string()));
    let pairs: Option<Vec<(String, String)>> = text.split_whitespace().map(pair).collect();
    pairs.map(Value::from_pairs).ok_or_else(|| refuse(format!("`{text}` is no list of labels")))
}

/// Milliseconds as seconds: an integer if whole, else the exact decimal fraction.
fn seconds(ms: u64) -> Result<Value, Error> {
    if ms.is_multiple_of(1000) {
        return Ok(Value::from(ms / 1000));
    }
    let text = decimal(ms, 3);
    text.parse::<f64>().map(Value::from).map_err(|_| refuse(format!("`{text}` is no number")))
}

/// `value` with its last `places` digits behind the point, without zeros at the end.
fn decimal(value: u64, places: u32) -> String {
    let unit = 10u64.pow(places);
    let text = format!("{}.{:0width$}", value / unit, value % unit, width = places as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

/// Parts per million as a percentage.
fn percent(ppm: u64) -> String {
    decimal(ppm, 4) + "%"
}

/// Bytes in the largest binary unit that divides them.
fn quantity(bytes: u64) -> String {
    let units = [(60, "Ei"), (50, "Pi"), (40, "Ti"), (30, "Gi"), (20, "Mi"), (10, "Ki")];
    let unit = units.iter().find(|(power, _)| bytes > 0 && bytes.is_multiple_of(1u64 << power));
    unit.map_or_else(|| bytes.to_string(), |(power, name)| format!("{}{name}", bytes >> power))
}

/// Ten hex digits of the BLAKE3 hash of the value as JSON, its maps in the order they have; a partial is its text.
fn sha10(state: &State, value: &Value) -> Result<String, Error> {
    let mut text = String::new();
    let part = value.downcast_object_ref::<Part>();
    part.inspect(|part| part.adopt(state));
    match (part.map(Part::plain), value.as_str()) {
        (Some(plain), _) => data::json_string(&plain, &mut text)?,
        (_, Some(string)) => data::json_string(string, &mut text)?,
        _ => super::write::value(Format::Json, Place::Block, value, &mut text)?,
    }
    Ok(blake3::hash(text.as_bytes()).to_hex()[..10].to_string())
}
