//! Elements and attributes of XML: what a property is called there (OpenAPI 3.0.3, 4.7.26).

use super::{BOTH, Diff, Found};
use crate::schema::shape::Shape;
use crate::schema::term::{Origin, TermId, Which};
use crate::schema::{FactKind, Judge, Reading, Wire};
use crate::value::Value;

/// Compares what a property that both sides declare is called in XML.
pub fn property(diff: &mut Diff, name: &str, was: TermId, is: TermId) {
    if diff.judge.origin(diff.new).wire != Wire::Xml {
        return;
    }
    let (left, right) = (diff.judge.shape(was), diff.judge.shape(is));
    let (old, new) = (written(diff.judge, was, &left, name), written(diff.judge, is, &right, name));
    say(name, (&left, old), (&right, new), &mut diff.found);
}

fn say(name: &str, (left, old): (&Shape, String), (right, new): (&Shape, String), found: &mut Found) {
    if old == new {
        return;
    }
    let message = format!("`{name}` was written as {old} and is as {new}");
    let side = |shape: &Shape, text: &str| shape.span.map(|span| (span, text.to_string()));
    let (left, right) = (side(left, &old), side(right, &new));
    found.say_of(name, FactKind::Xml, BOTH, left, right, message);
}

/// `<tree>`, `@tree`, `<trees><tree>`. The name of a list counts only where it wraps its items.
fn written<'s, 'a>(judge: &mut Judge<'s, 'a>, term: TermId, shape: &Shape<'s, 'a>, name: &str) -> String {
    let xml = of(shape);
    let list = shape.list.as_ref().filter(|_| shape.map.is_none() && shape.text.is_none());
    let Some(class) = list else { return element(xml, name) };
    let origin = judge.origin(term).item();
    let item = super::list::item(judge, origin, &class.facets, 0);
    let item = judge.shape(item);
    let wraps = xml.is_some_and(|xml| xml.get("wrapped").is_some_and(|it| it.is(true)));
    match wraps {
        true => {
            let outer = xml.and_then(|xml| xml.text_at("name")).unwrap_or(name);
            element(xml, name) + &element(of(&item), outer)
        }
        false => element(of(&item), name),
    }
}

fn of<'s, 'a>(shape: &Shape<'s, 'a>) -> Option<&'s Value<'a>> {
    shape.words.texts.iter().find(|(key, _)| *key == "xml").map(|(_, value)| *value)
}

fn element(xml: Option<&Value>, name: &str) -> String {
    let Some(xml) = xml else { return format!("<{name}>") };
    let name = xml.text_at("name").unwrap_or(name);
    // A prefix stands for its namespace.
    let space = match (xml.text_at("namespace"), xml.text_at("prefix")) {
        (Some(space), _) => format!(" of {space}"),
        (None, Some(prefix)) => format!(" of {prefix}:"),
        (None, None) => String::new(),
    };
    let attribute = xml.get("attribute").is_some_and(|it| it.is(true));
    if attribute { format!("@{name}{space}") } else { format!("<{name}>{space}") }
}

impl<'s, 'a> Judge<'s, 'a> {
    /// The outermost elements of an old and a new schema, where both are known: by `xml`, else by their `$ref`s.
    pub fn elements(
        &mut self,
        old: &'s Value<'a>,
        new: &'s Value<'a>,
        reading: Reading,
    ) -> Option<[String; 2]> {
        let mut one = |which, value: &'s Value<'a>| {
            let term = self.schema(Origin { which, reading, wire: Wire::Xml }, value);
            let shape = self.shape(term);
            let name = value.text_at("$ref").and_then(|text| text.rsplit('/').next());
            let known = of(&shape).and_then(|xml| xml.text_at("name")).or(name)?;
            shape.list.is_none().then(|| element(of(&shape), known))
        };
        Some([one(Which::Old, old)?, one(Which::New, new)?])
    }
}
