//! What workloads use: resources, topics and queues, secrets, ways out. New ones come before their users, old ones go
//! after them.

use super::builder::{Builder, Side};
use super::lifetime::Lifetime;
use super::{Action, Cause, Phase, Step};
use crate::diff::{Difference, DifferenceKind, Effect};
use crate::model::Model;
use crate::model::service::Service;
use crate::view::Views;
use std::collections::{BTreeMap, BTreeSet};

/// What is used, on both sides.
struct Dependency {
    /// Path of its node.
    node: String,
    name: String,
    /// What it is: `resource`.
    word: &'static str,
    before: bool,
    after: bool,
    /// It changes in place.
    changes: bool,
    /// It changes so that the new one is another.
    replaced: bool,
    /// Where it is carried: the broker of a topic.
    on: [Option<String>; 2],
}

/// When the old and the new one are there.
type Lifetimes = [Option<Lifetime>; 2];

/// A word for what it is, and a name: what services use.
type Used = (&'static str, String);

const RESOURCE: &str = "resource";
const TOPIC: &str = "topic";
const SECRET: &str = "secret";
const EXIT: &str = "way out to";

/// A name, and whether the old and the new spec have it.
type Named = (String, bool, bool);

impl Dependency {
    fn new(word: &'static str, node: String, (name, before, after): Named) -> Dependency {
        let (changes, replaced, on) = (false, false, [None, None]);
        Dependency { node, name, word, before, after, changes, replaced, on }
    }

    /// The lifetimes that serve a user on one side: once it is replaced, only that of this side.
    fn serving(&self, lifetimes: Lifetimes, side: usize) -> Vec<Lifetime> {
        let all = lifetimes.into_iter().enumerate();
        all.filter_map(|(at, it)| it.filter(|_| at == side || !self.replaced)).collect()
    }

    /// What it is as services use it.
    fn used(&self) -> Used {
        (if self.word == "queue" { TOPIC } else { self.word }, self.name.clone())
    }

    fn cause(&self) -> Cause {
        Cause::Dependency(self.name.clone())
    }
}

/// Adds the steps and constraints of all that is used.
pub fn all(builder: &mut Builder<'_>) {
    let mut known: BTreeMap<String, Lifetimes> = BTreeMap::new();
    let (users, jobs) = ([Side::Old, Side::New].map(|side| users(builder, side)), jobs(builder));
    let used = [resources(builder), topics(builder), secrets(builder), exits(builder)];
    for it in used.into_iter().flatten() {
        let lifetimes = step(builder, &it);
        for (side, on) in it.on.iter().enumerate() {
            let carrier = on.as_ref().and_then(|on| known.get(&format!("resource.{on}")).copied());
            if let (Some(own), Some(carrier)) = (lifetimes[side], carrier) {
                let why = format!("`{}` lies on `{}`", it.name, on.as_deref().unwrap_or_default());
                builder.require(own, &it.serving(carrier, side), &it.cause(), why);
            }
        }
        known.insert(it.node.clone(), lifetimes);
        for (at, age) in ["old", "new"].into_iter().enumerate() {
            for (user, lifetime) in users[at].get(&it.used()).into_iter().flatten() {
                let why = format!("the {age} `{user}` uses {} `{}`", it.word, it.name);
                builder.require(*lifetime, &it.serving(lifetimes, at), &it.cause(), why);
            }
        }
        // Jobs need what their service uses, but for messages.
        for at in jobs.get(&it.used()).into_iter().flatten().filter(|_| it.used().0 != TOPIC) {
            let why = format!("job `{}` uses {} `{}`", builder.steps[*at].name, it.word, it.name);
            builder.require(Lifetime::from(*at), lifetimes[1].as_slice(), &it.cause(), why);
        }
    }
}

/// Adds the step between the old and the new one.
fn step(builder: &mut Builder<'_>, it: &Dependency) -> Lifetimes {
    let Dependency { word, name, .. } = it;
    let (phase, action, text) = match (it.before, it.after) {
        (false, _) => (Phase::Expand, Action::Provide, format!("provide {word} `{name}`")),
        (_, false) => (Phase::Contract, Action::Remove, format!("remove {word} `{name}`")),
        _ if it.replaced => {
            (Phase::Expand, Action::Change, format!("put another {word} in place of `{name}`"))
        }
        _ if it.changes => (Phase::Expand, Action::Change, format!("change {word} `{name}`")),
        _ => return [Some(Lifetime::ALWAYS); 2],
    };
    let gone = action == Action::Remove && matches!(*word, RESOURCE | TOPIC | "queue");
    let breaks = if action == Action::Change { builder.breaks(&it.node) } else { "" };
    let note = if gone { "its data goes with it: keep a copy first" } else { breaks };
    let (node, note) = (it.node.clone(), note.into());
    let step = builder.step(Step { phase, action, node, name: name.clone(), text, note });
    match action {
        Action::Provide => [None, Some(Lifetime::from(step))],
        Action::Remove => [Some(Lifetime::until(step)), None],
        _ if it.replaced => [Some(Lifetime::until(step)), Some(Lifetime::from(step))],
        _ => [Some(Lifetime::ALWAYS); 2],
    }
}

/// The workloads of a side by what they use: they do not run without it.
fn users(builder: &Builder<'_>, side: Side) -> BTreeMap<Used, Vec<(String, Lifetime)>> {
    let mut all: BTreeMap<Used, Vec<(String, Lifetime)>> = BTreeMap::new();
    for unit in builder.units.values() {
        for it in unit.at(side).into_iter().flat_map(|run| uses(builder.side(side).0, run.service)) {
            all.entry(it).or_default().push((unit.name.clone(), unit.lifetime(side)));
        }
    }
    all
}

/// The steps that run jobs, by what the service of the job uses.
fn jobs(builder: &Builder<'_>) -> BTreeMap<Used, Vec<usize>> {
    let (model, views) = builder.new;
    let services: BTreeMap<&str, &str> =
        views.jobs.iter().rev().map(|job| (job.name.as_str(), job.workload.service.as_str())).collect();
    let mut all: BTreeMap<Used, Vec<usize>> = BTreeMap::new();
    for (at, step) in builder.steps.iter().enumerate().filter(|(_, step)| step.action == Action::Run) {
        let service = services.get(step.name.as_str()).and_then(|name| model.service(name));
        for it in service.into_iter().flat_map(|service| uses(model, service)) {
            all.entry(it).or_default().push(at);
        }
    }
    all
}

/// What a service uses.
fn uses(model: &Model, service: &Service) -> BTreeSet<Used> {
    let carriers = service.topics().filter_map(|topic| Some(&model.topic(topic)?.on.value));
    let resources = service.uses.iter().map(|used| &used.resource.value).chain(carriers);
    let secrets = service.run.secrets.iter().map(|it| format!("{}.{}", service.name.value, it.name.value));
    let calls = service.calls.iter().filter(|call| !call.soft).map(|call| &call.to.value);
    let all = resources
        .map(|name| (RESOURCE, name.clone()))
        .chain(service.topics().map(|name| (TOPIC, name.clone())));
    all.chain(secrets.map(|name| (SECRET, name))).chain(calls.map(|name| (EXIT, name.clone()))).collect()
}

fn resources(builder: &Builder<'_>) -> Vec<Dependency> {
    let names = |model: &Model| model.resources.iter().map(|it| it.name.value.clone()).collect();
    let one = |named: Named| {
        let node = format!("resource.{}", named.0);
        let another = |it: &Difference| {
            it.path == format!("{node}.type")
                || it.path == format!("{node}.form")
                || it.path.starts_with(&format!("{node}.external"))
        };
        let replaced = builder.differs(&node, another) && named.1 && named.2;
        let changes = builder.differs(&node, |_| true);
        Dependency { changes, replaced, ..Dependency::new(RESOURCE, node, named) }
    };
    both(names(builder.old.0), names(builder.new.0)).map(one).collect()
}

fn topics(builder: &Builder<'_>) -> Vec<Dependency> {
    let names = |model: &Model| model.topics.iter().map(|it| it.name.value.clone()).collect();
    let one = |named: Named| {
        let sides = [builder.old.0.topic(&named.0), builder.new.0.topic(&named.0)];
        let queue = sides.into_iter().flatten().any(|it| it.queue);
        let word = if queue { "queue" } else { TOPIC };
        let node = format!("{word}.{}", named.0);
        let place = |side: usize| sides[side].map(|it| (&it.on.value, &it.address, it.queue));
        let replaced = named.1 && named.2 && place(0) != place(1);
        let heavy = |it: &Difference| it.effect > Effect::Safe || it.change == DifferenceKind::Changed;
        let changes = builder.differs(&node, heavy);
        let on = sides.map(|it| it.map(|it| it.on.value.clone()));
        Dependency { changes, replaced, on, ..Dependency::new(word, node, named) }
    };
    both(names(builder.old.0), names(builder.new.0)).map(one).collect()
}

/// Secrets that somebody puts into the store. That they stay there longer than needed harms nobody.
fn secrets(builder: &Builder<'_>) -> Vec<Dependency> {
    fn places(model: &Model) -> BTreeMap<String, (&str, &str)> {
        let all = model.services.iter().flat_map(|it| it.run.secrets.iter().map(move |own| (it, own)));
        all.map(|(it, own)| (format!("{}.{}", it.name.value, own.name.value), (&*own.path, &*own.key)))
            .collect()
    }
    let old = places(builder.old.0);
    let fresh = places(builder.new.0).into_iter().filter(|(name, place)| old.get(name) != Some(place));
    let one = |(name, _): (String, _)| {
        let owner = name.split('.').next().unwrap_or_default();
        Dependency::new(SECRET, format!("service.{owner}.secret"), (name, false, true))
    };
    fresh.map(one).collect()
}

/// Ways out to externals.
fn exits(builder: &Builder<'_>) -> Vec<Dependency> {
    let names = |views: &Views| {
        views.tables.iter().flat_map(|table| &table.exits).map(|exit| exit.name.clone()).collect()
    };
    // Where one side lets everything out, nothing waits for a way.
    let closed = |model: &Model| model.gateways.iter().any(|it| it.out);
    if !closed(builder.old.0) || !closed(builder.new.0) {
        return vec![];
    }
    let one = |named: Named| {
        let node = format!("external.{}", named.0);
        let changes = builder.differs(&node, |_| true);
        Dependency { changes, ..Dependency::new(EXIT, node, named) }
    };
    both(names(builder.old.1), names(builder.new.1)).map(one).collect()
}

/// Names of two lists, sorted, with where each is.
fn both(old: Vec<String>, new: Vec<String>) -> impl Iterator<Item = Named> {
    let mut names: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    old.into_iter().for_each(|name| names.entry(name).or_default().0 = true);
    new.into_iter().for_each(|name| names.entry(name).or_default().1 = true);
    names.into_iter().map(|(name, (old, new))| (name, old, new))
}
