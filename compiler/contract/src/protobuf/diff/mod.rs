//! Two linked sides compared: what changed, and which rules of buf say so.

mod enumeration;
mod extension;
mod field;
mod file;
mod item;
mod kind;
mod message;
mod option;
mod reserved;
mod service;

use super::super::{Bump, Change, Comparison, Direction, Options, Places, Skipped, Subject, place};
use super::buf::{CATEGORIES, Rule, is_in};
use super::reach::Reach;
use super::set::Set;
use super::tree::{Choice, Docs};
use bastide_report::source::Span;
use std::collections::BTreeSet;

/// The comparison, and the rules of buf by which its categories are judged.
pub fn compare(old: &Set<'_>, new: &Set<'_>, options: &Options) -> (Comparison, BTreeSet<Rule>) {
    let reach = [Reach::of(old), Reach::of(new)];
    let mut diff = Diff {
        old,
        new,
        source: options.source,
        reach,
        changes: vec![],
        skipped: vec![],
        rules: BTreeSet::new(),
        compared: 0,
    };
    diff.files();
    diff.items();
    diff.messages();
    diff.extensions();
    diff.enums();
    diff.services();
    let breaks = |category| diff.rules.iter().any(|rule| is_in(rule, category));
    let categories = CATEGORIES.into_iter().map(|category| (category, breaks(category))).collect();
    let Diff { changes, skipped, compared, rules, .. } = diff;
    let comparison = Comparison { changes, skipped, compared, categories, ..Comparison::default() };
    (comparison.finished(), rules)
}

/// A subject that travels both ways, or neither.
fn both(path: &str) -> Subject {
    Subject::new(path, Direction::Both)
}

struct Diff<'s, 'a> {
    old: &'s Set<'a>,
    new: &'s Set<'a>,
    source: bool,
    reach: [Reach; 2],
    changes: Vec<Change>,
    skipped: Vec<Skipped>,
    rules: BTreeSet<Rule>,
    compared: usize,
}

impl Diff<'_, '_> {
    /// Notes a change and the rules of buf that say the same.
    fn tell(
        &mut self,
        (kind, rules): (&str, &[Rule]),
        subject: impl Into<Subject>,
        places: impl Into<Places>,
        message: String,
    ) {
        self.rules.extend(rules);
        // What breaks only whoever compiles against it takes a major number where generated code counts.
        let change = Change::new(kind, subject.into(), message).between(places);
        let raised = self.source && !rules.is_empty() && change.bump == Bump::Minor;
        self.changes.push(if raised { change.at(Bump::Major) } else { change });
    }

    /// The subject of a message or enum.
    fn subject(&self, full: &str) -> Subject {
        let direction = self.reach[0].join(&self.reach[1], full);
        Subject::new(full, direction)
    }

    /// Comments and options of a part, each side with the place of the whole part.
    fn written(&mut self, subject: &Subject, [old, new]: [(Docs<'_>, &[Choice<'_>], Span); 2]) {
        self.docs(subject, (old.0, old.2), (new.0, new.2));
        self.options(subject, (old.1, old.2), (new.1, new.2));
    }

    /// Comments that say something else.
    fn docs(&mut self, subject: &Subject, old: (Docs<'_>, Span), new: (Docs<'_>, Span)) {
        if old.0 == new.0 || words(old.0) == words(new.0) {
            return;
        }
        let places = [place(old.1, ""), place(new.1, "")];
        let message = format!("the comment of `{}` says something else", subject.element);
        self.tell(("protobuf/comment-changed", &[]), subject, places, message);
    }
}

/// The words of comments, without what makes them comments.
fn words(docs: Docs<'_>) -> Vec<&str> {
    let lines = docs.into_iter().flat_map(str::lines);
    let text = lines.map(|line| line.trim().trim_start_matches(['/', '*']).trim_end_matches("*/").trim());
    text.flat_map(str::split_whitespace).collect()
}
