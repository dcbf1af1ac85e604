//! Requests as a contract shows them: of each operation one, made of its examples, else of its schemas. Only what stands in
//! the document itself is followed.

use super::METHODS;
use crate::schema::example::{Examples, text};
use crate::value::{Value, read};
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `GET`.
    pub method: String,
    /// The path, filled in, with what it has to ask for: `/orders/7?page=1`.
    pub path: String,
    /// Whether a part of its path was filled in: it names something that may not be there.
    pub filled: bool,
    /// Headers that it must have, the type of its body among them.
    pub headers: Vec<(String, String)>,
    /// Its body.
    pub body: Option<String>,
    /// Statuses that are a success; empty if the contract names none.
    pub statuses: Vec<u16>,
}

/// An operation without an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unshown {
    /// `GET`.
    pub method: String,
    /// The path as written.
    pub path: String,
    /// What has no example.
    pub why: String,
}

/// The requests of a contract, in its order, and the operations that have none.
#[derive(Clone, Debug, Default)]
pub struct Requests {
    /// One of each operation.
    pub shown: Vec<Request>,
    /// Operations of which none can be made.
    pub unshown: Vec<Unshown>,
}

/// The requests of a text; none if it cannot be read, which is told elsewhere.
pub fn requests(path: &str, text: &str) -> Requests {
    let (mut sources, mut all) = (Sources::default(), Requests::default());
    let file = sources.add(path, text, Role::Contract);
    let Some(root) = read(file, sources.get(file), &mut Report::default()) else { return all };
    let examples = Examples::of(&root);
    for entry in root.get("paths").map(Value::entries).unwrap_or_default() {
        let item = examples.followed(&entry.value).unwrap_or(&entry.value);
        let written = METHODS.iter().filter(|it| !matches!(**it, "trace" | "options" | "head" | "query"));
        for (method, operation) in
            written.filter_map(|method| Some((method.to_uppercase(), item.get(method)?)))
        {
            match request(&examples, (&method, &entry.key), item, operation) {
                Ok(request) => all.shown.push(request),
                Err(why) => all.unshown.push(Unshown { method, path: entry.key.to_string(), why }),
            }
        }
    }
    all
}

fn request(
    examples: &Examples<'_>,
    (method, path): (&str, &str),
    item: &Value<'_>,
    operation: &Value<'_>,
) -> Result<Request, String> {
    let filled = path.contains('{');
    let (mut path, mut query, mut headers) = (path.to_string(), vec![], vec![]);
    // Those of the operation come first, and win over those of the path.
    let mut seen = vec![];
    for parameter in listed(operation).iter().chain(listed(item)) {
        let parameter = examples.followed(parameter).ok_or("a parameter stands in another file")?;
        let (Some(name), Some(place)) = (parameter.text_at("name"), parameter.text_at("in")) else {
            continue;
        };
        let known = (name.to_string(), place.to_string());
        let needed = place == "path" || parameter.get("required").is_some_and(|it| it.is(true));
        if !needed || seen.contains(&known) {
            continue;
        }
        seen.push(known);
        let value = examples.shown(parameter).and_then(|it| text(&it));
        let value = value.ok_or_else(|| format!("the parameter `{name}` has no example"))?;
        match place {
            "path" => path = path.replace(&format!("{{{name}}}"), &encoded(&value)),
            "query" => query.push(format!("{}={}", encoded(name), encoded(&value))),
            "header" => headers.push((name.to_string(), value)),
            _ => return Err(format!("`{name}` is a cookie")),
        }
    }
    if path.contains('{') {
        return Err(format!("`{path}` has a part that no parameter fills in"));
    }
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    let body = body(examples, operation)?;
    headers.extend(body.as_ref().map(|(kind, _)| ("Content-Type".to_string(), kind.clone())));
    let body = body.map(|(_, text)| text);
    Ok(Request { method: method.into(), path, filled, headers, body, statuses: statuses(operation) })
}

fn listed<'v>(of: &'v Value<'v>) -> &'v [Value<'v>] {
    of.get("parameters").map(Value::items).unwrap_or_default()
}

/// The type and the text of a body, if the operation has to have one.
fn body(examples: &Examples<'_>, operation: &Value<'_>) -> Result<Option<(String, String)>, String> {
    let Some(body) = operation.get("requestBody") else { return Ok(None) };
    let body = examples.followed(body).ok_or("the body stands in another file")?;
    let kinds = body.get("content").map(Value::entries).unwrap_or_default();
    let json = kinds.iter().find(|it| it.key.ends_with("json"));
    let Some(kind) = json.or(kinds.first()) else { return Ok(None) };
    let shown = examples.shown(&kind.value).ok_or("the body has no example")?;
    let written = if json.is_some() { Some(shown.to_string()) } else { text(&shown) };
    let written = written.ok_or_else(|| format!("the body has no example as {}", kind.key))?;
    Ok(Some((kind.key.to_string(), written)))
}

fn statuses(operation: &Value<'_>) -> Vec<u16> {
    let codes = operation.get("responses").map(Value::entries).unwrap_or_default();
    codes.iter().filter_map(|it| it.key.parse().ok()).filter(|it| (200..400).contains(it)).collect()
}

/// A text as a part of a URL (RFC 3986, unreserved).
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let part = |byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r##"
openapi: 3.1.0
paths:
  /orders/{id}:
    parameters:
      - {name: id, in: path, required: true, schema: {type: string, pattern: '^o-[0-9]{2}$'}}
    get:
      parameters:
        - {name: "page no", in: query, required: true, example: "a&b"}
        - {name: deep, in: query, schema: {type: string}}
        - {name: X-Tenant, in: header, required: true, schema: {enum: [blue, red]}}
      responses: {"200": {description: x}, "304": {description: x}, "404": {description: x}, default: {description: x}}
    put:
      requestBody:
        content:
          application/json: {schema: {$ref: "#/components/schemas/Order"}}
    delete:
      parameters:
        - {name: session, in: cookie, required: true, schema: {type: string}}
  /odd:
    post:
      requestBody: {content: {application/json: {schema: {$ref: "other.yaml#/X"}}}}
components:
  schemas:
    Order:
      type: object
      required: [id, lines, paid, at]
      properties:
        id: {type: string, format: uuid}
        lines: {type: array, minItems: 2, items: {allOf: [{$ref: "#/components/schemas/Line"}]}}
        paid: {type: boolean}
        at: {type: string, format: date-time}
        note: {type: string}
    Line: {type: object, required: [quantity, sku], properties: {quantity: {type: integer, minimum: 3}, sku: {type: string, minLength: 9}}}
"##;

    #[test]
    fn a_request_is_made_of_examples_and_schemas() {
        let all = requests("orders.openapi.yaml", TEXT);
        let [put_or_get, other] = &all.shown[..] else { panic!("{all:?}") };
        let (get, put) = if put_or_get.method == "GET" { (put_or_get, other) } else { (other, put_or_get) };
        assert_eq!(get.path, "/orders/o-00?page%20no=a%26b");
        assert_eq!(get.headers, [("X-Tenant".to_string(), "blue".to_string())]);
        assert!(get.filled);
        assert_eq!((&get.statuses[..], &get.body), (&[200, 304][..], &None));
        assert_eq!((put.path.as_str(), &put.headers[0].1[..]), ("/orders/o-00", "application/json"));
        let body: serde_json::Value =
            serde_json::from_str(put.body.as_deref().expect("a body")).expect("JSON");
        let line = serde_json::json!({ "quantity": 3, "sku": "texttextt" });
        let wanted = serde_json::json!({
            "id": "00000000-0000-4000-8000-000000000000",
            "lines": [line, line],
            "paid": true,
            "at": "2026-01-01T00:00:00Z",
        });
        assert_eq!(body, wanted);
        let why: Vec<(&str, &str)> =
            all.unshown.iter().map(|it| (it.path.as_str(), it.why.as_str())).collect();
        assert_eq!(why, [("/orders/{id}", "`session` is a cookie"), ("/odd", "the body has no example")]);
    }

    #[test]
    fn a_small_contract_that_asks_for_a_huge_body_shows_none() {
        let nested = (0..11).fold("{type: integer}".to_string(), |items, _| {
            format!("{{type: array, minItems: 1000, items: {items}}}")
        });
        let wide = |at: usize| {
            let names: Vec<String> = (0..9).map(|it| format!("p{it}")).collect();
            let next = format!("{{$ref: '#/components/schemas/S{}'}}", at + 1);
            let properties: Vec<String> = names.iter().map(|it| format!("{it}: {next}")).collect();
            format!(
                "    S{at}: {{required: [{}], properties: {{{}}}}}\n",
                names.join(", "),
                properties.join(", ")
            )
        };
        let chain: String = (0..10).map(wide).collect();
        let post = |schema: &str| {
            format!("{{post: {{requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}}}}}")
        };
        let text = format!(
            "openapi: 3.1.0\npaths:\n  /a: {}\n  /b: {}\ncomponents:\n  schemas:\n{chain}    S10: {{type: integer}}\n",
            post(&nested),
            post("{$ref: '#/components/schemas/S0'}")
        );
        let all = requests("huge.openapi.yaml", &text);
        let unshown: Vec<&str> = all.unshown.iter().map(|it| it.path.as_str()).collect();
        assert_eq!((all.shown.len(), unshown), (0, vec!["/a", "/b"]));
    }
}
