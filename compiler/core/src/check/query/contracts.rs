//! What rules about changed contracts share: who reads an api, what of it, and how changes are told.

use super::versions::api_of;
use crate::check::{Context, Found};
use crate::contracts::history::Step;
use crate::model::service::{Api, Call, Service};
use crate::tree::At;
use bastide_contract::{Change, Direction, openapi};
use bastide_report::version::Bump;

/// Most changes that a finding shows with their places.
const SHOWN: usize = 12;

/// Everybody who calls an api.
pub fn callers<'m>(ctx: &Context<'m>, api: &Api) -> Vec<(&'m Service, &'m Call)> {
    let all = ctx.model.services.iter().flat_map(|it| it.calls.iter().map(move |call| (it, call)));
    all.filter(|(_, call)| api_of(ctx.model, call).is_some_and(|it| it.at == api.at)).collect()
}

/// The callers that get the version a step makes, in place of the one before.
pub fn bound<'m>(ctx: &Context<'m>, step: &Step<'m>) -> Vec<(&'m Service, &'m Call)> {
    let Some(before) = step.before else { return vec![] };
    let asks = |call: &Call| call.range.as_ref().is_none_or(|range| range.matches(&before.semver));
    callers(ctx, step.api).into_iter().filter(|(_, call)| asks(call)).collect()
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

/// Adds the places of changes.
pub fn labelled<'c>(mut found: Found, changes: impl Iterator<Item = &'c Change>) -> Found {
    let all: Vec<&Change> = changes.collect();
    for change in all.iter().take(SHOWN) {
        let (gone, place) = match (&change.new, &change.old) {
            (Some(place), _) => ("", place),
            (None, Some(place)) => ("(gone) ", place),
            (None, None) => continue,
        };
        let more = if change.also.is_empty() {
            String::new()
        } else {
            format!(", and at {} more", change.also.len())
        };
        found = found.label(place.span, format!("{gone}{}: {}{more}", change.path, change.message));
    }
    found
}

/// `the field is gone, and 2 more changes`.
pub fn told(changes: &[&Change]) -> String {
    match changes {
        [] => "nothing changed".into(),
        [one] => one.message.clone(),
        [first, second] => format!("{}; and {}", first.message, second.message),
        [first, rest @ ..] => format!("{}; and {} more changes", first.message, rest.len()),
    }
}

/// The api as one calls it: with its service, if that has another name.
pub fn name(service: &Service, api: &Api) -> String {
    let (service, api) = (&service.name.value, &api.name.value);
    if service == api { format!("`{api}`") } else { format!("`{api}` of `{service}`") }
}

/// The changes of the weight a step takes.
pub fn heaviest<'m>(step: &Step<'m>) -> Vec<&'m Change> {
    match step.required() {
        Bump::None => vec![],
        bump => step.changes(bump).collect(),
    }
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
