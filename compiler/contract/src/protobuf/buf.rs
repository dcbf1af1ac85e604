//! The breaking rules of buf 1.75, by which the four verdicts are given: which rule is in which category.

/// A breaking rule of buf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// Its name in buf.
    pub name: &'static str,
    /// The categories it is in, as bits.
    categories: u8,
}

/// The categories asked about, from the widest to the narrowest, each with its bit.
pub const CATEGORIES: &[(&str, u8)] =
    &[("FILE", FILE), ("PACKAGE", PACKAGE), ("WIRE_JSON", WIRE_JSON), ("WIRE", WIRE)];

const FILE: u8 = 1;
const PACKAGE: u8 = 2;
const WIRE_JSON: u8 = 4;
const WIRE: u8 = 8;
const SOURCE: u8 = FILE | PACKAGE;
const JSON: u8 = SOURCE | WIRE_JSON;
const ALL: u8 = JSON | WIRE;

impl Rule {
    const fn new(name: &'static str, categories: u8) -> Rule {
        Rule { name, categories }
    }

    /// Whether the rule is in a category.
    pub fn of(self, bit: u8) -> bool {
        self.categories & bit != 0
    }
}

pub const ENUM_NO_DELETE: Rule = Rule::new("ENUM_NO_DELETE", FILE);
pub const ENUM_SAME_JSON_FORMAT: Rule = Rule::new("ENUM_SAME_JSON_FORMAT", JSON);
pub const ENUM_SAME_TYPE: Rule = Rule::new("ENUM_SAME_TYPE", SOURCE);
pub const ENUM_VALUE_NO_DELETE: Rule = Rule::new("ENUM_VALUE_NO_DELETE", SOURCE);
pub const ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED: Rule =
    Rule::new("ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED", WIRE_JSON);
pub const ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED: Rule =
    Rule::new("ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED", WIRE_JSON | WIRE);
pub const ENUM_VALUE_SAME_NAME: Rule = Rule::new("ENUM_VALUE_SAME_NAME", JSON);
pub const EXTENSION_MESSAGE_NO_DELETE: Rule = Rule::new("EXTENSION_MESSAGE_NO_DELETE", SOURCE);
pub const EXTENSION_NO_DELETE: Rule = Rule::new("EXTENSION_NO_DELETE", FILE);
pub const FIELD_NO_DELETE: Rule = Rule::new("FIELD_NO_DELETE", SOURCE);
pub const FIELD_NO_DELETE_UNLESS_NAME_RESERVED: Rule =
    Rule::new("FIELD_NO_DELETE_UNLESS_NAME_RESERVED", WIRE_JSON);
pub const FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED: Rule =
    Rule::new("FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED", WIRE_JSON | WIRE);
pub const FIELD_SAME_CARDINALITY: Rule = Rule::new("FIELD_SAME_CARDINALITY", SOURCE);
pub const FIELD_SAME_CPP_STRING_TYPE: Rule = Rule::new("FIELD_SAME_CPP_STRING_TYPE", SOURCE);
pub const FIELD_SAME_DEFAULT: Rule = Rule::new("FIELD_SAME_DEFAULT", ALL);
pub const FIELD_SAME_JAVA_UTF8_VALIDATION: Rule = Rule::new("FIELD_SAME_JAVA_UTF8_VALIDATION", SOURCE);
pub const FIELD_SAME_JSON_NAME: Rule = Rule::new("FIELD_SAME_JSON_NAME", JSON);
pub const FIELD_SAME_JSTYPE: Rule = Rule::new("FIELD_SAME_JSTYPE", SOURCE);
pub const FIELD_SAME_NAME: Rule = Rule::new("FIELD_SAME_NAME", JSON);
pub const FIELD_SAME_ONEOF: Rule = Rule::new("FIELD_SAME_ONEOF", ALL);
pub const FIELD_SAME_TYPE: Rule = Rule::new("FIELD_SAME_TYPE", SOURCE);
pub const FIELD_SAME_UTF8_VALIDATION: Rule = Rule::new("FIELD_SAME_UTF8_VALIDATION", SOURCE);
pub const FIELD_WIRE_COMPATIBLE_CARDINALITY: Rule = Rule::new("FIELD_WIRE_COMPATIBLE_CARDINALITY", WIRE);
pub const FIELD_WIRE_COMPATIBLE_TYPE: Rule = Rule::new("FIELD_WIRE_COMPATIBLE_TYPE", WIRE);
pub const FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY: Rule =
    Rule::new("FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY", WIRE_JSON);
pub const FIELD_WIRE_JSON_COMPATIBLE_TYPE: Rule = Rule::new("FIELD_WIRE_JSON_COMPATIBLE_TYPE", WIRE_JSON);
pub const FILE_NO_DELETE: Rule = Rule::new("FILE_NO_DELETE", FILE);
pub const FILE_SAME_CC_ENABLE_ARENAS: Rule = Rule::new("FILE_SAME_CC_ENABLE_ARENAS", SOURCE);
pub const FILE_SAME_CC_GENERIC_SERVICES: Rule = Rule::new("FILE_SAME_CC_GENERIC_SERVICES", SOURCE);
pub const FILE_SAME_CSHARP_NAMESPACE: Rule = Rule::new("FILE_SAME_CSHARP_NAMESPACE", SOURCE);
pub const FILE_SAME_GO_PACKAGE: Rule = Rule::new("FILE_SAME_GO_PACKAGE", SOURCE);
pub const FILE_SAME_JAVA_GENERIC_SERVICES: Rule = Rule::new("FILE_SAME_JAVA_GENERIC_SERVICES", SOURCE);
pub const FILE_SAME_JAVA_MULTIPLE_FILES: Rule = Rule::new("FILE_SAME_JAVA_MULTIPLE_FILES", SOURCE);
pub const FILE_SAME_JAVA_OUTER_CLASSNAME: Rule = Rule::new("FILE_SAME_JAVA_OUTER_CLASSNAME", SOURCE);
pub const FILE_SAME_JAVA_PACKAGE: Rule = Rule::new("FILE_SAME_JAVA_PACKAGE", SOURCE);
pub const FILE_SAME_OBJC_CLASS_PREFIX: Rule = Rule::new("FILE_SAME_OBJC_CLASS_PREFIX", SOURCE);
pub const FILE_SAME_OPTIMIZE_FOR: Rule = Rule::new("FILE_SAME_OPTIMIZE_FOR", SOURCE);
pub const FILE_SAME_PACKAGE: Rule = Rule::new("FILE_SAME_PACKAGE", ALL);
pub const FILE_SAME_PHP_CLASS_PREFIX: Rule = Rule::new("FILE_SAME_PHP_CLASS_PREFIX", SOURCE);
pub const FILE_SAME_PHP_METADATA_NAMESPACE: Rule = Rule::new("FILE_SAME_PHP_METADATA_NAMESPACE", SOURCE);
pub const FILE_SAME_PHP_NAMESPACE: Rule = Rule::new("FILE_SAME_PHP_NAMESPACE", SOURCE);
pub const FILE_SAME_PY_GENERIC_SERVICES: Rule = Rule::new("FILE_SAME_PY_GENERIC_SERVICES", SOURCE);
pub const FILE_SAME_RUBY_PACKAGE: Rule = Rule::new("FILE_SAME_RUBY_PACKAGE", SOURCE);
pub const FILE_SAME_SWIFT_PREFIX: Rule = Rule::new("FILE_SAME_SWIFT_PREFIX", SOURCE);
pub const FILE_SAME_SYNTAX: Rule = Rule::new("FILE_SAME_SYNTAX", SOURCE);
pub const MESSAGE_NO_DELETE: Rule = Rule::new("MESSAGE_NO_DELETE", FILE);
pub const MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR: Rule =
    Rule::new("MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR", SOURCE);
pub const MESSAGE_SAME_JSON_FORMAT: Rule = Rule::new("MESSAGE_SAME_JSON_FORMAT", JSON);
pub const MESSAGE_SAME_REQUIRED_FIELDS: Rule = Rule::new("MESSAGE_SAME_REQUIRED_FIELDS", ALL);
pub const ONEOF_NO_DELETE: Rule = Rule::new("ONEOF_NO_DELETE", SOURCE);
pub const PACKAGE_ENUM_NO_DELETE: Rule = Rule::new("PACKAGE_ENUM_NO_DELETE", PACKAGE);
pub const PACKAGE_EXTENSION_NO_DELETE: Rule = Rule::new("PACKAGE_EXTENSION_NO_DELETE", PACKAGE);
pub const PACKAGE_MESSAGE_NO_DELETE: Rule = Rule::new("PACKAGE_MESSAGE_NO_DELETE", PACKAGE);
pub const PACKAGE_NO_DELETE: Rule = Rule::new("PACKAGE_NO_DELETE", PACKAGE);
pub const PACKAGE_SERVICE_NO_DELETE: Rule = Rule::new("PACKAGE_SERVICE_NO_DELETE", PACKAGE);
pub const RESERVED_ENUM_NO_DELETE: Rule = Rule::new("RESERVED_ENUM_NO_DELETE", ALL);
pub const RESERVED_MESSAGE_NO_DELETE: Rule = Rule::new("RESERVED_MESSAGE_NO_DELETE", ALL);
pub const RPC_NO_DELETE: Rule = Rule::new("RPC_NO_DELETE", SOURCE);
pub const RPC_SAME_CLIENT_STREAMING: Rule = Rule::new("RPC_SAME_CLIENT_STREAMING", ALL);
pub const RPC_SAME_IDEMPOTENCY_LEVEL: Rule = Rule::new("RPC_SAME_IDEMPOTENCY_LEVEL", ALL);
pub const RPC_SAME_REQUEST_TYPE: Rule = Rule::new("RPC_SAME_REQUEST_TYPE", ALL);
pub const RPC_SAME_RESPONSE_TYPE: Rule = Rule::new("RPC_SAME_RESPONSE_TYPE", ALL);
pub const RPC_SAME_SERVER_STREAMING: Rule = Rule::new("RPC_SAME_SERVER_STREAMING", ALL);
pub const SERVICE_NO_DELETE: Rule = Rule::new("SERVICE_NO_DELETE", FILE);
