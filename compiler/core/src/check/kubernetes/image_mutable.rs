//! `image-mutable`: another program under the same name.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("image-mutable", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        if let Some(at) = service.run.image.as_ref().filter(|at| moves(&at.value)) {
            found.push(finding(&service.at, &service.name.value, &at.value, at.span()));
        }
        for sidecar in service.run.sidecars.iter().filter(|it| moves(&it.image)) {
            found.push(finding(&service.at, &sidecar.name, &sidecar.image, service.name.span()));
        }
    }
}

fn finding(at: &str, name: &str, image: &str, span: bastide_report::source::Span) -> Found {
    let shown: String = image.chars().take(80).collect();
    RULE.found(at, format!("the image of `{name}` may be another one tomorrow: `{shown}`"))
        .label(span, "no fixed version")
        .help("write the tag of a release, such as `:1.2.3`, or a digest")
}

/// No tag or `latest`; a digest is as fixed as can be. A colon before the last slash is a port.
fn moves(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    let open = image.is_empty() || image.contains("${") || image.contains('@');
    !open && name.rsplit_once(':').is_none_or(|(_, tag)| tag == "latest" || tag.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_digests_hold_an_image() {
        assert!(moves("postgres") && moves("r.example:5000/postgres") && moves("r.example/p:latest"));
        assert!(!moves("postgres:16") && !moves("r.example:5000/p:1") && !moves("p@sha256:00"));
    }
}
