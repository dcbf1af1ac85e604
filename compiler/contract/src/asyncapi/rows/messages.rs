//! Rows of messages.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] = &[
    CONTENT_TYPE,
    CORRELATION,
    MESSAGE_ADDED,
    MESSAGE_REMOVED,
    MESSAGE_RENAMED,
    PAYLOAD_UNREAD,
    SCHEMA_FORMAT,
];

/// `asyncapi/content-type-changed`.
pub const CONTENT_TYPE: Row = Row {
    name: "asyncapi/content-type-changed",
    bump: Bump::Major,
    docs: "A message is encoded otherwise. Those who read it as before fail. Send it on another \
           channel. Where nothing was said it takes a minor number.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {contentType: application/json}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {contentType: application/xml}}}",
};

/// `asyncapi/correlation-id-changed`.
pub const CORRELATION: Row = Row {
    name: "asyncapi/correlation-id-changed",
    bump: Bump::Major,
    docs: "The id that ties messages together stands at another place. Those who look at the old place \
           find none. Where none was said it takes a minor number.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {correlationId: {location: \"$message.header#/id\"}}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {correlationId: {location: \"$message.header#/key\"}}}}",
};

/// `asyncapi/message-added`.
pub const MESSAGE_ADDED: Row = Row {
    name: "asyncapi/message-added",
    bump: Bump::Minor,
    docs: "A message is new on a channel. Those who read the channel must do with one they do not know; \
           with `strict` it takes a major number where the application sends it.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}, sent: {}}}",
};

/// `asyncapi/message-removed`.
pub const MESSAGE_REMOVED: Row = Row {
    name: "asyncapi/message-removed",
    bump: Bump::Major,
    docs: "A message is gone from a channel. Those who send or await it are let down. Keep it until \
           nobody does.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}, sent: {}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}",
};

/// `asyncapi/message-renamed`.
pub const MESSAGE_RENAMED: Row = Row {
    name: "asyncapi/message-renamed",
    bump: Bump::Minor,
    docs: "A message has another `name`. Generated code has another name; where that counts (`source`) \
           it takes a major number.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {name: OrderPlaced}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {name: Placed}}}",
};

/// `asyncapi/payload-not-judged`.
pub const PAYLOAD_UNREAD: Row = Row {
    name: "asyncapi/payload-not-judged",
    bump: Bump::Major,
    docs: "A payload changed that is described in a language which is not read here. It counts as a \
           break until somebody has looked: compare it with a tool of that language.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {payload: {schemaFormat: \"application/raml+yaml;version=1.0\", schema: {type: string}}}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {payload: {schemaFormat: \"application/raml+yaml;version=1.0\", schema: {type: number}}}}}",
};

/// `asyncapi/schema-format-changed`.
pub const SCHEMA_FORMAT: Row = Row {
    name: "asyncapi/schema-format-changed",
    bump: Bump::Major,
    docs: "A payload is described in another schema language, so that the two cannot be compared. It \
           counts as a break until somebody has looked.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {payload: {type: string}}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {payload: {schemaFormat: \"application/vnd.apache.avro;version=1.9.0\", schema: string}}}}",
};
