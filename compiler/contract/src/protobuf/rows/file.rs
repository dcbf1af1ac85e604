//! Files, packages, dialects.

use crate::Row;
use bastide_report::version::Bump::{Major, Minor};

/// The rows, by name.
pub const ROWS: &[Row] = &[
    EDITION_CHANGED,
    FILE_ADDED,
    FILE_REMOVED,
    IMPORT_DROPPED,
    PACKAGE_CHANGED,
    PACKAGE_REMOVED,
    SYNTAX_CHANGED,
];

/// A file moved to another edition.
pub const EDITION_CHANGED: Row = Row {
    name: "protobuf/edition-changed",
    bump: Minor,
    docs: "A file moved to another edition.\n\n\
           What that means for each field and enum is told there; the rest of it is the same.",
    old: r#"edition = "2023";
package acme.v1;
message Order {}"#,
    new: r#"edition = "2024";
package acme.v1;
message Order {}"#,
};

/// A file is new.
pub const FILE_ADDED: Row = Row {
    name: "protobuf/file-added",
    bump: Minor,
    docs: "A file is new.\n\n\
           Nobody imports it yet.",
    old: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}"#,
    new: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}
// file: b.proto
syntax = "proto3";
package acme.v1;
message Cart {}"#,
};

/// A file is gone.
pub const FILE_REMOVED: Row = Row {
    name: "protobuf/file-removed",
    bump: Minor,
    docs: "A file is gone.\n\n\
           Whoever imports it no longer compiles, even if what it declared is elsewhere now. Bytes and JSON \
           stay as they are, but code generated from the new file is another: whoever compiles against it must \
           follow. It takes a minor number, and a major one where generated code counts (`source`). Keep the \
           file and let it import the new one publicly. buf: `FILE_NO_DELETE`.",
    old: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}
// file: b.proto
syntax = "proto3";
package acme.v1;
message Cart {}"#,
    new: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}
message Cart {}"#,
};

/// Nothing imports a file of the language any more, such as `google/protobuf/timestamp.proto`.
pub const IMPORT_DROPPED: Row = Row {
    name: "protobuf/import-dropped",
    bump: Minor,
    docs: "Nothing imports a file of the language any more, such as `google/protobuf/timestamp.proto`.\n\n\
           No bytes change by that alone; buf counts what is imported as part of the whole, and so calls it a \
           file that is gone. It takes a minor number, and a major one where generated code counts (`source`). \
           buf: `FILE_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
import "google/protobuf/empty.proto";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}"#,
};

/// A file moved to another package.
pub const PACKAGE_CHANGED: Row = Row {
    name: "protobuf/package-changed",
    bump: Major,
    docs: "A file moved to another package.\n\n\
           The full names of all it declares are others, so methods are called under another path, and \
           `google.protobuf.Any` and JSON's `@type` no longer match. Make a new file for the new package and \
           keep the old one beside it. buf: `FILE_SAME_PACKAGE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v2;
message Order {}"#,
};

/// No file is in a package any more.
pub const PACKAGE_REMOVED: Row = Row {
    name: "protobuf/package-removed",
    bump: Minor,
    docs: "No file is in a package any more.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). The messages and services in it are told one by one. Keep the package until nobody uses \
           it. buf: `PACKAGE_NO_DELETE`.",
    old: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}
// file: b.proto
syntax = "proto3";
package acme.v2;
message Cart {}"#,
    new: r#"// file: a.proto
syntax = "proto3";
package acme.v1;
message Order {}"#,
};

/// A file changed its dialect: proto2, proto3, editions.
pub const SYNTAX_CHANGED: Row = Row {
    name: "protobuf/syntax-changed",
    bump: Minor,
    docs: "A file changed its dialect: proto2, proto3, editions.\n\n\
           What that means for each field and enum is told there. Bytes and JSON stay as they are, but code \
           generated from the new file is another: whoever compiles against it must follow. It takes a minor \
           number, and a major one where generated code counts (`source`). buf: `FILE_SAME_SYNTAX`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}"#,
    new: r#"edition = "2023";
package acme.v1;
message Order {}"#,
};
