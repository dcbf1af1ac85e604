//! Rows of what keeps a reader from reading, as in Java's `SchemaCompatibility`. The bump is that of new readers of old data.

use crate::{Bump, Row};

/// The table, by name.
pub const ROWS: &[Row] =
    &[FIXED_SIZE, ENUM_SYMBOLS, UNION_BRANCH, NAME, AMBIGUOUS, MISSING_DEFAULT, TYPE_MISMATCH];

/// `avro/fixed-size-mismatch`.
pub const FIXED_SIZE: Row = Row {
    name: "avro/fixed-size-mismatch",
    bump: Bump::Major,
    docs: "A fixed has another number of bytes. Found between new readers and old data it takes a major \
           number; between old readers and new data it fails the modes `FORWARD` and `FULL`, and takes \
           a minor one. Add a field with a fixed of another name.",
    old: r#"{"type": "fixed", "name": "Hash", "size": 16}"#,
    new: r#"{"type": "fixed", "name": "Hash", "size": 32}"#,
};

/// `avro/missing-enum-symbols`.
pub const ENUM_SYMBOLS: Row = Row {
    name: "avro/missing-enum-symbols",
    bump: Bump::Major,
    docs: "The writer has symbols that the reader has not, and the reader has no default symbol. Found \
           between new readers and old data it takes a major number; between old readers and new data \
           it fails the modes `FORWARD` and `FULL`, and takes a minor one. Keep the symbols, or give \
           the enum a `default` first.",
    old: r#"{"type": "enum", "name": "State", "symbols": ["NEW", "PAID"]}"#,
    new: r#"{"type": "enum", "name": "State", "symbols": ["NEW"]}"#,
};

/// `avro/missing-union-branch`.
pub const UNION_BRANCH: Row = Row {
    name: "avro/missing-union-branch",
    bump: Bump::Major,
    docs: "The writer can write what no branch of the reader's union takes. Found between new readers \
           and old data it takes a major number; between old readers and new data it fails the modes \
           `FORWARD` and `FULL`, and takes a minor one. Keep the branch.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["null", "string", "int"]}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["null", "string"]}]}"#,
};

/// `avro/name-mismatch`.
pub const NAME: Row = Row {
    name: "avro/name-mismatch",
    bump: Bump::Major,
    docs: "A record, enum or fixed has another name, and the reader has no alias for it. Found between \
           new readers and old data it takes a major number; between old readers and new data it fails \
           the modes `FORWARD` and `FULL`, and takes a minor one. Keep the name, or give the new one \
           `aliases` with the full old one.",
    old: r#"{"type": "enum", "name": "State", "symbols": ["NEW"]}"#,
    new: r#"{"type": "enum", "name": "Status", "symbols": ["NEW"]}"#,
};

/// `avro/reader-field-ambiguous`.
pub const AMBIGUOUS: Row = Row {
    name: "avro/reader-field-ambiguous",
    bump: Bump::Major,
    docs: "The reader's field goes by several names, and more than one of them is written: Java refuses \
           to choose. Found between new readers and old data it takes a major number; between old \
           readers and new data it fails the modes `FORWARD` and `FULL`, and takes a minor one. Remove \
           the alias that is a field of its own.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}, {"name": "number", "type": "string"}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string", "aliases": ["number"]}]}"#,
};

/// `avro/reader-field-missing-default`.
pub const MISSING_DEFAULT: Row = Row {
    name: "avro/reader-field-missing-default",
    bump: Bump::Major,
    docs: "The reader has a field that the writer does not write, and no default for it. Found between \
           new readers and old data it takes a major number; between old readers and new data it fails \
           the modes `FORWARD` and `FULL`, and takes a minor one. Give the field a default.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "string"}, {"name": "qty", "type": "int"}]}"#,
};

/// `avro/type-mismatch`.
pub const TYPE_MISMATCH: Row = Row {
    name: "avro/type-mismatch",
    bump: Bump::Major,
    docs: "What is written cannot be read as the type the reader has: only `int` to `long` to `float` \
           to `double`, and `string` and `bytes` to each other, are read. Found between new readers and \
           old data it takes a major number; between old readers and new data it fails the modes \
           `FORWARD` and `FULL`, and takes a minor one. Add a field with another name.",
    old: r#"{"type": "record", "name": "Order", "fields": [{"name": "qty", "type": "double"}]}"#,
    new: r#"{"type": "record", "name": "Order", "fields": [{"name": "qty", "type": "int"}]}"#,
};
