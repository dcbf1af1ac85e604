//! The gate: what became of each api version and each event since the baseline, and which number that takes.

use super::comparisons::{Comparisons, Text};
use super::readers::{Reads, asks, reads, touched};
use crate::model::Model;
use crate::model::messaging::{Event, Topic};
use crate::model::service::{Api, ApiVersion, Service};
use bastide_contract::{Change, Comparison, Mode};
use bastide_report::source::Sources;
use bastide_report::version::{Bump, announces, line, next, parse};
use semver::Version;

/// What became of the contracts of one environment.
#[derive(Clone, Debug, Default)]
pub struct History<'a> {
    /// Every api version of the plan.
    pub steps: Vec<Step<'a>>,
    /// Api versions the plan no longer has.
    pub gone: Vec<Gone<'a>>,
    /// Every event of the plan that older messages or older readers may meet.
    pub events: Vec<EventStep<'a>>,
}

impl<'a> History<'a> {
    /// The api versions of a service. They are in the order of services, which is that of their names.
    pub fn of_service(&self, name: &str) -> impl Iterator<Item = &Step<'a>> {
        let of = |it: &Step<'_>| it.service.name.value.as_str().cmp(name);
        self.steps[self.steps.partition_point(|it| of(it).is_lt())..]
            .iter()
            .take_while(move |it| of(it).is_eq())
    }

    /// The events of a topic, as ordered.
    pub fn of_topic(&self, name: &str) -> impl Iterator<Item = &EventStep<'a>> {
        let of = |it: &EventStep<'_>| it.topic.name.value.as_str().cmp(name);
        self.events[self.events.partition_point(|it| of(it).is_lt())..]
            .iter()
            .take_while(move |it| of(it).is_eq())
    }
}

/// An api version, and the one it follows.
#[derive(Clone, Debug)]
pub struct Step<'a> {
    /// The service.
    pub service: &'a Service,
    /// The api.
    pub api: &'a Api,
    /// The version.
    pub version: &'a ApiVersion,
    /// The api as it was.
    pub was: Option<&'a Api>,
    /// The version it follows: the same, else the newest before it.
    pub before: Option<&'a ApiVersion>,
    /// What comparing the contracts said.
    pub comparison: Option<&'a Comparison>,
    /// Why nothing was compared.
    pub skipped: Option<String>,
}

/// An api version the plan no longer has.
#[derive(Clone, Debug)]
pub struct Gone<'a> {
    /// The service as it was.
    pub service: &'a Service,
    /// The api as it was.
    pub api: &'a Api,
    /// The version as it was.
    pub version: &'a ApiVersion,
    /// The service now, if it is still there.
    pub now: Option<&'a Service>,
    /// The api now, if it is still there.
    pub api_now: Option<&'a Api>,
}

/// An event, and an earlier version of it that lies in the topic or whose readers are still there.
#[derive(Clone, Debug)]
pub struct EventStep<'a> {
    /// The topic.
    pub topic: &'a Topic,
    /// The event.
    pub event: &'a Event,
    /// The earlier one.
    pub earlier: &'a Event,
    /// The earlier one is taken from the baseline.
    pub old: bool,
    /// It is the one right before.
    pub nearest: bool,
    /// What comparing the schemas said.
    pub comparison: Option<&'a Comparison>,
}

/// Who moves first when the message changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// Whoever is ready.
    Any,
    /// Readers, then writers.
    Consumers,
    /// Writers, then readers.
    Producers,
    /// Nobody can: it takes a new topic.
    Nobody,
}

impl First {
    /// The words of findings and plans.
    pub fn words(self) -> &'static str {
        match self {
            First::Any => "in any order",
            First::Consumers => "consumers first",
            First::Producers => "producers first",
            First::Nobody => "in no order",
        }
    }
}

/// The contract of a version: its own; the newest of each major has that of the api.
pub fn contract<'a>(api: &'a Api, version: &'a ApiVersion) -> Result<&'a str, String> {
    let newest = of_line(api, &version.semver);
    let heads = newest.is_some_and(|it| it.semver == version.semver);
    match (&version.contract, &api.contract) {
        (Some(own), _) => Ok(&own.value),
        (None, Some(common)) if heads => Ok(&common.value),
        (None, Some(_)) => {
            Err("it has no contract of its own, and a newer version of its major has the api's".into())
        }
        (None, None) => Err("it has no contract".into()),
    }
}

/// The api that a service has under a name.
fn api<'a>(model: &'a Model, service: &str, api: &str) -> Option<&'a Api> {
    model.service(service)?.apis.iter().find(|it| it.name.value == api)
}

/// The version that one follows: the same, else the newest older one of its line, else the newest older one.
fn follows<'a>(was: &'a Api, version: &Version) -> Option<&'a ApiVersion> {
    let older = was.versions.get(was.versions.partition_point(|it| it.semver > *version));
    let kin = older.filter(|it| line(&it.semver) == line(version));
    // A number that went down has nothing older: it follows what its line had.
    kin.or_else(|| of_line(was, version)).or(older)
}

/// The newest version that an api has of a line. Versions are listed from the newest on.
fn of_line<'a>(api: &'a Api, version: &Version) -> Option<&'a ApiVersion> {
    let at = api.versions.partition_point(|it| line(&it.semver) > line(version));
    api.versions.get(at).filter(|it| line(&it.semver) == line(version))
}

/// A pair of texts to compare, or why there is none.
type Pair = Result<(Text, Text), String>;

/// Every api version with the one it follows.
fn steps<'a>(model: &'a Model, before: Option<&'a Model>) -> Vec<(Step<'a>, Pair)> {
    let mut steps = vec![];
    for service in &model.services {
        for own in &service.apis {
            let was = before.and_then(|model| api(model, &service.name.value, &own.name.value));
            for version in &own.versions {
                let old = was.and_then(|was| follows(was, &version.semver));
                let pair = match (was, old) {
                    (Some(was), Some(old)) => contract(was, old)
                        .map_err(|why| format!("as it was, {why}"))
                        .and_then(|old| Ok((Text::old(old), Text::new(contract(own, version)?)))),
                    (Some(_), None) => Err("the version is new".into()),
                    (None, _) => Err("the api is new".into()),
                };
                let (comparison, skipped) = (None, None);
                let step = Step { service, api: own, version, was, before: old, comparison, skipped };
                steps.push((step, pair));
            }
        }
    }
    steps
}

/// Every event with each earlier one that it may meet.
fn events<'a>(model: &'a Model, before: Option<&'a Model>) -> Vec<(EventStep<'a>, Option<(Text, Text)>)> {
    let mut steps = vec![];
    for topic in &model.topics {
        let was = before.and_then(|model| model.topic(&topic.name.value));
        for event in &topic.events {
            let met = earlier(topic, was, event);
            for (at, (earlier, old)) in met.iter().copied().enumerate() {
                let text =
                    |event: &Event, old| Some(Text { old, path: event.schema.as_ref()?.value.clone() });
                let pair = text(earlier, old).zip(text(event, false));
                let step = EventStep { topic, event, earlier, old, nearest: at == 0, comparison: None };
                steps.push((step, pair));
            }
        }
    }
    steps
}

/// The earlier versions of an event, nearest first: those the plan lists, and those of the baseline it no longer does.
fn earlier<'a>(topic: &'a Topic, was: Option<&'a Topic>, event: &Event) -> Vec<(&'a Event, bool)> {
    let Some(version) = parse(&event.version.value) else { return vec![] };
    let listed = |it: &Event| topic.events.iter().any(|own| own.version.value == it.version.value);
    let own = topic.events.iter().filter(|it| parse(&it.version.value).is_some_and(|it| it < version));
    let old = was.into_iter().flat_map(|was| &was.events).filter(|it| {
        let same = it.version.value == event.version.value;
        same || (!listed(it) && parse(&it.version.value).is_some_and(|it| it < version))
    });
    let mut all: Vec<_> = own.map(|it| (it, false)).chain(old.map(|it| (it, true))).collect();
    all.sort_by_key(|(it, old)| std::cmp::Reverse((parse(&it.version.value), *old)));
    all
}

/// The versions of the baseline that the plan no longer has.
fn gone<'a>(model: &'a Model, before: &'a Model) -> Vec<Gone<'a>> {
    let mut all = vec![];
    for service in &before.services {
        let now = model.service(&service.name.value);
        for was in &service.apis {
            let api_now = api(model, &service.name.value, &was.name.value);
            let lives = |it: &&ApiVersion| api_now.is_some_and(|api| replaced(api, was, &it.semver));
            let lost = was.versions.iter().filter(|it| !lives(it));
            all.extend(lost.map(|version| Gone { service, api: was, version, now, api_now }));
        }
    }
    all
}

/// Whether another version took the place of one: by the strategy itself, any of its line, or any.
fn replaced(api: &Api, was: &Api, version: &Version) -> bool {
    match api.strategy.as_str() {
        "knot" => !api.versions.is_empty(),
        "point-to-point" if was.strategy == "point-to-point" => {
            api.versions.binary_search_by(|own| version.cmp(&own.semver)).is_ok()
        }
        _ => of_line(api, version).is_some(),
    }
}

impl Comparisons {
    /// Compares whatever the gate of an environment asks about.
    pub fn fill(&mut self, model: &Model, before: Option<&Model>, sources: &Sources) {
        let reads = reads(model);
        for (step, pair) in steps(model, before) {
            let Ok((from, to)) = pair else { continue };
            self.compare(&from, &to, sources);
            let bound = |it: &&Reads<'_>| {
                it.api.at == step.api.at && step.before.is_some_and(|was| asks(it.call, was))
            };
            self.keep_fields((from, to), |change| {
                step.api.keep_fields
                    || reads.iter().filter(bound).any(|it| touched(it.call, [change].into_iter()))
            });
        }
        let events = events(model, before).into_iter().filter_map(|(_, pair)| pair);
        events.for_each(|(from, to)| self.compare(&from, &to, sources));
        for Reads { text, call, .. } in &reads {
            call.reads.iter().for_each(|reads| self.look(text, &reads.value, sources));
        }
    }
}

impl<'a> History<'a> {
    /// The gate of an environment, from comparisons that were made by [`Comparisons::fill`].
    pub fn of(model: &'a Model, before: Option<&'a Model>, ledger: &'a Comparisons) -> History<'a> {
        let compared = |(mut step, pair): (Step<'a>, Pair)| {
            match pair {
                Ok((from, to)) => step.comparison = ledger.get(&from, &to),
                Err(why) => step.skipped = Some(why),
            }
            if step.comparison.is_none() && step.skipped.is_none() {
                step.skipped = Some("the contract could not be read".into());
            }
            step
        };
        let event = |(step, pair): (EventStep<'a>, Option<(Text, Text)>)| EventStep {
            comparison: pair.and_then(|(from, to)| ledger.get(&from, &to)),
            ..step
        };
        History {
            steps: before.map_or_else(Vec::new, |_| steps(model, before)).into_iter().map(compared).collect(),
            gone: before.map_or_else(Vec::new, |before| gone(model, before)),
            events: events(model, before).into_iter().map(event).collect(),
        }
    }
}

impl<'a> Step<'a> {
    /// What the changes take.
    pub fn required(&self) -> Bump {
        self.comparison.map_or(Bump::None, Comparison::required)
    }

    /// Whether the number announces the changes.
    pub fn announced(&self) -> bool {
        self.before.is_none_or(|before| announces(&before.semver, &self.version.semver, self.required()))
    }

    /// The number that announces them and that no other version of the api has taken.
    pub fn next(&self) -> Option<Version> {
        let least = next(&self.before?.semver, self.required());
        let others = self.was.into_iter().chain([self.api]).flat_map(|api| &api.versions);
        let taken = |it: &&ApiVersion| {
            line(&it.semver) == line(&least) && it.version.value != self.version.version.value
        };
        let before = self.before?;
        let kin = line(&least) == line(&before.semver);
        let highest = others.filter(taken).map(|it| &it.semver).max().filter(|_| !kin);
        Some(highest.map_or(least.clone(), |highest| next(highest, Bump::Major)))
    }

    /// The changes that take a number of this weight, in the order of their paths.
    pub fn changes(&self, bump: Bump) -> impl Iterator<Item = &'a Change> {
        self.comparison.into_iter().flat_map(|it| &it.changes).filter(move |change| change.bump == bump)
    }

    /// Clients of it were told that it may break: before a release, or by its stability.
    pub fn unstable(&self) -> bool {
        let early = |version: &ApiVersion| !version.semver.pre.is_empty();
        early(self.version) || self.before.is_some_and(early) || self.api.stability == "alpha"
    }
}

impl EventStep<'_> {
    /// Who must move first, by what the schemas are.
    pub fn first(&self) -> Option<First> {
        let comparison = self.comparison.filter(|it| it.looked())?;
        Some(match (comparison.holds(Mode::Backward), comparison.holds(Mode::Forward)) {
            (true, true) => First::Any,
            (true, false) => First::Consumers,
            (false, true) => First::Producers,
            (false, false) => First::Nobody,
        })
    }
}
