//! What is said besides what is accepted.

use super::{Found, said};
use crate::schema::FactKind;
use crate::schema::graph::Relation;
use crate::schema::literal::{canonical, same};
use crate::schema::shape::Words;
use crate::value::Value;
use bastide_report::source::Span;

/// A list of values that grows, as Zalando's guidelines write it.
const OPEN: &str = "x-extensible-enum";

/// Compares the words; of `xml` what is said of it is told elsewhere.
pub fn compare(left: &Words, right: &Words, xml: bool, found: &mut Found) {
    let none = Relation::default();
    texts(left, right, xml, found);
    if different(left.default, right.default) {
        let side = |value: Option<&Value>| value.map(|value| (value.span, short(value)));
        let message = said("default", left.default.map(short), right.default.map(short));
        found.say(FactKind::Default, none, side(left.default), side(right.default), message);
    }
    let flag = |span: Option<Span>, word: &str| span.map(|span| (span, word.to_string()));
    match (left.deprecated, right.deprecated) {
        (None, Some(_)) => {
            let new = flag(right.deprecated, "deprecated");
            found.say(FactKind::Deprecated, none, None, new, "it is deprecated now".into());
        }
        (Some(_), None) => {
            let old = flag(left.deprecated, "deprecated");
            found.say(FactKind::Undeprecated, none, old, None, "it is no longer deprecated".into());
        }
        _ => {}
    }
    let pairs =
        [("readOnly", left.read_only, right.read_only), ("writeOnly", left.write_only, right.write_only)];
    for (word, old, new) in pairs {
        if old.is_some() != new.is_some() {
            let message = format!("`{word}` is {}", if new.is_some() { "set" } else { "lifted" });
            found.say(FactKind::Access, none, flag(old, word), flag(new, word), message);
        }
    }
}

fn texts(left: &Words, right: &Words, xml: bool, found: &mut Found) {
    let has = |all: &[(&str, &Value)], one: &(&str, &Value)| {
        all.iter().any(|other| other.0 == one.0 && same(other.1, one.1))
    };
    let mut keys: Vec<&str> = vec![];
    keys.extend(left.texts.iter().filter(|one| !has(&right.texts, one)).map(|one| one.0));
    keys.extend(right.texts.iter().filter(|one| !has(&left.texts, one)).map(|one| one.0));
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        // What XML is called is no word for people where XML is what is sent.
        if key == "xml" && xml || key == OPEN && values(left, right, found) {
            continue;
        }
        let first = |words: &Words| words.texts.iter().find(|one| one.0 == key).map(|one| one.1.span);
        let side = |span: Option<Span>| span.map(|span| (span, key.to_string()));
        let (old, new) = (side(first(left)), side(first(right)));
        found.say(FactKind::Words, Relation::default(), old, new, format!("`{key}` changed"));
    }
}

/// The values of two open lists, where both sides have one.
fn values(left: &Words, right: &Words, found: &mut Found) -> bool {
    let list = [left, right].map(|words| words.texts.iter().find(|one| one.0 == OPEN));
    let [Some((_, left)), Some((_, right))] = list else { return false };
    let (left, right) = (left.items(), right.items());
    let lacks = |all: &[Value], one: &Value| !all.iter().any(|other| same(other, one));
    let side = |value: &Value| Some((value.span, short(value)));
    for gone in left.iter().filter(|one| lacks(right, one)) {
        let message = format!("the value `{}` is gone from an open list", short(gone));
        found.say(FactKind::OpenValueRemoved, Relation::default(), side(gone), None, message);
    }
    for came in right.iter().filter(|one| lacks(left, one)) {
        let message = format!("the value `{}` is new in an open list", short(came));
        found.say(FactKind::OpenValueAdded, Relation::default(), None, side(came), message);
    }
    true
}

fn different(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => !same(left, right),
        (left, right) => left.is_some() != right.is_some(),
    }
}

fn short(value: &Value) -> String {
    let text = canonical(value);
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}
