//! Patches of generated objects.

use crate::check::Context;
use crate::model::app::{Patch, Set};

impl<'m> Context<'m> {
    /// What patches of the environment set in objects of these kinds.
    pub fn patched(
        &self,
        kinds: &'static [&'static str],
    ) -> impl Iterator<Item = (&'m Patch, &'m Set)> + use<'m> {
        let kind = |patch: &&Patch| patch.object.split('/').next().is_some_and(|it| kinds.contains(&it));
        let patches = self.model.environment.patches.iter().filter(kind);
        patches.flat_map(|patch| patch.sets.iter().map(move |set| (patch, set)))
    }
}
