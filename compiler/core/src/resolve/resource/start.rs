//! How the container of a resource starts: what its type says, and what the resource says in its place.

use crate::kind::resource::OVERRIDES;
use crate::resolve::merge::merge;
use crate::schema::Schema;
use crate::tree::{At, Field, Item, Scalar, Taken};
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
    if let Some(mut over) = overrides(item, runs.schema) {
        over.unsettle();
        merge(&mut runs, over);
        runs.settle();
    }
    Some(runs)
}

/// What a resource says in place of its type, `#null` too.
fn overrides(item: &Item, schema: &'static Schema) -> Option<Item> {
    let own = |parts: &[Item]| -> Vec<Item> {
        parts.iter().filter(|part| OVERRIDES.contains(&part.schema.node)).cloned().collect()
    };
    let mut over = Item::new(schema, "", item.origin);
    over.parts = own(&item.parts);
    let nulls = item.taken.as_ref().map(|taken| own(&taken.parts)).unwrap_or_default();
    if !nulls.is_empty() {
        over.taken = Some(Box::new(Taken { parts: nulls, ..Taken::default() }));
    }
    (!over.parts.is_empty() || over.taken.is_some()).then_some(over)
}

/// Notes what each `#null` of a resource takes out of how its type runs, before anybody asks whether it takes anything.
pub fn meet_types(tree: &mut [Item]) {
    for at in 0..tree.len() {
        if tree[at].schema.node != "resource" || !takes(&tree[at]) {
            continue;
        }
        let name = tree[at].text("type").unwrap_or_default();
        let ty = tree.iter().find(|item| item.schema.node == "resource-type" && *item.key == *name);
        let runs = ty.and_then(|ty| kept(&tree[at], ty).part("runs").cloned());
        runs.iter().for_each(|runs| tree[at].meet(runs, &OVERRIDES));
    }
}

/// Whether a node or something in it says `#null`.
fn takes(item: &Item) -> bool {
    let null = |field: &Field| field.at.value == Scalar::Null;
    item.taken.is_some() || item.fields.iter().any(null) || item.parts.iter().any(takes)
}

/// Variables that the type says and the resource says otherwise: name, value, and what the type says.
pub(super) fn replaced(item: &Item, ty: &Item) -> Vec<(String, At<String>, String)> {
    let (Some(own), Some(theirs)) = (item.part("env"), ty.part("runs").and_then(|runs| runs.part("env")))
    else {
        return vec![];
    };
    let one = |part: &Item| {
        let says = theirs.parts.iter().find(|other| other.key == part.key)?.value_text()?;
        let value = part.value_at().filter(|at| !at.value.contains(&says))?;
        Some((part.key_text(), value, says))
    };
    own.parts.iter().filter_map(one).collect()
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
