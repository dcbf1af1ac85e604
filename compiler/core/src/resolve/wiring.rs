//! Wiring: `${orders-db.url}` in `env` and `file` is looked up here, checked, and split into text and secrets.

use crate::model::Model;
use crate::tree::At;
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;
use bastide_report::suggest::did_you_mean;

/// A piece of a wired text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Plain text.
    Text(String),
    /// A secret output of a node.
    Secret {
        /// The node.
        node: String,
        /// Its output.
        output: String,
    },
}

/// What a reference leads to.
enum Found {
    Text(String),
    Secret(String, String),
}

/// Splits a wired text. Faults were reported by [`check`]; here they are left out.
pub fn split(model: &Model, text: &str) -> Vec<Piece> {
    let mut pieces = vec![];
    if opening(text).is_none() {
        pieces.extend((!text.is_empty()).then(|| Piece::Text(text.into())));
        return pieces;
    }
    parse(text, &mut |part| match part {
        Part::Text(text) => push_text(&mut pieces, text),
        Part::Reference { node, output, .. } => match find(model, node, output) {
            Ok(Found::Text(text)) => push_text(&mut pieces, &text),
            Ok(Found::Secret(node, output)) => pieces.push(Piece::Secret { node, output }),
            Err(_) => {}
        },
    });
    pieces
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.into())),
    }
}

/// Reports every reference that leads nowhere.
pub fn check(model: &mut Model, report: &mut Report) {
    let mut faults = vec![];
    for service in &model.services {
        let env = service.run.env.iter().map(|(_, at)| at);
        let files = service.run.files.iter().filter_map(|file| file.text.as_ref());
        let sidecars = service.run.sidecars.iter().flat_map(|it| it.env.iter().map(|(_, at)| at));
        for at in env.chain(files).chain(sidecars) {
            check_text(model, at, &mut faults);
        }
    }
    faults.into_iter().for_each(|finding| report.push(finding));
}

fn check_text(model: &Model, at: &At<String>, faults: &mut Vec<Finding>) {
    parse(&at.value, &mut |part| {
        if let Part::Reference { node, output, from, to } = part
            && let Err(mut finding) = find(model, node, output)
        {
            // The value's span covers the quotes; escapes before the reference would move it, so it is kept inside.
            let start = (at.span().start + 1 + from as u32).min(at.span().end);
            let end = (at.span().start + 1 + to as u32).min(at.span().end);
            finding.labels[0].span = Span { file: at.span().file, start, end };
            faults.push(finding);
        }
    });
}

enum Part<'t> {
    Text(&'t str),
    Reference { node: &'t str, output: &'t str, from: usize, to: usize },
}

/// Where the first `${` stands. Most texts have none, and to look for one sign is cheaper than for two.
pub fn opening(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'$', bytes).find(|at| bytes.get(at + 1) == Some(&b'{'))
}

/// Calls `each` for every piece; `$${` writes `${`.
fn parse<'t>(text: &'t str, each: &mut dyn FnMut(Part<'t>)) {
    let mut from = 0;
    while let Some(at) = opening(&text[from..]).map(|at| from + at) {
        if at > from && text.as_bytes()[at - 1] == b'$' {
            each(Part::Text(&text[from..at - 1]));
            each(Part::Text("${"));
            from = at + 2;
            continue;
        }
        let Some(end) = text[at..].find('}').map(|end| at + end) else { break };
        if at > from {
            each(Part::Text(&text[from..at]));
        }
        let inner = &text[at + 2..end];
        let (node, output) = inner.split_once('.').unwrap_or((inner, ""));
        each(Part::Reference { node, output, from: at, to: end + 1 });
        from = end + 1;
    }
    if from < text.len() {
        each(Part::Text(&text[from..]));
    }
}

fn find(model: &Model, node: &str, output: &str) -> Result<Found, Finding> {
    let fault = |message: String| {
        Finding::new("unknown-reference", message).label(model.app.origin.span, "leads nowhere")
    };
    let options = outputs(model, node);
    let Some(options) = options else {
        let mut finding = fault(format!("there is no `{node}` to take `{output}` from"));
        finding.help = did_you_mean(node, names(model));
        return Err(finding);
    };
    match options.into_iter().find(|(name, _)| *name == output) {
        Some((_, found)) => Ok(found),
        None => {
            let all = outputs(model, node).unwrap_or_default();
            let mut finding = fault(format!("`{node}` has no output `{output}`"));
            finding.help = did_you_mean(output, all.iter().map(|(name, _)| name.as_str()));
            Err(finding)
        }
    }
}

fn names(model: &Model) -> Vec<&str> {
    let services = model.services.iter().map(|it| it.name.value.as_str());
    let resources = model.resources.iter().map(|it| it.name.value.as_str());
    let topics = model.topics.iter().map(|it| it.name.value.as_str());
    let externals = model.externals.iter().map(|it| it.name.value.as_str());
    services.chain(resources).chain(topics).chain(externals).chain(["app", "environment"]).collect()
}

fn outputs(model: &Model, node: &str) -> Option<Vec<(String, Found)>> {
    let text = |name: &str, value: String| (name.to_string(), Found::Text(value));
    match node {
        "app" => {
            return Some(vec![
                text("name", model.app.name.value.clone()),
                text("version", model.app.version.clone()),
            ]);
        }
        "environment" => return Some(vec![text("name", model.environment.name.value.clone())]),
        _ => {}
    }
    if let Some(service) = model.service(node) {
        let port = service.apis.first().map_or(8_080, |api| api.port.value);
        return Some(vec![
            text("host", node.into()),
            text("port", port.to_string()),
            text("address", format!("{node}:{port}")),
            text("url", format!("http://{node}:{port}")),
        ]);
    }
    if let Some(resource) = model.resource(node) {
        let one = |(name, output): (&String, &crate::model::resource::Output)| match output.secret {
            true => (name.clone(), Found::Secret(node.into(), name.clone())),
            false => (name.clone(), Found::Text(output.value.clone())),
        };
        return Some(resource.outputs.iter().map(one).collect());
    }
    if let Some(topic) = model.topic(node) {
        return Some(vec![text("address", topic.address.clone()), text("name", node.into())]);
    }
    let external = model.external(node)?;
    Some(vec![
        text("host", external.host.clone()),
        text("port", external.port.to_string()),
        text("url", external.url.value.clone()),
    ])
}
