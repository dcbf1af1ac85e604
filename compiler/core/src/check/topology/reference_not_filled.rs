//! `reference-not-filled`: a file of the project that names an output, and gets its own letters.

use crate::check::{Context, Found, Rule};
use crate::model::Model;

pub const RULE: Rule = Rule::warn("reference-not-filled", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let name = &service.name.value;
        let Some(workload) = ctx.views.workloads.iter().find(|it| it.newest && it.name == *name) else {
            continue;
        };
        for file in &service.run.files {
            let Some(from) = &file.from else { continue };
            let Some(view) = workload.files.iter().find(|it| it.path == file.path.value) else { continue };
            let Some(reference) = reference(ctx.model, &view.text) else { continue };
            RULE.found(
                &service.at,
                format!("`{}` is mounted as it is, with `{reference}` in it", from.value),
            )
            .label(from.span(), "nothing is filled in here")
            .help("write the text in the spec, `text=\"…\"`, or hand the value over in `env`")
            .add_to(found);
        }
    }
}

/// The first `${node.output}` of something that the spec declares.
fn reference<'t>(model: &Model, text: &'t str) -> Option<&'t str> {
    let inner = |(at, _): (usize, &str)| {
        let end = at + text[at..].find('}')?;
        let (node, output) = text[at + 2..end].split_once('.')?;
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let known =
            model.service(node).is_some() || model.resource(node).is_some() || model.topic(node).is_some();
        (known && output.chars().all(plain) && !text[..at].ends_with('$')).then(|| &text[at..=end])
    };
    text.match_indices("${").find_map(inner)
}
