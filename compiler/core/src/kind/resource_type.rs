//! `resource-type`: what a resource means: how it runs, what it offers.

use super::workload;
use crate::form::{image, name};
use crate::schema::{Schema, Type, check_only, flag, keyed, named, node, prop, required, value};

const ABOUT: Schema = value("about", Type::Text, "One sentence for the reference page.");
const CLASS: Schema = value(
    "class",
    Type::Word("database cache broker queue store service"),
    "What it is good for; checks and dashboards go by it. `service`: it keeps nothing of yours.",
);
const VERSIONS: Schema = node(
    "versions",
    "Major versions it knows, oldest first, with the image tag of each: `versions { \"16\" \
     \"16.10-trixie\" }`.",
)
.free(prop("version", Type::Written(&image::TAG), "Image tag of this version."));
const PORT: Schema = value("port", Type::Int(1, 65_535), "Port clients connect to.");
const OUTPUT: Schema = keyed(
    "output",
    Type::Form(&name::KEY),
    "A value others may use as `${name.output}`. `${host}`, `${port}` and other outputs may stand in \
     it.",
)
.props(&[
    required("value", Type::Wired, "The value."),
    prop("secret", Type::Bool, "It is never written as text."),
]);
const GENERATES: Schema = keyed(
    "generates",
    Type::Form(&name::KEY),
    "A secret made for each resource of the type; `${password}` in outputs.",
)
.props(&[prop("length", Type::Int(8, 256), "Letters and digits; 32 by default.")]);
const DERIVES: Schema = keyed(
    "derives",
    Type::Form(&name::KEY),
    "A secret text made from others, for the program's own configuration.",
)
.props(&[required("value", Type::Wired, "The text; `${password.sha256}` is a hash of a secret.")]);
const OPTION: Schema = keyed("option", Type::Text, "An option a resource of the type may set.").props(&[
    prop("default", Type::Any, "Value when it is not set."),
    prop(
        "memory",
        Type::Bool,
        "It is memory of the container: with more than the default its `resources` grow by as \
             much and a quarter.",
    ),
    prop("about", Type::Text, "What it does."),
]);
const ONCE: Schema = keyed(
    "once",
    Type::Text,
    "A field that the server takes once: what is there stays as it was made. `option.NAME` of a \
     resource, `topic.FIELD` of what it carries.",
)
.props(&[
    required("because", Type::Text, "Why; `bastide diff` says it."),
    required("help", Type::Text, "The safe way."),
]);
const LACKS: Schema = keyed(
    "lacks",
    Type::Text,
    "A field of topics and queues that the broker cannot keep: `topic.retention`.",
)
.props(&[required("because", Type::Text, "Why.")]);
const SECRET_FILE: Schema = keyed(
    "secret-file",
    Type::Form(&name::KEY),
    "A generated or derived secret the program reads from a file, named by an environment variable if \
     one is given.",
)
.props(&[prop("env", Type::Form(&name::VARIABLE), "Variable that holds the path.")]);
const RUNS: Schema = node("runs", "How it runs as a container, where no target has a native form.").parts(&[
    &workload::IMAGE,
    &workload::ENTRYPOINT,
    &workload::COMMAND,
    &super::port::OF_A_CONTAINER,
    &workload::ENV,
    &workload::FILE,
    &workload::VOLUME,
    &super::size::SCHEMA,
    &super::health::SCHEMA,
    &workload::SHUTDOWN,
    &workload::USER,
    &workload::WRITABLE,
    &super::machine::SHM_SIZE,
    &super::machine::ULIMITS,
    &SECRET_FILE,
    &STAND_IN,
    &STATEFUL,
    &OWNS_VOLUMES,
]);
const KEPT: Schema =
    node("kept", "What it means where a resource says `storage`: over what the type says else.")
        .parts(&[&OPTION, &RUNS]);
const STAND_IN: Schema = value(
    "stand-in",
    Type::Text,
    "What runs is good for development alone, since it is this: one server with one disk. In a cluster `external` is asked for.",
);
const STATEFUL: Schema = flag("stateful", "It keeps data: stable names, one volume per instance.");
const OWNS_VOLUMES: Schema = flag(
    "owns-volumes",
    "Its image brings the folders of its volumes, and they belong to its user: nobody has to hand a new volume over.",
);
/// A form of the type that somebody else makes. In the part of a pack its key is the type.
pub const PROVIDER: Schema = keyed(
    "provider",
    Type::Text,
    "An operator or managed form a target may choose (`target \"kubernetes\" \
     postgres=\"cloudnative-pg\"`): where its outputs then are.",
)
.parts(&[&KEY, &OUTPUT, &PODS, &CREDENTIAL])
.props(&[
    prop("host", Type::Wired, "Host clients connect to."),
    prop("port", Type::Int(1, 65_535), "Port, if another one."),
    prop("secret", Type::Wired, "Secret that holds the secret outputs."),
    prop("replicas", Type::Int(1, 99), "Copies, where the resource does not say."),
    check_only("tls-only", Type::Bool, "It refuses who does not ask for TLS."),
    prop("backup", Type::Bool, "It writes `backup`; so does one whose part covers `resource.backup`."),
]);
const OUTSIDE: Schema = node(
    "outside",
    "Where clients find one that somebody else runs (`external`), if that is another place. Secret outputs come from the secret store.",
)
.parts(&[&OUTPUT])
.props(&[
    prop("host", Type::Wired, "Host clients connect to, unless `external` says it."),
    prop("port", Type::Int(1, 65_535), "Port, unless `external` says it."),
]);
const KEY: Schema =
    keyed("key", Type::Text, "Key of the secret that holds an output: `key \"url\" is=\"uri\"`.")
        .props(&[required("is", Type::Form(&name::KEY), "Key in the secret.")]);
const CREDENTIAL: Schema = keyed(
    "credential",
    Type::Form(&name::KEY),
    "A file every client of the resource finds: `credential \"ca.crt\" in=\"${name}-cluster-ca-cert\" \
     env=\"CA_FILE\"`.",
)
.props(&[
    required("in", Type::Wired, "Secret the operator keeps it in; `${workload}` is the client."),
    required(
        "env",
        Type::Form(&name::VARIABLE),
        "End of the variable that holds the path, after the name of the resource.",
    ),
]);
const PODS: Schema = node("pods", "Labels of the pods the operator makes, for network policies.").free(prop(
    "label",
    Type::Wired,
    "Value of the label.",
));
const TOPICS: Schema = value(
    "topics",
    Type::Word("kafka nats rabbitmq"),
    "Whose tools make topics and queues before anybody uses them. Without it a broker makes them itself.",
)
.props(&[
    prop("image", Type::Form(&image::IMAGE), "Image with the tools, if the broker's own has none."),
    prop(
        "by",
        Type::Word("job server"),
        "Who makes them: a job beside the broker, or the broker itself as it starts. `job` by default.",
    ),
    prop("about", Type::Text, "What topics, groups and queues are there, for the reference page."),
]);
const UNREAD: Schema =
    value(
        "unread",
        Type::Text,
        "In whose way others count the messages that wait for a reader, so that readers scale by them: `kafka` or `rabbitmq`. Without it they scale by processor use.",
    ).props(&[prop(
        "exporter",
        Type::Bool,
        "An exporter counts them for Prometheus, and those that were set aside.",
    )]);
const GUARANTEES: Schema =
    node("guarantees", "What a broker can promise; checks compare it with what topics and queues ask for.")
        .props(&[
            prop(
                "delivery",
                Type::Form(&name::PROMISES),
                "Words out of `at-most-once at-least-once exactly-once`.",
            ),
            prop("order", Type::Word("key queue none"), "What keeps its order."),
            prop("replicas", Type::Int(1, 99), "Most copies of a message."),
        ]);

/// The node.
pub const SCHEMA: Schema = named(
    "resource-type",
    "What a resource means: how it runs and what it offers. A file `bastide/stdlib/NAME.kdl` adds or \
     replaces one.",
)
.parts(&[
    &ABOUT,
    &CLASS,
    &VERSIONS,
    &PORT,
    &OPTION,
    &GENERATES,
    &DERIVES,
    &OUTPUT,
    &RUNS,
    &KEPT,
    &PROVIDER,
    &OUTSIDE,
    &GUARANTEES,
    &TOPICS,
    &UNREAD,
    &ONCE,
    &LACKS,
    &DEFAULTS,
]);

const DEFAULTS: Schema =
    node("defaults", "Parts every resource of the type begins with.").parts(super::resource::SCHEMA.parts);
