//! `part.kdl`, read: a part of a pack, and where it is written.

use super::context::{Common, Nodes, Shared};
use super::manifest::{self, Cover, Emit, Manifest, Opt, Truth};
use super::{Pack, emits};
use crate::kind::target::PART_ROOT;
use crate::model::Model;
use crate::tree::{At, Field, Item, Scalar};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Sources, Span};
use minijinja::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Name of the manifest in the folder of a part.
pub const FILE: &str = "part.kdl";

/// What a `part.kdl` says.
#[derive(Clone, Debug)]
pub struct Part {
    /// Name of the part: that of its folder.
    pub name: String,
    /// What it writes.
    pub about: String,
    /// What must be true of an environment, and where it is written.
    pub when: Option<(String, Span)>,
    /// Words of options that choose it.
    pub choices: Vec<Choice>,
    /// The forms it makes of resource types: their keys are the types.
    pub provides: Vec<Item>,
    /// Its own options.
    pub options: Vec<Opt>,
    /// What it renders.
    pub emits: Vec<Emit>,
    /// Fields it says, in which way.
    pub covers: Vec<Cover>,
}

/// A word of an option that chooses a part.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The option.
    pub option: String,
    /// The word.
    pub word: String,
    /// What it means.
    pub about: String,
    /// Where it is written.
    pub span: Span,
}

/// Reads the manifest of the part in a folder of this name. `None` if there is no `part` node in it.
pub fn read(folder: &str, file: FileId, sources: &Sources, report: &mut Report) -> Option<Part> {
    let item = manifest::top(&PART_ROOT, file, sources, report)?;
    if *item.key != *folder {
        Finding::new("template-error", format!("the part of `{folder}/` calls itself `{}`", item.key))
            .label(item.origin.span, "another name than its folder's")
            .help(format!("write `part \"{folder}\"`"))
            .add_to(report);
    }
    let covers = manifest::covers(&item);
    let backs_up =
        covers.iter().any(|it| it.truth == Truth::Exact && it.field.starts_with("resource.backup"));
    let provides = item.all("provider").cloned().map(|it| if backs_up { backing_up(it) } else { it });
    Some(Part {
        name: folder.into(),
        about: item.part("about").and_then(Item::value_text).unwrap_or_default(),
        when: manifest::text(&item, "when"),
        choices: item.all("choice").filter_map(choice).collect(),
        provides: provides.collect(),
        options: manifest::options(&item),
        emits: manifest::emits(&item, &format!("{folder}/")),
        covers,
    })
}

/// A form whose part writes backups.
fn backing_up(mut provider: Item) -> Item {
    if provider.field("backup").is_none() {
        let at = At { value: Scalar::Bool(true), origin: provider.origin };
        provider.fields.push(Field { name: "backup", at, hidden: vec![] });
    }
    provider
}

fn choice(item: &Item) -> Option<Choice> {
    Some(Choice {
        option: item.key_text(),
        word: item.text("is")?,
        about: item.text("about").unwrap_or_default(),
        span: item.origin.span,
    })
}

/// The parts of a pack that are written in an environment, by name. What is wrong with a `when` is in the report.
pub(super) fn written<'p>(
    pack: &'p Pack,
    nodes: &Arc<Nodes>,
    options: &Value,
    report: &mut Report,
) -> BTreeSet<&'p str> {
    let context = Common::new(nodes, &pack.manifest.name, options, &[]).context("environment", 0);
    let mut names = BTreeSet::new();
    for part in pack.manifest.parts.iter().filter(|part| part.asked_for(nodes.shared(), options)) {
        match part.when.as_ref().map_or(Ok(true), |when| emits::question(pack, when)(&context)) {
            Ok(true) => drop(names.insert(part.name.as_str())),
            Ok(false) => {}
            Err(finding) => report.push(finding),
        }
    }
    for finding in idle(&pack.manifest, &nodes.shared().model, &names) {
        // Each of those who ask what is written is told.
        if !report.findings.contains(&finding) {
            report.push(finding);
        }
    }
    names
}

/// Options that are set and belong to parts that are not written. One that its own part is asked by has done its work.
fn idle<'p>(
    manifest: &'p Manifest,
    model: &'p Model,
    written: &'p BTreeSet<&str>,
) -> impl Iterator<Item = Finding> + 'p {
    let used = model.target(&manifest.name);
    used.into_iter().flat_map(|it| &it.places).filter_map(move |(name, place)| {
        let owns = |part: &&Part| part.options.iter().any(|option| option.name == *name);
        let owners: Vec<&Part> = manifest.parts.iter().filter(owns).collect();
        let asked = |part: &&Part| part.when.as_ref().is_some_and(|(when, _)| when.contains(name.as_str()));
        if owners.iter().any(|part| written.contains(part.name.as_str()) || asked(part)) {
            return None;
        }
        let part = owners.first()?;
        let message = format!("`{name}` says nothing here: part `{}` is not written", part.name);
        let mut finding = Finding::new("idle-option", message).label(*place, "set here");
        finding.help =
            part.asked_by().map(|asked| format!("it is written where {asked}; else take `{name}` away"));
        Some(finding)
    })
}

impl Part {
    /// When it is written, in words: `postgres="cloudnative-pg"`, or an expression; none if it always is.
    pub fn asked_by(&self) -> Option<String> {
        let choices = self.choices.iter().map(|it| format!("{}=\"{}\"", it.option, it.word));
        let forms = self.provides.iter().map(|it| format!("{}=\"{}\"", it.key, self.name));
        let asked = choices.chain(forms).collect::<Vec<_>>().join(" or ");
        let when = self.when.as_ref().map(|(when, _)| when.clone());
        let all: Vec<String> = Some(asked).filter(|it| !it.is_empty()).into_iter().chain(when).collect();
        (!all.is_empty()).then(|| all.join(" and "))
    }

    /// Whether a choice of it is made or a resource is of its provider; true of a part that has neither.
    fn asked_for(&self, shared: &Shared, options: &Value) -> bool {
        let made = |choice: &Choice| {
            options.get_attr(&choice.option).is_ok_and(|set| set.as_str() == Some(&choice.word))
        };
        let used = || shared.model.resources.iter().any(|it| it.provider.as_ref() == Some(&self.name));
        self.choices.is_empty() && self.provides.is_empty()
            || self.choices.iter().any(made)
            || !self.provides.is_empty() && used()
    }
}
