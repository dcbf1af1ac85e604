//! Contracts of both specs, compared by the shell, with who uses them.

use super::Effect;
use crate::contract::{Bump, Comparison};
use crate::model::Model;
use crate::source::Span;
use crate::version;

/// What a contract belongs to, and how it was compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Path of the api or topic in the spec: `service.orders.api.orders`, `topic.order-placed`.
    pub at: String,
    /// Name of the format.
    pub kind: &'static str,
    /// Version before.
    pub old: String,
    /// Version after.
    pub new: String,
    /// Where the new version stands.
    pub span: Option<Span>,
    /// The comparison.
    pub comparison: Comparison,
}

impl Compared {
    /// The version number that the changes take; none if the versions cannot be read.
    pub fn wanted(&self) -> Option<String> {
        let old = version::parse(&self.old)?;
        let (major, minor, patch) = (old.major, old.minor, old.patch);
        // Before 1.0.0 a breaking change takes the next minor number (Cargo's reading of SemVer 2.0.0, item 4).
        let wanted = match (self.comparison.required(), major) {
            (Bump::Major, 0) => (0, minor + 1, 0),
            (Bump::Major, _) => (major + 1, 0, 0),
            (Bump::Minor, 1..) => (major, minor + 1, 0),
            (Bump::Minor | Bump::Patch, _) => (major, minor, patch + 1),
            (Bump::None, _) => (major, minor, patch),
        };
        Some(format!("{}.{}.{}", wanted.0, wanted.1, wanted.2))
    }

    /// Whether the new number is smaller than what the changes take.
    pub fn too_small(&self) -> bool {
        let wanted = self.wanted().and_then(|wanted| version::parse(&wanted));
        version::parse(&self.new).zip(wanted).is_some_and(|(new, wanted)| new < wanted)
    }

    /// What the change does to those who use the contract. A breaking change under a new major number is one they can
    /// see coming; whoever is bound to the old number is found by the versions that run.
    pub fn effect(&self) -> Effect {
        match (self.comparison.breaking(), self.too_small()) {
            (true, true) => Effect::Breaking,
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
        let (kind, rest) = self.at.split_once('.').unwrap_or(("", &self.at));
        let name = rest.split('.').next().unwrap_or(rest);
        let api = rest.rsplit('.').next().unwrap_or_default();
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
