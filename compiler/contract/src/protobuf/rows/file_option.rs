//! Options of files that steer generated code.

use crate::Row;
use bastide_report::version::Bump::Minor;

/// The rows, by name.
pub const ROWS: &[Row] = &[
    CC_ENABLE_ARENAS,
    CC_GENERIC_SERVICES,
    CSHARP_NAMESPACE,
    GO_PACKAGE,
    JAVA_GENERIC_SERVICES,
    JAVA_MULTIPLE_FILES,
    JAVA_OUTER_CLASSNAME,
    JAVA_PACKAGE,
    OBJC_CLASS_PREFIX,
    OPTIMIZE_FOR,
    PHP_CLASS_PREFIX,
    PHP_METADATA_NAMESPACE,
    PHP_NAMESPACE,
    PY_GENERIC_SERVICES,
    RUBY_PACKAGE,
    SWIFT_PREFIX,
];

/// The file option `cc_enable_arenas` changed, and with it C++ code that places messages in arenas.
pub const CC_ENABLE_ARENAS: Row = Row {
    name: "protobuf/cc-enable-arenas-changed",
    bump: Minor,
    docs: "The file option `cc_enable_arenas` changed, and with it C++ code that places messages in arenas.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_CC_ENABLE_ARENAS`.",
    old: r#"syntax = "proto3";
package acme.v1;
option cc_enable_arenas = true;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option cc_enable_arenas = false;
message Order {}"#,
};

/// The file option `cc_generic_services` changed, and with it C++ code that uses the generic services.
pub const CC_GENERIC_SERVICES: Row = Row {
    name: "protobuf/cc-generic-services-changed",
    bump: Minor,
    docs: "The file option `cc_generic_services` changed, and with it C++ code that uses the generic services.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_CC_GENERIC_SERVICES`.",
    old: r#"syntax = "proto3";
package acme.v1;
option cc_generic_services = false;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option cc_generic_services = true;
message Order {}"#,
};

/// The file option `csharp_namespace` changed, and with it C# code that names the namespace.
pub const CSHARP_NAMESPACE: Row = Row {
    name: "protobuf/csharp-namespace-changed",
    bump: Minor,
    docs: "The file option `csharp_namespace` changed, and with it C# code that names the namespace.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_CSHARP_NAMESPACE`.",
    old: r#"syntax = "proto3";
package acme.v1;
option csharp_namespace = "Acme.V1";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option csharp_namespace = "Acme.Orders.V1";
message Order {}"#,
};

/// The file option `go_package` changed, and with it Go code that imports the package.
pub const GO_PACKAGE: Row = Row {
    name: "protobuf/go-package-changed",
    bump: Minor,
    docs: "The file option `go_package` changed, and with it Go code that imports the package.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_GO_PACKAGE`.",
    old: r#"syntax = "proto3";
package acme.v1;
option go_package = "acme.example/v1;v1";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option go_package = "acme.example/orders/v1;v1";
message Order {}"#,
};

/// The file option `java_generic_services` changed, and with it Java code that uses the generic services.
pub const JAVA_GENERIC_SERVICES: Row = Row {
    name: "protobuf/java-generic-services-changed",
    bump: Minor,
    docs: "The file option `java_generic_services` changed, and with it Java code that uses the generic \
           services.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_JAVA_GENERIC_SERVICES`.",
    old: r#"syntax = "proto3";
package acme.v1;
option java_generic_services = false;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option java_generic_services = true;
message Order {}"#,
};

/// The file option `java_multiple_files` changed, and with it Java code that names the outer class.
pub const JAVA_MULTIPLE_FILES: Row = Row {
    name: "protobuf/java-multiple-files-changed",
    bump: Minor,
    docs: "The file option `java_multiple_files` changed, and with it Java code that names the outer class.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_JAVA_MULTIPLE_FILES`.",
    old: r#"syntax = "proto3";
package acme.v1;
option java_multiple_files = false;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option java_multiple_files = true;
message Order {}"#,
};

/// The file option `java_outer_classname` changed, and with it Java code that names the outer class.
pub const JAVA_OUTER_CLASSNAME: Row = Row {
    name: "protobuf/java-outer-classname-changed",
    bump: Minor,
    docs: "The file option `java_outer_classname` changed, and with it Java code that names the outer class.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_JAVA_OUTER_CLASSNAME`.",
    old: r#"syntax = "proto3";
package acme.v1;
option java_outer_classname = "Orders";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option java_outer_classname = "OrderProtos";
message Order {}"#,
};

/// The file option `java_package` changed, and with it Java code that imports the package.
pub const JAVA_PACKAGE: Row = Row {
    name: "protobuf/java-package-changed",
    bump: Minor,
    docs: "The file option `java_package` changed, and with it Java code that imports the package.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_JAVA_PACKAGE`.",
    old: r#"syntax = "proto3";
package acme.v1;
option java_package = "acme.v1";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option java_package = "acme.orders.v1";
message Order {}"#,
};

/// The file option `objc_class_prefix` changed, and with it Objective-C code that names the classes.
pub const OBJC_CLASS_PREFIX: Row = Row {
    name: "protobuf/objc-class-prefix-changed",
    bump: Minor,
    docs: "The file option `objc_class_prefix` changed, and with it Objective-C code that names the classes.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_OBJC_CLASS_PREFIX`.",
    old: r#"syntax = "proto3";
package acme.v1;
option objc_class_prefix = "ACM";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option objc_class_prefix = "ORD";
message Order {}"#,
};

/// The file option `optimize_for` changed, and with it code that uses descriptors and reflection.
pub const OPTIMIZE_FOR: Row = Row {
    name: "protobuf/optimize-for-changed",
    bump: Minor,
    docs: "The file option `optimize_for` changed, and with it code that uses descriptors and reflection.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_OPTIMIZE_FOR`.",
    old: r#"syntax = "proto3";
package acme.v1;
option optimize_for = SPEED;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option optimize_for = LITE_RUNTIME;
message Order {}"#,
};

/// The file option `php_class_prefix` changed, and with it PHP code that names the classes.
pub const PHP_CLASS_PREFIX: Row = Row {
    name: "protobuf/php-class-prefix-changed",
    bump: Minor,
    docs: "The file option `php_class_prefix` changed, and with it PHP code that names the classes.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_PHP_CLASS_PREFIX`.",
    old: r#"syntax = "proto3";
package acme.v1;
option php_class_prefix = "Acm";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option php_class_prefix = "Ord";
message Order {}"#,
};

/// The file option `php_metadata_namespace` changed, and with it PHP code that names the metadata classes.
pub const PHP_METADATA_NAMESPACE: Row = Row {
    name: "protobuf/php-metadata-namespace-changed",
    bump: Minor,
    docs: "The file option `php_metadata_namespace` changed, and with it PHP code that names the metadata \
           classes.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_PHP_METADATA_NAMESPACE`.",
    old: r#"syntax = "proto3";
package acme.v1;
option php_metadata_namespace = "Acme\\V1";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option php_metadata_namespace = "Acme\\Meta";
message Order {}"#,
};

/// The file option `php_namespace` changed, and with it PHP code that names the namespace.
pub const PHP_NAMESPACE: Row = Row {
    name: "protobuf/php-namespace-changed",
    bump: Minor,
    docs: "The file option `php_namespace` changed, and with it PHP code that names the namespace.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_PHP_NAMESPACE`.",
    old: r#"syntax = "proto3";
package acme.v1;
option php_namespace = "Acme\\V1";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option php_namespace = "Acme\\Orders";
message Order {}"#,
};

/// The file option `py_generic_services` changed, and with it Python code that uses the generic services.
pub const PY_GENERIC_SERVICES: Row = Row {
    name: "protobuf/py-generic-services-changed",
    bump: Minor,
    docs: "The file option `py_generic_services` changed, and with it Python code that uses the generic \
           services.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_PY_GENERIC_SERVICES`.",
    old: r#"syntax = "proto3";
package acme.v1;
option py_generic_services = false;
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option py_generic_services = true;
message Order {}"#,
};

/// The file option `ruby_package` changed, and with it Ruby code that names the module.
pub const RUBY_PACKAGE: Row = Row {
    name: "protobuf/ruby-package-changed",
    bump: Minor,
    docs: "The file option `ruby_package` changed, and with it Ruby code that names the module.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_RUBY_PACKAGE`.",
    old: r#"syntax = "proto3";
package acme.v1;
option ruby_package = "Acme::V1";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option ruby_package = "Acme::Orders";
message Order {}"#,
};

/// The file option `swift_prefix` changed, and with it Swift code that names the types.
pub const SWIFT_PREFIX: Row = Row {
    name: "protobuf/swift-prefix-changed",
    bump: Minor,
    docs: "The file option `swift_prefix` changed, and with it Swift code that names the types.\n\n\
           Nothing changes on the wire. It takes a minor number, and a major one where generated code counts \
           (`source`). buf: `FILE_SAME_SWIFT_PREFIX`.",
    old: r#"syntax = "proto3";
package acme.v1;
option swift_prefix = "Acm";
message Order {}"#,
    new: r#"syntax = "proto3";
package acme.v1;
option swift_prefix = "Ord";
message Order {}"#,
};
