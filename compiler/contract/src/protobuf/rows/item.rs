//! Messages, enums, extensions and services as wholes.

use crate::Row;
use bastide_report::version::Bump::{Major, Minor};

/// The rows, by name.
pub const ROWS: &[Row] = &[
    ENUM_ADDED,
    ENUM_MOVED,
    ENUM_REMOVED,
    EXTENSION_ADDED,
    EXTENSION_MOVED,
    EXTENSION_REMOVED,
    MESSAGE_ADDED,
    MESSAGE_MOVED,
    MESSAGE_REMOVED,
    SERVICE_ADDED,
    SERVICE_MOVED,
    SERVICE_REMOVED,
];

/// An enum is new.
pub const ENUM_ADDED: Row = Row {
    name: "protobuf/enum-added",
    bump: Minor,
    docs: "An enum is new.\n\n\
           Nobody depends on it yet.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; }
message Order {}"#,
};

/// An enum moved to another file of its package.
pub const ENUM_MOVED: Row = Row {
    name: "protobuf/enum-moved",
    bump: Minor,
    docs: "An enum moved to another file of its package.\n\n\
           Its full name is the same, so nothing changes on the wire; code that includes or imports the \
           generated file by name must follow. It takes a minor number, and a major one where generated code \
           counts (`source`). Leave it where it is, or import the new file publicly from the old one. buf: \
           `ENUM_NO_DELETE`.",
    old: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}
enum Size { SIZE_UNKNOWN = 0; }
// file: b.proto
syntax = "proto3";
package acme.v1;
message Other {}"#,
    new: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}

// file: b.proto
syntax = "proto3";
package acme.v1;
message Other {}
enum Size { SIZE_UNKNOWN = 0; }"#,
};

/// An enum is gone from its package.
pub const ENUM_REMOVED: Row = Row {
    name: "protobuf/enum-removed",
    bump: Minor,
    docs: "An enum is gone from its package.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). Keep it and mark it deprecated until nobody uses it. buf: `ENUM_NO_DELETE`, \
           `PACKAGE_ENUM_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; }
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}"#,
};

/// An extension is new.
pub const EXTENSION_ADDED: Row = Row {
    name: "protobuf/extension-added",
    bump: Minor,
    docs: "An extension is new.\n\n\
           Nobody depends on it yet.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 199; }"#,
    new: r#"syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 199; }
extend Order { optional string note = 100; }"#,
};

/// An extension moved to another file of its package.
pub const EXTENSION_MOVED: Row = Row {
    name: "protobuf/extension-moved",
    bump: Minor,
    docs: "An extension moved to another file of its package.\n\n\
           Its full name is the same, so nothing changes on the wire; code that includes or imports the \
           generated file by name must follow. It takes a minor number, and a major one where generated code \
           counts (`source`). Leave it where it is, or import the new file publicly from the old one. buf: \
           `EXTENSION_NO_DELETE`.",
    old: r#"// file: a.proto
syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 199; }
extend Order { optional string note = 100; }
// file: b.proto
syntax = "proto2";
package acme.v1;
message Other {}"#,
    new: r#"// file: a.proto
syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 199; }

// file: b.proto
syntax = "proto2";
package acme.v1;
import "a.proto";
message Other {}
extend Order { optional string note = 100; }"#,
};

/// An extension is gone from its package.
pub const EXTENSION_REMOVED: Row = Row {
    name: "protobuf/extension-removed",
    bump: Minor,
    docs: "An extension is gone from its package.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). Old bytes that hold it are kept as unknown fields. Keep it and mark it deprecated until \
           nobody uses it. buf: `EXTENSION_NO_DELETE`, `PACKAGE_EXTENSION_NO_DELETE`.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 199; }
extend Order { optional string note = 100; }"#,
    new: r#"syntax = "proto2";
package acme.v1;
message Order { extensions 100 to 199; }"#,
};

/// A message is new.
pub const MESSAGE_ADDED: Row = Row {
    name: "protobuf/message-added",
    bump: Minor,
    docs: "A message is new.\n\n\
           Nobody depends on it yet.",
    old: r#"syntax = "proto3";
package acme.v1;
message Cart {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Cart {}
message Order {}"#,
};

/// A message moved to another file of its package.
pub const MESSAGE_MOVED: Row = Row {
    name: "protobuf/message-moved",
    bump: Minor,
    docs: "A message moved to another file of its package.\n\n\
           Its full name is the same, so nothing changes on the wire; code that includes or imports the \
           generated file by name must follow. It takes a minor number, and a major one where generated code \
           counts (`source`). Leave it where it is, or import the new file publicly from the old one. buf: \
           `MESSAGE_NO_DELETE`.",
    old: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Cart {}
message Order {}
// file: b.proto
syntax = "proto3";
package acme.v1;
message Other {}"#,
    new: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Cart {}

// file: b.proto
syntax = "proto3";
package acme.v1;
message Other {}
message Order {}"#,
};

/// A message is gone from its package.
pub const MESSAGE_REMOVED: Row = Row {
    name: "protobuf/message-removed",
    bump: Minor,
    docs: "A message is gone from its package.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). Keep it and mark it deprecated until nobody uses it. buf: `MESSAGE_NO_DELETE`, \
           `PACKAGE_MESSAGE_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Cart {}
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Cart {}"#,
};

/// A service is new.
pub const SERVICE_ADDED: Row = Row {
    name: "protobuf/service-added",
    bump: Minor,
    docs: "A service is new.\n\n\
           Nobody depends on it yet.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}
service Orders { rpc Get(Order) returns (Order); }"#,
};

/// A service moved to another file of its package.
pub const SERVICE_MOVED: Row = Row {
    name: "protobuf/service-moved",
    bump: Minor,
    docs: "A service moved to another file of its package.\n\n\
           Its full name is the same, so nothing changes on the wire; code that includes or imports the \
           generated file by name must follow. It takes a minor number, and a major one where generated code \
           counts (`source`). Leave it where it is, or import the new file publicly from the old one. buf: \
           `SERVICE_NO_DELETE`.",
    old: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}
service Orders { rpc Get(Order) returns (Order); }
// file: b.proto
syntax = "proto3";
package acme.v1;
message Other {}"#,
    new: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}
// file: b.proto
syntax = "proto3";
package acme.v1;
import "a.proto";
message Other {}
service Orders { rpc Get(Order) returns (Order); }"#,
};

/// A service is gone.
pub const SERVICE_REMOVED: Row = Row {
    name: "protobuf/service-removed",
    bump: Major,
    docs: "A service is gone.\n\n\
           Every call of its methods is answered with `UNIMPLEMENTED` from the day the server moves, although \
           buf calls this breaking in source only. Keep the service and mark it deprecated until nobody calls \
           it. buf: `SERVICE_NO_DELETE`, `PACKAGE_SERVICE_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}
service Orders { rpc Get(Order) returns (Order); }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}"#,
};
