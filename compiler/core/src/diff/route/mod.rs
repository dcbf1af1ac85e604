//! Requests: what a gateway answers before and after. Both route tables are asked the same questions, so it does not
//! matter how the routes are written, only who answers, and how.

mod effect;
mod fields;
mod table;

use super::{Difference, DifferenceKind, Environment};
use crate::model::gateway::Gateway;
use crate::view::route::{Rule, Table};
use bastide_contract::Place;
use bastide_report::source::Span;
pub use fields::Change;
use std::collections::{BTreeMap, BTreeSet};
use table::{Answers, Index, Question, Request};

/// Compares the answers of all gateways. What the comparison of nodes found from `from` on and is told better by
/// requests is taken out again.
pub fn compare(old: Environment<'_>, new: Environment<'_>, from: usize, found: &mut Vec<Difference>) {
    let mut told = Told::default();
    let mut rows = vec![];
    let mut by_node: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    found[from..].iter().for_each(|it| by_node.entry(&it.node).or_default().push(&it.path));
    for mut pair in pairs(old, new) {
        let node = format!("gateway.{}", pair.name);
        pair.ignored =
            by_node.get(node.as_str()).map_or_else(Vec::new, |paths| fields::inherited(&node, paths));
        let mut all: Vec<Requests<'_>> = vec![];
        let mut known: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for it in pair.requests().into_iter().filter(|it| !it.changes.is_empty()) {
            it.old.into_iter().chain(it.new).for_each(|rule| told.add(rule, &it.changes));
            // One route is found at several places: under each version, and without one.
            let at = |rule: Option<&Rule>| rule.map(|rule| rule.at.clone());
            let routes = known.entry((at(it.old), at(it.new))).or_default();
            match routes.iter().find(|known| all[**known].changes == it.changes) {
                Some(known) => all[*known].words += &format!(", {}", it.words),
                None => {
                    routes.push(all.len());
                    all.push(it);
                }
            }
        }
        rows.extend(all.iter().map(|it| pair.row(it)));
    }
    let routes = [old, new].into_iter().flat_map(|(model, _)| &model.gateways).flat_map(|it| &it.routes);
    let routes: BTreeSet<&str> = routes.map(|route| route.at.as_str()).collect();
    // That a route is written in another way is no difference: what it does is told by requests, or is the same.
    let written = |it: &Difference| it.change != DifferenceKind::Changed && routes.contains(it.path.as_str());
    let mut at = 0;
    found.retain(|difference| {
        at += 1;
        at <= from || !(written(difference) || told.covers(difference))
    });
    found.extend(rows);
}

/// Requests that are answered alike, before and after.
pub struct Requests<'a> {
    /// The gateway.
    pub gateway: &'a str,
    /// The requests in words: `GET,HEAD /v1/orders`.
    pub words: String,
    /// The rule that answered; none answered 404.
    pub old: Option<&'a Rule>,
    /// The rule that answers.
    pub new: Option<&'a Rule>,
    /// In what the answers differ.
    pub changes: Vec<Change>,
}

/// All requests that the gateways of either side know, with their answers before and after.
pub fn requests<'a>(old: Environment<'a>, new: Environment<'a>) -> Vec<Requests<'a>> {
    pairs(old, new).flat_map(|pair| pair.requests()).collect()
}

/// The table and the gateway of one side, where it has them.
type Side<'a> = Option<(&'a Table, &'a Gateway)>;

/// All gateways that either side knows, by name.
fn pairs<'a>(old: Environment<'a>, new: Environment<'a>) -> impl Iterator<Item = Pair<'a>> {
    let mut pairs: BTreeMap<&str, [Side<'a>; 2]> = BTreeMap::new();
    for (at, (model, views)) in [old, new].into_iter().enumerate() {
        for table in &views.tables {
            let side = model.gateway(&table.gateway).map(|gateway| (table, gateway));
            pairs.entry(&table.gateway).or_default()[at] = side;
        }
    }
    pairs.into_iter().map(|(name, sides)| Pair { name, sides, ignored: vec![] })
}

/// Which fields of which routes the rows tell.
#[derive(Default)]
struct Told(BTreeMap<String, BTreeSet<String>>);

impl Told {
    fn add(&mut self, rule: &Rule, changes: &[Change]) {
        if !changes.is_empty() {
            let fields = changes.iter().map(|it| it.field.clone());
            self.0.entry(rule.at.clone()).or_default().extend(fields);
        }
    }

    fn covers(&self, difference: &Difference) -> bool {
        let path = difference.path.as_str();
        let own = |fields: &BTreeSet<String>, rest: &str| {
            let step = rest.split(['.', '[']).next().unwrap_or(rest);
            fields::covered(step, fields)
        };
        // Most differences are of no route.
        path.contains(".route.")
            && (self.0.contains_key(path)
                || path.match_indices('.').any(|(dot, _)| {
                    self.0.get(&path[..dot]).is_some_and(|fields| own(fields, &path[dot + 1..]))
                }))
    }
}

/// One gateway on both sides.
struct Pair<'a> {
    name: &'a str,
    sides: [Side<'a>; 2],
    ignored: Vec<&'static str>,
}

impl<'a> Pair<'a> {
    fn requests(&self) -> Vec<Requests<'a>> {
        let rules: [&'a [Rule]; 2] =
            self.sides.map(|side| side.map_or(&[][..], |(table, _)| &table.rules[..]));
        let indexes = rules.map(Index::of);
        let mut answers = Answers::default();
        table::questions(rules)
            .into_iter()
            .flat_map(|question| self.alike(&question, rules, &indexes, &mut answers))
            .collect()
    }

    /// The methods of a question that are answered alike, together.
    fn alike(
        &self,
        question: &Question<'a>,
        rules: [&'a [Rule]; 2],
        indexes: &[Index<'a>; 2],
        answers: &mut Answers,
    ) -> Vec<Requests<'a>> {
        let mut groups: Vec<(Requests<'a>, Vec<Option<&str>>)> = vec![];
        for method in &question.methods {
            let request = Request { question: &question.key, method: *method };
            let at = (indexes[0].answer(&request), indexes[1].answer(&request));
            let (old, new) = (at.0.map(|at| &rules[0][at]), at.1.map(|at| &rules[1][at]));
            let changes = answers.changes((old, new), at, &self.ignored);
            let place = |rule: Option<&'a Rule>| rule.map(|rule| (&rule.cluster, rule.port));
            let same = |it: &Requests<'a>| {
                (place(it.old), place(it.new)) == (place(old), place(new)) && it.changes == changes
            };
            match groups.iter_mut().find(|(it, _)| same(it)) {
                Some((_, methods)) => methods.push(*method),
                None => {
                    let it = Requests { gateway: self.name, words: String::new(), old, new, changes };
                    groups.push((it, vec![*method]));
                }
            }
        }
        let named =
            |(it, methods): (Requests<'a>, Vec<_>)| Requests { words: question.words(&methods), ..it };
        groups.into_iter().map(named).collect()
    }

    fn row(&self, it: &Requests<'_>) -> Difference {
        let change = match (it.old, it.new) {
            (None, _) => DifferenceKind::Added,
            (_, None) => DifferenceKind::Removed,
            _ => DifferenceKind::Changed,
        };
        let (effect, why) = effect::of(change, &it.changes);
        let text = |pick: fn(&Change) -> &str| {
            let texts = it.changes.iter().filter(|change| !pick(change).is_empty());
            texts.map(|change| fields::words(&change.field, pick(change))).collect::<Vec<_>>().join(", ")
        };
        let place = |side: Side<'_>, rule: Option<&Rule>, text: String| {
            rule.map(|rule| Place { span: span(side, rule), text })
        };
        let path = format!("{} {}", self.name, it.words);
        let whole = Difference::new("routes", &format!("gateway.{}", self.name), path, change);
        Difference {
            old: place(self.sides[0], it.old, text(|change| &change.old)),
            new: place(self.sides[1], it.new, text(|change| &change.new)),
            kind: "gateway.route".into(),
            effect,
            why: why.into(),
            ..whole
        }
    }
}

fn span(side: Side<'_>, rule: &Rule) -> Span {
    let (_, gateway) = side.expect("a rule is of a table");
    gateway.routes.get(rule.item as usize).map_or(gateway.name.span(), |route| route.path.span())
}
