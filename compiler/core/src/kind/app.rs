//! `app`: the system this spec describes.

use super::environment;
use crate::form::image::REGISTRY;
use crate::model::app::{App, Profile};
use crate::schema::{Prop, Repeat, Schema, Type, named, prop, value, values};
use crate::tree::Item;

/// Who answers for it and where to reach them; also inside a service.
pub const OWNER: Schema =
    value("owner", Type::Text, "Team that answers for it. Alerts and documents name it.").props(&[
        prop("contact", Type::Text, "Channel or address to reach the team."),
        prop("page", Type::Text, "Receiver of pages, as Alertmanager names it."),
        prop("ticket", Type::Text, "Receiver of tickets, as Alertmanager names it."),
    ]);

const SOURCE: Schema = value("source", Type::Url, "Repository the system is built from.");
const IMAGES: Schema = value(
    "images",
    Type::Form(&REGISTRY),
    "Registry prefix of the images built here: `registry.example.com/shop`.",
)
.props(&[SIGN_IN]);

/// `sign-in` of a registry.
pub const SIGN_IN: Prop = prop(
    "sign-in",
    Type::Word("secrets token"),
    "How a pipeline signs in there: with `secrets` of the CI system, by default, or with the `token` that the forge gives each \
     run, for a registry of the forge's own.",
);

const LAYERS: Schema = values(
    "layers",
    Type::Text,
    "Layers from the outside in: services call their own layer or one further in.",
)
.check_only();
const DEPTH: Schema =
    value("call-depth", Type::Int(1, 100), "Most calls in a row behind a route; 4 by default.").check_only();

const PROFILE: Schema = value(
    "profile",
    Type::Word("standard strict"),
    "How much rules weigh where no `lint` says it; `standard` by default. `strict`: what it warns of is denied, and its advice is a warning.",
)
.check_only();

const RAW: Schema =
    environment::RAW.called("raw", "Files of the project that are laid beside the objects of every environment of Kubernetes: `raw \"k8s/*.yaml\"`.");

/// The node.
pub const SCHEMA: Schema = named("app", "The system this spec describes. Stands once, in the main file.")
    .repeat(Repeat::Once)
    .parts(&[&OWNER, &SOURCE, &IMAGES, &LAYERS, &DEPTH, &PROFILE, &RAW])
    .props(&[
        prop("version", Type::Version, "Version of the system as a whole.").usual("0.1.0"),
        super::workload::AS,
    ]);

/// Reads the merged node.
pub fn read(item: &Item) -> App {
    let owner = item.part("owner");
    App {
        at: item.path(),
        name: item.name(),
        as_env: super::workload::as_env(item),
        origin: item.origin,
        version: item.text("version").unwrap_or_else(|| "0.1.0".into()),
        versioned: item.text("version").is_some(),
        owner: owner.and_then(Item::value_text).unwrap_or_default(),
        contact: owner.and_then(|owner| owner.text("contact")).unwrap_or_default(),
        page: owner.and_then(|owner| owner.text("page")),
        ticket: owner.and_then(|owner| owner.text("ticket")),
        source: item.part("source").and_then(Item::value_text),
        images: item.part("images").and_then(Item::value_text),
        sign_in: item.part("images").and_then(|part| part.text("sign-in")),
        layers: item.part("layers").map(Item::values_text).unwrap_or_default(),
        call_depth: item.part("call-depth").and_then(Item::value_int),
        profile: match item.part("profile").and_then(Item::value_text).as_deref() {
            Some("strict") => Profile::Strict,
            _ => Profile::Standard,
        },
    }
}
