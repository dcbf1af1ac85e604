//! The keywords of one schema, without those that hold schemas for the same value.

use super::intersect::Facets;
use super::literal::Literal;
use super::shape::{
    At, Class, Contains, FALSE, Limit, ListPart, Lists, MapPart, Maps, NULL, Numbers, Property, Shape, TRUE,
    Texts,
};
use super::term::Origin;
use super::{Dialect, Judge, Reading, formats, intersect};
use crate::value::{Data, Entry, Value};
use bastide_report::source::Span;
use bastide_report::units::decimal::Decimal;
use std::rc::Rc;

/// What one schema says itself.
pub struct Own<'s, 'a> {
    /// What it accepts by its own keywords.
    pub shape: Shape<'s, 'a>,
    /// Keywords with schemas that must hold of the same value.
    pub parts: Vec<Part<'s, 'a>>,
    /// `null` is accepted whatever the parts say (OpenAPI 3.0).
    pub nullable: Option<Span>,
}

/// A keyword with schemas.
pub struct Part<'s, 'a> {
    /// The keyword.
    pub key: &'s str,
    pub value: &'s Value<'a>,
}

/// The keywords as they are read, before they become a shape.
#[derive(Default)]
struct Keywords<'s, 'a> {
    types: Option<&'s Value<'a>>,
    allowed: Option<Vec<&'s Value<'a>>>,
    numbers: Numbers<'s>,
    texts: Texts<'s, 'a>,
    lists: Lists<'s, 'a>,
    maps: Maps<'s, 'a>,
    part: MapPart<'s, 'a>,
    prefix: Option<&'s Value<'a>>,
    rest: Option<&'s Value<'a>>,
    items: Option<&'s Value<'a>>,
    nullable: Option<Span>,
    /// Keywords with parts of maps or lists stand here, so that a schema without `type` means those.
    of_map: bool,
    of_list: bool,
}

/// One schema being read.
struct Reader<'j, 's, 'a> {
    judge: &'j mut Judge<'s, 'a>,
    origin: Origin,
    dialect: Dialect,
    whole: &'s Value<'a>,
    keywords: Keywords<'s, 'a>,
    shape: Shape<'s, 'a>,
    parts: Vec<Part<'s, 'a>>,
}

/// Reads one schema.
pub fn read<'s, 'a>(
    judge: &mut Judge<'s, 'a>,
    origin: Origin,
    value: &'s Value<'a>,
    dialect: Dialect,
) -> Own<'s, 'a> {
    let span = Some(value.span);
    if value.is(false) {
        return Own { shape: Shape { span, ..Shape::default() }, parts: vec![], nullable: None };
    }
    let (keywords, shape, parts) = (Keywords::default(), Shape { span, ..Shape::any() }, vec![]);
    let mut reader = Reader { judge, origin, dialect, whole: value, keywords, shape, parts };
    for entry in value.entries() {
        if !(reader.numbers(entry) || reader.texts(entry) || reader.lists(entry) || reader.maps(entry)) {
            reader.general(entry);
        }
    }
    if dialect == Dialect::OpenApi30 || origin.reading != Reading::Data {
        reader.infer();
    }
    reader.hide();
    let listed = reader.keywords.allowed.is_some();
    reader.finish();
    let Reader { keywords, shape, parts, .. } = reader;
    let wraps = parts.iter().any(|part| matches!(part.key, "allOf" | "anyOf" | "oneOf"));
    let nullable = keywords.nullable.filter(|_| wraps && !listed);
    Own { shape, parts, nullable: nullable.filter(|_| dialect == Dialect::OpenApi30) }
}

impl<'s, 'a> Reader<'_, 's, 'a> {
    /// In OpenAPI, `properties` without `type` mean an object, `items` an array.
    fn infer(&mut self) {
        let (keywords, shape) = (&self.keywords, &mut self.shape);
        if keywords.types.is_none() && keywords.allowed.is_none() && keywords.of_map != keywords.of_list {
            shape.constants = 0;
            (shape.number, shape.text) = (None, None);
            if keywords.of_map {
                shape.list = None;
            } else {
                shape.map = None;
            }
        }
    }

    /// Takes out what does not travel: what is only read in requests, what is only written in answers.
    fn hide(&mut self) {
        let key = match self.origin.reading {
            Reading::Request => "readOnly",
            Reading::Response => "writeOnly",
            Reading::Data => return,
        };
        let Keywords { maps: Maps { hidden, .. }, part, .. } = &mut self.keywords;
        part.named.retain(|property| {
            let hide = self.judge.says(self.origin, property.value, key);
            if hide {
                hidden.push(property.name);
            }
            !hide
        });
    }

    fn general(&mut self, entry: &'s Entry<'a>) {
        let value = &entry.value;
        let (keywords, words) = (&mut self.keywords, &mut self.shape.words);
        match &*entry.key {
            "type" => keywords.types = Some(value),
            "enum" => keywords.allow(value.items().iter().collect()),
            "const" if self.dialect != Dialect::OpenApi30 => keywords.allow(vec![value]),
            "format" => {
                if let Some(text) = value.text() {
                    let at = At { value: text, span: value.span };
                    match formats::content(text) {
                        Some(content) => keywords.texts.content.push(content),
                        None if formats::hint(text) => words.texts.push(("format", value)),
                        None => keywords.texts.formats.push(at),
                    }
                    keywords.numbers.formats.push(at);
                }
            }
            "nullable" => keywords.nullable = value.is(true).then_some(value.span),
            "allOf" | "anyOf" | "oneOf" | "not" | "if" => self.parts.push(Part { key: &entry.key, value }),
            "default" => words.default = Some(value),
            "deprecated" => words.deprecated = value.is(true).then_some(value.span),
            "readOnly" => words.read_only = value.is(true).then_some(value.span),
            "writeOnly" => words.write_only = value.is(true).then_some(value.span),
            "$ref" | "$dynamicRef" | "$recursiveRef" | "then" | "else" | "$schema" | "$id" | "id"
            | "$anchor" | "$dynamicAnchor" | "$recursiveAnchor" | "$vocabulary" | "$defs" | "definitions"
            | "components" | "discriminator" => {}
            key => words.texts.push((key, value)),
        }
    }

    fn numbers(&mut self, entry: &'s Entry<'a>) -> bool {
        let Data::Number(text) = &entry.value.data else {
            return matches!(&*entry.key, "exclusiveMinimum" | "exclusiveMaximum");
        };
        let Some(value) = Decimal::read(text) else { return false };
        let span = entry.value.span;
        let (dialect, whole) = (self.dialect, self.whole);
        let beside =
            |key: &str| dialect != Dialect::New && whole.get(key).is_some_and(|value| value.is(true));
        let numbers = &mut self.keywords.numbers;
        let (slot, exclusive) = match &*entry.key {
            "minimum" => (&mut numbers.least, beside("exclusiveMinimum")),
            "exclusiveMinimum" => (&mut numbers.least, true),
            "maximum" => (&mut numbers.greatest, beside("exclusiveMaximum")),
            "exclusiveMaximum" => (&mut numbers.greatest, true),
            "multipleOf" => {
                if value > Decimal::from(0) {
                    numbers.multiples.push(At { value, span });
                }
                return true;
            }
            _ => return false,
        };
        let limit = Some(Limit { span, value, exclusive });
        *slot = if entry.key.ends_with("inimum") {
            intersect::least(*slot, limit)
        } else {
            intersect::greatest(*slot, limit)
        };
        true
    }

    fn texts(&mut self, entry: &'s Entry<'a>) -> bool {
        let texts = &mut self.keywords.texts;
        match &*entry.key {
            "minLength" => texts.least = count(&entry.value),
            "maxLength" => texts.most = count(&entry.value),
            "pattern" => {
                let text = entry.value.text();
                texts.patterns.extend(text.map(|value| At { value, span: entry.value.span }));
            }
            "contentEncoding" | "contentMediaType" | "contentSchema" => {
                texts.content.push((&entry.key, &entry.value));
            }
            _ => return false,
        }
        true
    }

    fn lists(&mut self, entry: &'s Entry<'a>) -> bool {
        let keywords = &mut self.keywords;
        let value = &entry.value;
        match &*entry.key {
            "items" => keywords.items = Some(value),
            "prefixItems" => keywords.prefix = Some(value),
            "additionalItems" => keywords.rest = Some(value),
            "minItems" => keywords.lists.least = count(value),
            "maxItems" => keywords.lists.most = count(value),
            "uniqueItems" => keywords.lists.unique = value.is(true).then_some(value.span),
            "contains" => {
                let number = |key| self.whole.get(key).and_then(count).map(|at| at.value);
                let term = self.judge.schema(self.origin.item(), value);
                let (least, most) = (number("minContains").unwrap_or(1), number("maxContains"));
                keywords.lists.contains.push(Contains { span: value.span, term, least, most });
            }
            "unevaluatedItems" => keywords.lists.opaque.extend((!value.is(true)).then_some(value)),
            "minContains" | "maxContains" => {}
            _ => return false,
        }
        keywords.of_list |= matches!(&*entry.key, "items" | "prefixItems");
        true
    }

    fn maps(&mut self, entry: &'s Entry<'a>) -> bool {
        let keywords = &mut self.keywords;
        let value = &entry.value;
        match &*entry.key {
            "properties" => {
                let property =
                    |entry: &'s Entry<'a>| Property { name: &entry.key, span: entry.at, value: &entry.value };
                keywords.part.named = value.entries().iter().map(property).collect();
                keywords.part.named.sort_by_key(|property| property.name);
            }
            "patternProperties" => {
                let pattern = |entry: &'s Entry<'a>| (&*entry.key, entry.at, &entry.value);
                keywords.part.patterns = value.entries().iter().map(pattern).collect();
                keywords.part.patterns.sort_by_key(|pattern| pattern.0);
            }
            "additionalProperties" => keywords.part.others = Some(value),
            "required" => {
                let name = |item: &'s Value<'a>| item.text().map(|text| (text, item.span));
                keywords.maps.required = value.items().iter().filter_map(name).collect();
            }
            "minProperties" => keywords.maps.least = count(value),
            "maxProperties" => keywords.maps.most = count(value),
            "propertyNames" => {
                let term = self.judge.schema(self.origin, value);
                keywords.maps.names.push(At { value: term, span: value.span });
            }
            "dependentRequired" | "dependentSchemas" | "dependencies" => self.depends(value),
            "unevaluatedProperties" => keywords.maps.opaque.extend((!value.is(true)).then_some(value)),
            _ => return false,
        }
        let says = ["properties", "additionalProperties", "patternProperties", "required"];
        self.keywords.of_map |= says.contains(&&*entry.key);
        true
    }

    fn depends(&mut self, value: &'s Value<'a>) {
        let keywords = &mut self.keywords;
        for entry in value.entries() {
            if matches!(entry.value.data, Data::List(_)) {
                let names = entry.value.items().iter().filter_map(|item| Some((item.text()?, item.span)));
                keywords.maps.needs.extend(names.map(|(name, span)| (&*entry.key, name, span)));
            } else {
                let at = At { value: self.judge.schema(self.origin, &entry.value), span: entry.at };
                keywords.maps.depends.push((&entry.key, at));
            }
        }
    }

    /// Puts what was read into the shape, kind by kind.
    fn finish(&mut self) {
        let (keywords, shape) = (&mut self.keywords, &mut self.shape);
        let tuple = keywords.items.filter(|items| matches!(items.data, Data::List(_)));
        let prefix: Vec<_> =
            tuple.or(keywords.prefix).map(|list| list.items().iter().collect()).unwrap_or_default();
        let rest = if tuple.is_some() { keywords.rest } else { keywords.items };
        if rest.is_some() || !prefix.is_empty() {
            keywords.lists.parts.push(ListPart { prefix, rest });
        }
        let part = std::mem::take(&mut keywords.part);
        if !part.named.is_empty()
            || !part.patterns.is_empty()
            || part.others.is_some_and(|value| !value.is(true))
        {
            keywords.maps.parts.push(Rc::new(part));
        }
        let maps = &mut keywords.maps;
        maps.required.sort();
        maps.required.dedup_by_key(|name| name.0);
        maps.needs.sort();
        if let Some(types) = keywords.types {
            keep(shape, types, &mut keywords.numbers);
            // `nullable` adds to `type`; a list of values must hold `null` itself (OpenAPI 3.0.3, proposal 003).
            let nullable = keywords.nullable.is_some() && self.dialect == Dialect::OpenApi30;
            shape.constants |= if nullable { NULL } else { 0 };
        }
        fill(&mut shape.number, &mut keywords.numbers);
        fill(&mut shape.text, &mut keywords.texts);
        fill(&mut shape.list, &mut keywords.lists);
        fill(&mut shape.map, &mut keywords.maps);
        if let Some(allowed) = keywords.allowed.take() {
            let literals = Judge::one_of_literals(allowed.into_iter().map(Literal::of).collect());
            let own = std::mem::take(shape);
            *shape = intersect::shapes(own, literals);
        }
    }
}

impl<'s, 'a> Keywords<'s, 'a> {
    fn allow(&mut self, values: Vec<&'s Value<'a>>) {
        self.allowed = Some(match self.allowed.take() {
            None => values,
            Some(mut both) => {
                both.retain(|one| values.iter().any(|other| super::literal::same(one, other)));
                both
            }
        });
    }
}

fn count(value: &Value) -> Option<At<u64>> {
    let Data::Number(text) = &value.data else { return None };
    let number = Decimal::read(text)?.small().and_then(|number| u64::try_from(number).ok())?;
    Some(At { value: number, span: value.span })
}

/// Puts bounds to a kind, if it is accepted.
fn fill<'s, 'a, F: Facets>(kind: &mut Option<Rc<Class<'s, 'a, F>>>, facets: &mut F) {
    if kind.is_some() {
        *kind = Some(Rc::new(Class { facets: std::mem::take(facets), ..Class::default() }));
    }
}

/// Keeps the kinds that `type` names. A name that is none of the seven is passed over.
fn keep(shape: &mut Shape, types: &Value, numbers: &mut Numbers) {
    let names: Vec<&str> =
        types.text().into_iter().chain(types.items().iter().filter_map(Value::text)).collect();
    if names.is_empty() || names.contains(&"any") {
        return;
    }
    let has = |name: &str| names.contains(&name);
    let bits = [("null", NULL), ("boolean", TRUE | FALSE)];
    shape.constants = bits.iter().filter(|(name, _)| has(name)).map(|(_, bit)| bit).sum();
    let whole = has("integer") && !has("number");
    shape.number.take_if(|_| !has("integer") && !has("number"));
    numbers.whole = whole.then_some(types.span);
    shape.text.take_if(|_| !has("string") && !has("file"));
    shape.list.take_if(|_| !has("array"));
    shape.map.take_if(|_| !has("object"));
}
