//! `shared-database`: one store, several owners.

use crate::check::query::listed;
use crate::check::topology::direct_datastore_access::foreign;
use crate::check::{Context, Found, Rule};
use crate::model::service::{Service, Use};
use bastide_report::finding::Level;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::warn("shared-database", check);

/// A service, and what it says of its use.
type User<'m> = (&'m Service, &'m Use);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut users: BTreeMap<&str, Vec<User<'_>>> = BTreeMap::new();
    for service in &ctx.model.services {
        // Somebody of another team is a `direct-datastore-access`.
        let own = |used: &&Use| !foreign(ctx, service, &used.resource.value);
        for used in service.uses.iter().filter(own) {
            users.entry(&used.resource.value).or_default().push((service, used));
        }
    }
    for resource in ctx.model.resources.iter().filter(|it| matches!(&*it.class, "database" | "store")) {
        let users = users.get(resource.name.value.as_str()).map_or(&[][..], Vec::as_slice);
        let (writers, readers): (Vec<_>, Vec<_>) = users.iter().partition(|(_, used)| !used.read_only);
        if users.len() < 2 || writers.is_empty() {
            continue;
        }
        found.push(finding(&resource.at, &resource.name.value, &writers, &readers));
    }
}

fn finding(at: &str, name: &str, writers: &[&User<'_>], readers: &[&User<'_>]) -> Found {
    let names = |users: &[&User<'_>]| users.iter().map(|(it, _)| it.name.value.clone()).collect::<Vec<_>>();
    let (writing, reading) = (names(writers), names(readers));
    let list = |names: &[String]| listed(&names.iter().map(String::as_str).take(8).collect::<Vec<_>>());
    let (message, level) = match writing.len() {
        1 => {
            (format!("`{name}` belongs to {} and is read by {}", list(&writing), list(&reading)), Level::Info)
        }
        _ if one_program(writers) => {
            (format!("`{name}` is written by {}, of one program", list(&writing)), Level::Info)
        }
        _ => (format!("`{name}` is written by {}", list(&writing)), RULE.level),
    };
    let owner = &writing[0];
    let other = writing.get(1).or(reading.first()).unwrap_or(owner);
    let label =
        |(it, used): &&User<'_>, verb| (used.resource.span(), format!("`{}` {verb} it", it.name.value));
    RULE.found(at, message)
        .level(level)
        .labels(writers.iter().take(8).map(|user| label(user, "writes")))
        .labels(readers.iter().take(8).map(|user| label(user, "reads")))
        .help(format!("let `{owner}` own it: `calls \"{owner}\"` in `{other}`, or a topic of `{owner}` that `{other}` subscribes to"))
}

/// Whether all run the same program, such as a server and its worker, or one archetype says for all that they use it: who
/// changes the schema changes it for all.
fn one_program(users: &[&User<'_>]) -> bool {
    if users.iter().all(|(_, used)| used.resource.span() == users[0].1.resource.span()) {
        return true;
    }
    let made = |(it, _): &&User<'_>| {
        let (image, build) = (it.run.image.as_ref(), it.run.build.as_ref());
        image.map(|at| &at.value).or(build.map(|it| &it.context.value)).cloned()
    };
    let first = users.first().and_then(made);
    first.is_some() && users.iter().all(|user| made(user) == first)
}
