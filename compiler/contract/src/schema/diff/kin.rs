//! Discriminators: the values that tell branches or children apart, and what each stands for.

use super::{BOTH, Diff, NARROWS, Step, WIDENS, graph};
use crate::schema::FactKind;
use crate::schema::graph::{Edge, Relation};
use crate::schema::kin::{self, Kin};
use crate::schema::shape::{Branch, Choice, Shape};
use crate::schema::term::Atom;
use crate::value::Value;
use bastide_report::source::Span;

/// The values of two discriminators of one property.
pub struct Told<'s, 'a> {
    property: &'s str,
    wholes: [&'s Value<'a>; 2],
    kin: [Kin<'s, 'a>; 2],
    /// By branch, where in memory the schema is that it refers to, and where it stands itself.
    targets: [Vec<(usize, Span)>; 2],
}

impl Told<'_, '_> {
    /// The values that stand for each branch, as one key.
    pub fn keys(&self, branches: [&[Branch]; 2]) -> [Vec<String>; 2] {
        let of = |side: usize| {
            let values = |at: usize| {
                let (target, _) = self.targets[side][at];
                let named =
                    self.kin[side].iter().filter(|(_, it)| std::ptr::from_ref(**it) as usize == target);
                named.map(|(value, _)| *value).collect::<Vec<_>>().join("\n")
            };
            (0..branches[side].len()).map(values).collect()
        };
        [of(0), of(1)]
    }
}

/// The values of two choices; what is not told by values is told here.
pub fn choices<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    old: &Choice<'s, 'a>,
    new: &Choice<'s, 'a>,
) -> Option<Told<'s, 'a>> {
    let mut told = wholes(diff, old.discriminator, new.discriminator)?;
    told.targets = [(diff.old, old), (diff.new, new)].map(|(term, choice)| {
        let which = diff.judge.origin(term).which;
        let mut target = |branch: &Branch| {
            let atom = diff.judge.terms.all[branch.term.0 as usize].atoms.first().copied();
            let Some(Atom::Schema(value)) = atom else { return (0, branch.span) };
            let found = value.get("$ref").and_then(|it| diff.judge.target(which, it));
            (std::ptr::from_ref(found.unwrap_or(value)) as usize, branch.span)
        };
        choice.branches.iter().map(&mut target).collect()
    });
    Some(told)
}

/// The children of two parents, part by part.
pub fn parents<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Shape<'s, 'a>, new: &Shape<'s, 'a>) {
    let chooses = |shape: &Shape| {
        let choices = shape.map.as_ref().map_or(&[][..], |map| &map.choices);
        choices.iter().any(|choice| choice.discriminator.is_some())
    };
    if old.parent.is_none() && chooses(old) || new.parent.is_none() && chooses(new) {
        return;
    }
    let told = wholes(diff, old.parent, new.parent);
    tell(diff, told);
}

fn wholes<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    old: Option<&'s Value<'a>>,
    new: Option<&'s Value<'a>>,
) -> Option<Told<'s, 'a>> {
    let origins = diff.origins();
    let property = |whole: Option<&'s Value<'a>>| whole.and_then(kin::property);
    let (relation, message) = match (property(old), property(new)) {
        (Some(was), Some(is)) if was == is => {
            let (old, new) = old.zip(new)?;
            let sides = [(origins[0], old), (origins[1], new)];
            let kin = sides.map(|(origin, whole)| {
                let all = diff.judge.kin(origin.which, whole);
                diff.judge.possible(origin, is, all)
            });
            return Some(Told { property: is, wholes: [old, new], kin, targets: [vec![], vec![]] });
        }
        (Some(was), Some(is)) => (BOTH, format!("`{was}` told them apart, and `{is}` does")),
        (Some(was), None) if opens(diff, 0, was, old?) => {
            (WIDENS, format!("`{was}` tells nothing apart any more"))
        }
        (None, Some(is)) if opens(diff, 1, is, new?) => (NARROWS, format!("`{is}` tells them apart now")),
        _ => return None,
    };
    say(diff, [old, new], relation, message);
    None
}

/// Whether more could stand in the property if it did not tell anything apart.
fn opens<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, side: usize, property: &str, whole: &'s Value<'a>) -> bool {
    let origin = diff.origins()[side];
    let kin = diff.judge.kin(origin.which, whole);
    diff.judge.open(origin, property, &kin)
}

/// Tells of values that come and go, and compares what a value stood for with what it stands for.
pub fn tell<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, told: Option<Told<'s, 'a>>) {
    let Some(Told { property, wholes, kin: [was, is], targets }) = told else { return };
    let [from, to] = diff.origins();
    for (value, target) in &was {
        let Some(now) = is.get(value) else {
            if !told_of(diff, &targets[0], target) {
                say(diff, wholes.map(Some), NARROWS, format!("the value `{value}` of `{property}` is gone"));
            }
            continue;
        };
        let (old, new) = (diff.judge.schema(from, target), diff.judge.schema(to, now));
        let to = diff.judge.pair(old, new, graph::ALL);
        // Where the two are branches they are compared as such.
        if targets[0].is_empty() {
            diff.found.edges.push(Edge { step: Step::Branch((*value).into()), to, counts: BOTH });
        }
    }
    for value in is.iter().filter(|(value, _)| !was.contains_key(*value)) {
        if !told_of(diff, &targets[1], value.1) {
            say(diff, wholes.map(Some), WIDENS, format!("the value `{}` of `{property}` is new", value.0));
        }
    }
}

/// Whether the branch is told of as one that came or went.
fn told_of(diff: &Diff, targets: &[(usize, Span)], target: &Value) -> bool {
    let mut spans = targets.iter().filter(|it| it.0 == std::ptr::from_ref(target) as usize).map(|it| it.1);
    let mut facts = diff.found.facts.iter();
    spans.next().is_some_and(|span| {
        facts.any(|fact| {
            let branch = matches!(fact.kind, FactKind::BranchAdded | FactKind::BranchRemoved);
            branch && fact.old.as_ref().or(fact.new.as_ref()).is_some_and(|place| place.span == span)
        })
    })
}

fn say<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    wholes: [Option<&'s Value<'a>>; 2],
    relation: Relation,
    message: String,
) {
    let [old, new] = wholes.map(|whole| {
        let at = whole.and_then(|whole| whole.get("discriminator"));
        at.map(|at| (at.span, "discriminator".to_string()))
    });
    diff.found.say(FactKind::Discriminator, relation, old, new, message);
}
