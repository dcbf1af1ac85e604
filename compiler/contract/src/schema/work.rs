//! How much one judge may hold. Schemas of a few kilobytes can mean sets that double at each step; what they would take
//! beyond these bounds is not looked at and counts as changed.

use super::shape::{Class, Shape};

/// Bounds, choices and parts that may be joined from several schemas, in all.
const JOINED: usize = 2_000_000;
/// Pairs of terms that may be compared for each schema that is read, and for any two texts.
const PAIRS: (usize, usize) = (16, 20_000);
/// Facts that may be told, in all, and bytes of the paths to them.
const TOLD: (usize, usize) = (400_000, 32 << 20);
/// Longest path to a fact in bytes.
pub const PATH: usize = 4096;

/// What was done so far.
#[derive(Debug, Default)]
pub struct Work {
    /// What was joined from several schemas.
    joined: usize,
    /// Schemas that were read as they are written.
    read: usize,
    /// Facts and the bytes of their paths.
    told: (usize, usize),
}

impl Work {
    /// Counts what was joined.
    pub fn join(&mut self, items: usize) {
        self.joined += items;
    }

    /// Counts a schema.
    pub fn read(&mut self) {
        self.read += 1;
    }

    /// Counts a fact.
    pub fn tell(&mut self, path: &str) {
        self.told = (self.told.0 + 1, self.told.1 + path.len());
    }

    /// Whether nothing more may be joined.
    pub fn full(&self) -> bool {
        self.joined > JOINED
    }

    /// Whether so many pairs are too many.
    pub fn too_many(&self, pairs: usize) -> bool {
        self.full() || pairs > PAIRS.1 + PAIRS.0 * self.read
    }

    /// Whether nothing more may be told.
    pub fn told(&self) -> bool {
        self.told.0 > TOLD.0 || self.told.1 > TOLD.1
    }
}

/// How much a shape holds.
pub fn weight(shape: &Shape) -> usize {
    fn one<F>(class: Option<&Class<F>>, facets: impl Fn(&F) -> usize) -> usize {
        class.map_or(0, |class| {
            let branches: usize = class.choices.iter().map(|choice| choice.branches.len() + 1).sum();
            let literals = class.literals.as_ref().map_or(0, Vec::len);
            branches + literals + class.nots.len() + class.conditions.len() + facets(&class.facets)
        })
    }
    one(shape.number.as_deref(), |it| it.multiples.len() + it.formats.len())
        + one(shape.text.as_deref(), |it| it.patterns.len() + it.formats.len() + it.content.len())
        + one(shape.list.as_deref(), |it| it.parts.len() + it.contains.len() + it.opaque.len())
        + one(shape.map.as_deref(), |it| {
            let lists = it.parts.len() + it.required.len() + it.hidden.len() + it.names.len();
            lists + it.needs.len() + it.depends.len() + it.opaque.len()
        })
        + shape.words.texts.len()
}
