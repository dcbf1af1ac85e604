//! Patches of generated objects.

use crate::check::Context;
use crate::model::patch::{Change, Patch};
use crate::view::workload::Workload;
use serde_json::Value;

/// A field that a patch changes.
pub struct Patched<'m> {
    /// The patch.
    pub patch: &'m Patch,
    /// What it does.
    pub change: &'m Change,
    /// The steps to the field, with dots between them.
    pub path: String,
    /// What it gets; nothing if it is taken away.
    pub value: Option<&'m Value>,
}

impl Patched<'_> {
    /// Whether it is about the object of this kind that a workload has.
    pub fn is_about(&self, kind: &str, workload: &Workload) -> bool {
        self.patch.meets(&format!("{kind}/{}", workload.name))
    }

    /// The last step of the path.
    pub fn last(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or_default()
    }
}

impl<'m> Context<'m> {
    /// What patches of the environment change in objects of these kinds.
    pub fn patched(&self, kinds: &'static [&'static str]) -> impl Iterator<Item = Patched<'m>> + use<'m> {
        let about = |patch: &&Patch| kinds.iter().any(|kind| *kind == "*" || patch.is_of(kind));
        let changes = |patch: &'m Patch| patch.changes.iter().map(move |change| (patch, change));
        let patches = self.model.environment.patches.iter().filter(about);
        patches.flat_map(changes).flat_map(|(patch, change)| {
            let one = move |(path, value)| Patched { patch, change, path, value };
            change.fields().into_iter().map(one)
        })
    }
}
