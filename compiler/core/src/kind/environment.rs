//! `environment`: one place the system runs, and what is different there.

use crate::form::{image, name};
use crate::model::app::{Environment, Mesh, Quota, TargetUse};
use crate::model::patch::{Change, How, Patch};
use crate::schema::{
    Prop, Repeat, Schema, Type, check_only, clash, keyed, named, names, need, node, prop, required, value,
    values,
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

const FIELD: Prop = prop("field", Type::Any, "A field below the path and its value: `key \"dedicated\"`.");
const VALUE: [Prop; 1] = [prop("value", Type::Any, "The value.")];

const SET: Schema = keyed(
    "set",
    Type::Text,
    "A value to put at a dotted path of the object: `set \"spec.template.spec.dnsPolicy\" \
     value=\"None\"`, or several fields below it, between braces. A step is a key; in a list the `name` \
     of an item, `[mountPath=/data]` for another key of it, a text that is an item, or its number from 0; \
     `*` is each of them. A key with dots stands in brackets: \
     `metadata.annotations[prometheus.io/scrape]`.",
)
.props(&VALUE)
.free(FIELD);

const APPEND: Schema = SET
    .called(
        "append",
        "An item to add at the end of the list at a path, which begins with it if it is not there: `append \
         \"spec.template.spec.tolerations\" { key \"dedicated\"; operator \"Exists\" }`.",
    )
    .repeat(Repeat::Each);

const INSERT: Schema = APPEND
    .called("insert", "An item to add to the list at a path, before the item that has the number `at` now.")
    .props(&[
        prop("value", Type::Any, "The value."),
        required("at", Type::Int(0, 10_000), "Number of the place, from 0."),
    ]);

const REMOVE: Schema = keyed(
    "remove",
    Type::Text,
    "A field to take away, or an item of a list: `remove \"spec.template.spec.containers.0.livenessProbe\"`.",
);

const PATCH: Schema = keyed(
    "patch",
    Type::Text,
    "A change to generated objects, addressed as `Kind/name`, or in a compose file as `services/name`, \
     `networks/name` and so on; `*` stands for any letters: `patch \"Deployment/*\"`. Values stand there as \
     they are written. A patch that meets nothing is an error.",
)
.check_only()
.props(&[prop("gone", Type::Bool, "The objects themselves are taken away.")])
.parts(&[&SET, &APPEND, &INSERT, &REMOVE])
.needs(&[need("set append insert remove gone", "changes nothing")])
.clashes(&[clash("gone", "set append insert remove", "nothing is left to be changed")]);

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

/// Files of the project for the output.
pub const RAW: Schema = names(
    "raw",
    Type::File,
    "Files of the project that are laid beside the generated ones as they are, by path or pattern: `raw \"k8s/*.yaml\"`. \
     For Kubernetes each holds objects, which are applied with the others; for compose it is a compose file, \
     which is included. Patches reach them.",
);

/// The node without the kinds an overlay may hold; `kind::KINDS` adds those.
pub const OWN_PARTS: &[&Schema] = &[&TARGET, &PATCH, &REGISTRY, &QUOTA, &MESH, &PULL_SECRET, &RAW];

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
        raws: vec![],
        patches: item.all("patch").map(|part| patch(part, &item.path())).collect(),
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

fn patch(part: &Item, environment: &str) -> Patch {
    let at = part.path_in(environment);
    let changes = part.parts.iter().filter_map(|item| change(item, &at)).collect();
    Patch { object: part.key_text(), gone: part.is("gone"), changes, origin: part.origin }
}

fn change(item: &Item, patch: &str) -> Option<Change> {
    let value = item.field("value").map(|at| at.value.to_json());
    let how = match item.schema.node {
        // Without anything to put there it takes away what is there.
        "set" if value.is_none() && item.parts.is_empty() => How::Remove,
        "set" => How::Set,
        "append" => How::Append,
        "insert" => How::Insert(item.int("at")?.value.try_into().ok()?),
        "remove" => How::Remove,
        _ => return None,
    };
    let fields =
        item.parts.iter().filter_map(|field| Some((field.key_text(), field.value()?.value.to_json())));
    let (at, path) = (item.path_in(patch), item.key_text());
    Some(Change { at, how, path, value, fields: fields.collect(), origin: item.origin })
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
