//! Texts to [`Contract`]: what is inherited is handed down, and `$ref`s outside schemas are followed.

mod media;
mod operation;
mod security;
mod server;
mod shared;

use super::model::{Contract, Shared};
use crate::library::Library;
use crate::schema::Dialect;
use crate::value::{Data, Value};
use bastide_report::finding::{Finding, Report};
use std::collections::BTreeMap;

/// What reading a contract needs everywhere.
pub(super) struct Reader<'s, 'a, 'r> {
    library: &'s Library<'a>,
    root: &'s Value<'a>,
    schemes: BTreeMap<&'s str, &'s Value<'a>>,
    report: &'r mut Report,
}

/// The contract whose whole text is `root`; `None` if it is not OpenAPI 3, which the report says.
pub(super) fn contract<'s, 'a>(
    library: &'s Library<'a>,
    root: &'s Value<'a>,
    report: &mut Report,
) -> Option<Contract<'s, 'a>> {
    let dialect = dialect(root, report)?;
    let schemes = root.get("components").and_then(|components| components.get("securitySchemes"));
    let mut reader = Reader { library, root, schemes: BTreeMap::new(), report };
    for entry in schemes.map_or(&[][..], Value::entries) {
        if let Some(scheme) = reader.follow(&entry.value) {
            reader.schemes.insert(&entry.key, scheme);
        }
    }
    let operations = reader.paths(root.get("paths"), &operation::Outer::calls());
    let webhooks = reader.paths(root.get("webhooks"), &operation::Outer::webhooks());
    let schemes = reader.schemes.keys().map(|name| (*name, reader.wires(name))).collect();
    let none = operations.is_empty() && webhooks.is_empty();
    let shared = if none { reader.shared() } else { Shared::default() };
    Some(Contract { root, dialect, operations, webhooks, schemes, shared })
}

/// Whether a text says of itself that it is OpenAPI, of whatever version.
pub(super) fn claims(root: &Value) -> bool {
    root.get("openapi").is_some() || root.get("swagger").is_some()
}

fn dialect(root: &Value, report: &mut Report) -> Option<Dialect> {
    let version = match root.get("openapi").map(|value| &value.data) {
        Some(Data::Text(text) | Data::Number(text)) => text.as_ref(),
        _ => "",
    };
    if version == "3.0" || version.starts_with("3.0.") {
        return Some(Dialect::OpenApi30);
    }
    if version == "3" || version.starts_with("3.") {
        return Some(Dialect::New);
    }
    report.push(refusal(root, version));
    None
}

fn refusal(root: &Value, version: &str) -> Finding {
    let place = root.get("openapi").or_else(|| root.get("swagger")).map_or(root.span, |value| value.span);
    if root.get("swagger").is_some() {
        return Finding::new("contract-unsupported", "Swagger 2.0 is not read")
            .label(place, "is an older format than OpenAPI 3")
            .help("convert it to OpenAPI 3 once, and keep that");
    }
    if version.is_empty() {
        return Finding::new("contract-syntax", "this is not an OpenAPI text")
            .label(place, "has no `openapi` version")
            .help("write `openapi: 3.1.0` at its top");
    }
    Finding::new("contract-unsupported", format!("OpenAPI `{version}` is not read"))
        .label(place, "is a version that is not known")
        .help("write `openapi: 3.1.0` if it keeps to that")
}

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// What a value means: itself, or what its `$ref` leads to. `None` where that leads nowhere, which the report says.
    fn follow(&mut self, value: &'s Value<'a>) -> Option<&'s Value<'a>> {
        let (value, fault) = self.library.resolve(value);
        self.report.findings.extend(fault);
        value.get("$ref").is_none().then_some(value)
    }
}
