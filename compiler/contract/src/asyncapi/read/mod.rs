//! Documents as [`Api`]s: references followed, traits filled in.

mod message;
mod three;
pub(super) mod traits;
mod two;

use super::model::{Api, Part, Server};
use crate::library::Library;
use crate::value::{Data, Value};
use bastide_report::finding::Finding;
use bastide_report::source::Span;

/// The document under a value; `None` if it is none, and why is among the findings.
pub(super) fn read<'s, 'a>(
    library: &'s Library<'a>,
    root: &'s Value<'a>,
    findings: &mut Vec<Finding>,
) -> Option<Api<'s, 'a>> {
    let version = root.get("asyncapi").and_then(|version| match &version.data {
        Data::Text(text) => Some(text.as_ref()),
        Data::Number(digits) => Some(digits.as_ref()),
        _ => None,
    });
    let major = version.and_then(|version| version.split('.').next());
    let version = match major {
        Some("2") => 2,
        Some("3") => 3,
        _ => {
            findings.push(strange(root.get("asyncapi").unwrap_or(root).span, version));
            return None;
        }
    };
    let mut reader = Reader { library, findings, root, content: root.text_at("defaultContentType") };
    let servers = reader.servers();
    let mut api = Api { root, servers, channels: vec![], operations: vec![] };
    if version == 2 {
        reader.two(&mut api)
    } else {
        reader.three(&mut api)
    }
    api.channels.iter_mut().for_each(|channel| channel.messages.sort_by_key(|message| message.key));
    Some(api)
}

fn strange(at: Span, version: Option<&str>) -> Finding {
    let message = match version {
        Some(version) => format!("AsyncAPI {version} is not read"),
        None => "the document says no version of AsyncAPI".into(),
    };
    let rule = if version.is_some() { "contract-unsupported" } else { "contract-syntax" };
    Finding::new(rule, message).label(at, "versions 2 and 3 are read").help("write `asyncapi: 3.0.0`")
}

struct Reader<'s, 'a, 'f> {
    library: &'s Library<'a>,
    findings: &'f mut Vec<Finding>,
    root: &'s Value<'a>,
    content: Option<&'s str>,
}

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// What a value means: itself, or what its `$ref` leads to.
    fn follow(&mut self, value: &'s Value<'a>) -> &'s Value<'a> {
        let (value, fault) = self.library.resolve(value);
        self.findings.extend(fault);
        value
    }

    /// The named parts of a map.
    fn parts(&mut self, map: Option<&'s Value<'a>>) -> Vec<Part<'s, 'a>> {
        let Some(map) = map.map(|map| self.follow(map)) else { return vec![] };
        let part = |entry: &'s crate::value::Entry<'a>| Part {
            key: entry.key.as_ref(),
            at: entry.at,
            value: self.follow(&entry.value),
        };
        map.entries().iter().map(part).collect()
    }

    fn servers(&mut self) -> Vec<Server<'s, 'a>> {
        let root = self.root;
        let parts = self.parts(root.get("servers"));
        parts.into_iter().map(|part| self.server(part)).collect()
    }

    fn server(&mut self, part: Part<'s, 'a>) -> Server<'s, 'a> {
        let Part { key, at, value } = part;
        let text = |key| value.text_at(key).unwrap_or_default();
        let url = text("url");
        let address = match url.split_once("://") {
            Some((_, rest)) => rest.to_string(),
            None => format!("{url}{}{}", text("host"), text("pathname")),
        };
        let protocol = format!("{} {}", text("protocol"), text("protocolVersion")).trim().to_string();
        let variables = self.parts(value.get("variables"));
        let security = self.security(value.get("security"));
        let address = address.trim_end_matches('/').to_string();
        Server { key, at, address, protocol, value, variables, security }
    }

    /// Ways to be let in: in version 2 names with scopes, in version 3 schemes or references to them.
    fn security(&mut self, list: Option<&'s Value<'a>>) -> Vec<String> {
        let mut ways: Vec<String> =
            list.map_or(&[][..], Value::items).iter().map(|way| self.way(way)).collect();
        ways.sort();
        ways
    }

    fn way(&mut self, way: &'s Value<'a>) -> String {
        let words =
            |list: &Value<'_>| list.items().iter().filter_map(Value::text).collect::<Vec<_>>().join(" ");
        if let Some(reference) = way.text_at("$ref") {
            let scopes = self.follow(way).get("scopes").map(words).unwrap_or_default();
            let name = reference.rsplit('/').next().unwrap_or(reference);
            return format!("{name} {scopes}").trim().into();
        }
        if let Some(kind) = way.text_at("type") {
            return format!("{kind} {}", way.get("scopes").map(words).unwrap_or_default()).trim().into();
        }
        let names = way.entries().iter().map(|entry| format!("{} {}", entry.key, words(&entry.value)));
        names.map(|name| name.trim().to_string()).collect::<Vec<_>>().join(" and ")
    }
}
