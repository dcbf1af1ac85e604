//! From what a rule knows (a name or value of a node) to the letters that change. Everything around them stays.

use super::Change;
use bastide_report::finding::{Edit, Spot};
use bastide_report::source::Span;
use bastide_syntax::{Document, Entry, Node};

/// The change an edit means, if its place is found.
pub(super) fn change(edit: &Edit, document: &Document, text: &str) -> Option<Change> {
    let span = edit.span;
    let (start, end) = (span.start as usize, span.end as usize);
    match edit.spot {
        Spot::Here => text.get(start..end).map(|_| put(start, end, &edit.text)),
        Spot::Property(name) => Some(property(node_of(document, text, span)?, name, &edit.text)),
        Spot::Child(child, name) => grown(node_of(document, text, span)?, (child, name), &edit.text, text),
        Spot::Without(name) => {
            let node = node_of(document, text, span)?;
            let entry = node.entries().find(|entry| entry.name() == Some(name))?.span();
            let before = text[..entry.start as usize].trim_end_matches([' ', '\t']).len();
            Some(put(before, entry.end as usize, ""))
        }
        Spot::Node => Some(removed(node_of(document, text, span)?.span(), text)),
    }
}

fn put(start: usize, end: usize, text: &str) -> Change {
    Change { start, end, text: text.into() }
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// The innermost node one of whose own words stands there.
fn node_of<'d>(document: &'d Document, text: &'d str, span: Span) -> Option<Node<'d>> {
    let mut nodes = document.nodes(text);
    loop {
        let node = nodes.find(|node| holds(node.span(), span))?;
        if holds(node.name_span(), span) || node.entries().any(|entry| holds(entry.span(), span)) {
            return Some(node);
        }
        nodes = node.children();
    }
}

/// Where the words of a node end and its children begin.
fn words_end(node: Node<'_>) -> usize {
    node.entries().map(|entry| entry.span().end).fold(node.name_span().end, u32::max) as usize
}

fn property(node: Node<'_>, name: &str, value: &str) -> Change {
    let named = |entry: &Entry<'_>| match entry.name() {
        Some(own) => own == name,
        None => name.is_empty(),
    };
    // Of a property that stands twice, the last counts.
    let old = node.entries().filter(named);
    match if name.is_empty() { old.take(1).last() } else { old.last() } {
        Some(entry) => put(entry.value_span().start as usize, entry.value_span().end as usize, value),
        None if name.is_empty() => {
            let end = node.name_span().end as usize;
            put(end, end, &format!(" {value}"))
        }
        None => put(words_end(node), words_end(node), &format!(" {name}={value}")),
    }
}

/// A word of a child: of the one that is there, or of a new last one.
fn grown(node: Node<'_>, (child, name): (&str, &str), value: &str, text: &str) -> Option<Change> {
    let mut same = node.children().filter(|it| it.name() == child);
    if let Some(first) = same.next() {
        return same.next().is_none().then(|| property(first, name, value));
    }
    let line = match name {
        "" => format!("{child} {value}"),
        name => format!("{child} {name}={value}"),
    };
    let Some(block) = node.block_span() else {
        return Some(put(words_end(node), words_end(node), &format!(" {{ {line} }}")));
    };
    let (open, close) = (block.start as usize + 1, (block.end as usize).checked_sub(1)?);
    let Some(last) = node.children().last() else {
        let empty = text[open..close].trim_matches([' ', '\t']).is_empty();
        return empty.then(|| put(open, close, &format!(" {line} ")));
    };
    let line_start = text[..close].rfind('\n').map_or(0, |at| at + 1);
    if line_start > open && text[line_start..close].trim().is_empty() {
        let broken = if text[..line_start].ends_with("\r\n") { "\r\n" } else { "\n" };
        let indent = indent(text, last.span().start as usize).unwrap_or("    ");
        return Some(put(line_start, line_start, &format!("{indent}{line}{broken}")));
    }
    let end = last.span().end as usize;
    // What is commented out there may be words of the last child: it must not become the new one's.
    let unclear = text[end..close].trim_start().starts_with("/-");
    (!unclear).then(|| put(end, end, &format!("; {line}")))
}

/// What stands before a node on its line, if that is nothing but blanks.
fn indent(text: &str, start: usize) -> Option<&str> {
    let before = &text[text[..start].rfind('\n').map_or(0, |at| at + 1)..start];
    before.trim().is_empty().then_some(before)
}

/// A node goes with its line, if it has one of its own.
fn removed(span: Span, text: &str) -> Change {
    let (start, end) = (span.start as usize, span.end as usize);
    let blank =
        |from: usize| from + (text[from..].len() - text[from..].trim_start_matches([' ', '\t']).len());
    let mut after = blank(end);
    if text[after..].starts_with(';') {
        after = blank(after + 1);
    }
    let rest = text[after..].strip_prefix('\r').unwrap_or(&text[after..]);
    match indent(text, start) {
        Some(before) if rest.starts_with('\n') => put(start - before.len(), text.len() - rest.len() + 1, ""),
        _ => put(start, after, ""),
    }
}
