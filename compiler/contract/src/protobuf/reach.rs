//! Which messages and enums travel in requests, which in answers.

use super::super::Direction;
use super::facts::named;
use super::set::Set;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What the methods of a side reach.
#[derive(Debug, Default)]
pub struct Reach {
    requests: BTreeSet<Rc<str>>,
    responses: BTreeSet<Rc<str>>,
}

impl Reach {
    /// Walks from the methods of a side through the types of fields.
    pub fn of(set: &Set<'_>) -> Reach {
        let mut extended: BTreeMap<&str, Vec<Rc<str>>> = BTreeMap::new();
        for ((extendee, _), at) in &set.extensions {
            extended.entry(extendee).or_default().extend(named(set.extension(*at)).map(Rc::from));
        }
        let methods =
            || set.files.iter().flat_map(|file| &file.services).flat_map(|service| &service.methods);
        let requests = methods().map(|method| method.request.full.clone()).collect();
        let responses = methods().map(|method| method.response.full.clone()).collect();
        Reach { requests: walk(set, &extended, requests), responses: walk(set, &extended, responses) }
    }

    /// The direction of a type, by both sides: one way only if both agree.
    pub fn join(&self, other: &Reach, full: &str) -> Direction {
        let request = self.requests.contains(full) || other.requests.contains(full);
        let response = self.responses.contains(full) || other.responses.contains(full);
        match (request, response) {
            (true, false) => Direction::Request,
            (false, true) => Direction::Response,
            _ => Direction::Both,
        }
    }
}

fn walk(
    set: &Set<'_>,
    extended: &BTreeMap<&str, Vec<Rc<str>>>,
    mut waiting: Vec<Rc<str>>,
) -> BTreeSet<Rc<str>> {
    let mut seen = BTreeSet::new();
    while let Some(full) = waiting.pop() {
        if seen.contains(&full) {
            continue;
        }
        if let Some(at) = set.messages.get(&full) {
            waiting.extend(set.message(*at).fields.iter().filter_map(named).map(Rc::from));
        }
        waiting.extend(extended.get(full.as_ref()).into_iter().flatten().cloned());
        seen.insert(full);
    }
    seen
}
