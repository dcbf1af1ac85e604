//! `docs/stdlib.md`: resource types, archetypes and defaults, from `stdlib/`.

use super::{HEAD, cell};
use crate::spec::Spec;
use crate::tree::Item;
use std::fmt::Write as _;

/// The page of a spec that holds stdlib and nothing else.
pub fn page(spec: &Spec) -> String {
    let mut out = format!("{HEAD}# The standard library\n\n{INTRO}");
    let mut types: Vec<&Item> =
        spec.items.iter().filter(|item| item.schema.node == "resource-type").collect();
    types.sort_by(|left, right| left.key.cmp(&right.key));
    out.push_str("\n## Resource types\n");
    types.iter().for_each(|item| resource_type(item, &mut out));
    out.push_str("\n## Archetypes\n\n| archetype | what it is | begins with |\n|---|---|---|\n");
    for item in spec.items.iter().filter(|item| item.schema.node == "archetype") {
        let parts: Vec<String> = item.parts.iter().map(line).collect();
        let _ = writeln!(
            out,
            "| `{}` | {} | {} |",
            item.key,
            cell(&item.text("about").unwrap_or_default()),
            cell(&parts.join("<br>"))
        );
    }
    out.push_str("\n## Defaults\n\n| node | begins with |\n|---|---|\n");
    for part in spec.items.iter().filter(|item| item.schema.node == "defaults").flat_map(|item| &item.parts) {
        let own: Vec<String> =
            part.fields.iter().map(|it| format!("`{}={}`", it.name, it.at.value.print())).collect();
        let parts: Vec<String> = part.parts.iter().map(line).collect();
        let _ = writeln!(out, "| `{}` | {} |", part.schema.node, cell(&[own, parts].concat().join("<br>")));
    }
    out
}

const INTRO: &str = "\
Everything here is KDL that a project can read, change and replace: `bastide/stdlib/NAME.kdl` adds a type or replaces the built-in one of that name, `defaults { … }` in the spec goes on top of the defaults.
";

fn line(item: &Item) -> String {
    let key = (!item.key.is_empty()).then(|| format!("\"{}\"", item.key));
    let gone = item.removed.then(|| "#null".to_string());
    let values = item.values.iter().map(|it| it.at.value.print());
    let fields = item.fields.iter().map(|it| format!("{}={}", it.name, it.at.value.print()));
    let words: Vec<String> = std::iter::once(item.schema.node.to_string())
        .chain(key)
        .chain(gone)
        .chain(values)
        .chain(fields)
        .collect();
    format!("`{}`", words.join(" "))
}

fn resource_type(item: &Item, out: &mut String) {
    let about = item.part("about").and_then(Item::value_text).unwrap_or_default();
    let class = item.part("class").and_then(Item::value_text).unwrap_or_default();
    let _ = writeln!(out, "\n### `{}`\n\n{about}\nClass: {class}.", item.key);
    let versions: Vec<String> =
        item.part("versions").iter().flat_map(|part| &part.parts).map(Item::key_text).collect();
    let port = item.part("port").and_then(Item::value_text).unwrap_or_default();
    let _ = writeln!(out, "Versions: {}. Port: {port}.\n", versions.join(", "));
    out.push_str("| output | value |\n|---|---|\n| `host` | its host |\n| `port` | its port |\n");
    for part in item.all("generates") {
        let _ = writeln!(out, "| `{}` | secret, generated |", part.key);
    }
    for part in item.all("output") {
        let secret = if part.is("secret") { "secret: " } else { "" };
        let _ =
            writeln!(out, "| `{}` | {secret}`{}` |", part.key, cell(&part.text("value").unwrap_or_default()));
    }
    if item.all("option").next().is_some() {
        out.push_str("\n| option | default | meaning |\n|---|---|---|\n");
        for part in item.all("option") {
            let default = part.text("default").unwrap_or_default();
            let _ = writeln!(
                out,
                "| `{}` | `{}` | {} |",
                part.key,
                cell(&default),
                cell(&part.text("about").unwrap_or_default())
            );
        }
    }
    if let Some(outside) = item.part("outside") {
        let host = outside.text("host").map(|host| format!("`host` as `{host}`"));
        let port = outside.int("port").map(|at| format!("`port` as `{}`", at.value));
        let found: Vec<String> = host.into_iter().chain(port).chain(found(outside)).collect();
        let _ = writeln!(out, "\nClients of one that is `external` find {}.", found.join(", "));
    }
    if let Some(what) = item.part("runs").and_then(|runs| runs.part("stand-in")).and_then(Item::value_text) {
        let _ = writeln!(out, "\nWhat runs here is {what}: for development.");
    }
    if let Some(about) = item.part("topics").and_then(|part| part.text("about")) {
        let _ = writeln!(out, "\nTopics and queues: {about}");
    }
    let runs = item.part("runs").map(|it| &it.parts).into_iter().flatten();
    let own: Vec<String> =
        runs.filter(|it| ["user", "resources"].contains(&it.schema.node)).map(line).collect();
    if !own.is_empty() {
        let _ = writeln!(out, "\nWhat runs has {}; a `resource` may say otherwise.", own.join(", "));
    }
    let providers: Vec<String> = item.all("provider").map(|part| format!("`{}`", part.key)).collect();
    if !providers.is_empty() {
        let _ = writeln!(out, "\nProviders: {}.", providers.join(", "));
    }
    item.all("provider").for_each(|part| clients(part, out));
}

/// Outputs that are others there.
fn found(place: &Item) -> impl Iterator<Item = String> {
    place.all("output").map(|part| format!("`{}` as `{}`", part.key, part.text("value").unwrap_or_default()))
}

/// What clients of a provider's form find that others do not.
fn clients(provider: &Item, out: &mut String) {
    let files = provider
        .all("credential")
        .map(|part| format!("`{}` at `NAME_{}`", part.key, part.text("env").unwrap_or_default()));
    let found: Vec<String> = found(provider).chain(files).collect();
    if !found.is_empty() {
        let _ = writeln!(out, "Clients of `{}` find {}.", provider.key, found.join(", "));
    }
}
