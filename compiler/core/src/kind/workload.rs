//! What everything that runs has in common: image, ports, configuration, health, size. Used by `service`, `function`,
//! resource types and archetypes.

use super::port;
use crate::form::{self, command, image, name, path};
use crate::model::service::{
    Build, File, HELD, Health, Resources, Run, Scale, SecretRef, Shutdown, Sidecar, Volume,
};
use crate::schema::{
    Schema, Type, check_only, clash, flag, keyed, named, names, need, node, prop, required, value, values,
};
use crate::tree::{At, Item, Layer};
use bastide_report::units::{Cpu, Duration, Size};

/// `image`.
pub const IMAGE: Schema =
    value("image", Type::Form(&image::IMAGE), "Image to run, with tag: for what is not built here.");

/// `build`.
pub const BUILD: Schema = value("build", Type::File, "Folder the image is built from.").props(&[
    prop("dockerfile", Type::Form(&path::INNER), "Name of the Dockerfile in it; `Dockerfile` by default."),
    prop("target", Type::Form(&name::KEY), "Stage to build."),
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

/// `env`.
pub const ENV: Schema = node(
    "env",
    "Environment variables. `${orders-db.url}` is an output of another node; what is secret stays a \
     reference until the program starts. A name that ends in `_FILE` gets the path of a file that \
     holds the value.",
)
.free(prop("NAME", Type::Written(&form::VALUE), "Value of the variable."));

/// `secret`.
pub const SECRET: Schema = keyed(
    "secret",
    Type::Form(&name::KEY),
    "A secret from the secret store, by reference: `secret \"STRIPE_KEY\" from=\"shop/stripe#key\"`.",
)
.props(&[
    required("from", Type::Form(&path::SECRET), "Where it lies: path in the store, `#`, key."),
    prop("as", Type::Word("file env"), "How it arrives; a file by default, named by `NAME_FILE`."),
]);

/// `file`.
pub const FILE: Schema = keyed(
    "file",
    Type::Form(&path::MOUNT),
    "A configuration file to mount, read only: `file \"/etc/app/x.toml\" from=\"config/x.toml\"`. It \
     may be run if the file of the project may; a text with a secret output is a secret itself.",
)
.props(&[
    prop("from", Type::File, "File of the project that holds its text."),
    prop("text", Type::Wired, "Its text."),
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
    ]);

/// `resources`.
pub const RESOURCES: Schema = node("resources", "Processor time and memory per instance.").props(&[
    prop("cpu", Type::Cpu, "Processor time to reserve."),
    prop("cpu-limit", Type::Cpu, "Processor time it may not exceed; none by default."),
    prop("memory", Type::Size, "Memory to reserve, and the limit when none is given."),
    prop("memory-limit", Type::Size, "Memory it may not exceed."),
]);

const ONE_QUESTION: &str = "it is asked in one way";
const ASKS: Schema =
    names("asks", Type::Ref("service resource external"), "What it asks before it calls itself ready.")
        .check_only();

/// `health`.
pub const HEALTH: Schema = node("health", "How to ask whether it lives and is ready.")
    .parts(&[&ASKS])
    .props(&[
        prop("live", Type::UrlPath, "Path that fails only when a restart would help."),
        prop("ready", Type::UrlPath, "Path that fails while no requests should come."),
        prop("startup", Type::Lasting, "Longest time a start may take."),
        prop("port", Type::Int(1, 65_535), "Port that answers, if not that of the api."),
        prop("grpc", Type::Bool, "Ask by the gRPC health protocol."),
        prop("tcp", Type::Bool, "Only open a connection."),
        prop(
            "command",
            Type::Form(&command::COMMAND),
            "Command to run in the container; words separated by spaces, held together by quotes.",
        ),
    ])
    .clashes(&[
        clash("grpc", "tcp command live ready", ONE_QUESTION),
        clash("tcp", "command live ready", ONE_QUESTION),
        clash("command", "live ready port", ONE_QUESTION),
    ]);

/// `shutdown`.
pub const SHUTDOWN: Schema = node("shutdown", "How it stops.").props(&[
    prop("grace", Type::Duration, "Time from the signal to the kill."),
    prop("delay", Type::Duration, "Wait before the signal, while routes are taken away."),
    prop("signal", Type::Word("SIGTERM SIGINT SIGQUIT"), "The signal; `SIGTERM` by default."),
]);

/// `scale`.
pub const SCALE: Schema = node("scale", "How many instances run.").props(&[
    prop("min", Type::Int(0, 10_000), "Fewest instances."),
    prop("max", Type::Int(1, 10_000), "Most instances; equal to `min` means a fixed number."),
    prop("cpu", Type::Percent, "Average use of processor time to aim at."),
    prop("lag", Type::Int(1, i64::MAX), "Unread messages per instance to aim at, for consumers."),
    prop("pool", Type::Int(0, 10_000), "Database connections each instance keeps open, per database."),
    check_only("capacity", Type::Rate, "Requests one instance can take, as measured."),
    check_only("peak", Type::Rate, "Most requests expected of the whole service."),
    check_only("measured", Type::Rate, "Highest rate it held within its objective in the last load test."),
]);

/// `user`.
pub const USER: Schema =
    value("user", Type::Int(1, 2_000_000_000), "Numeric user and group the container runs as.")
        .props(&[prop("group", Type::Int(1, 2_000_000_000), "Numeric group; the user's number by default.")]);

/// `sidecar`.
pub const SIDECAR: Schema = named("sidecar", "A helper container that starts before and stops after.")
    .parts(&[&IMAGE, &COMMAND, &ENV, &port::OF_A_CONTAINER, &RESOURCES])
    .needs(&[need("image", "has no image")])
    .new_by("image");

/// `label`.
pub const LABEL: Schema = node("label", "Labels of your own on what is generated.").free(prop(
    "key",
    Type::Written(&form::VALUE),
    "Value of the label.",
));

/// `writable`.
pub const WRITABLE: Schema =
    flag("writable", "The container may write to its own file system. Read only by default.");

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
        resources: read_resources(item),
        health: read_health(item),
        shutdown: read_shutdown(item),
        user: item
            .part("user")
            .and_then(Item::value_int)
            .unwrap_or(At { value: 65_532, origin: item.origin.derived() }),
        group: read_group(item),
        writable: item.flag("writable").is_some_and(|at| at.value),
        sidecars: item.all("sidecar").map(read_sidecar).collect(),
        labels: item.part("label").map(read_labels).unwrap_or_default(),
    }
}

fn read_build(part: &Item) -> Option<Build> {
    Some(Build {
        context: part.value_at()?,
        dockerfile: part.text("dockerfile"),
        target: part.text("target"),
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

fn read_secret(part: &Item) -> Option<SecretRef> {
    let from = part.text("from")?;
    let (path, key) = from.split_once('#').unwrap_or((&from, "value"));
    let as_env = part.text("as").as_deref() == Some("env");
    Some(SecretRef { name: part.name(), path: path.into(), key: key.into(), as_env })
}

fn read_file(part: &Item) -> File {
    File { path: part.name(), from: part.text_at("from"), text: part.text_at("text") }
}

fn read_volume(part: &Item) -> Volume {
    let size = part.size("size").map_or(Size(1 << 30), |at| at.value);
    let (path, name) = (part.name(), part.text_at("name"));
    let origin = path.origin.derived();
    let name = name.unwrap_or_else(|| At { value: volume_name(&path.value), origin });
    Volume { path, name, size, temporary: part.is("temporary") }
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

fn read_resources(item: &Item) -> Resources {
    let derived = item.origin.derived();
    let part = item.part("resources");
    let cpu = part.and_then(|part| part.cpu("cpu")).unwrap_or(At { value: Cpu(100), origin: derived });
    let memory =
        part.and_then(|part| part.size("memory")).unwrap_or(At { value: Size(128 << 20), origin: derived });
    let limit = part.and_then(|part| part.size("memory-limit"));
    Resources {
        cpu,
        cpu_limit: part.and_then(|part| part.cpu("cpu-limit")),
        memory,
        memory_limit: limit.unwrap_or(At { value: memory.value, origin: memory.origin.derived() }),
    }
}

fn read_health(item: &Item) -> Health {
    let part = item.part("health");
    let text = |name: &str| part.and_then(|part| part.text(name));
    let command = part.map(|part| part.command("command")).unwrap_or_default();
    let kind = match part {
        _ if !command.is_empty() => "command",
        Some(part) if part.is("grpc") => "grpc",
        Some(part) if part.is("tcp") => "tcp",
        _ => "http",
    };
    let by_hand = |name: &str| {
        part.and_then(|part| part.field(name)).is_some_and(|at| at.origin.layer > Layer::Default)
    };
    Health {
        kind: kind.into(),
        asked: by_hand("live") || by_hand("ready"),
        live: text("live").unwrap_or_else(|| "/livez".into()),
        ready: text("ready").unwrap_or_else(|| "/readyz".into()),
        startup: part.and_then(|part| part.duration("startup")).map_or(Duration(30_000), |at| at.value),
        port: part.and_then(|part| part.int("port")).map(|at| at.value as u16),
        command,
        asks: part.iter().flat_map(|part| part.all("asks")).map(Item::name).collect(),
    }
}

fn read_shutdown(item: &Item) -> Shutdown {
    let part = item.part("shutdown");
    let derived = At { value: Duration(30_000), origin: item.origin.derived() };
    Shutdown {
        grace: part.and_then(|part| part.duration("grace")).unwrap_or(derived),
        delay: part.and_then(|part| part.duration("delay")).map_or(Duration(0), |at| at.value),
        signal: part.and_then(|part| part.text("signal")).unwrap_or_else(|| "SIGTERM".into()),
    }
}

fn read_group(item: &Item) -> i64 {
    let part = item.part("user");
    let own = part.and_then(|part| part.int("group")).map(|at| at.value);
    own.or_else(|| part.and_then(Item::value_int).map(|at| at.value)).unwrap_or(65_532)
}

fn read_sidecar(part: &Item) -> Sidecar {
    let size = part.part("resources");
    let bytes = |name: &str| size.and_then(|it| it.size(name)).map(|at| at.value);
    let (memory, limit) = (bytes("memory"), bytes("memory-limit"));
    Sidecar {
        name: part.key_text(),
        image: part.part("image").and_then(Item::value_text).unwrap_or_default(),
        command: part.part("command").map(Item::values_at).unwrap_or_default(),
        env: read_env(part),
        ports: part.all("port").map(port::read).collect(),
        cpu: size.and_then(|it| it.cpu("cpu")).map_or(Cpu(50), |at| at.value),
        cpu_limit: size.and_then(|it| it.cpu("cpu-limit")).map(|at| at.value),
        memory: memory.unwrap_or(Size(64 << 20)),
        memory_limit: limit.or(memory).unwrap_or(Size(256 << 20)),
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
