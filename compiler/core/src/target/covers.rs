//! Covers: what the spec says and the targets of an environment cannot say, or only in another way, node by node.

mod act;
mod tell;

use super::context::{Common, Nodes, Shared};
use super::manifest::{Cover, Truth};
use super::{Pack, emits, options, part};
use crate::check::{Environment, ledger};
use crate::model::Model;
use crate::tree::places::Said;
use bastide_report::finding::{Finding, Report, Spot};
use minijinja::Value;
use std::cell::{Cell, OnceCell};
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
/// the report, a finding for each field and way. With `strict` each is an error. Where something is denied nothing is
/// written, and nothing lost.
pub fn check(environments: &[Ledger<'_>], strict: bool, report: &mut Report) {
    if report.denied() {
        return;
    }
    for fault in environments.iter().flat_map(Ledger::faults) {
        if !report.findings.contains(&fault) {
            report.push(fault);
        }
    }
    if report.denied() {
        return;
    }
    let all: Vec<&[Loss<'_>]> = environments.iter().map(Ledger::losses).collect();
    let describes = |field: &str| field.split('.').any(|step| DESCRIBES.contains(&step));
    let lost = |at: usize, field: &str| all[at].iter().any(|loss| loss.field == field);
    let carried =
        |(at, it): (usize, &Ledger<'_>), field: &str| it.shared.model.said.says(field) && !lost(at, field);
    for (Ledger { shared, .. }, losses) in environments.iter().zip(&all) {
        let first = report.findings.len();
        for loss in *losses {
            let elsewhere =
                describes(loss.field) && environments.iter().enumerate().any(|it| carried(it, loss.field));
            if !elsewhere {
                report.push(tell::finding(loss, strict, &shared.model));
            }
        }
        report.found_in(&shared.model.environment.name.value, first);
    }
}

/// What the targets of an environment carry out of what its spec says.
pub struct Ledger<'a> {
    shared: &'a Arc<Shared>,
    claims: Vec<Claims<'a>>,
    losses: OnceCell<Vec<Loss<'a>>>,
    writes: OnceCell<bool>,
}

impl<'a> Ledger<'a> {
    /// The ledger of an environment and of the packs that are written for it.
    pub fn of(shared: &'a Arc<Shared>, packs: &[&'a Pack], report: &mut Report) -> Ledger<'a> {
        let values = Nodes::of(shared);
        let claims = packs.iter().map(|pack| Claims::of(pack, shared, &values, report)).collect();
        Ledger { shared, claims, losses: OnceCell::new(), writes: OnceCell::new() }
    }

    /// The environment as rules look at it, beside what it was.
    pub fn environment<'l>(&'l self, before: Option<&'l Model>) -> Environment<'l> {
        Environment { model: &self.shared.model, views: &self.shared.views, before, ledger: Some(self) }
    }

    /// Every field somebody wrote that no target of the environment says exactly.
    pub fn losses(&self) -> &[Loss<'a>] {
        self.losses.get_or_init(|| losses(self.shared, &self.claims))
    }

    /// What is wrong with the conditions of claims in a project's own packs, each asked of every node there is. Of the packs that
    /// are built in, a test asks the same.
    fn faults(&self) -> impl Iterator<Item = Finding> {
        self.claims.iter().filter(|it| it.own).flat_map(Claims::faults)
    }

    /// Whether anything is written of what runs. Where a platform's own target is switched off and nothing stands in its place,
    /// there is nobody to ask.
    fn writes(&self) -> bool {
        let about = |field: &&str| self.claims.iter().any(|it| !it.about(field).is_empty());
        *self.writes.get_or_init(|| ["service.build", "service.image", "resource.type"].iter().any(about))
    }

    /// Why nobody carries out a field, in words: the target that refuses it, or that there is none.
    fn why(&self, said: Option<(&str, &Truth)>) -> Option<String> {
        match said {
            Some((pack, Truth::Refused(because))) => {
                Some(format!("`{pack}` does not carry it out: {because}"))
            }
            None => {
                Some(format!("no target of `{}` carries it out", self.shared.model.environment.name.value))
            }
            Some(_) => None,
        }
    }
}

impl std::fmt::Debug for Ledger<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the ledger of `{}`", self.shared.model.environment.name.value)
    }
}

impl ledger::Ledger for Ledger<'_> {
    fn lost(&self) -> Vec<ledger::Lost<'_>> {
        if !self.writes() {
            return vec![];
        }
        let lost = self.losses().iter().filter(|loss| !matches!(loss.truth, Some(Truth::Approximated(_))));
        let nodes = &self.shared.model.said.nodes;
        let place = |(field, said): (_, &&Said)| {
            let (kind, name) = &nodes[said.node];
            ledger::Lost { field, kind, name, span: said.origin.span }
        };
        lost.flat_map(|loss| loss.places.iter().map(move |said| place((loss.field, said)))).collect()
    }

    fn unkept(&self, field: &str, kind: &str, name: &str) -> Option<String> {
        self.why(Question::of(&self.claims, field).truth(kind, name)).filter(|_| self.writes())
    }

    fn unkept_act(&self, node: &str, spot: Spot) -> Option<(String, String)> {
        let act = act::Act::of(node, spot)?;
        Some((act.shown().into(), self.unkept(&act.field, act.kind, act.name)?))
    }
}

fn losses<'a>(shared: &'a Arc<Shared>, claims: &[Claims<'a>]) -> Vec<Loss<'a>> {
    let nodes = &shared.model.said.nodes;
    let mut losses = vec![];
    for (field, places) in shared.model.said.iter() {
        let question = Question::of(claims, field);
        let mut ways: Vec<Loss<'a>> = vec![];
        for said in places {
            let (kind, name) = &nodes[said.node];
            let truth = question.truth(kind, name).map(|(_, truth)| truth);
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

    /// What the targets say of the field of a node, and which of them: the best of what each says; of equals, what is said of
    /// the narrower field.
    fn truth(&self, kind: &str, name: &str) -> Option<(&'a str, &'a Truth)> {
        let of_pack = |(pack, all): &(&Claims<'a>, Vec<_>)| Some((pack.pack, pack.truth(all, kind, name)?));
        let best = self.packs.iter().filter_map(of_pack);
        best.min_by_key(|(_, (truth, about))| (rank(truth), std::cmp::Reverse(*about)))
            .map(|(pack, (truth, _))| (pack, truth))
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

/// A question about a node.
type Ask<'a> = dyn Fn(&Value) -> Result<bool, Finding> + 'a;

/// A condition of covers, and what was answered so far: many fields ask the same of a node.
struct Condition<'a> {
    /// The kind of node it is about.
    each: &'a str,
    text: &'a str,
    ask: Box<Ask<'a>>,
    answers: Vec<Cell<Option<bool>>>,
    /// Whether it holds for any of them.
    anywhere: OnceCell<bool>,
}

/// What a pack claims of a field.
struct Claim<'a> {
    truth: &'a Truth,
    /// Number of its condition.
    condition: Option<usize>,
}

/// What a pack claims in an environment, itself and by its parts that are written.
struct Claims<'a> {
    /// Name of the pack.
    pack: &'a str,
    /// By field.
    covers: BTreeMap<&'a str, Vec<Claim<'a>>>,
    /// The conditions, each once.
    conditions: Vec<Condition<'a>>,
    shared: &'a Arc<Shared>,
    common: Arc<Common>,
    /// It has files of the project.
    own: bool,
}

impl<'a> Claims<'a> {
    fn of(pack: &'a Pack, shared: &'a Arc<Shared>, values: &Arc<Nodes>, report: &mut Report) -> Claims<'a> {
        let options = options(&pack.manifest, &shared.model, &mut Report::default());
        let parts = part::written(pack, values, &options, report);
        let common = Common::new(values, &pack.manifest.name, &options, &[]);
        let (covers, conditions, own) = (BTreeMap::new(), vec![], pack.templates.are_counted());
        let mut claims = Claims { pack: &pack.manifest.name, covers, conditions, shared, common, own };
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
        let same = |it: &Condition<'_>| it.each == each && it.text == when.0;
        let known = self.conditions.iter().position(same);
        Some(known.unwrap_or_else(|| {
            let answers = vec![Cell::new(None); self.shared.count(each)];
            let (text, ask, anywhere) = (&*when.0, Box::new(emits::question(pack, when)), OnceCell::new());
            self.conditions.push(Condition { each, text, ask, answers, anywhere });
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
        let condition = &self.conditions[condition];
        match self.shared.node_for(condition.each, kind, name) {
            Some(at) => self.answer(condition, at),
            None => *condition
                .anywhere
                .get_or_init(|| (0..condition.answers.len()).any(|at| self.answer(condition, at))),
        }
    }

    fn faults(&self) -> impl Iterator<Item = Finding> {
        let ask = |it: &Condition<'_>, at| (it.ask)(&self.common.question(it.each, at)).err();
        self.conditions.iter().filter_map(move |it| (0..it.answers.len()).find_map(|at| ask(it, at)))
    }

    fn answer(&self, condition: &Condition<'a>, at: usize) -> bool {
        let known = &condition.answers[at];
        known.get().unwrap_or_else(|| {
            // What is wrong with the expression is a fault.
            let holds = (condition.ask)(&self.common.question(condition.each, at)).unwrap_or(false);
            known.set(Some(holds));
            holds
        })
    }
}
