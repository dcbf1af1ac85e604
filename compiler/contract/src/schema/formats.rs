//! What formats say in other words: bounds of numbers, encodings of texts, or nothing.

use super::shape::{At, Limit, Numbers};
use crate::value::{Data, Value};
use bastide_report::source::{FileId, Span};
use bastide_report::units::decimal::Decimal;
use std::borrow::Cow;

/// Whether a format is only a hint to who shows the value (OpenAPI 3.0.3, 4.4).
pub fn hint(format: &str) -> bool {
    format == "password"
}

const NOWHERE: Span = Span { file: FileId(0), start: 0, end: 0 };
static BASE64: Value<'static> = Value { span: NOWHERE, data: Data::Text(Cow::Borrowed("base64")) };
static OCTETS: Value<'static> =
    Value { span: NOWHERE, data: Data::Text(Cow::Borrowed("application/octet-stream")) };

/// Formats of OpenAPI 3.0 that are keywords of their own in 3.1 (OpenAPI 3.1.0, 4.8.14.4 and 4.8.24).
pub fn content(format: &str) -> Option<(&'static str, &'static Value<'static>)> {
    match format {
        "byte" | "base64" => Some(("contentEncoding", &BASE64)),
        "binary" => Some(("contentMediaType", &OCTETS)),
        _ => None,
    }
}

/// The bounds of a format of whole numbers.
fn range(format: &str) -> Option<[i128; 2]> {
    match format {
        "int32" => Some([i32::MIN.into(), i32::MAX.into()]),
        "int64" => Some([i64::MIN.into(), i64::MAX.into()]),
        _ => None,
    }
}

/// The bounds with those of the formats.
pub fn bounds(numbers: &Numbers) -> [Option<Limit>; 2] {
    let mut found = [numbers.least, numbers.greatest];
    for at in &numbers.formats {
        let Some([low, high]) = range(at.value).filter(|_| numbers.whole.is_some()) else { continue };
        let limit = |bound: i128| {
            let value = Decimal::read(&bound.to_string());
            value.map(|value| Limit { span: at.span, value, exclusive: false })
        };
        found = [
            super::intersect::least(found[0], limit(low)),
            super::intersect::greatest(found[1], limit(high)),
        ];
    }
    found
}

/// The formats that only one side has and that say more than bounds, or bounds that the other does not keep to.
pub fn telling<'t>(of: &Numbers<'t>, other: &Numbers) -> Vec<At<&'t str>> {
    let kept = |format: &str| match range(format).filter(|_| of.whole.is_some() && other.whole.is_some()) {
        Some([low, high]) => {
            let [least, greatest] = [other.least, other.greatest];
            let at = |bound: i128| Decimal::read(&bound.to_string());
            let above = least.zip(at(low)).is_some_and(|(limit, low)| limit.value >= low);
            let below = greatest.zip(at(high)).is_some_and(|(limit, high)| limit.value <= high);
            above && below
        }
        None => hint(format),
    };
    let both = |format: &str| other.formats.iter().any(|at| at.value == format);
    of.formats.iter().filter(|at| !both(at.value) && !kept(at.value)).copied().collect()
}
