//! `app`: the system this spec describes.

use crate::form::image::REGISTRY;
use crate::model::app::App;
use crate::schema::{Arg, EMPTY, Repeat, Schema, Type, check_only_value, prop, value};
use crate::tree::Item;

/// Who answers for it and where to reach them; also inside a service.
pub const OWNER: Schema = Schema {
    node: "owner",
    docs: "Team that answers for it. Alerts and documents name it.",
    arg: Arg::Value(Type::Text),
    props: &[
        prop("contact", Type::Text, "Channel or address to reach the team."),
        prop("page", Type::Text, "Receiver of pages, as Alertmanager names it."),
        prop("ticket", Type::Text, "Receiver of tickets, as Alertmanager names it."),
    ],
    ..EMPTY
};

const SOURCE: Schema = value("source", Type::Url, "Repository the system is built from.");
const IMAGES: Schema = value(
    "images",
    Type::Form(&REGISTRY),
    "Registry prefix of the images built here: `registry.example.com/shop`.",
);

const LAYERS: Schema = Schema {
    node: "layers",
    docs: "Layers from the outside in: services call their own layer or one further in.",
    arg: Arg::Values(Type::Text),
    check_only: true,
    ..EMPTY
};
const DEPTH: Schema =
    check_only_value("call-depth", Type::Int(1, 100), "Most calls in a row behind a route; 4 by default.");

/// The node.
pub const SCHEMA: Schema = Schema {
    node: "app",
    docs: "The system this spec describes. Stands once, in the main file.",
    arg: Arg::Name,
    props: &[prop("version", Type::Version, "Version of the system as a whole.")],
    parts: &[&OWNER, &SOURCE, &IMAGES, &LAYERS, &DEPTH],
    repeat: Repeat::Once,
    ..EMPTY
};

/// Reads the merged node.
pub fn read(item: &Item) -> App {
    let owner = item.part("owner");
    App {
        at: item.path(),
        name: item.name(),
        origin: item.origin,
        version: item.text("version").unwrap_or_else(|| "0.1.0".into()),
        owner: owner.and_then(Item::value_text).unwrap_or_default(),
        contact: owner.and_then(|owner| owner.text("contact")).unwrap_or_default(),
        page: owner.and_then(|owner| owner.text("page")),
        ticket: owner.and_then(|owner| owner.text("ticket")),
        source: item.part("source").and_then(Item::value_text),
        images: item.part("images").and_then(Item::value_text),
        layers: item.part("layers").map(Item::values_text).unwrap_or_default(),
        call_depth: item.part("call-depth").and_then(Item::value_int),
    }
}
