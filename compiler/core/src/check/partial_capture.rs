//! `partial-capture`: a longer path beats a better match.

use super::{Found, Plan, Rule};
use crate::model::gateway::Route;
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "partial-capture",
    group: "gateway",
    level: Level::Warn,
    docs: r#"
## What it finds

Two routes that overlap, where the longer path wins although the other names a header or a query parameter the winner does not ask for, or a method on the same path.
The precedence is that of the Gateway API: exact path, longest prefix, method, headers, query.

## Why it matters

A client that says `X-Version: 2` is answered by version 1 on some paths, without an error anywhere.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/cart" to="cart" exact=#true { public }
    route "/cart" to="cart-next" header="X-Beta: yes" { public }
}
service "cart" { build "services/cart" }
service "cart-next" { build "services/cart-next" }
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/cart" to="cart" { public }
    route "/cart" to="cart-next" header="X-Beta: yes" { public }
}
service "cart" { build "services/cart" }
service "cart-next" { build "services/cart-next" }
```

## When to allow it

When the longer path is to win for these clients too.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for gateway in plan.model.gateways.iter().filter(|it| !it.out) {
        let picky =
            |route: &&Route| route.header.is_some() || route.query.is_some() || !route.methods.is_empty();
        for loser in gateway.routes.iter().filter(picky) {
            let Some((winner, lost)) = gateway.routes.iter().find_map(|it| Some((it, captured(it, loser)?)))
            else {
                continue;
            };
            let (to, instead) = (place(winner), place(loser));
            found.push(
                RULE.found(&loser.at, format!("{} is answered by {to}, not by {instead}", lost.request))
                    .label(winner.path.span(), "wins by its path")
                    .label(loser.path.span(), format!("asks for {}", lost.what))
                    .help(format!(
                        "write the same for the longer path: `route \"{}\"` with {}",
                        winner.path.value, lost.what
                    )),
            );
        }
    }
}

/// A request that goes astray.
#[derive(Debug)]
pub struct Lost {
    request: String,
    what: String,
}

/// The request one route takes from another that matches it in a later criterion, if there is one.
pub fn captured(winner: &Route, loser: &Route) -> Option<Lost> {
    let same_path = trimmed(winner) == trimmed(loser);
    let inside = contains(loser, trimmed(winner))
        && (winner.exact && !loser.exact || trimmed(winner).len() > trimmed(loser).len());
    if !inside || place(winner) == place(loser) {
        return None;
    }
    let method = common_method(winner, loser)?;
    let header = loser
        .header
        .as_ref()
        .filter(|_| winner.header.is_none())
        .map(|(name, value)| format!("`{name}: {value}`"));
    let query = loser
        .query
        .as_ref()
        .filter(|_| winner.query.is_none())
        .map(|(name, value)| format!("`?{name}={value}`"));
    let verb =
        (same_path && winner.methods.is_empty() && !loser.methods.is_empty()).then(|| format!("`{method}`"));
    // What both ask for must be the same, or no request is meant by both.
    let differ = |own: &Option<(String, String)>, other: &Option<(String, String)>| {
        own.is_some() && other.is_some() && own != other
    };
    if differ(&winner.header, &loser.header) || differ(&winner.query, &loser.query) {
        return None;
    }
    let what = header.or(query).or(verb)?;
    Some(Lost { request: format!("`{method} {}` with {what}", winner.path.value), what })
}

fn trimmed(route: &Route) -> &str {
    let path = route.path.value.trim_end_matches('/');
    if path.is_empty() { "/" } else { path }
}

/// Whether a route's path takes this path, by whole segments.
fn contains(route: &Route, path: &str) -> bool {
    let own = trimmed(route);
    own == path
        || !route.exact && (own == "/" || path.strip_prefix(own).is_some_and(|rest| rest.starts_with('/')))
}

fn common_method(left: &Route, right: &Route) -> Option<String> {
    let upper = |it: &String| it.to_ascii_uppercase();
    match (left.methods.as_slice(), right.methods.as_slice()) {
        ([], []) => Some("GET".into()),
        ([], [first, ..]) | ([first, ..], []) => Some(upper(first)),
        (own, other) => own.iter().map(upper).find(|method| other.iter().map(upper).any(|it| it == *method)),
    }
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
