//! Checks: a folder for each group of rules, and in it for each rule a file and its page. A rule reads the model and the
//! views of one environment and reports; it changes nothing. `build.rs` gathers [`RULES`] from the `pub mod` lines of the
//! groups.

mod api;
pub mod belief;
mod capacity;
mod context;
mod data;
mod delivery;
mod gateway;
mod kubernetes;
pub mod ledger;
pub mod limits;
mod lints;
mod messaging;
pub mod other_tools;
pub mod pages;
mod policy;
mod query;
mod resilience;
mod rule;
mod security;
mod slo;
/// What `bastide new rule NAME` writes.
#[cfg(test)]
#[path = "../../../cli/command/new/rule.rs"]
mod stub;
mod topology;
mod twelve_factor;

use crate::contracts::comparisons::{Comparisons, NOTHING};
use crate::model::Model;
use crate::view::Views;
use bastide_report::finding::Report;
use context::LazyViews;
pub use context::{Context, Environment};
pub use pages::{Page, explain, names};
pub use rule::{Found, Rule};

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// Runs all rules over several environments of a spec.
pub fn check_all(environments: &[(&Model, &Views)], report: &mut Report) {
    let alone: Vec<Environment<'_>> = environments
        .iter()
        .map(|(model, views)| Environment { model, views, before: None, ledger: None })
        .collect();
    check_against(&alone, &NOTHING, report);
}

/// Runs all rules over several environments of a spec, beside what they were. A waiver of the whole app is only called
/// idle if all environments are among them.
pub fn check_against(environments: &[Environment<'_>], comparisons: &Comparisons, report: &mut Report) {
    let mut lints = lints::Lints::default();
    for (own, it) in environments.iter().enumerate() {
        let others = environments.iter().enumerate().filter(|(at, _)| *at != own);
        let views = LazyViews::Made(it.views);
        let ctx = Context::of(*it, &views, others.map(|(_, it)| it.model).collect(), comparisons);
        let (mut found, first) = (vec![], report.findings.len());
        let rules = RULES.iter().filter(|rule| rule.speaks_of(it.model));
        rules.for_each(|rule| (rule.check)(&ctx, &mut found));
        belief::hold(&ctx, &mut found);
        found.retain(|it| it.written != Some(false));
        let profile = it.model.app.profile;
        found.iter_mut().for_each(|it| it.finding.level = profile.level(it.finding.level));
        policy::check(&ctx, &mut found, report);
        if let Some(ledger) = it.ledger {
            found.iter_mut().for_each(|it| ledger::keep_promises(ledger, &it.node, &mut it.finding));
        }
        lints.apply(it.model, found, report);
        limits::check(&ctx, report);
        report.found_in(&it.model.environment.name.value, first);
    }
    let seen = |name: &String| environments.iter().any(|it| it.model.environment.name.value == *name);
    lints.report_idle(environments.iter().all(|it| it.model.environments.iter().all(seen)), report);
}

/// The rule with this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.name.cmp(name)).ok().map(|at| RULES[at])
}

#[cfg(test)]
mod tests {
    use super::{Context, Environment, LazyViews, NOTHING, find, stub};
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
        let environment = Environment { model: &model, views: &views, before: None, ledger: None };
        let looked = LazyViews::Made(&views);
        (stub::RULE.check)(&Context::of(environment, &looked, vec![], &NOTHING), &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].finding.rule.as_ref(), &*found[0].node), (stub::RULE.name, "service.orders"));
        let sections = |page: &str| -> Vec<String> {
            page.lines().filter(|line| line.starts_with("## ")).map(str::to_string).collect()
        };
        let page = include_str!("../../../cli/command/new/rule.md");
        assert_eq!(sections(page), sections(find("orphan-service").expect("a rule").page));
    }
}
