//! Covers: what the spec says and the targets of an environment can or cannot say.

use super::manifest::{Manifest, Truth};
use crate::model::Model;
use crate::report::{Finding, Level, Report};
use crate::tree::{Item, Layer, Origin};
use std::collections::BTreeMap;

/// Kinds that no target writes: they steer the compiler.
const STEERING: [&str; 6] = ["environment", "lint", "policy", "archetype", "resource-type", "defaults"];

/// Checks every field somebody wrote against the manifests of the environment's targets. With `strict` any loss is an error.
pub fn check(model: &Model, manifests: &[&Manifest], strict: bool, report: &mut Report) {
    let mut truths: BTreeMap<&str, Truth> = BTreeMap::new();
    for cover in manifests.iter().flat_map(|manifest| &manifest.covers) {
        let best = truths.entry(&cover.field).or_insert_with(|| cover.truth.clone());
        if rank(&cover.truth) < rank(best) {
            *best = cover.truth.clone();
        }
    }
    let mut losses: BTreeMap<String, Vec<Origin>> = BTreeMap::new();
    for item in model.tree.iter().filter(|item| !STEERING.contains(&item.schema.node)) {
        walk(item, item.schema.node, &mut losses);
    }
    for (field, origins) in losses {
        report_field(&field, &origins, lookup(&truths, &field), model, strict, report);
    }
}

fn rank(truth: &Truth) -> u8 {
    match truth {
        Truth::Exact => 0,
        Truth::Approximated(_) => 1,
        Truth::Refused(_) => 2,
    }
}

/// The truth of `service.scale.min`: its own, else that of `service.scale`, else that of `service`.
fn lookup<'t>(truths: &'t BTreeMap<&str, Truth>, field: &str) -> Option<&'t Truth> {
    let mut field = field;
    loop {
        if let Some(truth) = truths.get(field) {
            return Some(truth);
        }
        field = field.rsplit_once('.')?.0;
    }
}

/// Notes where each field is said by hand. Parts with names of their own (`calls`, `route`, `job`) begin anew.
fn walk(item: &Item, path: &str, said: &mut BTreeMap<String, Vec<Origin>>) {
    let by_hand = |origin: &Origin| matches!(origin.layer, Layer::Spec | Layer::Overlay);
    for field in item.fields.iter().filter(|field| by_hand(&field.at.origin)) {
        said.entry(format!("{path}.{}", field.name)).or_default().push(field.at.origin);
    }
    if item.parts.is_empty() && item.fields.is_empty() && by_hand(&item.origin) {
        said.entry(path.to_string()).or_default().push(item.origin);
    }
    for part in item.parts.iter().filter(|part| !part.is_free() && !STEERING.contains(&part.schema.node)) {
        let own = ["calls", "route", "job", "api"].contains(&part.schema.node);
        let inner = if own { part.schema.node.to_string() } else { format!("{path}.{}", part.schema.node) };
        walk(part, &inner, said);
    }
    if item.parts.iter().any(|part| part.is_free() && by_hand(&part.origin)) {
        said.entry(path.to_string()).or_default().push(item.origin);
    }
}

fn report_field(
    field: &str,
    origins: &[Origin],
    truth: Option<&Truth>,
    model: &Model,
    strict: bool,
    report: &mut Report,
) {
    let environment = &model.environment.name.value;
    let (level, message) = match truth {
        Some(Truth::Exact) => return,
        Some(Truth::Approximated(_)) if !strict => return,
        Some(Truth::Approximated(how)) => {
            (Level::Deny, format!("`{field}` is only approximated in `{environment}`: {how}"))
        }
        Some(Truth::Refused(because)) => {
            (Level::Info, format!("`{field}` cannot be said in `{environment}`: {because}"))
        }
        None => (Level::Info, format!("`{field}` is said, and no target of `{environment}` writes it")),
    };
    let level = if strict { Level::Deny } else { level };
    let more = if origins.len() > 1 { format!(" (and {} more)", origins.len() - 1) } else { String::new() };
    report.push(
        Finding::new("not-covered", message)
            .level(level)
            .label(origins[0].span, format!("said here{more}"))
            .help("add a target that says it, or `lint \"not-covered\" level=\"allow\" because=\"…\"`"),
    );
}
