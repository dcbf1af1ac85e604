//! `target` in a `target.kdl` and `part` in a `part.kdl`: what a pack writes, for what, and how truly it says each field
//! of the language.

use super::resource_type::PROVIDER;
use crate::form::name;
use crate::schema::{Arg, EMPTY, Mark, Prop, Repeat, Schema, Type, prop, required, value};

const ABOUT: Schema = value("about", Type::Text, "What it writes: the first sentence is the summary.");
const SELECTED: Schema = Schema {
    node: "selected",
    docs: "When it is written without being named.",
    props: &[
        prop("platform", Type::Word(&["compose", "kubernetes"]), "For environments of this platform."),
        prop("ci", Type::Form(&name::WORD), "For a delivery with this CI system."),
    ],
    ..EMPTY
};
const ONE_OF: Schema = Schema {
    node: "one-of",
    docs: "The words it takes, if they are few; its default is always one of them.",
    arg: Arg::Values(Type::Text),
    ..EMPTY
};
const OPTION: Schema = Schema {
    node: "option",
    docs: "An option an environment may set: `target \"kubernetes\" version=\"1.34\"`. It takes the words of `one-of`, what its `form` says, else values of the kind of its default; anything, if it has none of these.",
    arg: Arg::Key(Type::Text),
    props: &[
        prop("default", Type::Any, "Value when it is not set; empty text by default."),
        prop("about", Type::Text, "What it does."),
        prop(
            "form",
            Type::Word(&["labels"]),
            "What its text is made of; `labels`: pairs `name=value`, separated by spaces, as the filter `labels` reads them.",
        ),
    ],
    parts: &[&ONE_OF],
    repeat: Repeat::ByKey,
    ..EMPTY
};
const DELIMITERS: Schema = Schema {
    node: "delimiters",
    docs: "Signs around an interpolation, for formats in which `{{` means something else.",
    arg: Arg::Values(Type::Text),
    ..EMPTY
};
const DOUBLES: Schema = Schema {
    parts: &[&DOUBLED_AT],
    ..value(
        "doubles",
        Type::Word(&["$", "${{"]),
        "Sign that the reader of its YAML takes for its own: in values `$`, as compose takes it in `$NAME`, is written twice, and `${{`, as GitHub takes it, as the expression that means it. `{{ text | filled }}` leaves it to the reader.",
    )
};
const DOUBLED_AT: Schema = Schema {
    node: "at",
    docs: "The places where it does so; everywhere without it. The keys that lead there: `containers.args`.",
    arg: Arg::Values(Type::Text),
    ..EMPTY
};
const TO: Prop = prop(
    "to",
    Type::Text,
    "Path of the result, with `{{ }}` of plain words; by default the template's name without `.j2`.",
);
const WHEN: Prop = prop("when", Type::Text, "Expression that must be true.");
const AT: Prop = prop(
    "at",
    Type::Word(&["repository"]),
    "Where the path begins: `repository` is the root of the git repository that the spec lies in, where forges read; by default the root of all output.",
);
const EXECUTABLE: Prop = prop("executable", Type::Bool, "The result may be run.");
const EMIT: Schema = Schema {
    node: "emit",
    docs: "A template, the nodes it is rendered for, and the path of each result.",
    arg: Arg::Key(Type::Text),
    props: &[required("for", Type::Word(FOR), "What it is rendered for."), TO, AT, WHEN, EXECUTABLE],
    repeat: Repeat::Many(&[Mark::Prop("to", "")]),
    ..EMPTY
};
const GROUPED: Schema = Schema { props: &[TO, AT, WHEN, EXECUTABLE], ..EMIT };
const GROUP: Schema = Schema {
    node: "group",
    docs: "Templates for the same nodes, with what they have in common.",
    props: &[
        required("for", Type::Word(FOR), "What they are rendered for."),
        prop("in", Type::Text, "Folder of the results, with `{{ }}` of plain words."),
        prop(
            "when",
            Type::Text,
            "Expression that must be true of the node for any of them. What the group covers counts for the nodes of which it is true.",
        ),
    ],
    parts: &[&GROUPED, &COVERS, &APPROXIMATES, &REFUSES],
    repeat: Repeat::Each,
    ..EMPTY
};

/// What a template can be rendered for.
pub const FOR: &[&str] = &[
    "app",
    "environment",
    "service",
    "workload",
    "job",
    "resource",
    "topic",
    "gateway",
    "secret",
    "objective",
    "saga",
    "external",
];

const OF: Prop = prop("for", Type::Word(FOR), "Kind of node that `when` asks; in a group, the group's.");
const IF: Prop = prop(
    "when",
    Type::Text,
    "It counts only of nodes for which this is true; it wins over what is said of all.",
);
const COVERS: Schema = Schema {
    node: "covers",
    docs: "Fields of the language it says exactly: `KIND.NODE` or `KIND.NODE.PROPERTY`.",
    arg: Arg::Values(Type::Text),
    props: &[OF, IF],
    repeat: Repeat::Each,
    ..EMPTY
};
const APPROXIMATES: Schema = Schema {
    node: "approximates",
    docs: "Fields it says in another way.",
    arg: Arg::Values(Type::Text),
    props: &[required("how", Type::Text, "In which way."), OF, IF],
    repeat: Repeat::Each,
    ..EMPTY
};
const REFUSES: Schema = Schema {
    node: "refuses",
    docs: "Fields it cannot say.",
    arg: Arg::Values(Type::Text),
    props: &[required("because", Type::Text, "Why."), OF, IF],
    repeat: Repeat::Each,
    ..EMPTY
};

const PROPS: &[Prop] =
    &[prop("extends", Type::Text, "Pack this one starts from; its files replace those of the same name.")];

/// The manifest.
pub const SCHEMA: Schema = Schema {
    node: "target",
    docs: "A target pack.",
    arg: Arg::Name,
    props: PROPS,
    parts: &[
        &ABOUT,
        &SELECTED,
        &OPTION,
        &DELIMITERS,
        &DOUBLES,
        &EMIT,
        &GROUP,
        &COVERS,
        &APPROXIMATES,
        &REFUSES,
    ],
    ..EMPTY
};

/// The top of a `target.kdl`.
pub const ROOT: Schema =
    Schema { node: "target.kdl", docs: "A target pack's manifest.", parts: &[&SCHEMA], ..EMPTY };

const CHOICE: Schema = Schema {
    node: "choice",
    docs: "A word of an option of the pack that chooses this part: `choice \"rollout\" is=\"argo\"` for `rollout=\"argo\"`.",
    arg: Arg::Key(Type::Text),
    props: &[
        required("is", Type::Text, "The word."),
        prop("about", Type::Text, "What it means; the page of the option says it."),
    ],
    repeat: Repeat::Many(&[Mark::Prop("is", "")]),
    ..EMPTY
};

const PART: Schema = Schema {
    node: "part",
    docs: "A part of a pack: an operator, an engine, a provider. It is written where one of its choices is made or a resource takes its form, and its `when` is true; with neither choice nor form, wherever its `when` is true.",
    arg: Arg::Name,
    props: &[prop("when", Type::Text, "Expression over the environment that must be true.")],
    parts: &[&ABOUT, &CHOICE, &PROVIDER, &OPTION, &EMIT, &GROUP, &COVERS, &APPROXIMATES, &REFUSES],
    ..EMPTY
};

/// The top of a `part.kdl`.
pub const PART_ROOT: Schema =
    Schema { node: "part.kdl", docs: "The manifest of a part of a pack.", parts: &[&PART], ..EMPTY };
