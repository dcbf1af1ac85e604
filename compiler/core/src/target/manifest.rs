//! `target.kdl`, read.

use super::option::Takes;
use crate::kind::target::ROOT;
use crate::spec::read_as;
use crate::tree::{Item, Layer};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Sources, Span};
use bastide_template::Manner;
use serde_json::Value;

/// What a `target.kdl` says.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// Name of the pack.
    pub name: String,
    /// What it writes.
    pub about: String,
    /// Pack it starts from.
    pub extends: Option<String>,
    /// Platform it is written for without being named.
    pub platform: Option<String>,
    /// CI system it is written for without being named.
    pub ci: Option<String>,
    /// Its options.
    pub options: Vec<Opt>,
    /// How its texts are meant.
    pub manner: Manner,
    /// What it renders.
    pub emits: Vec<Emit>,
    /// Fields it says, in which way.
    pub covers: Vec<Cover>,
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
    /// What it does.
    pub about: String,
}

/// A template and what it is rendered for.
#[derive(Clone, Debug)]
pub struct Emit {
    /// Template in the pack.
    pub template: String,
    /// Kind of node.
    pub each: String,
    /// Path of the result, and where it is written.
    pub to: (String, Span),
    /// Condition, and where it is written.
    pub when: Option<(String, Span)>,
    /// The result may be run.
    pub executable: bool,
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

/// A field of the language and how a pack says it.
#[derive(Clone, Debug)]
pub struct Cover {
    /// `service.scale`, `route.cache`.
    pub field: String,
    /// In which way.
    pub truth: Truth,
    /// Where the manifest says so.
    pub span: Span,
}

/// Reads a manifest. `None` if there is no `target` node in it.
pub fn read(file: FileId, sources: &Sources, report: &mut Report) -> Option<Manifest> {
    let source = sources.get(file);
    let document = bastide_syntax::parse(file, &source.text, report);
    let items = read_as(&ROOT, Layer::Spec, source, &document, report);
    let Some(item) = items.first() else {
        report.push(
            Finding::new("template-error", format!("`{}` declares no target", source.path))
                .label(Span::new(file, 0, 0), "a `target` node is missing")
                .help("write `target \"NAME\" { about \"…\"; emit … }`"),
        );
        return None;
    };
    Some(manifest(item))
}

fn manifest(item: &Item) -> Manifest {
    let selected = item.part("selected");
    let delimiters = item.part("delimiters").map(Item::values_text).filter(|it| it.len() == 2);
    Manifest {
        name: item.key_text(),
        about: item.part("about").and_then(Item::value_text).unwrap_or_default(),
        extends: item.text("extends"),
        platform: selected.and_then(|part| part.text("platform")),
        ci: selected.and_then(|part| part.text("ci")),
        options: item.all("option").map(option).collect(),
        manner: Manner {
            delimiters: delimiters.map(|it| (it[0].clone(), it[1].clone())),
            doubles: item.part("doubles").is_some(),
        },
        emits: item.all("emit").filter_map(emit).collect(),
        covers: covers(item),
    }
}

fn option(part: &Item) -> Opt {
    let default = part.field("default").map(|at| at.value.to_json());
    let words = part.part("one-of").map(Item::values_text).unwrap_or_default();
    Opt {
        name: part.key_text(),
        takes: Takes::of(default.as_ref(), words),
        default: default.unwrap_or_else(|| "".into()),
        about: part.text("about").unwrap_or_default(),
    }
}

fn emit(part: &Item) -> Option<Emit> {
    let text = |name: &str| part.text_at(name).map(|at| (at.value.clone(), at.span()));
    Some(Emit {
        template: part.key_text(),
        each: part.text("for")?,
        to: text("to")?,
        when: text("when"),
        executable: part.is("executable"),
        span: part.origin.span,
    })
}

fn covers(item: &Item) -> Vec<Cover> {
    let truth = |part: &Item| match part.schema.node {
        "approximates" => Truth::Approximated(part.text("how").unwrap_or_default()),
        "refuses" => Truth::Refused(part.text("because").unwrap_or_default()),
        _ => Truth::Exact,
    };
    let nodes =
        item.parts.iter().filter(|part| ["covers", "approximates", "refuses"].contains(&part.schema.node));
    nodes
        .flat_map(|part| {
            let fields = part.values.iter();
            fields.map(move |field| Cover {
                field: field.at.value.print(),
                truth: truth(part),
                span: field.at.span(),
            })
        })
        .collect()
}

impl Manifest {
    /// Lays this manifest upon the one it extends.
    pub fn over(mut self, base: Manifest) -> Manifest {
        let mut options = base.options;
        options.retain(|old| self.options.iter().all(|new| new.name != old.name));
        options.append(&mut self.options);
        let mut emits = base.emits;
        emits.retain(|old| self.emits.iter().all(|new| new.template != old.template));
        emits.append(&mut self.emits);
        let mut covers = base.covers;
        covers.retain(|old| self.covers.iter().all(|new| new.field != old.field));
        covers.append(&mut self.covers);
        Manifest {
            options,
            emits,
            covers,
            platform: self.platform.or(base.platform),
            ci: self.ci.or(base.ci),
            manner: Manner {
                delimiters: self.manner.delimiters.or(base.manner.delimiters),
                doubles: self.manner.doubles || base.manner.doubles,
            },
            ..self
        }
    }
}
