//! What targets produce that cannot follow a change: where each volume lies, in which form a resource runs, and what the
//! platform changes in no object that is there. Both sides are asked for the same facts, by what they are about.

use super::{Difference, DifferenceKind, Effect, Environment};
use crate::view::workload::Workload;
use bastide_contract::Place;
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// Why a fact may not change, and the safe way.
struct Reason {
    effect: Effect,
    why: &'static str,
    help: &'static str,
}

const PLACE: Reason = Reason {
    effect: Effect::Breaking,
    why: "its data stay where they were, and it starts with an empty folder",
    help: "keep the old name with `name=\"…\"` on the volume, and `scale max` as it was; or copy the data first",
};
const FORM: Reason = Reason {
    effect: Effect::Breaking,
    why: "another server with an empty disk takes the place of the old one, whose data stay behind",
    help: "keep the option of the target; or make a second resource, copy the data, and lead its users to it",
};
const CLAIMS: Reason = Reason {
    effect: Effect::Breaking,
    why: "the cluster changes no claim templates of a StatefulSet that is there",
    help: "`kubectl delete statefulset NAME --cascade=orphan` first: pods and claims stay; resize claims one by one",
};
const HEADLESS: Reason = Reason {
    effect: Effect::Risky,
    why: "the cluster refuses another kind of address for a Service that is there",
    help: "`kubectl delete service NAME` right before the release: the new one is made at once",
};
const HOME: Reason = Reason {
    effect: Effect::Breaking,
    why: "everything there is started anew, elsewhere: data stay in the old place",
    help: "keep the place with `namespace=\"…\"` of the environment; or copy the data first",
};

/// A fact: what the environment makes of a node.
struct Fact {
    subject: &'static str,
    node: String,
    text: String,
    span: Span,
    reason: &'static Reason,
}

/// Facts of an environment by path.
type Facts = BTreeMap<String, Fact>;

/// Adds what of both has the same path and is not the same. What the nodes have told already, from `from` on, is not told
/// again.
pub fn compare(old: Environment<'_>, new: Environment<'_>, from: usize, found: &mut Vec<Difference>) {
    let (before, after) = (facts(old), facts(new));
    let elsewhere = moved(&before, &after);
    for it in found[from..].iter_mut().filter(|it| it.effect == Effect::Breaking) {
        if let Some(path) = elsewhere.get(&it.path).filter(|_| it.change == DifferenceKind::Removed) {
            (it.effect, it.why) = (Effect::Risky, format!("its data are at `{path}` now"));
        }
    }
    // A name that says what held anyway moves nothing.
    let same =
        |path: &str| before.get(path).zip(after.get(path)).is_some_and(|(old, new)| old.text == new.text);
    for it in found[from..].iter_mut().filter(|it| it.path.strip_suffix(".name").is_some_and(same)) {
        (it.effect, it.why) = (Effect::Safe, String::new());
    }
    let mut told: BTreeMap<&str, Effect> = BTreeMap::new();
    for it in &found[from..] {
        let effect = told.entry(&it.path).or_default();
        *effect = it.effect.max(*effect);
    }
    let mut rows = vec![];
    for (path, new) in &after {
        let Some(old) = before.get(path).filter(|old| old.text != new.text) else { continue };
        let tells = |end: &&str| {
            let path = [path.trim_end_matches(FORM_END), end].concat();
            told.get(path.as_str()).is_some_and(|effect| *effect >= new.reason.effect)
        };
        if [".name", ".namespace", ".type", ".external"].iter().any(tells) {
            continue;
        }
        let place = |fact: &Fact| Some(Place { span: fact.span, text: fact.text.clone() });
        let Reason { effect, why, help } = *new.reason;
        let whole = Difference::new(new.subject, &new.node, path.clone(), DifferenceKind::Changed);
        let (was, is) = (place(old), place(new));
        rows.push(Difference { old: was, new: is, effect, why: why.into(), help: help.into(), ..whole });
    }
    found.extend(rows);
}

/// End of the path of the form of a resource.
const FORM_END: &str = ".form";

/// Volumes that lie where they were and are mounted at another path: old path and new one.
fn moved(before: &Facts, after: &Facts) -> BTreeMap<String, String> {
    let gone = before.iter().filter(|(path, old)| old.reason.why == PLACE.why && !after.contains_key(*path));
    // Backwards, so that of equal facts the first stays.
    let places: BTreeMap<_, &String> =
        after.iter().rev().map(|(at, it)| ((&it.node, &it.text), at)).collect();
    let now =
        |(path, old): (&String, &Fact)| Some((path.clone(), (*places.get(&(&old.node, &old.text))?).clone()));
    gone.filter_map(now).collect()
}

fn facts((model, views): Environment<'_>) -> Facts {
    let mut all = Facts::new();
    let cluster = model.environment.platform == "kubernetes";
    let home = match cluster {
        true => model.environment.namespace.clone(),
        false => format!("{}-{}", model.app.name.value, model.environment.name.value),
    };
    let span = model.environment.name.span();
    let node = model.environment.at.clone();
    let fact = |text: &str, reason| Fact {
        subject: "environments",
        node: node.clone(),
        text: text.into(),
        span,
        reason,
    };
    all.insert(node.clone(), fact(&home, &HOME));
    for workload in &views.workloads {
        let Some(span) = span_of(model, workload) else { continue };
        volumes(workload, cluster, span, &mut all);
    }
    for it in model.resources.iter().filter(|it| it.external.is_none()) {
        let text = it.provider.clone().unwrap_or_else(|| "container".into());
        let (subject, node, span) = ("resources", it.at.clone(), it.name.span());
        all.insert(format!("{node}{FORM_END}"), Fact { subject, node, text, span, reason: &FORM });
    }
    all
}

/// Where the volumes of a workload lie, and what of it the cluster holds fast.
fn volumes(it: &Workload, cluster: bool, span: Span, all: &mut Facts) {
    let subject = if it.kind == "resource" { "resources" } else { "services" };
    let fact = |text: String, reason| Fact { subject, node: it.at.clone(), text, span, reason };
    let path = if it.newest { it.at.clone() } else { format!("{}.{}", it.at, it.name) };
    for volume in &it.volumes {
        let text = match (cluster, &it.claims) {
            (false, _) => format!("volume {}_{}", it.name, volume.name),
            (true, Some(of)) => format!("claim {of}-{}", volume.name),
            (true, None) => format!("a claim {}-{}-… of each instance", volume.name, it.name),
        };
        all.insert(format!("{path}.volume.{}", volume.path), fact(text, &PLACE));
    }
    if !cluster {
        return;
    }
    if it.claims.is_none() && it.controller == "statefulset" {
        let mut claims: Vec<String> =
            it.volumes.iter().map(|it| format!("{} {}", it.name, it.size)).collect();
        claims.sort();
        all.insert(format!("{path}.claims"), fact(claims.join(", "), &CLAIMS));
    }
    if it.component == "api" {
        let grpc = it.ports.first().is_some_and(|port| port.protocol == "grpc");
        let text = if it.stateful || grpc { "an address of each instance" } else { "one address" };
        all.insert(format!("{path}.address"), fact(text.into(), &HEADLESS));
    }
}

fn span_of(model: &crate::model::Model, workload: &Workload) -> Option<Span> {
    let service = model.service(&workload.service).map(|it| it.name.span());
    service.or_else(|| model.resource(&workload.service).map(|it| it.name.span()))
}
