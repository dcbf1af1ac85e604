//! `environment`: one place the system runs, and what is different there.

use crate::form::{image, name};
use crate::model::app::{Environment, Mesh, Patch, Quota, Set, TargetUse};
use crate::schema::{
    Prop, Schema, Type, check_only, keyed, named, need, node, prop, required, value, values,
};
use crate::tree::{At, Item};

const TARGET: Schema = keyed(
    "target",
    Type::Text,
    "A target to write for this environment, with its options. Without any, the platform's own \
     targets are written.",
)
.check_only()
.free(prop("option", Type::Any, "An option of the target, as property or child."));

const SET: Schema = keyed(
    "set",
    Type::Text,
    "A value to put at a dotted path of the object: `set \"spec.template.spec.dnsPolicy\" \
     value=\"None\"`; without a value the field is taken away. A step is a key, in a list the `name` \
     of an item or its number from 0; a key with dots stands in brackets: \
     `metadata.annotations[prometheus.io/scrape]`.",
)
.props(&[prop("value", Type::Any, "The value.")]);

const PATCH: Schema = keyed(
    "patch",
    Type::Text,
    "A change to one generated object, addressed as `Kind/name`. A patch that meets nothing is an \
     error.",
)
.check_only()
.parts(&[&SET])
.needs(&[need("set", "changes nothing")]);

const REGISTRY: Schema = value(
    "registry",
    Type::Form(&image::REGISTRY),
    "Registry prefix that replaces `images` of the app in this environment.",
)
.props(&[super::app::SIGN_IN]);

const QUOTA: Schema = node(
    "quota",
    "What the namespace, or the machines behind it, can give: checked against what runs at most.",
)
.check_only()
.props(&[
    prop("cpu", Type::Cpu, "Processor time that may be reserved."),
    prop("memory", Type::Size, "Memory that may be reserved."),
]);

const MESH: Schema = value(
    "mesh",
    Type::Word("istio linkerd"),
    "A service mesh that is installed there, and that the pods of the app join.",
)
.props(&[
    check_only(
        "retries",
        Type::Int(0, 10),
        "Further tries it makes by itself; 2 for Istio by default, else 0.",
    ),
    check_only("mtls", Type::Bool, "It encrypts between services; so by default."),
]);

const PULL_SECRET: Schema = values(
    "pull-secret",
    Type::Form(&name::OBJECT),
    "Secrets of the cluster, there already, with which images are fetched.",
);

/// The node without the kinds an overlay may hold; `kind::KINDS` adds those.
pub const OWN_PARTS: &[&Schema] = &[&TARGET, &PATCH, &REGISTRY, &QUOTA, &MESH, &PULL_SECRET];

/// Properties of the node.
pub const PROPS: &[Prop] = &[
    Prop {
        check_only: true,
        ..required("platform", Type::Word("compose kubernetes"), "What runs the containers.")
    },
    prop("namespace", Type::Form(&name::NAMESPACE), "Kubernetes namespace; the app's name by default."),
    prop(
        "cluster",
        Type::Form(&name::WORD),
        "Kubernetes cluster, as Argo CD knows it: a name, or the URL of its API server; that of Argo CD by default.",
    ),
    prop(
        "context",
        Type::Text,
        "Context of `kubectl` that leads to the cluster: `apply.sh` is written, which applies the manifests there and nowhere else.",
    ),
    prop("region", Type::Form(&name::REGION), "Region the cluster stands in: `eu-central-1`."),
    prop(
        "wave",
        Type::Int(1, 100),
        "When the pipeline releases it: environments of one number together, each number when the one before it is through. \
         Without a number it is 1; where no environment has one, they go one after the other, as they stand in the spec.",
    ),
    prop(
        "owns",
        Type::Word("namespace objects"),
        "What there is the app's: the `namespace`, by default, or, in one that others share, its own `objects`. Then nothing is \
         written that concerns all of the namespace or a pod of others; the options of the target `kubernetes` switch each such thing on.",
    ),
    check_only(
        "like",
        Type::Ref("environment"),
        "Environment this one begins with: its overlays, targets with their options, patches and all else of it apply first.",
    ),
];

/// Reads the merged node.
pub fn read(item: &Item, app: &str) -> Environment {
    let place = |part: &Item| Some((part.key_text(), part.value()?.span()));
    let target = |part: &Item| TargetUse {
        name: part.key_text(),
        options: part.free_values(),
        places: part.parts.iter().filter(|it| it.is_free()).filter_map(place).collect(),
        extends: vec![],
        origin: part.origin,
    };
    let patch = |part: &Item| Patch {
        object: part.key_text(),
        sets: part.all("set").map(|set| field(set, &part.path_in(&item.path()))).collect(),
        origin: part.origin,
    };
    Environment {
        at: item.path(),
        name: item.name(),
        origin: item.origin,
        platform: item.text("platform").unwrap_or_else(|| "compose".into()),
        namespace: item.text("namespace").unwrap_or_else(|| app.to_string()),
        namespace_at: item.text_at("namespace").map_or(item.origin, |at| at.origin),
        cluster: item.text("cluster"),
        context: item.text("context"),
        region: item.text("region"),
        wave: item.int("wave").map(|at| at.value),
        owns: item.text("owns").unwrap_or_else(|| "namespace".into()),
        sign_in: item.part("registry").and_then(|part| part.text("sign-in")),
        registry: item.part("registry").and_then(Item::value_at),
        pull_secrets: item.part("pull-secret").map(Item::values_text).unwrap_or_default(),
        quota: item.part("quota").map(|part| Quota { cpu: part.cpu("cpu"), memory: part.size("memory") }),
        mesh: item.part("mesh").and_then(mesh),
        targets: item.all("target").map(target).chain(left_out(item)).collect(),
        patches: item.all("patch").map(patch).collect(),
    }
}

/// `target "prometheus" #null`: not even where it would be written without a word.
fn left_out(item: &Item) -> impl Iterator<Item = TargetUse> {
    let nulls = item.taken.iter().flat_map(|taken| &taken.parts).filter(|null| null.schema.node == "target");
    nulls.map(|null| TargetUse {
        name: null.key_text(),
        options: [("enabled".to_string(), serde_json::Value::Bool(false))].into(),
        places: [].into(),
        extends: vec![],
        origin: null.origin,
    })
}

fn mesh(part: &Item) -> Option<Mesh> {
    let kind = part.value_at()?;
    let usual = At { value: if kind.value == "istio" { 2 } else { 0 }, origin: kind.origin };
    let mtls = part.field("mtls").is_none() || part.is("mtls");
    Some(Mesh { kind, retries: part.int("retries").unwrap_or(usual), mtls })
}

fn field(item: &Item, patch: &str) -> Set {
    Set {
        at: item.path_in(patch),
        path: item.key_text(),
        value: item.field("value").map(|at| at.value.to_json()),
        origin: item.origin,
    }
}

/// The schema, given every part it may hold.
pub const fn schema(parts: &'static [&'static Schema]) -> Schema {
    named(
        "environment",
        "One place the system runs. Other kinds inside it are overlays: the same nodes, merged by kind and name into \
         what stands outside.",
    )
    .props(PROPS)
    .parts(parts)
}
