//! Layers: defaults, resource types, archetypes, the spec and the overlays of one environment become one tree.

use crate::kind::environment::OWN_PARTS;
use crate::report::{Finding, Report};
use crate::spec::Spec;
use crate::suggest::nearest;
use crate::tree::Item;
use std::collections::BTreeMap;

/// Kinds that others begin with or are changed by.
const FRAME: [&str; 5] = ["defaults", "include", "environment", "archetype", "resource-type"];

/// Kinds that have defaults as parts of other nodes.
const NESTED: &[&str] = &["calls", "route", "job"];

/// Nodes by kind and name.
type Merged = BTreeMap<(&'static str, Box<str>), Item>;

/// The merged top-level nodes of one environment, sorted by kind and name. Environments other than this one are left out.
pub fn effective(spec: Spec, environment: &str, report: &mut Report) -> Vec<Item> {
    // What others begin with stays to the end; everything else goes as it is merged, so that no spec is held twice.
    let (frame, nodes): (Vec<Item>, Vec<Item>) =
        spec.items.into_iter().partition(|item| FRAME.contains(&item.schema.node));
    let base = Base::of(&frame);
    let overlays = overlays(&frame, environment, report);
    let mut merged = Merged::new();
    for item in &frame {
        match item.schema.node {
            "defaults" | "include" => {}
            "environment" if &*item.key != environment => {}
            "environment" => {
                merged.insert(("environment", item.key.clone()), own_parts(item));
            }
            // Built-in types come first in the list, so that a project's own of the same name wins.
            node => {
                merged.insert((node, item.key.clone()), base.begin(item.clone(), report));
            }
        }
    }
    for item in nodes {
        merged.insert((item.schema.node, item.key.clone()), base.begin(item, report));
    }
    if let (Some(own), false) = (base.defaults.get("delivery"), merged.contains_key(&("delivery", "".into())))
    {
        let mut item = Item::new(&crate::kind::delivery::SCHEMA, "", own.origin);
        merge(&mut item, own.clone());
        merged.insert(("delivery", "".into()), item);
    }
    for overlay in overlays {
        lay_over(overlay, &base, &mut merged, report);
    }
    merged.into_values().map(|item| nested(item, &base.defaults)).collect()
}

/// All defaults per kind, those of the project over those of stdlib.
fn defaults(frame: &[Item]) -> BTreeMap<&'static str, Item> {
    let mut all: BTreeMap<&'static str, Item> = BTreeMap::new();
    for part in frame.iter().filter(|item| item.schema.node == "defaults").flat_map(|item| &item.parts) {
        match all.get_mut(part.schema.node) {
            Some(base) => merge(base, part.clone()),
            None => {
                all.insert(part.schema.node, part.clone());
            }
        }
    }
    all
}

/// The overlays of an environment, those of the environments it is `like` first.
fn overlays<'s>(frame: &'s [Item], environment: &str, report: &mut Report) -> Vec<&'s Item> {
    let find = |name: &str| frame.iter().find(|item| item.schema.node == "environment" && &*item.key == name);
    let mut chain: Vec<&Item> = vec![];
    let mut next = find(environment);
    while let Some(item) = next {
        if chain.iter().any(|seen| seen.key == item.key) {
            like_cycle(item, report);
            break;
        }
        chain.push(item);
        next = item.text("like").and_then(|like| find(&like));
    }
    chain.into_iter().rev().flat_map(|item| &item.parts).filter(|part| is_overlay(part)).collect()
}

fn like_cycle(item: &Item, report: &mut Report) {
    let span = item.field("like").map_or(item.origin.span, |at| at.origin.span);
    report.push(
        Finding::new("like-cycle", format!("{} `{}` is like itself", item.schema.node, item.key))
            .label(span, "this leads back")
            .help("remove one `like=` of the circle"),
    );
}

/// Whether a part of an environment changes what stands outside, and is none of the environment's own.
fn is_overlay(part: &Item) -> bool {
    OWN_PARTS.iter().all(|own| own.node != part.schema.node)
}

/// The environment's node without its overlays.
fn own_parts(item: &Item) -> Item {
    let mut own = item.clone();
    own.parts.retain(|part| !is_overlay(part));
    own.values.clear();
    own
}

/// What nodes begin with, found once: the last of a name wins, so a project's own replaces the built-in one.
struct Base<'s> {
    defaults: BTreeMap<&'static str, Item>,
    types: BTreeMap<&'s str, &'s Item>,
    archetypes: BTreeMap<&'s str, &'s Item>,
}

impl<'s> Base<'s> {
    fn of(frame: &'s [Item]) -> Base<'s> {
        let named = |node: &'static str| {
            let items = frame.iter().filter(move |item| item.schema.node == node);
            items.map(|item| (&*item.key, item)).collect()
        };
        Base { defaults: defaults(frame), types: named("resource-type"), archetypes: named("archetype") }
    }

    /// A node with everything it begins with: defaults of its kind, of its type, archetypes.
    fn begin(&self, item: Item, report: &mut Report) -> Item {
        let mut base = Item::new(item.schema, &item.key, item.origin);
        if let Some(defaults) = self.defaults.get(item.schema.node) {
            merge(&mut base, defaults.clone());
        }
        if let Some(ty) = item.field("type").filter(|_| item.schema.node == "resource") {
            let ty = self.types.get(ty.value.print().as_str());
            if let Some(defaults) = ty.and_then(|ty| ty.part("defaults")) {
                merge(&mut base, defaults.clone());
            }
        }
        for archetype in self.chain(&item, report) {
            let mut own = archetype.clone();
            own.fields.clear();
            merge(&mut base, own);
        }
        merge(&mut base, item);
        base
    }

    /// The archetypes of a node, the most general first.
    fn chain(&self, item: &Item, report: &mut Report) -> Vec<&'s Item> {
        let mut chain: Vec<&Item> = vec![];
        if !matches!(item.schema.node, "service" | "function") {
            return chain;
        }
        let find =
            |item: &Item| item.text("like").and_then(|like| self.archetypes.get(like.as_str()).copied());
        let mut next = find(item);
        while let Some(archetype) = next {
            if chain.iter().any(|seen| seen.key == archetype.key) {
                like_cycle(archetype, report);
                break;
            }
            chain.push(archetype);
            next = find(archetype);
        }
        chain.reverse();
        chain
    }
}

fn lay_over(overlay: &Item, base: &Base<'_>, merged: &mut Merged, report: &mut Report) {
    let key = (overlay.schema.node, overlay.key.clone());
    match merged.get_mut(&key) {
        _ if overlay.removed => {
            merged.remove(&key);
        }
        Some(item) => merge(item, overlay.clone()),
        None => {
            let names =
                merged.keys().filter(|(node, _)| *node == overlay.schema.node).map(|(_, name)| &**name);
            let stands_alone =
                ["build", "image", "host", "allow"].iter().any(|part| overlay.part(part).is_some());
            if let (Some(near), false) = (nearest(&overlay.key, names), stands_alone) {
                report.push(
                    Finding::new(
                        "unknown-reference",
                        format!("there is no {} `{}` to change here", key.0, key.1),
                    )
                    .label(overlay.origin.span, "an overlay of nothing")
                    .help(format!("did you mean `{near}`?")),
                );
                return;
            }
            merged.insert(key, base.begin(overlay.clone(), report));
        }
    }
}

/// Parts that have defaults of their own (`calls`, `route`, `job`).
fn nested(mut item: Item, defaults: &BTreeMap<&'static str, Item>) -> Item {
    for part in &mut item.parts {
        let Some(base) = defaults.get(part.schema.node).filter(|_| NESTED.contains(&part.schema.node)) else {
            continue;
        };
        let mut whole = Item::new(part.schema, &part.key, part.origin);
        merge(&mut whole, base.clone());
        merge(&mut whole, std::mem::replace(part, Item::new(base.schema, "", base.origin)));
        whole.shrink();
        *part = whole;
    }
    item.shrink();
    item
}

/// Up to so many parts are found by looking at each.
const FEW: usize = 16;

/// Lays `over` upon `base`: its values win, what they hide is remembered, parts are merged by kind and name.
pub fn merge(base: &mut Item, over: Item) {
    base.said_by(&over);
    base.broken |= over.broken;
    for field in over.fields {
        match base.fields.iter_mut().find(|own| own.name == field.name) {
            Some(own) => {
                let old = std::mem::replace(&mut own.at, field.at);
                own.hidden.insert(0, old);
            }
            None => base.fields.push(field),
        }
    }
    if !over.values.is_empty() {
        let hidden = base.values.drain(..).next().map(|old| [vec![old.at], old.hidden].concat());
        base.values = over.values;
        base.values[0].hidden = hidden.unwrap_or_default();
    }
    if over.parts.len() > FEW {
        return merge_many(base, over.parts);
    }
    for part in over.parts {
        let same = |own: &Item| own.key == part.key && own.identity() == part.identity();
        let same = base.parts.iter().position(same);
        match same {
            Some(at) if part.removed => {
                base.parts.remove(at);
            }
            Some(at) => merge(&mut base.parts[at], part),
            None if part.removed => {}
            None => base.parts.push(part),
        }
    }
}

/// As above, with the parts found by name: a gateway has thousands of routes.
fn merge_many(base: &mut Item, parts: Vec<Item>) {
    let mut own: Vec<Option<Item>> = std::mem::take(&mut base.parts).into_iter().map(Some).collect();
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, part) in own.iter().flatten().enumerate() {
        places.entry(part.key.to_string()).or_default().push(at);
    }
    for part in parts {
        let named = places.entry(part.key.to_string()).or_default();
        let same = |at: &&usize| own[**at].as_ref().is_some_and(|it| it.identity() == part.identity());
        match named.iter().find(same).copied() {
            Some(at) if part.removed => own[at] = None,
            Some(at) => {
                if let Some(item) = &mut own[at] {
                    merge(item, part);
                }
            }
            None if part.removed => {}
            None => {
                named.push(own.len());
                own.push(Some(part));
            }
        }
    }
    base.parts = own.into_iter().flatten().collect();
}
