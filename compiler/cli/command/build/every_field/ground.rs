//! The ground: a spec that is read once and changed again and again, and what becomes of each change.

use super::super::*;
use super::change::Change;
use super::table::Seen;
use crate::load::load;
use bastide_core::check::check_all;
use bastide_core::kind::ROOT;
use bastide_core::resolve::merge::merge;
use bastide_core::resolve::{FileState, Inputs, environments as names_of};
use bastide_core::spec::{Spec as Nodes, read_as};
use bastide_core::target::manifest::Truth;
use bastide_core::target::option::Takes;
use bastide_core::tree::{Item, Layer};
use bastide_report::finding::Level;
use bastide_report::source::{Role, Sources};
use std::collections::BTreeSet;

/// A field of a node: kind, name, field.
type Place = (String, String, String);

/// The text of each file of each environment.
pub type Files = BTreeMap<String, BTreeMap<String, String>>;

/// What became of the ground: files by environment, losses by environment, findings.
#[derive(PartialEq)]
pub struct Outcome {
    /// What would be written.
    pub files: Files,
    lost: BTreeMap<String, BTreeMap<Place, Seen>>,
    /// What was said of it, and in which environments; in all of them if in none.
    pub findings: BTreeSet<(Vec<Box<str>>, String)>,
    /// Nothing would be written.
    pub denied: bool,
    /// Why: what is told of that.
    pub denials: Vec<String>,
}

/// What the ledger tells of each field of each node.
fn told(shared: &Shared, ledger: &Ledger<'_>) -> BTreeMap<Place, Seen> {
    let mut all = BTreeMap::new();
    for loss in ledger.losses() {
        let seen = match loss.truth {
            Some(Truth::Approximated(how)) => Seen::Approximated(how.clone()),
            Some(Truth::Refused(because)) => Seen::Refused(because.clone()),
            Some(Truth::Exact) | None => Seen::NotWritten,
        };
        for said in &loss.places {
            let (kind, name) = &shared.model.said.nodes[said.node];
            all.insert((kind.to_string(), name.to_string(), loss.field.to_string()), seen.clone());
        }
    }
    all
}

/// The ground, read once.
pub struct Ground {
    /// Its nodes.
    pub spec: Nodes,
    sources: Sources,
    inputs: Inputs,
    packs: Arc<BTreeMap<String, Pack>>,
    all: Arc<Packs>,
    /// Its environments.
    pub names: Vec<String>,
}

impl Ground {
    /// Reads it.
    pub fn open(folder: &str) -> Ground {
        let mut project = load(Some(Path::new(folder))).expect("the ground can be read");
        for path in ["contracts/a.yaml", "contracts/b.yaml", "app", "events", "events/a.json"] {
            let text = std::fs::read_to_string(Path::new(folder).join(path));
            project.inputs.files.insert(path.into(), text.map_or(FileState::Exists, FileState::Text));
        }
        let all = packs(&mut project).expect("the packs can be read");
        let names = names_of(&project.spec);
        let mut packs = BTreeMap::new();
        for name in all.names() {
            let pack = all.load(name, &project.sources, &mut project.report);
            packs.extend(pack.map(|pack| (name.to_string(), pack)));
        }
        assert!(!project.report.denied(), "the ground is read: {:?}", project.report.findings);
        let Project { spec, sources, inputs, .. } = project;
        Ground { spec, sources, inputs, packs: packs.into(), all: all.into(), names }
    }

    /// The same with a change laid into a node, and one of its environments alone.
    pub fn in_context(&self, environment: &str, node: &str, key: &str, way: &str) -> Result<Ground, String> {
        let is = |item: &Item| item.schema.node == node && *item.key == *key;
        let at = self.spec.items.iter().position(is).expect("the node is there");
        let (packs, all) = (self.packs.clone(), self.all.clone());
        let (sources, inputs, names) = (self.sources.clone(), self.inputs.clone(), vec![environment.into()]);
        Ok(Ground { spec: self.with(at, way)?, sources, inputs, packs, all, names })
    }

    /// Each value of each option of the packs, but for its default and for texts of any kind: the pack, and what is written.
    pub fn options(&self) -> Vec<(String, String)> {
        let mut all = vec![];
        for name in self.all.names() {
            let manifest = self.all.manifest(name).expect("it was named");
            all.push((name.to_string(), "enabled=#false".into()));
            for option in &manifest.options {
                let values = match &option.takes {
                    Takes::Bool => vec!["#true".into(), "#false".into()],
                    Takes::OneOf(words) => words.iter().map(|word| format!("{word:?}")).collect(),
                    _ => vec![],
                };
                let default = option.default.as_bool().map(|it| format!("#{it}"));
                let default = default.unwrap_or_else(|| option.default.to_string());
                let values = values.into_iter().filter(|value| *value != default);
                all.extend(
                    values.map(|value: String| (name.to_string(), format!("{}={value}", option.name))),
                );
            }
        }
        all
    }

    /// Whether a pack is written in an environment.
    pub fn writes(&self, environment: &str, pack: &str) -> bool {
        let resolved = |spec: &mut Nodes| {
            resolve_all(spec, &[environment.into()], &self.inputs, Keep::Nothing, &mut Report::default())
        };
        resolved(&mut self.spec.clone())
            .iter()
            .any(|model| self.all.chosen(model).iter().any(|it| it == pack))
    }

    /// As if a path of the project were there too: one that is like another.
    pub fn like(&mut self, path: String, other: &str) {
        let state = self.inputs.files.get(other).cloned().expect("the other is there");
        self.inputs.files.insert(path, state);
    }

    /// The nodes of another spec; none if it is not even read.
    pub fn read(text: &str) -> Option<Nodes> {
        let mut sources = Sources::default();
        let file = sources.add("spec", text, Role::Spec);
        let (mut spec, mut report) = (Nodes::default(), Report::default());
        let document = bastide_syntax::parse(file, text, &mut report);
        bastide_core::spec::read(&mut spec, sources.get(file), &document, &mut report);
        (!report.denied()).then_some(spec)
    }

    /// What becomes of another spec in place of its own.
    pub fn outcome_of(&self, mut spec: Nodes) -> Outcome {
        let others = self.spec.items.iter().filter(|it| it.origin.layer != Layer::Spec).cloned();
        spec.items.splice(..0, others);
        self.outcome(spec)
    }

    /// The spec with a change laid into one of its nodes; none if it is not even read.
    pub fn with(&self, at: usize, way: &str) -> Result<Nodes, String> {
        let mut sources = Sources::default();
        let file = sources.add("change", way, Role::Spec);
        let mut report = Report::default();
        let document = bastide_syntax::parse(file, way, &mut report);
        let read = read_as(&ROOT, Layer::Spec, sources.get(file), &document, &mut report);
        if report.denied() || read.len() != 1 {
            return Err(report.findings.iter().map(|it| it.message.clone()).collect());
        }
        let mut spec = self.spec.clone();
        let mut over = read.into_iter().next().expect("there is one");
        over.move_to(spec.items[at].origin.span);
        merge(&mut spec.items[at], over);
        Ok(spec)
    }

    /// What becomes of a spec.
    pub fn outcome(&self, mut spec: Nodes) -> Outcome {
        let mut report = Report::default();
        let names = names_of(&spec);
        let models = resolve_all(&mut spec, &names, &self.inputs, Keep::Said, &mut report);
        target_use::check(&self.all, &models, &mut report);
        let list = environments(&models);
        let views: Vec<Views> = models.iter().map(Views::of).collect();
        let pairs: Vec<(&Model, &Views)> = models.iter().zip(&views).collect();
        // What a rule says does not keep the rest from being tried.
        let mut rules = Report::default();
        check_all(&pairs, &mut rules);
        let mut outcome = Outcome {
            files: BTreeMap::new(),
            lost: BTreeMap::new(),
            findings: BTreeSet::new(),
            denied: report.denied(),
            denials: vec![],
        };
        for (model, views) in models.into_iter().zip(views) {
            if outcome.denied {
                break;
            }
            let name = model.environment.name.value.clone();
            let chosen: Vec<&Pack> =
                self.all.chosen(&model).iter().filter_map(|name| self.packs.get(name)).collect();
            let shared = Shared::new(model, views, list.clone(), &Ways::default());
            let ledger = Ledger::of(&shared, &chosen, &mut report);
            outcome.lost.insert(name.clone(), told(&shared, &ledger));
            let files = outcome.files.entry(name).or_default();
            for pack in chosen {
                for app in [false, true] {
                    let mut put = |it: Artifact| drop(files.insert(it.path, it.text));
                    target::render(pack, &shared, app, &self.sources, &mut report, &mut put);
                }
            }
            target::patch::unmet(&shared, &mut rules);
        }
        outcome.denied |= report.denied();
        let denials = report.findings.iter().filter(|it| it.level == Level::Deny);
        outcome.denials = denials.map(|it| it.message.clone()).collect();
        let told = report.findings.iter().chain(&rules.findings).filter(|it| it.rule != "not-covered");
        outcome.findings =
            told.map(|it| (it.environments.clone(), format!("{} {}", it.rule, it.message))).collect();
        outcome
    }

    /// What is seen of a change in each environment that has the node; an error if it is refused. What stands there already is
    /// enough to compare with where it shows that the field counts; else both ways are.
    pub fn seen(&self, base: &Outcome, at: usize, change: &Change) -> Result<BTreeMap<&str, Seen>, String> {
        let [one, two] = &change.ways;
        let one = self.outcome(self.with(at, one)?);
        let own = &self.spec.items[at];
        let here = |name: &&String| match own.schema.node {
            "environment" => ***name == *own.key,
            _ => !self.takes_away(name, own),
        };
        let mut seen = BTreeMap::new();
        for name in self.names.iter().filter(here) {
            seen.insert(name.as_str(), compared(name, own, base, &one, change)?);
        }
        if seen.values().any(|it| *it == Seen::Nothing) {
            let two = self.outcome(self.with(at, two)?);
            for (name, seen) in seen.iter_mut().filter(|(_, it)| **it == Seen::Nothing) {
                *seen = compared(name, own, &two, &one, change)?;
            }
        }
        Ok(seen)
    }

    /// Whether an environment takes a node away.
    fn takes_away(&self, environment: &str, node: &Item) -> bool {
        let mut environments = self.spec.items.iter().filter(|it| it.schema.node == "environment");
        let own = environments.find(|it| *it.key == *environment);
        own.is_some_and(|it| it.parts.iter().any(|part| part.removed && part.is_namesake(node)))
    }
}

/// What tells two outcomes apart in an environment, if anything does: first what is said of the field.
fn compared(name: &str, node: &Item, one: &Outcome, two: &Outcome, change: &Change) -> Result<Seen, String> {
    if one.denied || two.denied {
        let mut other = one.findings.symmetric_difference(&two.findings);
        return Err(other.next().map(|it| it.1.clone()).unwrap_or_default());
    }
    let about = |(kind, key, field): &Place| {
        let within = change
            .field
            .strip_prefix(field.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        within && *kind == node.schema.node && **key == *node.key
    };
    let said = |outcome: &Outcome| -> BTreeSet<String> {
        let here = |of: &[Box<str>]| of.is_empty() || of.iter().any(|it| **it == *name);
        let said = outcome.findings.iter().filter(|(of, _)| here(of));
        said.map(|(_, text)| text.clone()).collect()
    };
    let lost = [one, two].into_iter().flat_map(|it| &it.lost[name]);
    let told = lost.filter(|(place, _)| about(place)).max_by_key(|((.., field), _)| field.len());
    Ok(match told {
        Some((_, seen)) => seen.clone(),
        None if one.files[name] != two.files[name] => Seen::Exact,
        None if said(one) != said(two) => Seen::Rule,
        None => Seen::Nothing,
    })
}
