//! When something is there, and what follows from one needing the other.

use super::builder::Side;

/// When something is there: from a step on, until a step, or always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lifetime {
    /// The step that brings it; none if it is there from the beginning.
    pub from: Option<usize>,
    /// The step that takes it away; none if it stays.
    pub until: Option<usize>,
}

impl Lifetime {
    /// There from the beginning to the end.
    pub const ALWAYS: Lifetime = Lifetime { from: None, until: None };

    /// There as one side says: until the step that changes it, or from it on; always, if no step does.
    pub fn of(side: Side, step: Option<usize>) -> Lifetime {
        match side {
            Side::Old => Lifetime { from: None, until: step },
            Side::New => Lifetime { from: step, until: None },
        }
    }

    /// There until a step.
    pub fn until(step: usize) -> Lifetime {
        Lifetime { from: None, until: Some(step) }
    }

    /// There from a step on.
    pub fn from(step: usize) -> Lifetime {
        Lifetime { from: Some(step), until: None }
    }
}

/// The orders of two steps that keep `who` from being there without one of `providers`. A step before itself says that
/// it can never be done. What was already amiss before the first step constrains nothing.
pub fn requires(who: Lifetime, providers: &[Lifetime]) -> Vec<(usize, usize)> {
    let ends: Vec<usize> = providers.iter().filter_map(|it| it.until).collect();
    let begins: Vec<usize> = providers.iter().filter_map(|it| it.from).collect();
    let stays = providers.iter().any(|it| it.from.is_none() && it.until.is_none());
    // One that ends with the very step that brings another is no gap.
    if stays || ends.iter().any(|end| begins.contains(end)) {
        return vec![];
    }
    let mut constraints = vec![];
    match (providers.is_empty(), ends.first(), begins.first()) {
        (true, ..) => constraints.extend(who.from.map(|step| (step, step))),
        (_, Some(end), None) => match (who.from, who.until) {
            (_, Some(until)) => constraints.push((until, *end)),
            (None | Some(_), None) => constraints.push((*end, *end)),
        },
        (_, None, Some(begin)) => constraints.extend(who.from.map(|from| (*begin, from))),
        // There until one step and again from another: whoever is there in between goes without.
        (_, Some(end), Some(begin)) => match (who.from, who.until) {
            (Some(from), None) => constraints.push((*begin, from)),
            (None, Some(until)) => constraints.push((until, *end)),
            (None, None) => constraints.push((*begin, *end)),
            (Some(from), Some(until)) => constraints.extend([(*begin, from), (until, *end)]),
        },
        _ => {}
    }
    constraints.retain(|(first, then)| first != then || is_hopeless(who, providers, *first));
    constraints
}

/// Whether a step before itself is meant: nothing else could ever hold.
fn is_hopeless(who: Lifetime, providers: &[Lifetime], step: usize) -> bool {
    let gone = providers.iter().any(|it| it.until == Some(step)) && who.until != Some(step);
    gone || providers.is_empty()
}

/// The orders that keep two things from ever being there together.
pub fn excludes(one: Lifetime, other: Lifetime) -> Vec<(usize, usize)> {
    match (one.until, other.from, other.until, one.from) {
        (Some(until), Some(from), ..) | (.., Some(until), Some(from)) => vec![(until, from)],
        // One of them stays for ever, and the other comes.
        (None, Some(from), None, _) | (None, None, None, Some(from)) => vec![(from, from)],
        _ => vec![],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_come_after_and_leave_before() {
        assert_eq!(requires(Lifetime::from(1), &[Lifetime::from(0)]), [(0, 1)]);
        assert_eq!(requires(Lifetime::until(1), &[Lifetime::until(0)]), [(1, 0)]);
        assert_eq!(requires(Lifetime::ALWAYS, &[Lifetime::until(0)]), [(0, 0)]);
        assert_eq!(requires(Lifetime::ALWAYS, &[Lifetime::until(0), Lifetime::from(0)]), []);
        assert_eq!(requires(Lifetime::until(0), &[Lifetime::until(0)]), []);
    }

    #[test]
    fn what_does_not_fit_is_never_there_together() {
        assert_eq!(excludes(Lifetime::until(0), Lifetime::from(1)), [(0, 1)]);
        assert_eq!(excludes(Lifetime::from(1), Lifetime::until(0)), [(0, 1)]);
        assert_eq!(excludes(Lifetime::ALWAYS, Lifetime::from(1)), [(1, 1)]);
        assert_eq!(excludes(Lifetime::until(0), Lifetime::until(1)), []);
    }
}
