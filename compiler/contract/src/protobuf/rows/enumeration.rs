//! Enums and their values.

use crate::Row;
use bastide_report::version::Bump::{Major, Minor};

/// The rows, by name.
pub const ROWS: &[Row] = &[
    ENUM_JSON_FORMAT_WEAKENED,
    ENUM_RESERVED_REMOVED,
    ENUM_TYPE_CHANGED,
    ENUM_VALUE_ADDED,
    ENUM_VALUE_REMOVED,
    ENUM_VALUE_REMOVED_NAME_FREE,
    ENUM_VALUE_REMOVED_NUMBER_FREE,
    ENUM_VALUE_RENAMED,
];

/// An enum no longer promises a JSON form: its feature `json_format` went from `ALLOW` to `LEGACY_BEST_EFFORT`.
pub const ENUM_JSON_FORMAT_WEAKENED: Row = Row {
    name: "protobuf/enum-json-format-weakened",
    bump: Major,
    docs: "An enum no longer promises a JSON form: its feature `json_format` went from `ALLOW` to \
           `LEGACY_BEST_EFFORT`.\n\n\
           Keep `ALLOW`. buf: `ENUM_SAME_JSON_FORMAT`.",
    old: r#"edition = "2023";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
    new: r#"edition = "2023";
package acme.v1;
enum Size { option features.json_format = LEGACY_BEST_EFFORT; SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
};

/// An enum no longer reserves a number or a name.
pub const ENUM_RESERVED_REMOVED: Row = Row {
    name: "protobuf/enum-reserved-removed",
    bump: Major,
    docs: "An enum no longer reserves a number or a name.\n\n\
           Used again for something else, old bytes or old JSON are read as what they are not. Keep the \
           reservation for ever. buf: `RESERVED_ENUM_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
enum Size { reserved 2; SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
};

/// An enum was closed and is open now, or the other way round: a value it does not know is kept as a number by one and put among the unknown fields by the other.
pub const ENUM_TYPE_CHANGED: Row = Row {
    name: "protobuf/enum-type-changed",
    bump: Minor,
    docs: "An enum was closed and is open now, or the other way round: a value it does not know is kept as a \
           number by one and put among the unknown fields by the other.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `ENUM_SAME_TYPE`.",
    old: r#"edition = "2023";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
    new: r#"edition = "2023";
package acme.v1;
enum Size { option features.enum_type = CLOSED; SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
};

/// A value of an enum is new.
pub const ENUM_VALUE_ADDED: Row = Row {
    name: "protobuf/enum-value-added",
    bump: Minor,
    docs: "A value of an enum is new.\n\n\
           Old readers keep it as a number or an unknown field.",
    old: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
};

/// A value of an enum is gone, its number and its name are reserved.
pub const ENUM_VALUE_REMOVED: Row = Row {
    name: "protobuf/enum-value-removed",
    bump: Minor,
    docs: "A value of an enum is gone, its number and its name are reserved.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `ENUM_VALUE_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; reserved 1; reserved "SIZE_SMALL"; }"#,
};

/// A value of an enum is gone and its name is not reserved.
pub const ENUM_VALUE_REMOVED_NAME_FREE: Row = Row {
    name: "protobuf/enum-value-removed-name-free",
    bump: Major,
    docs: "A value of an enum is gone and its name is not reserved.\n\n\
           A later value of that name would be fed with old JSON that means something else. Write `reserved \
           \"SIZE_SMALL\";`. buf: `ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED`, `ENUM_VALUE_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; reserved 1; }"#,
};

/// A value of an enum is gone and its number is not reserved.
pub const ENUM_VALUE_REMOVED_NUMBER_FREE: Row = Row {
    name: "protobuf/enum-value-removed-number-free",
    bump: Major,
    docs: "A value of an enum is gone and its number is not reserved.\n\n\
           A later value of that number would be fed with old bytes that mean something else. Write `reserved \
           1;`. buf: `ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED`, `ENUM_VALUE_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; }"#,
};

/// A value of an enum has another name.
pub const ENUM_VALUE_RENAMED: Row = Row {
    name: "protobuf/enum-value-renamed",
    bump: Major,
    docs: "A value of an enum has another name.\n\n\
           Bytes stay as they are, JSON and generated code do not. Keep the old name; `allow_alias` lets both \
           stand. buf: `ENUM_VALUE_SAME_NAME`.",
    old: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; SIZE_SMALL = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
enum Size { SIZE_UNKNOWN = 0; SIZE_LITTLE = 1; }"#,
};
