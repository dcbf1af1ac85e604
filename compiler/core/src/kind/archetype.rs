//! `archetype`, `defaults` and `include`: how what is common is written once.

use super::{function, messaging, resource, service};
use crate::schema::{Repeat, Schema, Type, named, node, prop, values};

/// `archetype`.
pub const SCHEMA: Schema =
    named("archetype", "Parts that services share: `service \"x\" like=\"web\"` begins with them.")
        .parts(service::PARTS)
        .props(&[
            prop("like", Type::Ref("archetype"), "Archetype this one starts from."),
            prop("about", Type::Text, "One sentence for the reference page."),
            super::workload::AS,
        ]);

/// `include`.
pub const INCLUDE: Schema = values(
    "include",
    Type::Text,
    "Reads further files as if they stood here. Patterns are relative to this file, sorted, and \
     never leave the project.",
)
.repeat(Repeat::Each);

const fn base(kind: &'static str, parts: &'static [&'static Schema]) -> Schema {
    node(kind, "What every node of this kind begins with.").parts(parts)
}
const SERVICE: Schema = base("service", service::PARTS);
const FUNCTION: Schema = base("function", function::SCHEMA.parts);
const RESOURCE: Schema = base("resource", resource::SCHEMA.parts);
const TOPIC: Schema = base("topic", messaging::TOPIC.parts);
const QUEUE: Schema = base("queue", messaging::QUEUE.parts);
const GATEWAY: Schema = base("gateway", super::gateway::SCHEMA.parts);
const ROUTE: Schema = base("route", super::gateway::ROUTE.parts);
const CALLS: Schema = base("calls", &[]).props(super::edges::CALLS.props);
const JOB: Schema = base("job", &[]).props(super::job::SCHEMA.props);
const SIDECAR: Schema = base("sidecar", super::workload::SIDECAR.parts);
const RUNS: Schema = base("runs", &[&super::size::SCHEMA]);
const DELIVERY: Schema = base("delivery", super::delivery::SCHEMA.parts);

/// `defaults`.
pub const DEFAULTS: Schema = node(
    "defaults",
    "What every node of a kind begins with. The language's own stand in `stdlib/defaults.kdl`; a \
     project's go on top.",
)
.repeat(Repeat::Each)
.parts(&[
    &SERVICE, &FUNCTION, &RESOURCE, &TOPIC, &QUEUE, &GATEWAY, &ROUTE, &CALLS, &JOB, &SIDECAR, &RUNS,
    &DELIVERY,
]);
