//! Choices: which branch has become which, and what of a change in a branch shows in the whole.

use super::{BOTH, Diff, NARROWS, WIDENS, kin};
use crate::schema::graph::{Edge, Relation, Step};
use crate::schema::shape::{Branch, Choice};
use crate::schema::term::{Atom, TermId};
use crate::schema::{FactKind, Judge, Reading, branches};

/// Compares the choices of one kind.
pub fn compare<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &[Choice<'s, 'a>], new: &[Choice<'s, 'a>]) {
    for (left, right) in old.iter().zip(new) {
        let told = kin::choices(diff, left, right);
        both(diff, &left.branches, &right.branches, told.as_ref());
        kin::tell(diff, told);
        overlap(diff, left, right);
    }
    for choice in old.iter().skip(new.len()) {
        let side = Some((choice.span, word(choice)));
        let message = "a choice that had to be met is gone".into();
        diff.found.say(FactKind::ChoiceLifted, WIDENS, side, None, message);
    }
    for choice in new.iter().skip(old.len()) {
        let within = |branch: &Branch| !diff.judge.relation(diff.old, branch.term, diff.kind).narrows;
        if !choice.branches.iter().any(within) {
            let side = Some((choice.span, word(choice)));
            let message = "one of several branches must be met besides".into();
            diff.found.say(FactKind::ChoiceSet, NARROWS, None, side, message);
        }
    }
}

fn word(choice: &Choice) -> String {
    if choice.one { "oneOf".into() } else { "anyOf".into() }
}

/// One side is a choice and the other is not: the whole of that is its one branch, and what stands beside the choice is
/// put into each branch. Whether it was done.
pub fn distributed<'s, 'a>(
    diff: &mut Diff<'_, 's, 'a>,
    old: &[Choice<'s, 'a>],
    new: &[Choice<'s, 'a>],
) -> bool {
    let (left, right) = match (old, new) {
        ([], [choice]) => (vec![whole(diff.old)], spread(diff.judge, diff.new, diff.kind, choice)),
        ([choice], []) => (spread(diff.judge, diff.old, diff.kind, choice), vec![whole(diff.new)]),
        _ => return false,
    };
    if left.is_empty() || right.is_empty() {
        return false;
    }
    both(diff, &left, &right, None);
    if let ([], [choice]) = (old, new) {
        at_once(diff, choice, &right);
    }
    true
}

/// No side was a choice: that just one branch of `oneOf` may accept is said on purpose, and refuses what two do.
pub fn at_once<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, choice: &Choice<'s, 'a>, all: &[Branch]) {
    if !choice.one || choice.discriminator.is_some() {
        return;
    }
    let old = diff.judge.shape(diff.old);
    if old.twice.is_some() {
        return;
    }
    let met = |branch: &&Branch| branches::may_meet(&old, &diff.judge.shape(branch.term));
    let all: Vec<Branch> = all.iter().filter(met).cloned().collect();
    if !branches::apart(diff.judge, diff.kind, &all, Some(&old)) {
        let side = Some((choice.span, word(choice)));
        let message = "what two branches accept is no longer accepted".into();
        diff.found.say(FactKind::ChoiceSet, NARROWS, None, side, message);
    }
}

/// Whether two choices mean the same once what stands beside them is put into their branches: properties moved in or out.
pub fn moved<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &[Choice<'s, 'a>], new: &[Choice<'s, 'a>]) -> bool {
    let ([left], [right]) = (old, new) else { return false };
    let left = spread(diff.judge, diff.old, diff.kind, left);
    let right = spread(diff.judge, diff.new, diff.kind, right);
    if left.is_empty() || right.is_empty() {
        return false;
    }
    let matched = branches::matched(diff.judge, diff.kind, &left, &right, None);
    matched.gone.is_empty()
        && matched.came.is_empty()
        && matched
            .pairs
            .iter()
            .all(|(one, other)| diff.judge.relation(left[*one].term, right[*other].term, diff.kind).equal())
}

fn whole(term: TermId) -> Branch {
    let span = bastide_report::source::Span::new(bastide_report::source::FileId(0), 0, 0);
    Branch { term, name: String::new(), span }
}

/// The branches of a term's only choice of a kind, each with all that stands beside the choice. None where that would
/// not end.
fn spread<'s, 'a>(judge: &mut Judge<'s, 'a>, term: TermId, kind: u8, choice: &Choice<'s, 'a>) -> Vec<Branch> {
    if judge.nested(term) > 6 {
        return vec![];
    }
    let origin = judge.origin(term);
    let spread = |branch: &Branch| {
        let mut atoms = vec![Atom::Without(term, kind, 0)];
        atoms.extend(judge.terms.all[branch.term.0 as usize].atoms.iter().copied());
        Branch { term: judge.term(origin, &atoms), ..branch.clone() }
    };
    choice.branches.iter().map(spread).collect()
}

/// Compares branches: those that belong together part by part, the others as gone or new.
fn both(diff: &mut Diff, old: &[Branch], new: &[Branch], told: Option<&kin::Told>) {
    let (kind, judge) = (diff.kind, &mut *diff.judge);
    let keys = told.map(|told| told.keys([old, new]));
    let matched = branches::matched(judge, kind, old, new, keys.as_ref());
    // A value of a discriminator stands for its branch, whatever others accept.
    let told = |one: usize, other: usize| {
        keys.as_ref().is_some_and(|[was, is]| !was[one].is_empty() && was[one] == is[other])
    };
    let single = old.len() == 1 && new.len() == 1;
    for (one, other) in &matched.pairs {
        let (left, right) = (&old[*one], &new[*other]);
        // Written alike, they differ only in what they refer to, which counts there.
        let counts = if told(*one, *other) || judge.written(left.term) == judge.written(right.term) {
            BOTH
        } else {
            let own = judge.relation(left.term, right.term, kind);
            Relation {
                narrows: own.narrows && !branches::holds(judge, kind, left, new),
                widens: own.widens && !branches::held(judge, kind, right, old),
            }
        };
        let name = if right.name.is_empty() { format!("{}", other + 1) } else { right.name.clone() };
        let step = if single { Step::Here } else { Step::Branch(name) };
        let to = judge.pair(left.term, right.term, kind);
        diff.found.edges.push(Edge { step, to, counts });
    }
    let title = |branch: &Branch, at: usize| {
        if branch.name.is_empty() { format!("{}", at + 1) } else { branch.name.clone() }
    };
    for at in matched.gone {
        let narrows = !branches::holds(judge, kind, &old[at], new);
        if narrows {
            let name = title(&old[at], at);
            let message = format!("the branch `{name}` is gone");
            diff.found.say(FactKind::BranchRemoved, NARROWS, place(&old[at], &name), None, message);
        }
    }
    for at in matched.came {
        let widens = !branches::held(judge, kind, &new[at], old);
        if widens {
            let name = title(&new[at], at);
            let message = format!("the branch `{name}` is new");
            diff.found.say(FactKind::BranchAdded, WIDENS, None, place(&new[at], &name), message);
        }
    }
}

fn place(branch: &Branch, name: &str) -> super::Side {
    Some((branch.span, name.to_string()))
}

/// With `oneOf`, a value that two branches accept is refused. People seldom mean that, so where both sides say `oneOf` it
/// counts only for data at rest, and only where one branch lies wholly within another.
fn overlap<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Choice<'s, 'a>, new: &Choice<'s, 'a>) {
    if diff.judge.origin(diff.new).reading != Reading::Data {
        return renamed(diff, old, new);
    }
    if !(old.one || new.one) {
        return;
    }
    let before = old.one.then(|| branches::nested(diff.judge, diff.kind, &old.branches)).flatten();
    let after = new.one.then(|| branches::nested(diff.judge, diff.kind, &new.branches)).flatten();
    let relation = match (before, after) {
        (None, Some(_)) => NARROWS,
        (Some(_), None) => WIDENS,
        _ => return,
    };
    let side = |choice: &Choice<'s, 'a>| Some((choice.span, word(choice)));
    let message = "branches of `oneOf` overlap: what two of them accept is refused".to_string();
    let kind = if relation == NARROWS { FactKind::ChoiceSet } else { FactKind::ChoiceLifted };
    diff.found.say(kind, relation, side(old), side(new), message);
}

/// `oneOf` became `anyOf`, or the other way round: that is said on purpose, and counts wherever a value can be of two
/// branches.
fn renamed<'s, 'a>(diff: &mut Diff<'_, 's, 'a>, old: &Choice<'s, 'a>, new: &Choice<'s, 'a>) {
    if old.one == new.one || branches::apart(diff.judge, diff.kind, &new.branches, None) {
        return;
    }
    let (kind, relation, word) = if old.one {
        (FactKind::ChoiceLifted, WIDENS, "accepted now")
    } else {
        (FactKind::ChoiceSet, NARROWS, "no longer accepted")
    };
    let side = |choice: &Choice<'s, 'a>| Some((choice.span, self::word(choice)));
    diff.found.say(kind, relation, side(old), side(new), format!("what two branches accept is {word}"));
}
