//! Fields.

use crate::Row;
use bastide_report::version::Bump::{Major, Minor};

/// The rows, by name.
pub const ROWS: &[Row] = &[
    FIELD_ADDED,
    FIELD_CARDINALITY_CHANGED,
    FIELD_CARDINALITY_JSON_INCOMPATIBLE,
    FIELD_CARDINALITY_WIRE_INCOMPATIBLE,
    FIELD_CPP_STRING_CHANGED,
    FIELD_DEFAULT_CHANGED,
    FIELD_ENCODING_CHANGED,
    FIELD_JAVA_UTF8_CHANGED,
    FIELD_JSON_NAME_CHANGED,
    FIELD_JSTYPE_CHANGED,
    FIELD_ONEOF_CHANGED,
    FIELD_REMOVED,
    FIELD_REMOVED_NAME_FREE,
    FIELD_REMOVED_NUMBER_FREE,
    FIELD_RENAMED,
    FIELD_TYPE_CHANGED,
    FIELD_TYPE_JSON_INCOMPATIBLE,
    FIELD_TYPE_WIRE_INCOMPATIBLE,
    FIELD_UTF8_CHANGED,
    REQUIRED_FIELD_ADDED,
    REQUIRED_FIELD_REMOVED,
];

/// A field is new.
pub const FIELD_ADDED: Row = Row {
    name: "protobuf/field-added",
    bump: Minor,
    docs: "A field is new.\n\n\
           Old readers skip it, old writers leave it out.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; string note = 2; }"#,
};

/// A field that stands at most once began or ceased to know whether it is set.
pub const FIELD_CARDINALITY_CHANGED: Row = Row {
    name: "protobuf/field-cardinality-changed",
    bump: Minor,
    docs: "A field that stands at most once began or ceased to know whether it is set.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FIELD_SAME_CARDINALITY`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { optional string note = 1; }"#,
};

/// A repeated field became a map or the other way round.
pub const FIELD_CARDINALITY_JSON_INCOMPATIBLE: Row = Row {
    name: "protobuf/field-cardinality-json-incompatible",
    bump: Major,
    docs: "A repeated field became a map or the other way round.\n\n\
           The bytes are the same, but JSON has a list for one and an object for the other. Add a field with a \
           new number. buf: `FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY`, `FIELD_SAME_CARDINALITY`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {
  message LinesEntry { string key = 1; int32 value = 2; }
  repeated LinesEntry lines = 1;
}"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { map<string, int32> lines = 1; }"#,
};

/// A field that stood once may stand many times or the other way round, or it became or ceased to be required.
pub const FIELD_CARDINALITY_WIRE_INCOMPATIBLE: Row = Row {
    name: "protobuf/field-cardinality-wire-incompatible",
    bump: Major,
    docs: "A field that stood once may stand many times or the other way round, or it became or ceased to be \
           required.\n\n\
           Old readers lose values or refuse the message. Add a field with a new number. buf: \
           `FIELD_WIRE_COMPATIBLE_CARDINALITY`, `FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY`, \
           `FIELD_SAME_CARDINALITY`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { repeated string note = 1; }"#,
};

/// A text has another type in C++: `ctype`, or the feature `(pb.cpp).string_type`.
pub const FIELD_CPP_STRING_CHANGED: Row = Row {
    name: "protobuf/field-cpp-string-changed",
    bump: Minor,
    docs: "A text has another type in C++: `ctype`, or the feature `(pb.cpp).string_type`.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FIELD_SAME_CPP_STRING_TYPE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1 [ctype = CORD]; }"#,
};

/// The default of a field changed.
pub const FIELD_DEFAULT_CHANGED: Row = Row {
    name: "protobuf/field-default-changed",
    bump: Major,
    docs: "The default of a field changed.\n\n\
           A field that is not sent means one thing to the writer and another to the reader. Keep the default. \
           buf: `FIELD_SAME_DEFAULT`.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order { optional int32 count = 1 [default = 1]; }"#,
    new: r#"syntax = "proto2";
package acme.v1;
message Order { optional int32 count = 1 [default = 2]; }"#,
};

/// A repeated number is packed where it was not, or the other way round.
pub const FIELD_ENCODING_CHANGED: Row = Row {
    name: "protobuf/field-encoding-changed",
    bump: Minor,
    docs: "A repeated number is packed where it was not, or the other way round.\n\n\
           Every reader must take both, so nothing breaks.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { repeated int32 lines = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { repeated int32 lines = 1 [packed = false]; }"#,
};

/// Java began or ceased to check that a text is UTF-8.
pub const FIELD_JAVA_UTF8_CHANGED: Row = Row {
    name: "protobuf/field-java-utf8-changed",
    bump: Minor,
    docs: "Java began or ceased to check that a text is UTF-8.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FIELD_SAME_JAVA_UTF8_VALIDATION`.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order { optional string note = 1; }"#,
    new: r#"syntax = "proto2";
package acme.v1;
option java_string_check_utf8 = true;
message Order { optional string note = 1; }"#,
};

/// A field has another name in JSON.
pub const FIELD_JSON_NAME_CHANGED: Row = Row {
    name: "protobuf/field-json-name-changed",
    bump: Major,
    docs: "A field has another name in JSON.\n\n\
           Peers that speak JSON no longer find it. buf: `FIELD_SAME_JSON_NAME`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1 [json_name = "remark"]; }"#,
};

/// A number of 64 bits has another type in JavaScript.
pub const FIELD_JSTYPE_CHANGED: Row = Row {
    name: "protobuf/field-jstype-changed",
    bump: Minor,
    docs: "A number of 64 bits has another type in JavaScript.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FIELD_SAME_JSTYPE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { int64 total = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { int64 total = 1 [jstype = JS_STRING]; }"#,
};

/// A field moved into a oneof, out of one, or to another.
pub const FIELD_ONEOF_CHANGED: Row = Row {
    name: "protobuf/field-oneof-changed",
    bump: Major,
    docs: "A field moved into a oneof, out of one, or to another.\n\n\
           Of the fields of a oneof only the last one sent survives, so old bytes may lose values. Add a field \
           with a new number. buf: `FIELD_SAME_ONEOF`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string card = 1; oneof payment { string cash = 2; } }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { oneof payment { string cash = 2; string card = 1; } }"#,
};

/// A field is gone, its number and its name are reserved, so neither can come back as something else.
pub const FIELD_REMOVED: Row = Row {
    name: "protobuf/field-removed",
    bump: Minor,
    docs: "A field is gone, its number and its name are reserved, so neither can come back as something else.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). Whoever needs the value gets nothing; mark it deprecated first. buf: `FIELD_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; string note = 2; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; reserved 2; reserved "note"; }"#,
};

/// A field is gone and its name is not reserved.
pub const FIELD_REMOVED_NAME_FREE: Row = Row {
    name: "protobuf/field-removed-name-free",
    bump: Major,
    docs: "A field is gone and its name is not reserved.\n\n\
           A later field of that name would be fed with old JSON that means something else. Write `reserved \
           \"note\";`. buf: `FIELD_NO_DELETE_UNLESS_NAME_RESERVED`, `FIELD_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; string note = 2; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; reserved 2; }"#,
};

/// A field is gone and its number is not reserved.
pub const FIELD_REMOVED_NUMBER_FREE: Row = Row {
    name: "protobuf/field-removed-number-free",
    bump: Major,
    docs: "A field is gone and its number is not reserved.\n\n\
           A later field of that number would be fed with old bytes that mean something else. Reserve the \
           number. buf: `FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED`, `FIELD_NO_DELETE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; string note = 2; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string id = 1; }"#,
};

/// A field has another name.
pub const FIELD_RENAMED: Row = Row {
    name: "protobuf/field-renamed",
    bump: Major,
    docs: "A field has another name.\n\n\
           Bytes stay as they are, JSON and generated code do not. Keep the name; where only the name in code \
           is to change, keep the one in JSON with `json_name`. buf: `FIELD_SAME_NAME`, `FIELD_SAME_JSON_NAME`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string remark = 1; }"#,
};

/// The type of a field changed to one that reads the same bytes and the same JSON.
pub const FIELD_TYPE_CHANGED: Row = Row {
    name: "protobuf/field-type-changed",
    bump: Minor,
    docs: "The type of a field changed to one that reads the same bytes and the same JSON.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). Values that only one of the two can hold are cut. buf: `FIELD_SAME_TYPE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { int32 total = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { uint32 total = 1; }"#,
};

/// The type of a field changed to one that reads the same bytes, but not the same JSON.
pub const FIELD_TYPE_JSON_INCOMPATIBLE: Row = Row {
    name: "protobuf/field-type-json-incompatible",
    bump: Major,
    docs: "The type of a field changed to one that reads the same bytes, but not the same JSON.\n\n\
           Add a field with a new number. buf: `FIELD_WIRE_JSON_COMPATIBLE_TYPE`, `FIELD_SAME_TYPE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { int32 total = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { int64 total = 1; }"#,
};

/// The type of a field changed to one that reads other bytes: values are lost or misread.
pub const FIELD_TYPE_WIRE_INCOMPATIBLE: Row = Row {
    name: "protobuf/field-type-wire-incompatible",
    bump: Major,
    docs: "The type of a field changed to one that reads other bytes: values are lost or misread.\n\n\
           Add a field with a new number and keep this one. buf: `FIELD_WIRE_COMPATIBLE_TYPE`, \
           `FIELD_WIRE_JSON_COMPATIBLE_TYPE`, `FIELD_SAME_TYPE`.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { int32 total = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string total = 1; }"#,
};

/// Readers began or ceased to check that a text is UTF-8.
pub const FIELD_UTF8_CHANGED: Row = Row {
    name: "protobuf/field-utf8-changed",
    bump: Minor,
    docs: "Readers began or ceased to check that a text is UTF-8.\n\n\
           Bytes and JSON stay as they are, but code generated from the new file is another: whoever compiles \
           against it must follow. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FIELD_SAME_UTF8_VALIDATION`.",
    old: r#"edition = "2023";
package acme.v1;
message Order { string note = 1; }"#,
    new: r#"edition = "2023";
package acme.v1;
message Order { string note = 1 [features.utf8_validation = NONE]; }"#,
};

/// A new field is required.
pub const REQUIRED_FIELD_ADDED: Row = Row {
    name: "protobuf/required-field-added",
    bump: Major,
    docs: "A new field is required.\n\n\
           What old writers send is refused. Make it optional and check it in the program. buf: \
           `MESSAGE_SAME_REQUIRED_FIELDS`.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order { optional string id = 1; }"#,
    new: r#"syntax = "proto2";
package acme.v1;
message Order { optional string id = 1; required string note = 2; }"#,
};

/// A required field is gone.
pub const REQUIRED_FIELD_REMOVED: Row = Row {
    name: "protobuf/required-field-removed",
    bump: Major,
    docs: "A required field is gone.\n\n\
           Old readers refuse what lacks it. Keep it as long as one of them runs. buf: \
           `MESSAGE_SAME_REQUIRED_FIELDS`, `FIELD_NO_DELETE`.",
    old: r#"syntax = "proto2";
package acme.v1;
message Order { optional string id = 1; required string note = 2; }"#,
    new: r#"syntax = "proto2";
package acme.v1;
message Order { optional string id = 1; reserved 2; reserved "note"; }"#,
};
