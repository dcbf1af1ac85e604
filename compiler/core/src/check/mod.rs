//! Checks: a folder for each group of rules, and in it for each rule a file and its page. A rule reads the model and the
//! views of one environment and reports; it changes nothing. `build.rs` gathers [`RULES`] from the `pub mod` lines of the
//! groups.

mod api;
mod capacity;
mod data;
mod delivery;
mod gateway;
mod kubernetes;
mod messaging;
pub mod other_tools;
pub mod pages;
pub mod policy;
mod resilience;
mod security;
mod slo;
/// What `bastide new rule NAME` writes.
#[cfg(test)]
#[path = "../../../cli/command/new/rule.rs"]
mod stub;
mod support;
mod topology;
mod twelve_factor;

use crate::contracts::comparisons::{Comparisons, NOTHING};
use crate::contracts::history::History;
use crate::model::Model;
use crate::view::Views;

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// A rule: what it looks for, how much it weighs, and the page `explain` prints.
#[derive(Debug)]
pub struct Rule {
    /// Its name: the fault, so that it reads after "allow". Also the name of its file.
    pub name: &'static str,
    /// What it is about: the name of its folder. Set in [`RULES`].
    pub group: &'static str,
    /// Its weight, unless the spec says another.
    pub level: Level,
    /// Its page, the Markdown file beside it: what it finds, why it matters, example, instead, when to allow it. Set in
    /// [`RULES`].
    pub page: &'static str,
    /// Looks at one environment.
    pub check: fn(&Context<'_>, &mut Vec<Found>),
}

/// What rules look at: one environment as meant, and how it differs from the others.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The environment as meant.
    pub model: &'a Model,
    /// Its views.
    pub views: &'a Views,
    /// The other environments of the run.
    pub others: Vec<&'a Model>,
    /// The environment as it was, if there is a baseline and it was there.
    pub before: Option<&'a Model>,
    /// What comparing the contracts said.
    pub comparisons: &'a Ledger,
    /// What became of each contract.
    pub history: Gate<'a>,
    /// What several rules ask.
    memo: support::memo::Memo<'a>,
}

/// An environment to check.
#[derive(Clone, Copy, Debug)]
pub struct Environment<'a> {
    /// As meant.
    pub model: &'a Model,
    /// Its views.
    pub views: &'a Views,
    /// As it was in the baseline.
    pub before: Option<&'a Model>,
}

/// A finding and the node it is about, so that weights written in that node, or around it, apply.
#[derive(Clone, Debug)]
pub struct Found {
    /// Path of the node, as in `at` of the model: `service.orders.calls.pricing`.
    pub node: String,
    /// The finding.
    pub finding: Finding,
}

/// A page of `explain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Name of the rule.
    pub name: &'static str,
    /// Group of the rule.
    pub group: &'static str,
    /// Its weight, unless the spec says another.
    pub level: Level,
    /// One sentence.
    pub summary: String,
    /// The whole page, Markdown.
    pub text: String,
}

impl<'a> Context<'a> {
    /// The plan of one environment.
    pub fn new(model: &'a Model, views: &'a Views) -> Context<'a> {
        Context::of(Environment { model, views, before: None }, &NOTHING)
    }

    /// The plan of one environment, beside what it was.
    fn of(Environment { model, views, before }: Environment<'a>, comparisons: &'a Ledger) -> Context<'a> {
        Context {
            model,
            views,
            others: vec![],
            before,
            comparisons,
            history: Gate::of(model, before, comparisons),
            memo: Default::default(),
        }
    }
}

impl Rule {
    /// A rule as its file knows it.
    const fn new(name: &'static str, level: Level, check: fn(&Context<'_>, &mut Vec<Found>)) -> Rule {
        Rule { name, group: "", level, page: "", check }
    }

    /// A finding of this rule about the node at `node`.
    fn found(&self, node: &str, message: impl Into<String>) -> Found {
        Found { node: node.into(), finding: Finding::new(self.name, message).level(self.level) }
    }
}

impl Found {
    fn label(mut self, span: Span, text: impl Into<String>) -> Found {
        self.finding = self.finding.label(span, text);
        self
    }

    fn help(mut self, help: impl Into<String>) -> Found {
        self.finding = self.finding.help(help);
        self
    }

    fn edit(mut self, span: Span, text: impl Into<String>) -> Found {
        self.finding = self.finding.edit(span, text);
        self
    }

    fn level(mut self, level: Level) -> Found {
        self.finding = self.finding.level(level);
        self
    }
}

impl Page {
    fn new(name: &'static str, group: &'static str, level: Level, text: String) -> Page {
        let body = text.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
        let first = body.split_once(". ").map_or(body, |(first, _)| first);
        Page { name, group, level, summary: first.trim_end_matches('.').into(), text }
    }
}

/// Runs all rules over one environment and weighs what they find.
pub fn check(model: &Model, views: &Views, report: &mut Report) {
    check_all(&[(model, views)], report);
}

/// Runs all rules over several environments of a spec.
pub fn check_all(environments: &[(&Model, &Views)], report: &mut Report) {
    let alone: Vec<Environment<'_>> =
        environments.iter().map(|(model, views)| Environment { model, views, before: None }).collect();
    check_against(&alone, &NOTHING, report);
}

/// Runs all rules over several environments of a spec, beside what they were. A waiver of the whole app is only called
/// idle if all environments are among them.
pub fn check_against(environments: &[Environment<'_>], comparisons: &Ledger, report: &mut Report) {
    let mut contexts: Vec<Context<'_>> =
        environments.iter().map(|it| Context::of(*it, comparisons)).collect();
    for (own, ctx) in contexts.iter_mut().enumerate() {
        let others = environments.iter().enumerate().filter(|(at, _)| *at != own);
        ctx.others = others.map(|(_, it)| it.model).collect();
    }
    let mut scales = support::weights::Scales::default();
    for ctx in &contexts {
        let (mut found, first) = (vec![], report.findings.len());
        RULES.iter().for_each(|rule| (rule.check)(ctx, &mut found));
        policy::check(ctx, &mut found, report);
        scales.weigh(ctx.model, found, report);
        report.found_in(&ctx.model.environment.name.value, first);
    }
    let seen = |name: &String| contexts.iter().any(|ctx| ctx.model.environment.name.value == *name);
    scales.idle(contexts.iter().all(|ctx| ctx.model.environments.iter().all(seen)), report);
}

/// The rule with this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.name.cmp(name)).ok().map(|at| RULES[at])
}

/// The page of any name a finding can bear.
pub fn explain(name: &str) -> Option<Page> {
    let rule = find(name).map(|it| Page::new(it.name, it.group, it.level, it.page.trim().into()));
    let note = || pages::all().chain(pages::not_rules()).find(|page| page.name == name);
    rule.or_else(note).or_else(|| crate::contract::find(name).map(row))
}

/// The page of a kind of change: what breaks weighs as much as what the gate says of it.
fn row(row: &'static crate::contract::Row) -> Page {
    let level = match row.bump {
        Bump::Major => Level::Deny,
        Bump::Minor => Level::Warn,
        Bump::Patch | Bump::None => Level::Info,
    };
    let (format, _) = row.name.split_once('/').unwrap_or((row.name, ""));
    let fence = crate::contract::Format::named(format).map_or("", |format| format.fence);
    Page::new(row.name, "contract", level, row.page(fence))
}

/// All names that can be explained, sorted.
pub fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = RULES.iter().map(|it| it.name).chain(pages::all().map(|it| it.name)).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::{Context, find, stub};
    use crate::resolve::{Inputs, Keep, resolve};
    use crate::spec;
    use crate::spec::Spec;
    use crate::view::Views;
    use bastide_report::finding::Report;
    use bastide_report::source::{Role, Sources};

    #[test]
    fn the_stub_of_a_rule_is_a_rule() {
        let text = "app \"shop\" version=\"1.0.0\"\nenvironment \"dev\" platform=\"compose\"\nservice \"orders\" { build \"orders\" }\n";
        let (mut sources, mut report, mut spec) = (Sources::default(), Report::default(), Spec::default());
        let file = sources.add("bastide.kdl", text, Role::Spec);
        let document = bastide_syntax::parse(file, text, &mut report);
        spec::read(&mut spec, sources.get(file), &document, &mut report);
        let model = resolve(spec, "dev", &Inputs::default(), Keep::Nothing, &mut report).expect("a model");
        let views = Views::of(&model);
        let mut found = vec![];
        (stub::RULE.check)(&Context::new(&model, &views), &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].finding.rule.as_ref(), &*found[0].node), (stub::RULE.name, "service.orders"));
        let sections = |page: &str| -> Vec<String> {
            page.lines().filter(|line| line.starts_with("## ")).map(str::to_string).collect()
        };
        let page = include_str!("../../../cli/command/new/rule.md");
        assert_eq!(sections(page), sections(find("orphan-service").expect("a rule").page));
    }
}
