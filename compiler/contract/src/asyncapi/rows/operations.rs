//! Rows of operations.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] = &[
    ACTION,
    OPERATION_ADDED,
    CHANNEL,
    MESSAGE_JOINED,
    MESSAGE_LEFT,
    OPERATION_REMOVED,
    RENAMED,
    REPLY_ADDED,
    REPLY_CHANGED,
    REPLY_REMOVED,
];

/// `asyncapi/operation-action-changed`.
pub const ACTION: Row = Row {
    name: "asyncapi/operation-action-changed",
    bump: Bump::Major,
    docs: "The application sends where it received, or receives where it sent. Its peers wait for it, \
           or talk to nobody. Add another operation instead.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: send, channel: {$ref: \"#/channels/placed\"}}",
};

/// `asyncapi/operation-added`.
pub const OPERATION_ADDED: Row = Row {
    name: "asyncapi/operation-added",
    bump: Bump::Minor,
    docs: "An operation is new.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}}",
};

/// `asyncapi/operation-channel-changed`.
pub const CHANNEL: Row = Row {
    name: "asyncapi/operation-channel-changed",
    bump: Bump::Major,
    docs: "An operation is on another channel. Its peers are on the old one. Add another operation \
           instead.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed}\n\
              \x20 paid: {address: orders.paid}\n\
              operations:\n\
              \x20 on: {action: send, channel: {$ref: \"#/channels/placed\"}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed}\n\
              \x20 paid: {address: orders.paid}\n\
              operations:\n\
              \x20 on: {action: send, channel: {$ref: \"#/channels/paid\"}}",
};

/// `asyncapi/operation-message-added`.
pub const MESSAGE_JOINED: Row = Row {
    name: "asyncapi/operation-message-added",
    bump: Bump::Minor,
    docs: "An operation takes one more of its channel's messages.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}, messages: [{$ref: \"#/channels/placed/messages/placed\"}]}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}, messages: [{$ref: \"#/channels/placed/messages/placed\"}, {$ref: \"#/channels/placed/messages/paid\"}]}",
};

/// `asyncapi/operation-message-removed`.
pub const MESSAGE_LEFT: Row = Row {
    name: "asyncapi/operation-message-removed",
    bump: Bump::Major,
    docs: "An operation takes a message no more that its channel still has. Peers who send or await it \
           are let down.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}, messages: [{$ref: \"#/channels/placed/messages/placed\"}, {$ref: \"#/channels/placed/messages/paid\"}]}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}, messages: [{$ref: \"#/channels/placed/messages/placed\"}]}",
};

/// `asyncapi/operation-removed`.
pub const OPERATION_REMOVED: Row = Row {
    name: "asyncapi/operation-removed",
    bump: Bump::Major,
    docs: "An operation is gone from a channel that is still there: nobody sends, or nobody listens, \
           any more. Keep it until nobody relies on it.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}",
};

/// `asyncapi/operation-renamed`.
pub const RENAMED: Row = Row {
    name: "asyncapi/operation-renamed",
    bump: Bump::Minor,
    docs: "An operation has another id; channel and action are the same. Generated code has another \
           name; where that counts (`source`) it takes a major number.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 placed: {action: receive, channel: {$ref: \"#/channels/placed\"}}",
};

/// `asyncapi/reply-added`.
pub const REPLY_ADDED: Row = Row {
    name: "asyncapi/reply-added",
    bump: Bump::Minor,
    docs: "An operation is answered that was not. Nobody waits for it yet.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}, reply: {address: {location: \"$message.header#/replyTo\"}}}",
};

/// `asyncapi/reply-changed`.
pub const REPLY_CHANGED: Row = Row {
    name: "asyncapi/reply-changed",
    bump: Bump::Major,
    docs: "An operation is answered at another place. Those who wait at the old one hear nothing.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}, reply: {address: {location: \"$message.header#/replyTo\"}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}, reply: {address: {location: \"$message.header#/answerTo\"}}}",
};

/// `asyncapi/reply-removed`.
pub const REPLY_REMOVED: Row = Row {
    name: "asyncapi/reply-removed",
    bump: Bump::Major,
    docs: "An operation is answered no more. Those who wait for the answer wait for ever.",
    old: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}, reply: {address: {location: \"$message.header#/replyTo\"}}}",
    new: "asyncapi: 3.0.0\n\
              channels:\n\
              \x20 placed: {address: orders.placed, messages: {placed: {}, paid: {}}}\n\
              operations:\n\
              \x20 onPlaced: {action: receive, channel: {$ref: \"#/channels/placed\"}}",
};
