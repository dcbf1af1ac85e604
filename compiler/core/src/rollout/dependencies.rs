//! Things that are used: resources, topics and queues, secrets, ways out. New ones come before their users, old ones go
//! after them.

use super::builder::{Builder, Side};
use super::lifetime::Lifetime;
use super::{Action, Cause, Phase, Step};
use crate::diff::{ChangeKind, Effect};
use crate::model::Model;
use crate::model::service::Service;
use std::collections::BTreeMap;

/// A thing on both sides.
struct Dependency {
    /// Path of its node.
    node: String,
    name: String,
    /// What it is: `resource`.
    word: &'static str,
    before: bool,
    after: bool,
    /// It changes: in place, or so that the new one is another thing.
    changes: bool,
    replaced: bool,
    /// Where it is carried: the broker of a topic.
    on: [Option<String>; 2],
}

/// Adds the steps and constraints of all things.
pub fn all(builder: &mut Builder<'_>) {
    let mut lifetimes: BTreeMap<String, [Option<Lifetime>; 2]> = BTreeMap::new();
    for dependency in
        resources(builder).into_iter().chain(topics(builder)).chain(secrets(builder)).chain(exits(builder))
    {
        let lifetime = step(builder, &dependency);
        for (side, on) in dependency.on.iter().enumerate() {
            let carrier = on.as_ref().and_then(|on| lifetimes.get(&format!("resource.{on}")).copied());
            if let (Some(own), Some(carrier)) = (lifetime[side], carrier) {
                let providers: Vec<Lifetime> = carrier.into_iter().flatten().collect();
                let why = format!("`{}` lies on `{}`", dependency.name, on.as_deref().unwrap_or_default());
                let only =
                    if dependency.replaced { vec![carrier[side].unwrap_or_default()] } else { providers };
                builder.require(own, &only, &Cause::Dependency(dependency.name.clone()), &why);
            }
        }
        lifetimes.insert(dependency.node.clone(), lifetime);
        users(builder, &dependency, lifetime);
    }
}

/// When the old and the new thing are there, after adding the step between them.
fn step(builder: &mut Builder<'_>, dependency: &Dependency) -> [Option<Lifetime>; 2] {
    let Dependency { word, name, .. } = dependency;
    let (phase, action, text) = match (dependency.before, dependency.after) {
        (false, _) => (Phase::Expand, Action::Provide, format!("provide {word} `{name}`")),
        (_, false) => (Phase::Contract, Action::Remove, format!("remove {word} `{name}`")),
        _ if dependency.replaced => {
            (Phase::Expand, Action::Change, format!("put another {word} in place of `{name}`"))
        }
        _ if dependency.changes => (Phase::Expand, Action::Change, format!("change {word} `{name}`")),
        _ => return [Some(Lifetime::ALWAYS), Some(Lifetime::ALWAYS)],
    };
    let gone = action == Action::Remove && matches!(*word, "resource" | "topic" | "queue");
    let note = if gone { "its data goes with it: keep a copy first" } else { "" };
    let (node, note) = (dependency.node.clone(), note.into());
    let step = builder.step(Step { phase, action, node, name: name.clone(), text, note });
    match action {
        Action::Provide => [None, Some(Lifetime::from(step))],
        Action::Remove => [Some(Lifetime::until(step)), None],
        _ if dependency.replaced => [Some(Lifetime::until(step)), Some(Lifetime::from(step))],
        _ => [Some(Lifetime::ALWAYS), Some(Lifetime::ALWAYS)],
    }
}

/// Keeps users from running without the thing.
fn users(builder: &mut Builder<'_>, dependency: &Dependency, lifetime: [Option<Lifetime>; 2]) {
    let mut needs = vec![];
    for (at, side) in [Side::Old, Side::New].into_iter().enumerate() {
        let providers: Vec<Lifetime> = if dependency.replaced {
            lifetime[at].into_iter().collect()
        } else {
            lifetime.into_iter().flatten().collect()
        };
        let model = builder.side(side).0;
        for unit in builder.units.values() {
            if unit.at(side).is_some_and(|run| uses(model, run.service, dependency)) {
                let why = match side {
                    Side::Old => {
                        format!("the old `{}` uses {} `{}`", unit.name, dependency.word, dependency.name)
                    }
                    Side::New => {
                        format!("the new `{}` uses {} `{}`", unit.name, dependency.word, dependency.name)
                    }
                };
                needs.push((unit.lifetime(side), providers.clone(), why));
            }
        }
    }
    jobs(builder, dependency, lifetime[1], &mut needs);
    for (who, providers, why) in needs {
        builder.require(who, &providers, &Cause::Dependency(dependency.name.clone()), &why);
    }
}

/// Jobs need what their service uses.
fn jobs(
    builder: &Builder<'_>,
    dependency: &Dependency,
    lifetime: Option<Lifetime>,
    needs: &mut Vec<(Lifetime, Vec<Lifetime>, String)>,
) {
    if dependency.word == "topic" || dependency.word == "queue" {
        return;
    }
    for (at, step) in builder.steps.iter().enumerate().filter(|(_, step)| step.action == Action::Run) {
        let job = builder.new.1.jobs.iter().find(|job| job.name == step.name);
        let service = job.and_then(|job| builder.new.0.service(&job.workload.service));
        if service.is_some_and(|service| uses(builder.new.0, service, dependency)) {
            let why = format!("job `{}` uses {} `{}`", step.name, dependency.word, dependency.name);
            needs.push((Lifetime::from(at), lifetime.into_iter().collect(), why));
        }
    }
}

fn uses(model: &Model, service: &Service, dependency: &Dependency) -> bool {
    let name = dependency.name.as_str();
    let channels =
        || service.publishes.iter().map(|it| &it.topic).chain(service.subscribes.iter().map(|it| &it.topic));
    match dependency.word {
        "resource" => {
            let carried = |topic: &str| model.topic(topic).is_some_and(|topic| topic.on.value == name);
            service.uses.iter().any(|it| it.resource.value == name)
                || channels().any(|topic| carried(&topic.value))
        }
        "topic" | "queue" => channels().any(|topic| topic.value == name),
        "secret" => {
            let (owner, key) = name.split_once('.').unwrap_or((name, ""));
            service.name.value == owner && service.run.secrets.iter().any(|it| it.name.value == key)
        }
        _ => service.calls.iter().any(|call| call.to.value == name && !call.soft),
    }
}

fn resources(builder: &Builder<'_>) -> Vec<Dependency> {
    let names =
        |model: &Model| -> Vec<String> { model.resources.iter().map(|it| it.name.value.clone()).collect() };
    let one = |name: String, before: bool, after: bool| {
        let node = format!("resource.{name}");
        let another = |it: &crate::diff::Difference| {
            it.path == format!("{node}.type") || it.path.starts_with(&format!("{node}.external"))
        };
        let replaced = before && after && builder.differs(&node, another);
        let changes = before && after && builder.differs(&node, |_| true);
        Dependency { node, name, word: "resource", before, after, changes, replaced, on: [None, None] }
    };
    both(names(builder.old.0), names(builder.new.0))
        .into_iter()
        .map(|(name, old, new)| one(name, old, new))
        .collect()
}

fn topics(builder: &Builder<'_>) -> Vec<Dependency> {
    let names =
        |model: &Model| -> Vec<String> { model.topics.iter().map(|it| it.name.value.clone()).collect() };
    let one = |name: String, before: bool, after: bool| {
        let sides = [builder.old.0.topic(&name), builder.new.0.topic(&name)];
        let queue = sides.into_iter().flatten().any(|it| it.queue);
        let word = if queue { "queue" } else { "topic" };
        let node = format!("{word}.{name}");
        let place = |side: usize| sides[side].map(|it| (it.on.value.clone(), it.address.clone(), it.queue));
        let replaced = before && after && place(0) != place(1);
        let heavy =
            |it: &crate::diff::Difference| it.effect > Effect::Safe || it.change == ChangeKind::Changed;
        let changes = before && after && builder.differs(&node, heavy);
        let on = sides.map(|it| it.map(|it| it.on.value.clone()));
        Dependency { node, name, word, before, after, changes, replaced, on }
    };
    both(names(builder.old.0), names(builder.new.0))
        .into_iter()
        .map(|(name, old, new)| one(name, old, new))
        .collect()
}

/// Secrets that somebody puts into the store. That they stay there longer than needed harms nobody.
fn secrets(builder: &Builder<'_>) -> Vec<Dependency> {
    let known = |model: &Model| -> BTreeMap<String, (String, String)> {
        let of = |service: &Service| -> Vec<(String, (String, String))> {
            let name = |key: &str| format!("{}.{key}", service.name.value);
            let secrets = service.run.secrets.iter();
            secrets.map(|it| (name(&it.name.value), (it.path.clone(), it.key.clone()))).collect()
        };
        model.services.iter().flat_map(of).collect()
    };
    let (old, new) = (known(builder.old.0), known(builder.new.0));
    let fresh = new.into_iter().filter(|(name, place)| old.get(name) != Some(place));
    let one = |(name, _): (String, _)| {
        let owner = name.split('.').next().unwrap_or_default();
        let (node, on) = (format!("service.{owner}.secret"), [None, None]);
        let (before, after, changes, replaced) = (false, true, false, false);
        Dependency { node, name, word: "secret", before, after, changes, replaced, on }
    };
    fresh.map(one).collect()
}

/// Ways out to externals.
fn exits(builder: &Builder<'_>) -> Vec<Dependency> {
    let names = |side: Side| -> Vec<String> {
        let tables = &builder.side(side).1.tables;
        tables.iter().flat_map(|table| &table.exits).map(|exit| exit.name.clone()).collect()
    };
    let one = |(name, before, after): (String, bool, bool)| {
        let node = format!("external.{name}");
        let changes = before && after && builder.differs(&node, |_| true);
        Dependency {
            node,
            name,
            word: "way out to",
            before,
            after,
            changes,
            replaced: false,
            on: [None, None],
        }
    };
    // Where one side lets everything out, nothing waits for a way.
    let open = |side: Side| !builder.side(side).0.gateways.iter().any(|it| it.out);
    if open(Side::Old) || open(Side::New) {
        return vec![];
    }
    both(names(Side::Old), names(Side::New)).into_iter().map(one).collect()
}

/// Names of two lists, sorted, with where each is.
fn both(old: Vec<String>, new: Vec<String>) -> Vec<(String, bool, bool)> {
    let mut names: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    old.into_iter().for_each(|name| names.entry(name).or_default().0 = true);
    new.into_iter().for_each(|name| names.entry(name).or_default().1 = true);
    names.into_iter().map(|(name, (old, new))| (name, old, new)).collect()
}
