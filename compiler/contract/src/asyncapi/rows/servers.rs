//! Rows of servers.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] = &[SERVER_ADDED, SERVER_ADDRESS, SERVER_PROTOCOL, SERVER_REMOVED, SERVER_RENAMED];

/// `asyncapi/server-added`.
pub const SERVER_ADDED: Row = Row {
    name: "asyncapi/server-added",
    bump: Bump::Minor,
    docs: "A server is new.",
    old: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka}",
    new: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka}\n\
              \x20 us: {host: \"us:9092\", protocol: kafka}",
};

/// `asyncapi/server-address-changed`.
pub const SERVER_ADDRESS: Row = Row {
    name: "asyncapi/server-address-changed",
    bump: Bump::Major,
    docs: "A server is at another address. Those who connect to the old one find nothing. Add a server, \
           and keep the old one for a while.",
    old: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka}",
    new: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: \"eu:9093\", protocol: kafka}",
};

/// `asyncapi/server-protocol-changed`.
pub const SERVER_PROTOCOL: Row = Row {
    name: "asyncapi/server-protocol-changed",
    bump: Bump::Major,
    docs: "A server speaks another protocol, or another version of it. Clients of the old one are not \
           understood. Where a version is said that was not, it takes a minor number.",
    old: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka}",
    new: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: amqp}",
};

/// `asyncapi/server-removed`.
pub const SERVER_REMOVED: Row = Row {
    name: "asyncapi/server-removed",
    bump: Bump::Major,
    docs: "A server is gone. Those who connect to it find nothing. Keep it until nobody does.",
    old: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka}\n\
              \x20 us: {host: \"us:9092\", protocol: kafka}",
    new: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka}",
};

/// `asyncapi/server-renamed`.
pub const SERVER_RENAMED: Row = Row {
    name: "asyncapi/server-renamed",
    bump: Bump::Patch,
    docs: "A server has another name in the document; its address and protocol are the same.",
    old: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: \"eu:9092\", protocol: kafka}",
    new: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 europe: {host: \"eu:9092\", protocol: kafka}",
};
