//! `target.kdl`, read.

use super::option::Takes;
use super::part::Part;
use crate::kind::target::ROOT;
use crate::model::app::Environment;
use crate::schema::Schema;
use crate::spec::read_as;
use crate::tree::{Field, Item, Layer};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Sources, Span};
use bastide_template::{Sign, TextOptions};
use serde_json::Value;

/// What a `target.kdl` says.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// Name of the pack.
    pub name: String,
    /// What it writes.
    pub about: String,
    /// Pack it starts from, and where it is named.
    pub extends: Option<(String, Span)>,
    /// Platform it is written for without being named.
    pub platform: Option<String>,
    /// CI system it is written for without being named.
    pub ci: Option<String>,
    /// Target with which it is written without being named.
    pub with: Option<String>,
    /// Its options; with those of its parts once they are known.
    pub options: Vec<Opt>,
    /// How its texts are to be read.
    pub text_options: TextOptions,
    /// Folder for files of the project that are laid beside what it renders.
    pub raw: Option<String>,
    /// What it renders itself.
    pub emits: Vec<Emit>,
    /// Fields it says itself, in which way.
    pub covers: Vec<Cover>,
    /// Its parts, by name.
    pub parts: Vec<Part>,
}

/// An option.
#[derive(Clone, Debug)]
pub struct Opt {
    /// Its name.
    pub name: String,
    /// Its value when it is not set.
    pub default: Value,
    /// What values it takes.
    pub takes: Takes,
    /// Its default is `#false` where the environment does not own its namespace.
    pub owned: bool,
    /// Words it took once, and what is written in the place of each.
    pub was: Vec<(String, String)>,
    /// What it does.
    pub about: String,
}

/// A template and what it is rendered for.
#[derive(Clone, Debug)]
pub struct Emit {
    /// Template, from the pack's folder: `kafka.yaml.j2`, or `strimzi/kafka.yaml.j2` of a part.
    pub template: String,
    /// Kind of node.
    pub each: String,
    /// Path of the result, and where it is written.
    pub to: (String, Span),
    /// Condition, and where it is written.
    pub when: Option<(String, Span)>,
    /// The result may be run.
    pub executable: bool,
    /// Its path begins at the root of the git repository.
    pub at_repository: bool,
    /// It is written once, not for each environment, and its path begins at the root of all output.
    pub of_app: bool,
    /// Where it stands.
    pub span: Span,
}

/// How truly a field is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// As it is.
    Exact,
    /// In another way.
    Approximated(String),
    /// Not at all.
    Refused(String),
}

/// A kind of node, and an expression about one with the place where it is written.
pub type Asked = (String, (String, Span));

/// A field of the language and how a pack says it.
#[derive(Clone, Debug)]
pub struct Cover {
    /// `service.scale`, `route.cache`.
    pub field: String,
    /// In which way.
    pub truth: Truth,
    /// It counts only of nodes of this kind for which this expression is true.
    pub only: Option<Asked>,
    /// Where the manifest says so.
    pub span: Span,
}

/// Reads a manifest. `None` if there is no `target` node in it.
pub fn read(file: FileId, sources: &Sources, report: &mut Report) -> Option<Manifest> {
    top(&ROOT, file, sources, report).map(|item| manifest(&item))
}

/// The only node of a manifest; `None` and a finding if it is missing.
pub(super) fn top(
    root: &'static Schema,
    file: FileId,
    sources: &Sources,
    report: &mut Report,
) -> Option<Item> {
    let source = sources.get(file);
    let document = bastide_syntax::parse(file, &source.text, report);
    let item = read_as(root, Layer::Type, source, &document, report).into_iter().next();
    if item.is_none() {
        let node = root.parts[0].node;
        Finding::new("template-error", format!("`{}` declares no {node}", source.path))
            .label(Span::new(file, 0, 0), format!("a `{node}` node is missing"))
            .help(format!("write `{node} \"NAME\" {{ about \"…\"; emit … }}`"))
            .add_to(report);
    }
    item
}

fn manifest(item: &Item) -> Manifest {
    let selected = item.part("selected");
    let delimiters = item.part("delimiters").map(Item::values_text).filter(|it| it.len() == 2);
    Manifest {
        name: item.key_text(),
        about: item.part("about").and_then(Item::value_text).unwrap_or_default(),
        extends: text(item, "extends"),
        platform: selected.and_then(|part| part.text("platform")),
        ci: selected.and_then(|part| part.text("ci")),
        with: selected.and_then(|part| part.text("with")),
        options: options(item),
        text_options: TextOptions {
            delimiters: delimiters.map(|it| (it[0].clone(), it[1].clone())),
            doubles: item.part("doubles").and_then(Item::value_text).and_then(|sign| Sign::of(&sign)),
            doubles_at: item.part("doubles").map(doubled_at).unwrap_or_default(),
            counted: false,
        },
        raw: item.part("raw").and_then(Item::value_text),
        emits: emits(item, ""),
        covers: covers(item),
        parts: vec![],
    }
}

/// The places at which alone a sign is doubled.
fn doubled_at(part: &Item) -> Vec<String> {
    part.part("at").map(Item::values_text).unwrap_or_default()
}

/// The options of a pack or a part.
pub(super) fn options(item: &Item) -> Vec<Opt> {
    item.all("option").map(option).collect()
}

fn option(part: &Item) -> Opt {
    let owned = part.is("owned");
    let default = part.field("default").map(|at| at.value.to_json()).or(owned.then_some(true.into()));
    let words = part.part("one-of").map(Item::values_text).unwrap_or_default();
    Opt {
        name: part.key_text(),
        takes: match part.text("form") {
            Some(_) => Takes::Labels,
            None => Takes::of(default.as_ref(), words),
        },
        default: default.unwrap_or_else(|| "".into()),
        owned,
        was: part.all("was").filter_map(|it| Some((it.key_text(), it.text("now")?))).collect(),
        about: part.text("about").unwrap_or_default(),
    }
}

/// What a pack or a part renders; its templates stand in `folder`, which ends with `/` or is empty.
pub(super) fn emits(item: &Item, folder: &str) -> Vec<Emit> {
    let own = item.all("emit").map(|part| (part, None));
    let grouped = item.all("group").flat_map(|group| group.all("emit").map(move |part| (part, Some(group))));
    let mut all: Vec<_> = own.chain(grouped).collect();
    all.sort_by_key(|(part, _)| part.origin.span.start);
    all.into_iter().filter_map(|(part, group)| emit(part, group, folder)).collect()
}

fn emit(part: &Item, group: Option<&Item>, folder: &str) -> Option<Emit> {
    let common = |name: &str| group.and_then(|group| text(group, name));
    let name = || (part.key.strip_suffix(".j2").unwrap_or(&part.key).to_string(), part.origin.span);
    let (mut to, span) = text(part, "to").unwrap_or_else(name);
    if let Some((folder, _)) = common("in") {
        to = format!("{folder}/{to}");
    }
    let when = both(common("when"), text(part, "when"));
    let each = part.text("for").or_else(|| common("for").map(|(each, _)| each))?;
    let at = part.text("at");
    Some(Emit {
        template: format!("{folder}{}", part.key),
        of_app: each == "app" || at.as_deref() == Some("root"),
        each,
        to: (to, span),
        when,
        executable: part.is("executable"),
        at_repository: at.as_deref() == Some("repository"),
        span: part.origin.span,
    })
}

/// The condition of a group and that of one thing in it, as one.
fn both(all: Option<(String, Span)>, own: Option<(String, Span)>) -> Option<(String, Span)> {
    match (all, own) {
        (Some((all, _)), Some((own, span))) => Some((format!("({all}) and ({own})"), span)),
        (all, own) => all.or(own),
    }
}

/// A property and where it is written.
pub(super) fn text(item: &Item, name: &str) -> Option<(String, Span)> {
    item.text_at(name).map(|at| (at.value.clone(), at.span()))
}

/// The fields that a pack or a part says it writes.
pub(super) fn covers(item: &Item) -> Vec<Cover> {
    let grouped = item.all("group").flat_map(|group| {
        let of_all = group.text("for").zip(text(group, "when"));
        said(group).map(move |cover| Cover { only: within(of_all.clone(), cover.only.clone()), ..cover })
    });
    said(item).chain(grouped).collect()
}

/// A claim's condition and that of its group, as one. A claim that asks another kind of node goes by its own: no expression is
/// about two nodes.
fn within(group: Option<Asked>, own: Option<Asked>) -> Option<Asked> {
    match (group, own) {
        (Some((of, all)), Some((each, own))) if of == each => Some((each, both(Some(all), Some(own))?)),
        (group, own) => own.or(group),
    }
}

/// What a manifest or a group in it claims; a claim of a group is about the group's kind of node, unless it names another.
fn said(item: &Item) -> impl Iterator<Item = Cover> {
    let truth = |part: &Item| match part.schema.node {
        "covers" => Some(Truth::Exact),
        "approximates" => Some(Truth::Approximated(part.text("how").unwrap_or_default())),
        "refuses" => Some(Truth::Refused(part.text("because").unwrap_or_default())),
        _ => None,
    };
    let nodes = item.parts.iter().filter_map(move |part| Some((part, truth(part)?)));
    nodes.flat_map(move |(part, truth)| {
        let each = part.text("for").or_else(|| item.text("for"));
        let cover = move |field: &Field| Cover {
            field: field.at.value.print(),
            truth: truth.clone(),
            only: each.clone().zip(text(part, "when")),
            span: field.at.span(),
        };
        part.values.iter().map(cover)
    })
}

impl Opt {
    /// Its value in an environment that does not set it.
    pub fn usual(&self, environment: &Environment) -> Value {
        if self.owned { environment.owns_namespace().into() } else { self.default.clone() }
    }

    /// Its default in words, as KDL writes it.
    pub fn default_words(&self) -> String {
        let always = self.default.to_string();
        if self.owned { format!("{always} where `owns=\"namespace\"`") } else { always }
    }
}

impl Manifest {
    /// What it and its parts render; the parts come first, and each template with its part.
    pub fn all_emits(&self) -> impl Iterator<Item = (Option<&Part>, &Emit)> {
        let parts = self.parts.iter().flat_map(|part| part.emits.iter().map(move |emit| (Some(part), emit)));
        parts.chain(self.emits.iter().map(|emit| (None, emit)))
    }

    /// What it and its parts say they write; the parts come first.
    pub fn all_covers(&self) -> impl Iterator<Item = (Option<&Part>, &Cover)> {
        let parts =
            self.parts.iter().flat_map(|part| part.covers.iter().map(move |cover| (Some(part), cover)));
        parts.chain(self.covers.iter().map(|cover| (None, cover)))
    }

    /// Lays this manifest upon the one it extends. One of the same name takes the other's place; one of another name is
    /// written where it is asked for.
    pub fn over(mut self, base: Manifest) -> Manifest {
        let same = self.name == base.name;
        let mut options = base.options;
        options.retain(|old| self.options.iter().all(|new| new.name != old.name));
        options.append(&mut self.options);
        let mut emits = base.emits;
        emits.retain(|old| self.emits.iter().all(|new| new.template != old.template));
        emits.append(&mut self.emits);
        let mut covers = base.covers;
        covers.retain(|old| self.covers.iter().all(|new| new.field != old.field));
        covers.append(&mut self.covers);
        let mut parts = base.parts;
        parts.retain(|old| self.parts.iter().all(|new| new.name != old.name));
        parts.append(&mut self.parts);
        parts.sort_by(|left, right| left.name.cmp(&right.name));
        Manifest {
            options,
            emits,
            covers,
            parts,
            raw: self.raw.or(base.raw),
            platform: self.platform.or(base.platform.filter(|_| same)),
            ci: self.ci.or(base.ci.filter(|_| same)),
            with: self.with.or(base.with.filter(|_| same)),
            text_options: TextOptions {
                delimiters: self.text_options.delimiters.or(base.text_options.delimiters),
                doubles: self.text_options.doubles.or(base.text_options.doubles),
                doubles_at: match self.text_options.doubles.is_some() {
                    true => self.text_options.doubles_at,
                    false => base.text_options.doubles_at,
                },
                counted: false,
            },
            ..self
        }
    }
}
