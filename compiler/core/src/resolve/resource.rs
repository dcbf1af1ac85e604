//! What a resource means: its type's text with this resource's values filled in.

mod memory;
pub mod references;
mod start;

pub use start::meet_types;

use crate::form::name::PROMISES;
use crate::kind::{slo, workload};
use crate::model::app::Environment;
use crate::model::resource::{Backup, Credential, ExternalResource, Once, Output, Resource, ResourceType};
use crate::model::service::Run;
use crate::resolve::wiring::opening;
use crate::tree::{At, Item, Layer, Origin};
use bastide_report::finding::{Finding, Report};
use bastide_report::units::cron;
use std::collections::BTreeMap;

/// Reads a type.
pub fn read_type(item: &Item) -> ResourceType {
    let guarantees = item.part("guarantees");
    let text = |name: &str| guarantees.and_then(|part| part.text(name)).unwrap_or_default();
    ResourceType {
        name: item.name(),
        about: item.part("about").and_then(Item::value_text).unwrap_or_default(),
        class: item.part("class").and_then(Item::value_text).unwrap_or_else(|| "store".into()),
        versions: versions(item),
        delivery: PROMISES.parts(&text("delivery")),
        order: text("order"),
        max_replicas: guarantees.and_then(|part| part.int("replicas")).map(|at| at.value),
        exporter: item.part("unread").is_some_and(|part| part.is("exporter")),
        providers: item.all("provider").map(Item::key_text).collect(),
        backing_up: item.all("provider").filter(|part| part.is("backup")).map(Item::key_text).collect(),
    }
}

fn versions(ty: &Item) -> Vec<(String, String)> {
    let entry = |part: &Item| Some((part.key_text(), part.value_text()?));
    ty.part("versions").iter().flat_map(|part| &part.parts).filter_map(entry).collect()
}

/// Reads a resource and fills in its type.
pub fn lower(
    item: &Item,
    types: &BTreeMap<String, &Item>,
    (environment, needed): (&Environment, i64),
    report: &mut Report,
) -> Option<Resource> {
    let ty_name = item.text_at("type")?;
    let ty = &*start::kept(item, types.get(&ty_name.value)?);
    let (version, tag) = version(item, ty, report)?;
    let external = item.part("external").map(|part| ExternalResource {
        secret: part.text("secret"),
        host: part.text("host"),
        port: part.int("port").map(|at| at.value as u16),
    });
    let provider = provider(ty, environment, &ty_name.value, external.is_some(), report);
    let name = item.key_text();
    let computed = Origin { layer: Layer::Default, ..item.origin };
    let connections = item.part("max-connections").and_then(Item::value_int);
    let connections = connections.unwrap_or(At { value: needed, origin: computed });
    let storage = item.part("storage").and_then(Item::value_size);
    let mut values = Values::default();
    values.set("name", &name);
    values.set("name_", &name.replace('-', "_"));
    values.set("tag", &tag);
    values.set("major", &major(&version.value));
    // Where clients find it: the form of an operator, or that of somebody else who runs it.
    let place = provider.or_else(|| ty.part("outside").filter(|_| external.is_some()));
    let port = ty.part("port").and_then(Item::value_int).map_or(0, |at| at.value);
    let port = place.and_then(|part| part.int("port")).map_or(port, |at| at.value) as u16;
    let port = external.as_ref().and_then(|it| it.port).unwrap_or(port);
    let own_host = external.as_ref().and_then(|it| it.host.clone());
    let host = own_host.or_else(|| Some(values.fill(&place?.text("host")?))).unwrap_or_else(|| name.clone());
    values.set("host", &host);
    values.set("port", &port.to_string());
    values.set("max-connections", &connections.value.to_string());
    let options = options(item, ty, &values, report);
    for (key, value) in &options {
        values.set(key, value.as_str().map_or_else(|| value.to_string(), str::to_string).as_str());
    }
    // An option may be in it: `s3.${region}.amazonaws.com`.
    let host = values.fill(&host);
    values.set("host", &host);
    let generates: BTreeMap<String, i64> = ty
        .all("generates")
        .map(|part| (part.key_text(), part.int("length").map_or(32, |at| at.value)))
        .collect();
    let outputs = outputs(ty, place, &mut values, &generates);
    references::check_own(item, ty, report);
    let runs = start::runs(item, ty);
    let dropped = runs.as_ref().map_or_else(Vec::new, |runs| start::dropped(item, ty, runs));
    let replaced = start::replaced(item, ty);
    let limits_connections = runs.as_ref().is_some_and(|runs| start::asks(runs, "max-connections"));
    let mut run = runs.and_then(|runs| run(item, &runs, &values)).filter(|_| external.is_none());
    run.iter_mut().for_each(|run| memory::grow(item, ty, run, report));
    let resources = run.as_ref().map(|it| it.resources.clone());
    let run = run.filter(|_| provider.is_none());
    let copies = provider
        .and_then(|part| part.int("replicas"))
        .unwrap_or(At { value: 1, origin: item.origin.derived() });
    let topics = ty.part("topics");
    let unread = ty.part("unread");
    let flag = |name: &str| ty.part("runs").is_some_and(|runs| runs.flag(name).is_some_and(|at| at.value));
    let secret =
        provider.and_then(|part| part.text("secret")).map_or_else(|| name.clone(), |text| values.fill(&text));
    Some(Resource {
        at: item.path(),
        name: item.name(),
        owner: item.part("owner").and_then(Item::value_at),
        class: ty.part("class").and_then(Item::value_text).unwrap_or_else(|| "store".into()),
        major: major(&version.value),
        version,
        tag,
        image: item.part("image").and_then(Item::value_at),
        provider: provider.map(Item::key_text),
        backs_up: provider.is_some_and(|part| part.is("backup")),
        tls_only: provider.is_some_and(|part| part.is("tls-only")),
        counted: unread.is_some_and(|part| part.is("exporter")) && external.is_none(),
        external,
        favors: item.part("favors").and_then(Item::value_at),
        replicas: item.part("replicas").and_then(Item::value_int).unwrap_or(copies),
        replication: item.part("replicas").and_then(|part| part.text_at("replication")),
        storage,
        resources,
        backup: item.part("backup").map(read_backup),
        pii: item.flag("pii").filter(|at| at.value),
        encrypted: item.flag("encrypted").is_some_and(|at| at.value),
        max_connections: Some(connections),
        limits_connections,
        dropped,
        replaced,
        slo: item.part("slo").map(|part| slo::read(part, &item.path())),
        stand_in: ty.part("runs").and_then(|runs| runs.part("stand-in")).and_then(Item::value_text),
        stateful: flag("stateful"),
        owns_volumes: flag("owns-volumes"),
        derives: ty
            .all("derives")
            .filter_map(|part| Some((part.key_text(), values.fill_open(&part.text("value")?))))
            .collect(),
        secret_files: secret_files(ty),
        once: ty.all("once").filter_map(once).collect(),
        lacks: ty.all("lacks").filter_map(|part| Some((part.key_text(), part.text("because")?))).collect(),
        topics: topics.and_then(Item::value_text),
        topics_image: topics.and_then(|part| part.text("image")),
        topics_by_job: topics.is_some_and(|part| part.text("by").is_none_or(|by| by == "job")),
        unread: unread.and_then(Item::value_text),
        pods: provider
            .and_then(|part| part.part("pods"))
            .map(|pods| free_texts(pods, &values))
            .unwrap_or_default(),
        secret_keys: provider
            .map(|part| part.all("key").filter_map(|key| Some((key.key_text(), key.text("is")?))).collect())
            .unwrap_or_default(),
        credentials: provider
            .iter()
            .flat_map(|part| part.all("credential"))
            .filter_map(|part| credential(part, &values))
            .collect(),
        ty: ty_name,
        options,
        outputs,
        run,
        generates,
        port,
        host,
        secret,
    })
}

fn major(version: &str) -> String {
    version.split('.').next().unwrap_or(version).to_string()
}

/// The version as written, or the type's newest; its image tag.
fn version(item: &Item, ty: &Item, report: &mut Report) -> Option<(At<String>, String)> {
    let known = versions(ty);
    let newest = known.last()?;
    let Some(written) = item.text_at("version") else {
        return Some((At { value: newest.0.clone(), origin: ty.origin.derived() }, newest.1.clone()));
    };
    let fits = |(version, _): &&(String, String)| {
        written.value == *version || written.value.starts_with(&format!("{version}."))
    };
    let Some((_, tag)) = known.iter().rev().find(fits) else {
        Finding::new("unknown-version", format!("{} `{}` is not known", ty.key, written.value))
            .label(written.span(), "no image is known for it")
            .meant(&written.value, known.iter().map(|(version, _)| version.as_str()))
            .add_to(report);
        // The newest stands in, so that what uses it is not told that there is none.
        return Some((At { value: newest.0.clone(), origin: written.origin }, newest.1.clone()));
    };
    Some((written, tag.clone()))
}

fn once(part: &Item) -> Option<Once> {
    Some(Once { field: part.key_text(), because: part.text("because")?, help: part.text("help")? })
}

/// The provider the platform's target names for this type.
fn provider<'t>(
    ty: &'t Item,
    environment: &Environment,
    ty_name: &str,
    external: bool,
    report: &mut Report,
) -> Option<&'t Item> {
    let (target, wanted) = environment.platform_option(ty_name)?;
    let wanted = wanted.as_str()?;
    if external || wanted == "container" {
        return None;
    }
    let found = ty.all("provider").find(|part| &*part.key == wanted);
    if found.is_none() {
        Finding::new("unknown-provider", format!("{ty_name} has no provider `{wanted}`"))
            .label(target.origin.span, format!("`{ty_name}=\"{wanted}\"`"))
            .meant(wanted, ty.all("provider").map(|part| &*part.key).chain(["container"]))
            .add_to(report);
    }
    found
}

fn options(
    item: &Item,
    ty: &Item,
    values: &Values,
    report: &mut Report,
) -> BTreeMap<String, serde_json::Value> {
    let fill = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => values.fill(&text).into(),
        other => other,
    };
    let mut options: BTreeMap<String, serde_json::Value> = ty
        .all("option")
        .map(|part| {
            (
                part.key_text(),
                part.field("default").map_or(serde_json::Value::Null, |at| fill(at.value.to_json())),
            )
        })
        .collect();
    for part in item.all("option") {
        if !options.contains_key(&*part.key) {
            Finding::new("unknown-option", format!("{} has no option `{}`", ty.key, part.key))
                .label(part.origin.span, "not known to the type")
                .meant(&part.key, ty.all("option").map(|it| &*it.key))
                .add_to(report);
        } else if let Some(at) = part.field("value") {
            options.insert(part.key_text(), at.value.to_json());
        }
    }
    options
}

/// Outputs in the order of the type, each seeing those before it; those of where it is found replace the type's.
fn outputs(
    ty: &Item,
    place: Option<&Item>,
    values: &mut Values,
    generates: &BTreeMap<String, i64>,
) -> BTreeMap<String, Output> {
    let mut outputs = BTreeMap::new();
    let origin = ty.origin;
    for name in ["host", "port"] {
        let value = values.fill(&format!("${{{name}}}"));
        outputs.insert(name.to_string(), Output { value, secret: false, origin });
    }
    for name in generates.keys() {
        outputs.insert(name.clone(), Output { value: format!("${{{name}}}"), secret: true, origin });
    }
    let own: Vec<&Item> = place.iter().flat_map(|part| part.all("output")).collect();
    for part in ty.all("output") {
        let part = own.iter().find(|it| it.key == part.key).copied().unwrap_or(part);
        let secret = part.is("secret");
        let fill = |text: String| if secret { values.fill_open(&text) } else { values.fill(&text) };
        let value = part.text("value").map(fill).unwrap_or_default();
        if !secret {
            values.set(&part.key, &value);
        }
        outputs.insert(part.key_text(), Output { value, secret, origin: part.origin });
    }
    outputs
}

fn run(item: &Item, runs: &Item, values: &Values) -> Option<Run> {
    let mut run = workload::read(runs);
    run.command.extend(item.part("arguments").map(Item::values_at).unwrap_or_default());
    let fill = |at: &mut At<String>| at.value = values.fill(&at.value);
    run.image.iter_mut().for_each(fill);
    let words = run.entrypoint.iter_mut().chain(&mut run.command).chain(&mut run.health.command);
    words.for_each(fill);
    run.env.iter_mut().for_each(|(_, at)| fill(at));
    // What is left in `${}` is for the program that reads the file, and is written as the text of a spec writes that.
    let text = |at: &mut At<String>| at.value = values.fill(&at.value).replace("${", "$${");
    run.files.iter_mut().filter_map(|file| file.text.as_mut()).for_each(text);
    if let (Some(storage), Some(volume)) =
        (item.part("storage").and_then(Item::value_size), run.volumes.iter_mut().find(|it| it.keeps()))
    {
        volume.size = storage.value;
    }
    Some(run)
}

fn credential(part: &Item, values: &Values) -> Option<Credential> {
    Some(Credential { name: part.key_text(), object: values.fill(&part.text("in")?), env: part.text("env")? })
}

fn secret_files(ty: &Item) -> Vec<(String, Option<String>)> {
    let runs = ty.part("runs");
    runs.iter()
        .flat_map(|runs| runs.all("secret-file"))
        .map(|part| (part.key_text(), part.text("env")))
        .collect()
}

fn free_texts(item: &Item, values: &Values) -> BTreeMap<String, String> {
    item.parts.iter().filter_map(|part| Some((part.key_text(), values.fill(&part.value_text()?)))).collect()
}

fn read_backup(part: &Item) -> Backup {
    Backup {
        schedule: part.text_at("schedule").map(|at| at.map(|text| cron::normal(&text))),
        keep: part.duration("keep"),
        rpo: part.duration("rpo"),
        rto: part.duration("rto"),
        restore: part.size("restore"),
        to: part.text("to"),
        credentials: part.text("credentials"),
    }
}

/// Values that `${…}` in a type's text may name.
#[derive(Default)]
struct Values(BTreeMap<String, String>);

impl Values {
    fn set(&mut self, name: &str, value: &str) {
        self.0.insert(name.into(), value.into());
    }

    /// Fills in what is known; `$${` writes `${`.
    fn fill(&self, text: &str) -> String {
        self.filled(text, "${")
    }

    /// Fills in what is known of a text that somebody else fills in again: other references stay, and so does `$${`; a `${`
    /// of what is known is none.
    fn fill_open(&self, text: &str) -> String {
        self.filled(text, "$${")
    }

    fn filled(&self, text: &str, doubled: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = opening(rest) {
            let Some(end) = rest[at..].find('}') else { break };
            let name = &rest[at + 2..at + end];
            if let Some(before) = rest[..at].strip_suffix('$') {
                out.push_str(before);
                out.push_str(doubled);
                rest = &rest[at + 2..];
                continue;
            }
            out.push_str(&rest[..at]);
            match self.0.get(name) {
                Some(value) => out.push_str(&value.replace("${", doubled)),
                None => out.push_str(&rest[at..=at + end]),
            }
            rest = &rest[at + end + 1..];
        }
        out.push_str(rest);
        out
    }
}
