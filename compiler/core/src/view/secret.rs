//! Secrets: which there are, and how each comes to be. Values are never here.

use crate::model::Model;
use crate::model::service::{File, Run};
use crate::resolve::resource::references::HASH;
use crate::resolve::wiring::{Piece, opening, split};
use crate::view::workload::slug;
use serde::Serialize;
use std::collections::BTreeMap;

/// A group of secrets that belong to one node: a Secret object in Kubernetes, files `NAME.KEY` in compose.
#[derive(Clone, Debug, Serialize)]
pub struct Secret {
    /// Path of the node in the spec.
    pub at: String,
    /// Name of the group: the node's.
    pub name: String,
    /// Folder of what is written for it: its name, for a resource below `resources`.
    pub folder: String,
    /// An operator makes it; nothing is to be written.
    pub made: bool,
    /// Its keys, sorted.
    pub keys: Vec<Key>,
    /// What its keys are made of that must come from elsewhere, sorted.
    pub fetched: Vec<Fetched>,
    /// The Secrets of operators among that, sorted.
    pub operators: Vec<String>,
}

/// A value of a secret store, or of a Secret that an operator makes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fetched {
    /// Name it is fetched under: the key, or `group.key` for one of another group.
    pub name: String,
    /// The operator's Secret that holds it; none if it is in the secret store.
    pub object: Option<String>,
    /// Path in the secret store.
    pub path: String,
    /// Key there, or in the operator's Secret.
    pub property: String,
}

/// One secret.
#[derive(Clone, Debug, Serialize)]
pub struct Key {
    /// Key in the group.
    pub key: String,
    /// `generated`, `derived` or `given`.
    pub how: String,
    /// Letters to generate, or bytes as base64; for `given` 0 where nothing is said.
    pub length: i64,
    /// How it is written: `text`, `hex`, `base64` or `uuid`.
    pub form: String,
    /// Another secret, `group.key`, that lies at the same place of the store: both have one value. Of several the first.
    pub same: Option<String>,
    /// For `derived`: texts and secrets that make it up.
    pub pieces: Vec<PieceView>,
    /// For `given` and `generated`: path in the secret store.
    pub path: String,
    /// Key in the secret store.
    pub property: String,
    /// Secret of the cluster that holds it, which somebody else makes.
    pub object: Option<String>,
    /// Environment variable or the like it is for.
    pub about: String,
    /// The value as a Go template over what is fetched, as External Secrets fills it in. Secrets in a URL are escaped.
    pub template: String,
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
                object: secret.object.clone(),
                length: secret.length.or(secret.form.as_ref().map(|_| 32)).unwrap_or_default(),
                form: secret.form.clone().unwrap_or_else(|| "text".into()),
                ..key(&secret.name.value, "given", &secret.name.value)
            };
            group(&mut groups, &service.at, &service.name.value).keys.push(key);
        }
        for (name, file) in made_files(model, &service.run) {
            let pieces = file.text.iter().flat_map(|at| split(model, &service.run, &at.value));
            let pieces = pieces.map(|piece| view(&piece, &service.name.value)).collect();
            let key = Key { pieces, ..key(&name, "derived", &name) };
            group(&mut groups, &service.at, &service.name.value).keys.push(key);
        }
        for (name, at) in service.run.env.iter().filter(|(_, at)| opening(&at.value).is_some()) {
            let pieces = split(model, &service.run, &at.value);
            if is_composed(&pieces) {
                let pieces = pieces.iter().map(|piece| view(piece, &service.name.value)).collect();
                let key = Key { pieces, ..key(name, "derived", name) };
                group(&mut groups, &service.at, &service.name.value).keys.push(key);
            }
        }
    }
    let mut groups: Vec<Secret> = groups.into_values().filter(|group| !group.keys.is_empty()).collect();
    groups.iter_mut().for_each(|group| group.keys.sort_by(|left, right| left.key.cmp(&right.key)));
    share(&mut groups);
    fetch(&mut groups, model);
    groups
}

/// Finds those that lie at one place of the store.
fn share(groups: &mut [Secret]) {
    let mut first: BTreeMap<(String, String), String> = BTreeMap::new();
    for group in groups {
        for key in group.keys.iter_mut().filter(|key| key.how == "given") {
            let own = format!("{}.{}", group.name, key.key);
            let place = (key.path.clone(), key.property.clone());
            let known = first.entry(place).or_insert_with(|| own.clone());
            key.same = Some(known.clone()).filter(|it| *it != own);
        }
    }
}

/// How one secret comes to be.
enum Source {
    /// It is fetched: from a secret store, or from the Secret of an operator.
    Fetched(Fetched),
    /// It is made of others.
    Derived(Vec<PieceView>),
}

/// Every secret by its group and key.
type Known = BTreeMap<(String, String), Source>;

/// Deepest nesting of secrets that are made of secrets; a type whose outputs name each other in a cycle has no end.
const DEPTH: usize = 8;

/// Finds what each group needs from elsewhere, and writes the templates. What an operator makes is there already.
fn fetch(groups: &mut [Secret], model: &Model) {
    let known = known(groups, model);
    for group in groups.iter_mut().filter(|group| !group.made) {
        let mut writer = Writer { model, known: &known, own: group.name.clone(), fetched: vec![] };
        for key in group.keys.iter_mut().filter(|key| key.object.is_none()) {
            let single = [PieceView { text: None, group: group.name.clone(), key: key.key.clone() }];
            let pieces = if key.how == "derived" { &key.pieces[..] } else { &single[..] };
            let mut template = String::new();
            writer.pieces(pieces, DEPTH, &mut template);
            key.template = template;
        }
        let mut fetched = writer.fetched;
        fetched.sort();
        fetched.dedup();
        let mut operators: Vec<String> = fetched.iter().filter_map(|it| it.object.clone()).collect();
        operators.sort();
        operators.dedup();
        (group.fetched, group.operators) = (fetched, operators);
    }
}

fn known(groups: &[Secret], model: &Model) -> Known {
    let mut known = Known::new();
    let resources = model.resources.iter().map(|it| (it.secret.as_str(), &it.secret_keys));
    let resources: BTreeMap<_, _> = resources.collect();
    for group in groups {
        let keys = resources.get(group.name.as_str());
        for key in &group.keys {
            let held = keys.and_then(|keys| keys.get(&key.key)).unwrap_or(&key.key);
            let fetched = |object: Option<String>, path: &str, property: &str| {
                let (path, property) = (path.to_string(), property.to_string());
                Source::Fetched(Fetched { name: String::new(), object, path, property })
            };
            let source = match key.how.as_str() {
                _ if group.made => fetched(Some(group.name.clone()), "", held),
                "derived" => Source::Derived(key.pieces.clone()),
                _ => fetched(None, &key.path, &key.property),
            };
            known.insert((group.name.clone(), key.key.clone()), source);
        }
    }
    known
}

/// Writes the templates of one group.
struct Writer<'m> {
    model: &'m Model,
    known: &'m Known,
    own: String,
    fetched: Vec<Fetched>,
}

impl Writer<'_> {
    /// Adds the pieces of a value to its template; a secret that is made of others is taken apart.
    fn pieces(&mut self, pieces: &[PieceView], depth: usize, template: &mut String) {
        // Only within a URL is a secret escaped: from its scheme to the next blank or quote.
        let mut url = false;
        for piece in pieces {
            if let Some(text) = &piece.text {
                let ends = |sign: char| sign.is_whitespace() || matches!(sign, '"' | '\'' | '<' | '>');
                let word = text.rsplit(ends).next().unwrap_or(text);
                url = word.contains("://") || url && !text.contains(ends);
                template.push_str(&go_text(text));
                continue;
            }
            let of = self.model.resource(&piece.group).map_or(&piece.group, |it| &it.secret).clone();
            let name =
                if of == self.own { piece.key.clone() } else { format!("{}.{}", piece.group, piece.key) };
            if let Some(hashed) = piece.key.strip_suffix(HASH) {
                self.hash(&of, hashed, name.trim_end_matches(HASH), template);
                continue;
            }
            match self.known.get(&(of, piece.key.clone())) {
                Some(Source::Derived(inner)) if depth > 0 => self.pieces(inner, depth - 1, template),
                Some(Source::Fetched(fetched)) => {
                    template.push_str(&slot(&name, url));
                    self.fetched.push(Fetched { name, ..fetched.clone() });
                }
                _ => template.push_str(&slot(&name, url)),
            }
        }
    }

    /// Adds the hash of a secret that is fetched.
    fn hash(&mut self, of: &str, key: &str, name: &str, template: &mut String) {
        if let Some(Source::Fetched(fetched)) = self.known.get(&(of.to_string(), key.to_string())) {
            self.fetched.push(Fetched { name: name.into(), ..fetched.clone() });
        }
        template.push_str(&slot(name, false).replace(" }}", " | sha256sum }}"));
    }
}

/// A text in a Go template: nothing in it begins an action, even with what follows it.
fn go_text(text: &str) -> String {
    let text = text.replace("{{", "{{ \"{{\" }}");
    match text.strip_suffix('{') {
        Some(head) => format!("{head}{{{{ \"{{\" }}}}"),
        None => text,
    }
}

/// A fetched value in a Go template.
fn slot(name: &str, url: bool) -> String {
    let word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let value = if word { format!(".{name}") } else { format!("index . \"{name}\"") };
    if url { format!("{{{{ {value} | urlquery }}}}") } else { format!("{{{{ {value} }}}}") }
}

/// Whether a wired text holds a secret and something else: then it is a secret of its own.
pub fn is_composed(pieces: &[Piece]) -> bool {
    pieces.len() > 1 && pieces.iter().any(is_secret)
}

fn is_secret(piece: &Piece) -> bool {
    !matches!(piece, Piece::Text(_))
}

/// The files that are secrets of their own, each with the key that is made from its path.
pub fn made_files<'m>(model: &'m Model, run: &'m Run) -> impl Iterator<Item = (String, &'m File)> {
    let made = |file: &&File| holds_secret(model, run, file) && sole_secret(model, run, file).is_none();
    run.files.iter().filter(made).map(|file| (slug(&file.path.value), file))
}

/// Whether the text of a file holds a secret: then it is a secret of its own.
pub fn holds_secret(model: &Model, run: &Run, file: &File) -> bool {
    let wired = file.text.as_ref().filter(|at| opening(&at.value).is_some());
    wired.is_some_and(|at| split(model, run, &at.value).iter().any(is_secret))
}

/// The secret of the service's own that is all of a file: it is mounted as it is.
pub fn sole_secret(model: &Model, run: &Run, file: &File) -> Option<String> {
    match split(model, run, &file.text.as_ref()?.value).as_slice() {
        [Piece::Own(name)] => Some(name.clone()),
        _ => None,
    }
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
    own.folder = format!("resources/{}", resource.secret);
    let asked = |key: &str| outside.is_none() || is_asked(model, resource, key);
    for (secret, length) in resource.generates.iter().filter(|(key, _)| asked(key)) {
        let how = if outside.is_some() { "given" } else { "generated" };
        let path = outside.clone().unwrap_or_else(|| store.clone());
        own.keys.push(Key { length: *length, path, property: secret.clone(), ..key(secret, how, "") });
    }
    let outputs = resource
        .outputs
        .iter()
        .filter(|(key, output)| output.secret && !resource.generates.contains_key(*key) && asked(key));
    // What the program of the resource reads belongs to whoever runs it.
    let derives = resource.derives.iter().filter(|_| outside.is_none());
    let derived = outputs.map(|(key, output)| (key, &output.value)).chain(derives);
    for (secret, value) in derived {
        let key = match &outside {
            Some(path) => Key { path: path.clone(), property: secret.clone(), ..key(secret, "given", "") },
            None => Key { pieces: pieces(value, &resource.secret), ..key(secret, "derived", "") },
        };
        own.keys.push(key);
    }
}

/// Whether anybody asks for a secret output: what nobody asks for need not be in the secret store.
fn is_asked(model: &Model, resource: &crate::model::resource::Resource, key: &str) -> bool {
    let name = &resource.name.value;
    let wanted = format!("${{{name}.{key}}}");
    model.services.iter().any(|service| {
        let run = &service.run;
        let files = run.files.iter().filter_map(|file| file.text.as_ref());
        let mut texts = run.env.iter().map(|(_, at)| at).chain(files);
        key == "url" && service.uses.iter().any(|it| it.resource.value == *name)
            || texts.any(|at| at.value.contains(&wanted))
    })
}

fn group<'g>(groups: &'g mut BTreeMap<String, Secret>, at: &str, name: &str) -> &'g mut Secret {
    let new = || Secret {
        at: at.into(),
        name: name.into(),
        folder: name.into(),
        made: false,
        keys: vec![],
        fetched: vec![],
        operators: vec![],
    };
    groups.entry(name.to_string()).or_insert_with(new)
}

fn key(name: &str, how: &str, about: &str) -> Key {
    let (path, property, template) = (String::new(), String::new(), String::new());
    Key {
        key: name.into(),
        how: how.into(),
        length: 0,
        form: "text".into(),
        same: None,
        pieces: vec![],
        path,
        property,
        object: None,
        about: about.into(),
        template,
    }
}

fn view(piece: &Piece, own: &str) -> PieceView {
    match piece {
        Piece::Own(name) => PieceView { text: None, group: own.into(), key: name.clone() },
        Piece::Text(text) => PieceView { text: Some(text.clone()), group: String::new(), key: String::new() },
        Piece::Secret { node, output } => PieceView { text: None, group: node.clone(), key: output.clone() },
    }
}

/// `${password}` in a type's text is a secret of the same group; `$${` writes `${`.
fn pieces(value: &str, group: &str) -> Vec<PieceView> {
    let (mut pieces, mut text, mut rest) = (vec![], String::new(), value);
    while let Some(at) = rest.find("${") {
        let Some(end) = rest[at..].find('}') else { break };
        if let Some(before) = rest[..at].strip_suffix('$') {
            text += before;
            text += "${";
            rest = &rest[at + 2..];
            continue;
        }
        text += &rest[..at];
        if !text.is_empty() {
            pieces.push(view(&Piece::Text(std::mem::take(&mut text)), group));
        }
        let name = &rest[at + 2..at + end];
        pieces.push(PieceView { text: None, group: group.into(), key: name.into() });
        rest = &rest[at + end + 1..];
    }
    text += rest;
    if !text.is_empty() {
        pieces.push(view(&Piece::Text(text), group));
    }
    pieces
}
