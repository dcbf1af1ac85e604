//! From schemas to shapes: keywords are read, references followed, what holds together is intersected, choices are joined.

use super::literal::Literal;
use super::own::{self, Own};
use super::shape::{At, Branch, Choice, Condition, FALSE, NULL, Shape, TRUE};
use super::term::{Atom, Origin, Slot, TermId};
use super::{Dialect, Judge, intersect, kin, unevaluated, union, work};
use crate::value::{Data, Value};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Deepest chain of choices, references and conditions that is followed to find what one schema accepts.
const DEEPEST: usize = 100;

impl<'s, 'a> Judge<'s, 'a> {
    /// What a term accepts. Within a cycle of references that never reaches a value, everything.
    pub(super) fn shape(&mut self, term: TermId) -> Rc<Shape<'s, 'a>> {
        match &self.terms.all[term.0 as usize].shape {
            Slot::Done(shape) => return shape.clone(),
            Slot::Busy => return Rc::new(Shape::any()),
            Slot::Empty => {}
        }
        if self.depth > DEEPEST || self.work.full() {
            self.too_hard();
            return Rc::new(Shape { opaque: Some(term), ..Shape::any() });
        }
        self.depth += 1;
        self.terms.all[term.0 as usize].shape = Slot::Busy;
        let origin = self.origin(term);
        let atoms = self.terms.all[term.0 as usize].atoms.clone();
        let single = atoms.len() == 1;
        let one = |judge: &mut Self, atom| match atom {
            Atom::Schema(value) if single => judge.read(origin, value),
            Atom::Schema(value) => {
                let alone = judge.schema(origin, value);
                Shape::clone(&judge.shape(alone))
            }
            Atom::Without(whole, kind, choice) => {
                union::without(Shape::clone(&judge.shape(whole)), kind, choice)
            }
        };
        let shapes = atoms.into_iter().map(|atom| one(self, atom)).collect();
        let mut shape = self.joined(shapes).unwrap_or_else(Shape::any);
        self.normalize(origin, &mut shape);
        let shape = Rc::new(shape);
        self.terms.all[term.0 as usize].shape = Slot::Done(shape.clone());
        self.depth -= 1;
        shape
    }

    /// What all of them accept.
    fn joined(&mut self, shapes: Vec<Shape<'s, 'a>>) -> Option<Shape<'s, 'a>> {
        let several = shapes.len() > 1;
        let shape = intersect::all(shapes);
        if several {
            self.work.join(shape.as_ref().map_or(0, work::weight));
        }
        shape
    }

    fn dialect(&self, origin: Origin) -> Dialect {
        match origin.which {
            super::term::Which::Old => self.old_dialect,
            super::term::Which::New => self.new_dialect,
        }
    }

    /// What one schema accepts, with all it refers to.
    fn read(&mut self, origin: Origin, value: &'s Value<'a>) -> Shape<'s, 'a> {
        let dialect = self.dialect(origin);
        let reference = ["$ref", "$dynamicRef", "$recursiveRef"].iter().find_map(|key| value.get(key));
        if let Some(reference) = reference.filter(|value| value.text().is_some()) {
            let mut target = match self.target(origin.which, reference) {
                Some(target) => {
                    let term = self.schema(origin, target);
                    Shape::clone(&self.shape(term))
                }
                None => Shape::any(),
            };
            if dialect != Dialect::New || value.entries().len() == 1 {
                return target;
            }
            target.span = Some(value.span);
            let beside = self.keywords(origin, value, dialect);
            return self.joined(vec![beside, target]).unwrap_or_default();
        }
        self.keywords(origin, value, dialect)
    }

    fn keywords(&mut self, origin: Origin, value: &'s Value<'a>, dialect: Dialect) -> Shape<'s, 'a> {
        let Own { mut shape, parts, nullable } = own::read(self, origin, value, dialect);
        for part in parts {
            if part.key == "$ref" {
                continue;
            }
            let other = self.part(origin, part.key, part.value, value);
            if let Some(mut other) = other {
                other.parent.take_if(|parent| self.is_child(origin.which, value, parent));
                shape = intersect::shapes(shape, other);
            }
        }
        if kin::property(value).is_some() && kin::branches(value).is_none() {
            shape.parent = Some(value);
        }
        if let Some(span) = nullable {
            shape.constants |= NULL;
            shape.span = shape.span.or(Some(span));
        }
        let all_known = value.get("unevaluatedProperties").is_some() && self.knows_all(origin, value, 16);
        let names = unevaluated::unevaluated(&mut shape, value, all_known);
        self.work.join(names);
        shape
    }

    /// Whether `additionalProperties` of a schema, or of what holds beside it, looks at every property.
    fn knows_all(&mut self, origin: Origin, value: &'s Value<'a>, depth: usize) -> bool {
        if depth == 0 || value.get("additionalProperties").is_some_and(|it| !it.is(false)) {
            return depth > 0;
        }
        let target = value.get("$ref").and_then(|it| self.target(origin.which, it));
        let parts = value.get("allOf").map_or(&[][..], Value::items).iter().chain(target);
        parts.into_iter().any(|part| self.knows_all(origin, part, depth - 1))
    }

    /// What a keyword that holds other schemas adds.
    fn part(
        &mut self,
        origin: Origin,
        key: &str,
        part: &'s Value<'a>,
        whole: &'s Value<'a>,
    ) -> Option<Shape<'s, 'a>> {
        match key {
            "allOf" => {
                let all: Vec<_> = part.items().iter().map(|item| self.schema(origin, item)).collect();
                let shapes = all.into_iter().map(|term| Shape::clone(&self.shape(term))).collect();
                self.joined(shapes)
            }
            "anyOf" | "oneOf" if !part.items().is_empty() => {
                Some(self.choice(origin, key == "oneOf", part, whole))
            }
            "not" => Some(self.except(origin, part)),
            "if" => Some(self.condition(origin, part, whole)),
            _ => None,
        }
    }

    fn choice(
        &mut self,
        origin: Origin,
        one: bool,
        part: &'s Value<'a>,
        whole: &'s Value<'a>,
    ) -> Shape<'s, 'a> {
        let branch = |judge: &mut Self, value: &'s Value<'a>| Branch {
            term: judge.schema(origin, value),
            name: name(value),
            span: value.span,
        };
        let branches: Vec<_> = part.items().iter().map(|item| branch(self, item)).collect();
        let discriminator = kin::property(whole).map(|_| whole);
        let choice = Choice { span: part.span, one, branches, discriminator };
        self.union(choice)
    }

    /// Everything a schema refuses.
    fn except(&mut self, origin: Origin, part: &'s Value<'a>) -> Shape<'s, 'a> {
        let term = self.schema(origin, part);
        let refused = self.shape(term);
        let at = At { value: term, span: part.span };
        let mut shape = Shape::any();
        shape.constants &= !refused.constants;
        union::refuse(&mut shape, &refused, at);
        shape
    }

    fn condition(&mut self, origin: Origin, part: &'s Value<'a>, whole: &'s Value<'a>) -> Shape<'s, 'a> {
        let when = self.schema(origin, part);
        let side = |judge: &mut Self, key: &str| match whole.get(key) {
            Some(value) => judge.schema(origin, value),
            None => judge.term(origin, &[]),
        };
        let (then, other) = (side(self, "then"), side(self, "else"));
        let (test, yes, no) = (self.shape(when), self.shape(then), self.shape(other));
        let mut shape = Shape::any();
        shape.constants = (test.constants & yes.constants) | (!test.constants & no.constants);
        shape.constants &= NULL | TRUE | FALSE;
        union::decide(&mut shape, &test, &yes, &no, Condition { span: part.span, when, then, other });
        shape
    }

    /// What is accepted when one of several literals must be.
    pub(super) fn one_of_literals(literals: Vec<Literal<'s, 'a>>) -> Shape<'s, 'a> {
        let (mut shape, mut known) = (Shape::default(), BTreeSet::new());
        for literal in literals {
            if !known.insert(literal.text.clone()) {
                continue;
            }
            match literal.value.data {
                Data::Null => shape.constants |= NULL,
                Data::Bool(true) => shape.constants |= TRUE,
                Data::Bool(false) => shape.constants |= FALSE,
                Data::Number(_) => union::allow(&mut shape.number, literal),
                Data::Text(_) => union::allow(&mut shape.text, literal),
                Data::List(_) => union::allow(&mut shape.list, literal),
                Data::Map(_) => union::allow(&mut shape.map, literal),
            }
        }
        shape
    }

    /// Some schema was too entangled to be looked at to the end: said once.
    pub(super) fn too_hard(&mut self) {
        if !self.gave_up {
            self.gave_up = true;
            let why = "its choices are too many or too deep; what was not looked at counts as changed".into();
            self.skipped.push(crate::Skipped { what: "branches of a schema".into(), why, span: None });
        }
    }
}

/// What people call a schema: the last part of its reference, or its title.
fn name(value: &Value) -> String {
    let reference = value.text_at("$ref").and_then(|text| text.rsplit(['/', '#']).next());
    reference.or_else(|| value.text_at("title")).unwrap_or_default().into()
}
