//! `target` in a `target.kdl` and `part` in a `part.kdl`: what a pack writes, for what, and how truly it says each field
//! of the language.

use super::resource_type::PROVIDER;
use crate::form::name;
use crate::schema::{Mark, Prop, Repeat, Schema, Type, keyed, named, node, prop, required, value, values};

const ABOUT: Schema = value("about", Type::Text, "What it writes: the first sentence is the summary.");
const SELECTED: Schema = node("selected", "When it is written without being named.").props(&[
    prop("platform", Type::Word("compose kubernetes"), "For environments of this platform."),
    prop("ci", Type::Form(&name::WORD), "For a delivery with this CI system."),
    prop("with", Type::Form(&name::WORD), "Where an environment asks for this other target."),
]);
const ONE_OF: Schema =
    values("one-of", Type::Text, "The words it takes, if they are few; its default is always one of them.");
const WAS: Schema = keyed("was", Type::Text, "A word that it took once, and what is written today.")
    .props(&[required("now", Type::Text, "What is written in its place.")]);
const OPTION: Schema = keyed(
    "option",
    Type::Text,
    "An option an environment may set: `target \"kubernetes\" version=\"1.34\"`. It takes the words \
     of `one-of`, what its `form` says, else values of the kind of its default; anything, if it has \
     none of these.",
)
.parts(&[&ONE_OF, &WAS])
.props(&[
    prop("default", Type::Any, "Value when it is not set; empty text by default."),
    prop(
        "owned",
        Type::Bool,
        "A switch: `#true` by default where the environment owns its namespace, else `#false`.",
    ),
    prop("about", Type::Text, "What it does."),
    prop(
        "form",
        Type::Word("labels"),
        "What its text is made of; `labels`: pairs `name=value`, separated by spaces, as the \
             filter `labels` reads them.",
    ),
]);
const DELIMITERS: Schema = values(
    "delimiters",
    Type::Text,
    "Signs around an interpolation, for formats in which `{{` means something else.",
);
const DOUBLES: Schema =
    value(
        "doubles",
        Type::Word("$ ${{ {{"),
        "Sign that the reader of its YAML takes for its own: in values `$`, as compose takes it in `$NAME`, is written twice, and `${{`, as GitHub takes it, or `{{`, as programs in Go do, as the expression that means it. `{{ text | filled }}` leaves it to the reader.",
    ).parts(&[&DOUBLED_AT]);
const DOUBLED_AT: Schema = values(
    "at",
    Type::Text,
    "The places where it does so; everywhere without it. The keys that lead there: `containers.args`.",
);
const TO: Prop = prop(
    "to",
    Type::Text,
    "Path of the result, with `{{ }}` of plain words; by default the template's name without `.j2`.",
);
const WHEN: Prop = prop("when", Type::Text, "Expression that must be true.");
const AT: Prop = prop(
    "at",
    Type::Word("repository root"),
    "Where the path begins: `repository` is the root of the git repository that the spec lies in, where forges read; `root` is that of all output, for what belongs to a node and to no environment: it is written once, of the environment that stands for the app. By default what is for the app begins there, and all else in the folder of its environment and target.",
);
const EXECUTABLE: Prop = prop("executable", Type::Bool, "The result may be run.");
const EMIT: Schema =
    keyed("emit", Type::Text, "A template, the nodes it is rendered for, and the path of each result.")
        .repeat(Repeat::Many(&[Mark::Prop("to", "")]))
        .props(&[required("for", Type::Word(FOR), "What it is rendered for."), TO, AT, WHEN, EXECUTABLE]);
const GROUPED: Schema = EMIT.props(&[TO, AT, WHEN, EXECUTABLE]);
const GROUP: Schema = node("group", "Templates for the same nodes, with what they have in common.")
    .repeat(Repeat::Each)
    .parts(&[&GROUPED, &COVERS, &APPROXIMATES, &REFUSES])
    .props(&[
        required("for", Type::Word(FOR), "What they are rendered for."),
        prop("in", Type::Text, "Folder of the results, with `{{ }}` of plain words."),
        prop(
            "when",
            Type::Text,
            "Expression that must be true of the node for any of them. What the group covers counts \
             for the nodes of which it is true.",
        ),
    ]);

/// What a template can be rendered for.
pub const FOR: &str = "app environment service workload job resource topic gateway secret objective saga external volume experiment";

const OF: Prop = prop("for", Type::Word(FOR), "Kind of node that `when` asks; in a group, the group's.");
const IF: Prop = prop(
    "when",
    Type::Text,
    "It counts only of nodes for which this is true; it wins over what is said of all.",
);
const COVERS: Schema = values(
    "covers",
    Type::Text,
    "Fields of the language it says exactly: `KIND.NODE` or `KIND.NODE.PROPERTY`.",
)
.repeat(Repeat::Each)
.props(&[OF, IF]);
const APPROXIMATES: Schema = values("approximates", Type::Text, "Fields it says in another way.")
    .repeat(Repeat::Each)
    .props(&[required("how", Type::Text, "In which way."), OF, IF]);
const REFUSES: Schema = values("refuses", Type::Text, "Fields it cannot say.").repeat(Repeat::Each).props(&[
    required("because", Type::Text, "Why."),
    OF,
    IF,
]);

const PROPS: &[Prop] =
    &[prop("extends", Type::Text, "Pack this one starts from; its files replace those of the same name.")];

const RAW: Schema = value(
    "raw",
    Type::Text,
    "Folder of its results for the files of the project that `raw` of an environment names.",
);

/// The manifest.
pub const SCHEMA: Schema = named("target", "A target pack.").repeat(Repeat::Once).props(PROPS).parts(&[
    &ABOUT,
    &SELECTED,
    &OPTION,
    &DELIMITERS,
    &DOUBLES,
    &RAW,
    &EMIT,
    &GROUP,
    &COVERS,
    &APPROXIMATES,
    &REFUSES,
]);

/// The top of a `target.kdl`.
pub const ROOT: Schema = node("target.kdl", "A target pack's manifest.").parts(&[&SCHEMA]);

const CHOICE: Schema = keyed(
    "choice",
    Type::Text,
    "A word of an option of the pack that chooses this part: `choice \"rollout\" is=\"argo\"` for \
     `rollout=\"argo\"`.",
)
.repeat(Repeat::Many(&[Mark::Prop("is", "")]))
.props(&[
    required("is", Type::Text, "The word."),
    prop("about", Type::Text, "What it means; the page of the option says it."),
]);

const PART: Schema = named(
    "part",
    "A part of a pack: an operator, an engine, a provider. It is written where one of its choices is \
     made or a resource takes its form, and its `when` is true; with neither choice nor form, \
     wherever its `when` is true.",
)
.repeat(Repeat::Once)
.props(&[prop("when", Type::Text, "Expression over the environment that must be true.")])
.parts(&[&ABOUT, &CHOICE, &PROVIDER, &OPTION, &EMIT, &GROUP, &COVERS, &APPROXIMATES, &REFUSES]);

/// The top of a `part.kdl`.
pub const PART_ROOT: Schema = node("part.kdl", "The manifest of a part of a pack.").parts(&[&PART]);
