//! Requests: what a gateway answers before and after. Both route tables are asked the same questions, so it does not
//! matter how the routes are written, only who answers, and how.

mod effect;
mod fields;
mod table;

use super::{Difference, Effect, Environment, What};
use crate::contract::Place;
use crate::model::gateway::Gateway;
use crate::source::Span;
use crate::view::route::{Rule, Table};
use fields::Change;
use std::collections::{BTreeMap, BTreeSet};
use table::{Answers, Question};

pub use table::{Index, Request};

/// Compares the answers of all gateways. What the comparison of nodes found from `from` on and is told better by
/// requests is taken out again.
pub fn compare(old: Environment<'_>, new: Environment<'_>, from: usize, found: &mut Vec<Difference>) {
    let mut told = Told::default();
    let mut rows = vec![];
    let names: BTreeSet<&str> =
        old.1.tables.iter().chain(&new.1.tables).map(|table| table.gateway.as_str()).collect();
    for name in names {
        let sides = [side(old, name), side(new, name)];
        let ignored = fields::inherited(&format!("gateway.{name}"), &found[from..]);
        rows.extend(Pair { name, sides, ignored }.rows(&mut told));
    }
    let mut at = 0;
    found.retain(|difference| {
        at += 1;
        at <= from || !told.covers(difference)
    });
    found.extend(rows);
}

/// The table and the gateway of one side, where it has them.
type Side<'a> = Option<(&'a Table, &'a Gateway)>;

fn side<'a>((model, views): Environment<'a>, name: &str) -> Side<'a> {
    let table = views.tables.iter().find(|table| table.gateway == name)?;
    Some((table, model.gateways.iter().find(|gateway| gateway.name.value == name)?))
}

/// Which fields of which routes the rows tell.
#[derive(Default)]
struct Told(BTreeMap<String, BTreeSet<String>>);

impl Told {
    fn add(&mut self, rule: &Rule, changes: &[Change]) {
        self.0.entry(rule.at.clone()).or_default().extend(changes.iter().map(|it| it.field.clone()));
    }

    fn covers(&self, difference: &Difference) -> bool {
        let of = |(at, fields): (&String, &BTreeSet<String>)| {
            let rest = difference.path.strip_prefix(at.as_str())?;
            let step = rest.strip_prefix('.').map(|rest| rest.split('.').next().unwrap_or(rest));
            Some(rest.is_empty() || step.is_some_and(|step| fields::covered(step, fields)))
        };
        // Most differences are of no route.
        difference.path.contains(".route.") && self.0.iter().filter_map(of).any(|covered| covered)
    }
}

/// One gateway on both sides.
struct Pair<'a> {
    name: &'a str,
    sides: [Side<'a>; 2],
    ignored: Vec<&'static str>,
}

impl Pair<'_> {
    fn rows(&self, told: &mut Told) -> Vec<Difference> {
        let rules = self.sides.map(|side| side.map_or(&[][..], |(table, _)| &table.rules[..]));
        let indexes = rules.map(Index::of);
        let mut answers = Answers::default();
        let mut rows = vec![];
        for question in table::questions(rules) {
            let mut groups: BTreeMap<(Option<usize>, Option<usize>), Vec<Option<&str>>> = BTreeMap::new();
            for method in &question.methods {
                let request = Request { question: &question.key, method: *method };
                let pair = (indexes[0].answer(&request), indexes[1].answer(&request));
                groups.entry(pair).or_default().push(*method);
            }
            let mut by_change: Vec<(Answered, Vec<Option<&str>>)> = vec![];
            for ((old, new), methods) in groups {
                let sides = (old.map(|at| &rules[0][at]), new.map(|at| &rules[1][at]));
                let changes = answers.changes(sides, (old, new), &self.ignored);
                sides.0.into_iter().chain(sides.1).for_each(|rule| told.add(rule, &changes));
                if changes.is_empty() {
                    continue;
                }
                match by_change.iter_mut().find(|(other, _)| other.same(sides, &changes)) {
                    Some((_, known)) => known.extend(methods),
                    None => by_change.push((Answered { old: sides.0, new: sides.1, changes }, methods)),
                }
            }
            rows.extend(by_change.into_iter().map(|(it, methods)| self.row(&question, it, &methods)));
        }
        rows
    }

    fn row(&self, question: &Question<'_>, it: Answered<'_>, methods: &[Option<&str>]) -> Difference {
        let what = match (it.old, it.new) {
            (None, _) => What::Added,
            (_, None) => What::Removed,
            _ => What::Changed,
        };
        let (effect, why) = effect::of(what, &it.changes);
        let text = |pick: fn(&Change) -> &str| {
            let texts = it.changes.iter().filter(|change| !pick(change).is_empty());
            texts.map(|change| fields::words(&change.field, pick(change))).collect::<Vec<_>>().join(", ")
        };
        let place = |side: Side<'_>, rule: Option<&Rule>, text: String| {
            rule.map(|rule| Place { span: span(side, rule), text })
        };
        Difference {
            subject: "routes",
            node: format!("gateway.{}", self.name),
            path: format!("{} {}", self.name, question.words(methods)),
            what,
            old: place(self.sides[0], it.old, text(|change| &change.old)),
            new: place(self.sides[1], it.new, text(|change| &change.new)),
            effect: if what == What::Added { Effect::Safe } else { effect },
            why: why.into(),
            inside: false,
            environments: vec![],
        }
    }
}

/// Two answers to the same requests, and in what they differ.
struct Answered<'a> {
    old: Option<&'a Rule>,
    new: Option<&'a Rule>,
    changes: Vec<Change>,
}

impl Answered<'_> {
    fn same(&self, (old, new): (Option<&Rule>, Option<&Rule>), changes: &[Change]) -> bool {
        self.old.is_some() == old.is_some() && self.new.is_some() == new.is_some() && self.changes == changes
    }
}

fn span(side: Side<'_>, rule: &Rule) -> Span {
    let (_, gateway) = side.expect("a rule is of a table");
    gateway.routes.get(rule.item as usize).map_or(gateway.name.span(), |route| route.path.span())
}
