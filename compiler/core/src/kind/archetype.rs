//! `archetype`, `defaults` and `include`: how what is common is written once.

use super::{function, messaging, resource, service};
use crate::schema::{Arg, EMPTY, Repeat, Schema, Type, prop};

/// `archetype`.
pub const SCHEMA: Schema = Schema {
    node: "archetype",
    docs: "Parts that services share: `service \"x\" like=\"web\"` begins with them.",
    arg: Arg::Name,
    props: &[
        prop("like", Type::Ref(&["archetype"]), "Archetype this one starts from."),
        prop("about", Type::Text, "One sentence for the reference page."),
    ],
    parts: service::PARTS,
    repeat: Repeat::ByKey,
    ..EMPTY
};

/// `include`.
pub const INCLUDE: Schema = Schema {
    node: "include",
    docs: "Reads further files as if they stood here. Patterns are relative to this file, sorted, and never leave the project.",
    arg: Arg::Values(Type::Text),
    repeat: Repeat::Each,
    ..EMPTY
};

const fn base(node: &'static str, parts: &'static [&'static Schema]) -> Schema {
    Schema { node, docs: "What every node of this kind begins with.", parts, ..EMPTY }
}
const SERVICE: Schema = base("service", service::PARTS);
const FUNCTION: Schema = base("function", function::SCHEMA.parts);
const RESOURCE: Schema = base("resource", resource::SCHEMA.parts);
const TOPIC: Schema = base("topic", messaging::TOPIC.parts);
const QUEUE: Schema = base("queue", messaging::QUEUE.parts);
const GATEWAY: Schema = base("gateway", super::gateway::SCHEMA.parts);
const ROUTE: Schema = base("route", super::gateway::ROUTE.parts);
const CALLS: Schema = Schema { props: super::edges::CALLS.props, ..base("calls", &[]) };
const JOB: Schema = Schema { props: super::job::SCHEMA.props, ..base("job", &[]) };
const DELIVERY: Schema = base("delivery", super::delivery::SCHEMA.parts);

/// `defaults`.
pub const DEFAULTS: Schema = Schema {
    node: "defaults",
    docs: "What every node of a kind begins with. The language's own stand in `stdlib/defaults.kdl`; a project's go on top.",
    parts: &[&SERVICE, &FUNCTION, &RESOURCE, &TOPIC, &QUEUE, &GATEWAY, &ROUTE, &CALLS, &JOB, &DELIVERY],
    repeat: Repeat::Each,
    ..EMPTY
};
