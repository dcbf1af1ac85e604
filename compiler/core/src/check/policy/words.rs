//! Words of the expressions: values with units as numbers, so that they can be compared.

use bastide_report::units::{Cpu, Duration, Rate, Share, Size};
use bastide_template::held;
use minijinja::{Environment, Error, ErrorKind, Value};

/// Their names.
pub const NAMES: [&str; 5] = ["ms", "bytes", "millicores", "share", "per_day"];

/// Gives them to an environment. The model holds durations in ms, sizes in bytes and processor time in millicores
/// already: these words turn what a policy writes into the same.
pub fn add(env: &mut Environment<'_>) {
    env.add_function("ms", |text: &str| parsed(Duration::parse(text).map(|it| it.0), text, "duration"));
    env.add_function("bytes", |text: &str| parsed(Size::parse(text).map(|it| it.0), text, "size"));
    env.add_function("millicores", |text: &str| {
        parsed(Cpu::parse(text).map(|it| it.0), text, "processor time")
    });
    env.add_function("share", |text: &str| parsed(Share::parse(text).map(|it| it.0), text, "percentage"));
    env.add_function("per_day", per_day);
    env.add_filter("native_length", minijinja::filters::length);
    env.add_filter("native_lower", minijinja::filters::lower);
    held::install(env, &["length", "lower"]);
    env.add_test("startingwith", minijinja::tests::is_startingwith);
    env.add_test("endingwith", minijinja::tests::is_endingwith);
    env.add_test("none", minijinja::tests::is_none);
    env.add_test("defined", minijinja::tests::is_defined);
}

fn parsed(number: Option<u64>, text: &str, what: &str) -> Result<u64, Error> {
    number.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("`{text}` is no {what}")))
}

/// Requests a day of `"100/s"`, or of a rate of the model.
fn per_day(rate: Value) -> Result<u64, Error> {
    let number = |name: &str| rate.get_attr(name).ok().and_then(|it| u64::try_from(it).ok());
    let read = match rate.as_str() {
        Some(text) => Rate::parse(text),
        None => number("count").zip(number("per")).map(|(count, per)| Rate { count, per }),
    };
    let rate = read.ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("`{rate}` is no rate")))?;
    Ok(u64::try_from(crate::check::query::load::per_day(rate)).unwrap_or(u64::MAX))
}
