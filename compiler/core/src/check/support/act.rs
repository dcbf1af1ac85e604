//! Acts as edits of the spec: `--fix`.

use crate::check::Found;
use crate::model::service::Service;
use crate::tree::{At, Layer};
use bastide_report::finding::Spot;
use bastide_report::source::Span;

/// Whether the value stands in a file as it is, and was not made from another.
pub fn stands<T>(at: &At<T>) -> bool {
    matches!(at.origin.layer, Layer::Archetype | Layer::Spec | Layer::Overlay)
}

impl Found {
    /// Writes a value where the user wrote it; where a default stood, at a spot of the node that `owner` names.
    pub fn write<T>(self, old: &At<T>, owner: Span, spot: Spot, new: impl Into<String>) -> Found {
        match stands(old) {
            true => self.edit(old.span(), new),
            false => self.edit_at(owner, spot, new),
        }
    }

    /// Lets two instances of a service run at least, and as many at most.
    pub fn two(self, service: &Service) -> Found {
        let (min, max, owner) = (&service.scale.min, &service.scale.max, service.name.span());
        let found = self.write(min, owner, Spot::Child("scale", "min"), "2");
        match max.value < 2 && stands(max) {
            true => found.edit(max.span(), "2"),
            false => found,
        }
    }

    /// Changes the node that a name or value stands in.
    pub fn edit_at(mut self, span: Span, spot: Spot, new: impl Into<String>) -> Found {
        self.finding = self.finding.edit_at(span, spot, new);
        self
    }
}
