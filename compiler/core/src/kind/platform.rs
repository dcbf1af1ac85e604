//! `rules.kdl` of a pack: what its platform takes and what it refuses, as data beside the templates.

use crate::schema::{Prop, Repeat, Schema, Type, node, prop, required, values};

/// Forms of texts that rules may name.
pub const FORMS: &str = "dns-label dns-name host label-key label-value port-name variable config-key file-path image cron \
    compose-name header";

const OF: Schema = values("of", Type::Text, "Kinds of objects it is for; all without it.");
const BECAUSE: Prop = required("because", Type::Text, "What the platform says, as a clause.");
const ACT: Prop = required("act", Type::Text, "What to change in the spec.");
const BAD: Prop = required("bad", Type::Text, "An object that breaks it.");
const GOOD: Prop = required("good", Type::Text, "One that does not.");
const MOST: Prop = required("most", Type::Int(0, i64::MAX), "The most there may be.");
/// What paths look like: the docs of all rules say it once.
const PATHS: &str = "Paths are keys with dots between: `[]` is an item, `*` any key, `**.` in front any place; what `**` stands for is then counted by itself.";

const OBJECT: Schema =
    values("object", Type::Text, "Paths of what makes two objects one: there may not be two alike.");
const TEXT: Schema = values("text", Type::Text, "Texts at these paths have a form and a length.")
    .repeat(Repeat::Each)
    .parts(&[&OF])
    .props(&[
        prop("form", Type::Word(FORMS), "The form."),
        prop("most", Type::Int(1, i64::MAX), "Most letters."),
        BECAUSE,
        ACT,
        BAD,
        GOOD,
    ]);
const KEY: Schema = TEXT.called("key", "Keys at these paths have a form and a length.");
const NUMBER: Schema = TEXT.called("number", "Numbers at these paths lie in a range.").props(&[
    prop("least", Type::Int(0, i64::MAX), "The least."),
    prop("most", Type::Int(0, i64::MAX), "The most."),
    BECAUSE,
    ACT,
    BAD,
    GOOD,
]);
const UNIQUE: Schema =
    TEXT.called("unique", "Texts at these paths differ.").props(&[BECAUSE, ACT, BAD, GOOD]);
const COUNT: Schema = TEXT
    .called("count", "One list at these paths has so many items.")
    .props(&[MOST, BECAUSE, ACT, BAD, GOOD]);
const TOTAL: Schema = COUNT.called("total", "All lists at these paths have so many items together.");
const BYTES: Schema = COUNT.called("bytes", "Keys and texts at these paths have so many bytes together.");
const SUM: Schema = TEXT.called("sum", "Numbers at these paths are so many together.").props(&[
    required("least", Type::Int(0, i64::MAX), "The least."),
    BECAUSE,
    ACT,
    BAD,
    GOOD,
]);
const BELOW: Schema = TEXT.called("below", "A number at the first path is below that at another.").props(&[
    required("than", Type::Text, "The other path."),
    BECAUSE,
    ACT,
    BAD,
    GOOD,
]);

/// The node.
pub const SCHEMA: Schema = node("rules", PATHS)
    .parts(&[&OBJECT, &TEXT, &KEY, &NUMBER, &UNIQUE, &COUNT, &TOTAL, &BYTES, &SUM, &BELOW]);

/// The top of a `rules.kdl`.
pub const ROOT: Schema = node("rules.kdl", "What a pack's platform takes.").parts(&[&SCHEMA]);
