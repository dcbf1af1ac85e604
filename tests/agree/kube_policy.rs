//! The policies of Envoy Gateway that hold for a rule of a route: that of the rule goes before that of the route, and that
//! before the gateway's. Nothing is merged unless a policy says so, and then with the gateway's.

use crate::yaml::{Look, Yaml};

/// What a policy is asked for: kind and name of the route, the rule, and the listener it came in by.
pub struct Place<'a> {
    pub kind: &'a str,
    pub route: &'a str,
    pub rule: &'a str,
    pub gateway: &'a str,
    pub listener: &'a str,
}

/// The policy of a kind at a place.
pub fn policy(objects: &[Yaml], kind: &str, place: &Place<'_>) -> Yaml {
    let found = |name: &str, of: &str, section: Option<&str>| {
        let meets = |target: &Yaml| {
            let own = target.at("sectionName").as_str();
            target.at("kind").text() == of && target.at("name").text() == name && own == section
        };
        let policies = objects.iter().filter(|it| it.at("kind").text() == kind);
        let all: Vec<&Yaml> =
            policies.filter(|it| it.at("spec targetRefs").items().iter().any(meets)).collect();
        assert!(all.len() < 2, "two policies {kind} for {of} {name} {section:?}");
        all.first().map(|it| it.at("spec").clone())
    };
    let above = found(place.gateway, "Gateway", Some(place.listener))
        .or_else(|| found(place.gateway, "Gateway", None));
    let own =
        found(place.route, place.kind, Some(place.rule)).or_else(|| found(place.route, place.kind, None));
    match (own, above) {
        (Some(own), Some(above)) if own.at("mergeType").there() => merged(above, own),
        (Some(own), _) => own,
        (None, above) => above.unwrap_or(Yaml::Null),
    }
}

fn merged(base: Yaml, over: Yaml) -> Yaml {
    match (base, over) {
        (Yaml::Mapping(mut base), Yaml::Mapping(over)) => {
            for (name, value) in over {
                let below = base.remove(&name).unwrap_or(Yaml::Null);
                base.insert(name, merged(below, value));
            }
            Yaml::Mapping(base)
        }
        (_, over) => over,
    }
}
