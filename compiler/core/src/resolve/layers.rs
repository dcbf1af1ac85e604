//! Layers: defaults, resource types, archetypes, the spec and the overlays of one environment become one tree.

use super::merge::merge;
use super::overlay;
use crate::kind::environment::OWN_PARTS;
use crate::spec::Spec;
use crate::tree::Item;
use bastide_report::finding::{Finding, Report};
use std::collections::BTreeMap;

/// Kinds that others begin with or are changed by.
const FRAME: [&str; 5] = ["defaults", "include", "environment", "archetype", "resource-type"];

/// Kinds that have defaults as parts of other nodes.
const NESTED: &[&str] = &["calls", "route", "job", "sidecar", "runs"];

/// Nodes sorted by kind and name. Nodes are large, so they are moved once, when their order is known.
struct Merged(Vec<Item>);

impl Merged {
    /// Of nodes of the same kind and name the last one stays.
    fn of(items: Vec<Item>) -> Merged {
        let name = |at: usize| (items[at].schema.node, &*items[at].key);
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_unstable_by(|left, right| (name(*left), left).cmp(&(name(*right), right)));
        let last = |at: &usize| order.get(at + 1).is_none_or(|next| name(*next) != name(order[*at]));
        let kept: Vec<usize> = (0..order.len()).filter(last).map(|at| order[at]).collect();
        let mut items: Vec<Option<Item>> = items.into_iter().map(Some).collect();
        Merged(kept.into_iter().filter_map(|at| items[at].take()).collect())
    }

    /// Where a node stands, or where it would.
    fn find(&self, node: &str, key: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|item| (item.schema.node, &*item.key).cmp(&(node, key)))
    }

    fn insert(&mut self, item: Item) {
        match self.find(item.schema.node, &item.key) {
            Ok(at) => self.0[at] = item,
            Err(at) => self.0.insert(at, item),
        }
    }
}

/// The merged top-level nodes of one environment, sorted by kind and name. Environments other than this one are left out.
pub fn effective(spec: Spec, environment: &str, report: &mut Report) -> Vec<Item> {
    // What others begin with stays to the end; everything else goes as it is merged, so that no spec is held twice.
    let (nulls, items): (Vec<Item>, Vec<Item>) = spec.items.into_iter().partition(|item| item.removed);
    let (mut frame, nodes): (Vec<Item>, Vec<Item>) =
        items.into_iter().partition(|item| FRAME.contains(&item.schema.node));
    let mut gone = without(&mut frame, nulls);
    let base = Base::of(&frame);
    let overlays = overlays(&frame, environment, report);
    let mut all = Vec::with_capacity(frame.len() + nodes.len());
    for item in &frame {
        match item.schema.node {
            "defaults" | "include" => {}
            "environment" if &*item.key != environment => {}
            "environment" => all.push(own_parts(item, &frame)),
            // Built-in types come first in the list, so that a project's own of the same name wins.
            _ => all.push(base.begin(item.clone(), report)),
        }
    }
    all.extend(nodes.into_iter().map(|item| base.begin(item, report)));
    let mut merged = Merged::of(all);
    if let (Some(own), Err(_)) = (base.defaults.get("delivery"), merged.find("delivery", "")) {
        let mut item = Item::new(&crate::kind::delivery::SCHEMA, "", own.origin);
        merge(&mut item, own.clone());
        match gone.iter_mut().find(|null| null.takes(&item)) {
            Some(null) => null.follows(item.said().to_vec()),
            None => merged.insert(item),
        }
    }
    for overlay in overlays {
        lay_over(overlay, &base, &mut merged, &mut gone, report);
    }
    let mut tree: Vec<Item> = merged.0.into_iter().map(|item| nested(item, &base.defaults)).collect();
    super::resource::meet_types(&mut tree);
    overlay::settle(&mut tree, gone, report);
    tree
}

/// Takes away what the spec says `#null` of at its top: built-in types and archetypes. Returns all it says so of.
fn without(frame: &mut Vec<Item>, mut nulls: Vec<Item>) -> Vec<Item> {
    for null in &mut nulls {
        let built_in = |item: &Item| matches!(item.schema.node, "resource-type" | "archetype");
        frame.retain(|item| {
            let goes = built_in(item) && null.takes(item);
            if goes {
                null.follows(item.said().to_vec());
            }
            !goes
        });
    }
    nulls
}

/// All defaults per kind, those of the project over those of stdlib.
fn defaults(frame: &[Item]) -> BTreeMap<&'static str, Item> {
    let mut all: BTreeMap<&'static str, Item> = BTreeMap::new();
    for part in frame.iter().filter(|item| item.schema.node == "defaults").flat_map(|item| &item.parts) {
        match all.get_mut(part.schema.node) {
            Some(_) if part.removed => drop(all.remove(part.schema.node)),
            Some(base) => merge(base, part.clone()),
            None if part.removed => {}
            None => drop(all.insert(part.schema.node, part.clone())),
        }
    }
    all
}

/// The overlays of an environment, those of the environments it is `like` first.
fn overlays<'s>(frame: &'s [Item], environment: &str, report: &mut Report) -> Vec<&'s Item> {
    let chain = environments(frame, environment, Some(report));
    chain.into_iter().flat_map(|item| &item.parts).filter(|part| is_overlay(part)).collect()
}

/// An environment behind those it is `like`.
fn environments<'s>(frame: &'s [Item], name: &str, mut report: Option<&mut Report>) -> Vec<&'s Item> {
    let find = |name: &str| frame.iter().find(|item| item.schema.node == "environment" && &*item.key == name);
    let mut chain: Vec<&Item> = vec![];
    let mut next = find(name);
    while let Some(item) = next {
        if chain.iter().any(|seen| seen.key == item.key) {
            if let Some(report) = report.take() {
                like_cycle(item, report);
            }
            break;
        }
        chain.push(item);
        next = item.text("like").and_then(|like| find(&like));
    }
    chain.reverse();
    chain
}

fn like_cycle(item: &Item, report: &mut Report) {
    let span = item.field("like").map_or(item.origin.span, |at| at.origin.span);
    Finding::new("like-cycle", format!("{} `{}` is like itself", item.schema.node, item.key))
        .label(span, "this leads back")
        .help("remove one `like=` of the cycle")
        .add_to(report);
}

/// Whether a part of an environment changes what stands outside, and is none of the environment's own.
fn is_overlay(part: &Item) -> bool {
    OWN_PARTS.iter().all(|own| own.node != part.schema.node)
}

/// The environment's node without its overlays, over those of the environments it is `like`.
fn own_parts(item: &Item, frame: &[Item]) -> Item {
    let own = |item: &Item| {
        let mut own = item.clone();
        own.parts.retain(|part| !is_overlay(part));
        own.values.clear();
        own
    };
    let mut whole = Item::new(item.schema, &item.key, item.origin);
    environments(frame, &item.key, None).into_iter().for_each(|item| merge(&mut whole, own(item)));
    whole
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
            // How secrets arrive is for what it begins; the rest is its own.
            own.fields.retain(|field| field.name == "as");
            lay_anew(&mut base, own);
        }
        lay_anew(&mut base, item);
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
        if item.schema.node == "service" && is_foreign(item, &chain) {
            chain.extend(self.archetypes.get("image").copied());
        }
        chain.reverse();
        chain
    }
}

/// Lays what is nearer over what one begins with. What it needs from outside stands in place of what was said before.
fn lay_anew(base: &mut Item, nearer: Item) {
    if nearer.part("egress").is_some() {
        base.parts.retain(|part| part.schema.node != "egress");
    }
    merge(base, nearer);
}

/// Whether nobody here makes what a service runs: it or what it is like names an image, none of them a build, and none is
/// like an archetype that says how its program behaves.
fn is_foreign(item: &Item, chain: &[&Item]) -> bool {
    let says = |node: &str| item.part(node).is_some() || chain.iter().any(|it| it.part(node).is_some());
    says("image") && !says("build") && !chain.iter().any(|it| matches!(&*it.key, "image" | "built"))
}

fn lay_over(overlay: &Item, base: &Base<'_>, merged: &mut Merged, gone: &mut Vec<Item>, report: &mut Report) {
    let found = merged.find(overlay.schema.node, &overlay.key);
    if overlay.removed {
        let mut null = overlay.clone();
        if let Ok(at) = found {
            null.follows(merged.0.remove(at).said().to_vec());
        }
        return gone.push(null);
    }
    match found {
        Ok(at) => {
            let own = &mut merged.0[at];
            let mut overlay = overlay.clone();
            overlay::meet(own, &mut overlay, report);
            merge(own, overlay);
        }
        Err(_) if overlay::stands_alone(overlay) => merged.insert(base.begin(overlay.clone(), report)),
        Err(_) => {
            let names = merged.0.iter().filter(|item| item.schema.node == overlay.schema.node);
            let names = overlay::few(names, report);
            report.push(overlay::of_nothing(overlay, names));
        }
    }
}

/// Parts that have defaults of their own.
fn nested(mut item: Item, defaults: &BTreeMap<&'static str, Item>) -> Item {
    for part in &mut item.parts {
        if !NESTED.contains(&part.schema.node) {
            continue;
        }
        let Some(base) = defaults.get(part.schema.node) else { continue };
        let mut whole = Item::new(part.schema, &part.key, part.origin);
        merge(&mut whole, base.clone());
        merge(&mut whole, std::mem::replace(part, Item::new(base.schema, "", base.origin)));
        whole.shrink();
        *part = whole;
    }
    item.shrink();
    item
}
