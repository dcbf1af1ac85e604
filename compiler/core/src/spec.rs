//! From documents to the spec as written: every node checked against the tables of `kind/`, every value parsed once.

pub mod duplicates;
pub(crate) mod foreign_name;
mod foreign_spelling;
pub mod value;

use crate::kind::ROOT;
use crate::schema::{Arg, Prop, Repeat, Schema, Type};
use crate::tree::{At, Field, Item, Layer, Origin, Scalar};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Role, Source, Span};
use bastide_report::suggest::did_you_mean;
use bastide_syntax::{Document, Entry, Node};

/// Entries with names of the user's own are items of this schema.
pub const FREE: Schema = crate::schema::value("", Type::Any, "").repeat(Repeat::ByKey);

/// The spec as written: the nodes of all files, in order.
#[derive(Clone, Debug, Default)]
pub struct Spec {
    /// Top-level nodes.
    pub items: Vec<Item>,
}

/// An `include` pattern and where it stands.
#[derive(Clone, Debug)]
pub struct Include {
    /// Glob, relative to the file it stands in.
    pub pattern: String,
    /// Where.
    pub span: Span,
}

/// The `include` patterns of a file, for the shell to load.
pub fn includes(document: &Document, text: &str) -> Vec<Include> {
    let patterns = |node: Node<'_>| {
        let strings = node.entries().filter(|entry| entry.name().is_none());
        strings
            .filter_map(|entry| match entry.value() {
                bastide_syntax::Value::Str(text) => {
                    Some(Include { pattern: text.to_string(), span: entry.value_span() })
                }
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    document.nodes(text).filter(|node| node.name() == "include").flat_map(patterns).collect()
}

/// Reads one file into the spec.
pub fn read(spec: &mut Spec, source: &Source, document: &Document, report: &mut Report) {
    let own = matches!(source.role, Role::Spec | Role::Baseline);
    let layer = if own { Layer::Spec } else { Layer::Default };
    let mut items = read_as(&ROOT, layer, source, document, report);
    items.iter_mut().for_each(relayer);
    spec.items.append(&mut items);
}

/// Reads one file by the table of its top: the spec's, or that of a manifest.
pub fn read_as(
    root: &'static Schema,
    layer: Layer,
    source: &Source,
    document: &Document,
    report: &mut Report,
) -> Vec<Item> {
    let mut reader = Reader { layer, report };
    let mut items = Vec::with_capacity(document.nodes(&source.text).count());
    document.nodes(&source.text).for_each(|node| reader.node(node, root, &mut items));
    items
}

/// Takes each of the first `built_in` items out whose name a later one bears: a project's own resource type or archetype,
/// wherever it stands, replaces the built-in one.
pub fn replace(spec: &mut Spec, built_in: usize) {
    let named = |item: &Item| (item.schema.node, item.key.clone());
    let kinds = |item: &&Item| matches!(item.schema.node, "resource-type" | "archetype") && !item.removed;
    let own: std::collections::BTreeSet<_> = spec.items[built_in..].iter().filter(kinds).map(named).collect();
    let mut at = 0;
    spec.items.retain(|item| {
        at += 1;
        at > built_in || !own.contains(&named(item))
    });
}

/// Gives resource types the forms that a part of a pack makes of them, under its name. What a type says itself stays.
pub fn provide(spec: &mut Spec, part: &str, provides: Vec<Item>, report: &mut Report) {
    for mut provider in provides {
        let ty = std::mem::replace(&mut provider.key, part.into());
        provider.set_layer(Layer::Type);
        let types = || spec.items.iter().filter(|item| item.schema.node == "resource-type");
        if types().all(|item| item.key != ty) {
            Finding::new("unknown-reference", format!("there is no resource type `{ty}`"))
                .label(provider.origin.span, format!("`{part}` makes a form of it"))
                .meant(&ty, types().map(|item| &*item.key))
                .add_to(report);
        }
        let same = |item: &&mut Item| item.schema.node == "resource-type" && item.key == ty;
        for item in spec.items.iter_mut().filter(same) {
            if item.all("provider").all(|own| own.key != provider.key) {
                item.parts.push(provider.clone());
            }
        }
    }
}

/// Finds what a spec cannot do without: an app, and an environment to run it in. Told only when nothing else is wrong,
/// because what could not be read may be what is missing.
pub fn incomplete(spec: &Spec, file: FileId, report: &mut Report) {
    if report.denied() {
        return;
    }
    let needed = [
        ("app", "what is described here has no name", "app \"shop\" version=\"1.0.0\""),
        ("environment", "there is nowhere to run it", "environment \"dev\" platform=\"compose\""),
    ];
    for (node, label, example) in needed {
        if !spec.items.iter().any(|item| item.schema.node == node) {
            Finding::new("missing-node", format!("the spec has no `{node}`"))
                .label(Span::new(file, 0, 0), label)
                .help(format!("write `{example}`"))
                .add_to(report);
        }
    }
}

/// What stands in an environment is an overlay, what stands in an archetype comes from there, and so on.
fn relayer(item: &mut Item) {
    let layer = match item.schema.node {
        // Nobody chooses what an image is like: it is so where nothing else is written.
        "archetype" if &*item.key == "image" && item.origin.layer == Layer::Default => return,
        "archetype" => Layer::Archetype,
        "defaults" => Layer::Default,
        "resource-type" => Layer::Type,
        "environment" => Layer::Overlay,
        _ => return,
    };
    for part in &mut item.parts {
        part.set_layer(layer);
    }
}

struct Reader<'r> {
    layer: Layer,
    report: &'r mut Report,
}

impl Reader<'_> {
    /// Reads a node that stands in a `parent`, and its children. The depth is bounded by that of the tables.
    fn node(&mut self, node: Node<'_>, parent: &'static Schema, out: &mut Vec<Item>) {
        let Some(schema) = parent.part(node.name()) else {
            match &parent.free {
                Some(_) => out.extend(self.free_node(node, parent)),
                None => self.unknown_node(node, parent),
            }
            return;
        };
        let arguments = node.entries().filter(|entry| entry.name().is_none());
        let mut item = Item::new(schema, "", self.origin(node.name_span()));
        let (count, last) = arguments.fold((0, None), |(count, _), entry| (count + 1, Some(entry)));
        let null = matches!(last.map(Entry::value), Some(bastide_syntax::Value::Null));
        // `set "spec.replicas" #null` of a patch takes a field out of an object, not the node out of the spec.
        item.removed = null && schema.node != "set";
        let names = self.arguments(node, count - usize::from(null), &mut item);
        item.fields.reserve_exact(node.entries().len() - count);
        self.properties(node, &mut item);
        self.children(node, &mut item);
        item.shrink();
        let named = matches!(schema.arg, Arg::Name | Arg::Key(_) | Arg::Names(_));
        if named && item.key.is_empty() && !item.removed {
            return; // told already; without its name nothing more can be said of it
        }
        if names.len() > 1 {
            let each = |(name, span): &(Box<str>, Span)| {
                let mut one = item.clone();
                (one.key, one.origin) = (name.clone(), self.origin(*span));
                one
            };
            out.extend(names.iter().map(each));
        } else {
            out.push(item);
        }
    }

    fn origin(&self, span: Span) -> Origin {
        Origin { layer: self.layer, span }
    }

    /// Reads the first `count` arguments into the key or the values; returns all names of a node that has several.
    fn arguments(&mut self, node: Node<'_>, count: usize, item: &mut Item) -> Vec<(Box<str>, Span)> {
        let mut names = vec![];
        let (least, most) = match item.schema.arg {
            Arg::None => (0, 0),
            Arg::Name | Arg::Key(_) | Arg::Value(_) => (1, 1),
            Arg::Maybe(_) => (0, 1),
            Arg::Names(_) | Arg::Values(_) => (1, usize::MAX),
        };
        // `limit #null` takes every limit, `route "/a" #null` what is found there.
        let marked = matches!(item.schema.repeat, Repeat::Many(_));
        let least = if item.removed && (marked || matches!(item.schema.arg, Arg::Value(_) | Arg::Values(_))) {
            0
        } else {
            least
        };
        if count < least {
            self.missing_argument(node, item.schema);
        }
        if matches!(item.schema.arg, Arg::Value(_) | Arg::Maybe(_) | Arg::Values(_)) {
            item.values.reserve_exact(count);
        }
        let arguments = node.entries().filter(|entry| entry.name().is_none());
        for (at, entry) in arguments.take(count).enumerate() {
            if at >= most {
                self.unexpected_argument(node, entry, item.schema);
                break;
            }
            match item.schema.arg {
                Arg::Value(ty) | Arg::Maybe(ty) | Arg::Values(ty) => {
                    if let Some(at) = value::read(entry, ty, item.schema.node, self.layer, self.report) {
                        item.values.push(Field { name: "", at, hidden: vec![] });
                    }
                }
                Arg::None => {}
                Arg::Name | Arg::Key(_) | Arg::Names(_) => {
                    if let Some(key) = self.key(entry, item.schema) {
                        if count > 1 {
                            names.push((key.clone(), entry.value_span()));
                        }
                        (item.key, item.origin) = (key, self.origin(entry.value_span()));
                    }
                }
            }
        }
        names
    }

    fn key(&mut self, entry: Entry<'_>, schema: &'static Schema) -> Option<Box<str>> {
        let ty = match schema.arg {
            Arg::Key(ty) | Arg::Names(ty) => ty,
            _ => Type::Text,
        };
        let at = value::read(entry, ty, schema.node, self.layer, self.report)?;
        let text: Box<str> = match at.value {
            Scalar::Text(text) => text,
            other => other.print().into(),
        };
        if matches!(schema.arg, Arg::Name)
            && let Some(why) = value::bad_name(&text)
        {
            Finding::new(
                "bad-name",
                format!("`{}` cannot be the name of {} {}", short(&text), article(schema.node), schema.node),
            )
            .label(entry.value_span(), why)
            .help(value::good_name(&text).map_or_else(
                || {
                    "use lower-case letters, digits and `-`, beginning with a letter, at most 40 characters"
                        .into()
                },
                |good| format!("write `{good}`"),
            ))
            .add_to(self.report);
            return None;
        }
        Some(text)
    }

    fn properties(&mut self, node: Node<'_>, item: &mut Item) {
        for entry in node.entries() {
            let (Some(name), Some(name_span)) = (entry.name(), entry.name_span()) else { continue };
            let Some(prop) = item.schema.prop(name) else {
                match &item.schema.free {
                    Some(prop) if item.schema.node == "target" => {
                        self.free_entry(entry, name, name_span, prop, item)
                    }
                    _ => self.unknown_property(name, name_span, item.schema),
                }
                continue;
            };
            if item.field(prop.name).is_some() {
                self.report.push(
                    Finding::new("repeated-property", format!("`{name}` stands twice in one node"))
                        .label(entry.span(), "the second one")
                        .help(format!("keep one `{name}=`")),
                );
                continue;
            }
            match self.or_null(entry, prop.ty, name) {
                Some(at) => item.fields.push(Field { name: prop.name, at, hidden: vec![] }),
                None => item.broken = true,
            }
        }
    }

    /// A value, or `#null`, which takes away what earlier layers say.
    fn or_null(&mut self, entry: Entry<'_>, ty: Type, name: &str) -> Option<At<Scalar>> {
        match entry.value() {
            bastide_syntax::Value::Null => {
                Some(At { value: Scalar::Null, origin: self.origin(entry.value_span()) })
            }
            _ => value::read(entry, ty, name, self.layer, self.report),
        }
    }

    fn free_entry(&mut self, entry: Entry<'_>, name: &str, span: Span, prop: &Prop, item: &mut Item) {
        if let Some(at) = self.or_null(entry, prop.ty, name) {
            item.parts.push(free(name, self.origin(span), at));
        }
    }

    fn free_node(&mut self, node: Node<'_>, parent: &'static Schema) -> Option<Item> {
        if let Some(why) = value::bad_key(parent.node, node.name()) {
            Finding::new("bad-name", format!("`{}` cannot be a name in `{}`", node.name(), parent.node))
                .label(node.name_span(), why)
                .help(match parent.node {
                    "sysctls" => "use the name of a setting of the kernel, such as `net.core.somaxconn`",
                    "hosts" => "use the name of a machine, such as `printer.lan`",
                    "label" | "pods" | "annotation" | "node-selector" | "extended" => {
                        "use letters, digits, `-`, `_` and `.`, such as `team` or `shop.example/team`"
                    }
                    _ => "use letters, digits and `_`, such as `LOG_LEVEL`",
                })
                .add_to(self.report);
            return None;
        }
        let origin = self.origin(node.name_span());
        let mut arguments = node.entries();
        let Some(entry) = arguments.next() else {
            Finding::new("missing-value", format!("`{}` has no value", node.name()))
                .label(node.name_span(), "a value must follow")
                .help(format!("write `{} \"…\"`", node.name()))
                .add_to(self.report);
            return None;
        };
        for extra in arguments {
            self.unexpected_argument(node, extra, &FREE);
        }
        let ty = parent.free.map_or(Type::Any, |prop| prop.ty);
        let at = self.or_null(entry, ty, node.name())?;
        Some(free(node.name(), origin, at))
    }

    fn children(&mut self, node: Node<'_>, item: &mut Item) {
        let mut parts = std::mem::take(&mut item.parts);
        parts.reserve_exact(node.children().count());
        for child in node.children() {
            self.node(child, item.schema, &mut parts);
        }
        duplicates::among(&parts, self.report);
        item.parts = parts;
    }

    fn unknown_node(&mut self, node: Node<'_>, parent: &'static Schema) {
        let name = node.name();
        let place = if parent.node == ROOT.node {
            "at the top of a spec".into()
        } else {
            format!("in `{}`", parent.node)
        };
        let parts = || parent.parts.iter().map(|part| part.node);
        let mut finding = Finding::new("unknown-node", format!("there is no `{name}` {place}"))
            .label(node.name_span(), "not known here");
        finding.help = if parent.prop(name).is_some() {
            Some(format!("`{name}` is a property: write `{name}=…` on the line of `{}`", parent.node))
        } else if let Some(act) = foreign_name::meant(name, parent) {
            Some(act)
        } else {
            finding = finding.slip(name, parts(), node.name_span(), false);
            did_you_mean(name, parts()).or_else(|| Some(without_it(parent)))
        };
        self.report.push(finding);
    }

    fn unknown_property(&mut self, name: &str, span: Span, schema: &'static Schema) {
        let props = || schema.props.iter().map(|prop| prop.name);
        let mut finding =
            Finding::new("unknown-property", format!("`{}` has no property `{name}`", schema.node))
                .label(span, "not known here");
        finding.help = if schema.part(name).is_some() {
            Some(format!("`{name}` is a node: write it between the braces of `{}`", schema.node))
        } else if schema.free.is_some() {
            Some(format!("write it between braces: `{} {{ {name} \"…\" }}`", schema.node))
        } else if let Some(act) = foreign_name::meant(name, schema) {
            Some(act)
        } else {
            finding = finding.slip(name, props(), span, false);
            did_you_mean(name, props()).or_else(|| Some(without_it(schema)))
        };
        self.report.push(finding);
    }

    fn missing_argument(&mut self, node: Node<'_>, schema: &'static Schema) {
        let (what, example) = match schema.arg {
            Arg::Name | Arg::Names(_) => ("name", "\"name\"".to_string()),
            Arg::Key(ty) | Arg::Value(ty) | Arg::Values(ty) => ("value", ty.looks_like()),
            Arg::None | Arg::Maybe(_) => return,
        };
        Finding::new("missing-value", format!("`{}` has no {what}", schema.node))
            .label(node.name_span(), format!("a {what} must follow"))
            .help(format!("write after `{}`: {example}", schema.node))
            .add_to(self.report);
    }

    fn unexpected_argument(&mut self, node: Node<'_>, entry: Entry<'_>, schema: &'static Schema) {
        let takes = match schema.arg {
            Arg::None => "takes no argument",
            _ => "takes one argument",
        };
        let props: Vec<&str> = schema.props.iter().map(|prop| prop.name).take(4).collect();
        let help = match schema.free {
            _ if !props.is_empty() => format!("remove it, or name it: {}", props.join("=…, ") + "=…"),
            Some(_) => {
                format!("write names and values between braces: `{} {{ NAME \"value\" }}`", node.name())
            }
            None => "remove it".into(),
        };
        let finding = Finding::new("unexpected-argument", format!("`{}` {takes}", node.name()))
            .label(entry.span(), "one too many")
            .help(help);
        self.report.push(finding);
    }
}

/// An entry with a name of the user's own.
fn free(name: &str, origin: Origin, at: At<Scalar>) -> Item {
    let mut item = Item::new(&FREE, name, origin);
    item.removed = at.value == Scalar::Null;
    if !item.removed {
        item.values = vec![Field { name: "", at, hidden: vec![] }];
    }
    item
}

/// The beginning of a text that nobody reads to its end.
fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}

/// The act where nothing that is known comes near.
fn without_it(schema: &Schema) -> String {
    let props: Vec<String> = schema.props.iter().take(8).map(|prop| format!("`{}=`", prop.name)).collect();
    match props.is_empty() {
        true => "remove it".into(),
        false => format!("remove it; `{}` takes {}", schema.node, props.join(", ")),
    }
}

/// `a` or `an`, as it stands before a word.
pub fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}
