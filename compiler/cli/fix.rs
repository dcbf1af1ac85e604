//! `--fix`: the acts of findings, made in the files of the spec. Nothing else is touched, no file is left half written, and
//! what does not make the plan better is not kept.

use crate::fault::IoFault;
use crate::load::files::Drafts;
use crate::load::{Project, slashes};
use crate::write::replace;
use bastide_core::fix::{apply, better, fixable};
use bastide_report::finding::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// An act may make the next one possible; so many in a row are no slip of a plan.
const ROUNDS: usize = 16;
/// So often a plan is checked at most, to find the acts that can be kept.
const CHECKS: usize = 64;

/// A plan, checked.
pub struct Checked {
    /// The plan, its findings sorted.
    pub project: Project,
    /// What was compared with the plan before.
    pub compared: String,
}

/// Checks the plan with texts that are not written yet.
type Check<'c> = &'c dyn Fn(Drafts) -> Result<Checked, IoFault>;

/// Fixes until nothing more can be fixed, then writes; gives the plan as it is then, and which files changed, one a line.
///
/// # Errors
/// A file changed since it was read, or the disk refuses.
pub fn fix(first: Checked, check: Check<'_>) -> Result<(Checked, String), IoFault> {
    let texts: Drafts =
        first.project.sources.iter().map(|(_, it)| (it.path.clone(), it.text.to_string())).collect();
    let mut fixer = Fixer { check, checks: 0, refused: BTreeSet::new(), seen: vec![Drafts::new()] };
    let (mut now, mut places) = (first, BTreeMap::new());
    for _ in 0..ROUNDS {
        let Some((next, more)) = fixer.round(&now, &texts)? else { break };
        now = next;
        more.into_iter().for_each(|(path, count)| *places.entry(path).or_insert(0) += count);
    }
    let mut said = String::new();
    for (path, text) in &now.project.files.drafts {
        put(&now.project.root, path, &texts[path], text)?;
        let number = places.get(path).copied().unwrap_or(1);
        said += &format!("fixed {number} place{} in {path}\n", if number == 1 { "" } else { "s" });
    }
    Ok((now, said))
}

struct Fixer<'c> {
    check: Check<'c>,
    checks: usize,
    /// What was tried and did not help: rule and message.
    refused: BTreeSet<(String, String)>,
    /// States the texts were in: an act that leads back to one of them would lead back.
    seen: Vec<Drafts>,
}

/// A better plan, and how many places changed in which file.
type Step = Option<(Checked, BTreeMap<String, usize>)>;

impl Fixer<'_> {
    /// Keeps as many acts as possible: all of them, else the halves that help, down to single ones.
    fn round(&mut self, now: &Checked, texts: &Drafts) -> Result<Step, IoFault> {
        let Project { sources, report, files, .. } = &now.project;
        let todo = self.todo(&report.findings);
        let (mut kept, mut step) = (vec![], None);
        let mut waiting = vec![todo];
        while let Some(group) = waiting.pop() {
            let all = [kept.clone(), group].concat();
            let fixed = apply(sources, &all);
            let made: Vec<&Finding> = fixed.made.iter().map(|at| all[*at]).collect();
            let fresh = made[kept.len()..].to_vec();
            if fresh.is_empty() || self.checks == CHECKS {
                continue;
            }
            let mut drafts = files.drafts.clone();
            drafts.extend(fixed.texts.into_iter().map(|(file, text)| (sources.get(file).path.clone(), text)));
            drafts.retain(|path, text| texts.get(path) != Some(text));
            let next = self.tried(drafts)?;
            match next.filter(|next| better(&report.findings, &next.project.report.findings, &made)) {
                Some(next) => {
                    let named = |(file, count)| (sources.get(file).path.clone(), count);
                    step = Some((next, fixed.places.into_iter().map(named).collect()));
                    kept = made;
                }
                None if fresh.len() == 1 => {
                    self.refused.insert((fresh[0].rule.to_string(), fresh[0].message.clone()));
                }
                None => {
                    let (first, second) = fresh.split_at(fresh.len() / 2);
                    waiting.extend([second.to_vec(), first.to_vec()]);
                }
            }
        }
        if let Some((next, _)) = &step {
            self.seen.push(next.project.files.drafts.clone());
        }
        Ok(step)
    }

    /// What can be tried: nothing that was refused, and nothing in a file whose letters were not all read.
    fn todo<'f>(&self, findings: &'f [Finding]) -> Vec<&'f Finding> {
        let unread: BTreeSet<_> = findings
            .iter()
            .filter(|it| it.rule == "not-utf8")
            .flat_map(|it| it.labels.iter().map(|label| label.span.file))
            .collect();
        let mut todo = fixable(findings);
        todo.retain(|it| !self.refused.contains(&(it.rule.to_string(), it.message.clone())));
        todo.retain(|it| !it.edits.iter().any(|edit| unread.contains(&edit.span.file)));
        todo
    }

    fn tried(&mut self, drafts: Drafts) -> Result<Option<Checked>, IoFault> {
        if self.seen.contains(&drafts) {
            return Ok(None);
        }
        self.checks += 1;
        (self.check)(drafts).map(Some)
    }
}

/// Puts a text in the place of another. A link stays one: what it leads to is written, if that lies in the project.
fn put(root: &Path, path: &str, old: &str, new: &str) -> Result<(), IoFault> {
    let real = |path: &Path| fs::canonicalize(path).map_err(IoFault::at(path));
    let (below, file) = (real(root)?, real(&root.join(path))?);
    match file.strip_prefix(&below) {
        Ok(path) => replace(&below, &slashes(path), old, new),
        Err(_) => Err(IoFault::say(file, "leads out of the project")),
    }
}
