//! Files of the project that are laid beside the generated ones as they are: `raw "k8s/*.yaml"`. Each is held to be what
//! its platform takes before it goes anywhere.

use crate::model::raw::{Pattern, Raw};
use crate::secret;
use crate::secret::literal::{Literal, Stands};
use crate::spec::Spec;
use crate::tree::Item;
use bastide_contract::value::{self, Value};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Role, Source, Sources, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// The rule about what a file holds.
const RULE: &str = "raw-refused";
/// The parts of a compose file.
const COMPOSE: &str = "services networks volumes secrets configs include name version models";

/// The patterns of a spec, each with where it is first written.
pub fn patterns(spec: &Spec) -> BTreeMap<Pattern, Span> {
    let mut found = BTreeMap::new();
    for item in spec.items.iter().filter(|item| matches!(item.schema.node, "app" | "environment")) {
        let compose = is_compose(spec, item, 0);
        for raw in item.all("raw").filter(|raw| !raw.removed) {
            found.entry((raw.key_text(), compose)).or_insert(raw.origin.span);
        }
    }
    found
}

/// Whether an environment is one of compose, by its own word or that of the one it begins with.
fn is_compose(spec: &Spec, item: &Item, depth: usize) -> bool {
    let like = || {
        let like = item.text("like").filter(|_| depth < spec.items.len())?;
        spec.items.iter().find(|it| it.schema.node == "environment" && *it.key == *like)
    };
    match item.text("platform") {
        Some(platform) => platform == "compose",
        None => like().is_some_and(|like| is_compose(spec, like, depth + 1)),
    }
}

/// Reads a file; what its platform would not take is reported, and then nothing comes of it.
/// The secrets in it are added to the others.
pub fn read(
    file: FileId,
    source: &Source,
    compose: bool,
    secrets: &mut Vec<Literal>,
    report: &mut Report,
) -> Option<Raw> {
    let mut own = Report::default();
    if !["yaml", "yml", "json"].iter().any(|end| source.path.ends_with(&format!(".{end}"))) {
        let message = format!("`{}` is no file of objects", source.path);
        refuse(file, 0..0, message, "name files that end with `.yaml`, `.yml` or `.json`", &mut own);
    }
    let documents: Vec<Range<usize>> =
        split(&source.text).filter(|it| !is_idle(&source.text[it.clone()])).collect();
    if documents.is_empty() {
        let message = format!("`{}` holds nothing", source.path);
        refuse(file, 0..0, message, "write its objects, or take it out of `raw`", &mut own);
    }
    for at in &documents {
        let mut found = Report::default();
        let mut alone = Sources::default();
        let id = alone.add(source.path.as_str(), &source.text[at.clone()], Role::Output);
        if let Some(value) = value::read(file, alone.get(id), &mut found) {
            match compose {
                true => of_compose(file, &value, &mut found),
                false => object(file, &value, &mut found),
            }
            // What lies there in clear is told of the whole Secret.
            if found.findings.iter().all(|it| it.rule != "raw-secret") {
                let first = secrets.len();
                hidden(&source.path, "", &value, secrets);
                secrets[first..].iter_mut().for_each(|it| it.span = moved(it.span, at.start));
            }
        }
        for mut finding in found.findings {
            finding.labels.iter_mut().for_each(|label| label.span = moved(label.span, at.start));
            if finding.rule == "contract-syntax" {
                finding.rule = RULE.into();
                finding.help = Some("write it out as plain YAML, or take the file out of `raw`".into());
            }
            own.push(finding);
        }
    }
    let sound = !own.denied();
    report.findings.append(&mut own.findings);
    let (path, text) = (source.path.clone(), source.text.to_string());
    sound.then_some(Raw { path, file, text, documents })
}

/// Whether a text is still one that a platform can read, after it was changed.
pub fn is_whole(text: &str) -> bool {
    split(text).filter(|at| !is_idle(&text[at.clone()])).all(|at| {
        let mut alone = Sources::default();
        let id = alone.add("", &text[at], Role::Output);
        let mut found = Report::default();
        value::read(id, alone.get(id), &mut found).is_some() && !found.denied()
    })
}

/// The secrets in a value that bears a name: of known formats, and all of it if the name is that of a secret.
fn hidden(path: &str, name: &str, value: &Value<'_>, found: &mut Vec<Literal>) {
    if let Some(text) = value.text() {
        found.extend(secret::find(name, text).into_iter().map(|spot| Literal {
            path: format!("raw.{path}"),
            environment: None,
            span: value.span,
            what: spot.what,
            text: text[spot.at].into(),
            stands: Stands::File,
        }));
    }
    value.items().iter().for_each(|item| hidden(path, name, item, found));
    // `{name: PASSWORD, value: …}`, as variables of pods are written.
    let named = value.text_at("name").unwrap_or_default();
    for entry in value.entries() {
        hidden(path, if entry.key == "value" { named } else { &entry.key }, &entry.value, found);
    }
}

fn moved(span: Span, by: usize) -> Span {
    Span::new(span.file, span.start as usize + by, span.end as usize + by)
}

fn refuse(file: FileId, at: Range<usize>, message: String, help: &str, report: &mut Report) {
    let label = Span::new(file, at.start, at.end);
    Finding::new(RULE, message).label(label, "here").help(help).add_to(report);
}

/// The documents of a text.
fn split(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut marks = vec![];
    let (mut at, mut from) = (0, 0);
    for line in text.split_inclusive('\n') {
        let plain = line.trim_end();
        if plain == "---" || plain.starts_with("--- ") || plain == "..." {
            marks.push(from..at);
            from = at + line.len();
        }
        at += line.len();
    }
    marks.push(from..text.len());
    marks.into_iter()
}

/// Whether a document is empty, or comments alone.
fn is_idle(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with(['#', '%']))
}

/// Holds a document to be one object of a cluster.
fn object(file: FileId, value: &Value<'_>, report: &mut Report) {
    let span = value.span.start as usize..value.span.start as usize + 1;
    let mut say = |message: String, help: &str| refuse(file, span.clone(), message, help, report);
    let text = |key: &str| value.text_at(key).filter(|text| !text.trim().is_empty());
    let (Some(version), Some(kind)) = (text("apiVersion"), text("kind")) else {
        return say(
            "this is no object of a cluster: it has no `apiVersion` or no `kind`".into(),
            "write both, or take the file out of `raw`",
        );
    };
    if version.starts_with("kustomize.config.k8s.io") {
        return say("this lists files, and is no object".into(), "name the files that it lists in `raw`");
    }
    if value.get("items").is_some() && kind.ends_with("List") {
        return say(
            format!("`{kind}` holds several objects"),
            "write each as a document of its own, with `---` between",
        );
    }
    let Some(name) =
        value.get("metadata").and_then(|it| it.text_at("name")).filter(|it| !it.trim().is_empty())
    else {
        return say(
            format!("this `{kind}` has no `metadata.name`"),
            "name it: what has no name is made anew each time",
        );
    };
    let data = ["data", "stringData"].iter().filter_map(|key| value.get(key));
    if kind == "Secret" && version == "v1" && data.flat_map(|data| data.entries()).next().is_some() {
        let message = format!(
            "Secret `{name}` lies in the repository, and whoever reads that reads it: base64 hides nothing"
        );
        Finding::new("raw-secret", message)
            .label(Span::new(file, span.start, span.end), "here")
            .help("put its values into the secret store, and `secret \"NAME\" from=\"path#key\"` into what needs them; or lay an ExternalSecret or a SealedSecret here")
            .add_to(report);
    }
}

/// Holds a document to be a compose file.
fn of_compose(file: FileId, value: &Value<'_>, report: &mut Report) {
    let span = value.span.start as usize..value.span.start as usize + 1;
    let known = |key: &str| COMPOSE.split(' ').any(|it| it == key) || key.starts_with("x-");
    let strange = value.entries().iter().find(|entry| !known(&entry.key));
    if let Some(entry) = strange {
        let at = entry.at.start as usize..entry.at.end as usize;
        let message = format!("compose knows no `{}`", entry.key);
        return refuse(
            file,
            at,
            message,
            "lay objects of a cluster beside an environment of Kubernetes",
            report,
        );
    }
    if !value.entries().iter().any(|entry| COMPOSE.split(' ').take(5).any(|it| it == entry.key)) {
        let message = "this is no compose file: it has no `services`".into();
        refuse(file, span, message, "write `services`, `networks` or `volumes`", report);
    }
}
