//! `partial-capture`: a longer path beats a better match.

use crate::check::gateway::route_shadowed::METHODS;
use crate::check::{Context, Found, Rule};
use crate::model::gateway::Route;
use crate::tree::At;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::warn("partial-capture", check);

/// Routes by their path, without a slash at the end, and whether they are exact: those that can take requests from one another.
type Places<'m> = BTreeMap<(&'m str, bool), Vec<&'m Route>>;

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for gateway in ctx.model.gateways.iter().filter(|it| !it.out) {
        let mut places: Places<'_> = BTreeMap::new();
        for route in &gateway.routes {
            places.entry((trimmed(route), route.exact)).or_default().push(route);
        }
        let picky =
            |route: &&Route| route.header.is_some() || route.query.is_some() || !route.methods.is_empty();
        for loser in gateway.routes.iter().filter(picky).filter(|route| !route.exact) {
            let Some((winner, lost)) = astray(&places, loser) else { continue };
            let (to, instead) = (place(winner), place(loser));
            RULE.found(&loser.at, format!("{} is answered by {to}, not by {instead}", lost.request))
                .label(winner.path.span(), "wins by its path")
                .label(loser.path.span(), format!("asks for {}", lost.what))
                .help(format!(
                    "write the same for the longer path: `route \"{}\"` with {}",
                    winner.path.value, lost.what
                ))
                .add_to(found);
        }
    }
}

/// A request that goes astray.
#[derive(Debug)]
struct Lost {
    request: String,
    what: String,
}

/// The first route at a longer path that takes a request from this one.
fn astray<'m>(places: &Places<'m>, loser: &Route) -> Option<(&'m Route, Lost)> {
    let own = trimmed(loser);
    // In the order of texts, what lies below a path stands together: from `/own/` up to what comes after the slash.
    let (from, end) =
        if own == "/" { ("/".into(), None) } else { (format!("{own}/"), Some(format!("{own}0"))) };
    let below = places.range((from.as_str(), false)..);
    let below = below.take_while(|((path, _), _)| end.as_ref().is_none_or(|end| *path < end.as_str()));
    let exact = places.get_key_value(&(own, true)).filter(|_| own != "/");
    let longer = exact.into_iter().chain(below).filter(|((path, exact), _)| *exact || *path != own);
    longer
        .flat_map(|(_, rivals)| rivals.iter().map(move |winner| (*winner, rivals)))
        .find_map(|(winner, rivals)| Some((winner, captured(winner, loser, rivals)?)))
}

/// The request the one takes from the other, which matches it in a later criterion, if there is one; `rivals` are the
/// routes of the winner's path.
fn captured(winner: &Route, loser: &Route, rivals: &[&Route]) -> Option<Lost> {
    if same_place(winner, loser) || differ(winner, loser) {
        return None;
    }
    let same_path = trimmed(winner) == trimmed(loser);
    let header =
        loser.header.as_ref().filter(|own| winner.header.as_ref().is_none_or(|it| !same_header(own, it)));
    let query = loser.query.as_ref().filter(|own| winner.query.as_ref() != Some(own));
    let verb = same_path && winner.methods.is_empty() && !loser.methods.is_empty();
    if header.is_none() && query.is_none() && !verb {
        return None;
    }
    let wins = |method: &String| {
        let ahead = |it: &&&Route| takes(it, winner, loser, method);
        let best =
            rivals.iter().filter(ahead).max_by_key(|it| (weight(it), std::cmp::Reverse(it.path.span())));
        best.is_some_and(|best| std::ptr::eq(*best, winner))
    };
    let method = methods(winner, loser).into_iter().find(wins)?;
    let header = header.map(|(name, value)| format!("`{name}: {value}`"));
    let query = query.map(|(name, value)| format!("`?{name}={value}`"));
    let what = header.or(query).unwrap_or_else(|| format!("`{method}`"));
    Some(Lost { request: format!("`{method} {}` with {what}", winner.path.value), what })
}

/// Whether a route at the winner's path matches the request that just suits winner and loser.
fn takes(route: &Route, winner: &Route, loser: &Route, method: &str) -> bool {
    let carries = |own: &(String, String)| {
        [winner, loser].iter().any(|it| it.header.as_ref().is_some_and(|it| same_header(own, it)))
    };
    let asks = |own: &(String, String)| [winner, loser].iter().any(|it| it.query.as_ref() == Some(own));
    (route.methods.is_empty() || route.methods.iter().any(|it| it.eq_ignore_ascii_case(method)))
        && route.header.as_ref().is_none_or(carries)
        && route.query.as_ref().is_none_or(asks)
}

/// What decides between routes of one path.
fn weight(route: &Route) -> (bool, bool, bool) {
    (!route.methods.is_empty(), route.header.is_some(), route.query.is_some())
}

/// Names of headers have no case.
fn same_header(left: &(String, String), right: &(String, String)) -> bool {
    left.0.eq_ignore_ascii_case(&right.0) && left.1 == right.1
}

/// Whether both ask for one header or parameter, but not for the same value: then no request is meant by both.
fn differ(winner: &Route, loser: &Route) -> bool {
    let header = winner.header.as_ref().zip(loser.header.as_ref());
    let query = winner.query.as_ref().zip(loser.query.as_ref());
    header.is_some_and(|(own, other)| own.0.eq_ignore_ascii_case(&other.0) && own.1 != other.1)
        || query.is_some_and(|(own, other)| own.0 == other.0 && own.1 != other.1)
}

fn trimmed(route: &Route) -> &str {
    let path = route.path.value.trim_end_matches('/');
    if path.is_empty() { "/" } else { path }
}

/// The methods both take; for two that take all, the most frequent one, then the others.
fn methods(left: &Route, right: &Route) -> Vec<String> {
    let upper = |it: &String| it.to_ascii_uppercase();
    match (left.methods.as_slice(), right.methods.as_slice()) {
        ([], []) => METHODS.map(String::from).into(),
        ([], some) | (some, []) => some.iter().map(upper).collect(),
        (own, other) => {
            let both = own.iter().filter(|it| other.iter().any(|other| it.eq_ignore_ascii_case(other)));
            both.map(upper).collect()
        }
    }
}

fn same_place(left: &Route, right: &Route) -> bool {
    let text = |at: &Option<At<String>>, other: &Option<At<String>>| match (at, other) {
        (Some(left), Some(right)) => left.value == right.value,
        (None, None) => true,
        _ => false,
    };
    text(&left.to, &right.to)
        && text(&left.version, &right.version)
        && (left.to.is_some() || left.redirect == right.redirect)
}

fn place(route: &Route) -> String {
    match (&route.to, &route.redirect) {
        (Some(to), _) => match &route.version {
            Some(version) => format!("`{}` {}", to.value, version.value),
            None => format!("`{}`", to.value),
        },
        (None, Some((to, _))) => format!("`{to}`"),
        (None, None) => "an aggregate".into(),
    }
}
