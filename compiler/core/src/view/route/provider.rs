//! Whose tokens are believed: the issuer of a gateway, and those of routes that have one of their own.

use super::{Rule, address, claim};
use crate::model::gateway::{Auth, Gateway};
use serde::Serialize;

/// An issuer, as engines name it.
#[derive(Clone, Debug, Serialize)]
pub struct Provider {
    /// Its name: that of the gateway, for a route `GATEWAY-ROUTE`.
    pub name: String,
    /// What the spec says of it.
    pub auth: Auth,
    /// Where its keys are.
    pub keys: Option<address::Address>,
    /// It is the gateway's: asked of every route that does not say otherwise.
    pub whole: bool,
}

/// The issuers of a gateway; each rule is told whose tokens it asks for. Routes that say the same share one.
pub fn providers(gateway: &Gateway, rules: &mut [Rule]) -> Vec<Provider> {
    let of = |name: String, auth: &Auth, whole| Provider {
        name,
        keys: address::keys(auth),
        auth: auth.clone(),
        whole,
    };
    let mut all: Vec<Provider> = vec![];
    all.extend(gateway.auth.iter().map(|auth| of(gateway.name.value.clone(), auth, true)));
    for rule in rules {
        let Some(auth) = gateway.routes.get(rule.item as usize).and_then(|route| gateway.auth_of(route))
        else {
            continue;
        };
        let known = all.iter().find(|it| same(&it.auth, auth)).map(|it| it.name.clone());
        let name = known.unwrap_or_else(|| {
            let name = format!("{}-{}", gateway.name.value, rule.group);
            all.push(of(name.clone(), auth, false));
            name
        });
        let own = gateway.routes.get(rule.item as usize).is_some_and(|route| route.auth.is_some());
        let said = [&auth.issuer, &auth.audience].into_iter().flatten().map(|at| at.value.as_str());
        rule.auth = own.then(|| said.collect::<Vec<_>>().join(" for "));
        rule.require_cel = claim::expression(&name, &rule.require);
        rule.provider = Some(name);
    }
    all
}

fn same(left: &Auth, right: &Auth) -> bool {
    let said = |auth: &Auth| {
        [&auth.issuer, &auth.audience, &auth.jwks].map(|it| it.as_ref().map(|at| at.value.clone()))
    };
    said(left) == said(right) && left.claim == right.claim
}
