//! Services and their methods.

use crate::Row;
use bastide_report::version::Bump::{Major, Minor};

/// The rows, by name.
pub const ROWS: &[Row] = &[
    RPC_ADDED,
    RPC_CLIENT_STREAMING_CHANGED,
    RPC_IDEMPOTENCY_CHANGED,
    RPC_REMOVED,
    RPC_REQUEST_TYPE_CHANGED,
    RPC_RESPONSE_TYPE_CHANGED,
    RPC_SERVER_STREAMING_CHANGED,
];

/// A method is new.
pub const RPC_ADDED: Row = Row {
    name: "protobuf/rpc-added",
    bump: Minor,
    docs: "A method is new.\n\n\
           Nobody calls it yet.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order); }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order); rpc Put(Order) returns (Order); }"#,
};

/// A method takes a stream where it took one message, or the other way round.
pub const RPC_CLIENT_STREAMING_CHANGED: Row = Row {
    name: "protobuf/rpc-client-streaming-changed",
    bump: Major,
    docs: "A method takes a stream where it took one message, or the other way round.\n\n\
           Old callers speak the other protocol. Add a method. buf: `RPC_SAME_CLIENT_STREAMING`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order); }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(stream Query) returns (Order); }"#,
};

/// A method promises something else about being called twice.
pub const RPC_IDEMPOTENCY_CHANGED: Row = Row {
    name: "protobuf/rpc-idempotency-changed",
    bump: Major,
    docs: "A method promises something else about being called twice.\n\n\
           Proxies and callers that retry, or that send it as `GET`, rely on the old promise. buf: \
           `RPC_SAME_IDEMPOTENCY_LEVEL`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order) { option idempotency_level = NO_SIDE_EFFECTS; } }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order); }"#,
};

/// A method is gone.
pub const RPC_REMOVED: Row = Row {
    name: "protobuf/rpc-removed",
    bump: Major,
    docs: "A method is gone.\n\n\
           Every call of it is answered with `UNIMPLEMENTED` from the day the server moves, although buf calls \
           this breaking in source only. Keep it and mark it deprecated until nobody calls it. buf: \
           `RPC_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order); rpc Put(Order) returns (Order); }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order); }"#,
};

/// A method takes another message.
pub const RPC_REQUEST_TYPE_CHANGED: Row = Row {
    name: "protobuf/rpc-request-type-changed",
    bump: Major,
    docs: "A method takes another message.\n\n\
           What old callers send is read as what it is not. Add a method. buf: `RPC_SAME_REQUEST_TYPE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order); }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Order) returns (Order); }"#,
};

/// A method gives another message.
pub const RPC_RESPONSE_TYPE_CHANGED: Row = Row {
    name: "protobuf/rpc-response-type-changed",
    bump: Major,
    docs: "A method gives another message.\n\n\
           Old callers read it as what it is not. Add a method. buf: `RPC_SAME_RESPONSE_TYPE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order); }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Query); }"#,
};

/// A method gives a stream where it gave one message, or the other way round.
pub const RPC_SERVER_STREAMING_CHANGED: Row = Row {
    name: "protobuf/rpc-server-streaming-changed",
    bump: Major,
    docs: "A method gives a stream where it gave one message, or the other way round.\n\n\
           Old callers speak the other protocol. Add a method. buf: `RPC_SAME_SERVER_STREAMING`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (Order); }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}
message Query {}
service Orders { rpc Get(Query) returns (stream Order); }"#,
};
