//! The language: one file per kind, each with its table, and how the merged node is read.

pub mod api;
pub mod app;
pub mod archetype;
pub mod delivery;
pub mod edges;
pub mod egress;
pub mod environment;
pub mod external;
pub mod function;
pub mod gateway;
pub mod health;
pub mod job;
pub mod lint;
pub mod machine;
pub mod messaging;
pub mod platform;
pub mod port;
pub mod resource;
pub mod resource_type;
pub mod saga;
pub mod service;
pub mod size;
pub mod slo;
pub mod target;
pub mod volume;
pub mod workload;

use crate::schema::{Schema, node};

/// Kinds that name things, in the order a spec is best read. All of them may stand in an environment, as overlays.
pub const OVERLAYS: &[&Schema] = &[
    &service::SCHEMA,
    &function::SCHEMA,
    &resource::SCHEMA,
    &messaging::TOPIC,
    &messaging::QUEUE,
    &volume::SCHEMA,
    &external::SCHEMA,
    &gateway::SCHEMA,
    &saga::SCHEMA,
    &delivery::SCHEMA,
    &lint::SCHEMA,
    // From here on the environment's own parts.
    environment::OWN_PARTS[0],
    environment::OWN_PARTS[1],
    environment::OWN_PARTS[2],
    environment::OWN_PARTS[3],
    environment::OWN_PARTS[4],
    environment::OWN_PARTS[5],
    environment::OWN_PARTS[6],
];

const ENVIRONMENT: Schema = environment::schema(OVERLAYS);

/// Every node that may stand at the top of a file.
pub const KINDS: &[&Schema] = &[
    &app::SCHEMA,
    &archetype::INCLUDE,
    &ENVIRONMENT,
    &service::SCHEMA,
    &function::SCHEMA,
    &resource::SCHEMA,
    &messaging::TOPIC,
    &messaging::QUEUE,
    &volume::SCHEMA,
    &external::SCHEMA,
    &gateway::SCHEMA,
    &saga::SCHEMA,
    &delivery::SCHEMA,
    &lint::SCHEMA,
    &lint::POLICY,
    &archetype::SCHEMA,
    &archetype::DEFAULTS,
    &resource_type::SCHEMA,
];

/// The top of a file, as a node that holds every kind.
pub const ROOT: Schema = node("spec", "The whole spec.").parts(KINDS);
