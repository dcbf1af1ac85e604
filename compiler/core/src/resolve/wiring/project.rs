//! Files of the project that a service mounts: what names an output there is filled in as in a text of the spec.

use super::{Found, find, in_output, opening, outputs};
use crate::model::Model;
use crate::model::service::{File, Run};
use crate::tree::At;
use bastide_report::finding::{Finding, Level};
use std::collections::BTreeSet;

/// Files that name an output become texts of the spec.
pub(super) fn take_in(model: &mut Model, faults: &mut Vec<Finding>) {
    let files = model.services.iter().flat_map(|it| it.run.files.iter().map(|file| (&it.run, file)));
    let texts: Vec<Option<At<String>>> = files.map(|(run, file)| text(model, run, file, faults)).collect();
    let files = model.services.iter_mut().flat_map(|it| &mut it.run.files);
    for (file, text) in files.zip(texts) {
        file.text = text.or(file.text.take());
    }
}

/// The text of a file as the spec would write it, if it names an output. Only what the spec declares is meant: everything
/// else in `${}` is for the program that reads the file, and so is what has a second `$` before it.
fn text(model: &Model, run: &Run, file: &File, faults: &mut Vec<Finding>) -> Option<At<String>> {
    let from = file.from.as_ref().filter(|_| file.text.is_none())?;
    let (mut rest, mut out) = (model.texts.get(&from.value)?.as_str(), String::new());
    let (mut ours, mut told) = (false, BTreeSet::new());
    while let Some(at) = opening(rest) {
        out.push_str(&rest[..at]);
        rest = &rest[at + 2..];
        let inner = &rest[..rest.bytes().take_while(|byte| in_output(*byte)).count()];
        let found = named(model, run, inner).filter(|_| rest[inner.len()..].starts_with('}'));
        let plain = !out.ends_with('$');
        let fault = match &found {
            Some(Err(fault)) if plain => Some(stays(from, inner, fault)),
            Some(Ok(Found::Secret(..) | Found::Own(_)))
                if plain && model.executables.contains(&from.value) =>
            {
                Some(in_a_program(from, inner))
            }
            _ => None,
        };
        let meant = found.is_some_and(|found| found.is_ok() || !plain);
        ours |= meant;
        out.push_str(if meant { "${" } else { "$${" });
        faults.extend(fault.filter(|_| told.insert(inner)));
    }
    out.push_str(rest);
    ours.then_some(At { value: out, origin: from.origin })
}

/// What `orders-db.url` or `secret.KEY` leads to, if the spec declares the one it names. Programs have an `app` of their own.
fn named(model: &Model, run: &Run, inner: &str) -> Option<Result<Found, Finding>> {
    let (node, output) = inner.split_once('.')?;
    outputs(model, run, node)?;
    let found = find(model, run, node, output);
    (found.is_ok() || !matches!(node, "app" | "environment")).then_some(found)
}

fn stays(from: &At<String>, inner: &str, fault: &Finding) -> Finding {
    let message = format!("`{}` keeps `${{{inner}}}` as it stands: {}", from.value, fault.message);
    let own = || format!("write `$${{{inner}}}` there if the program itself means it");
    Finding::new("unknown-reference", message)
        .level(Level::Warn)
        .label(from.span(), "mounted here")
        .help(fault.help.clone().unwrap_or_else(own))
}

fn in_a_program(from: &At<String>, inner: &str) -> Finding {
    let message = format!(
        "`{}` is a program, and with `${{{inner}}}` it is a secret, which nobody may run",
        from.value
    );
    Finding::new("secret-as-text", message).label(from.span(), "mounted here").help(format!(
        "hand it over in `env`, such as `env {{ VALUE \"${{{inner}}}\" }}`, and let the program read it"
    ))
}
