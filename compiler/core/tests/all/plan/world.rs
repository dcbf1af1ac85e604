//! A world in which some steps are done and others are not: what runs, who calls whom, and whether all of it fits. It is
//! made from the models and the names of the steps alone.

use bastide_core::model::Model;
use bastide_core::model::service::{Api, ApiVersion, Call, Service};
use bastide_core::rollout::{Action, Rollout};
use bastide_core::view::Views;
use bastide_core::view::route::Rule;
use bastide_report::version::{line, line_name, parse, range};
use std::collections::{BTreeMap, BTreeSet};

type Side = (Model, Views);

/// A workload on one side: its service, and the version it serves.
#[derive(Clone)]
struct Runs<'w> {
    service: &'w Service,
    version: &'w ApiVersion,
    newest: bool,
}

/// The two specs, and what the bits of a state mean.
pub struct World<'w> {
    sides: [&'w Side; 2],
    runs: [BTreeMap<String, Runs<'w>>; 2],
    steps: Vec<(Action, String)>,
}

impl<'w> World<'w> {
    /// The world of a rollout's own steps.
    pub fn new(old: &'w Side, new: &'w Side, rollout: &Rollout) -> World<'w> {
        let steps = rollout.steps.iter().map(|step| (step.action, step.name.clone())).collect();
        World { sides: [old, new], runs: [runs(&old.0), runs(&new.0)], steps }
    }

    /// The world in which every caller may be pointed at any other version of what it calls, at any time.
    pub fn with_points(old: &'w Side, new: &'w Side, rollout: &Rollout) -> World<'w> {
        let mut world = World::new(old, new, rollout);
        world.steps.retain(|(act, _)| *act != Action::Point);
        let mut points = BTreeSet::new();
        for (name, caller) in world.runs[0].iter().filter(|(name, _)| world.runs[1].contains_key(*name)) {
            for call in caller.service.calls.iter().filter(|call| !call.soft) {
                let others = world.runs[1].iter().filter(|(_, it)| it.service.name.value == call.to.value);
                let fits = others.filter(|(_, it)| accepts(call, it.version));
                points.extend(fits.map(|(other, _)| format!("{name}→{other}")));
            }
        }
        world.steps.extend(points.into_iter().map(|name| (Action::Point, name)));
        world
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether some order of the steps stands from the beginning to the end.
    pub fn reachable(&self) -> bool {
        let must = self.steps.iter().enumerate().filter(|(_, (act, _))| *act != Action::Point);
        let goal = must.fold(0u32, |goal, (at, _)| goal | 1 << at);
        let (mut seen, mut waiting) = (vec![false; 1 << self.steps.len()], vec![0u32]);
        while let Some(state) = waiting.pop() {
            if state & goal == goal {
                return true;
            }
            for at in 0..self.steps.len() {
                let next = state | 1 << at;
                if !seen[next as usize] && self.fault(next).is_none() {
                    seen[next as usize] = true;
                    waiting.push(next);
                }
            }
        }
        false
    }

    /// What does not stand in a state.
    pub fn fault(&self, state: u32) -> Option<String> {
        let alive = self.alive(state);
        self.calls(state, &alive)
            .or_else(|| self.messages(&alive))
            .or_else(|| self.things(state, &alive))
            .or_else(|| self.requests(state, &alive))
    }

    fn done(&self, state: u32, acts: &[Action], name: &str) -> Option<bool> {
        let at = self.steps.iter().position(|(act, own)| acts.contains(act) && own == name)?;
        Some(state & (1 << at) != 0)
    }

    /// What runs: workload and side. Of what has no step both sides are the same.
    fn alive(&self, state: u32) -> Vec<(&str, usize, &Runs<'w>)> {
        let names: BTreeSet<&String> = self.runs.iter().flat_map(BTreeMap::keys).collect();
        let mut alive = vec![];
        for name in names {
            let done = self.done(state, &[Action::Start, Action::Replace, Action::Stop], name);
            let side = usize::from(done.unwrap_or(true));
            alive.extend(self.runs[side].get(name).map(|it| (name.as_str(), side, it)));
        }
        alive
    }

    fn calls(&self, state: u32, alive: &[(&str, usize, &Runs<'w>)]) -> Option<String> {
        for (name, side, caller) in alive {
            for call in caller.service.calls.iter().filter(|call| !call.soft) {
                let Some(mut target) = self.bound(*side, call) else { continue };
                let pointed = |other: &&String| {
                    *side == 0 && self.done(state, &[Action::Point], &format!("{name}→{other}")) == Some(true)
                };
                let own = |other: &&String| self.runs[1][*other].service.name.value == call.to.value;
                if let Some(other) = self.runs[1].keys().filter(own).find(pointed) {
                    target = other.clone();
                }
                match alive.iter().find(|(other, ..)| *other == target) {
                    None => return Some(format!("{name} of side {side} calls {target}, which does not run")),
                    Some((_, _, callee)) if !accepts(call, callee.version) => {
                        return Some(format!("{name} of side {side} cannot use {target}"));
                    }
                    _ => {}
                }
            }
        }
        None
    }

    /// The workload a call is bound to: the newest version it accepts.
    fn bound(&self, side: usize, call: &Call) -> Option<String> {
        let of = self.runs[side].iter().filter(|(_, it)| it.service.name.value == call.to.value);
        let fits = of.filter(|(_, it)| accepts(call, it.version) && (call.range.is_some() || it.newest));
        fits.max_by_key(|(_, it)| it.version.semver.clone()).map(|(name, _)| name.clone())
    }

    fn messages(&self, alive: &[(&str, usize, &Runs<'w>)]) -> Option<String> {
        let version =
            |side: usize| Some(self.sides[side].0.topic("t")?.events.first()?.version.value.clone());
        let mode = self.sides[1].0.topic("t")?.events.first()?.compatibility.as_ref()?.value.clone();
        let writers =
            alive.iter().filter(|(.., it)| it.service.publishes.iter().any(|it| it.topic.value == "t"));
        for (writer, wrote, _) in writers {
            for (reader, read, it) in alive.iter().filter(|(.., it)| it.newest) {
                let Some(edge) = it.service.subscribes.iter().find(|it| it.topic.value == "t") else {
                    continue;
                };
                let (schema, own) = (version(*wrote)?, version(*read)?);
                let fits = match &edge.version {
                    Some(at) => range(&at.value)?.matches(&parse(&schema)?),
                    None => {
                        let backward = mode.starts_with("backward") || mode == "full";
                        let forward = mode == "forward" || mode == "full";
                        schema == own || if wrote < read { backward } else { forward }
                    }
                };
                if !fits && version(0) != version(1) {
                    return Some(format!("{reader} cannot read what {writer} writes"));
                }
            }
        }
        None
    }

    fn things(&self, state: u32, alive: &[(&str, usize, &Runs<'w>)]) -> Option<String> {
        let there = |name: &str, sides: [bool; 2]| match sides {
            [true, true] => true,
            [false, true] => self.done(state, &[Action::Provide], name) == Some(true),
            [true, false] => self.done(state, &[Action::Remove], name) == Some(false),
            [false, false] => false,
        };
        let resource =
            |name: &str| there(name, [0, 1].map(|side| self.sides[side].0.resource(name).is_some()));
        let topic = there("t", [0, 1].map(|side| self.sides[side].0.topic("t").is_some()));
        for (name, _, it) in alive {
            if it.service.uses.iter().any(|it| !resource(&it.resource.value)) {
                return Some(format!("{name} has no resource"));
            }
            let channels = it.service.publishes.len() + it.service.subscribes.len();
            if channels > 0 && !topic {
                return Some(format!("{name} has no topic"));
            }
        }
        (topic && !resource("k")).then(|| "the topic has no broker".into())
    }

    fn requests(&self, state: u32, alive: &[(&str, usize, &Runs<'w>)]) -> Option<String> {
        let mut paths: BTreeSet<&str> = BTreeSet::new();
        paths.extend(self.sides.iter().flat_map(|(_, views)| rules(views)).map(|rule| rule.path.as_str()));
        for path in paths {
            let sides = self.sides.map(|(_, views)| rules(views).find(|rule| rule.path == path));
            let of = |rule: Option<&Rule>| {
                rule.and_then(|rule| parse(rule.version.as_deref()?)).map(|it| line(&it))
            };
            let named = sides.iter().any(Option::is_none) || of(sides[0]) == of(sides[1]);
            let words =
                |name: &str| name.strip_prefix("g ").is_some_and(|it| it.split(", ").any(|it| it == path));
            let step = self
                .steps
                .iter()
                .position(|(act, name)| matches!(act, Action::Route | Action::Remove) && words(name));
            let side = step.map_or(1, |at| usize::from(state & (1 << at) != 0));
            let Some(rule) = sides[side] else { continue };
            let Some((.., runs)) = alive.iter().find(|(name, ..)| *name == rule.cluster) else {
                return Some(format!("{path} is led to {}, which does not run", rule.cluster));
            };
            if named && of(Some(rule)) != Some(line(&runs.version.semver)) {
                return Some(format!("{path} is led to another major version"));
            }
        }
        None
    }
}

fn rules(views: &Views) -> impl Iterator<Item = &Rule> {
    views.tables.iter().flat_map(|table| &table.rules)
}

fn accepts(call: &Call, version: &ApiVersion) -> bool {
    call.range.as_ref().is_none_or(|range| range.matches(&version.semver))
}

/// Every workload, by the strategy of its service's api.
fn runs(model: &Model) -> BTreeMap<String, Runs<'_>> {
    let mut all = BTreeMap::new();
    for service in &model.services {
        let api: &Api = &service.apis[0];
        let mut lines = BTreeSet::new();
        for (at, version) in api.versions.iter().enumerate() {
            let name = match (at, api.strategy.as_str()) {
                (0, _) => service.name.value.clone(),
                (_, "knot") => continue,
                (_, "point-to-point") => {
                    format!("{}-v{}", service.name.value, version.version.value.replace('.', "-"))
                }
                _ if lines.contains(&line(&version.semver)) => continue,
                _ => format!("{}-{}", service.name.value, line_name(&version.semver)),
            };
            lines.insert(line(&version.semver));
            all.insert(name, Runs { service, version, newest: at == 0 });
        }
    }
    all
}
