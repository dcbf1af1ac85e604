//! `#null`: what it takes out of a node.

use super::{Item, Scalar, Taken};

impl Item {
    /// Takes out what a `#null` means, and remembers that it did.
    pub fn take(&mut self, mut null: Item) {
        let mut out = vec![];
        self.parts.retain(|part| {
            let goes = null.takes(part);
            if goes {
                out.extend_from_slice(part.said());
            }
            !goes
        });
        let taken = self.taken.get_or_insert_default();
        // What an earlier layer has taken already is gone for this one too.
        let earlier = taken.parts.iter().position(|other| other.is_same(&null));
        out.extend(earlier.into_iter().flat_map(|at| taken.parts.remove(at).said().to_vec()));
        null.follows(out);
        taken.parts.push(null);
    }

    /// Whether this `#null` took something.
    pub fn took(&self) -> bool {
        self.said().len() > 1
    }

    /// Moves the properties that are `#null` to what was taken.
    pub fn settle(&mut self) {
        let null = |at: usize, item: &Item| item.fields[at].at.value == Scalar::Null;
        for at in (0..self.fields.len()).rev() {
            if null(at, self) {
                let field = self.fields.remove(at);
                self.taken.get_or_insert_default().fields.push(field);
            }
        }
        self.parts.iter_mut().for_each(Item::settle);
    }

    /// Everything that was taken out of this node and its parts.
    pub fn all_taken<'t>(&'t self, each: &mut dyn FnMut(&'t Item, &'t Taken)) {
        if let Some(taken) = &self.taken {
            each(self, taken);
        }
        self.parts.iter().for_each(|part| part.all_taken(each));
    }
}
