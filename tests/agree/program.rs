//! What a program finds in its environment on either platform, and whether somebody stands at the addresses there.

use crate::project::Built;
use crate::yaml::{Look, Yaml, docs};
use std::collections::{BTreeMap, BTreeSet};

/// Variables by name.
type Variables = BTreeMap<String, String>;

/// How many variables were compared, and what is unlike.
pub fn unlike(built: &Built) -> (u64, Vec<String>) {
    let compose = docs(built.text("deploy/dev/compose/compose.yaml").expect("compose is written")).remove(0);
    let objects: Vec<Yaml> =
        built.below("deploy/prod/kubernetes/", ".yaml").flat_map(|(_, text)| docs(text)).collect();
    let (mut number, mut wrong) = (0, vec![]);
    for (name, pod) in pods(&objects) {
        let left = of_compose(compose.at("services").at(&name));
        for (container, right) in containers(&objects, &pod) {
            if container != name.trim_end_matches("-v1") {
                continue;
            }
            number += right.len() as u64;
            let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
            for variable in names.into_iter().filter(|it| left.get(*it) != right.get(*it)) {
                let (left, right) = (left.get(variable), right.get(variable));
                wrong.push(format!("{name} finds {variable}\n  compose    {left:?}\n  kubernetes {right:?}"));
            }
            for (variable, value) in &right {
                wrong.extend(nobody(&compose, &objects, variable, value).map(|it| format!("{name}: {it}")));
            }
        }
    }
    (number, wrong)
}

/// The pods of what runs always, by name.
fn pods(objects: &[Yaml]) -> Vec<(String, Yaml)> {
    let runs = objects
        .iter()
        .filter(|it| ["Deployment", "StatefulSet", "Rollout"].contains(&it.at("kind").text().as_str()));
    runs.map(|it| (it.at("metadata name").text(), it.at("spec template spec").clone())).collect()
}

fn of_compose(service: &Yaml) -> Variables {
    let pairs = match service.at("environment") {
        Yaml::Sequence(list) => {
            let pair = |it: &Yaml| {
                it.text().split_once('=').map(|(name, value)| (name.to_string(), value.to_string()))
            };
            list.iter().filter_map(pair).collect()
        }
        map => map.pairs(),
    };
    // Compose fills in `$NAME`; a sign of its own stands twice.
    pairs.into_iter().map(|(name, value)| (name, filled(&value))).collect()
}

fn filled(text: &str) -> String {
    let (mut out, mut letters) = (String::new(), text.chars().peekable());
    while let Some(letter) = letters.next() {
        if letter == '$' && letters.next_if_eq(&'$').is_none() {
            out += "(filled in)";
            continue;
        }
        out.push(letter);
    }
    out
}

/// The variables of each container of a pod: those of maps, then its own, in which `$(NAME)` is filled in.
fn containers(objects: &[Yaml], pod: &Yaml) -> Vec<(String, Variables)> {
    let of = |container: &Yaml| {
        let mut all = Variables::new();
        for from in container.at("envFrom").items() {
            let name = from.at("configMapRef name").text();
            let map = objects
                .iter()
                .find(|it| it.at("kind").text() == "ConfigMap" && it.at("metadata name").text() == name);
            all.extend(map.unwrap_or_else(|| panic!("there is no ConfigMap `{name}`")).at("data").pairs());
        }
        for own in container.at("env").items().iter().filter(|it| it.at("value").there()) {
            let mut value = own.at("value").text();
            for (name, known) in &all {
                value = value.replace(&format!("$({name})"), known);
            }
            all.insert(own.at("name").text(), value.replace("$$", "$"));
        }
        (container.at("name").text(), all)
    };
    pod.at("containers").items().iter().map(of).collect()
}

/// Where an address leads to nobody.
fn nobody(compose: &Yaml, objects: &[Yaml], variable: &str, value: &str) -> Option<String> {
    let rest = value.strip_prefix("http://").filter(|_| variable.ends_with("_URL"))?;
    let authority = rest.split('/').next()?;
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    if host.contains('.') {
        return None;
    }
    let services = compose.at("services").as_mapping()?;
    let alias = |(name, service): (&Yaml, &Yaml)| {
        let networks = service.at("networks").as_mapping().into_iter().flatten();
        let aliases = networks.flat_map(|(_, it)| it.at("aliases").items()).any(|it| it.text() == host);
        name.text() == host || aliases
    };
    let object =
        objects.iter().find(|it| it.at("kind").text() == "Service" && it.at("metadata name").text() == host);
    let open = |it: &Yaml| {
        it.at("spec type").text() == "ExternalName"
            || it.at("spec ports").items().iter().any(|it| it.at("port").text() == port)
    };
    if !services.iter().any(alias) {
        return Some(format!("{variable} is {value}, and compose has nobody of that name"));
    }
    (!object.is_some_and(open)).then(|| format!("{variable} is {value}, and Kubernetes has nobody there"))
}
