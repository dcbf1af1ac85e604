//! Files of the project that are laid beside what a pack renders. Patches reach them, and the platform's rules hold for them.

use super::context::Shared;
use super::rules::{Held, Limits};
use super::{Artifact, Pack, patch};
use crate::model::raw::Raw;
use crate::raw;
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;
use bastide_template::trace::{LineTrace, Traced};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Lays all files that the environment names, if the pack takes any.
pub(super) fn lay(
    pack: &Pack,
    shared: &Shared,
    limits: &mut Limits,
    files: &mut Vec<String>,
    report: &mut Report,
    put: &mut dyn FnMut(Artifact),
) {
    let Some(folder) = &pack.manifest.raw else { return };
    let (environment, pack_name) = (&shared.model.environment, &pack.manifest.name);
    for raw in &environment.raws {
        let Some(text) = patched(shared, raw, report) else { continue };
        // What a patch made has no places of its own.
        let whole = 0..text.len();
        let documents = if text == raw.text { &raw.documents[..] } else { std::slice::from_ref(&whole) };
        for at in documents {
            let one = &text[at.clone()];
            let held = with_parts(pack, shared, Some(one), pack.rules.hold(one, &environment.namespace));
            limits.add(Some((held, first_line(raw, at.start, one))), report);
        }
        let path = format!("{folder}/{}", raw.path);
        files.push(path.clone());
        put(Artifact {
            path: format!("deploy/{}/{pack_name}/{path}", environment.name.value),
            text,
            executable: false,
            at_repository: false,
            from: format!("raw {}", raw.path),
        });
    }
}

/// The first line of a document that says something.
fn first_line(raw: &Raw, from: usize, text: &str) -> Span {
    let mut at = from;
    for line in text.split_inclusive('\n') {
        let plain = line.trim_end();
        if !plain.is_empty() && !plain.starts_with('#') {
            return Span::new(raw.file, at, at + plain.len());
        }
        at += line.len();
    }
    Span::new(raw.file, from, from)
}

/// The names of the files among the pack's results.
pub(super) fn names(pack: &Pack, shared: &Shared) -> Vec<String> {
    let folder = pack.manifest.raw.iter();
    folder
        .flat_map(|folder| {
            shared.model.environment.raws.iter().map(move |raw| format!("{folder}/{}", raw.path))
        })
        .collect()
}

/// A file with the patches applied; none if they take all of it away, or leave no YAML.
fn patched(shared: &Shared, raw: &Raw, report: &mut Report) -> Option<String> {
    let text = patch::apply(shared, raw.text.clone(), report)?;
    if text == raw.text || raw::is_whole(&text) {
        return Some(text);
    }
    Finding::new("raw-refused", format!("after the patches `{}` is no YAML any more", raw.path))
        .label(Span::new(raw.file, 0, 0), "here")
        .help("change the file itself")
        .add_to(report);
    None
}

/// The file at a path, line by line.
pub(super) fn trace(pack: &Pack, shared: &Shared, path: &str, report: &mut Report) -> Option<Traced> {
    let environment = &shared.model.environment;
    let home =
        format!("deploy/{}/{}/{}/", environment.name.value, pack.manifest.name, pack.manifest.raw.as_ref()?);
    let raw =
        environment.raws.iter().find(|raw| path.strip_prefix(home.as_str()) == Some(raw.path.as_str()))?;
    let line =
        |(at, _)| LineTrace { template: raw.path.clone(), line: at as u32 + 1, ..LineTrace::default() };
    let lines = raw.text.lines().enumerate().map(line).collect();
    patch::trace(shared, Traced { text: raw.text.clone(), lines, reads: Default::default() }, report)
}

/// What a text of compose holds beside its objects, so that none is made twice: services, networks and so on.
pub(super) fn with_parts(pack: &Pack, shared: &Shared, text: Option<&str>, mut held: Held) -> Held {
    if pack.manifest.raw.is_none() || shared.model.environment.raws.is_empty() {
        return held;
    }
    let parts = text.map(patch::names).unwrap_or_default();
    held.objects.extend(parts.into_iter().filter(|name| is_part(name)).map(|name| {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        (hasher.finish(), format!("`{name}`"))
    }));
    held
}

fn is_part(name: &str) -> bool {
    let group = name.split('/').next().unwrap_or_default();
    matches!(group, "services" | "networks" | "volumes" | "secrets" | "configs")
}
