//! What a `discriminator` tells apart: the values of its property, and the schema that each stands for. A schema with one
//! and without branches stands for all that take it in by `allOf` (OpenAPI 3.0.3, 4.7.25).

use super::Judge;
use super::term::{Origin, Which};
use crate::value::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Values of the property, and what each stands for.
pub type Kin<'s, 'a> = BTreeMap<&'s str, &'s Value<'a>>;

/// Schemas that take in another by `allOf`, by where that is in memory.
pub type Children<'s, 'a> = BTreeMap<usize, Vec<(&'s str, &'s Value<'a>)>>;

fn place<T>(of: &T) -> usize {
    std::ptr::from_ref(of) as usize
}

/// The property a `discriminator` names; AsyncAPI writes nothing else.
pub fn property<'s>(whole: &'s Value) -> Option<&'s str> {
    let said = whole.get("discriminator")?;
    said.text().or_else(|| said.text_at("propertyName"))
}

/// Whether a schema has branches of its own.
pub fn branches<'s, 'a>(whole: &'s Value<'a>) -> Option<&'s [Value<'a>]> {
    ["oneOf", "anyOf"].iter().find_map(|key| whole.get(key)).map(Value::items)
}

/// The last part of a reference: what people call the schema.
fn last(reference: &str) -> &str {
    reference.rsplit(['/', '#']).next().unwrap_or(reference)
}

impl<'s, 'a> Judge<'s, 'a> {
    /// All values of the `discriminator` of a schema: those of its mapping, and the names of the schemas that no entry of
    /// it names.
    pub(super) fn kin(&mut self, which: Which, whole: &'s Value<'a>) -> Kin<'s, 'a> {
        let mut kin = Kin::new();
        let said = whole.get("discriminator");
        for entry in said.and_then(|said| said.get("mapping")).map_or(&[][..], Value::entries) {
            if let Some(target) = self.mapped(which, &entry.value) {
                kin.insert(&entry.key, target);
            }
        }
        let named: BTreeSet<usize> = kin.values().map(|target| place(*target)).collect();
        let mut implicit = |name: &'s str, target: &'s Value<'a>| {
            if !named.contains(&place(target)) {
                kin.entry(name).or_insert(target);
            }
        };
        match branches(whole) {
            Some(branches) => {
                for reference in branches.iter().filter_map(|branch| branch.get("$ref")) {
                    if let (Some(text), Some(target)) = (reference.text(), self.target(which, reference)) {
                        implicit(last(text), target);
                    }
                }
            }
            None => {
                self.descendants(which, whole).into_iter().for_each(|(name, child)| implicit(name, child))
            }
        }
        kin
    }

    /// A value of `mapping`: the name of a schema, or a reference to one.
    fn mapped(&mut self, which: Which, written: &'s Value<'a>) -> Option<&'s Value<'a>> {
        let library = if which == Which::Old { self.old } else { self.new };
        let name = format!("#/components/schemas/{}", written.text()?);
        library.follow(written.span.file, &name).ok().or_else(|| self.target(which, written))
    }

    /// All schemas that take in another by `allOf`, or take in one that does.
    fn descendants(&mut self, which: Which, parent: &'s Value<'a>) -> Vec<(&'s str, &'s Value<'a>)> {
        let (mut found, mut waiting, mut seen) = (vec![], vec![parent], BTreeSet::from([place(parent)]));
        while let Some(next) = waiting.pop() {
            for (name, child) in self.children(which).get(&place(next)).cloned().unwrap_or_default() {
                if seen.insert(place(child)) {
                    found.push((name, child));
                    waiting.push(child);
                }
            }
        }
        found
    }

    /// Whether a schema takes in another, so that it is a kind of it and not all kinds.
    pub(super) fn is_child(&mut self, which: Which, whole: &Value, parent: &'s Value<'a>) -> bool {
        self.descendants(which, parent).iter().any(|(_, child)| place(*child) == place(whole))
    }

    fn children(&mut self, which: Which) -> &Children<'s, 'a> {
        if !self.terms.children.contains_key(&which) {
            let library = if which == Which::Old { self.old } else { self.new };
            let mut found = Children::new();
            for entry in library.components() {
                let parts = entry.value.get("allOf").map_or(&[][..], Value::items);
                for reference in parts.iter().filter_map(|part| part.get("$ref")) {
                    if let Ok(parent) = library.follow(reference.span.file, reference.text().unwrap_or("#")) {
                        found.entry(place(parent)).or_default().push((&entry.key, &entry.value));
                    }
                }
            }
            self.terms.children.insert(which, found);
        }
        &self.terms.children[&which]
    }

    /// Of the values of a property those that what they stand for does not refuse, as where it says its own `const`.
    pub(super) fn possible(&mut self, origin: Origin, property: &str, mut kin: Kin<'s, 'a>) -> Kin<'s, 'a> {
        kin.retain(|value, target| {
            let Some(allowed) = self.allowed(origin, property, target) else { return true };
            allowed.iter().any(|it| it == value)
        });
        kin
    }

    /// The values that a schema itself lists for a property; `None` where it lists none.
    fn allowed(&mut self, origin: Origin, property: &str, schema: &'s Value<'a>) -> Option<Vec<String>> {
        let term = self.schema(origin, schema);
        let shape = self.shape(term);
        let parts = &shape.map.as_ref()?.facets.parts;
        for part in parts {
            let Ok(at) = part.named.binary_search_by(|it| it.name.cmp(property)) else { continue };
            let term = self.schema(origin.property(), part.named[at].value);
            let shape = self.shape(term);
            if let Some(literals) = shape.text.as_ref().and_then(|class| class.literals.as_ref()) {
                return Some(literals.iter().filter_map(|it| it.value.text().map(str::to_owned)).collect());
            }
        }
        None
    }

    /// Whether what stands for values may have others in the property as well.
    pub(super) fn open(&mut self, origin: Origin, property: &str, kin: &Kin<'s, 'a>) -> bool {
        kin.values().any(|target| self.allowed(origin, property, target).is_none())
    }
}
