//! Which layers say something in a node.

use super::{Item, Layer, Origin};

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
        said.extend(over.said().iter().filter(|origin| **origin != self.origin));
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

    /// Moves the node and all in it to a layer.
    pub fn set_layer(&mut self, layer: Layer) {
        self.origin.layer = layer;
        self.said.iter_mut().for_each(|origin| origin.layer = layer);
        self.fields.iter_mut().chain(&mut self.values).for_each(|field| field.at.origin.layer = layer);
        self.parts.iter_mut().for_each(|part| part.set_layer(layer));
    }
}
