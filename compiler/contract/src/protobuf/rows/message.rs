//! Messages.

use crate::Row;
use bastide_report::version::Bump::{Major, Minor};

/// The rows, by name.
pub const ROWS: &[Row] = &[
    DESCRIPTOR_ACCESSOR_REMOVED,
    EXTENSION_RANGE_ADDED,
    EXTENSION_RANGE_REMOVED,
    MESSAGE_JSON_FORMAT_WEAKENED,
    MESSAGE_RESERVED_REMOVED,
    MESSAGE_SET_FORMAT_CHANGED,
    ONEOF_ADDED,
    ONEOF_REMOVED,
    RESERVED_ADDED,
];

/// A message is made without its standard accessor `descriptor()`.
pub const DESCRIPTOR_ACCESSOR_REMOVED: Row = Row {
    name: "protobuf/descriptor-accessor-removed",
    bump: Minor,
    docs: "A message is made without its standard accessor `descriptor()`.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR`.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order {}"#,
    new: r#"syntax = "proto2";
package acme.v1;
message Order { option no_standard_descriptor_accessor = true; }"#,
};

/// A message leaves more numbers to extensions.
pub const EXTENSION_RANGE_ADDED: Row = Row {
    name: "protobuf/extension-range-added",
    bump: Minor,
    docs: "A message leaves more numbers to extensions.\n\n\
           Nobody uses them yet.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 149; }"#,
    new: r#"syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 199; }"#,
};

/// A message no longer leaves some numbers to extensions.
pub const EXTENSION_RANGE_REMOVED: Row = Row {
    name: "protobuf/extension-range-removed",
    bump: Minor,
    docs: "A message no longer leaves some numbers to extensions.\n\n\
           Extensions with these numbers no longer compile. Bytes and JSON stay as they are, but code generated \
           from the new file is another: whoever compiles against it must follow. It takes a minor number, and \
           a major one where generated code counts (`source`). Keep the range. buf: \
           `EXTENSION_MESSAGE_NO_DELETE`.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 199; }"#,
    new: r#"syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 149; }"#,
};

/// A message no longer promises a JSON form: its feature `json_format` went from `ALLOW` to `LEGACY_BEST_EFFORT`.
pub const MESSAGE_JSON_FORMAT_WEAKENED: Row = Row {
    name: "protobuf/message-json-format-weakened",
    bump: Major,
    docs: "A message no longer promises a JSON form: its feature `json_format` went from `ALLOW` to \
           `LEGACY_BEST_EFFORT`.\n\n\
           Peers that speak JSON, and gateways that translate to it, may be refused or misread. Keep `ALLOW`. \
           buf: `MESSAGE_SAME_JSON_FORMAT`.",
    old: r#"edition = "2023";
package acme.v1;
message Order {}"#,
    new: r#"edition = "2023";
package acme.v1;
message Order { option features.json_format = LEGACY_BEST_EFFORT; }"#,
};

/// A message no longer reserves a number or a name.
pub const MESSAGE_RESERVED_REMOVED: Row = Row {
    name: "protobuf/message-reserved-removed",
    bump: Major,
    docs: "A message no longer reserves a number or a name.\n\n\
           Somebody once used it; used again for something else, old bytes or old JSON are read as what they \
           are not. Keep the reservation for ever. buf: `RESERVED_MESSAGE_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { reserved 2; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}"#,
};

/// A message takes on or gives up the wire format of message sets.
pub const MESSAGE_SET_FORMAT_CHANGED: Row = Row {
    name: "protobuf/message-set-format-changed",
    bump: Major,
    docs: "A message takes on or gives up the wire format of message sets.\n\n\
           Its bytes are other bytes. Make a new message instead.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order { extensions 4 to 100; }"#,
    new: r#"syntax = "proto2";
package acme.v1;
message Order { option message_set_wire_format = true; extensions 4 to 100; }"#,
};

/// A oneof is new.
pub const ONEOF_ADDED: Row = Row {
    name: "protobuf/oneof-added",
    bump: Minor,
    docs: "A oneof is new.\n\n\
           Fields that moved into it are told there.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; oneof payment { string card = 2; } }"#,
};

/// A oneof is gone.
pub const ONEOF_REMOVED: Row = Row {
    name: "protobuf/oneof-removed",
    bump: Minor,
    docs: "A oneof is gone.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). Whether its fields went or stayed is told at each of them. Keep it. buf: \
           `ONEOF_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { oneof payment { string card = 1; } }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { reserved 1; reserved "card"; }"#,
};

/// A message or enum reserves more numbers or names.
pub const RESERVED_ADDED: Row = Row {
    name: "protobuf/reserved-added",
    bump: Minor,
    docs: "A message or enum reserves more numbers or names.\n\n\
           Nothing changes for anybody.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { reserved 2; }"#,
};
