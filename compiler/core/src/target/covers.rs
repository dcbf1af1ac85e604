//! Covers: what the spec says and the targets of an environment cannot say, or only in another way, node by node.

mod tell;

use super::context::{Common, Shared};
use super::manifest::{Cover, Truth};
use super::{Pack, emits, options, part};
use crate::tree::places::Said;
use bastide_report::finding::{Finding, Report};
use minijinja::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A field that is said and not written as it is said: in one way, at all these places.
#[derive(Debug)]
pub struct Loss<'a> {
    /// The field: `service.scale.min`.
    pub field: &'a str,
    /// What the targets say of it; none if no target speaks of it.
    pub truth: Option<&'a Truth>,
    /// The nodes, and where each says it.
    pub places: Vec<&'a Said>,
}

/// What describes the app or who answers for it: it need be carried in one environment only.
const DESCRIBES: [&str; 3] = ["app", "delivery", "owner"];

/// Checks every field somebody wrote against the targets of each environment: what is not carried out as it is said is in
/// the report, a finding for each field and way. With `strict` each is an error.
pub fn check(environments: &[(&Arc<Shared>, Vec<&Pack>)], strict: bool, report: &mut Report) {
    let all: Vec<Vec<Loss<'_>>> =
        environments.iter().map(|(shared, packs)| losses(shared, packs, report)).collect();
    let describes = |field: &str| field.split('.').any(|step| DESCRIBES.contains(&step));
    let lost = |at: usize, field: &str| all[at].iter().any(|loss| loss.field == field);
    let carried = |(at, (shared, _)): (usize, &(&Arc<Shared>, _)), field: &str| {
        shared.model.said.says(field) && !lost(at, field)
    };
    for ((shared, _), losses) in environments.iter().zip(&all) {
        let first = report.findings.len();
        for loss in losses {
            let elsewhere =
                describes(loss.field) && environments.iter().enumerate().any(|it| carried(it, loss.field));
            if !elsewhere {
                report.push(tell::finding(loss, strict, &shared.model));
            }
        }
        report.found_in(&shared.model.environment.name.value, first);
    }
}

/// Every field somebody wrote that no target of the environment says exactly.
pub fn losses<'a>(shared: &'a Arc<Shared>, packs: &[&'a Pack], report: &mut Report) -> Vec<Loss<'a>> {
    let claims: Vec<Claims<'a>> = packs.iter().map(|pack| Claims::of(pack, shared, report)).collect();
    let nodes = &shared.model.said.nodes;
    let mut losses = vec![];
    for (field, places) in shared.model.said.iter() {
        let question = Question::of(&claims, field);
        let mut ways: Vec<Loss<'a>> = vec![];
        for said in places {
            let (kind, name) = &nodes[said.node];
            let truth = question.truth(kind, name);
            if truth == Some(&Truth::Exact) {
                if question.is_general() {
                    break;
                }
                continue;
            }
            match ways.iter_mut().find(|loss| loss.truth == truth) {
                Some(loss) => loss.places.push(said),
                None => ways.push(Loss { field, truth, places: vec![said] }),
            }
        }
        losses.append(&mut ways);
    }
    losses
}

/// What the packs claim of one field and of those it is a part of.
struct Question<'c, 'a> {
    packs: Vec<(&'c Claims<'a>, Vec<(&'c Claim<'a>, usize)>)>,
}

impl<'c, 'a> Question<'c, 'a> {
    fn of(claims: &'c [Claims<'a>], field: &str) -> Question<'c, 'a> {
        Question { packs: claims.iter().map(|pack| (pack, pack.about(field))).collect() }
    }

    /// Whether the answer is the same for all nodes.
    fn is_general(&self) -> bool {
        self.packs.iter().flat_map(|(_, all)| all).all(|(claim, _)| claim.condition.is_none())
    }

    /// What the targets say of the field of a node: the best of what each says; of equals, what is said of the narrower field.
    fn truth(&self, kind: &str, name: &str) -> Option<&'a Truth> {
        let said = self.packs.iter().filter_map(|(pack, all)| pack.truth(all, kind, name));
        said.min_by_key(|(truth, about)| (rank(truth), std::cmp::Reverse(*about))).map(|(truth, _)| truth)
    }
}

/// A field and those it is a part of, the narrowest first: `service.scale.min`, `service.scale`, `service`.
fn outwards(field: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(field), |field| Some(field.rsplit_once('.')?.0))
}

fn rank(truth: &Truth) -> u8 {
    match truth {
        Truth::Exact => 0,
        Truth::Approximated(_) => 1,
        Truth::Refused(_) => 2,
    }
}

/// A condition of a cover.
type Condition<'a> = Box<dyn Fn(&Value) -> Result<bool, Finding> + 'a>;

/// What a pack claims of a field.
struct Claim<'a> {
    truth: &'a Truth,
    /// Number of its condition.
    condition: Option<usize>,
}

/// What a pack claims in an environment, itself and by its parts that are written.
struct Claims<'a> {
    /// By field.
    covers: BTreeMap<&'a str, Vec<Claim<'a>>>,
    /// The conditions, each once: kind of node, text, and the question.
    conditions: Vec<(&'a str, &'a str, Condition<'a>)>,
    shared: &'a Arc<Shared>,
    common: Arc<Common>,
    /// The node that was asked about last, as templates see it.
    last: RefCell<Option<(&'a str, usize, Value)>>,
}

impl<'a> Claims<'a> {
    fn of(pack: &'a Pack, shared: &'a Arc<Shared>, report: &mut Report) -> Claims<'a> {
        let options = options(&pack.manifest, &shared.model, &mut Report::default());
        let parts = part::written(pack, shared, &options, report);
        let common = Common::new(shared, &pack.manifest.name, &options, &[]);
        let mut claims =
            Claims { covers: BTreeMap::new(), conditions: vec![], shared, common, last: RefCell::default() };
        for (part, cover) in pack.manifest.all_covers() {
            if part.is_none_or(|part| parts.contains(part.name.as_str())) {
                let condition = claims.condition(pack, cover);
                claims.covers.entry(&cover.field).or_default().push(Claim { truth: &cover.truth, condition });
            }
        }
        claims
    }

    fn condition(&mut self, pack: &'a Pack, cover: &'a Cover) -> Option<usize> {
        let (each, when) = cover.only.as_ref()?;
        let same = |(of, text, _): &(&str, &str, Condition<'_>)| *of == each && *text == when.0;
        let known = self.conditions.iter().position(same);
        Some(known.unwrap_or_else(|| {
            self.conditions.push((each, &when.0, Box::new(emits::question(pack, when))));
            self.conditions.len() - 1
        }))
    }

    /// What is claimed of a field or of one it is a part of, and how narrow that one is: the narrowest first, and there what has
    /// a condition.
    fn about(&self, field: &str) -> Vec<(&Claim<'a>, usize)> {
        let mut all = vec![];
        for about in outwards(field) {
            all.extend(self.covers.get(about).into_iter().flatten().map(|claim| (claim, about.len())));
        }
        all.sort_by_key(|(claim, about)| (std::cmp::Reverse(*about), claim.condition.is_none()));
        all
    }

    /// What holds for a node, and of how narrow a field: what a condition refuses, else the first.
    fn truth(&self, all: &[(&Claim<'a>, usize)], kind: &str, name: &str) -> Option<(&'a Truth, usize)> {
        let refused = |it: &Claim<'_>| it.condition.is_some() && matches!(it.truth, Truth::Refused(_));
        let here = |it: &Claim<'_>| it.condition.is_none_or(|at| self.holds(at, kind, name));
        let broken = all.iter().find(|(claim, _)| refused(claim) && here(claim));
        broken
            .or_else(|| all.iter().find(|(claim, _)| here(claim)))
            .map(|(claim, about)| (claim.truth, *about))
    }

    /// Whether a condition holds for a node; one over another kind of node, if it holds for any of them.
    fn holds(&self, condition: usize, kind: &str, name: &str) -> bool {
        let (each, _, question) = &self.conditions[condition];
        let nodes = match self.shared.node_for(each, kind, name) {
            Some(at) => at..at + 1,
            None => 0..self.shared.count(each),
        };
        // What is wrong with the expression is told where its group is rendered.
        nodes.into_iter().any(|at| question(&self.value(each, at)).unwrap_or(false))
    }

    /// A node as templates see it. Fields are asked for in the order of nodes, so the last one is often asked for again.
    fn value(&self, each: &'a str, at: usize) -> Value {
        let mut last = self.last.borrow_mut();
        match &*last {
            Some((kind, number, value)) if *kind == each && *number == at => value.clone(),
            _ => last.insert((each, at, self.common.context(each, at))).2.clone(),
        }
    }
}
