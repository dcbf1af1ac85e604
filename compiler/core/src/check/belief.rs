//! Beliefs: a rule that is content because of a field asks the ledger whether a target carries the field out. Where none
//! does, the rule is asked once more about a plan without it, and what it finds then is told.

mod common;

use super::context::{LazyViews, Memo};
use super::ledger::{Ledger, Lost};
use super::{Context, Found, RULES, Rule};
use crate::contracts::history::History;
use crate::model::Model;
use crate::model::gateway::{Gateway, Route};
use crate::model::service::Service;
use crate::tree::{At, is_within};
use bastide_report::finding::{Finding, Label};
use bastide_report::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What a rule relies on.
#[derive(Debug)]
pub struct Belief {
    /// The field: `topic.dead-letter`. It is lost where all that is written of it is.
    pub field: &'static str,
    /// Takes what is lost out of a plan: what is left is what will be there.
    pub without: fn(&mut Model, &Missing<'_>),
}

/// What is lost of one field.
#[derive(Debug)]
pub struct Missing<'a> {
    lost: Vec<Lost<'a>>,
    /// The first loss of each place.
    places: BTreeMap<Span, usize>,
    /// The first loss of each node.
    names: BTreeMap<&'a str, usize>,
}

impl<'a> Missing<'a> {
    fn new(lost: Vec<Lost<'a>>) -> Missing<'a> {
        let places = lost.iter().enumerate().rev().map(|(at, it)| (it.span, at)).collect();
        let names = lost.iter().enumerate().rev().map(|(at, it)| (it.name, at)).collect();
        Missing { lost, places, names }
    }

    /// Whether this value is lost.
    pub fn has<T>(&self, at: &At<T>) -> bool {
        self.places.contains_key(&at.span())
    }

    /// Takes a value out if it is lost.
    pub fn take<T>(&self, at: &mut Option<At<T>>) {
        if at.as_ref().is_some_and(|at| self.has(at)) {
            *at = None;
        }
    }

    /// Puts what will be there in the place of a value that is lost; its place stays.
    pub fn put<T>(&self, at: &mut At<T>, value: T) {
        if self.has(at) {
            at.value = value;
        }
    }

    /// Whether the field of a node with this name is lost.
    pub fn of(&self, name: &At<String>) -> bool {
        self.names.contains_key(name.value.as_str())
    }

    /// The ways in of which it is lost.
    pub fn gateways<'m>(&'m self, model: &'m mut Model) -> impl Iterator<Item = &'m mut Gateway> {
        model.gateways.iter_mut().filter(|it| self.of(&it.name))
    }

    /// The routes of ways in of which it is lost.
    pub fn routes<'m>(&'m self, model: &'m mut Model) -> impl Iterator<Item = &'m mut Route> {
        self.gateways(model).flat_map(|it| &mut it.routes)
    }

    /// The services of which it is lost.
    pub fn services<'m>(&'m self, model: &'m mut Model) -> impl Iterator<Item = &'m mut Service> {
        model.services.iter_mut().filter(|it| self.of(&it.name))
    }

    /// The loss a finding comes from, and how far from it: at a place it shows, else of its own node, else the first.
    fn behind(&self, found: &Found) -> (usize, &Lost<'_>) {
        let name = found.node.split('.').nth(1).unwrap_or_default();
        let shown = found.finding.labels.iter().filter_map(|label| self.places.get(&label.span)).min();
        let (far, at) = match (shown, self.names.get(name)) {
            (Some(at), _) => (0, *at),
            (None, Some(at)) => (1, *at),
            (None, None) => (2, 0),
        };
        (far, &self.lost[at])
    }
}

/// Adds what rules find where nobody carries out what made them content.
pub(super) fn hold(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let Some(ledger) = ctx.ledger else { return };
    let lost = ledger.lost();
    if lost.is_empty() {
        return;
    }
    let elsewhere = found.iter().filter(|it| it.finding.rule == "gateway-not-written");
    let elsewhere: BTreeSet<String> = elsewhere.map(|it| it.node.clone()).collect();
    // Whoever makes a gateway in our place is told everything by one finding.
    let told = |it: &Lost<'_>| elsewhere.contains(&format!("{}.{}", it.kind, it.name));
    let lost: Vec<Lost<'_>> = lost.into_iter().filter(|it| !told(it)).collect();
    for rule in RULES.iter().filter(|rule| rule.speaks_of(ctx.model)) {
        let missing =
            rule.beliefs.iter().map(|belief| (belief, Missing::new(whole(ctx, belief.field, &lost))));
        let missing: Vec<_> = missing.filter(|(_, missing)| !missing.lost.is_empty()).collect();
        if !missing.is_empty() {
            found.extend(without(ctx, ledger, rule, &missing, found));
        }
    }
}

/// The losses within a field, of nodes that lose all they say of it.
fn whole<'a>(ctx: &Context<'_>, field: &str, lost: &[Lost<'a>]) -> Vec<Lost<'a>> {
    let within = || lost.iter().filter(|it| is_within(it.field, field));
    let mut of: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    within().for_each(|it| *of.entry((it.kind, it.name)).or_default() += 1);
    if of.is_empty() {
        return vec![];
    }
    let said = ctx.model.said.count(field);
    let all = |it: &&Lost<'_>| said.get(&(it.kind, it.name)) == of.get(&(it.kind, it.name));
    within().filter(all).copied().collect()
}

/// What a rule finds besides in a plan without what is lost.
fn without(
    ctx: &Context<'_>,
    ledger: &dyn Ledger,
    rule: &Rule,
    missing: &[(&Belief, Missing<'_>)],
    found: &[Found],
) -> Vec<Found> {
    let mut model = ctx.model.clone();
    missing.iter().for_each(|(belief, missing)| (belief.without)(&mut model, missing));
    // Most rules look at no views, which cost more than the rule.
    let views = LazyViews::Of(&model, Box::default());
    let plan = Context {
        model: &model,
        views: &views,
        history: History::of(&model, ctx.before, ctx.comparisons),
        ledger: None,
        memo: Memo::default(),
        others: ctx.others.clone(),
        ..*ctx
    };
    let mut more = vec![];
    (rule.check)(&plan, &mut more);
    let known = found.iter().filter(|it| it.finding.rule == rule.name).map(|it| &it.node);
    let known: BTreeSet<&String> = known.collect();
    more.retain(|it| !known.contains(&it.node));
    let tell = |it: Found| {
        let all = missing.iter().map(|(belief, missing)| (missing.behind(&it), *belief));
        let ((_, lost), belief) = all.min_by_key(|((far, _), _)| *far).expect("a belief was lost");
        let why = ledger.unkept(lost.field, lost.kind, lost.name).unwrap_or_default();
        let finding = told(rule, belief, lost, &why, it.finding);
        Found { finding, ..it }
    };
    more.into_iter().map(tell).collect()
}

/// A finding that follows from a loss: the promise and who does not keep it, then what follows. A machine can do nothing.
fn told(rule: &Rule, belief: &Belief, lost: &Lost<'_>, why: &str, then: Finding) -> Finding {
    let field = belief.field.split_once('.').map_or(belief.field, |(_, rest)| rest);
    let mut labels = vec![Label { span: lost.span, text: "written here, and carried out by nobody".into() }];
    let seen = |labels: &[Label], span: Span| labels.iter().any(|label| label.span == span);
    for label in then.labels {
        if !seen(&labels, label.span) {
            labels.push(label);
        }
    }
    Finding {
        message: format!("`{field}` of `{}` is written, but {why}; so {}", lost.name, then.message),
        labels,
        help: Some(format!(
            "choose a target that carries it out, or see to it yourself and say so: `lint \"{}\" level=\"allow\" because=\"…\"`",
            rule.name
        )),
        edits: Box::default(),
        ..then
    }
}
