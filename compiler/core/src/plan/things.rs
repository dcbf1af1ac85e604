//! Things that are used: resources, topics and queues, secrets, ways out. New ones come before their users, old ones go
//! after them.

use super::draft::{Draft, When};
use super::need::Life;
use super::{Act, Phase, Step, Tie};
use crate::diff::{Effect, What};
use crate::model::Model;
use crate::model::service::Service;
use std::collections::BTreeMap;

/// A thing on both sides.
struct Thing {
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
pub fn all(draft: &mut Draft<'_>) {
    let mut lives: BTreeMap<String, [Option<Life>; 2]> = BTreeMap::new();
    for thing in resources(draft).into_iter().chain(topics(draft)).chain(secrets(draft)).chain(exits(draft)) {
        let life = step(draft, &thing);
        for (side, on) in thing.on.iter().enumerate() {
            let carrier = on.as_ref().and_then(|on| lives.get(&format!("resource.{on}")).copied());
            if let (Some(own), Some(carrier)) = (life[side], carrier) {
                let providers: Vec<Life> = carrier.into_iter().flatten().collect();
                let why = format!("`{}` lies on `{}`", thing.name, on.as_deref().unwrap_or_default());
                let only = if thing.replaced { vec![carrier[side].unwrap_or_default()] } else { providers };
                draft.need(own, &only, &Tie::Thing(thing.name.clone()), &why);
            }
        }
        lives.insert(thing.node.clone(), life);
        users(draft, &thing, life);
    }
}

/// When the old and the new thing are there, after adding the step between them.
fn step(draft: &mut Draft<'_>, thing: &Thing) -> [Option<Life>; 2] {
    let Thing { word, name, .. } = thing;
    let (phase, act, text) = match (thing.before, thing.after) {
        (false, _) => (Phase::Expand, Act::Provide, format!("provide {word} `{name}`")),
        (_, false) => (Phase::Contract, Act::Remove, format!("remove {word} `{name}`")),
        _ if thing.replaced => {
            (Phase::Expand, Act::Change, format!("put another {word} in place of `{name}`"))
        }
        _ if thing.changes => (Phase::Expand, Act::Change, format!("change {word} `{name}`")),
        _ => return [Some(Life::ALWAYS), Some(Life::ALWAYS)],
    };
    let gone = act == Act::Remove && matches!(*word, "resource" | "topic" | "queue");
    let note = if gone { "its data goes with it: keep a copy first" } else { "" };
    let (node, note) = (thing.node.clone(), note.into());
    let step = draft.step(Step { phase, act, node, name: name.clone(), text, note });
    match act {
        Act::Provide => [None, Some(Life::from(step))],
        Act::Remove => [Some(Life::until(step)), None],
        _ if thing.replaced => [Some(Life::until(step)), Some(Life::from(step))],
        _ => [Some(Life::ALWAYS), Some(Life::ALWAYS)],
    }
}

/// Keeps users from running without the thing.
fn users(draft: &mut Draft<'_>, thing: &Thing, life: [Option<Life>; 2]) {
    let mut needs = vec![];
    for (side, when) in [When::Before, When::After].into_iter().enumerate() {
        let providers: Vec<Life> = if thing.replaced {
            life[side].into_iter().collect()
        } else {
            life.into_iter().flatten().collect()
        };
        let model = draft.side(when).0;
        for unit in draft.units.values() {
            if unit.at(when).is_some_and(|run| uses(model, run.service, thing)) {
                let why = match when {
                    When::Before => format!("the old `{}` uses {} `{}`", unit.name, thing.word, thing.name),
                    When::After => format!("the new `{}` uses {} `{}`", unit.name, thing.word, thing.name),
                };
                needs.push((unit.life(when), providers.clone(), why));
            }
        }
    }
    jobs(draft, thing, life[1], &mut needs);
    for (who, providers, why) in needs {
        draft.need(who, &providers, &Tie::Thing(thing.name.clone()), &why);
    }
}

/// Jobs need what their service uses.
fn jobs(draft: &Draft<'_>, thing: &Thing, life: Option<Life>, needs: &mut Vec<(Life, Vec<Life>, String)>) {
    if thing.word == "topic" || thing.word == "queue" {
        return;
    }
    for (at, step) in draft.steps.iter().enumerate().filter(|(_, step)| step.act == Act::Run) {
        let job = draft.new.1.jobs.iter().find(|job| job.name == step.name);
        let service = job.and_then(|job| draft.new.0.service(&job.workload.service));
        if service.is_some_and(|service| uses(draft.new.0, service, thing)) {
            let why = format!("job `{}` uses {} `{}`", step.name, thing.word, thing.name);
            needs.push((Life::from(at), life.into_iter().collect(), why));
        }
    }
}

fn uses(model: &Model, service: &Service, thing: &Thing) -> bool {
    let name = thing.name.as_str();
    let channels =
        || service.publishes.iter().map(|it| &it.topic).chain(service.subscribes.iter().map(|it| &it.topic));
    match thing.word {
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

fn resources(draft: &Draft<'_>) -> Vec<Thing> {
    let names =
        |model: &Model| -> Vec<String> { model.resources.iter().map(|it| it.name.value.clone()).collect() };
    let one = |name: String, before: bool, after: bool| {
        let node = format!("resource.{name}");
        let another = |it: &crate::diff::Difference| {
            it.path == format!("{node}.type") || it.path.starts_with(&format!("{node}.external"))
        };
        let replaced = before && after && draft.differs(&node, another);
        let changes = before && after && draft.differs(&node, |_| true);
        Thing { node, name, word: "resource", before, after, changes, replaced, on: [None, None] }
    };
    both(names(draft.old.0), names(draft.new.0))
        .into_iter()
        .map(|(name, old, new)| one(name, old, new))
        .collect()
}

fn topics(draft: &Draft<'_>) -> Vec<Thing> {
    let names =
        |model: &Model| -> Vec<String> { model.topics.iter().map(|it| it.name.value.clone()).collect() };
    let one = |name: String, before: bool, after: bool| {
        let sides = [draft.old.0.topic(&name), draft.new.0.topic(&name)];
        let queue = sides.into_iter().flatten().any(|it| it.queue);
        let word = if queue { "queue" } else { "topic" };
        let node = format!("{word}.{name}");
        let place = |side: usize| sides[side].map(|it| (it.on.value.clone(), it.address.clone(), it.queue));
        let replaced = before && after && place(0) != place(1);
        let heavy = |it: &crate::diff::Difference| it.effect > Effect::Safe || it.what == What::Changed;
        let changes = before && after && draft.differs(&node, heavy);
        let on = sides.map(|it| it.map(|it| it.on.value.clone()));
        Thing { node, name, word, before, after, changes, replaced, on }
    };
    both(names(draft.old.0), names(draft.new.0))
        .into_iter()
        .map(|(name, old, new)| one(name, old, new))
        .collect()
}

/// Secrets that somebody puts into the store. That they stay there longer than needed harms nobody.
fn secrets(draft: &Draft<'_>) -> Vec<Thing> {
    let known = |model: &Model| -> BTreeMap<String, (String, String)> {
        let of = |service: &Service| -> Vec<(String, (String, String))> {
            let name = |key: &str| format!("{}.{key}", service.name.value);
            let secrets = service.run.secrets.iter();
            secrets.map(|it| (name(&it.name.value), (it.path.clone(), it.key.clone()))).collect()
        };
        model.services.iter().flat_map(of).collect()
    };
    let (old, new) = (known(draft.old.0), known(draft.new.0));
    let fresh = new.into_iter().filter(|(name, place)| old.get(name) != Some(place));
    let one = |(name, _): (String, _)| {
        let owner = name.split('.').next().unwrap_or_default();
        let (node, on) = (format!("service.{owner}.secret"), [None, None]);
        let (before, after, changes, replaced) = (false, true, false, false);
        Thing { node, name, word: "secret", before, after, changes, replaced, on }
    };
    fresh.map(one).collect()
}

/// Ways out to externals.
fn exits(draft: &Draft<'_>) -> Vec<Thing> {
    let names = |when: When| -> Vec<String> {
        let tables = &draft.side(when).1.tables;
        tables.iter().flat_map(|table| &table.exits).map(|exit| exit.name.clone()).collect()
    };
    let one = |(name, before, after): (String, bool, bool)| {
        let node = format!("external.{name}");
        let changes = before && after && draft.differs(&node, |_| true);
        Thing { node, name, word: "way out to", before, after, changes, replaced: false, on: [None, None] }
    };
    // Where one side lets everything out, nothing waits for a way.
    let open = |when: When| !draft.side(when).0.gateways.iter().any(|it| it.out);
    if open(When::Before) || open(When::After) {
        return vec![];
    }
    both(names(When::Before), names(When::After)).into_iter().map(one).collect()
}

/// Names of two lists, sorted, with where each is.
fn both(old: Vec<String>, new: Vec<String>) -> Vec<(String, bool, bool)> {
    let mut names: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    old.into_iter().for_each(|name| names.entry(name).or_default().0 = true);
    new.into_iter().for_each(|name| names.entry(name).or_default().1 = true);
    names.into_iter().map(|(name, (old, new))| (name, old, new)).collect()
}
