//! What a workload finds in its environment: what the spec says, and what follows from its edges.

use super::running::host;
use super::{Env, Running, SecretUse, Var, slug};
use crate::model::Model;
use crate::model::resource::Resource;
use crate::model::service::Service;
use crate::resolve::wiring::{Piece, named_secrets, opening, split};
use crate::view::secret::{holds_secret, is_composed, sole_secret};
use std::collections::{BTreeMap, BTreeSet};

/// The wired environment of a workload.
#[derive(Default)]
pub struct Wired {
    /// Plain variables, sorted by name.
    plain: Vec<Var>,
    /// Secret variables.
    pub secret_env: Vec<SecretUse>,
    /// Secret files.
    pub secret_files: Vec<SecretUse>,
    /// Variables that two things make.
    pub clashes: Vec<Clash>,
}

/// A variable that two things make, and the paths in the spec of both.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clash {
    /// The variable.
    pub name: String,
    /// What made it first.
    pub first: String,
    /// What made it again.
    pub second: String,
}

impl Wired {
    /// Adds a plain variable and the path of what makes it.
    fn plain(&mut self, name: impl Into<Box<str>>, value: impl Into<Box<str>>, at: impl Into<Box<str>>) {
        self.set(Var { name: name.into(), value: value.into(), at: Some(at.into()) });
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.plain.binary_search_by(|var| (*var.name).cmp(name))
    }

    /// The last of a name stays.
    fn set(&mut self, var: Var) {
        match self.find(&var.name) {
            Ok(at) => {
                let old = std::mem::replace(&mut self.plain[at], var);
                let new = &self.plain[at];
                if let (Some(first), Some(second)) = (&old.at, &new.at)
                    && old.value != new.value
                {
                    let (first, second) = (first.to_string(), second.to_string());
                    self.clashes.push(Clash { name: new.name.to_string(), first, second });
                }
            }
            Err(at) => self.plain.insert(at, var),
        }
    }

    /// A variable of the spec takes the place of what follows from edges; a secret of the service `own` is no edge.
    fn give_way(&mut self, own: &str, name: &str) {
        if let Ok(at) = self.find(name) {
            self.plain.remove(at);
        }
        let same = |env: &str| env == name || env.strip_suffix("_FILE") == Some(name);
        self.secret_files.retain(|it| it.group == own || !it.env.as_deref().is_some_and(same));
    }

    /// Notes which variables of secrets are there twice, or beside a plain one.
    fn compare(&mut self, service: &Service) {
        let at = |it: &SecretUse| match it.at == service.at {
            true => [&it.at, ".secret.", &it.key].concat(),
            false => it.at.clone(),
        };
        let mut seen: BTreeMap<&str, String> = BTreeMap::new();
        let mut clashes = vec![];
        for used in self.secret_env.iter().chain(&self.secret_files) {
            let Some(name) = used.env.as_deref() else { continue };
            let plain = self.find(name).ok().map(|found| &self.plain[found]);
            let written = || [&service.at, ".env.", name].concat();
            let plain = plain.map(|var| var.at.as_ref().map_or_else(written, ToString::to_string));
            if let Some(first) = plain.or_else(|| seen.get(name).cloned()) {
                clashes.push(Clash { name: name.into(), first, second: at(used) });
            }
            seen.insert(name, at(used));
        }
        self.clashes.append(&mut clashes);
    }

    /// Notes a variable made of others that is called like a secret of the service which arrives elsewhere.
    fn named_alike(&mut self, service: &Service, name: &str) {
        let arrives = |it: &SecretUse| it.group == service.name.value && it.key == name;
        let told = self.secret_env.iter().chain(&self.secret_files).any(arrives);
        if !told && service.run.secrets.iter().any(|it| it.name.value == name) {
            let at = |node: &str| format!("{}.{node}.{name}", service.at);
            self.clashes.push(Clash { name: name.into(), first: at("secret"), second: at("env") });
        }
    }

    /// A secret arrives under the name that is written: as the value, or in a file if the name ends in `_FILE`.
    fn secret(&mut self, name: &str, as_file: bool, secret: SecretUse) {
        if name.ends_with("_FILE") {
            self.secret_files.push(SecretUse { env: Some(name.into()), ..secret });
        } else {
            self.follow(name.into(), !as_file, secret);
        }
    }

    /// A secret arrives as a variable of this name or in a file that `NAME_FILE` names, once.
    fn follow(&mut self, name: String, as_env: bool, secret: SecretUse) {
        let (env, list) = match as_env {
            true => (name, &mut self.secret_env),
            false => (name + "_FILE", &mut self.secret_files),
        };
        if !list.iter().any(|it| it.env.as_ref() == Some(&env) && it.group == secret.group) {
            list.push(SecretUse { env: Some(env), ..secret });
        }
    }

    /// The plain variables.
    pub fn env(&mut self) -> Env {
        Env(std::mem::take(&mut self.plain).into())
    }
}

/// The environment of a service. What the spec writes wins over what follows from edges.
pub fn service(model: &Model, run: &Running<'_>) -> Wired {
    let mut wired = Wired::default();
    let service = run.service;
    // The two of all services, and two of most calls: the url and the timeout.
    wired.plain.reserve_exact(service.run.env.len() + 2 * service.calls.len() + service.uses.len() + 4);
    if service.run.inject {
        follows(model, run, &mut wired);
    }
    let named = if service.run.secrets.is_empty() { BTreeSet::new() } else { named_secrets(&service.run) };
    for secret in &service.run.secrets {
        let name = &secret.name.value;
        if secret.as_env.is_some() || !named.contains(name.as_str()) {
            let used = own_secret(service, name, &service.at);
            wired.follow(name.clone(), as_env(model, service, secret.as_env), used);
        }
    }
    written(model, service, &mut wired);
    files(model, service, &mut wired);
    wired.compare(service);
    wired.secret_env.sort_by(|left, right| left.env.cmp(&right.env));
    wired.secret_files.sort_by(|left, right| (&left.file, &left.env).cmp(&(&right.file, &right.env)));
    wired
}

/// Whether a secret arrives as a variable: what stands nearest says so.
fn as_env(model: &Model, service: &Service, own: Option<bool>) -> bool {
    own.or(service.run.as_env).or(model.app.as_env).unwrap_or_default()
}

/// What follows from its edges.
fn follows(model: &Model, run: &Running<'_>, wired: &mut Wired) {
    let service = run.service;
    wired.plain("APP_VERSION", run.version.as_str(), version_at(model, run));
    let port_at = service
        .apis
        .first()
        .map_or_else(|| [&service.at, ".health"].concat(), |api| [&api.at, ".port"].concat());
    wired.plain("PORT", service.port(None).to_string(), port_at);
    calls(model, service, wired);
    uses(model, run, wired);
    channels(model, run, wired);
}

fn calls(model: &Model, service: &Service, wired: &mut Wired) {
    for call in &service.calls {
        let url = match (model.service(&call.to.value), model.external(&call.to.value)) {
            (Some(callee), _) => {
                let port = callee.port(call.api.as_ref().map(|at| at.value.as_str()));
                format!("{}://{}:{port}", callee.scheme(), host(model, callee, call))
            }
            (None, Some(external)) => match egress(model, &call.to.value) {
                true => format!("http://{}:8080", call.to.value),
                false => external.url.value.clone(),
            },
            (None, None) => continue,
        };
        wired.plain([&call.prefix, "_URL"].concat(), url, call.at.as_str());
        if let Some(timeout) = call.timeout {
            let at = [&call.at, ".timeout"].concat();
            wired.plain([&call.prefix, "_TIMEOUT"].concat(), timeout.value.to_string(), at);
        }
        if let Some(retries) = call.retries.filter(|at| at.value > 0) {
            let at = [&call.at, ".retries"].concat();
            wired.plain([&call.prefix, "_RETRIES"].concat(), retries.value.to_string(), at);
        }
    }
}

/// Path of what says the version of a workload.
fn version_at(model: &Model, run: &Running<'_>) -> String {
    let api = run.service.apis.get(run.api.unwrap_or(0));
    api.map_or_else(
        || [&model.app.at, ".version"].concat(),
        |api| [&api.at, ".version.", &run.version].concat(),
    )
}

/// Whether an egress gateway leads to this external.
pub fn egress(model: &Model, external: &str) -> bool {
    model.way_out(external).is_some_and(|gateway| gateway.out)
}

fn uses(model: &Model, run: &Running<'_>, wired: &mut Wired) {
    for used in &run.service.uses {
        let Some(resource) = model.resource(&used.resource.value) else { continue };
        credentials(resource, run, &used.at, wired);
        let Some(url) = resource.outputs.get("url") else { continue };
        let name = format!("{}_URL", used.prefix);
        if url.secret {
            let secret = secret_use(Some(resource), &used.resource.value, "url", &used.at);
            let as_env = as_env(model, run.service, used.as_env);
            wired.follow(name, as_env, secret);
        } else {
            wired.plain(name, url.value.as_str(), used.at.as_str());
        }
    }
}

fn channels(model: &Model, run: &Running<'_>, wired: &mut Wired) {
    let service = run.service;
    for published in &service.publishes {
        channel(model, run, &published.topic.value, &published.at, wired);
    }
    for read in service.subscribes.iter().filter(|_| run.consumes) {
        let Some(topic) = model.topic(&read.topic.value) else { continue };
        channel(model, run, &read.topic.value, &read.at, wired);
        let prefix = crate::kind::edges::prefix(&topic.name.value);
        if !topic.queue {
            wired.plain(format!("{prefix}_GROUP"), read.group.as_str(), read.at.as_str());
        }
        if let Some(delay) = topic.retry {
            let at = format!("{}.retry.delay", topic.at);
            wired.plain(format!("{prefix}_RETRY_DELAY"), delay.value.to_string(), at);
        }
        if topic.retry_in_place {
            wired.plain(format!("{prefix}_RETRY_IN_PLACE"), "true", format!("{}.retry.in-place", topic.at));
        }
        if let Some(after) = topic.dead_letter {
            let kind = if topic.queue { "QUEUE" } else { "TOPIC" };
            let at = format!("{}.dead-letter.after", topic.at);
            wired.plain(format!("{prefix}_DEAD_LETTER_{kind}"), topic.aside(&read.group), at.as_str());
            wired.plain(format!("{prefix}_DEAD_LETTER_AFTER"), after.value.to_string(), at);
        }
    }
}

/// Files a client of an operator's resource needs: certificates and keys.
fn credentials(resource: &Resource, run: &Running<'_>, at: &str, wired: &mut Wired) {
    let name = &resource.name.value;
    for it in &resource.credentials {
        let env = Some(format!("{}_{}", crate::kind::edges::prefix(name), it.env));
        if wired.secret_files.iter().any(|known| known.env == env) {
            continue;
        }
        let (stored, object) = (it.name.clone(), it.object.replace("${workload}", &run.name));
        let secret = secret_use(Some(resource), name, &it.name, at);
        wired.secret_files.push(SecretUse { env, stored, object, ..secret });
    }
}

fn channel(model: &Model, run: &Running<'_>, name: &str, at: &str, wired: &mut Wired) {
    let Some(topic) = model.topic(name) else { return };
    let prefix = crate::kind::edges::prefix(name);
    let kind = if topic.queue { "QUEUE" } else { "TOPIC" };
    wired.plain(format!("{prefix}_{kind}"), topic.address.as_str(), at);
    let Some(broker) = model.resource(&topic.on.value) else { return };
    credentials(broker, run, at, wired);
    let url = format!("{}_URL", crate::kind::edges::prefix(&broker.name.value));
    match broker.outputs.get("url") {
        Some(output) if output.secret => {
            let secret = secret_use(Some(broker), &broker.name.value, "url", at);
            wired.follow(url, as_env(model, run.service, None), secret);
        }
        Some(output) => {
            wired.plain(url, output.value.as_str(), at);
        }
        None => {}
    }
}

fn written(model: &Model, service: &Service, wired: &mut Wired) {
    for (name, at) in &service.run.env {
        wired.give_way(&service.name.value, name);
        if opening(&at.value).is_none() {
            wired.set(Var { name: name.as_str().into(), value: at.value.as_str().into(), at: None });
            continue;
        }
        let spec = || format!("{}.env.{name}", service.at);
        let pieces = split(model, &service.run, &at.value);
        match pieces.as_slice() {
            [Piece::Own(own)] => {
                wired.secret(name, service.run.env_as_file, own_secret(service, own, &spec()));
            }
            [Piece::Secret { node, output }] => {
                let secret = secret_use(model.resource(node), node, output, &spec());
                wired.secret(name, service.run.env_as_file, secret);
            }
            pieces if is_composed(pieces) => {
                wired.named_alike(service, name);
                let secret = secret_use(None, &service.name.value, name, &spec());
                let secret = SecretUse { made_of: Some(at.value.clone()), ..secret };
                wired.secret(name, service.run.env_as_file, secret);
            }
            pieces => {
                let text = pieces.iter().map(|piece| match piece {
                    Piece::Text(text) => text.as_str(),
                    Piece::Secret { .. } | Piece::Own(_) => "",
                });
                let value = text.collect::<String>().into();
                wired.set(Var { name: name.as_str().into(), value, at: None });
            }
        }
    }
}

/// Texts of files that hold a secret are secrets themselves, put at their path.
fn files(model: &Model, service: &Service, wired: &mut Wired) {
    for file in service.run.files.iter().filter(|file| holds_secret(model, &service.run, file)) {
        let path = &file.path.value;
        let at = format!("{}.file.{path}", service.at);
        let text = file.text.as_ref().filter(|_| file.changed != "nothing");
        let secret = match sole_secret(model, &service.run, file) {
            Some(name) => own_secret(service, &name, &at),
            None => SecretUse {
                made_of: text.map(|at| at.value.clone()),
                ..secret_use(None, &service.name.value, &slug(path), &at)
            },
        };
        wired.secret_files.push(SecretUse { mount: Some(path.clone()), ..secret });
    }
}

/// A secret of the service's own, in the secret store or in a Secret that somebody else makes.
fn own_secret(service: &Service, name: &str, at: &str) -> SecretUse {
    let used = secret_use(None, &service.name.value, name, at);
    let own = service.run.secrets.iter().find(|it| it.name.value == name);
    match own.and_then(|it| Some((it.object.clone()?, it.key.clone()))) {
        Some((object, stored)) => SecretUse { object, stored, ..used },
        None => used,
    }
}

/// A secret of a group, which is a resource's or a service's own.
pub fn secret_use(resource: Option<&Resource>, group: &str, key: &str, at: &str) -> SecretUse {
    let stored = resource.and_then(|it| it.secret_keys.get(key)).map_or(key, String::as_str);
    SecretUse {
        at: at.into(),
        group: group.into(),
        provider: resource.and_then(|it| it.provider.clone()),
        key: key.into(),
        stored: stored.into(),
        object: resource.map_or_else(|| group.to_string(), |it| it.secret.clone()),
        file: format!("{group}.{key}"),
        ..SecretUse::default()
    }
}

/// A job keeps what it needs for resources and what the spec writes; calls and topics are not its business.
pub fn job_env(env: &Env, service: &Service) -> Env {
    let written: BTreeSet<&str> = service.run.env.iter().map(|(name, _)| name.as_str()).collect();
    let kept = |name: &str| written.contains(name) || name == "APP_VERSION";
    Env(env.0.iter().filter(|var| kept(&var.name)).cloned().collect())
}
