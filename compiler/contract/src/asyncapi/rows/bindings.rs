//! Rows of what documents say to brokers.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] = &[BINDING_ADDRESS, BINDING_CHANGED];

/// `asyncapi/binding-address-changed`.
pub const BINDING_ADDRESS: Row = Row {
    name: "asyncapi/binding-address-changed",
    bump: Bump::Major,
    docs: "A binding names another topic, queue, exchange, key or method. Those who use the old one \
           talk to something else.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders, bindings: {kafka: {topic: orders-v1}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders, bindings: {kafka: {topic: orders-v2}}}",
};

/// `asyncapi/binding-changed`.
pub const BINDING_CHANGED: Row = Row {
    name: "asyncapi/binding-changed",
    bump: Bump::Minor,
    docs: "A setting of a broker is another one: partitions, retention, quality of service. Messages \
           are the same; look whether anybody relies on it.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders, bindings: {kafka: {partitions: 3}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders, bindings: {kafka: {partitions: 6}}}",
};
