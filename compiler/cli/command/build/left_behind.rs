//! Names of what holds data that a build would no longer write, though whoever had them is still there: they were
//! renamed, and what they hold stays behind.

use crate::write::standing;
use bastide_core::target::Artifact;
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::{Role, Sources, Span};
use std::collections::BTreeSet;
use std::path::Path;

/// Compares what is about to be written with what stands there.
pub fn find(root: &Path, artifacts: &[Artifact], sources: &mut Sources, report: &mut Report) {
    let standing = standing(root);
    for artifact in artifacts.iter().filter(|it| holds(&it.path).is_some()) {
        let Some(read) = holds(&artifact.path) else { continue };
        let Some(old) = standing(&artifact.path) else { continue };
        let (was, is) = (read(&old), read(&artifact.text));
        let owner = |it: &Holder| it.owner.clone();
        let gone: Vec<_> =
            was.difference(&is).filter(|it| is.iter().any(|new| owner(new) == owner(it))).collect();
        for it in gone {
            let file = sources.add(&*artifact.path, "", Role::Output);
            let message = format!(
                "`{}` is no longer written, and `{}` starts with an empty folder in its place",
                it.name, it.owner
            );
            let short =
                it.name.strip_prefix(it.owner.as_str()).unwrap_or(&it.name).trim_start_matches(['-', '_']);
            let help = format!(
                "write `name=\"{short}\"` on the volume whose data it holds, or copy them; nothing is deleted"
            );
            Finding::new("data-left-behind", message)
                .level(Level::Warn)
                .label(Span::new(file, 0, 0), "written here before")
                .help(help)
                .add_to(report);
        }
    }
}

/// A name under which data lie, and the workload that has them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Holder {
    name: String,
    owner: String,
}

type Read = fn(&str) -> BTreeSet<Holder>;

/// How the names are read from a file of this path; none if it holds none.
fn holds(path: &str) -> Option<Read> {
    let file = path.rsplit('/').next().unwrap_or(path);
    match file {
        "persistentvolumeclaim.yaml" => Some(claims),
        "compose.yaml" => Some(volumes),
        _ => None,
    }
}

fn claims(text: &str) -> BTreeSet<Holder> {
    let owner = text.lines().find_map(|line| line.trim().strip_prefix("app.kubernetes.io/instance: "));
    let owner = owner.unwrap_or_default().to_string();
    let names = text.lines().filter_map(|line| line.strip_prefix("  name: "));
    names.map(|name| Holder { name: name.into(), owner: owner.clone() }).collect()
}

fn volumes(text: &str) -> BTreeSet<Holder> {
    let block = text.lines().skip_while(|line| *line != "volumes:").skip(1);
    let names = block.map_while(|line| line.strip_prefix("  ")).filter_map(|line| line.strip_suffix(": {}"));
    names
        .filter_map(|name| Some(Holder { name: name.into(), owner: name.split_once('_')?.0.into() }))
        .collect()
}
