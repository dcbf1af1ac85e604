//! `mount-twice`: two things at one place of a file system.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// The folder every container has for passing data.
const SCRATCH: &str = "/tmp";

pub const RULE: Rule = Rule::deny("mount-twice", check).believes(&[Belief::TEMPORARY]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let name = &service.name.value;
        let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
        let volumes = service.run.volumes.iter().map(|it| &it.path);
        for path in volumes.chain(service.run.files.iter().map(|it| &it.path)) {
            let Some(first) = taken.insert(path.value.trim_end_matches('/'), path.span()) else { continue };
            RULE.found(&service.at, format!("`{name}` has two things at `{}`", path.value))
                .label(path.span(), "again here")
                .label(first, "first here")
                .help("give one of them another path")
                .add_to(found);
        }
        for file in &service.run.files {
            let folder = format!("{}/", file.path.value.trim_end_matches('/'));
            let inside = |(path, _): &(&&str, &Span)| path.starts_with(&folder);
            let Some((path, span)) = taken.iter().find(inside) else { continue };
            RULE.found(&service.at, format!("`{name}` has `{path}` below a file"))
                .label(*span, "stands in a folder")
                .label(file.path.span(), "which is a file")
                .help("give one of them another path")
                .add_to(found);
        }
        let scratch = |path: &str| path.trim_end_matches('/') == SCRATCH;
        for volume in service.run.volumes.iter().filter(|it| it.keeps() && scratch(&it.path.value)) {
            RULE.found(&service.at, format!("`{name}` wants to keep `{SCRATCH}`"))
                .label(volume.path.span(), "every container has this folder for passing data")
                .help("write `temporary=#true`, or keep the data under another path")
                .add_to(found);
        }
    }
}
