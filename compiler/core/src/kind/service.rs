//! `service`: a program of ours that runs for as long as the system does.

use super::{api, app, edges, function, job, machine, slo, workload};
use crate::form::{list::BUCKETS, name::METRIC};
use crate::model::service::{Metrics, Scale, Service, Session};
use crate::schema::{Need, Schema, Type, check_only, clash, flag, named, node, prop, value};
use crate::tree::{At, Item, Layer};

const SESSION: Schema = value(
    "session",
    Type::Word("none sticky store"),
    "Where a user's session lives: `none`, `sticky` (in the instance that began it) or `store`.",
)
.props(&[check_only("store", Type::Ref("resource"), "Resource that keeps the sessions.")])
.needs(&[Need { when: "=store", one_of: "store", without: "does not say which resource keeps the sessions" }])
.clashes(&[
    clash("=none", "store", "there are no sessions to keep"),
    clash("=sticky", "store", "the instance that began a session keeps it"),
]);

const CI: Schema = node("ci", "Commands of the pipeline for this service.").parts(&[&LINT, &TEST]);
const LINT: Schema = value("lint", Type::Text, "Command that checks the source.");
const TEST: Schema = value("test", Type::Text, "Command that tests it.");
const TIER: Schema =
    value("tier", Type::Int(1, 4), "Importance: 1 is the core of the business.").check_only();
const CONTEXT: Schema =
    value("context", Type::Text, "Bounded context it belongs to (domain-driven design).").check_only();
const LAYER: Schema =
    value("layer", Type::Text, "Layer it stands in: one of `layers` of the app.").check_only();
const ZONE: Schema =
    value("zone", Type::Text, "Network zone it runs in, if it is not that of the others.").check_only();
const INTERNAL: Schema = flag("internal", "No public route may lead here.").check_only();
const METRICS: Schema = node("metrics", "Where Prometheus metrics are served.").props(&[
    prop("port", Type::Int(1, 65_535), "Port.").usual("9464"),
    prop("path", Type::UrlPath, "Path.").usual("/metrics"),
    prop("requests", Type::Form(&METRIC), "Counter of requests, with label `code`.")
        .usual("http_requests_total"),
    prop("duration", Type::Form(&METRIC), "Histogram of their durations, in seconds.")
        .usual("http_request_duration_seconds"),
    check_only(
        "buckets",
        Type::Form(&BUCKETS),
        "Upper edges of the histogram in seconds, separated by spaces.",
    ),
]);

/// Parts shared by services, archetypes and defaults.
pub const PARTS: &[&Schema] = &[
    &app::OWNER,
    &TIER,
    &INTERNAL,
    &CONTEXT,
    &LAYER,
    &ZONE,
    &workload::BUILD,
    &workload::IMAGE,
    &workload::ENTRYPOINT,
    &workload::COMMAND,
    &workload::WORKDIR,
    &api::SCHEMA,
    &super::port::SCHEMA,
    &edges::USES,
    &edges::CALLS,
    &edges::AFTER,
    &edges::PUBLISHES,
    &edges::SUBSCRIBES,
    &edges::SENDS,
    &edges::RECEIVES,
    &workload::INJECT,
    &super::egress::SCHEMA,
    &workload::ENV,
    &workload::SECRET,
    &workload::FILE,
    &workload::VOLUME,
    &super::size::SCHEMA,
    &super::health::SCHEMA,
    &workload::SHUTDOWN,
    &workload::SCALE,
    &workload::USER,
    &workload::SIDECAR,
    &workload::LABEL,
    &workload::ANNOTATION,
    &workload::WRITABLE,
    &machine::CAPABILITY,
    &machine::DROP_CAPABILITIES,
    &machine::PRIVILEGED,
    &machine::HOST_NETWORK,
    &machine::HOST_PID,
    &machine::HOSTNAME,
    &machine::HOSTS,
    &machine::INIT,
    &machine::DEVICE,
    &machine::GPU,
    &machine::EXTENDED,
    &machine::SYSCTLS,
    &machine::ULIMITS,
    &machine::SHM_SIZE,
    &machine::NODE_SELECTOR,
    &machine::TOLERATION,
    &machine::PRIORITY_CLASS,
    &machine::RUNTIME_CLASS,
    &machine::SERVICE_ACCOUNT,
    &METRICS,
    &SESSION,
    &slo::SCHEMA,
    &job::SCHEMA,
    &CI,
    &super::lint::SCHEMA,
];

/// The node.
pub const SCHEMA: Schema = named(
    "service",
    "A program that runs for as long as the system does. Two lines are a whole one; every default \
     stands in `stdlib/defaults.kdl`.",
)
.parts(PARTS)
.props(&[
    check_only(
        "like",
        Type::Ref("archetype"),
        "Archetype it starts from; `image` for one that names an image, itself or by an archetype of yours, and has no `build`.",
    ),
    workload::AS,
])
.new_by("build image like");

/// Reads a merged `service` or `function`.
pub fn read(item: &Item) -> Service {
    let at = item.path();
    let owner = item.part("owner");
    let ci = item.part("ci");
    let on: Vec<&Item> = item.all("on").collect();
    let mut subscribes = edges::read_subscribes(item, &at);
    subscribes.extend(on.iter().filter_map(|part| function::trigger(part, item, &at)));
    subscribes.sort_by(|left, right| left.topic.value.cmp(&right.topic.value));
    Service {
        name: item.name(),
        function: (item.schema.node == "function").then(|| function::read(item, &on)),
        owner: owner.and_then(Item::value_text).unwrap_or_default(),
        contact: owner.and_then(|owner| owner.text("contact")).unwrap_or_default(),
        tier: item.part("tier").and_then(Item::value_int),
        context: item.part("context").and_then(Item::value_at),
        layer: item.part("layer").and_then(Item::value_at),
        zone: item.part("zone").and_then(Item::value_at),
        internal: item.flag("internal").filter(|at| at.value),
        run: workload::read(item),
        apis: sorted(item.all("api").map(|part| api::read(part, &at)).collect(), |it| &it.name),
        calls: edges::read_calls(item, &at),
        uses: edges::read_uses(item, &at),
        after: edges::read_after(item, &at),
        publishes: edges::read_publishes(item, &at),
        subscribes,
        refers: vec![],
        egress: super::egress::read(item, &at),
        scale: read_scale(item),
        slo: item.part("slo").map(|part| slo::read(part, &at)),
        jobs: sorted(item.all("job").map(|part| job::read(part, &at)).collect(), |it| &it.name),
        session: item.part("session").and_then(read_session),
        metrics: read_metrics(item),
        lint: ci.and_then(|ci| ci.part("lint")).and_then(Item::value_text),
        test: ci.and_then(|ci| ci.part("test")).and_then(Item::value_text),
        at,
    }
}

fn sorted<T>(mut list: Vec<T>, key: impl Fn(&T) -> &At<String>) -> Vec<T> {
    list.sort_by(|left, right| key(left).value.cmp(&key(right).value));
    list.shrink_to_fit();
    list
}

fn read_session(part: &Item) -> Option<Session> {
    Some(Session { kind: part.value_at()?, store: part.text_at("store") })
}

fn read_metrics(item: &Item) -> Metrics {
    const PORT: u16 = 9_464;
    let part = item.part("metrics");
    let function = item.schema.node == "function";
    let text =
        |name: &str, default: &str| part.and_then(|part| part.text(name)).unwrap_or_else(|| default.into());
    Metrics {
        port: part
            .map(|part| part.int("port").map_or(PORT, |at| at.value as u16))
            .or(function.then_some(PORT)),
        path: text("path", "/metrics"),
        requests: text("requests", "http_requests_total"),
        duration: text("duration", "http_request_duration_seconds"),
        buckets: part.and_then(|part| part.text_at("buckets")),
    }
}

/// Data that outlive a container belong to one instance, unless somebody says how many there are.
fn read_scale(item: &Item) -> Scale {
    let scale = workload::read_scale(item);
    let kept = item
        .all("volume")
        .any(|it| !it.is("temporary") && it.field("from").is_none() && it.field("host").is_none());
    let said = scale.min.origin.layer.max(scale.max.origin.layer) >= Layer::Archetype;
    match kept && !said {
        true => Scale { min: At { value: 1, ..scale.min }, max: At { value: 1, ..scale.max }, ..scale },
        false => scale,
    }
}
