//! Secrets: which there are, and how each comes to be. Values are never here.

use crate::model::Model;
use crate::resolve::wiring::{Piece, split};
use serde::Serialize;
use std::collections::BTreeMap;

/// A group of secrets that belong to one node: a Secret object in Kubernetes, files `NAME.KEY` in compose.
#[derive(Clone, Debug, Serialize)]
pub struct Secret {
    /// Path of the node in the spec.
    pub at: String,
    /// Name of the group: the node's.
    pub name: String,
    /// An operator makes it; nothing is to be written.
    pub made: bool,
    /// Its keys, sorted.
    pub keys: Vec<Key>,
}

/// One secret.
#[derive(Clone, Debug, Serialize)]
pub struct Key {
    /// Key in the group.
    pub key: String,
    /// `generated`, `derived` or `given`.
    pub how: String,
    /// Letters and digits to generate.
    pub length: i64,
    /// For `derived`: texts and secrets that make it up.
    pub pieces: Vec<PieceView>,
    /// For `given` and `generated`: path in the secret store.
    pub path: String,
    /// Key in the secret store.
    pub property: String,
    /// Environment variable or the like it is for.
    pub about: String,
}

/// A piece of a derived secret: a text, or a secret `group.key`.
#[derive(Clone, Debug, Serialize)]
pub struct PieceView {
    /// The text, if it is one.
    pub text: Option<String>,
    /// The group of the secret.
    pub group: String,
    /// The key of the secret.
    pub key: String,
}

/// All secrets of an environment, sorted by group.
pub fn secrets(model: &Model) -> Vec<Secret> {
    let mut groups: BTreeMap<String, Secret> = BTreeMap::new();
    model.resources.iter().for_each(|it| resource_secrets(model, it, &mut groups));
    for service in &model.services {
        for secret in &service.run.secrets {
            let key = Key {
                path: secret.path.clone(),
                property: secret.key.clone(),
                ..key(&secret.name.value, "given", &secret.name.value)
            };
            group(&mut groups, &service.at, &service.name.value).keys.push(key);
        }
        for (name, at) in &service.run.env {
            let pieces = split(model, &at.value);
            if is_composed(&pieces) {
                let key = Key { pieces: pieces.iter().map(view).collect(), ..key(name, "derived", name) };
                group(&mut groups, &service.at, &service.name.value).keys.push(key);
            }
        }
    }
    let mut groups: Vec<Secret> = groups.into_values().filter(|group| !group.keys.is_empty()).collect();
    groups.iter_mut().for_each(|group| group.keys.sort_by(|left, right| left.key.cmp(&right.key)));
    groups
}

/// Whether a wired text holds a secret and something else: then it is a secret of its own.
pub fn is_composed(pieces: &[Piece]) -> bool {
    pieces.len() > 1 && pieces.iter().any(|piece| matches!(piece, Piece::Secret { .. }))
}

fn resource_secrets(
    model: &Model,
    resource: &crate::model::resource::Resource,
    groups: &mut BTreeMap<String, Secret>,
) {
    let name = &resource.name.value;
    let store = format!("{}/{name}", model.app.name.value);
    let outside = resource.external.as_ref().map(|it| it.secret.clone().unwrap_or_else(|| store.clone()));
    let made = resource.provider.is_some();
    let own = group(groups, &resource.at, name);
    own.made = made;
    own.name.clone_from(&resource.secret);
    for (secret, length) in resource.generates.iter() {
        let how = if outside.is_some() { "given" } else { "generated" };
        let path = outside.clone().unwrap_or_else(|| store.clone());
        own.keys.push(Key { length: *length, path, property: secret.clone(), ..key(secret, how, "") });
    }
    let outputs = resource
        .outputs
        .iter()
        .filter(|(key, output)| output.secret && !resource.generates.contains_key(*key));
    let derived = outputs.map(|(key, output)| (key, &output.value)).chain(resource.derives.iter());
    for (secret, value) in derived {
        let key = match &outside {
            Some(path) => Key { path: path.clone(), property: secret.clone(), ..key(secret, "given", "") },
            None => Key { pieces: pieces(value, &resource.secret), ..key(secret, "derived", "") },
        };
        own.keys.push(key);
    }
}

fn group<'g>(groups: &'g mut BTreeMap<String, Secret>, at: &str, name: &str) -> &'g mut Secret {
    let new = || Secret { at: at.into(), name: name.into(), made: false, keys: vec![] };
    groups.entry(name.to_string()).or_insert_with(new)
}

fn key(name: &str, how: &str, about: &str) -> Key {
    let (path, property) = (String::new(), String::new());
    Key { key: name.into(), how: how.into(), length: 0, pieces: vec![], path, property, about: about.into() }
}

fn view(piece: &Piece) -> PieceView {
    match piece {
        Piece::Text(text) => PieceView { text: Some(text.clone()), group: String::new(), key: String::new() },
        Piece::Secret { node, output } => PieceView { text: None, group: node.clone(), key: output.clone() },
    }
}

/// `${password}` in a type's text is a secret of the same group.
fn pieces(value: &str, group: &str) -> Vec<PieceView> {
    let mut pieces = vec![];
    let mut rest = value;
    while let Some(at) = rest.find("${") {
        let Some(end) = rest[at..].find('}') else { break };
        if at > 0 {
            pieces.push(view(&Piece::Text(rest[..at].into())));
        }
        let name = &rest[at + 2..at + end];
        pieces.push(PieceView { text: None, group: group.into(), key: name.into() });
        rest = &rest[at + end + 1..];
    }
    if !rest.is_empty() {
        pieces.push(view(&Piece::Text(rest.into())));
    }
    pieces
}
