//! `#null`: what it takes out of a node.

use super::{Field, Item, Origin, Scalar};

/// What `#null` took out of a node: for `why`, and for layers that are laid under it later.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// The nodes that say `#null`; what each took is among those that say something in it.
    pub parts: Vec<Item>,
    /// The properties, each with what it hides.
    pub fields: Vec<Field>,
    /// Where a node was taken away whose value is what it is without, too.
    pub in_vain: Vec<Origin>,
}

impl Item {
    /// Takes out what a `#null` means, and remembers that it did.
    pub fn take(&mut self, mut null: Item) {
        let (mut out, mut in_vain) = (vec![], false);
        self.parts.retain(|part| {
            let goes = null.takes(part);
            if goes {
                out.extend_from_slice(part.said());
                in_vain |= part.schema.usual.is_some_and(|usual| part.value_text().as_deref() == Some(usual));
            }
            !goes
        });
        let taken = self.taken.get_or_insert_default();
        taken.in_vain.extend(in_vain.then_some(null.origin));
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

    /// Where a `#null` takes away a property of a part, or all of the part, and nothing nearer says it.
    pub fn null_in(&self, node: &str, name: &str) -> Option<Origin> {
        let part = self.part(node);
        let mut taken = self.taken.iter().flat_map(|taken| &taken.parts);
        let whole = taken.rfind(|null| null.schema.node == node).map(|null| null.origin);
        let fields = part.and_then(|part| part.taken.as_ref()).map_or(&[][..], |taken| &taken.fields);
        let own = fields.iter().find(|field| field.name == name).map(|field| field.at.origin);
        match part.and_then(|part| part.field(name)) {
            Some(_) => None,
            None => own.or(whole),
        }
    }

    /// Puts back the `#null` of properties, so that they take from what the node is laid upon.
    pub fn unsettle(&mut self) {
        let taken = self.taken.iter_mut().flat_map(|taken| std::mem::take(&mut taken.fields));
        self.fields.extend(taken);
        self.parts.iter_mut().for_each(Item::unsettle);
    }

    /// Notes what each `#null` in parts of these kinds takes out of a node that they are laid upon later.
    pub fn meet(&mut self, base: &Item, kinds: &[&str]) {
        let counts = |part: &Item| kinds.is_empty() || kinds.contains(&part.schema.node);
        let taken = self.taken.iter_mut().flat_map(|taken| &mut taken.parts);
        for null in taken.filter(|null| counts(null)) {
            let met = base.parts.iter().filter(|part| null.takes(part));
            null.follows(met.flat_map(|part| part.said().to_vec()).collect());
        }
        for part in self.parts.iter_mut().filter(|part| counts(part)) {
            let Some(own) = base.parts.iter().find(|own| own.is_same(part)) else { continue };
            for field in part.fields.iter_mut().filter(|field| field.at.value == Scalar::Null) {
                let follows = own.schema.prop(field.name).and_then(|prop| prop.follows);
                let same = |other: &&Field| other.name == field.name || Some(other.name) == follows;
                let met = own.fields.iter().filter(same);
                field.hidden.extend(met.map(|other| other.at.clone()));
            }
            part.meet(own, &[]);
        }
    }

    /// Everything that was taken out of this node and its parts.
    pub fn all_taken<'t>(&'t self, each: &mut dyn FnMut(&'t Item, &'t Taken)) {
        if let Some(taken) = &self.taken {
            each(self, taken);
        }
        self.parts.iter().for_each(|part| part.all_taken(each));
    }
}
