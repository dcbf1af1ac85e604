//! `volume` at the top: a folder that several services share.

use crate::form::name;
use crate::model::Volume;
use crate::schema::{Schema, Type, clash, named, prop};
use crate::tree::Item;
use bastide_report::units::Size;

/// The node.
pub const SCHEMA: Schema = named(
    "volume",
    "A folder that outlives what mounts it and that several services share: `volume \"/media\" from=\"media\"` mounts it.",
)
.parts(&[&super::lint::SCHEMA])
.props(&[
    prop("size", Type::Size, "Space to ask for; `1Gi` by default."),
    prop(
        "access",
        Type::Word("one many read-many"),
        "From how many machines of a cluster it is mounted at a time: one, by default, many, or many that only read.",
    ),
    prop("class", Type::Form(&name::OBJECT), "StorageClass of the cluster; its default one by default."),
    prop("claim", Type::Form(&name::OBJECT), "PersistentVolumeClaim that is there already, in place of one of its own."),
])
.clashes(&[clash("claim", "size access class", "the claim that is there says so")]);

/// Reads the merged node.
pub fn read(item: &Item) -> Volume {
    let access = match item.text("access").as_deref() {
        Some("many") => "ReadWriteMany",
        Some("read-many") => "ReadOnlyMany",
        _ => "ReadWriteOnce",
    };
    Volume {
        at: item.path(),
        name: item.name(),
        size: item.size("size").map_or(Size(1 << 30), |at| at.value),
        access,
        class: item.text("class"),
        claim: item.text("claim"),
    }
}
