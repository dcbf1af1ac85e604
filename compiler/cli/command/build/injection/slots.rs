//! The texts of a spec that hold a word in whose place another may stand, and all texts that somebody may write at all.

use bastide_core::form::{Shape, command};
use bastide_core::kind::{KINDS, environment::OWN_PARTS};
use bastide_core::schema::{Arg, Schema, Type};
use bastide_core::tree::{Item, Layer};
use std::collections::{BTreeMap, BTreeSet};

/// One such text.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Its node and property: `env.NAME`.
    pub field: String,
    ty: Type,
    /// All of it.
    said: String,
}

/// The word of a number.
pub fn word(number: usize) -> String {
    format!("zq{number}x")
}

impl Slot {
    /// The path with a text in it, if it names a file of the project.
    pub fn path(&self, number: usize, text: &str) -> Option<String> {
        (self.ty == Type::File).then(|| self.said.replace(&word(number), text))
    }

    /// Whether a text is one text there: a list has spaces, a URL has parts, and what is empty says nothing.
    pub fn takes(&self, text: &str) -> bool {
        let Some(form) = self.ty.form() else {
            return !text.trim().is_empty() && (text.contains("..") || !text.contains('/'));
        };
        let parts = match form.shape {
            Shape::List => text.contains(' ') || text == "*",
            Shape::Pair(mark, _) => text.contains(mark) || text.trim() != text,
            Shape::One if form.good[0].contains('/') => text.contains(['?', '#', '/', '*']),
            // An address of a cluster, in place of its name.
            Shape::One if self.field == "environment.cluster" => text.contains("://"),
            Shape::One | Shape::Command => false,
        };
        // A patch of all objects is no patch of one.
        let parts = parts || self.field.ends_with("patch") && text.contains('*');
        let says = !text.trim().is_empty() || matches!(self.ty, Type::Written(_));
        says && !parts
    }

    /// A text as it stands between the quotes of KDL so that it means itself.
    pub fn written(&self, text: &str) -> String {
        let text = match self.ty {
            // What is no reference to an output of another node.
            Type::Wired | Type::Written(_) => text.replace("${", "$${"),
            Type::Form(form) if matches!(form.shape, Shape::Command) => {
                command::print(&[text.replace("${", "$${")])
            }
            _ => text.into(),
        };
        let sign = |c: char| match c {
            ' '..='~' if !matches!(c, '"' | '\\') => c.to_string(),
            c => format!("\\u{{{:x}}}", c as u32),
        };
        text.chars().map(sign).collect()
    }
}

/// The texts of a spec, by the number of their word.
pub fn slots(items: &[Item]) -> BTreeMap<usize, Slot> {
    let mut all = BTreeMap::new();
    items.iter().filter(|item| item.origin.layer == Layer::Spec).for_each(|item| walk(item, &mut all));
    all
}

fn note(text: &str, field: String, ty: Type, all: &mut BTreeMap<usize, Slot>) {
    for part in text.split("zq").skip(1) {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        let slot = Slot { field: field.clone(), ty, said: text.into() };
        if let Ok(number) = digits.parse() {
            all.entry(number).or_insert(slot);
        }
    }
}

fn walk(item: &Item, all: &mut BTreeMap<usize, Slot>) {
    let node = item.schema.node;
    if let Some((field, ty)) = argument(item.schema) {
        note(&item.key, field.clone(), ty, all);
        item.values.iter().for_each(|it| note(&it.at.value.words(), field.clone(), ty, all));
    }
    for field in &item.fields {
        let known = item.schema.prop(field.name).or(item.schema.free.as_ref());
        let Some(prop) = known else { continue };
        note(&field.at.value.words(), format!("{node}.{}", prop.name), prop.ty, all);
    }
    for part in &item.parts {
        match &item.schema.free {
            Some(prop) if part.schema.node.is_empty() => {
                note(&part.key, format!("{node}.(name)"), Type::Text, all);
                let values = part.values.iter().map(|it| it.at.value.words());
                values.for_each(|it| note(&it, format!("{node}.{}", prop.name), prop.ty, all));
            }
            _ => walk(part, all),
        }
    }
}

fn argument(schema: &Schema) -> Option<(String, Type)> {
    match schema.arg {
        Arg::None => None,
        Arg::Name => Some((format!("{}.(name)", schema.node), Type::Text)),
        Arg::Key(ty) | Arg::Names(ty) | Arg::Value(ty) | Arg::Maybe(ty) | Arg::Values(ty) => {
            Some((schema.node.into(), ty))
        }
    }
}

/// Every text that the tables know, but for those of nodes that are for checks alone.
pub fn fields() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let kinds = KINDS
        .iter()
        .filter(|kind| !["include", "lint", "policy", "archetype", "defaults"].contains(&kind.node));
    kinds.for_each(|kind| tables(kind, &mut all));
    all
}

fn tables(schema: &Schema, all: &mut BTreeSet<String>) {
    let texts = |ty: Type| ty.form().is_some() || matches!(ty, Type::File | Type::Version);
    let props = schema.props.iter().chain(&schema.free);
    let props = props.filter(|prop| texts(prop.ty)).map(|prop| format!("{}.{}", schema.node, prop.name));
    all.extend(props.chain(argument(schema).filter(|(_, ty)| texts(*ty)).map(|(field, _)| field)));
    all.extend(schema.free.map(|_| format!("{}.(name)", schema.node)));
    let own =
        |part: &Schema| schema.node != "environment" || OWN_PARTS.iter().any(|own| own.node == part.node);
    let parts = schema.parts.iter().filter(|part| own(part) && !["lint", "defaults"].contains(&part.node));
    parts.for_each(|part| tables(part, all));
}
