//! `rules.kdl` of a pack: what its platform takes and what it refuses, as data beside the templates.

use crate::schema::{Arg, EMPTY, Prop, Repeat, Schema, Type, prop, required};

/// Forms of texts that rules may name.
pub const FORMS: &[&str] = &[
    "dns-label",
    "dns-name",
    "host",
    "label-key",
    "label-value",
    "port-name",
    "variable",
    "config-key",
    "file-path",
    "image",
    "cron",
    "compose-name",
    "header",
];

const OF: Schema = Schema {
    node: "of",
    docs: "Kinds of objects it is for; all without it.",
    arg: Arg::Values(Type::Text),
    ..EMPTY
};
const BECAUSE: Prop = required("because", Type::Text, "What the platform says, as a clause.");
const ACT: Prop = required("act", Type::Text, "What to change in the spec.");
const BAD: Prop = required("bad", Type::Text, "An object that breaks it.");
const GOOD: Prop = required("good", Type::Text, "One that does not.");
const MOST: Prop = required("most", Type::Int(0, i64::MAX), "The most there may be.");
/// What paths look like: the docs of all rules say it once.
const PATHS: &str = "Paths are keys with dots between: `[]` is an item, `*` any key, `**.` in front any place; what `**` stands for is then counted by itself.";

const OBJECT: Schema = Schema {
    node: "object",
    docs: "Paths of what makes two objects one: there may not be two alike.",
    arg: Arg::Values(Type::Text),
    ..EMPTY
};
const TEXT: Schema = Schema {
    node: "text",
    docs: "Texts at these paths have a form and a length.",
    arg: Arg::Values(Type::Text),
    props: &[
        prop("form", Type::Word(FORMS), "The form."),
        prop("most", Type::Int(1, i64::MAX), "Most letters."),
        BECAUSE,
        ACT,
        BAD,
        GOOD,
    ],
    parts: &[&OF],
    repeat: Repeat::Each,
    ..EMPTY
};
const KEY: Schema = Schema { node: "key", docs: "Keys at these paths have a form and a length.", ..TEXT };
const NUMBER: Schema = Schema {
    node: "number",
    docs: "Numbers at these paths lie in a range.",
    props: &[
        prop("least", Type::Int(0, i64::MAX), "The least."),
        prop("most", Type::Int(0, i64::MAX), "The most."),
        BECAUSE,
        ACT,
        BAD,
        GOOD,
    ],
    ..TEXT
};
const UNIQUE: Schema = Schema {
    node: "unique",
    docs: "Texts at these paths differ.",
    props: &[BECAUSE, ACT, BAD, GOOD],
    ..TEXT
};
const COUNT: Schema = Schema {
    node: "count",
    docs: "One list at these paths has so many items.",
    props: &[MOST, BECAUSE, ACT, BAD, GOOD],
    ..TEXT
};
const TOTAL: Schema =
    Schema { node: "total", docs: "All lists at these paths have so many items together.", ..COUNT };
const BYTES: Schema =
    Schema { node: "bytes", docs: "Keys and texts at these paths have so many bytes together.", ..COUNT };
const SUM: Schema = Schema {
    node: "sum",
    docs: "Numbers at these paths are so many together.",
    props: &[required("least", Type::Int(0, i64::MAX), "The least."), BECAUSE, ACT, BAD, GOOD],
    ..TEXT
};
const BELOW: Schema = Schema {
    node: "below",
    docs: "A number at the first path is below that at another.",
    props: &[required("than", Type::Text, "The other path."), BECAUSE, ACT, BAD, GOOD],
    ..TEXT
};

/// The node.
pub const SCHEMA: Schema = Schema {
    node: "rules",
    docs: PATHS,
    parts: &[&OBJECT, &TEXT, &KEY, &NUMBER, &UNIQUE, &COUNT, &TOTAL, &BYTES, &SUM, &BELOW],
    ..EMPTY
};

/// The top of a `rules.kdl`.
pub const ROOT: Schema =
    Schema { node: "rules.kdl", docs: "What a pack's platform takes.", parts: &[&SCHEMA], ..EMPTY };
