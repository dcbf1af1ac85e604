//! Contracts of both specs, as their history compared them, with who uses them.

use super::Effect;
use crate::contracts::history::{EventStep, History, Step};
use crate::model::Model;
use bastide_contract::{Comparison, Mode};
use bastide_report::source::Span;
use bastide_report::version::Bump;

/// A contract of both specs.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Path of the api or topic in the spec: `service.orders.api.orders`, `topic.order-placed`.
    pub at: String,
    /// Version before.
    pub old: String,
    /// Version after.
    pub new: String,
    /// Where the new version stands.
    pub span: Span,
    /// What the comparison said.
    pub comparison: Comparison,
    /// Somebody who kept to the old contract can break.
    pub breaking: bool,
    /// The number that announces the changes, if the new version is another that does not.
    pub wanted: Option<String>,
    /// Its clients were told that it may break: a pre-release, or not stable yet.
    pub unstable: bool,
}

/// A contract that was not compared, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// Path of the version in the spec.
    pub at: String,
    /// Why, lower case.
    pub why: String,
}

/// What became of the contracts of one environment: those that were compared, and those that were not.
pub fn contracts(history: &History<'_>) -> (Vec<Compared>, Vec<Skipped>) {
    let mut compared: Vec<Compared> = history.steps.iter().filter_map(api).collect();
    compared.extend(history.events.iter().filter(|it| it.old && it.nearest).filter_map(event));
    let left = |step: &Step<'_>| {
        // What is new has nothing to be compared with, and what has no contract says so elsewhere.
        step.before.filter(|_| step.api.contract.is_some() || step.version.contract.is_some())?;
        Some(Skipped { at: step.version.at.clone(), why: step.skipped.clone()? })
    };
    let mut skipped: Vec<Skipped> = history.steps.iter().filter_map(left).collect();
    for it in &compared {
        let of = |left: &bastide_contract::Skipped| Skipped {
            at: it.at.clone(),
            why: format!("{}: {}", left.what, left.why),
        };
        skipped.extend(it.comparison.skipped.iter().map(of));
    }
    (compared, skipped)
}

fn api(step: &Step<'_>) -> Option<Compared> {
    let (comparison, before) = (step.comparison?, step.before?);
    Some(Compared {
        at: step.api.at.clone(),
        old: before.version.value.clone(),
        new: step.version.version.value.clone(),
        span: step.version.version.span(),
        breaking: comparison.required() == Bump::Major,
        wanted: step.next().filter(|_| !step.announced()).map(|next| next.to_string()),
        unstable: step.unstable(),
        comparison: comparison.clone(),
    })
}

fn event(step: &EventStep<'_>) -> Option<Compared> {
    let comparison = step.comparison?;
    Some(Compared {
        at: step.topic.at.clone(),
        old: step.earlier.version.value.clone(),
        new: step.event.version.value.clone(),
        span: step.event.version.span(),
        breaking: !keeps(step.event.compatibility.as_ref().map(|at| at.value.as_str()), comparison),
        wanted: None,
        unstable: false,
        comparison: comparison.clone(),
    })
}

/// Whether messages may go from the one to the other in the mode that was promised; without one, new readers must read
/// old messages.
fn keeps(mode: Option<&str>, comparison: &Comparison) -> bool {
    let (backward, forward) = (comparison.holds(Mode::Backward), comparison.holds(Mode::Forward));
    match mode.unwrap_or("backward").split(['-', '_']).next().unwrap_or_default() {
        "none" => true,
        "full" => backward && forward,
        "forward" => forward,
        _ => backward,
    }
}

impl Compared {
    /// Name of the format; empty if nothing changed.
    pub fn kind(&self) -> &'static str {
        let row = self.comparison.changes.first().map(|change| change.kind.name);
        row.and_then(|name| name.split('/').next()).unwrap_or_default()
    }

    /// What the change does to those who use the contract. A breaking change under a number that announces it is one
    /// they can see coming; whoever is bound to the old number is found by the versions that run.
    pub fn effect(&self) -> Effect {
        match (self.breaking, self.wanted.is_some()) {
            (true, _) if self.unstable => Effect::Risky,
            (true, true) => Effect::Breaking,
            // No number makes up for a mode that was promised.
            (true, false) if self.old == self.new || !self.at.starts_with("service") => Effect::Breaking,
            (true, false) | (_, true) => Effect::Risky,
            _ if self.comparison.unreadable() => Effect::Risky,
            _ => Effect::Safe,
        }
    }

    /// Whether both mean the same.
    pub fn equal(&self) -> bool {
        self.comparison.changes.is_empty() && !self.comparison.unreadable()
    }

    /// The services that use it: callers of the api, readers and writers of the topic.
    pub fn users<'m>(&self, model: &'m Model) -> Vec<&'m str> {
        let mut steps = self.at.split('.');
        let (kind, name) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
        let api = steps.nth(1).unwrap_or_default();
        let uses = |service: &&crate::model::service::Service| match kind {
            "topic" | "queue" => {
                service.subscribes.iter().any(|it| it.topic.value == name)
                    || service.publishes.iter().any(|it| it.topic.value == name)
            }
            _ => service
                .calls
                .iter()
                .any(|call| call.to.value == name && call.api.as_ref().is_none_or(|at| at.value == api)),
        };
        model.services.iter().filter(uses).map(|service| service.name.value.as_str()).collect()
    }
}
