//! Known findings: `bastide.baseline` beside the spec lists what a system starts with, so that only what is new fails.
//!
//! A line is rule, file and message, with tabs between: moved lines and other layouts change nothing of it, and two branches
//! merge by lines.

use crate::fault::IoFault;
use crate::load::Project;
use crate::terminal::veil;
use crate::write::{create, replace, standing};
use bastide_core::check;
use bastide_report::finding::{Finding, Level};
use bastide_report::source::{Role, Sources, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const HEAD: &str = "# What was found when `bastide check --write-baseline` ran last: rule, file, message. Only what is new fails.\n";

/// The file of a spec: `bastide.baseline` beside `bastide.kdl`.
fn path_of(project: &Project) -> String {
    format!("{}.baseline", project.main.strip_suffix(".kdl").unwrap_or(&project.main))
}

/// Writes what is found into the file, and says how much that is.
///
/// # Errors
/// The file cannot be written.
pub fn write(project: &mut Project) -> Result<String, IoFault> {
    project.report.sort();
    let found = project.report.findings.iter().filter(|it| weighs(project, it));
    let lines: BTreeSet<String> = found.map(|it| key(it, &project.sources)).collect();
    let text: String = HEAD.to_string() + &lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let path = path_of(project);
    match standing(&project.root)(&path) {
        Some(old) if old == text => {}
        Some(old) => replace(&project.root, &path, &old, &text)?,
        None => create(&project.root, &[(path.clone(), text)])?,
    }
    Ok(format!("{} known findings in {path}\n", lines.len()))
}

/// Takes what is known out of what is found; with `whole` tells which lines of the file are found no more. Says how many
/// are known.
///
/// # Errors
/// The disk refuses.
pub fn apply(project: &mut Project, whole: bool) -> Result<usize, IoFault> {
    let path = path_of(project);
    if !project.files.is_file(Path::new(&path))? {
        return Ok(0);
    }
    let Project { files, sources, report, .. } = project;
    let Some((file, _)) = files.add(Path::new(&path), Role::Output, None, sources, report)? else {
        return Ok(0);
    };
    let mut lines: BTreeMap<String, (Span, bool)> = BTreeMap::new();
    let mut start = 0;
    for line in sources.get(file).text.split_inclusive('\n') {
        let text = line.trim_end();
        if !text.is_empty() && !text.starts_with('#') {
            lines.insert(text.into(), (Span::new(file, start, start + text.len()), false));
        }
        start += line.len();
    }
    project.report.sort();
    let keys: Vec<Option<String>> = project
        .report
        .findings
        .iter()
        .map(|it| weighs(project, it).then(|| key(it, &project.sources)))
        .collect();
    let mut known = 0;
    for (finding, key) in project.report.findings.iter_mut().zip(keys) {
        if let Some((_, met)) = key.and_then(|key| lines.get_mut(&key)) {
            *met = true;
            finding.level = Level::Allow;
            known += 1;
        }
    }
    for (line, (span, _)) in lines.into_iter().filter(|(_, (_, met))| whole && !met) {
        let (rule, rest) = line.split_once('\t').unwrap_or((&line, ""));
        Finding::new("stale-baseline", format!("`{rule}` is found no more: {}", rest.replace('\t', ": ")))
            .level(Level::Info)
            .label(span, "nothing here is it")
            .help("`bastide check --write-baseline` writes the file anew")
            .add_to(&mut project.report);
    }
    Ok(known)
}

/// Whether a finding weighs something and is one that a `lint` could weigh: faults of the text itself are none.
fn weighs(project: &Project, finding: &Finding) -> bool {
    let mut own = project.spec.items.iter().filter(|item| item.schema.node == "policy");
    let rule = check::find(&finding.rule).is_some() || own.any(|item| *item.key == *finding.rule);
    rule && finding.level != Level::Allow
}

/// What a finding is known by.
fn key(finding: &Finding, sources: &Sources) -> String {
    let file = finding.labels.first().map_or("", |label| sources.get(label.span.file).path.as_str());
    let words = [&*finding.rule, file, &veil(&finding.message)].join("\t");
    words.replace(['\n', '\r'], " ").trim_end().to_string()
}
