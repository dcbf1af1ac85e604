//! The files every protobuf compiler brings along, as far as their names must resolve.

use super::features::Features;
use super::tree::{Enum, File, Import, Message, Name, Reserved, Syntax};
use bastide_report::source::Span;
use std::borrow::Cow;
use std::rc::Rc;

/// Path, what it imports, its package, messages and enums (nested ones after those they are nested in).
struct Builtin(
    &'static str,
    &'static [&'static str],
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const PB: &str = "google.protobuf";

const BUILTIN: &[Builtin] = &[
    Builtin("google/protobuf/any.proto", &[], PB, &["Any"], &[]),
    Builtin(
        "google/protobuf/api.proto",
        &["google/protobuf/source_context.proto", "google/protobuf/type.proto"],
        PB,
        &["Api", "Method", "Mixin"],
        &[],
    ),
    Builtin(
        "google/protobuf/compiler/plugin.proto",
        &["google/protobuf/descriptor.proto"],
        "google.protobuf.compiler",
        &["Version", "CodeGeneratorRequest", "CodeGeneratorResponse", "CodeGeneratorResponse.File"],
        &["CodeGeneratorResponse.Feature"],
    ),
    Builtin(
        "google/protobuf/cpp_features.proto",
        DESCRIPTOR,
        "pb",
        &["CppFeatures"],
        &["CppFeatures.StringType", "CppFeatures.RepeatedType"],
    ),
    Builtin(
        "google/protobuf/descriptor.proto",
        &[],
        PB,
        &[
            "FileDescriptorSet",
            "FileDescriptorProto",
            "DescriptorProto",
            "DescriptorProto.ExtensionRange",
            "DescriptorProto.ReservedRange",
            "ExtensionRangeOptions",
            "ExtensionRangeOptions.Declaration",
            "FieldDescriptorProto",
            "OneofDescriptorProto",
            "EnumDescriptorProto",
            "EnumDescriptorProto.EnumReservedRange",
            "EnumValueDescriptorProto",
            "ServiceDescriptorProto",
            "MethodDescriptorProto",
            "FileOptions",
            "MessageOptions",
            "FieldOptions",
            "FieldOptions.EditionDefault",
            "FieldOptions.FeatureSupport",
            "OneofOptions",
            "EnumOptions",
            "EnumValueOptions",
            "ServiceOptions",
            "MethodOptions",
            "UninterpretedOption",
            "UninterpretedOption.NamePart",
            "FeatureSet",
            "FeatureSet.VisibilityFeature",
            "FeatureSetDefaults",
            "FeatureSetDefaults.FeatureSetEditionDefault",
            "SourceCodeInfo",
            "SourceCodeInfo.Location",
            "GeneratedCodeInfo",
            "GeneratedCodeInfo.Annotation",
        ],
        &[
            "Edition",
            "SymbolVisibility",
            "ExtensionRangeOptions.VerificationState",
            "FieldDescriptorProto.Type",
            "FieldDescriptorProto.Label",
            "FileOptions.OptimizeMode",
            "FieldOptions.CType",
            "FieldOptions.JSType",
            "FieldOptions.OptionRetention",
            "FieldOptions.OptionTargetType",
            "MethodOptions.IdempotencyLevel",
            "FeatureSet.FieldPresence",
            "FeatureSet.EnumType",
            "FeatureSet.RepeatedFieldEncoding",
            "FeatureSet.Utf8Validation",
            "FeatureSet.MessageEncoding",
            "FeatureSet.JsonFormat",
            "FeatureSet.EnforceNamingStyle",
            "FeatureSet.VisibilityFeature.DefaultSymbolVisibility",
            "GeneratedCodeInfo.Annotation.Semantic",
        ],
    ),
    Builtin("google/protobuf/duration.proto", &[], PB, &["Duration"], &[]),
    Builtin("google/protobuf/empty.proto", &[], PB, &["Empty"], &[]),
    Builtin("google/protobuf/field_mask.proto", &[], PB, &["FieldMask"], &[]),
    Builtin(
        "google/protobuf/go_features.proto",
        DESCRIPTOR,
        "pb",
        &["GoFeatures"],
        &["GoFeatures.APILevel", "GoFeatures.StripEnumPrefix"],
    ),
    Builtin(
        "google/protobuf/java_features.proto",
        DESCRIPTOR,
        "pb",
        &["JavaFeatures"],
        &["JavaFeatures.Utf8Validation"],
    ),
    Builtin("google/protobuf/source_context.proto", &[], PB, &["SourceContext"], &[]),
    Builtin(
        "google/protobuf/struct.proto",
        &[],
        PB,
        &["Struct", "Struct.FieldsEntry", "Value", "ListValue"],
        &["NullValue"],
    ),
    Builtin("google/protobuf/timestamp.proto", &[], PB, &["Timestamp"], &[]),
    Builtin(
        "google/protobuf/type.proto",
        &["google/protobuf/any.proto", "google/protobuf/source_context.proto"],
        PB,
        &["Type", "Field", "Enum", "EnumValue", "Option"],
        &["Field.Kind", "Field.Cardinality", "Syntax"],
    ),
    Builtin(
        "google/protobuf/wrappers.proto",
        &[],
        PB,
        &[
            "DoubleValue",
            "FloatValue",
            "Int64Value",
            "UInt64Value",
            "Int32Value",
            "UInt32Value",
            "BoolValue",
            "StringValue",
            "BytesValue",
        ],
        &[],
    ),
];

const DESCRIPTOR: &[&str] = &["google/protobuf/descriptor.proto"];

/// The built-in file at a path, as imported at `at`.
pub fn file<'a>(path: &str, at: Span) -> Option<File<'a>> {
    let Builtin(path, imports, package, messages, enums) = BUILTIN.iter().find(|file| file.0 == path)?;
    let name = |text: &'static str| Name { text: Cow::Borrowed(text), at };
    let full = |nested: &str| Rc::from(format!("{package}.{nested}"));
    let own = |nested: &'static str| name(nested.rsplit_once('.').map_or(nested, |(_, own)| own));
    let features = Features::PROTO2;
    let message = |nested: &&'static str| Message {
        name: own(nested),
        at,
        parent: None,
        full: full(nested),
        map: nested.ends_with("Entry").then_some("fields"),
        fields: vec![],
        oneofs: vec![],
        reserved: Reserved::default(),
        extensions: vec![],
        options: vec![],
        docs: ["", ""],
        features,
    };
    let enumeration = |nested: &&'static str| Enum {
        name: own(nested),
        at,
        parent: None,
        full: full(nested),
        values: vec![],
        reserved: Reserved::default(),
        options: vec![],
        docs: ["", ""],
        features,
    };
    Some(File {
        path: (*path).into(),
        builtin: true,
        syntax: Syntax::Proto2,
        syntax_at: at,
        package: name(package),
        imports: imports.iter().map(|path| Import { path: name(path), public: false }).collect(),
        options: vec![],
        messages: messages.iter().map(message).collect(),
        enums: enums.iter().map(enumeration).collect(),
        extensions: vec![],
        services: vec![],
        features,
    })
}

/// Whether a path is that of a built-in file.
pub fn known(path: &str) -> bool {
    BUILTIN.iter().any(|file| file.0 == path)
}
