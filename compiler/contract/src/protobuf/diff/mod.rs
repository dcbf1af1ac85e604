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

use super::super::{Bump, Change, Comparison, Direction, Options, Place, Row, Skipped};
use super::buf::{CATEGORIES, Rule};
use super::reach::Reach;
use super::set::Set;
use super::tree::Docs;
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
    diff.changes.sort_by(|left, right| left.path.cmp(&right.path).then(left.row.name.cmp(right.row.name)));
    let breaks = |bit: u8| diff.rules.iter().any(|rule| rule.of(bit));
    let categories = CATEGORIES.iter().map(|(name, bit)| (*name, breaks(*bit))).collect();
    let Diff { changes, skipped, compared, rules, .. } = diff;
    let comparison = Comparison { changes, skipped, compared, categories, ..Comparison::default() };
    (comparison, rules)
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

/// What a change is about.
#[derive(Clone)]
struct Subject {
    /// Where, for people.
    path: String,
    /// What a consumer names.
    element: String,
    /// Which way it travels.
    direction: Direction,
}

impl Subject {
    fn both(path: impl Into<String>) -> Subject {
        let path = path.into();
        Subject { element: path.clone(), path, direction: Direction::Both }
    }

    fn part(&self, name: &str) -> Subject {
        let below = |outer: &str| format!("{outer}.{name}");
        Subject { path: below(&self.path), element: below(&self.element), direction: self.direction }
    }
}

/// A place and what stands there.
fn place(span: Span, text: impl Into<String>) -> Option<Place> {
    Some(Place { span, text: text.into() })
}

impl Diff<'_, '_> {
    /// Notes a change and the rules of buf that say the same.
    fn tell(
        &mut self,
        (row, rules): (&'static Row, &[Rule]),
        subject: &Subject,
        [old, new]: [Option<Place>; 2],
        message: String,
    ) {
        self.rules.extend(rules);
        // What breaks only whoever compiles against it takes a major number where generated code counts.
        let raised = self.source && !rules.is_empty() && row.bump == Bump::Minor;
        let bump = if raised { Bump::Major } else { row.bump };
        let Subject { path, element, direction } = subject.clone();
        self.changes.push(Change { row, bump, direction, path, element, old, new, message, also: vec![] });
    }

    /// The subject of a message or enum.
    fn subject(&self, full: &str) -> Subject {
        let direction = self.reach[0].join(&self.reach[1], full);
        Subject { direction, ..Subject::both(full) }
    }

    /// Comments that say something else.
    fn docs(&mut self, subject: &Subject, old: (Docs<'_>, Span), new: (Docs<'_>, Span)) {
        if old.0 == new.0 || words(old.0) == words(new.0) {
            return;
        }
        let places = [place(old.1, ""), place(new.1, "")];
        let message = format!("the comment of `{}` says something else", subject.element);
        self.tell((&super::rows::other::COMMENT_CHANGED, &[]), subject, places, message);
    }
}

/// The words of comments, without what makes them comments.
fn words(docs: Docs<'_>) -> Vec<&str> {
    let lines = docs.into_iter().flat_map(str::lines);
    let text = lines.map(|line| line.trim().trim_start_matches(['/', '*']).trim_end_matches("*/").trim());
    text.flat_map(str::split_whitespace).collect()
}
