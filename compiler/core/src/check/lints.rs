//! Lints: a `lint` of the app, of the environment or of a node says how much a rule weighs there.

use crate::check::{Found, find, pages};
use crate::model::{Lint, Model};
use crate::tree::{Layer, is_within};
use bastide_report::finding::{Finding, Level, Report, Spot};
use bastide_report::source::Span;
use bastide_report::suggest::did_you_mean;
use std::collections::BTreeMap;

/// What is known of waivers once all environments were seen.
#[derive(Default)]
pub struct Lints {
    waivers: BTreeMap<Span, Waiver>,
}

/// A `lint … level="allow"`.
struct Waiver {
    rule: String,
    used: bool,
    /// It stands in an environment, so no other one can need it.
    local: bool,
}

impl Lints {
    /// Gives the findings of one environment their levels. What is allowed goes into the report as such: outputs leave it out.
    pub fn apply(&mut self, model: &Model, found: Vec<Found>, report: &mut Report) {
        let mut lints: BTreeMap<&str, Vec<&Lint>> = BTreeMap::new();
        for lint in &model.lints {
            lints.entry(&lint.rule.value).or_default().push(lint);
            self.look(model, lint, report);
        }
        for Found { node, mut finding, .. } in found {
            let holds =
                lints.get(&*finding.rule).into_iter().flatten().filter(|lint| covers(&lint.node, &node));
            let Some(lint) = holds.filter(|lint| !expired(model, lint)).max_by_key(|lint| lint.node.len())
            else {
                report.push(finding);
                continue;
            };
            if let Some(waiver) = self.waivers.get_mut(&lint.rule.span()) {
                waiver.used = true;
            }
            finding.level = Level::from_word(&lint.level).unwrap_or(finding.level);
            report.push(finding);
        }
    }

    /// Looks at the lint itself.
    fn look(&mut self, model: &Model, lint: &Lint, report: &mut Report) {
        let name = &lint.rule.value;
        let rule = find(name);
        let known = rule.is_some();
        if !known
            && !model.policies.iter().any(|it| it.name.value == *name)
            && !pages::notes().any(|page| page.name == *name)
        {
            let mut finding = Finding::new("unknown-rule", format!("there is no rule `{name}`"))
                .label(lint.rule.span(), "weighs nothing");
            finding.help = did_you_mean(name, crate::check::names());
            report.push(finding.slip(name, crate::check::names(), lint.rule.span(), true));
            return;
        }
        if lint.level != Level::Allow.as_str() {
            return;
        }
        if lint.because.as_ref().is_none_or(|text| text.trim().is_empty()) {
            Finding::new("waiver-without-reason", format!("`{name}` is allowed, and nothing says why"))
                .label(lint.rule.span(), "`because=` is missing")
                .help("write `because=\"…\"` for whoever reads this next year")
                .add_to(report);
        }
        if let Some(until) = lint.until.filter(|_| expired(model, lint)) {
            Finding::new("expired-waiver", format!("the waiver of `{name}` ended on {}", until.value))
                .label(until.span(), "this day has come")
                .help("fix what it allowed and remove it, or give it a new day")
                .add_to(report);
        } else if rule.is_some_and(|rule| rule.speaks_of(model)) {
            let local = lint.rule.origin.layer == Layer::Overlay;
            let waiver = Waiver { rule: name.clone(), used: false, local };
            self.waivers.entry(lint.rule.span()).or_insert(waiver);
        }
    }

    /// Reports waivers that waived nothing; those of the whole app only if all environments were seen.
    pub fn report_idle(&self, whole: bool, report: &mut Report) {
        for (span, waiver) in self.waivers.iter().filter(|(_, it)| !it.used && (whole || it.local)) {
            Finding::new(
                "idle-waiver",
                format!("nothing here is a `{}`, so nothing is allowed", waiver.rule),
            )
            .level(Level::Warn)
            .label(*span, "waives nothing")
            .edit_at(*span, Spot::Node, "")
            .help("remove it")
            .add_to(report);
        }
    }
}

fn expired(model: &Model, lint: &Lint) -> bool {
    matches!((model.today, lint.until), (Some(today), Some(until)) if today >= until.value)
}

/// Whether a weight written at `lint` holds at `node`: there and in everything inside.
fn covers(lint: &str, node: &str) -> bool {
    lint.is_empty() || is_within(node, lint)
}
