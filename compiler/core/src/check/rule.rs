//! A rule, and what it finds.

use super::Context;
use super::belief::Belief;
use super::query::origin::{place, typed, written};
use crate::model::Model;
use crate::model::app::Profile;
use crate::model::service::Service;
use crate::tree::At;
use bastide_report::finding::{Finding, Level, Spot};
use bastide_report::source::Span;

/// A rule: what it looks for, how much it weighs, and the page `explain` prints.
#[derive(Debug)]
pub struct Rule {
    /// Its name: the fault, so that it reads after "allow". Also the name of its file.
    pub name: &'static str,
    /// What it is about: the name of its folder. Set in [`super::RULES`].
    pub group: &'static str,
    /// Its weight, unless the spec says another.
    pub level: Level,
    /// Its page, the Markdown file beside it: what it finds, why it matters, example, instead, when to allow it. Set in
    /// [`super::RULES`].
    pub page: &'static str,
    /// Looks at one environment.
    pub check: Check,
    /// Fields that make it content, if somebody carries them out.
    pub beliefs: &'static [Belief],
    /// What it asks for is a virtue of clusters: it says nothing of a development machine.
    pub on_kubernetes: bool,
}

type Check = fn(&Context<'_>, &mut Vec<Found>);

/// A finding and the node it is about, so that weights written in that node, or around it, apply.
#[derive(Clone, Debug)]
pub struct Found {
    /// Path of the node, as in `at` of the model: `service.orders.calls.pricing`.
    pub node: String,
    /// The finding.
    pub finding: Finding,
    /// Whether somebody wrote one of the values it is about; none if it is about no values.
    pub written: Option<bool>,
}

impl Rule {
    /// A rule for what cannot stand.
    pub(super) const fn deny(name: &'static str, check: Check) -> Rule {
        Rule { name, group: "", level: Level::Deny, page: "", check, beliefs: &[], on_kubernetes: false }
    }

    /// A rule for what should be looked at.
    pub(super) const fn warn(name: &'static str, check: Check) -> Rule {
        Rule { level: Level::Warn, ..Rule::deny(name, check) }
    }

    /// A rule for what is worth knowing.
    pub(super) const fn info(name: &'static str, check: Check) -> Rule {
        Rule { level: Level::Info, ..Rule::deny(name, check) }
    }

    /// A rule that is content because of these fields.
    pub(super) const fn believes(self, beliefs: &'static [Belief]) -> Rule {
        Rule { beliefs, ..self }
    }

    /// A rule that says nothing of a development machine.
    pub(super) const fn on_kubernetes(self) -> Rule {
        Rule { on_kubernetes: true, ..self }
    }

    /// Whether it has anything to say of an environment.
    pub(super) fn speaks_of(&self, model: &Model) -> bool {
        !self.on_kubernetes || model.environment.platform == "kubernetes"
    }

    /// Its weight in a profile: a strict one asks for a step more.
    pub fn level_in(&self, profile: Profile) -> Level {
        profile.level(self.level)
    }

    /// A finding of this rule about the node at `node`.
    pub(super) fn found(&self, node: &str, message: impl Into<String>) -> Found {
        Found {
            node: node.into(),
            finding: Finding::new(self.name, message).level(self.level),
            written: None,
        }
    }
}

impl Found {
    /// Adds it to what was found.
    pub(super) fn add_to(self, found: &mut Vec<Found>) {
        found.push(self);
    }

    fn with(self, change: impl FnOnce(Finding) -> Finding) -> Found {
        Found { finding: change(self.finding), ..self }
    }

    /// Adds a place; the first is the main one.
    pub(super) fn label(self, span: Span, text: impl Into<String>) -> Found {
        self.with(|it| it.label(span, text))
    }

    /// Adds the place of a value; of what it belongs to, if the value is a default. A finding whose values are all defaults
    /// is told nobody: they are ours.
    pub(super) fn label_value<T>(self, at: &At<T>, owner: Span, text: impl Into<String>) -> Found {
        let written = Some(self.written == Some(true) || written(at));
        Found { written, ..self.label(place(at, owner), text) }
    }

    /// Adds places.
    pub(super) fn labels<T: Into<String>>(self, labels: impl IntoIterator<Item = (Span, T)>) -> Found {
        labels.into_iter().fold(self, |found, (span, text)| found.label(span, text))
    }

    /// Says what to do.
    pub(super) fn help(self, help: impl Into<String>) -> Found {
        self.with(|it| it.help(help))
    }

    /// Says what was found.
    pub(super) fn message(self, message: impl Into<String>) -> Found {
        self.with(|it| Finding { message: message.into(), ..it })
    }

    /// Weighs it otherwise than its rule.
    pub(super) fn level(self, level: Level) -> Found {
        self.with(|it| it.level(level))
    }

    /// Lets `--fix` replace what stands there.
    pub(super) fn edit(self, span: Span, text: impl Into<String>) -> Found {
        self.with(|it| it.edit(span, text))
    }

    /// Lets `--fix` change the node that a name or value stands in.
    pub(super) fn edit_at(self, span: Span, spot: Spot, text: impl Into<String>) -> Found {
        self.with(|it| it.edit_at(span, spot, text))
    }

    /// Lets `--fix` write a value where the user wrote it; where a default stood, at a spot of the node `owner` names.
    pub(super) fn write<T>(self, old: &At<T>, owner: Span, spot: Spot, new: impl Into<String>) -> Found {
        match typed(old) {
            true => self.edit(old.span(), new),
            false => self.edit_at(owner, spot, new),
        }
    }

    /// Lets `--fix` run two instances of a service at least.
    pub(super) fn two(self, service: &Service) -> Found {
        let (min, max, owner) = (&service.scale.min, &service.scale.max, service.name.span());
        let found = self.write(min, owner, Spot::Child("scale", "min"), "2");
        match max.value < 2 && typed(max) {
            true => found.edit(max.span(), "2"),
            false => found,
        }
    }
}
