//! Which layers say something in a node.

use super::{Item, Layer, Origin};
use bastide_report::source::Span;

impl Item {
    /// Every layer that says something in this node, first to last.
    pub fn said(&self) -> &[Origin] {
        if self.said.is_empty() { std::slice::from_ref(&self.origin) } else { &self.said }
    }

    /// Notes that `over`, a later layer, says something in this node.
    pub fn said_by(&mut self, over: &Item) {
        let mut said = std::mem::take(&mut self.said);
        if said.is_empty() {
            said.push(self.origin);
        }
        if self.origin.layer < over.origin.layer && self.origin.layer < Layer::Spec {
            self.origin = over.origin;
        }
        for origin in over.said() {
            if !said.contains(origin) {
                said.push(*origin);
            }
        }
        if said != [self.origin] {
            self.said = said;
        }
    }

    /// Notes what earlier layers say in this node.
    pub fn follows(&mut self, earlier: Vec<Origin>) {
        if !earlier.is_empty() {
            self.said = [&earlier, self.said()].concat();
        }
    }

    /// Moves the node and all in it to a place: of what a machine made, that is where it was made from.
    pub fn move_to(&mut self, span: Span) {
        self.origin.span = span;
        self.said.iter_mut().for_each(|origin| origin.span = span);
        self.fields.iter_mut().chain(&mut self.values).for_each(|field| field.at.origin.span = span);
        self.parts.iter_mut().for_each(|part| part.move_to(span));
    }

    /// Moves the node and all in it to a layer.
    pub fn set_layer(&mut self, layer: Layer) {
        self.origin.layer = layer;
        self.said.iter_mut().for_each(|origin| origin.layer = layer);
        self.fields.iter_mut().chain(&mut self.values).for_each(|field| field.at.origin.layer = layer);
        self.parts.iter_mut().for_each(|part| part.set_layer(layer));
    }
}
