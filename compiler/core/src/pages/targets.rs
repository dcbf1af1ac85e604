//! `docs/targets.md`: what each target writes and how truly, from the manifests.

use super::{HEAD, cell};
use crate::target::manifest::{Manifest, Truth};
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
A project's own `bastide/targets/NAME/` replaces a built-in one, or extends it; `bastide target eject` starts one.
";

fn target(manifest: &Manifest, out: &mut String) {
    let _ = writeln!(out, "\n## `{}`\n\n{}\n", manifest.name, manifest.about);
    match (&manifest.platform, &manifest.ci) {
        (Some(platform), _) => drop(writeln!(out, "Written for every environment of platform `{platform}`.")),
        (_, Some(ci)) => drop(writeln!(out, "Written when `delivery` says `ci \"{ci}\"`.")),
        _ => drop(writeln!(out, "Written when an environment says `target \"{}\"`.", manifest.name)),
    }
    if !manifest.options.is_empty() {
        out.push_str("\n| option | takes | default | meaning |\n|---|---|---|---|\n");
        for option in &manifest.options {
            let _ = writeln!(
                out,
                "| `{}` | {} | `{}` | {} |",
                option.name,
                cell(&option.takes.words()),
                cell(&option.default.to_string()),
                cell(&option.about)
            );
        }
    }
    out.push_str("\n| file | for each | template |\n|---|---|---|\n");
    for emit in &manifest.emits {
        let _ = writeln!(out, "| `{}` | {} | `{}` |", cell(&emit.to.0), emit.each, emit.template);
    }
    let exact: Vec<String> = manifest
        .covers
        .iter()
        .filter(|it| it.truth == Truth::Exact)
        .map(|it| format!("`{}`", it.field))
        .collect();
    let _ = writeln!(
        out,
        "\nSays exactly: {}.",
        if exact.is_empty() { "nothing yet".into() } else { exact.join(", ") }
    );
    let losses = manifest.covers.iter().filter(|it| it.truth != Truth::Exact);
    let rows: Vec<String> = losses.map(loss).collect();
    if !rows.is_empty() {
        let _ = writeln!(out, "\n| field | how it is said |\n|---|---|\n{}", rows.join("\n"));
    }
}

fn loss(cover: &crate::target::manifest::Cover) -> String {
    match &cover.truth {
        Truth::Approximated(how) => format!("| `{}` | approximated: {} |", cover.field, cell(how)),
        Truth::Refused(why) => format!("| `{}` | refused: {} |", cover.field, cell(why)),
        Truth::Exact => String::new(),
    }
}
