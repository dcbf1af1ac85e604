//! Rows of what readers on both sides can do with.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] = &[
    ALIASES_CHANGED,
    DECIMAL_CHANGED,
    DEFAULT_CHANGED,
    DOC_CHANGED,
    SYMBOL_ADDED,
    SYMBOL_REMOVED,
    FIELD_ADDED,
    FIELD_REMOVED,
    FIELD_RENAMED,
    LOGICAL_ADDED,
    LOGICAL_CHANGED,
    LOGICAL_REMOVED,
    ORDER_CHANGED,
    PROPERTY_CHANGED,
    TYPE_CHANGED,
    TYPE_RENAMED,
];

/// `avro/aliases-changed`.
pub const ALIASES_CHANGED: Row = Row {
    name: "avro/aliases-changed",
    bump: Bump::Patch,
    docs: "A type or a field goes by other names besides its own. Nothing that could be read between \
           these two versions is lost; data of older ones may be.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string", "aliases": ["number"]}]}"#,
};

/// `avro/decimal-changed`.
pub const DECIMAL_CHANGED: Row = Row {
    name: "avro/decimal-changed",
    bump: Bump::Major,
    docs: "A decimal has another scale or precision. Readers resolve the raw bytes without a word and \
           get another number: 12.50 becomes 0.1250. The modes hold, since resolution does not look at \
           logical types. Add a field with another name.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 4}}]}"#,
};

/// `avro/default-changed`.
pub const DEFAULT_CHANGED: Row = Row {
    name: "avro/default-changed",
    bump: Bump::Minor,
    docs: "A default of a field or an enum is new, gone or another one: readers take another value for \
           what is not written or not known.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "qty", "type": "int", "default": 1}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "qty", "type": "int", "default": 2}]}"#,
};

/// `avro/doc-changed`.
pub const DOC_CHANGED: Row = Row {
    name: "avro/doc-changed",
    bump: Bump::Patch,
    docs: "A `doc` is new, gone, or says something else. Only people read it.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string", "doc": "of the order"}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string", "doc": "of the shop"}]}"#,
};

/// `avro/enum-symbol-added`.
pub const SYMBOL_ADDED: Row = Row {
    name: "avro/enum-symbol-added",
    bump: Bump::Minor,
    docs: "An enum has one more symbol, and old readers have a default for what they do not know.",
    old: r#"{"type": "enum", "name": "State", "symbols": ["NEW"], "default": "NEW"}"#,
    new: r#"{"type": "enum", "name": "State", "symbols": ["NEW", "PAID"], "default": "NEW"}"#,
};

/// `avro/enum-symbol-removed`.
pub const SYMBOL_REMOVED: Row = Row {
    name: "avro/enum-symbol-removed",
    bump: Bump::Minor,
    docs: "An enum has a symbol less, and new readers have a default for what they do not know.",
    old: r#"{"type": "enum", "name": "State", "symbols": ["NEW", "PAID"], "default": "NEW"}"#,
    new: r#"{"type": "enum", "name": "State", "symbols": ["NEW"], "default": "NEW"}"#,
};

/// `avro/field-added`.
pub const FIELD_ADDED: Row = Row {
    name: "avro/field-added",
    bump: Bump::Minor,
    docs: "A field is new and has a default, so that old data can be read; old readers pass it over.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}, {"name": "qty", "type": "int", "default": 1}]}"#,
};

/// `avro/field-removed`.
pub const FIELD_REMOVED: Row = Row {
    name: "avro/field-removed",
    bump: Bump::Minor,
    docs: "A field is gone that had a default, so that old readers can do without; new readers pass it \
           over.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}, {"name": "qty", "type": "int", "default": 1}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}"#,
};

/// `avro/field-renamed`.
pub const FIELD_RENAMED: Row = Row {
    name: "avro/field-renamed",
    bump: Bump::Minor,
    docs: "A field has another name and its old one as an alias: new readers find it in old data. Old \
           readers do not find it in new data; upgrade readers first.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "qty", "type": "int", "default": 1}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "quantity", "type": "int", "aliases": ["qty"], "default": 1}]}"#,
};

/// `avro/logical-type-added`.
pub const LOGICAL_ADDED: Row = Row {
    name: "avro/logical-type-added",
    bump: Bump::Minor,
    docs: "Raw data has a meaning it had not: the number is the same, generated classes have another \
           type.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "at", "type": "long"}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#,
};

/// `avro/logical-type-changed`.
pub const LOGICAL_CHANGED: Row = Row {
    name: "avro/logical-type-changed",
    bump: Bump::Major,
    docs: "The same raw data means something else: milliseconds where microseconds were. The modes \
           hold, since resolution does not look at logical types. Add a field with another name. Where \
           either is no type of the specification it takes a minor number.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}"#,
};

/// `avro/logical-type-removed`.
pub const LOGICAL_REMOVED: Row = Row {
    name: "avro/logical-type-removed",
    bump: Bump::Minor,
    docs: "Data is raw where it had a meaning: the number is the same, generated classes have another \
           type.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "at", "type": "long"}]}"#,
};

/// `avro/order-changed`.
pub const ORDER_CHANGED: Row = Row {
    name: "avro/order-changed",
    bump: Bump::Patch,
    docs: "Fields, symbols or branches stand in another order, or a field is sorted otherwise. Readers \
           find each by its name.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}, {"name": "qty", "type": "int"}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "qty", "type": "int"}, {"name": "id", "type": "string"}]}"#,
};

/// `avro/property-changed`.
pub const PROPERTY_CHANGED: Row = Row {
    name: "avro/property-changed",
    bump: Bump::Patch,
    docs: "A property that Avro does not know is new, gone or another one: tools may read it, \
           resolution does not.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string", "pii": true}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string", "pii": false}]}"#,
};

/// `avro/type-changed`.
pub const TYPE_CHANGED: Row = Row {
    name: "avro/type-changed",
    bump: Bump::Minor,
    docs: "A type is another one, but each can be read as the other: `string` and `bytes`, a type and a \
           union of it alone.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "bytes"}]}"#,
};

/// `avro/type-renamed`.
pub const TYPE_RENAMED: Row = Row {
    name: "avro/type-renamed",
    bump: Bump::Minor,
    docs: "A record, enum or fixed has another namespace, or another name that both sides know. Data is \
           read as before; generated classes move.",
    old: r#"{"type": "record", "name": "Order", "namespace": "shop", "fields": [{"name": "id", "type": "string"}]}"#,
    new: r#"{"type": "record", "name": "Order", "namespace": "store", "fields": [{"name": "id", "type": "string"}]}"#,
};
