//! Comments and options.

use crate::Row;
use bastide_report::version::Bump::{Major, Minor, Patch};

/// The rows, by name.
pub const ROWS: &[Row] = &[COMMENT_CHANGED, DEPRECATION_CHANGED, HTTP_RULE_CHANGED, OPTION_CHANGED];

/// A comment says something else.
pub const COMMENT_CHANGED: Row = Row {
    name: "protobuf/comment-changed",
    bump: Patch,
    docs: "A comment says something else.\n\n\
           Only people read it.",
    old: r#"syntax = "proto3";
package acme.v1;
// An order.
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
// What somebody bought.
message Order {}"#,
};

/// Something is deprecated now, or no longer.
pub const DEPRECATION_CHANGED: Row = Row {
    name: "protobuf/deprecation-changed",
    bump: Patch,
    docs: "Something is deprecated now, or no longer.\n\n\
           Nothing changes but the warning of compilers.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1 [deprecated = true]; }"#,
};

/// A method is no longer reached by HTTP as it was: gateways that translate HTTP to gRPC answer the old path, method or body with an error.
pub const HTTP_RULE_CHANGED: Row = Row {
    name: "protobuf/http-rule-changed",
    bump: Major,
    docs: "A method is no longer reached by HTTP as it was: gateways that translate HTTP to gRPC answer the old \
           path, method or body with an error.\n\n\
           Keep the old rule and put the new one into `additional_bindings`. buf has no rule for it.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order {}
service Orders {
  rpc Get(Order) returns (Order) { option (google.api.http) = { get: "/v1/order" }; }
}"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order {}
service Orders {
  rpc Get(Order) returns (Order) { option (google.api.http) = { get: "/v1/orders" }; }
}"#,
};

/// An option changed that has no row of its own, such as one of another tool.
pub const OPTION_CHANGED: Row = Row {
    name: "protobuf/option-changed",
    bump: Minor,
    docs: "An option changed that has no row of its own, such as one of another tool.\n\n\
           What reads it decides what it means.",
    old: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1 [(acme.sort) = 1]; }"#,
    new: r#"syntax = "proto3";
package acme.v1;
message Order { string note = 1 [(acme.sort) = 2]; }"#,
};
