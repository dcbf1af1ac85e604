//! `cache-as-truth`: the only copy may be thrown away.

use crate::check::{Context, Found, Rule};
use crate::model::resource::Resource;
use crate::model::service::{Service, Use};

pub const RULE: Rule = Rule::warn("cache-as-truth", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let cache = |name: &str| {
        ctx.model.resource(name).filter(|it| it.class == "cache" && it.external.is_none() && !it.stateful)
    };
    for resource in ctx.model.resources.iter().filter(|it| it.class == "cache" && !it.stateful) {
        let Some(backup) = &resource.backup else { continue };
        let span = backup.schedule.as_ref().map_or(resource.name.span(), |at| at.span());
        found.push(
            finding(resource, "has a backup, as if it were the only copy")
                .label(span, "kept for the worst day"),
        );
    }
    for service in &ctx.model.services {
        let written = |used: &&Use| !used.read_only && !used.soft;
        let mut caches =
            service.uses.iter().filter(written).filter_map(|used| Some((used, cache(&used.resource.value)?)));
        let Some((used, resource)) = caches.next() else { continue };
        if service.publishes.is_empty() || resource.backup.is_some() || keeps(ctx, service) {
            continue;
        }
        let text = format!("is all that `{}` keeps of what it announces", service.name.value);
        found.push(finding(resource, &text).label(used.resource.span(), "written here, and nowhere else"));
    }
}

/// Whether it has a database or store.
fn keeps(ctx: &Context<'_>, service: &Service) -> bool {
    let class = |used: &Use| ctx.model.resource(&used.resource.value).map(|it| it.class.as_str());
    service.uses.iter().any(|used| matches!(class(used), Some("database" | "store")))
        || service.run.volumes.iter().any(|volume| volume.keeps())
}

fn finding(resource: &Resource, text: &str) -> Found {
    let name = &resource.name.value;
    RULE.found(&resource.at, format!("the cache `{name}` {text}"))
        .label(resource.ty.span(), "throws away what it has no room for")
        .help(format!(
            "keep it in a database (`resource \"{name}-db\" type=\"postgres\"`) and let `{name}` hold copies"
        ))
}
