//! Which branches of two choices belong together.

use super::graph::Relation;
use super::shape::{Branch, MapPart, Maps, Shape};
use super::term::TermId;
use super::{Judge, intersect, normalize};
use std::collections::BTreeMap;

/// Largest number of pairs of branches that are tried one by one.
const TRIED: usize = 900;

/// Branches that belong together, and the rest; all by index.
#[derive(Debug, Default)]
pub struct Matched {
    /// Old and new.
    pub pairs: Vec<(usize, usize)>,
    /// Only old.
    pub gone: Vec<usize>,
    /// Only new.
    pub came: Vec<usize>,
}

/// Matches branches: by name, by the value that marks them, by equal meaning, by one lying in the other, by likeness.
/// `keys` are the values of a discriminator that stand for each, where both sides have one.
pub fn matched(
    judge: &mut Judge,
    kind: u8,
    old: &[Branch],
    new: &[Branch],
    keys: Option<&[Vec<String>; 2]>,
) -> Matched {
    let mut matched =
        Matched { pairs: vec![], gone: (0..old.len()).collect(), came: (0..new.len()).collect() };
    if let Some([left, right]) = keys {
        by_key(&mut matched, left, right);
    }
    let names = |all: &[Branch]| all.iter().map(|branch| branch.name.clone()).collect::<Vec<_>>();
    by_key(&mut matched, &names(old), &names(new));
    if matched.gone.is_empty() || matched.came.is_empty() {
        return matched;
    }
    let texts =
        |judge: &Judge, all: &[Branch]| all.iter().map(|it| judge.written(it.term)).collect::<Vec<_>>();
    by_key(&mut matched, &texts(judge, old), &texts(judge, new));
    if matched.gone.is_empty() || matched.came.is_empty() {
        return matched;
    }
    let marks = |judge: &mut Judge, all: &[Branch]| all.iter().map(|it| mark(judge, it)).collect::<Vec<_>>();
    let (left, right) = (marks(judge, old), marks(judge, new));
    by_key(&mut matched, &left, &right);
    if matched.gone.len() * matched.came.len() <= TRIED {
        by(&mut matched, |one, other| {
            judge.relation(old[one].term, new[other].term, kind).equal().then_some(1)
        });
        by(&mut matched, |one, other| {
            let relation = judge.relation(old[one].term, new[other].term, kind);
            (relation != Relation { narrows: true, widens: true }).then_some(1)
        });
        by(&mut matched, |one, other| alike(judge, &old[one], &new[other]));
    } else {
        judge.too_hard();
    }
    if let ([one], [other]) = (matched.gone.as_slice(), matched.came.as_slice())
        && old.len() == 1
        && new.len() == 1
    {
        matched.pairs.push((*one, *other));
        (matched.gone, matched.came) = (vec![], vec![]);
    }
    matched.pairs.sort_unstable();
    matched
}

/// Pairs what has the same key, if only one on each side has it.
fn by_key(matched: &mut Matched, old: &[String], new: &[String]) {
    let count = |all: &[String], left: &[usize]| {
        let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for at in left.iter().filter(|at| !all[**at].is_empty()) {
            let entry = counts.entry(all[*at].clone()).or_default();
            *entry = (entry.0 + 1, *at);
        }
        counts
    };
    let right = count(new, &matched.came);
    for (key, (times, one)) in count(old, &matched.gone) {
        if let Some((1, other)) = right.get(&key)
            && times == 1
        {
            take(matched, one, *other);
        }
    }
}

fn take(matched: &mut Matched, one: usize, other: usize) {
    matched.pairs.push((one, other));
    matched.gone.retain(|at| *at != one);
    matched.came.retain(|at| *at != other);
}

/// Pairs each old branch with the new one that scores best.
fn by(matched: &mut Matched, mut score: impl FnMut(usize, usize) -> Option<u32>) {
    for one in matched.gone.clone() {
        let scored = matched.came.iter().filter_map(|other| Some((score(one, *other)?, *other)));
        let best = scored.fold(None, |best: Option<(u32, usize)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            _ => Some(next),
        });
        if let Some((_, other)) = best {
            take(matched, one, other);
        }
    }
}

/// The values of properties that can have but one value, which tell a branch from others.
fn mark(judge: &mut Judge, branch: &Branch) -> String {
    let shape = judge.shape(branch.term);
    let Some(map) = &shape.map else { return String::new() };
    let origin = judge.origin(branch.term);
    let mut marks = vec![];
    for property in map.facets.parts.iter().flat_map(|part| &part.named) {
        let term = judge.schema(origin, property.value);
        let shape = judge.shape(term);
        let literals = shape.text.as_ref().and_then(|class| class.literals.as_ref());
        if let Some([only]) = literals.map(Vec::as_slice) {
            marks.push(format!("{}={}", property.name, only.text));
        }
    }
    marks.sort();
    marks.join(",")
}

/// How alike two branches are, if at all: the share of property names they have in common.
fn alike(judge: &mut Judge, old: &Branch, new: &Branch) -> Option<u32> {
    let (left, right) = (judge.shape(old.term), judge.shape(new.term));
    let names = |maps: &Maps| {
        let mut names: Vec<_> =
            maps.parts.iter().flat_map(|part| &part.named).map(|it| it.name.to_string()).collect();
        names.sort();
        names.dedup();
        names
    };
    let (Some(left), Some(right)) = (&left.map, &right.map) else {
        return (left.kinds() == right.kinds()).then_some(1);
    };
    let (left, right) = (names(&left.facets), names(&right.facets));
    let common = left.iter().filter(|name| right.binary_search(name).is_ok()).count();
    let all = left.len() + right.len() - common;
    let share = (common * 1000).checked_div(all).unwrap_or(1000) as u32;
    (share >= 500).then_some(share)
}

/// Whether some new branch accepts all of an old one.
pub fn holds(judge: &mut Judge, kind: u8, old: &Branch, new: &[Branch]) -> bool {
    new.len() <= 30 && new.iter().any(|branch| !judge.relation(old.term, branch.term, kind).narrows)
}

/// Whether some old branch accepts all of a new one.
pub fn held(judge: &mut Judge, kind: u8, new: &Branch, old: &[Branch]) -> bool {
    old.len() <= 30 && old.iter().any(|branch| !judge.relation(branch.term, new.term, kind).widens)
}

/// Whether no value can be of two branches: they accept nothing together, or are marked differently. Beyond a number of
/// branches that is taken as so. With another shape, only what that accepts is looked at.
pub fn apart<'s, 'a>(
    judge: &mut Judge<'s, 'a>,
    kind: u8,
    all: &[Branch],
    within: Option<&Shape<'s, 'a>>,
) -> bool {
    let marks: Vec<_> = all.iter().map(|branch| mark(judge, branch)).collect();
    let mut pairs = (0..all.len()).flat_map(|one| (one + 1..all.len()).map(move |other| (one, other)));
    all.len() > 12
        || pairs.all(|(one, other)| {
            let marked = !marks[one].is_empty() && !marks[other].is_empty() && marks[one] != marks[other];
            marked || !intersect(judge, kind, [all[one].term, all[other].term], within)
        })
}

/// Whether a value of the old side can be of a branch of the new, as far as names that must be there tell. Who kept to
/// the old schema wrote no names that it does not know.
pub fn may_meet(old: &Shape, branch: &Shape) -> bool {
    let (Some(old), Some(branch)) = (&old.map, &branch.map) else { return true };
    let Maps { parts, required, .. } = &old.facets;
    let known = |name: &str| {
        let named = |part: &MapPart| part.named.binary_search_by(|it| it.name.cmp(name)).is_ok();
        required.iter().any(|it| it.0 == name) || parts.iter().any(|part| named(part))
    };
    let can = |name: &str| parts.iter().all(|part| normalize::can_have(part, name));
    branch.facets.required.iter().all(|(name, _)| known(name) && can(name))
}

/// Whether something can be of both terms, and of another shape, as far as is seen without trying.
fn intersect<'s, 'a>(
    judge: &mut Judge<'s, 'a>,
    kind: u8,
    terms: [TermId; 2],
    within: Option<&Shape<'s, 'a>>,
) -> bool {
    let origin = judge.origin(terms[0]);
    let both = terms.map(|term| judge.terms.all[term.0 as usize].atoms.clone()).concat();
    let both = judge.term(origin, &both);
    let mut shape = (*judge.shape(both)).clone();
    if let Some(within) = within {
        shape = intersect::shapes(within.clone(), shape);
        judge.normalize(origin, &mut shape);
    }
    shape.kinds() & kind != 0
}

/// Two branches of which one lies in the other.
pub fn nested(judge: &mut Judge, kind: u8, all: &[Branch]) -> Option<(usize, usize)> {
    if all.len() > 12 {
        return None;
    }
    for one in 0..all.len() {
        for other in 0..all.len() {
            if one != other && !judge.relation(all[one].term, all[other].term, kind).narrows {
                return Some((one, other));
            }
        }
    }
    None
}
