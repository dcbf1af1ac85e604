//! What a server takes once: the resource type says which fields; what is there stays as it was made.

use super::{Difference, Effect};
use crate::model::Model;
use crate::model::resource::{Once, Resource};

/// Makes breaking what would have to change in place and cannot.
pub fn weigh(old: &Model, new: &Model, found: &mut [Difference]) {
    for it in found.iter_mut() {
        let Some((field, server)) = server(old, new, it) else { continue };
        let fits = |once: &&Once| field == once.field || field.starts_with(&format!("{}.", once.field));
        let Some(once) = server.once.iter().find(fits) else { continue };
        it.effect = Effect::Breaking;
        it.why.clone_from(&once.because);
        it.help.clone_from(&once.help);
    }
}

/// The field of a difference as resource types call it, and the resource that would have to change: the same server, and
/// what it carries, on both sides.
fn server<'m>(old: &Model, new: &'m Model, it: &Difference) -> Option<(String, &'m Resource)> {
    let (kind, name) = it.node.split_once('.')?;
    let field = it.path.strip_prefix(&it.node)?.strip_prefix('.')?;
    let (field, server) = match kind {
        "resource" => (field.to_string(), name),
        "topic" | "queue" => {
            let on = &new.topic(name)?.on.value;
            (
                format!("topic.{field}"),
                Some(on).filter(|on| old.topic(name).is_some_and(|it| it.on.value == **on))?.as_str(),
            )
        }
        _ => return None,
    };
    let (before, after) = (old.resource(server)?, new.resource(server)?);
    (before.ty.value == after.ty.value && after.external.is_none() == before.external.is_none())
        .then_some((field, after))
}
