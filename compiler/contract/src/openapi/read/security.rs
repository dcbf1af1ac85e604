//! What a caller must show, by what it is on the wire.

use super::Reader;
use crate::openapi::model::{Alternative, Scheme, Security};
use crate::value::{Entry, Value};

/// Alternatives one requirement may stand for before the rest is left out.
const MOST: usize = 64;

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// What an operation asks for, or else what all of them do.
    pub(super) fn security(&mut self, operation: &'s Value<'a>) -> Security<'s> {
        let said = operation.entry("security").or_else(|| self.root.entry("security"));
        let Some(entry) = said else { return Security { at: self.root.span, alternatives: vec![] } };
        let alternatives = entry.value.items().iter().flat_map(|item| self.alternatives(item)).collect();
        Security { at: entry.at, alternatives }
    }

    /// A requirement; each way to get a token is one of its own, so that one more takes nothing from the others.
    fn alternatives(&self, item: &'s Value<'a>) -> Vec<Alternative<'s>> {
        let mut found = vec![Alternative { at: item.span, schemes: vec![] }];
        for entry in item.entries() {
            let with = |alternative: &Alternative<'s>, wire: &String| {
                let mut alternative = alternative.clone();
                alternative.schemes.push(scheme(entry, wire.clone()));
                alternative
            };
            let wires = self.wires(&entry.key);
            let each = found.iter().flat_map(|one| wires.iter().map(move |wire| with(one, wire)));
            found = each.take(MOST).collect();
        }
        found
    }

    /// What a scheme is on the wire.
    pub(super) fn wires(&self, name: &str) -> Vec<String> {
        let Some(scheme) = self.schemes.get(name) else { return vec![format!("scheme {name}")] };
        let word = |key: &str| scheme.text_at(key).unwrap_or_default();
        let wire = match word("type") {
            "apiKey" if word("in") == "header" => format!("header {}", word("name").to_ascii_lowercase()),
            "apiKey" => format!("{} {}", word("in"), word("name")),
            "http" => format!("http {}", word("scheme").to_ascii_lowercase()),
            "openIdConnect" => format!("openIdConnect {}", word("openIdConnectUrl")),
            "mutualTLS" => "mutualTLS".into(),
            "oauth2" => return flows(scheme),
            kind => format!("{kind} {name}"),
        };
        vec![wire]
    }
}

fn scheme<'s>(entry: &'s Entry, wire: String) -> Scheme<'s> {
    let mut scopes: Vec<&str> = entry.value.items().iter().filter_map(Value::text).collect();
    scopes.sort_unstable();
    Scheme { name: &entry.key, wire, scopes }
}

/// The addresses that a flow uses (OpenAPI 3.0.3, 4.7.29); another that is written there is called by nobody.
const FLOWS: [(&str, &[&str]); 5] = [
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
    ("deviceAuthorization", &["deviceAuthorizationUrl", "tokenUrl"]),
];

fn flows(scheme: &Value) -> Vec<String> {
    let entries = scheme.get("flows").map_or(&[][..], Value::entries);
    let flow = |entry: &Entry| {
        let used = FLOWS.iter().find(|(name, _)| *name == entry.key).map_or(&[][..], |(_, urls)| *urls);
        let urls: Vec<&str> = used.iter().filter_map(|key| entry.value.text_at(key)).collect();
        format!("oauth2 {} {}", entry.key, urls.join(" "))
    };
    let found: Vec<String> = entries.iter().filter(|entry| !entry.key.starts_with("x-")).map(flow).collect();
    if found.is_empty() { vec!["oauth2".into()] } else { found }
}
