//! Whether a contract has what a caller says it reads: `GET /orders/{id}#customer.email`, `Order.email`, `acme.Orders/Get`.

use super::address::template;
use super::library::Library;
use super::openapi::METHODS;
use super::value::Value;
use super::{Contract, Side, graphql, protobuf};
use bastide_report::finding::Report;
use bastide_report::source::Sources;

/// Steps that looking for a field may take; a schema that takes more is not judged.
const STEPS: usize = 20_000;
/// Deepest nesting of schemas that is looked into.
const DEEPEST: usize = 64;

/// What looking for an element says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// It is there.
    There,
    /// It is not; what is.
    Missing(Vec<String>),
    /// The contract cannot be read, or its format is not looked into.
    Unknown,
}

/// Looks for an element.
pub fn look(contract: &Contract, sources: &Sources, name: &str) -> Known {
    let names = match contract.format.map(|format| format.name) {
        Some("openapi") => return operation(&contract.side, sources, name),
        Some("graphql") => graphql::elements(&contract.side, sources),
        Some("protobuf") => protobuf::elements(&contract.side, sources),
        _ => return Known::Unknown,
    };
    let wanted = dotted(name);
    match names {
        names if names.is_empty() => Known::Unknown,
        names if names.iter().any(|it| dotted(it) == wanted) => Known::There,
        names => Known::Missing(names),
    }
}

/// `acme.Orders/Get` and `acme.Orders.Get` are the same; arguments belong to their field.
fn dotted(name: &str) -> String {
    name.split('(').next().unwrap_or(name).trim().replace('/', ".")
}

fn operation(side: &Side, sources: &Sources, name: &str) -> Known {
    let library = Library::read(side, sources, &mut Report::default());
    let (operation, field) = name.split_once('#').unwrap_or((name, ""));
    let mut names = vec![];
    for file in side.asked() {
        let Some(paths) = library.root(file.id).and_then(|root| root.get("paths")) else { continue };
        for path in paths.entries() {
            let item = library.resolve(&path.value).0;
            for method in
                item.entries().iter().filter(|it| METHODS.contains(&it.key.to_ascii_lowercase().as_str()))
            {
                let own = format!("{} {}", method.key.to_uppercase(), path.key);
                if template(&own).0 != template(operation.trim()).0 {
                    names.push(own);
                    continue;
                }
                return match field {
                    "" => Known::There,
                    field => answered(&library, &method.value, field, &own),
                };
            }
        }
    }
    if names.is_empty() { Known::Unknown } else { Known::Missing(names) }
}

/// Looks for a field in all answers of an operation.
fn answered(library: &Library<'_>, operation: &Value<'_>, field: &str, own: &str) -> Known {
    let path: Vec<String> = field.split('.').map(|part| part.replace(['[', ']', '*'], "")).collect();
    let path: Vec<&str> = path.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let mut walk = Walk { library, left: STEPS, near: vec![] };
    for response in operation.get("responses").into_iter().flat_map(Value::entries) {
        let response = library.resolve(&response.value).0;
        for media in response.get("content").into_iter().flat_map(Value::entries) {
            if media.value.get("schema").is_none_or(|schema| walk.field(schema, &path, 0)) {
                return Known::There;
            }
        }
    }
    match walk.left {
        0 => Known::Unknown,
        _ => {
            let head = &path[..path.len().saturating_sub(1)];
            let head = if head.is_empty() { String::new() } else { format!("{}.", head.join(".")) };
            walk.near.sort();
            walk.near.dedup();
            Known::Missing(walk.near.iter().map(|name| format!("{own}#{head}{name}")).collect())
        }
    }
}

struct Walk<'l, 'a> {
    library: &'l Library<'a>,
    left: usize,
    /// Names at the last step, where the wanted one is not among them.
    near: Vec<String>,
}

impl<'l, 'a> Walk<'l, 'a> {
    /// Whether a schema has a field. Lists are gone through; one branch of a choice that has it is enough.
    fn field(&mut self, schema: &'l Value<'a>, path: &[&str], depth: usize) -> bool {
        let Some((first, rest)) = path.split_first() else { return true };
        if self.left == 0 || depth > DEEPEST {
            return false;
        }
        self.left -= 1;
        let schema = self.library.resolve(schema).0;
        if schema.is(true) {
            return true;
        }
        let properties = schema.get("properties").map(Value::entries).unwrap_or_default();
        if let Some(found) = properties.iter().find(|it| it.key == *first) {
            return self.field(&found.value, rest, depth + 1);
        }
        if rest.is_empty() {
            self.near.extend(properties.iter().map(|it| it.key.to_string()));
        }
        let further = schema.get("additionalProperties").filter(|it| !it.entries().is_empty());
        if further.is_some_and(|further| self.field(further, rest, depth + 1)) {
            return true;
        }
        let items = schema.get("items").filter(|it| !it.entries().is_empty());
        if items.is_some_and(|items| self.field(items, path, depth + 1)) {
            return true;
        }
        let branches = ["allOf", "oneOf", "anyOf", "prefixItems"];
        let branches = branches.iter().filter_map(|word| schema.get(word)).flat_map(Value::items);
        branches.into_iter().any(|branch| self.field(branch, path, depth + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, look};
    use crate::Contract;
    use crate::{ContractFormat, File, Side};
    use bastide_report::source::{Role, Sources};

    const ORDERS: &str = r##"openapi: 3.1.0
info: {title: orders, version: "1"}
paths:
  /orders/{id}:
    get:
      responses:
        "200":
          description: it
          content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
components:
  schemas:
    Order:
      allOf:
        - {properties: {id: {type: string}}}
        - properties:
            customer: {properties: {email: {type: string}}}
            lines: {type: array, items: {properties: {sku: {type: string}, of: {$ref: "#/components/schemas/Order"}}}}
            labels: {additionalProperties: {type: string}}
"##;

    fn known(path: &str, text: &str, name: &str) -> Known {
        let mut sources = Sources::default();
        let id = sources.add(path, text, Role::Contract);
        let side = Side { files: vec![File { path: path.into(), id, asked: true }] };
        look(&Contract { format: ContractFormat::of(path, text), side }, &sources, name)
    }

    #[test]
    fn fields_of_answers_are_found() {
        let look = |name: &str| known("orders.openapi.yaml", ORDERS, name);
        for name in [
            "GET /orders/{id}",
            "GET /orders/{orderId}#id",
            "GET /orders/{id}#customer.email",
            "GET /orders/{id}#lines[].sku",
            "GET /orders/{id}#lines.of.lines.of.id",
            "GET /orders/{id}#labels.any",
        ] {
            assert_eq!(look(name), Known::There, "{name}");
        }
        assert_eq!(look("GET /order"), Known::Missing(vec!["GET /orders/{id}".into()]));
        let Known::Missing(near) = look("GET /orders/{id}#customer.mail") else { panic!("it is not there") };
        assert_eq!(near, ["GET /orders/{id}#customer.email"]);
        let deep = format!("GET /orders/{{id}}#{}x", "lines.of.".repeat(500));
        assert!(look(&deep) != Known::There);
    }

    #[test]
    fn other_formats_have_full_names() {
        let proto = "syntax = \"proto3\";\npackage a.v1;\nmessage M { string id = 1; }\nservice S { rpc Get(M) returns (M); }\n";
        for name in ["a.v1.S/Get", "a.v1.S.Get", "a.v1.M.id", "a.v1.M"] {
            assert_eq!(known("a.proto", proto, name), Known::There, "{name}");
        }
        let graphql = "type Query { order(id: ID!): ID }\n";
        assert_eq!(known("a.graphql", graphql, "Query.order(id:)"), Known::There);
        assert!(matches!(known("a.graphql", graphql, "Query.orders"), Known::Missing(_)));
        assert_eq!(known("a.graphql", "type", "Query.order"), Known::Unknown);
    }
}
