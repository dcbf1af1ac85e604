//! What a policy can look at: the nodes of a kind, and all nodes by kind and name.

use crate::check::Context;
use crate::source::Span;
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
    let services = || model.services.iter();
    match kind {
        "service" => {
            services().filter(|it| it.function.is_none()).map(|it| named(&it.at, &it.name, it)).collect()
        }
        "function" => {
            services().filter(|it| it.function.is_some()).map(|it| named(&it.at, &it.name, it)).collect()
        }
        "api" => inner(ctx, |it| it.apis.iter().map(|api| named(&api.at, &api.name, api)).collect()),
        "calls" => inner(ctx, |it| it.calls.iter().map(|call| named(&call.at, &call.to, call)).collect()),
        "uses" => inner(ctx, |it| it.uses.iter().map(|used| named(&used.at, &used.resource, used)).collect()),
        "publishes" => {
            inner(ctx, |it| it.publishes.iter().map(|edge| named(&edge.at, &edge.topic, edge)).collect())
        }
        "subscribes" => {
            inner(ctx, |it| it.subscribes.iter().map(|edge| named(&edge.at, &edge.topic, edge)).collect())
        }
        "job" => inner(ctx, |it| it.jobs.iter().map(|job| named(&job.at, &job.name, job)).collect()),
        "resource" => model.resources.iter().map(|it| named(&it.at, &it.name, it)).collect(),
        "topic" => model.topics.iter().filter(|it| !it.queue).map(|it| named(&it.at, &it.name, it)).collect(),
        "queue" => model.topics.iter().filter(|it| it.queue).map(|it| named(&it.at, &it.name, it)).collect(),
        "external" => model.externals.iter().map(|it| named(&it.at, &it.name, it)).collect(),
        "gateway" => model.gateways.iter().map(|it| named(&it.at, &it.name, it)).collect(),
        "route" => routes(ctx),
        "saga" => model.sagas.iter().map(|it| named(&it.at, &it.name, it)).collect(),
        "environment" => vec![named(&model.environment.at, &model.environment.name, &model.environment)],
        "app" => vec![named(&model.app.at, &model.app.name, &model.app)],
        "delivery" => delivery(ctx),
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

fn named<'m, T: Serialize>(at: &'m str, name: &At<String>, node: &T) -> Node<'m> {
    Node { at, name: name.value.clone(), span: name.span(), value: Value::from(Serde(node)) }
}

/// Nodes that stand in services, each with the name of its service.
fn inner<'m>(
    ctx: &Context<'m>,
    parts: impl Fn(&'m crate::model::service::Service) -> Vec<Node<'m>>,
) -> Vec<Node<'m>> {
    let with = |service: &'m crate::model::service::Service| {
        let nodes = parts(service).into_iter();
        nodes.map(|node| owned(node, "service", &service.name.value)).collect::<Vec<_>>()
    };
    ctx.model.services.iter().flat_map(with).collect()
}

fn routes<'m>(ctx: &Context<'m>) -> Vec<Node<'m>> {
    let of = |gateway: &'m crate::model::gateway::Gateway| {
        let nodes = gateway.routes.iter().map(|it| named(&it.at, &it.path, it));
        nodes.map(|node| owned(node, "gateway", &gateway.name.value)).collect::<Vec<_>>()
    };
    ctx.model.gateways.iter().flat_map(of).collect()
}

fn delivery<'m>(ctx: &Context<'m>) -> Vec<Node<'m>> {
    let delivery = &ctx.model.delivery;
    let place = delivery.ci.as_ref().or(delivery.rollout.as_ref());
    let span = place.map_or(ctx.model.app.name.span(), |at| at.span());
    vec![Node { at: &delivery.at, name: "delivery".into(), span, value: Value::from(Serde(delivery)) }]
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
