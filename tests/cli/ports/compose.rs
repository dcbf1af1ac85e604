//! A compose file as facts of its services.

use crate::support::{Folder, run};
use serde_yaml::Value as Yaml;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What a file says, by service and fact: `web env TZ`, `web port 53/udp`.
pub type Facts = BTreeMap<String, String>;
/// Facts of one service, without its name.
type Said = Vec<(String, String)>;

/// What a value is that a program gets and no file shows.
pub const SECRET: &str = "a secret";
/// Properties that are one text, in both files.
const TEXTS: [&str; 6] = ["image", "user", "working_dir", "privileged", "network_mode", "pid"];

/// What a compose file says of each service. What is in files that `dev.sh` makes is read there.
pub fn facts(text: &str, names: &Facts, project: Option<&Folder>) -> Facts {
    let mut yaml: Yaml = serde_yaml::from_str(text).expect("YAML");
    yaml.apply_merge().expect("what is merged is a map");
    let ours = |name: &str| names.get(name).cloned().unwrap_or_else(|| name.to_string());
    let secrets = project.map(secrets).unwrap_or_default();
    let mut services: Vec<(String, &Yaml)> =
        map(&yaml["services"]).into_iter().map(|(name, it)| (ours(&name), it)).collect();
    services.retain(|(name, _)| !helps(name));
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, service) in &services {
        for (_, source, _) in mounts(service) {
            owners.entry(source).or_default().insert(name.clone());
        }
    }
    let mut all = Facts::new();
    for (name, service) in &services {
        let mut variables = pairs(&service["environment"], '=');
        variables.extend(secrets.get(name).cloned().unwrap_or_default());
        let mut said = [
            program(service),
            variables_of(variables, names),
            reached(service),
            machine(service),
            health(&service["healthcheck"]),
        ]
        .concat();
        for (target, source, kind) in mounts(service) {
            let shared = owners.get(&source).into_iter().flatten().filter(|it| *it != name && kind == "kept");
            let with: String = shared.map(|it| format!(", with {it}")).collect();
            said.push((format!("volume {target}"), format!("{kind}{with}")));
        }
        let others = pairs(&service["depends_on"], '\n').into_iter().filter(|it| !helps(&it.0));
        for (other, condition) in others {
            let condition = if condition.is_empty() { "service_started".into() } else { condition };
            said.push((format!("after {}", ours(&other)), condition));
        }
        all.extend(said.into_iter().map(|(fact, value)| (format!("{name} {fact}"), value)));
    }
    all
}

/// A service that only prepares another one's volumes, or brings what asks for health.
fn helps(name: &str) -> bool {
    name.ends_with("-volumes") || name == "probe.tools"
}

/// What runs, and as whom.
fn program(service: &Yaml) -> Said {
    let texts = TEXTS.into_iter().map(|it| (it, text_of(&service[it])));
    let commands = ["command", "entrypoint"].map(|it| (it, words(&service[it]).join(" ").replace("$$", "$")));
    let all = texts.chain(commands).filter(|(it, _)| !service[*it].is_null());
    let mut said: Said = all.map(|(it, value)| (it.to_string(), value)).collect();
    if let Some(grace) = service["stop_grace_period"].as_str() {
        said.push(("stop_grace_period".into(), seconds(grace)));
    }
    said
}

/// Variables; a path of a secret in `NAME_FILE` is the secret `NAME`.
fn variables_of(all: Vec<(String, String)>, names: &Facts) -> Said {
    let one = |(variable, value): (String, String)| {
        let value = names.iter().fold(value, |value, (old, new)| value.replace(old, new));
        match variable.strip_suffix("_FILE").filter(|_| value.starts_with("/run/secrets/")) {
            Some(variable) => (format!("env {variable}"), SECRET.to_string()),
            None => (format!("env {variable}"), value),
        }
    };
    all.into_iter().map(one).collect()
}

/// Where it is published, and what it knows of other machines.
fn reached(service: &Yaml) -> Said {
    let port = |port: String| {
        let (machine, container) = port.rsplit_once(':').unwrap_or(("", &port));
        (
            format!("port {}", container.trim_end_matches("/tcp")),
            machine.trim_start_matches("0.0.0.0:").to_string(),
        )
    };
    let hosts = pairs(&service["extra_hosts"], ':')
        .into_iter()
        .map(|(host, address)| (format!("host {host}"), address));
    items(&service["ports"]).iter().map(text_of).map(port).chain(hosts).collect()
}

/// What it takes of the machine.
fn machine(service: &Yaml) -> Said {
    let mut said: Said = items(&service["cap_add"])
        .iter()
        .map(|it| (format!("capability {}", text_of(it)), "yes".into()))
        .collect();
    for device in items(&service["devices"]).iter().map(text_of) {
        let (from, to) = device.split_once(':').unwrap_or((&device, &device));
        said.push((format!("device {from}"), to.trim_end_matches(":rwm").into()));
    }
    for (limit, value) in map(&service["ulimits"]) {
        let [soft, hard] =
            ["soft", "hard"].map(|it| text_of(if value.is_mapping() { &value[it] } else { value }));
        said.push((format!("ulimit {limit}"), format!("{soft}:{hard}")));
    }
    let resources = &service["deploy"]["resources"];
    for it in items(&resources["reservations"]["devices"]) {
        said.push((format!("device {}", text_of(&it["driver"])), text_of(&it["count"])));
    }
    let sizes = [
        ("memory", &resources["limits"]["memory"]),
        ("memory", &service["mem_limit"]),
        ("shm-size", &service["shm_size"]),
    ];
    said.extend(
        sizes
            .into_iter()
            .filter(|it| !it.1.is_null())
            .map(|(fact, value)| (fact.into(), bytes(&text_of(value)))),
    );
    said
}

/// Variables by service, from the files that `dev.sh` makes: each must have a value.
fn secrets(project: &Folder) -> BTreeMap<String, Said> {
    let place = project.0.join("deploy/dev/compose");
    if place.join("dev.sh").is_file() {
        run(Command::new("sh").args(["dev.sh", "init"]).current_dir(&place)).exits(0);
    }
    let mut all = BTreeMap::new();
    for (path, text) in project.tree("deploy/dev/compose/secrets") {
        let Some(service) = path.strip_suffix(".env") else { continue };
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines = text.lines().filter_map(|it| it.split_once('=')).filter(|(_, value)| !value.is_empty());
        all.insert(
            service.to_string(),
            lines.map(|(name, _)| (name.to_string(), SECRET.to_string())).collect(),
        );
    }
    all
}

/// Path in the container, what is mounted there, and whether it is kept, a file of the project, or of the machine.
fn mounts(service: &Yaml) -> Vec<(String, String, String)> {
    let mut all = vec![];
    for it in items(&service["volumes"]) {
        let (source, target, mode) = if it.is_mapping() {
            let mode = if it["read_only"].as_bool() == Some(true) { "ro" } else { "" };
            (text_of(&it["source"]), text_of(&it["target"]), mode.to_string())
        } else {
            let text = text_of(it);
            let mut parts = text.splitn(3, ':').map(str::to_string);
            let mut next = || parts.next().unwrap_or_default();
            (next(), next(), next())
        };
        let only = mode.starts_with("ro");
        let kind = match (source.starts_with('/'), only) {
            (true, true) => format!("host {source}, read only"),
            (true, false) => format!("host {source}"),
            (false, true) => "file".to_string(),
            (false, false) => "kept".to_string(),
        };
        if target != "/probe" {
            all.push((target.trim_end_matches('/').to_string(), source, kind));
        }
    }
    for it in items(&service["configs"]) {
        all.push((text_of(&it["target"]), text_of(&it["source"]), "file".into()));
    }
    all
}

/// What is asked, and how often.
fn health(check: &Yaml) -> Said {
    let test = &check["test"];
    if test.is_null() {
        return vec![];
    }
    let all = if test.is_string() { vec![text_of(test)] } else { items(test).iter().map(text_of).collect() };
    let line =
        all.iter().filter(|it| !it.starts_with("CMD")).map(String::as_str).collect::<Vec<_>>().join(" ");
    let line = line.trim_start_matches("sh -c ").trim_end_matches(" || exit 1");
    let question = match line.split_once("http://") {
        Some((_, url)) => {
            let url = url.split([' ', '"']).next().unwrap_or_default();
            let (host, path) = url.split_once('/').unwrap_or((url, ""));
            format!("HTTP :{}/{path}", host.split_once(':').map_or("80", |it| it.1))
        }
        None if line.contains(['|', ';']) => line.to_string(),
        None => line.split(' ').next().unwrap_or_default().to_string(),
    };
    let mut said = vec![("health".to_string(), question)];
    for it in ["interval", "timeout", "start_period"].into_iter().filter(|it| !check[*it].is_null()) {
        said.push((format!("health {it}"), seconds(&text_of(&check[it]))));
    }
    if !check["retries"].is_null() {
        said.push(("health retries".to_string(), text_of(&check["retries"])));
    }
    // The probe gives up by itself; a second later it would be ended.
    if let Some(at) = all.iter().position(|it| it == "-T") {
        said.push(("health timeout".to_string(), format!("{}s", all[at + 1])));
    }
    said
}

fn text_of(yaml: &Yaml) -> String {
    match yaml {
        Yaml::String(text) => text.clone(),
        Yaml::Number(number) => number.to_string(),
        Yaml::Bool(it) => it.to_string(),
        _ => String::new(),
    }
}

fn items(yaml: &Yaml) -> &[Yaml] {
    yaml.as_sequence().map_or(&[], Vec::as_slice)
}

fn map(yaml: &Yaml) -> Vec<(String, &Yaml)> {
    yaml.as_mapping().into_iter().flatten().map(|(name, value)| (text_of(name), value)).collect()
}

/// The pairs of a map, or of a list whose items are pairs; of a map below, what stands as `condition`.
fn pairs(yaml: &Yaml, between: char) -> Said {
    let split = |it: &Yaml| {
        let text = text_of(it);
        let (name, value) = text.split_once(between).unwrap_or((&text, ""));
        (name.to_string(), value.to_string())
    };
    let value = |it: &Yaml| if it.is_mapping() { text_of(&it["condition"]) } else { text_of(it) };
    let listed = items(yaml).iter().map(split);
    listed.chain(map(yaml).into_iter().map(|(name, it)| (name, value(it)))).collect()
}

/// The words of a command; of a text as a shell would split it.
fn words(yaml: &Yaml) -> Vec<String> {
    let Some(text) = yaml.as_str() else { return items(yaml).iter().map(text_of).collect() };
    let (mut all, mut open) = (vec![String::new()], None);
    for letter in text.chars() {
        match (open, letter) {
            (None, '\'' | '"') => open = Some(letter),
            (Some(quote), _) if quote == letter => open = None,
            (None, ' ') => all.push(String::new()),
            _ => all.last_mut().expect("there is one").push(letter),
        }
    }
    all
}

/// `1m` and `60s` are one.
fn seconds(text: &str) -> String {
    let (number, unit) = text.split_at(text.trim_end_matches(char::is_alphabetic).len());
    let factor = if unit == "m" { 60 } else { 1 };
    format!("{}s", number.parse::<u64>().expect("a whole number") * factor)
}

/// `128mb` and `128M` are one.
fn bytes(text: &str) -> String {
    let text = text.to_uppercase();
    let (number, unit) = text.split_at(text.trim_end_matches(char::is_alphabetic).len());
    format!("{number}{}", unit.get(..1).unwrap_or_default())
}
