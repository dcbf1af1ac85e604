//! The objects of a document: itself if it has a kind and a name, or, in a file that has no kind, what stands below one of
//! the keys at its top: `services/web` of a compose file.

use super::edit::{self, Act, Block, Line, Why, find, key_of, value_of};
use std::ops::Range;

/// An object of a document.
#[derive(Debug)]
pub(super) struct Object {
    /// `Kind/name`.
    pub name: String,
    /// The way to it; none if it is the document.
    way: Vec<String>,
}

/// The objects of a document, in order.
pub(super) fn of(document: &[Line]) -> Vec<Object> {
    if let Some(kind) = find(document, &["kind"]) {
        let name = find(document, &["metadata", "name"]).map(|name| format!("{kind}/{name}"));
        return name.map(|name| Object { name, way: vec![] }).into_iter().collect();
    }
    let mut found = vec![];
    for (group, inner) in maps(document) {
        let keys = Block::of(&document[inner.clone()]).filter(|block| !block.list);
        let entries = keys.map(|block| block.entries(&document[inner.clone()])).unwrap_or_default();
        let names = entries.iter().filter_map(|(at, _)| key_of(&document[inner.start + at]));
        found.extend(
            names
                .map(|name| Object { name: format!("{group}/{name}"), way: vec![group.into(), name.into()] }),
        );
    }
    found
}

/// The keys at the top of a document, and the lines below each.
fn maps(document: &[Line]) -> Vec<(&str, Range<usize>)> {
    let block = Block::of(document).filter(|block| !block.list);
    let entries = block.map(|block| block.entries(document)).unwrap_or_default();
    entries.into_iter().filter_map(|(at, end)| Some((key_of(&document[at])?, at + 1..end))).collect()
}

impl Object {
    /// Makes a change in it.
    pub fn edit(
        &self,
        document: &mut Vec<Line>,
        steps: &[String],
        act: Act<'_>,
        number: usize,
    ) -> Result<(), Why> {
        if !self.way.is_empty() {
            self.inherit(document, steps, act)?;
        }
        let steps: Vec<String> = self.way.iter().chain(steps).cloned().collect();
        edit::edit(document, edit::Change { steps: &steps, act, number })
    }

    /// Takes it out of its document.
    pub fn take(&self, document: &mut Vec<Line>) {
        if self.way.is_empty() {
            document.clear();
        } else if edit::edit(document, edit::Change { steps: &self.way, act: Act::Remove, number: 0 })
            .is_err()
        {
            debug_assert!(false, "{} was there", self.name);
        }
    }

    /// A field that comes from an anchor (`<<: *hardened`) is this object's alone from here on, if a change is about a part of
    /// it. It cannot be taken away.
    fn inherit(&self, document: &mut Vec<Line>, steps: &[String], act: Act<'_>) -> Result<(), Why> {
        let Some(own) = lines_of(document, &self.way) else { return Ok(()) };
        let (Some(step), Some(block)) = (steps.first(), Block::of(&document[own.clone()])) else {
            return Ok(());
        };
        if block.entry(&document[own.clone()], step).is_some() {
            return Ok(());
        }
        let Some((from, lines)) = inherited(document, &document[own.clone()], step) else { return Ok(()) };
        match act {
            Act::Remove if steps.len() == 1 => Err(Why::Fault(format!(
                "`{step}` comes from `{from}`: set it to what you mean, or patch that"
            ))),
            Act::Set(_) if steps.len() == 1 => Ok(()),
            _ => {
                let column = block.column();
                let old = Block::of(&lines).map_or(0, Block::column);
                let moved = |line: Line| Line {
                    text: format!("{}{}", " ".repeat(column), line.text.get(old..).unwrap_or_default()),
                    ..line
                };
                let end =
                    block.entries(&document[own.clone()]).last().map_or(own.end, |(_, end)| own.start + end);
                document.splice(end..end, lines.into_iter().map(moved));
                Ok(())
            }
        }
    }
}

/// The lines below a way of keys.
fn lines_of(document: &[Line], way: &[String]) -> Option<Range<usize>> {
    let mut range = 0..document.len();
    for key in way {
        let (at, end) = Block::of(&document[range.clone()])?.entry(&document[range.clone()], key)?;
        range = range.start + at + 1..range.start + end;
    }
    Some(range)
}

/// A field that a map takes from an anchor, and the key the anchor stands at.
fn inherited(document: &[Line], own: &[Line], step: &str) -> Option<(String, Vec<Line>)> {
    let mut own = own;
    let mut from = String::new();
    // As deep as there are anchors, so that a circle ends.
    for _ in 0..document.len() {
        let block = Block::of(own)?;
        if let Some((at, end)) = block.entry(own, step) {
            return Some((from, own[at..end].to_vec()));
        }
        let name = value_of(&own[block.entry(own, "<<")?.0])?.strip_prefix('*')?;
        let (key, range) = maps(document).into_iter().find(|(_, range)| {
            value_of(&document[range.start - 1]).and_then(|it| it.strip_prefix('&')) == Some(name)
        })?;
        (from, own) = (key.to_string(), &document[range]);
    }
    None
}
