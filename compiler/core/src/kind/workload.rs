//! What everything that runs has in common: image, ports, configuration, health, size. Used by `service`, `function`,
//! resource types and archetypes.

use super::{health, port, size};
use crate::form::{self, image, name, path};
use crate::model::service::{Build, File, HELD, Run, Scale, SecretRef, Shutdown, Sidecar, Volume};
use crate::schema::{
    Need, Prop, Schema, Type, check_only, clash, flag, keyed, named, need, node, prop, value, values,
};
use crate::tree::{At, Item};
use bastide_report::units::{Duration, Size};

/// `image`.
pub const IMAGE: Schema =
    value("image", Type::Form(&image::IMAGE), "Image to run, with tag: for what is not built here.");

/// `build`.
pub const BUILD: Schema = value("build", Type::File, "Folder the image is built from.").props(&[
    prop("dockerfile", Type::Form(&path::INNER), "Name of the Dockerfile in it; `Dockerfile` by default."),
    prop("target", Type::Form(&name::KEY), "Stage to build."),
    check_only(
        "language",
        Type::Form(&name::KEY),
        "What it is written in, `go`: `target \"dockerfile\"` writes the Dockerfile of what has none.",
    ),
]);

/// `command`.
pub const COMMAND: Schema = values(
    "command",
    Type::Wired,
    "Command and arguments, in place of the image's own; its entry point stays.",
);

/// `entrypoint`.
pub const ENTRYPOINT: Schema = values(
    "entrypoint",
    Type::Wired,
    "Program and arguments, in place of the image's own entry point and command.",
);

/// `workdir`.
pub const WORKDIR: Schema =
    value("workdir", Type::Form(&path::MOUNT), "Folder the program starts in, in place of the image's own.");

/// `inject`.
pub const INJECT: Schema = flag(
    "inject",
    "Variables that follow from edges are set: `PORT`, `APP_VERSION`, `ORDERS_URL` and the like. So by \
     default, but for the archetype `image`.",
);

/// `env`.
pub const ENV: Schema = node(
    "env",
    "Environment variables. `${orders-db.url}` is an output of another node, `${secret.NAME}` a `secret` of its own; \
     what is secret stays a reference until the program starts. A name that ends in `_FILE` gets the path of a file that \
     holds the value.",
)
.props(&[prop(
    "as",
    Type::Word("file env"),
    "How secret values arrive: under their names, or, with `file`, in files whose paths are in `NAME_FILE`.",
)])
.free(prop("NAME", Type::Written(&form::VALUE), "Value of the variable."));

/// `secret`.
pub const SECRET: Schema = keyed(
    "secret",
    Type::Form(&name::KEY),
    "A secret by reference: `secret \"STRIPE_KEY\" from=\"shop/stripe#key\"` of the secret store, or \
     `in=\"stripe\" key=\"token\"` of a Secret that is in the cluster already. It arrives under its name; one that \
     `${secret.STRIPE_KEY}` names in `env` or in a `file` arrives there instead.",
)
.props(&[
    prop("from", Type::Form(&path::SECRET), "Where it lies: path in the store, `#`, key."),
    prop("in", Type::Form(&name::OBJECT), "Secret of the namespace that holds it, made by somebody else."),
    prop("key", Type::Form(&name::KEY), "Its key in that Secret; its name by default."),
    AS,
    prop(
        "length",
        Type::Int(8, 4_096),
        "How long it has to be, in letters, or in bytes as `base64`; 32 by default.",
    ),
    prop(
        "form",
        Type::Word("text hex base64 uuid"),
        "How it has to be written; letters and digits by default.",
    ),
])
.needs(&[need("from in", "lies nowhere")])
.clashes(&[clash("from", "in", "it lies in one place"), clash("from", "key", "the key stands behind `#`")])
.new_by("from in");

/// `as` of what makes variables of secrets.
pub const AS: Prop = prop(
    "as",
    Type::Word("file env"),
    "How secrets arrive: in files, whose paths are in `NAME_FILE`, or in variables as they are. What stands \
     nearer wins; by default files, and variables with the archetype `image`.",
);

/// `file`.
pub const FILE: Schema = keyed(
    "file",
    Type::Form(&path::MOUNT),
    "A configuration file to mount, read only: `file \"/etc/app/x.toml\" from=\"config/x.toml\"`; of a folder \
     every file in it, one by one, and a file need not be a text. It \
     may be run if the file of the project may; a text with a secret is a secret itself, and \
     `file \"/etc/app/key.pem\" text=\"${secret.KEY}\"` is a `secret \"KEY\"` at a path. In a file \
     of the project `${orders-db.url}` is filled in where the spec declares `orders-db`, so is `${secret.KEY}`, and \
     all else in `${}` stays; `$${orders-db.url}` keeps that too.",
)
.props(&[
    prop("from", Type::File, "File or folder of the project that is mounted."),
    prop("text", Type::Wired, "Its text."),
    prop(
        "mode",
        Type::Form(&path::MODE),
        "Who may read and run it, in octal digits: `0755`; by default all may read it, and run it if its owner may.",
    ),
    prop(
        "changed",
        Type::Word("restart SIGHUP nothing"),
        "What is done when it changes: the program starts anew, by default, is sent a signal, or goes on with what it \
         read.",
    ),
])
.needs(&[need("from text", "has no text")])
.clashes(&[clash("from", "text", "a file has one text")])
.new_by("from text");

/// `volume`.
pub const VOLUME: Schema = keyed("volume", Type::Form(&path::MOUNT), "A folder that outlives the container.")
    .props(&[
        prop("size", Type::Size, "Space to ask for; `1Gi` by default."),
        prop("temporary", Type::Bool, "Lives only as long as the container; kept in memory or on the node."),
        prop(
            "name",
            Type::Form(&name::LABEL_OF_DNS),
            "Name of what holds the data, `SERVICE-NAME` in the cluster; the path with `-` by \
             default. It keeps data where they are when the path is another.",
        ),
        prop("class", Type::Form(&name::OBJECT), "StorageClass of the cluster; its default one by default."),
        prop("memory", Type::Bool, "A temporary one lies in memory."),
        prop("from", Type::Ref("volume"), "A `volume` of the spec that services share."),
        prop("host", Type::Form(&path::OF_MACHINE), "A file or folder of the machine, `/etc/localtime`, or, on a development machine, of the project: `./uploads`."),
        prop("read-only", Type::Bool, "What is shared, or of the machine, is not written."),
        prop(
            "sub-path",
            Type::Form(&path::IN_VOLUME),
            "The folder in the shared volume that is mounted; all of it by default.",
        ),
    ])
    .needs(&[
        Need { when: "memory", one_of: "temporary", without: "keeps its data, and memory keeps none" },
        Need { when: "read-only", one_of: "from host", without: "is its own, so nobody would write it" },
        Need { when: "sub-path", one_of: "from", without: "is its own, so all of it is mounted" },
    ])
    .clashes(&[
        clash("from", "size temporary name class memory host", "the shared volume says so"),
        clash("host", "size temporary name class memory sub-path", "it is there already"),
        clash("temporary", "class read-only sub-path", "it begins empty with each container"),
    ]);

/// `shutdown`.
pub const SHUTDOWN: Schema = node("shutdown", "How it stops.").props(&[
    prop("grace", Type::Duration, "Time from the signal to the kill.").usual("30s"),
    prop("delay", Type::Duration, "Wait before the signal, while routes are taken away.").usual("0s"),
    prop(
        "signal",
        Type::Word("SIGTERM SIGINT SIGQUIT SIGHUP SIGUSR1 SIGUSR2 SIGWINCH SIGKILL"),
        "The signal. `SIGTERM` is what an image stops by that says no other, so it is not written.",
    )
    .usual("SIGTERM"),
]);

/// `scale`.
pub const SCALE: Schema = node("scale", "How many instances run.").props(&[
    prop("min", Type::Int(0, 10_000), "Fewest instances.").usual("1"),
    prop(
        "max",
        Type::Int(1, 10_000),
        "Most instances; equal to `min` means a fixed number. Where nothing says: as `min`.",
    ),
    prop("cpu", Type::Percent, "Average use of processor time to aim at.").usual("70%"),
    prop(
        "lag",
        Type::Int(1, i64::MAX),
        "Unread messages per instance to aim at, for consumers; 10 for a function that says none.",
    ),
    prop("pool", Type::Int(0, 10_000), "Database connections each instance keeps open, per database.")
        .usual("10"),
    check_only("capacity", Type::Rate, "Requests one instance can take, as measured."),
    check_only("peak", Type::Rate, "Most requests expected of the whole service."),
    check_only("measured", Type::Rate, "Highest rate it held within its objective in the last load test."),
]);

/// `user`.
pub const USER: Schema = value(
    "user",
    Type::Int(0, 2_000_000_000),
    "Numeric user and group the container runs as. `user #null` leaves it to the image, which may then begin as root.",
)
.props(&[prop("group", Type::Int(0, 2_000_000_000), "Numeric group; the user's number by default.")]);

const SIDECAR_ENV: Schema = ENV.props(&[]);

/// `sidecar`.
pub const SIDECAR: Schema = named("sidecar", "A helper container that starts before and stops after.")
    .parts(&[&IMAGE, &COMMAND, &SIDECAR_ENV, &port::OF_A_CONTAINER, &size::SCHEMA])
    .needs(&[need("image", "has no image")])
    .new_by("image");

/// `label`.
pub const LABEL: Schema = node("label", "Labels of your own on what is generated.").free(prop(
    "key",
    Type::Written(&form::VALUE),
    "Value of the label.",
));

/// `annotation`.
pub const ANNOTATION: Schema = node(
    "annotation",
    "Annotations of its pods, for what watches the cluster: `annotation { \"example.com/scan\" \"yes\" }`.",
)
.free(prop("key", Type::Written(&form::VALUE), "Value of the annotation."));

/// `writable`.
pub const WRITABLE: Schema = flag(
    "writable",
    "The container may write to its own file system. Read only by default, but for the archetype `image`.",
);

/// Reads what runs. Defaults are merged already; what is still missing is a bug of `stdlib/defaults.kdl`, not of the user,
/// and gets the plainest value.
pub fn read(item: &Item) -> Run {
    let words = |name: &str| item.part(name).map(Item::values_at).unwrap_or_default();
    Run {
        build: item.part("build").and_then(read_build),
        image: item.part("image").and_then(Item::value_at),
        made: item.part("build").is_some() || item.part("image").is_some(),
        entrypoint: words("entrypoint"),
        command: words("command"),
        ports: item.all("port").map(port::read).collect(),
        env: read_env(item),
        secrets: item.all("secret").filter_map(read_secret).collect(),
        files: item.all("file").map(read_file).collect(),
        volumes: item.all("volume").map(read_volume).collect(),
        resources: size::read(item),
        health: health::read(item),
        shutdown: read_shutdown(item),
        workdir: item.part("workdir").and_then(Item::value_at),
        user: item.part("user").and_then(Item::value_int),
        group: read_group(item),
        writable: item.flag("writable").is_some_and(|at| at.value),
        inject: item.flag("inject").is_none_or(|at| at.value),
        as_env: as_env(item),
        env_as_file: item.part("env").and_then(as_env) == Some(false),
        machine: super::machine::read(item),
        sidecars: item.all("sidecar").map(read_sidecar).collect(),
        labels: item.part("label").map(read_labels).unwrap_or_default(),
        annotations: item.part("annotation").map(read_labels).unwrap_or_default(),
    }
}

fn read_build(part: &Item) -> Option<Build> {
    Some(Build {
        context: part.value_at()?,
        dockerfile: part.text("dockerfile"),
        target: part.text("target"),
        language: part.text("language"),
    })
}

/// Variables in the order of their names.
pub fn read_env(item: &Item) -> Vec<(String, At<String>)> {
    let entry = |part: &Item| Some((part.key_text(), part.value_at()?));
    let mut env: Vec<_> = item.part("env").iter().flat_map(|env| &env.parts).filter_map(entry).collect();
    env.sort_by(|left, right| left.0.cmp(&right.0));
    env.shrink_to_fit();
    env
}

/// Whether a node says that secrets arrive as variables.
pub fn as_env(item: &Item) -> Option<bool> {
    item.text("as").filter(|it| matches!(it.as_str(), "env" | "file")).map(|it| it == "env")
}

fn read_secret(part: &Item) -> Option<SecretRef> {
    let object = part.text("in");
    let own = || Some((object.clone()?, part.text("key").unwrap_or_else(|| part.key_text())));
    let split = |from: String| {
        let (path, key) = from.split_once('#').unwrap_or((&from, "value"));
        (path.to_string(), key.to_string())
    };
    let (path, key) = own().or_else(|| part.text("from").map(split))?;
    Some(SecretRef {
        name: part.name(),
        path,
        key,
        object,
        as_env: as_env(part),
        length: part.int("length").map(|at| at.value),
        form: part.text("form"),
    })
}

fn read_file(part: &Item) -> File {
    File {
        path: part.name(),
        from: part.text_at("from"),
        text: part.text_at("text"),
        mode: part.text("mode").and_then(|it| u32::from_str_radix(&it, 8).ok()),
        changed: part.text("changed").unwrap_or_else(|| "restart".into()),
    }
}

fn read_volume(part: &Item) -> Volume {
    let size = part.size("size").map_or(Size(1 << 30), |at| at.value);
    let (path, name) = (part.name(), part.text_at("name"));
    let origin = path.origin.derived();
    let name = name.unwrap_or_else(|| At { value: volume_name(&path.value), origin });
    Volume {
        path,
        name,
        size,
        temporary: part.is("temporary"),
        memory: part.is("memory"),
        class: part.text("class"),
        from: part.text_at("from"),
        host: part.text_at("host"),
        read_only: part.is("read-only"),
        sub_path: part.text("sub-path"),
    }
}

/// What a volume is called that says no name: by its path alone, so that no other volume moves it.
fn volume_name(path: &str) -> String {
    let letters = path.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    let name = letters.collect::<String>().trim_matches('-').to_string();
    match name.as_str() {
        "" => "root".into(),
        held if HELD.contains(&held) => format!("volume-{held}"),
        _ => name,
    }
}

fn read_shutdown(item: &Item) -> Shutdown {
    let part = item.part("shutdown");
    let derived = At { value: Duration(30_000), origin: item.origin.derived() };
    Shutdown {
        grace: part.and_then(|part| part.duration("grace")).unwrap_or(derived),
        delay: part.and_then(|part| part.duration("delay")).map_or(Duration(0), |at| at.value),
        signal: part.and_then(|part| part.text("signal")),
    }
}

fn read_group(item: &Item) -> Option<i64> {
    let part = item.part("user")?;
    part.int("group").or_else(|| part.value_int()).map(|at| at.value)
}

fn read_sidecar(part: &Item) -> Sidecar {
    Sidecar {
        name: part.key_text(),
        image: part.part("image").and_then(Item::value_text).unwrap_or_default(),
        command: part.part("command").map(Item::values_at).unwrap_or_default(),
        env: read_env(part),
        ports: part.all("port").map(port::read).collect(),
        resources: size::read_helper(part),
        origin: part.origin,
    }
}

fn read_labels(part: &Item) -> Vec<(String, At<String>)> {
    let mut labels: Vec<_> =
        part.parts.iter().filter_map(|it| Some((it.key_text(), it.value_at()?))).collect();
    labels.sort_by(|left, right| left.0.cmp(&right.0));
    labels
}

/// Reads how many run.
pub fn read_scale(item: &Item) -> Scale {
    let part = item.part("scale");
    let origin = item.origin.derived();
    let int = |name: &str| part.and_then(|part| part.int(name));
    let min = int("min").unwrap_or(At { value: 1, origin });
    let max = int("max").unwrap_or(min);
    Scale {
        min,
        max: if max.value < min.value && max.origin.layer < min.origin.layer { min } else { max },
        cpu: part.and_then(|part| part.share("cpu")),
        lag: int("lag"),
        pool: int("pool").unwrap_or(At { value: 10, origin }),
        capacity: part.and_then(|part| part.rate("capacity")),
        peak: part.and_then(|part| part.rate("peak")),
        measured: part.and_then(|part| part.rate("measured")),
    }
}
