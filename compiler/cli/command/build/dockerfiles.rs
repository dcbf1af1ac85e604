//! Images that nobody can build: there is no Dockerfile in their folder, nor does a target write one.

use bastide_core::model::Model;
use bastide_core::target::Artifact;
use bastide_report::finding::{Finding, Level, Report};
use std::path::Path;

/// Looks for the Dockerfile of every service that is built.
pub fn find<'m>(
    project: &Path,
    models: impl Iterator<Item = &'m Model>,
    artifacts: &[Artifact],
    report: &mut Report,
) {
    let mut seen: Vec<String> = vec![];
    for service in models.flat_map(|model| &model.services) {
        let Some(build) = &service.run.build else { continue };
        let name = build.dockerfile.as_deref().unwrap_or("Dockerfile");
        let path = format!("{}/{name}", build.context.value.trim_end_matches('/'));
        let written = || artifacts.iter().any(|it| it.path == path);
        let there = || project.join(&path).symlink_metadata().is_ok();
        if seen.contains(&path) || there() || written() {
            continue;
        }
        let help = match &build.language {
            Some(language) => format!(
                "write one; or `target \"dockerfile\"` in an environment does, if it knows `{language}` (`bastide target show dockerfile`)"
            ),
            None => {
                "write one; or `language=\"go\"` here and `target \"dockerfile\"` in an environment do".into()
            }
        };
        Finding::new(
            "dockerfile-missing",
            format!("there is no `{path}` to build `{}` from", service.name.value),
        )
        .level(Level::Warn)
        .label(build.context.span(), "built from this folder")
        .help(help)
        .add_to(report);
        seen.push(path);
    }
}
