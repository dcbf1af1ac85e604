//! `docs/targets.md`: what each target writes and how truly, from the manifests.

use super::{HEAD, cell};
use crate::target::manifest::{Cover, Emit, Manifest, Opt, Truth};
use std::fmt::Write as _;

/// The page.
pub fn page(manifests: &[Manifest]) -> String {
    let mut out = format!("{HEAD}# Targets\n\n{INTRO}");
    for manifest in manifests {
        target(manifest, &mut out);
    }
    out
}

const INTRO: &str = "\
A target is a folder: `target.kdl` and templates.
An operator, an engine or a provider is a part of it: a folder inside with a `part.kdl` and templates.
A project's own `bastide/targets/NAME/` replaces a built-in one, or extends it; without a `target.kdl` it adds the parts in it to the built-in one. `bastide target eject` starts one.
A claim about a field may stand more than once. Of each node the first of these holds: one that refuses it, `when` its expression is true; another whose expression is true; one without.
";

fn target(manifest: &Manifest, out: &mut String) {
    let _ = writeln!(out, "\n## `{}`\n\n{}\n", manifest.name, manifest.about);
    match (&manifest.platform, &manifest.ci) {
        (Some(platform), _) => drop(writeln!(out, "Written for every environment of platform `{platform}`.")),
        (_, Some(ci)) => drop(writeln!(out, "Written when `delivery` says `ci \"{ci}\"`.")),
        _ => drop(writeln!(out, "Written when an environment says `target \"{}\"`.", manifest.name)),
    }
    if let Some((base, _)) = &manifest.extends {
        let _ = writeln!(out, "It extends `{base}`: options, files and claims of that are its own, too.");
    }
    let of_part =
        |option: &&Opt| manifest.parts.iter().flat_map(|part| &part.options).any(|it| it.name == option.name);
    let own: Vec<&Opt> = manifest.options.iter().filter(|option| !of_part(option)).collect();
    written(&own, &manifest.emits, &manifest.covers, out);
    for part in &manifest.parts {
        let _ = writeln!(out, "\n### `{}` of `{}`\n\n{}", part.name, manifest.name, part.about);
        if let Some(when) = part.asked_by() {
            let _ = writeln!(out, "Written when `{when}`.");
        }
        written(&part.options.iter().collect::<Vec<_>>(), &part.emits, &part.covers, out);
    }
}

/// What a pack or a part takes, renders and says.
fn written(options: &[&Opt], emits: &[Emit], covers: &[Cover], out: &mut String) {
    if !options.is_empty() {
        out.push_str("\n| option | takes | default | meaning |\n|---|---|---|---|\n");
        for option in options {
            let _ = writeln!(
                out,
                "| `{}` | {} | `{}` | {} |",
                option.name,
                cell(&option.takes.words()),
                cell(&option.default_words()),
                cell(&option.about)
            );
        }
    }
    out.push_str("\n| file | for each | template |\n|---|---|---|\n");
    for emit in emits {
        let _ = writeln!(out, "| `{}` | {} | `{}` |", cell(&emit.to.0), emit.each, emit.template);
    }
    let always = |it: &&Cover| it.truth == Truth::Exact && it.only.is_none();
    let exact: Vec<String> = covers.iter().filter(always).map(|it| format!("`{}`", it.field)).collect();
    if !exact.is_empty() {
        let _ = writeln!(out, "\nSays exactly: {}.", exact.join(", "));
    }
    // Fields of which the same is said are one row.
    let mut rows: Vec<(Vec<&str>, &Cover)> = vec![];
    for cover in covers.iter().filter(|it| !always(it)) {
        let same = |row: &&mut (Vec<&str>, &Cover)| row.1.truth == cover.truth && when(row.1) == when(cover);
        match rows.iter_mut().find(same) {
            Some((fields, _)) => fields.push(&cover.field),
            None => rows.push((vec![&cover.field], cover)),
        }
    }
    if !rows.is_empty() {
        out.push_str("\n| field | how it is said | when |\n|---|---|---|\n");
    }
    for (fields, cover) in rows {
        let fields: Vec<String> = fields.iter().map(|it| format!("`{it}`")).collect();
        let _ = writeln!(out, "| {} | {} | {} |", fields.join(", "), how(cover), when(cover));
    }
}

fn how(cover: &Cover) -> String {
    match &cover.truth {
        Truth::Approximated(how) => format!("approximated: {}", cell(how)),
        Truth::Refused(why) => format!("refused: {}", cell(why)),
        Truth::Exact => "exactly".into(),
    }
}

/// For which nodes a claim counts: what has a condition goes before what has none, and what a condition refuses before all.
fn when(cover: &Cover) -> String {
    cover.only.as_ref().map_or_else(String::new, |(each, (when, _))| format!("{each}: `{}`", cell(when)))
}
