//! What rules about changed contracts share: who reads an api, and how changes are told.

use crate::check::{Context, Found};
use crate::contracts::history::Step;
use crate::contracts::readers::asks;
use crate::model::service::{Api, Call, Service};
use bastide_contract::Change;
use bastide_report::version::Bump;

/// Most changes that a finding shows with their places.
const SHOWN: usize = 12;

/// Everybody who calls an api.
pub fn callers<'m>(ctx: &Context<'m>, api: &Api) -> Vec<(&'m Service, &'m Call)> {
    let all = ctx.model.services.iter().flat_map(|it| it.calls.iter().map(move |call| (it, call)));
    all.filter(|(_, call)| ctx.model.api_of(call).is_some_and(|it| it.at == api.at)).collect()
}

/// The callers that get the version a step makes, in place of the one before.
pub fn bound<'m>(ctx: &Context<'m>, step: &Step<'m>) -> Vec<(&'m Service, &'m Call)> {
    let Some(before) = step.before else { return vec![] };
    callers(ctx, step.api).into_iter().filter(|(_, call)| asks(call, before)).collect()
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
