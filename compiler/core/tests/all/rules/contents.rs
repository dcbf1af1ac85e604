//! Every field that contents a rule is known: each node and property of each plan that a page calls good is taken out, and where
//! its rule then speaks, the rule believes the field, or the field is a fact that no target carries. A plain run takes each third.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

use super::believes::REASONS;
use super::example::{Example, whole};
use super::page::examples;
use crate::whole_run;
use bastide_core::check::{RULES, Rule};
use bastide_core::kind::KINDS;
use bastide_core::schema::Schema;
use bastide_core::tree::is_within;
use bastide_core::tree::places::NAMED;
use bastide_report::finding::Report;
use bastide_report::source::FileId;
use bastide_syntax::Node;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A field that is said, and the text that says it.
struct Said {
    field: String,
    fact: bool,
    at: Range<usize>,
}

/// Everything a plan says within its nodes at the top.
fn said(text: &str) -> Vec<Said> {
    let document = bastide_syntax::parse(FileId::default(), text, &mut Report::default());
    let mut all = vec![];
    for node in document.nodes(text) {
        let schema = KINDS.iter().copied().find(|it| it.node == node.name());
        schema.into_iter().for_each(|schema| walk(node, schema, schema.node, &mut all));
    }
    all
}

fn walk(node: Node<'_>, schema: &Schema, path: &str, all: &mut Vec<Said>) {
    for entry in node.entries() {
        let Some(prop) = entry.name().and_then(|name| schema.prop(name)) else { continue };
        let (span, field) = (entry.span(), format!("{path}.{}", prop.name));
        all.push(Said { field, fact: prop.check_only, at: span.start as usize..span.end as usize });
    }
    for inner in node.children().filter(|inner| inner.name() != "lint") {
        let Some(part) = schema.part(inner.name()) else { continue };
        let field =
            if NAMED.contains(&part.node) { part.node.into() } else { format!("{path}.{}", part.node) };
        let span = inner.span();
        let fact = part.check_only;
        all.push(Said { field: field.clone(), fact, at: span.start as usize..span.end as usize });
        walk(inner, part, &field, all);
    }
}

/// Rules that speak of a plan.
fn speakers(plan: &Example) -> BTreeSet<String> {
    plan.run().1.iter().map(|it| it.rule.to_string()).collect()
}

#[test]
fn every_field_that_contents_a_rule_is_known() {
    let free =
        |rule: &&Rule| REASONS.iter().any(|(why, all)| !BARREN.contains(why) && all.contains(&rule.name));
    let asked: BTreeMap<&str, &Rule> =
        RULES.iter().copied().filter(|it| !free(it)).map(|it| (it.name, it)).collect();
    let (mut forgotten, mut number, mut tried, mut found) = (BTreeSet::new(), 0, 0, 0);
    let step = if whole_run() { 1 } else { 3 };
    for (_, plan) in RULES.iter().flat_map(|rule| examples(rule.page)).filter(|(bad, _)| !bad) {
        let (text, before) = (whole(&plan.spec), speakers(&plan));
        for said in said(&text).into_iter().filter(|it| !it.fact) {
            number += 1;
            if number % step != 0 {
                continue;
            }
            tried += 1;
            let spec = format!("{}{}", &text[..said.at.start], &text[said.at.end..]);
            let new = speakers(&Example { spec, ..plan.clone() });
            if new.contains("missing-property") {
                continue;
            }
            for rule in new.difference(&before).filter_map(|name| asked.get(name.as_str())) {
                found += 1;
                let about = |field: &str| is_within(&said.field, field) || is_within(field, &said.field);
                if !rule.beliefs.iter().any(|belief| about(belief.field)) {
                    forgotten.insert((rule.name, said.field.clone()));
                }
            }
        }
    }
    println!("{tried} fields of good plans taken out; {found} times one contents a rule");
    let known: Vec<_> = KNOWN.iter().flat_map(|(_, all)| all.iter().copied()).collect();
    let forgotten: Vec<_> = forgotten
        .iter()
        .map(|(rule, field)| (*rule, field.as_str()))
        .filter(|it| !known.contains(it))
        .collect();
    assert!(forgotten.is_empty(), "{forgotten:#?}");
}

/// Reasons to believe nothing that leave no field but facts to content a rule.
const BARREN: [&str; 2] = [
    "what silences it is a fact about a program, a store or a cluster, which only rules read",
    "it looks for something that is written; where that is lost there is nothing to find",
];

/// Fields that content a rule and need no belief, by their reason.
const KNOWN: &[(&str, &[(&str, &str)])] = &[
    (
        "a fact about a program, which no target can make untrue",
        &[
            ("db-connections", "service.scale.pool"),
            ("hard-dep-without-fallback", "calls.soft"),
            ("non-idempotent-retry", "calls.idempotent"),
            ("saga-step-uncompensated", "saga.step.compensate"),
        ],
    ),
    (
        "a target that carries no number runs one instance, and there is nothing to find",
        &[
            ("job-without-volume", "service.scale"),
            ("job-without-volume", "service.scale.max"),
            ("min-above-max", "service.scale.min"),
            ("stateful-autoscale", "service.scale"),
            ("stateful-autoscale", "service.scale.max"),
        ],
    ),
    (
        "another value of the plan stands there without it; who does not write it writes neither",
        &[
            ("host-in-two-environments", "environment.gateway"),
            ("host-in-two-environments", "environment.gateway.host"),
            ("namespace-twice", "environment.namespace"),
        ],
    ),
    ("what no gateway carries does not come through at all", &[("body-limit-missing", "route.protocol")]),
    ("where nobody opens it, it asks for a token", &[("public-route-without-auth", "route.public")]),
    (
        "whoever writes the gate runs its command",
        &[("gate-without-command", "service.ci"), ("gate-without-command", "service.ci.test")],
    ),
    ("it says where an image comes from, whoever builds it", &[("image-of-nobody", "service.build")]),
    (
        "a question for its health is asked wherever an order of starts is kept",
        &[("waits-for-nothing", "service.health"), ("waits-for-nothing", "service.health.tcp")],
    ),
    ("who writes no way out opens none", &[("open-egress", "service.egress")]),
    (
        "it says that somebody else runs it: nobody has to carry that out",
        &[
            ("resource-of-nobody", "resource.external"),
            ("stand-in-in-cluster", "environment.resource"),
            ("stand-in-in-cluster", "environment.resource.external"),
        ],
    ),
    ("`missing-timeout` tells of a timeout that is lost", &[("retry-does-not-fit", "calls.timeout")]),
];
