//! Experiments: what can be broken on purpose, and what the plan says will happen then. Read for targets that write them.

use super::Views;
use super::graph::{Graph, Kind, NodeKind};
use super::objective::Objective;
use super::outage::{Outage, outage};
use super::workload::Workload;
use crate::model::Model;
use crate::model::service::Call;
use serde::Serialize;

/// Something broken on purpose, with what is expected of it.
#[derive(Clone, Debug, Serialize)]
pub struct Experiment {
    /// `payments-down`, `orders-slow-pricing`.
    pub name: String,
    /// `down`: all instances; `one`: one of several; `cut`: an external is not reached; `slow`: a caller waits longer for a
    /// callee than it has patience.
    pub kind: &'static str,
    /// Path of the node or call in the spec.
    pub at: String,
    /// What is broken: a service, a resource or an external.
    pub target: String,
    /// The workloads it happens to; for an external none.
    pub workloads: Vec<String>,
    /// The service whose calls are slow or cut, if not everybody's.
    pub from: Option<String>,
    /// The workloads of that.
    pub callers: Vec<String>,
    /// How much later answers come, in milliseconds.
    pub delay_ms: Option<u64>,
    /// The host of an external.
    pub host: Option<String>,
    /// What is expected, in a sentence.
    pub expects: String,
    /// Whether every public route answers all the same.
    pub survives: bool,
    /// Objectives of availability that hold, whatever lasts how long.
    pub holds: Vec<Steady>,
    /// Services whose promise of availability breaks if it lasts.
    pub breaks: Vec<String>,
    /// Services that go on without something.
    pub degraded: Vec<String>,
    /// Paths of the public routes in the spec that do not answer.
    pub down: Vec<String>,
    /// Paths of those that answer in part.
    pub partly: Vec<String>,
}

/// A steady state: an objective that holds during an experiment.
#[derive(Clone, Debug, Serialize)]
pub struct Steady {
    /// `orders-availability`.
    pub id: String,
    /// The service.
    pub service: String,
    /// The promise in percent: `99.9`.
    pub percent: String,
    /// Error ratio above which the experiment is ended: the burn that pages.
    pub limit: String,
}

/// The experiments of a plan: everything that runs is stopped, one instance of what has several is killed, externals are cut
/// off, and each call is slower than its caller waits.
pub fn experiments(model: &Model, views: &Views) -> Vec<Experiment> {
    let graph = &views.graph;
    let mut all = vec![];
    // One instance of several is missed by nobody.
    let nothing = outage(model, graph, &[]);
    for (at, node) in (0_u32..).zip(&graph.nodes) {
        let make = |kind, outage: &Outage| Draft { kind, node: at, from: None }.done(model, views, outage);
        match node.kind {
            NodeKind::Service | NodeKind::Resource => {
                let own = own(&views.workloads, &node.name, node.kind == NodeKind::Resource);
                let own: Vec<&Workload> = own.collect();
                let workloads: Vec<String> = own.iter().map(|it| it.name.clone()).collect();
                if !own.is_empty() {
                    let outage = outage(model, graph, &[at]);
                    all.push(Experiment { workloads: workloads.clone(), ..make("down", &outage) });
                }
                if own.iter().any(|it| it.scale.min > 1) {
                    all.push(Experiment { workloads, ..make("one", &nothing) });
                }
            }
            NodeKind::External => {
                let host = model.external(&node.name).map(|it| it.host.clone());
                let outage = outage(model, graph, &[at]);
                all.push(Experiment { host, ..make("cut", &outage) });
            }
            _ => {}
        }
    }
    for service in &model.services {
        let calls = service.calls.iter().filter(|it| model.service(&it.to.value).is_some());
        all.extend(calls.filter_map(|call| slow(model, views, &service.name.value, call)));
    }
    all
}

/// A call whose answers come later than its caller waits, a fifth of that beyond.
fn slow(model: &Model, views: &Views, from: &str, call: &Call) -> Option<Experiment> {
    let graph = &views.graph;
    let (caller, callee) = (graph.program(from)?, graph.program(&call.to.value)?);
    let timeout = call.timeout?.value.0;
    let mut outage = outage(model, graph, if call.soft { &[] } else { std::slice::from_ref(&caller) });
    if call.soft {
        let edge = graph.out(caller).iter().find(|it| it.kind == Kind::Calls && it.to == callee)?;
        outage.goes_on(model, graph, edge);
    }
    let draft = Draft { kind: "slow", node: callee, from: Some(from) };
    Some(Experiment {
        at: call.at.clone(),
        workloads: named(&views.workloads, &call.to.value),
        callers: named(&views.workloads, from),
        delay_ms: Some(timeout.saturating_mul(6).div_ceil(5)),
        ..draft.done(model, views, &outage)
    })
}

/// The workloads of a service or resource.
fn own<'v>(workloads: &'v [Workload], name: &'v str, resource: bool) -> impl Iterator<Item = &'v Workload> {
    workloads.iter().filter(move |it| it.service == name && (it.kind == "resource") == resource)
}

fn named(workloads: &[Workload], service: &str) -> Vec<String> {
    own(workloads, service, false).map(|it| it.name.clone()).collect()
}

struct Draft<'a> {
    kind: &'static str,
    node: u32,
    from: Option<&'a str>,
}

impl Draft<'_> {
    fn done(self, model: &Model, views: &Views, outage: &Outage) -> Experiment {
        let graph: &Graph = &views.graph;
        let node = &graph.nodes[self.node as usize];
        let at =
            |how: &str| outage.routes.iter().filter(|it| it.how == how).map(|it| it.at.clone()).collect();
        let down: Vec<String> = at("down");
        let kept = |it: &&Objective| {
            it.kind == "availability" && !outage.breaks.iter().any(|own| own.name == it.service)
        };
        let steady = |it: &Objective| Steady {
            id: it.id.clone(),
            service: it.service.clone(),
            percent: it.percent.clone(),
            limit: it.canary_limit.clone(),
        };
        let mut degraded: Vec<String> = outage.degraded.iter().map(|it| it.name.clone()).collect();
        degraded.dedup();
        let (name, what) = match (self.kind, self.from) {
            ("slow", Some(from)) => {
                (format!("{from}-slow-{}", node.name), format!("{} slow for {from}", node.name))
            }
            ("one", _) => (format!("{}-one", node.name), format!("one of {} killed", node.name)),
            ("cut", _) => (format!("{}-cut", node.name), format!("{} cut off", node.name)),
            _ => (format!("{}-down", node.name), format!("{} down", node.name)),
        };
        let ours = outage.breaks.iter().filter(|it| model.external(&it.name).is_none());
        let breaks: Vec<String> = ours.map(|it| it.name.clone()).collect();
        let holds: Vec<Steady> = views.objectives.iter().filter(kept).map(steady).collect();
        Experiment {
            expects: expects(&what, &breaks, &holds, &degraded),
            name,
            kind: self.kind,
            at: format!("{}.{}", node.kind.word(), node.name),
            target: node.name.clone(),
            workloads: vec![],
            from: self.from.map(String::from),
            callers: callers(model, views, self.node),
            delay_ms: None,
            host: None,
            survives: down.is_empty(),
            holds,
            breaks,
            degraded,
            down,
            partly: at("partly"),
        }
    }
}

/// The workloads that call or use a node.
fn callers(model: &Model, views: &Views, node: u32) -> Vec<String> {
    let graph = &views.graph;
    let needing =
        graph.edges.iter().filter(|it| it.to == node && matches!(it.kind, Kind::Calls | Kind::Uses));
    let services = needing.map(|it| graph.name(it.from)).filter(|name| model.service(name).is_some());
    let mut all: Vec<String> = services.flat_map(|name| named(&views.workloads, name)).collect();
    all.dedup();
    all
}

/// `orders down: cart stays above 99.9%; catalog goes on without it; orders breaks its promise if it lasts`.
fn expects(what: &str, breaks: &[String], holds: &[Steady], degraded: &[String]) -> String {
    let holds: Vec<String> =
        holds.iter().map(|it| format!("{} stays above {}%", it.service, it.percent)).collect();
    let mut parts = vec![];
    parts.extend((!holds.is_empty()).then(|| holds.join(", ")));
    parts.extend((!degraded.is_empty()).then(|| format!("{} degrades", degraded.join(", "))));
    parts.extend((!breaks.is_empty()).then(|| {
        let what = if breaks.len() > 1 { "break their promises" } else { "breaks its promise" };
        format!("{} {what} if it lasts", breaks.join(", "))
    }));
    if parts.is_empty() {
        parts.push("nobody who promises anything notices".into());
    }
    format!("{what}: {}", parts.join("; "))
}
