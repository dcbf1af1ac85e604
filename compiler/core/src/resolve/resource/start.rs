//! How the container of a resource starts: what its type says, and what the resource says in its place.

use crate::kind::resource::OVERRIDES;
use crate::resolve::merge::merge;
use crate::tree::{Field, Item, Scalar};
use std::borrow::Cow;

/// Whether a text below a node asks for this value: `${max-connections}`.
pub(super) fn asks(node: &Item, name: &str) -> bool {
    let reference = ["${", name, "}"].concat();
    let says = |field: &Field| matches!(&field.at.value, Scalar::Text(text) if text.contains(&reference));
    node.fields.iter().chain(&node.values).any(says) || node.parts.iter().any(|part| asks(part, name))
}

/// The type of a resource, as it is for one that keeps its data.
pub(super) fn kept<'t>(item: &Item, ty: &'t Item) -> Cow<'t, Item> {
    let Some(kept) = ty.part("kept").filter(|_| item.part("storage").is_some()) else {
        return Cow::Borrowed(ty);
    };
    let mut ty = ty.clone();
    let mut over = Item::new(ty.schema, "", kept.origin);
    over.parts.clone_from(&kept.parts);
    merge(&mut ty, over);
    Cow::Owned(ty)
}

/// How a type runs, with what the resource says in its place.
pub(super) fn runs(item: &Item, ty: &Item) -> Option<Item> {
    let mut runs = ty.part("runs")?.clone();
    let own: Vec<Item> =
        item.parts.iter().filter(|part| OVERRIDES.contains(&part.schema.node)).cloned().collect();
    if !own.is_empty() {
        let mut over = Item::new(runs.schema, "", item.origin);
        over.parts = own;
        merge(&mut runs, over);
    }
    Some(runs)
}

/// Values that the start of the type hands to the program, and that of the resource does not: options it says, connections.
pub(super) fn dropped(item: &Item, ty: &Item, runs: &Item) -> Vec<String> {
    let starts = |part: &&Item| matches!(part.schema.node, "command" | "entrypoint");
    if !item.parts.iter().any(|part| starts(&part)) {
        return vec![];
    }
    let names = item.all("option").map(Item::key_text).chain(["max-connections".to_string()]);
    let told = |name: &String| {
        ty.part("runs").is_some_and(|own| own.parts.iter().filter(starts).any(|it| asks(it, name)))
    };
    names.filter(|name| told(name) && !asks(runs, name)).collect()
}
