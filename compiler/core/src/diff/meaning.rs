//! What a node means once it is read: to say out loud what held anyway hurts nobody.

use super::{Difference, DifferenceKind, Effect};
use crate::model::Model;
use serde::Serialize;
use std::collections::BTreeMap;

/// Takes the effect from differences that only say, or no longer say, what the node means without them.
pub fn weigh(old: &Model, new: &Model, found: &mut [Difference]) {
    let mut same: BTreeMap<String, bool> = BTreeMap::new();
    for it in found.iter_mut().filter(|it| it.effect > Effect::Safe && it.change != DifferenceKind::Changed) {
        let node = it.node.clone();
        let same = same.entry(node).or_insert_with_key(|node| {
            let sides = (meaning(old, node), meaning(new, node));
            sides.0.is_some() && sides.0 == sides.1
        });
        if *same {
            it.effect = Effect::Safe;
            it.why.clear();
            it.help.clear();
        }
    }
}

/// A node at the top as the model has it.
fn meaning(model: &Model, path: &str) -> Option<Vec<u8>> {
    let (kind, name) = path.split_once('.')?;
    match kind {
        "environment" => bytes(&model.environment),
        "app" => bytes(&model.app),
        "service" | "function" => bytes(model.service(name)?),
        "resource" => bytes(model.resource(name)?),
        "topic" | "queue" => bytes(model.topic(name)?),
        "volume" => bytes(model.volume(name)?),
        "external" => bytes(model.external(name)?),
        "gateway" => bytes(model.gateway(name)?),
        "saga" => bytes(model.saga(name)?),
        _ => None,
    }
}

fn bytes(node: &impl Serialize) -> Option<Vec<u8>> {
    serde_json::to_vec(node).ok()
}
