//! Who reads what of a contract, and whether a change concerns it.

use super::comparisons::Text;
use super::history::contract;
use crate::model::Model;
use crate::model::service::{Api, ApiVersion, Call};
use crate::tree::At;
use bastide_contract::{Change, Direction, openapi};

/// A call that says what it reads, and the contract it reads it of: that of the newest version it accepts.
#[derive(Clone, Debug)]
pub struct Reads<'m> {
    /// The contract.
    pub text: Text,
    /// The api.
    pub api: &'m Api,
    /// The call.
    pub call: &'m Call,
}

/// Whether a call may be answered by this version.
pub fn asks(call: &Call, version: &ApiVersion) -> bool {
    call.range.as_ref().is_none_or(|range| range.matches(&version.semver))
}

/// The calls that say what they read.
pub fn reads(model: &Model) -> Vec<Reads<'_>> {
    let calls = model.services.iter().flat_map(|it| &it.calls).filter(|call| !call.reads.is_empty());
    let reads = |call| {
        let api = model.api_of(call)?;
        let version = api.versions.iter().find(|it| asks(call, it))?;
        Some(Reads { text: Text::new(contract(api, version).ok()?), api, call })
    };
    calls.filter_map(reads).collect()
}

/// Whether a caller reads something of what changed. One that does not say what it reads, reads everything.
pub fn touched<'c>(call: &Call, mut changes: impl Iterator<Item = &'c Change>) -> bool {
    call.reads.is_empty() || changes.any(|change| call.reads.iter().any(|reads| touches(change, reads)))
}

fn touches(change: &Change, reads: &At<String>) -> bool {
    let mut all = change.also.iter().map(|path| element(path)).chain([change.element.clone()]);
    all.any(|element| element.is_empty() || meets(&element, &reads.value, change.direction))
}

/// What a reader would name for a path: those of OpenAPI are an operation and more words.
fn element(path: &str) -> String {
    if path.contains(' ') { openapi::element(path) } else { path.to_string() }
}

/// Whether one names the other, or a part of it. What goes to the service concerns whoever asks at all.
fn meets(element: &str, reads: &str, direction: Direction) -> bool {
    let part =
        |text: &str| text.split_once('#').map_or((plain(text), String::new()), |(a, b)| (plain(a), plain(b)));
    let ((operation, field), (asked, wanted)) = (part(element), part(reads));
    if !operation.contains(' ') || !asked.contains(' ') {
        // Methods of protobuf are written with either.
        let (operation, asked) = (operation.replace('/', "."), asked.replace('/', "."));
        return inside(&operation, &asked) || inside(&asked, &operation);
    }
    let answers = direction == Direction::Response;
    operation == asked && (!answers || inside(&field, &wanted) || inside(&wanted, &field))
}

/// `a.b` is inside `a`, and everything is inside nothing.
fn inside(part: &str, whole: &str) -> bool {
    let rest = part.strip_prefix(whole);
    whole.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '(', '/', '@']))
}

/// Without the marks of lists and the names of parameters: `/orders/{id}` and `/orders/{orderId}` are the same.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut hidden = false;
    for letter in text.trim().chars() {
        match letter {
            '{' => hidden = true,
            '}' => out.push_str("{}"),
            '[' | ']' | '*' => {}
            _ if hidden => {}
            letter => out.push(letter),
        }
        hidden = hidden && letter != '}';
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{element, meets};
    use bastide_contract::Direction::{Request, Response};

    #[test]
    fn what_is_read_meets_what_changed() {
        let email = "GET /orders/{id}#customer.email";
        assert!(meets(email, "GET /orders/{orderId}#customer", Response));
        assert!(meets("GET /orders/{id}#customer", email, Response));
        assert!(!meets("GET /orders/{id}#customer.name", email, Response));
        assert!(!meets("GET /orders#customer.email", email, Response));
        assert!(meets("GET /orders/{id}#q", email, Request));
        assert!(meets("GET /orders/{id}", email, Response));
        assert!(meets("Order.email", "Order", Response));
        assert!(!meets("Order.email", "Order.id", Response));
        assert!(!meets("OrderLine.id", "Order", Response));
        assert_eq!(element("GET /orders 200 application/json $.items[].sku"), "GET /orders#items[].sku");
        assert_eq!(element("Order.id"), "Order.id");
    }
}
