//! A namespace that others share: every selector that is written is asked whether it meets pods of others that are as like ours
//! as can be. `tests/judges/shared.py` asks a real apiserver the same.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

use crate::support::{Folder, bastide, copy_of};
use serde_yaml::Value as Yaml;
use std::collections::{BTreeMap, BTreeSet};

type Labels = BTreeMap<String, String>;

/// What somebody else would have in the place of labels of ours: of another tool, of another app, or none.
const OTHERS: [&[(&str, &str)]; 3] = [
    &[("app.kubernetes.io/managed-by", "Helm")],
    &[("app.kubernetes.io/part-of", "another")],
    &[("app.kubernetes.io/part-of", ""), ("app.kubernetes.io/managed-by", "")],
];

/// Keys of pods that an operator makes for an object of ours: nobody else has one of that name in the namespace.
const OPERATORS: [&str; 3] = ["cnpg.io/", "strimzi.io/", "gateway.envoyproxy.io/"];

/// What concerns more than the app's objects.
const WIDER: [&str; 3] = ["Namespace", "ResourceQuota", "LimitRange"];

#[test]
fn nothing_of_others_is_selected_limited_or_closed() {
    let projects = [
        "examples/shop",
        "examples/polyglot",
        "tests/judges/stores",
        "tests/judges/shared/orders",
        "tests/judges/shared/billing",
    ];
    let (mut environments, mut selectors, mut objects) = (0, 0, 0);
    for project in projects {
        let folder = copy_of(project);
        let spec = folder.get("bastide.kdl");
        let owns = if spec.contains("owns=") {
            spec
        } else {
            spec.replace("platform=\"kubernetes\"", "platform=\"kubernetes\" owns=\"objects\"")
        };
        folder.put("bastide.kdl", owns);
        bastide(&folder, &["build"]).exits(0);
        for (environment, documents) in written(&folder) {
            let environment = format!("{project}, {environment}");
            let own: Vec<Labels> = documents.iter().filter_map(pod).collect();
            assert!(!own.is_empty(), "{environment} runs something");
            for it in &documents {
                let (kind, name) = (text(it, "kind"), text(&it["metadata"], "name"));
                let who = format!("{environment}: {kind}/{name}");
                assert!(!WIDER.contains(&&*kind), "{who} concerns all of the namespace");
                assert!(!text(&it["metadata"], "namespace").is_empty(), "{who} concerns all of the cluster");
                objects += 1;
                let mut found = vec![];
                selected(it, String::new(), &mut found);
                for (path, labels) in found {
                    selectors += 1;
                    meets_nobody_else(&format!("{who} {path}"), &labels, &own);
                }
            }
            environments += 1;
        }
    }
    println!("{selectors} selectors of {objects} objects in {environments} environments");
}

fn meets_nobody_else(who: &str, labels: &Labels, own: &[Labels]) {
    // `from="namespace"`: whoever runs there may come in, which closes nobody.
    if labels.is_empty() && who.contains(".spec.ingress.")
        || OPERATORS.iter().any(|it| labels.keys().any(|key| key.starts_with(it)))
    {
        return;
    }
    assert!(!labels.is_empty(), "{who} selects every pod of the namespace");
    for (pod, change) in own.iter().flat_map(|pod| OTHERS.map(|change| (pod, change))) {
        let mut other = pod.clone();
        other.extend(change.iter().map(|(key, value)| ((*key).to_string(), (*value).to_string())));
        let meets = labels.iter().all(|(key, value)| other.get(key) == Some(value));
        assert!(!meets, "{who} selects a pod of others: {other:?}");
    }
}

#[test]
fn no_two_releases_have_anything_in_common() {
    let mut places: Vec<(String, BTreeSet<String>)> = vec![];
    let mut told = vec![];
    for app in ["orders", "billing"] {
        let folder = copy_of(&format!("tests/judges/shared/{app}"));
        bastide(&folder, &["build"]).exits(0);
        for (environment, documents) in written(&folder) {
            let object = |it: &Yaml| {
                let meta = &it["metadata"];
                format!("{} {}/{}", text(it, "kind"), text(meta, "namespace"), text(meta, "name"))
            };
            let at = |path: &str| folder.get(&format!("deploy/{environment}/kubernetes/{path}"));
            let (application, script) = (at("argocd/application.yaml"), at("apply.sh"));
            let line = |text: &str, part: &str| {
                text.lines().find(|it| it.contains(part)).map(|it| it.trim().to_string())
            };
            told.push([
                line(&application, "  name: "),
                line(&script, "--selector"),
                line(&script, "--field-manager"),
            ]);
            places.push((format!("{app} in {environment}"), documents.iter().map(object).collect()));
        }
    }
    assert_eq!(places.len(), 3);
    for (number, (one, objects)) in places.iter().enumerate() {
        for (other, more) in &places[number + 1..] {
            let both: Vec<_> = objects.intersection(more).collect();
            assert!(both.is_empty(), "{one} and {other} both write {both:?}");
        }
    }
    for (at, what) in ["Application", "selector of what is pruned", "field manager"].iter().enumerate() {
        let all: BTreeSet<_> = told.iter().filter_map(|it| it[at].clone()).collect();
        assert_eq!(all.len(), 3, "one {what} for each release: {all:?}");
    }
}

/// What is written for each environment on Kubernetes, without what is applied apart from it.
fn written(folder: &Folder) -> BTreeMap<String, Vec<Yaml>> {
    let mut all: BTreeMap<String, Vec<Yaml>> = BTreeMap::new();
    for (path, bytes) in folder.tree("deploy") {
        let Some((environment, file)) = path.split_once("/kubernetes/") else { continue };
        if file.starts_with("argocd/") || file == "kustomization.yaml" || !file.ends_with(".yaml") {
            continue;
        }
        let documents = serde_yaml::Deserializer::from_slice(&bytes);
        let read = documents.map(|it| serde::Deserialize::deserialize(it).expect("what is written is YAML"));
        all.entry(environment.into()).or_default().extend(read.filter(|it: &Yaml| !it.is_null()));
    }
    all
}

/// The labels of the pod that an object makes.
fn pod(it: &Yaml) -> Option<Labels> {
    let spec =
        if it["spec"]["jobTemplate"].is_null() { &it["spec"] } else { &it["spec"]["jobTemplate"]["spec"] };
    let template = &spec["template"];
    (!template["spec"]["containers"].is_null()).then(|| labels(&template["metadata"]["labels"]))
}

/// Every selector of pods or Services of the app's own namespace, and where it stands.
fn selected(node: &Yaml, path: String, found: &mut Vec<(String, Labels)>) {
    if let Some(list) = node.as_sequence() {
        list.iter().for_each(|it| selected(it, format!("{path}."), found));
    }
    for (key, value) in node.as_mapping().into_iter().flatten() {
        let name = key.as_str().unwrap_or_default();
        let here = format!("{path}.{name}");
        let of_pods = ["podSelector", "labelSelector"].contains(&name)
            || name == "selector" && !value["matchLabels"].is_null();
        if of_pods && node["namespaceSelector"].is_null() {
            found.push((here, labels(&value["matchLabels"])));
        } else if name == "selector" && path == ".spec" {
            found.push((here, labels(value)));
        } else {
            selected(value, here, found);
        }
    }
}

fn labels(map: &Yaml) -> Labels {
    let pairs = map.as_mapping().into_iter().flatten();
    pairs
        .map(|(key, value)| {
            (key.as_str().unwrap_or_default().into(), value.as_str().unwrap_or_default().into())
        })
        .collect()
}

fn text(node: &Yaml, key: &str) -> String {
    node[key].as_str().unwrap_or_default().into()
}
