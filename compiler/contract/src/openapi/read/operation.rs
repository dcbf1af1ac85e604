//! Paths, webhooks and callbacks to operations.

use super::Reader;
use crate::address::template;
use crate::openapi::METHODS;
use crate::openapi::model::{Operation, Parameter, ParameterKey, Route};
use crate::value::{Entry, Value};
use bastide_report::finding::{Finding, Level};
use std::collections::BTreeMap;

/// What stands around a list of paths.
pub(super) struct Outer {
    /// What the names of its operations begin with.
    prefix: String,
    /// Callbacks stand in operations, which stand in paths; theirs are not read again.
    callbacks: bool,
    /// Its keys are paths with parameters in braces.
    templates: bool,
}

impl Outer {
    /// What clients call.
    pub(super) fn calls() -> Outer {
        Outer { prefix: String::new(), callbacks: true, templates: true }
    }

    /// Path items that are offered to other texts, by name.
    pub(super) fn items() -> Outer {
        Outer { templates: false, ..Outer::calls() }
    }

    /// What clients are called with.
    pub(super) fn webhooks() -> Outer {
        Outer { prefix: "webhook ".into(), callbacks: false, templates: false }
    }
}

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// All operations of a map of path items.
    pub(super) fn paths(
        &mut self,
        paths: Option<&'s Value<'a>>,
        outer: &Outer,
    ) -> BTreeMap<Route, Operation<'s, 'a>> {
        let mut found = BTreeMap::new();
        for entry in paths.map_or(&[][..], Value::entries).iter().filter(|entry| !entry.key.starts_with("x-"))
        {
            let Some(item) = self.follow(&entry.value) else { continue };
            for (method, at) in methods(item) {
                let operation = self.operation(entry, item, at, outer);
                let path = if outer.templates { template(&entry.key).0 } else { entry.key.to_string() };
                let route = Route { path, method: method.to_ascii_lowercase() };
                if let Some(first) = found.get(&route) {
                    self.report.push(twice(first, &operation));
                } else {
                    found.insert(route, operation);
                }
            }
        }
        found
    }

    fn operation(
        &mut self,
        path: &'s Entry<'a>,
        item: &'s Value<'a>,
        at: &'s Entry<'a>,
        outer: &Outer,
    ) -> Operation<'s, 'a> {
        let value = &at.value;
        let names = if outer.templates { template(&path.key).1 } else { vec![] };
        Operation {
            name: format!("{}{} {}", outer.prefix, at.key.to_ascii_uppercase(), path.key),
            at: at.at,
            path_at: path.at,
            value,
            parameters: self.parameters(item, value, &names),
            body: value.get("requestBody").and_then(|body| self.body(body)),
            answers: self.answers(value.get("responses")),
            callbacks: self.callbacks(
                value,
                &format!("{} {} ", at.key.to_ascii_uppercase(), path.key),
                outer,
            ),
            security: self.security(value),
            servers: self.servers(item, value),
        }
    }

    /// Those of the path, and over them those of the operation.
    fn parameters(
        &mut self,
        item: &'s Value<'a>,
        operation: &'s Value<'a>,
        names: &[&str],
    ) -> BTreeMap<ParameterKey, Parameter<'s, 'a>> {
        let lists = [item, operation].into_iter().filter_map(|value| value.get("parameters"));
        let read = |written| self.follow(written).map(|value| (written, value));
        let all: Vec<(&Value, &'s Value<'a>)> = lists.flat_map(Value::items).filter_map(read).collect();
        let names = positions(names, all.iter().map(|(_, value)| *value));
        let mut found = BTreeMap::new();
        for (written, value) in all {
            let Some((name, place)) = value.text_at("name").zip(value.text_at("in")) else { continue };
            // What these say is said by `content` and `responses` (OpenAPI 3.1, 4.8.12.2). `Authorization` is to be said by
            // `security`, but where it is not, it is still what clients must send.
            let told = ["accept", "content-type"];
            if place == "header" && told.iter().any(|told| name.eq_ignore_ascii_case(told)) {
                continue;
            }
            let key = ParameterKey { place: place.into(), name: key_name(name, place, &names) };
            let span = if written.get("$ref").is_some() { value.span } else { written.span };
            let mut parameter = self.parameter(name, span, value, place);
            parameter.required |= place == "path";
            found.insert(key, parameter);
        }
        found
    }

    /// The callbacks of an operation, or those of `components`; their names begin with `before`.
    pub(super) fn callbacks(
        &mut self,
        of: &'s Value<'a>,
        before: &str,
        outer: &Outer,
    ) -> BTreeMap<Route, Operation<'s, 'a>> {
        let mut found = BTreeMap::new();
        let callbacks = of.get("callbacks").filter(|_| outer.callbacks);
        for entry in callbacks.map_or(&[][..], Value::entries) {
            let prefix = format!("{before}callback {} ", entry.key);
            let inner = Outer { prefix, callbacks: false, templates: false };
            let paths = self.follow(&entry.value);
            for (mut route, operation) in self.paths(paths, &inner) {
                // The key is an expression, in braces or not (OpenAPI 3.0.3, 4.7.18); what it is called is nobody's business.
                let bare = route.path.strip_prefix('{').and_then(|path| path.strip_suffix('}'));
                if let Some(bare) = bare.filter(|bare| !bare.contains(['{', '}'])) {
                    route.path = bare.into();
                }
                if found.contains_key(&route) {
                    route.path = format!("{} {}", entry.key, route.path);
                }
                found.insert(route, operation);
            }
        }
        found
    }
}

/// The methods of a path item, those of 3.2 with names of their own among them.
fn methods<'s, 'a>(item: &'s Value<'a>) -> impl Iterator<Item = (&'s str, &'s Entry<'a>)> {
    let plain = item.entries().iter().filter(|entry| METHODS.contains(&entry.key.as_ref()));
    let more = item.get("additionalOperations").map_or(&[][..], Value::entries);
    plain.chain(more).map(|entry| (entry.key.as_ref(), entry))
}

/// The names in a path's braces. Where a brace has a name nobody declared, a declared one without a brace is meant.
fn positions<'n>(braces: &[&'n str], parameters: impl Iterator<Item = &'n Value<'n>>) -> Vec<&'n str> {
    let path = parameters.filter(|value| value.text_at("in") == Some("path"));
    let declared: Vec<&str> = path.filter_map(|value| value.text_at("name")).collect();
    let mut homeless = declared.iter().filter(|name| !braces.contains(name)).copied();
    let mut known = |brace: &&'n str| if declared.contains(brace) { Some(*brace) } else { homeless.next() };
    braces.iter().map(|brace| known(brace).unwrap_or(brace)).collect()
}

fn key_name(name: &str, place: &str, names: &[&str]) -> String {
    match place {
        "header" => name.to_ascii_lowercase(),
        "path" => names.iter().position(|other| *other == name).map_or(name.into(), |at| format!("{at:03}")),
        _ => name.into(),
    }
}

fn twice(first: &Operation, second: &Operation) -> Finding {
    let message = format!("`{}` and `{}` are one route", first.name, second.name);
    Finding::new("contract-syntax", message)
        .level(Level::Warn)
        .label(second.at, "is not compared")
        .label(first.at, "is the same but for the names of its parameters")
        .help("keep one of them")
}
