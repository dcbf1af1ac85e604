//! Covers: what the spec says and the targets of an environment can or cannot say.

use super::context::{Common, Shared};
use super::manifest::{Cover, Truth};
use super::{Pack, emits, options, part};
use crate::model::Model;
use crate::tree::places::{Place, RULE};
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::Span;
use minijinja::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many places of one finding are shown.
const SHOWN: usize = 5;

/// Checks every field somebody wrote against the targets of the environment, and returns how many none of them writes.
/// One finding tells them all; with `strict` each is an error of its own, and so is an approximation.
pub fn check(shared: &Arc<Shared>, packs: &[&Pack], strict: bool, report: &mut Report) -> usize {
    let mut truths: BTreeMap<&str, &Truth> = BTreeMap::new();
    for cover in packs.iter().flat_map(|pack| written(pack, shared, report)) {
        let best = truths.entry(&cover.field).or_insert(&cover.truth);
        if rank(&cover.truth) < rank(best) {
            *best = &cover.truth;
        }
    }
    let model = &shared.model;
    let losses: Vec<Loss<'_>> = model
        .said
        .iter()
        .map(|(field, place)| Loss { field, place, truth: lookup(&truths, field) })
        .filter(|loss| match loss.truth {
            Some(Truth::Exact) => false,
            Some(Truth::Approximated(_)) => strict,
            Some(Truth::Refused(_)) | None => true,
        })
        .collect();
    if strict {
        losses.iter().for_each(|loss| loss.tell(model, report));
    } else if !losses.is_empty() {
        tell_all(&losses, model, report);
    }
    losses.len()
}

/// What a pack says in this environment: itself, by its parts that are written, and by groups that are for any node.
fn written<'p>(pack: &'p Pack, shared: &Arc<Shared>, report: &mut Report) -> Vec<&'p Cover> {
    let options = options(&pack.manifest, &shared.model, &mut Report::default());
    let parts = part::written(pack, shared, &options, report);
    let here =
        pack.manifest.all_covers().filter(|(part, _)| part.is_none_or(|it| parts.contains(it.name.as_str())));
    let here: Vec<&Cover> = here.map(|(_, cover)| cover).collect();
    let held = held(pack, shared, &options, &here);
    here.into_iter()
        .filter(|cover| cover.only.as_ref().is_none_or(|only| held.contains(&group(only))))
        .collect()
}

/// The kind of node and the condition of a group of covers.
type Group<'p> = (&'p str, &'p str);

fn group((each, when): &(String, (String, Span))) -> Group<'_> {
    (each, &when.0)
}

/// The groups that are for any node. A node becomes a template value once, and only while a group of its kind is open.
fn held<'p>(
    pack: &'p Pack,
    shared: &Arc<Shared>,
    options: &Value,
    covers: &[&'p Cover],
) -> BTreeSet<Group<'p>> {
    let common = Common::new(shared, &pack.manifest.name, options, &[]);
    let mut open: BTreeMap<&str, BTreeMap<&str, _>> = BTreeMap::new();
    for only in covers.iter().filter_map(|cover| cover.only.as_ref()) {
        let of_kind = open.entry(&only.0).or_default();
        of_kind.entry(only.1.0.as_str()).or_insert_with(|| emits::question(pack, &only.1));
    }
    let mut held = BTreeSet::new();
    for (each, mut questions) in open {
        for at in 0..shared.count(each) {
            if questions.is_empty() {
                break;
            }
            let context = common.context(each, at);
            // What is wrong with an expression is told where its group is rendered.
            questions.retain(|when, holds| {
                let holds = holds(&context).unwrap_or(false);
                !(holds && held.insert((each, *when)))
            });
        }
    }
    held
}

/// A field that is said and not written, and what the targets say of that.
struct Loss<'a> {
    field: &'a str,
    place: Place,
    truth: Option<&'a Truth>,
}

fn rank(truth: &Truth) -> u8 {
    match truth {
        Truth::Exact => 0,
        Truth::Approximated(_) => 1,
        Truth::Refused(_) => 2,
    }
}

/// The truth of `service.scale.min`: its own, else that of `service.scale`, else that of `service`.
fn lookup<'t>(truths: &BTreeMap<&str, &'t Truth>, field: &str) -> Option<&'t Truth> {
    let mut field = field;
    loop {
        if let Some(truth) = truths.get(field) {
            return Some(truth);
        }
        field = field.rsplit_once('.')?.0;
    }
}

impl Loss<'_> {
    /// The loss as an error of its own.
    fn tell(&self, model: &Model, report: &mut Report) {
        let (field, environment) = (self.field, &model.environment.name.value);
        let message = match self.truth {
            Some(Truth::Approximated(how)) => {
                format!("`{field}` is only approximated in `{environment}`: {how}")
            }
            Some(Truth::Refused(because)) => {
                format!("`{field}` cannot be said in `{environment}`: {because}")
            }
            _ => format!("`{field}` is said, and no target of `{environment}` writes it"),
        };
        let help = "add a target that says it, or `lint \"not-covered\" level=\"allow\" because=\"…\"`";
        report.push(Finding::new(RULE, message).label(self.place.first.span, self.label()).help(help));
    }

    fn label(&self) -> String {
        match self.place.count {
            1 => "said here".into(),
            count => format!("said here (and {} more)", count - 1),
        }
    }

    fn refused(&self) -> Option<&str> {
        match self.truth {
            Some(Truth::Refused(because)) => Some(because),
            _ => None,
        }
    }
}

/// All losses of an environment in one finding; those with a reason are shown first, once for each reason.
fn tell_all(losses: &[Loss<'_>], model: &Model, report: &mut Report) {
    let environment = &model.environment.name.value;
    let names = losses.iter().map(|loss| format!("`{}`", loss.field)).collect::<Vec<_>>().join(", ");
    let fields = if losses.len() == 1 { "1 field".into() } else { format!("{} fields", losses.len()) };
    let mut finding = Finding::new(RULE, format!("no target of `{environment}` writes {fields} of the spec: {names}"))
        .level(level(model))
        .help("add a target that says them, or `lint \"not-covered\" level=\"allow\" because=\"…\"`; `--strict` tells each by itself");
    let mut reasons: BTreeMap<&str, Vec<&Loss<'_>>> = BTreeMap::new();
    losses.iter().for_each(|loss| reasons.entry(loss.refused().unwrap_or("")).or_default().push(loss));
    let without = reasons.remove("").unwrap_or_default();
    let with = reasons.into_iter().map(|(because, losses)| (losses, format!(": {because}")));
    for (losses, why) in with.chain(without.into_iter().map(|loss| (vec![loss], String::new()))).take(SHOWN) {
        let names = losses.iter().map(|loss| format!("`{}`", loss.field)).collect::<Vec<_>>().join(", ");
        finding = finding.label(losses[0].place.first.span, format!("{names}, {}{why}", losses[0].label()));
    }
    report.push(finding);
}

/// Its weight: that of a `lint` of the whole environment, else a note.
fn level(model: &Model) -> Level {
    let lint = model.lints.iter().rev().find(|lint| lint.rule.value == RULE && lint.node.is_empty());
    lint.and_then(|lint| Level::from_word(&lint.level)).unwrap_or(Level::Info)
}
