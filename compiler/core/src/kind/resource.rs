//! `resource`: a backing service, attached by name.

use super::slo;
use crate::form::{self, image, path};
use crate::schema::{Schema, Type, check_only, flag, keyed, named, node, prop, required, value, values};

const FAVORS: Schema =
    value("favors", Type::Word("consistency availability"), "What it keeps when the network splits (CAP).");
const REPLICAS: Schema = value("replicas", Type::Int(1, 99), "How many copies of the data run.")
    .props(&[prop("replication", Type::Word("sync async"), "Whether a write waits for a second copy.")]);
const STORAGE: Schema = value("storage", Type::Size, "Space for the data.");
const BACKUP: Schema = node("backup", "Copies for the worst day.").props(&[
    prop(
        "schedule",
        Type::Cron,
        "Minute, hour, day, month, weekday, in UTC; every night at three by default.",
    ),
    prop("keep", Type::Lasting, "How long copies are kept."),
    check_only("rpo", Type::Duration, "Most recent work that may be lost."),
    check_only("rto", Type::Lasting, "Longest time until it is back."),
    check_only("restore", Type::Size, "Data restored in a second, as rehearsed; `100Mi` by default."),
    prop("to", Type::Form(&path::BUCKET), "Where copies go: `s3://bucket/path`."),
    prop("credentials", Type::Form(&path::STORE), "Secret-store path of the credentials for it."),
]);
const EXTERNAL: Schema =
    node("external", "It exists already and is run by somebody else; nothing is written to run it.").props(
        &[
            prop("secret", Type::Form(&path::STORE), "Secret-store path that holds its outputs."),
            prop("host", Type::Host, "Its host."),
            prop("port", Type::Int(1, 65_535), "Its port, if another than its type says."),
        ],
    );
const MAX_CONNECTIONS: Schema = value(
    "max-connections",
    Type::Int(1, 100_000),
    "Connections it accepts; by default what its services open at most, in steps of 50 from 100.",
);

const ENCRYPTED: Schema =
    flag("encrypted", "Its data is encrypted where it lies: by the storage class or the service itself.")
        .check_only();

const IMAGE: Schema = value(
    "image",
    Type::Form(&image::IMAGE),
    "Image in place of the type's, with tag: one that behaves like it. Say the `version` it holds, too.",
);
const ENTRYPOINT: Schema = values(
    "entrypoint",
    Type::Wired,
    "Program and arguments in place of the type's. `${database}` is an option or output of the resource, as in its type.",
);
const COMMAND: Schema = values("command", Type::Wired, "Command and arguments in place of the type's.");
const ARGUMENTS: Schema = values(
    "arguments",
    Type::Wired,
    "Further arguments of its program, behind those of the type: `arguments \"-c\" \"log_statement=all\"`.",
);
const ENV: Schema = node("env", "Variables of its container, beside those of the type or in their place.")
    .free(prop("NAME", Type::Written(&form::VALUE), "Value of the variable."));

/// What a resource may say of its container in place of its type.
pub const OVERRIDES: [&str; 8] =
    ["image", "entrypoint", "command", "arguments", "env", "resources", "shm-size", "ulimits"];

/// The node.
pub const SCHEMA: Schema = named(
    "resource",
    "A backing service: database, cache, broker, store. What its type means stands in a \
     `resource-type` of stdlib or of the project.",
)
.props(&[
    required("type", Type::Ref("resource-type"), "What it is."),
    prop("version", Type::Version, "Its version; the newest the type knows by default."),
])
.parts(&[
    &super::app::OWNER,
    &FAVORS,
    &REPLICAS,
    &STORAGE,
    &BACKUP,
    &EXTERNAL,
    &MAX_CONNECTIONS,
    &super::messaging::PII,
    &ENCRYPTED,
    &OPTION,
    &IMAGE,
    &ENTRYPOINT,
    &COMMAND,
    &ARGUMENTS,
    &ENV,
    &super::size::SCHEMA,
    &super::machine::SHM_SIZE,
    &super::machine::ULIMITS,
    &slo::SCHEMA,
    &super::lint::SCHEMA,
]);

const OPTION: Schema = keyed("option", Type::Text, "An option the type declares.").props(&[prop(
    "value",
    Type::Any,
    "Its value.",
)]);
