//! Options of files that steer generated code: a line each, from which the kinds of change are made.

use super::buf::Rule;
use crate::{Bump, ChangeKind};

/// An option of files that buf judges.
pub struct FileOption {
    pub name: &'static str,
    /// Its value where it is not set.
    pub unset: &'static str,
    /// Whose code changes with it.
    users: &'static str,
    /// Two values, as written.
    example: [&'static str; 2],
    /// The rule of buf.
    pub rule: Rule,
}

const fn option(
    name: &'static str,
    unset: &'static str,
    users: &'static str,
    example: [&'static str; 2],
    rule: Rule,
) -> FileOption {
    FileOption { name, unset, users, example, rule }
}

/// All of them, by name.
#[rustfmt::skip]
pub const FILE_OPTIONS: &[FileOption] = &[
    option("cc_enable_arenas", "true", "C++ code that places messages in arenas", ["true", "false"], "FILE_SAME_CC_ENABLE_ARENAS"),
    option("cc_generic_services", "false", "C++ code that uses the generic services", ["false", "true"], "FILE_SAME_CC_GENERIC_SERVICES"),
    option("csharp_namespace", "", "C# code that names the namespace", [r#""Acme.V1""#, r#""Acme.Orders.V1""#], "FILE_SAME_CSHARP_NAMESPACE"),
    option("go_package", "", "Go code that imports the package", [r#""acme.example/v1;v1""#, r#""acme.example/orders/v1;v1""#], "FILE_SAME_GO_PACKAGE"),
    option("java_generic_services", "false", "Java code that uses the generic services", ["false", "true"], "FILE_SAME_JAVA_GENERIC_SERVICES"),
    option("java_multiple_files", "false", "Java code that names the outer class", ["false", "true"], "FILE_SAME_JAVA_MULTIPLE_FILES"),
    option("java_outer_classname", "", "Java code that names the outer class", [r#""Orders""#, r#""OrderProtos""#], "FILE_SAME_JAVA_OUTER_CLASSNAME"),
    option("java_package", "", "Java code that imports the package", [r#""acme.v1""#, r#""acme.orders.v1""#], "FILE_SAME_JAVA_PACKAGE"),
    option("objc_class_prefix", "", "Objective-C code that names the classes", [r#""ACM""#, r#""ORD""#], "FILE_SAME_OBJC_CLASS_PREFIX"),
    option("optimize_for", "SPEED", "code that uses descriptors and reflection", ["SPEED", "LITE_RUNTIME"], "FILE_SAME_OPTIMIZE_FOR"),
    option("php_class_prefix", "", "PHP code that names the classes", [r#""Acm""#, r#""Ord""#], "FILE_SAME_PHP_CLASS_PREFIX"),
    option("php_metadata_namespace", "", "PHP code that names the metadata classes", [r#""Acme\\V1""#, r#""Acme\\Meta""#], "FILE_SAME_PHP_METADATA_NAMESPACE"),
    option("php_namespace", "", "PHP code that names the namespace", [r#""Acme\\V1""#, r#""Acme\\Orders""#], "FILE_SAME_PHP_NAMESPACE"),
    option("py_generic_services", "false", "Python code that uses the generic services", ["false", "true"], "FILE_SAME_PY_GENERIC_SERVICES"),
    option("ruby_package", "", "Ruby code that names the module", [r#""Acme::V1""#, r#""Acme::Orders""#], "FILE_SAME_RUBY_PACKAGE"),
    option("swift_prefix", "", "Swift code that names the types", [r#""Acm""#, r#""Ord""#], "FILE_SAME_SWIFT_PREFIX"),
];

impl FileOption {
    /// The name of its kind of change: `protobuf/go-package-changed`.
    pub fn change(&self) -> String {
        format!("protobuf/{}-changed", self.name.replace('_', "-"))
    }

    /// Kinds are made once and stay as long as the program runs.
    fn kind(&self) -> ChangeKind {
        let FileOption { name, users, example, rule, .. } = self;
        let text = |value: &str| {
            format!("syntax = \"proto3\";\npackage acme.v1;\noption {name} = {value};\nmessage Order {{}}")
                .leak()
        };
        ChangeKind {
            name: self.change().leak(),
            bump: Bump::Minor,
            docs: format!(
                "The file option `{name}` changed, and with it {users}.\nNothing changes on the wire.\n\
                 It takes a minor number, and a major one where generated code counts (`source`). buf: `{}`.",
                rule
            )
            .leak(),
            old: text(example[0]),
            new: text(example[1]),
        }
    }
}

/// The kinds of change of all.
pub fn kinds() -> impl Iterator<Item = ChangeKind> {
    FILE_OPTIONS.iter().map(FileOption::kind)
}
