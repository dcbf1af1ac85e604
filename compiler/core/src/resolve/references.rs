//! Names that must exist: other nodes, project files, required properties. What fails is reported once and taken out,
//! so that no later stage meets it again.

use super::{FileState, Inputs, NamedFile, meaning};
use crate::model::service::Build;
use crate::schema::{Arg, Schema, Type, words};
use crate::spec::article;
use crate::tree::{At, Item, Scalar};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;
use bastide_report::suggest::did_you_mean;
use std::collections::{BTreeMap, BTreeSet};

/// Names of each kind.
type Names = BTreeMap<&'static str, BTreeSet<Box<str>>>;

/// Checks and cleans the merged tree of one environment; all environments of the spec may be named in it.
pub fn check(tree: &mut Vec<Item>, environments: &[String], inputs: &Inputs, report: &mut Report) {
    let mut names: Names = BTreeMap::new();
    names.insert("environment", environments.iter().map(|name| name.as_str().into()).collect());
    for item in tree.iter() {
        names.entry(item.schema.node).or_default().insert(item.key.clone());
    }
    let mut walk =
        Walk { names, inputs, report, partial: false, compared: 0, seen: 0, told: BTreeSet::new() };
    tree.retain_mut(|item| {
        walk.partial = matches!(item.schema.node, "archetype" | "resource-type");
        walk.item(item)
    });
}

/// So many unknown names are compared with all there are: where there are more, they are no slips.
pub const COMPARED: usize = 200;

struct Walk<'a> {
    names: Names,
    inputs: &'a Inputs,
    report: &'a mut Report,
    /// What others begin with is looked at.
    partial: bool,
    /// Names that were compared with all there are.
    compared: usize,
    /// Findings whose places are in `told`.
    seen: usize,
    /// Where something was found.
    told: BTreeSet<Span>,
}

impl Walk<'_> {
    /// Whether the node can stay.
    fn item(&mut self, item: &mut Item) -> bool {
        let schema = item.schema;
        if let Arg::Names(ty) | Arg::Key(ty) = schema.arg {
            let known = match ty {
                Type::Ref(kinds) => self.reference(schema.node, &item.key, item.origin.span, kinds),
                Type::File => self.file(&item.key, item.origin.span),
                _ => true,
            };
            if !known {
                return false;
            }
        }
        if let Arg::Value(ty) | Arg::Maybe(ty) | Arg::Values(ty) = schema.arg {
            item.values.retain(|field| self.value(schema.node, &field.at, ty));
        }
        let before = item.fields.len();
        item.fields.retain(|field| {
            schema.prop(field.name).is_none_or(|prop| self.value(schema.node, &field.at, prop.ty))
        });
        item.broken |= item.fields.len() < before;
        let before = item.parts.len();
        item.parts.retain_mut(|part| self.item(part));
        let lost = item.parts.len() < before;
        self.required(item, schema) && self.meaning(item, lost)
    }

    /// Whether the node says enough to mean something. What others begin with may say less, and a part that is `lost`, which
    /// is told, may be what it lacks.
    fn meaning(&mut self, item: &Item, lost: bool) -> bool {
        if self.partial || item.broken {
            return true;
        }
        meaning::clashes(item, self.report);
        lost || meaning::whole(item, self.report)
    }

    fn required(&mut self, item: &Item, schema: &'static Schema) -> bool {
        let missing = schema.props.iter().find(|prop| prop.required && item.field(prop.name).is_none());
        let Some(prop) = missing else { return true };
        let new = self.report.findings[self.seen..].iter().flat_map(|it| &it.labels);
        self.told.extend(new.map(|label| label.span));
        self.seen = self.report.findings.len();
        let own = item.fields.iter().map(|field| field.at.span()).chain([item.origin.span]);
        if !item.broken && !own.into_iter().any(|span| self.told.contains(&span)) {
            Finding::new(
                "missing-property",
                format!("{} `{}` does not say its `{}`", schema.node, item.key, prop.name),
            )
            .label(item.origin.span, format!("`{}=` is missing", prop.name))
            .help(format!("write `{}=`: {}", prop.name, prop.ty.looks_like()))
            .add_to(self.report);
        }
        false
    }

    fn value(&mut self, node: &str, at: &At<Scalar>, ty: Type) -> bool {
        match ty {
            Type::Ref(kinds) => self.reference(node, &at.value.words(), at.span(), kinds),
            Type::File => self.file(&at.value.words(), at.span()),
            _ => true,
        }
    }

    fn reference(&mut self, node: &str, name: &str, span: Span, kinds: &'static str) -> bool {
        if words(kinds).any(|kind| self.names.get(kind).is_some_and(|names| names.contains(name))) {
            return true;
        }
        self.compared += 1;
        let near = if self.compared > COMPARED { "" } else { kinds };
        let known = || words(near).filter_map(|kind| self.names.get(kind)).flatten().map(|name| &**name);
        let other = self.names.iter().find(|(_, names)| names.contains(name)).map(|(kind, _)| *kind);
        let wanted = kinds.replace(' ', " or ");
        let (message, label) = match &other {
            Some(kind) => (
                format!("`{name}` is {} {kind}, not {} {wanted}", article(kind), article(&wanted)),
                format!("{} {wanted} belongs here", article(&wanted)),
            ),
            None => (format!("there is no {wanted} `{name}`"), "not declared".to_string()),
        };
        let mut finding = Finding::new("unknown-reference", message).label(span, label);
        finding = finding.slip(name, known(), span, true);
        let declare = || format!("declare it: `{} \"{name}\"`", words(kinds).next().unwrap_or("service"));
        finding.help = other
            .and_then(|other| instead(node, other, name))
            .or_else(|| outside(name, kinds))
            .or_else(|| did_you_mean(name, known()))
            .or_else(|| Some(declare()));
        self.report.push(finding);
        false
    }

    fn file(&mut self, path: &str, span: Span) -> bool {
        if !matches!(self.inputs.files.get(path), Some(FileState::Missing)) {
            return true;
        }
        let known = self
            .inputs
            .files
            .iter()
            .filter(|(_, state)| **state != FileState::Missing)
            .map(|(path, _)| path.as_str());
        let near = bastide_report::suggest::nearest(path, known);
        let help = near.map_or_else(
            || "make the file, or correct the path (from the folder of `bastide.kdl`)".to_string(),
            |near| format!("did you mean `{near}`?"),
        );
        Finding::new("missing-file", format!("there is no `{path}` in the project"))
            .label(span, "not found")
            .help(help)
            .add_to(self.report);
        true
    }
}

/// The act for an address in place of a name.
fn outside(name: &str, kinds: &'static str) -> Option<String> {
    let host = name.split_once("://")?.1.split(['/', ':', '?']).next()?;
    let called = host.split('.').rev().nth(1).unwrap_or(host);
    let act = format!("write `external \"{called}\" url=\"{name}\"` at the top, and `\"{called}\"` here");
    words(kinds).any(|kind| kind == "external").then_some(act)
}

/// What to write for something of another kind than belongs in the node.
fn instead(node: &str, kind: &str, name: &str) -> Option<String> {
    let right = match (node, kind) {
        ("calls", "resource") => "uses",
        ("uses", "service" | "external") => "calls",
        ("calls" | "uses" | "publishes", "queue") => "sends",
        ("subscribes", "queue") => "receives",
        ("calls" | "uses" | "sends", "topic") => "publishes",
        ("receives", "topic") => "subscribes",
        ("topic" | "queue" | "uses", "resource-type") => {
            return Some(format!("name a resource of that type: `resource \"…\" type=\"{name}\"`"));
        }
        _ => return None,
    };
    Some(format!("write `{right} \"{name}\"`"))
}

/// Collects the project files a node names.
pub fn collect_files(item: &Item, files: &mut Vec<NamedFile>) {
    let mut add = |at: &At<Scalar>, wants_text: bool, wants_file: bool| {
        files.push(NamedFile { path: at.value.print(), span: at.span(), wants_text, wants_file });
    };
    if let Arg::Value(Type::File) | Arg::Values(Type::File) = item.schema.arg {
        item.values.iter().for_each(|field| add(&field.at, false, false));
    }
    for field in item.fields.iter().filter(|field| field.at.value != Scalar::Null) {
        if matches!(item.schema.prop(field.name), Some(prop) if prop.ty == Type::File) {
            add(&field.at, item.schema.node == "file", field.name != "build");
        }
    }
    item.parts.iter().for_each(|part| collect_files(part, files));
}

/// Collects the Dockerfiles of what a node builds.
pub fn collect_dockerfiles(item: &Item, files: &mut BTreeSet<String>) {
    let named =
        |context: At<String>, dockerfile| Build { context, dockerfile, target: None, language: None }.file();
    if item.schema.node == "build" {
        files.extend(item.value_at().map(|context| named(context, item.text("dockerfile"))));
    }
    let own = item.schema.prop("build").and_then(|_| item.text_at("build"));
    files.extend(own.map(|context| named(context, None)));
    item.parts.iter().for_each(|part| collect_dockerfiles(part, files));
}
