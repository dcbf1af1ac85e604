//! What a policy can look at: the nodes of a kind, and all nodes by kind and name.

use crate::check::Context;
use crate::model::Model;
use crate::model::gateway::Gateway;
use crate::model::service::Service;
use crate::tree::At;
use bastide_report::source::Span;
use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;
use std::collections::BTreeMap;

/// A node a policy is asked about.
pub struct Node<'m> {
    /// Its path in the spec.
    pub at: &'m str,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What the expression sees.
    pub value: Value,
}

/// All nodes of a kind. What stands inside another names it: `route.gateway`, `calls.service`.
pub fn nodes<'m>(ctx: &Context<'m>, kind: &str) -> Vec<Node<'m>> {
    let model = ctx.model;
    match kind {
        "service" => each(model.services.iter().filter(|it| it.function.is_none()), |it| (&it.at, &it.name)),
        "function" => each(model.services.iter().filter(|it| it.function.is_some()), |it| (&it.at, &it.name)),
        "api" => inner(model, |it| each(&it.apis, |it| (&it.at, &it.name))),
        "calls" => inner(model, |it| each(&it.calls, |it| (&it.at, &it.to))),
        "uses" => inner(model, |it| each(&it.uses, |it| (&it.at, &it.resource))),
        "publishes" => inner(model, |it| each(&it.publishes, |it| (&it.at, &it.topic))),
        "subscribes" => inner(model, |it| each(&it.subscribes, |it| (&it.at, &it.topic))),
        "job" => inner(model, |it| each(&it.jobs, |it| (&it.at, &it.name))),
        "resource" => each(&model.resources, |it| (&it.at, &it.name)),
        "topic" => each(model.topics.iter().filter(|it| !it.queue), |it| (&it.at, &it.name)),
        "queue" => each(model.topics.iter().filter(|it| it.queue), |it| (&it.at, &it.name)),
        "external" => each(&model.externals, |it| (&it.at, &it.name)),
        "gateway" => each(&model.gateways, |it| (&it.at, &it.name)),
        "route" => routes(model),
        "saga" => each(&model.sagas, |it| (&it.at, &it.name)),
        "environment" => each([&model.environment], |it| (&it.at, &it.name)),
        "app" => each([&model.app], |it| (&it.at, &it.name)),
        "delivery" => vec![delivery(model)],
        _ => vec![],
    }
}

/// All nodes of the larger kinds, by name, and what there is one of: `"orders-db" in resources`,
/// `services["orders"].tier`.
pub fn lists(ctx: &Context<'_>) -> BTreeMap<&'static str, Value> {
    let list = |kind: &str| -> Value {
        nodes(ctx, kind).into_iter().map(|node| (node.name, node.value)).collect::<BTreeMap<_, _>>().into()
    };
    let lists = [
        ("services", "service"),
        ("functions", "function"),
        ("resources", "resource"),
        ("topics", "topic"),
        ("queues", "queue"),
        ("externals", "external"),
        ("gateways", "gateway"),
    ];
    let mut all: BTreeMap<&str, Value> = lists.iter().map(|(name, kind)| (*name, list(kind))).collect();
    all.insert("environment", Value::from(Serde(&ctx.model.environment)));
    all.insert("app", Value::from(Serde(&ctx.model.app)));
    all
}

/// Nodes with their path in the spec and their name.
fn each<'m, T: Serialize + 'm>(
    nodes: impl IntoIterator<Item = &'m T>,
    key: impl Fn(&'m T) -> (&'m String, &'m At<String>),
) -> Vec<Node<'m>> {
    let node = |it| {
        let (at, name) = key(it);
        Node { at, name: name.value.clone(), span: name.span(), value: Value::from(Serde(it)) }
    };
    nodes.into_iter().map(node).collect()
}

/// Nodes that stand in services, each with the name of its service.
fn inner<'m>(model: &'m Model, parts: impl Fn(&'m Service) -> Vec<Node<'m>>) -> Vec<Node<'m>> {
    let own = |it: &'m Service| parts(it).into_iter().map(|node| owned(node, "service", &it.name.value));
    model.services.iter().flat_map(own).collect()
}

fn routes<'m>(model: &'m Model) -> Vec<Node<'m>> {
    let own = |it: &'m Gateway| {
        let routes = each(&it.routes, |it| (&it.at, &it.path)).into_iter();
        routes.map(|node| owned(node, "gateway", &it.name.value))
    };
    model.gateways.iter().flat_map(own).collect()
}

fn delivery(model: &Model) -> Node<'_> {
    let delivery = &model.delivery;
    let place = delivery.ci.as_ref().or(delivery.rollout.as_ref());
    let span = place.map_or(model.app.name.span(), |at| at.span());
    Node { at: &delivery.at, name: "delivery".into(), span, value: Value::from(Serde(delivery)) }
}

/// The node with one more field: the name of what it stands in.
fn owned<'m>(node: Node<'m>, field: &str, owner: &str) -> Node<'m> {
    let mut fields: BTreeMap<String, Value> = BTreeMap::new();
    for key in node.value.try_iter().into_iter().flatten() {
        fields.insert(key.to_string(), node.value.get_item(&key).unwrap_or_default());
    }
    fields.insert(field.into(), owner.into());
    Node { value: fields.into(), ..node }
}
