//! Rows of channels.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] =
    &[CHANNEL_ADDED, CHANNEL_ADDRESS, CHANNEL_REMOVED, SERVER_JOINED, SERVER_LEFT, PARAMETER_LOCATION];

/// `asyncapi/channel-added`.
pub const CHANNEL_ADDED: Row = Row {
    name: "asyncapi/channel-added",
    bump: Bump::Minor,
    docs: "A channel is new.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed}\n\
              \x20 paid: {address: orders.paid}",
};

/// `asyncapi/channel-address-changed`.
pub const CHANNEL_ADDRESS: Row = Row {
    name: "asyncapi/channel-address-changed",
    bump: Bump::Major,
    docs: "A channel has another address: the topic was renamed. Those on the old one hear nothing. \
           Send to both until all have moved. Other names of parameters in the address are no change.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: shop.orders.placed}",
};

/// `asyncapi/channel-removed`.
pub const CHANNEL_REMOVED: Row = Row {
    name: "asyncapi/channel-removed",
    bump: Bump::Major,
    docs: "A channel is gone, with all that travelled on it. Keep it until nobody is on it.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed}\n\
              \x20 paid: {address: orders.paid}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed}",
};

/// `asyncapi/channel-server-added`.
pub const SERVER_JOINED: Row = Row {
    name: "asyncapi/channel-server-added",
    bump: Bump::Minor,
    docs: "A channel is on one more server.",
    old: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: eu, protocol: kafka}\n\
              \x20 us: {host: us, protocol: kafka}\n\
              channels:\n\
              \x20 placed: {address: orders.placed, servers: [{$ref: \"#/servers/eu\"}]}",
    new: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: eu, protocol: kafka}\n\
              \x20 us: {host: us, protocol: kafka}\n\
              channels:\n\
              \x20 placed: {address: orders.placed}",
};

/// `asyncapi/channel-server-removed`.
pub const SERVER_LEFT: Row = Row {
    name: "asyncapi/channel-server-removed",
    bump: Bump::Major,
    docs: "A channel is no longer on a server that is still there. Those who look for it there find \
           nothing.",
    old: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: eu, protocol: kafka}\n\
              \x20 us: {host: us, protocol: kafka}\n\
              channels:\n\
              \x20 placed: {address: orders.placed}",
    new: "asyncapi: 3.0.0\n\
              servers:\n\
              \x20 eu: {host: eu, protocol: kafka}\n\
              \x20 us: {host: us, protocol: kafka}\n\
              channels:\n\
              \x20 placed: {address: orders.placed, servers: [{$ref: \"#/servers/eu\"}]}",
};

/// `asyncapi/parameter-location-changed`.
pub const PARAMETER_LOCATION: Row = Row {
    name: "asyncapi/parameter-location-changed",
    bump: Bump::Major,
    docs: "A parameter of an address is taken from another place of the message. Messages that have it \
           at the old place go astray.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: \"orders.{region}\", parameters: {region: {location: \"$message.header#/region\"}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: \"orders.{region}\", parameters: {region: {location: \"$message.payload#/region\"}}}",
};
