//! Wiring: `${orders-db.url}` in `env` and `file` is looked up here, checked, and split into text and secrets; so is
//! `${secret.STRIPE_KEY}`, a secret of the service's own.

mod project;

use crate::model::Model;
use crate::model::service::{Api, Run, Service};
use crate::tree::{At, Origin};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;
use bastide_report::suggest::did_you_mean;
use std::collections::{BTreeMap, BTreeSet};

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
    /// A secret of the service's own.
    Own(String),
}

/// What a reference leads to.
enum Found {
    Text(String),
    Secret(String, String),
    Own(String),
}

/// What a reference to a secret of the service itself begins with.
const OWN: &str = "secret";

/// Splits a wired text of what runs. Faults were reported by [`check`]; here they are left out.
pub fn split(model: &Model, run: &Run, text: &str) -> Vec<Piece> {
    let mut pieces = vec![];
    if opening(text).is_none() {
        pieces.extend((!text.is_empty()).then(|| Piece::Text(text.into())));
        return pieces;
    }
    parse(text, Any::Reference, &mut |part| match part {
        Part::Text(text) => push_text(&mut pieces, text),
        Part::Reference { node, output, .. } => match find(model, run, node, output) {
            Ok(Found::Text(text)) => push_text(&mut pieces, &text),
            Ok(Found::Secret(node, output)) => pieces.push(Piece::Secret { node, output }),
            Ok(Found::Own(name)) => pieces.push(Piece::Own(name)),
            Err(_) => {}
        },
    });
    pieces
}

/// The secrets of its own that texts name: they arrive there, and need no variable.
pub fn named_secrets(run: &Run) -> BTreeSet<&str> {
    let mut named = BTreeSet::new();
    for at in wired(run).filter(|at| opening(&at.value).is_some()) {
        parse(&at.value, Any::Reference, &mut |part| {
            if let Part::Reference { node: OWN, output, .. } = part {
                named.insert(output);
            }
        });
    }
    named
}

/// Texts that may hold secrets: variables and files.
fn wired(run: &Run) -> impl Iterator<Item = &At<String>> {
    let env = run.env.iter().map(|(_, at)| at);
    env.chain(run.files.iter().filter_map(|file| file.text.as_ref()))
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.into())),
    }
}

/// Reports every reference that leads nowhere, and fills in those of commands and labels.
pub fn check(model: &mut Model, report: &mut Report) {
    let mut faults = vec![];
    project::take_in(model, &mut faults);
    for service in &model.services {
        wired(&service.run).for_each(|at| check_text(model, service, at, Any::Reference, &mut faults));
        wired(&service.run).for_each(|at| faults.extend(held_elsewhere(model, &service.run, at)));
    }
    let refers: Vec<Vec<At<String>>> = model.services.iter().map(refers).collect();
    model.services.iter_mut().zip(refers).for_each(|(service, refers)| service.refers = refers);
    let mut filled: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for (index, service) in model.services.iter().enumerate() {
        let open = plain(service).enumerate().filter(|(_, (at, _))| opening(&at.value).is_some());
        for (place, (at, kind)) in open {
            check_text(model, service, at, kind, &mut faults);
            filled.insert((index, place), fill(model, service, at, kind, &mut faults));
        }
    }
    for ((index, place), text) in filled {
        if let Some(at) = plain_mut(&mut model.services[index]).nth(place) {
            at.value = text;
        }
    }
    faults.into_iter().for_each(|finding| report.push(finding));
}

/// What counts as a reference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Any {
    /// Everything in `${}`.
    Reference,
    /// `${name.output}`: the rest is for a shell that runs there.
    Output,
}

/// Texts that are written as they are, and so hold no secret: commands, labels, and variables of helpers.
fn plain(service: &Service) -> impl Iterator<Item = (&At<String>, Any)> {
    let run = &service.run;
    let own = run.entrypoint.iter().chain(&run.command).chain(&run.health.command);
    let words = own.chain(service.jobs.iter().flat_map(|job| &job.command));
    let words = words.chain(run.sidecars.iter().flat_map(|it| &it.command));
    let env = run.sidecars.iter().flat_map(|it| it.env.iter().map(|(_, at)| (at, Any::Reference)));
    let labels = run.labels.iter().chain(&run.annotations).map(|(_, at)| at);
    words.chain(labels).map(|at| (at, Any::Output)).chain(env)
}

/// The same, in the same order.
fn plain_mut(service: &mut Service) -> impl Iterator<Item = &mut At<String>> {
    let run = &mut service.run;
    let own = run.entrypoint.iter_mut().chain(&mut run.command).chain(&mut run.health.command);
    let words = own.chain(service.jobs.iter_mut().flat_map(|job| &mut job.command));
    let (mut commands, mut env) = (vec![], vec![]);
    for it in &mut run.sidecars {
        commands.extend(&mut it.command);
        env.extend(it.env.iter_mut().map(|(_, at)| at));
    }
    let labels = run.labels.iter_mut().chain(&mut run.annotations).map(|(_, at)| at);
    words.chain(commands).chain(labels).chain(env)
}

/// The nodes that texts of a service refer to, each where it does so first.
fn refers(service: &Service) -> Vec<At<String>> {
    let texts = wired(&service.run).map(|at| (at, Any::Reference)).chain(plain(service));
    let mut all: BTreeMap<&str, At<String>> = BTreeMap::new();
    for (at, kind) in texts.filter(|(at, _)| opening(&at.value).is_some()) {
        parse(&at.value, kind, &mut |part| {
            if let Part::Reference { node, from, to, .. } = part {
                let origin = Origin { span: place(at, from, to), ..at.origin };
                all.entry(node).or_insert_with(|| At { value: node.into(), origin });
            }
        });
    }
    all.into_values().collect()
}

/// The text with its references filled in.
fn fill(model: &Model, service: &Service, at: &At<String>, kind: Any, faults: &mut Vec<Finding>) -> String {
    let mut text = String::new();
    parse(&at.value, kind, &mut |part| {
        match part {
        Part::Text(piece) => text.push_str(piece),
        Part::Reference { node, output, from, to } => match find(model, &service.run, node, output) {
            Ok(Found::Text(value)) => text.push_str(&value),
            Ok(Found::Secret(..) | Found::Own(_)) => faults.push(
                Finding::new("secret-as-text", format!("`{node}.{output}` is a secret, and nobody can hide it here"))
                    .label(place(at, from, to), "it would stand in the open")
                    .help(format!("hand it over in `env`, such as `env {{ VALUE \"${{{node}.{output}}}\" }}`, and let the program read it")),
            ),
            Err(_) => {}
        },
    }
    });
    text
}

/// Bytes of a value. Where escapes move them, all of it.
fn place(at: &At<String>, from: usize, to: usize) -> Span {
    let span = at.span();
    match (span.end - span.start) as usize == at.value.len() + 2 {
        true => Span { start: span.start + 1 + from as u32, end: span.start + 1 + to as u32, ..span },
        false => span,
    }
}

fn check_text(model: &Model, service: &Service, at: &At<String>, kind: Any, faults: &mut Vec<Finding>) {
    parse(&at.value, kind, &mut |part| {
        if let Part::Reference { node, output, from, to } = part
            && let Err(mut finding) = find(model, &service.run, node, output)
        {
            if *node == *service.name.value && has_secret(&service.run, output) {
                finding.help = Some(own_help(output));
            }
            finding.labels[0].span = place(at, from, to);
            faults.push(finding);
        }
    });
}

/// A text made of a secret that somebody else put into the cluster: nothing can be made of it there.
fn held_elsewhere(model: &Model, run: &Run, at: &At<String>) -> Option<Finding> {
    let pieces = split(model, run, &at.value);
    let held = |name: &str| run.secrets.iter().any(|it| it.name.value == name && it.object.is_some());
    let name = pieces.iter().find_map(|it| match it {
        Piece::Own(name) if pieces.len() > 1 && held(name) => Some(name),
        _ => None,
    })?;
    Some(
        Finding::new(
            "unknown-reference",
            format!("`{name}` lies in a Secret of the cluster, which no text can be made of"),
        )
        .label(at.span(), "more than that secret")
        .help("say where it lies in the secret store, `from=\"path#key\"`, or hand it over alone"),
    )
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
fn parse<'t>(text: &'t str, kind: Any, each: &mut dyn FnMut(Part<'t>)) {
    let (mut from, mut ahead) = (0, 0);
    while let Some(at) = opening(&text[ahead..]).map(|at| ahead + at) {
        if at > from && text.as_bytes()[at - 1] == b'$' {
            each(Part::Text(&text[from..at - 1]));
            each(Part::Text("${"));
            (from, ahead) = (at + 2, at + 2);
            continue;
        }
        let Some(end) = text[at..].find('}').map(|end| at + end) else { break };
        let inner = &text[at + 2..end];
        if kind == Any::Output && !is_output(inner) {
            ahead = at + 2;
            continue;
        }
        if at > from {
            each(Part::Text(&text[from..at]));
        }
        let (node, output) = inner.split_once('.').unwrap_or((inner, ""));
        each(Part::Reference { node, output, from: at, to: end + 1 });
        (from, ahead) = (end + 1, end + 1);
    }
    if from < text.len() {
        each(Part::Text(&text[from..]));
    }
}

/// `orders-db.url`, which no shell would take for a variable of its own.
fn is_output(inner: &str) -> bool {
    inner.contains('.') && inner.bytes().all(in_output)
}

fn in_output(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

fn find(model: &Model, run: &Run, node: &str, output: &str) -> Result<Found, Finding> {
    let fault = |message: String| {
        Finding::new("unknown-reference", message).label(model.app.origin.span, "leads nowhere")
    };
    if output.is_empty() {
        let message = format!("`${{{node}}}` names no output of another node");
        return Err(fault(message).help(bare(run, node)));
    }
    let Some(all) = outputs(model, run, node) else {
        let mut finding = fault(format!("there is no `{node}` to take `{output}` from"));
        finding.help = match node == OWN {
            true => Some(format!("write `secret \"{output}\" from=\"path#key\"` beside it")),
            false => did_you_mean(node, names(model)),
        };
        return Err(finding);
    };
    if let Some(at) = all.iter().position(|(name, _)| *name == output) {
        return Ok(all.into_iter().nth(at).expect("found there").1);
    }
    // `url` of a service that has one for each of its apis.
    let ends = |name: &str| name.strip_suffix(output).is_some_and(|before| before.ends_with('.'));
    let own = all.iter().filter(|(name, _)| ends(name));
    let own: Vec<String> = own.map(|(name, _)| format!("`${{{node}.{name}}}`")).collect();
    if own.len() > 1 {
        let message = format!("`{node}` has several apis, and each has a `{output}` of its own");
        return Err(fault(message).help(format!("say which: {}", own.join(" or "))));
    }
    let mut finding = fault(match all.iter().any(|(_, found)| matches!(found, Found::Own(_))) {
        true => format!("no `secret` of its own is called `{output}`"),
        false => format!("`{node}` has no output `{output}`"),
    });
    finding.help = did_you_mean(output, all.iter().map(|(name, _)| name.as_str()));
    Err(finding)
}

/// What to write in place of `${name}`.
fn bare(run: &Run, name: &str) -> String {
    match name.split_once([':', '?', '+']) {
        _ if has_secret(run, name) => own_help(name),
        Some((name, _)) => format!(
            "no variable of the machine that builds is read: write the value, or `secret \"{name}\" from=\"…\"` where the program takes it; `$${{…}}` hands it the text itself"
        ),
        None => format!(
            "write `${{name.output}}`, or `${{{OWN}.{name}}}` for a `secret \"{name}\"` of its own; `$${{{name}}}` hands it the text itself"
        ),
    }
}

fn own_help(name: &str) -> String {
    format!("write `${{{OWN}.{name}}}`: it is a secret of its own")
}

fn has_secret(run: &Run, name: &str) -> bool {
    run.secrets.iter().any(|it| it.name.value == name)
}

fn names(model: &Model) -> Vec<&str> {
    let services = model.services.iter().map(|it| it.name.value.as_str());
    let resources = model.resources.iter().map(|it| it.name.value.as_str());
    let topics = model.topics.iter().map(|it| it.name.value.as_str());
    let externals = model.externals.iter().map(|it| it.name.value.as_str());
    services.chain(resources).chain(topics).chain(externals).chain(["app", "environment"]).collect()
}

/// What can be said of a node, or its own secrets where no node has that name.
fn outputs(model: &Model, run: &Run, node: &str) -> Option<Vec<(String, Found)>> {
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
        let scheme = service.scheme();
        let reached = |before: &str, port: u16| {
            [
                text(&format!("{before}port"), port.to_string()),
                text(&format!("{before}address"), format!("{node}:{port}")),
                text(&format!("{before}url"), format!("{scheme}://{node}:{port}")),
            ]
        };
        let mut all = vec![text("host", node.into())];
        if service.apis.len() < 2 {
            all.extend(reached("", service.port(None)));
        }
        let of_api = |api: &Api| reached(&format!("{}.", api.name.value), api.port.value as u16);
        all.extend(service.apis.iter().flat_map(of_api));
        return Some(all);
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
    let Some(external) = model.external(node) else {
        let own = |name: &String| (name.clone(), Found::Own(name.clone()));
        let secrets = run.secrets.iter().map(|it| own(&it.name.value));
        return (node == OWN && !run.secrets.is_empty()).then(|| secrets.collect());
    };
    Some(vec![
        text("host", external.host.clone()),
        text("port", external.port.to_string()),
        text("url", external.url.value.clone()),
    ])
}
