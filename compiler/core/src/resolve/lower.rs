//! From the merged tree to the structs of the model.

use super::{FileState, Inputs, resource};
use crate::kind::{app, delivery, environment, external, gateway, lint, messaging, saga, service};
use crate::model::{Lint, Model};
use crate::report::{Finding, Report};
use crate::tree::Item;
use std::collections::BTreeMap;

/// Reads every node. The tree comes sorted by kind and name, so the lists are sorted by name.
pub fn lower(tree: Vec<Item>, inputs: &Inputs, report: &mut Report) -> Option<Model> {
    let all = |node: &'static str| tree.iter().filter(move |item| item.schema.node == node);
    let app = app::read(all("app").next()?);
    let environment = environment::read(all("environment").next()?, &app.name.value);
    let mut services: Vec<_> = all("service").chain(all("function")).map(service::read).collect();
    services.sort_by(|left, right| left.name.value.cmp(&right.name.value));
    let mut topics: Vec<_> = all("topic").chain(all("queue")).map(messaging::read).collect();
    topics.sort_by(|left, right| left.name.value.cmp(&right.name.value));
    let empty = Item::new(&delivery::SCHEMA, "", app.origin.derived());
    let types: BTreeMap<String, &Item> = all("resource-type").map(|item| (item.key_text(), item)).collect();
    let resources =
        all("resource").filter_map(|item| resource::lower(item, &types, &environment, report)).collect();
    let texts = inputs.files.iter().filter_map(|(path, state)| match state {
        FileState::Text(text) => Some((path.clone(), text.clone())),
        _ => None,
    });
    let mut model = Model {
        services,
        resources,
        types: types.values().map(|item| (item.key_text(), resource::read_type(item))).collect(),
        topics,
        externals: all("external").map(external::read).collect(),
        gateways: all("gateway").map(gateway::read).collect(),
        sagas: all("saga").map(saga::read).collect(),
        delivery: delivery::read(all("delivery").next().unwrap_or(&empty)),
        lints: lints(&tree),
        policies: all("policy").filter_map(lint::read_policy).collect(),
        texts: texts.collect(),
        today: inputs.today,
        app,
        environment,
        tree: vec![],
    };
    same_names(&model, report);
    model.tree = tree;
    Some(model)
}

/// Weights of rules: those at the top hold everywhere, those in a node for it and what is in it.
fn lints(tree: &[Item]) -> Vec<Lint> {
    let mut lints = vec![];
    for item in tree {
        match item.schema.node {
            "lint" => lints.push(lint::read(item, "")),
            _ => inner_lints(item, &item.path(), &mut lints),
        }
    }
    lints
}

fn inner_lints(item: &Item, path: &str, lints: &mut Vec<Lint>) {
    for part in &item.parts {
        match part.schema.node {
            "lint" => lints.push(lint::read(part, path)),
            _ => inner_lints(part, &part.path_in(path), lints),
        }
    }
}

/// What runs shares one space of names: services, functions, resources, gateways and externals become hosts.
fn same_names(model: &Model, report: &mut Report) {
    let mut hosts = BTreeMap::new();
    let services = model.services.iter().map(|it| (&it.name, "service"));
    let resources = model.resources.iter().map(|it| (&it.name, "resource"));
    let gateways = model.gateways.iter().map(|it| (&it.name, "gateway"));
    let externals = model.externals.iter().map(|it| (&it.name, "external"));
    for (name, kind) in services.chain(resources).chain(gateways).chain(externals) {
        if let Some((first, other)) = hosts.insert(name.value.clone(), (name.origin, kind)) {
            report.push(
                Finding::new("repeated-name", format!("`{}` is both a {other} and a {kind}", name.value))
                    .label(name.origin.span, format!("the {kind}"))
                    .label(first.span, format!("the {other}"))
                    .help("rename one of them: both would be the same host"),
            );
        }
    }
}
