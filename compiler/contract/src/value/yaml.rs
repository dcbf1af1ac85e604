//! YAML 1.2 with places: the core schema, one document, anchors unfolded up to a limit, merge keys.

use super::fault::Faults;
use super::{DEEPEST, Data, Entry, Value, anchor, keys, scalar};
use anchor::Anchors;
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Span};
use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks, Tag};
use std::borrow::Cow;

/// Reads a YAML text. Faults that leave a tree are reported and read over; at any other the reading ends.
pub fn read<'a>(file: FileId, text: &'a str, report: &mut Report) -> Option<Value<'a>> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    let ruler =
        Ruler { text: bare, before: text.len() - bare.len(), chars: 0, bytes: 0, ascii: bare.is_ascii() };
    let faults = Faults::new(file, report);
    let mut tree = Tree {
        faults,
        ruler,
        open: vec![],
        entries: vec![],
        items: vec![],
        anchors: Anchors::new(),
        root: None,
    };
    let mut parser = Parser::new_from_str(bare);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, marks)) => tree.take(event, marks)?,
            Err(error) => {
                let at = tree.ruler.byte(error.marker().index());
                let span = Span::new(file, at.min(text.len()), (at + 1).min(text.len()));
                return tree.faults.end(
                    span,
                    &format!("this is no YAML: {}", error.info()),
                    "correct it here",
                );
            }
        }
    }
    if tree.root.is_none() {
        return tree.faults.end(Span::new(file, 0, 0), "the text holds nothing", "write the contract");
    }
    tree.root
}

/// Entries and items wait on a stack of their own until their collection ends, as in the reader of JSON.
struct Tree<'a, 'r> {
    faults: Faults<'r>,
    ruler: Ruler<'a>,
    open: Vec<Open<'a>>,
    entries: Vec<Entry<'a>>,
    items: Vec<Value<'a>>,
    anchors: Anchors<'a>,
    root: Option<Value<'a>>,
}

/// A collection whose end has not come.
struct Open<'a> {
    map: bool,
    start: usize,
    /// Where its last part ends: the end of a block is known only from what stands in it.
    end: usize,
    first: usize,
    anchor: usize,
    key: Option<(Cow<'a, str>, Span, bool)>,
    merged: Vec<Value<'a>>,
}

/// Bytes from the parser's characters; it asks nearly in order.
struct Ruler<'a> {
    text: &'a str,
    before: usize,
    chars: usize,
    bytes: usize,
    ascii: bool,
}

impl<'a> Ruler<'a> {
    /// The text itself where it stands so in the source, rather than a copy: most do, bare or in quotes.
    fn borrowed(&self, text: Cow<'a, str>, start: usize, end: usize) -> Cow<'a, str> {
        let written = self.text.get(start - self.before..end - self.before).unwrap_or_default();
        let bare = written.get(1..written.len().max(2) - 1).unwrap_or_default();
        [written, bare].into_iter().find(|slice| *slice == text).map_or_else(|| text.clone(), Cow::Borrowed)
    }

    fn byte(&mut self, index: usize) -> usize {
        if self.ascii {
            return self.before + index.min(self.text.len());
        }
        while self.chars < index && self.bytes < self.text.len() {
            self.bytes += self.text[self.bytes..].chars().next().map_or(1, char::len_utf8);
            self.chars += 1;
        }
        while self.chars > index {
            self.bytes -= self.text[..self.bytes].chars().next_back().map_or(1, char::len_utf8);
            self.chars -= 1;
        }
        self.before + self.bytes
    }
}

impl<'a> Tree<'a, '_> {
    fn take(&mut self, event: Event<'a>, marks: Marks) -> Option<()> {
        let (start, end) = (self.ruler.byte(marks.start.index()), self.ruler.byte(marks.end.index()));
        let span = Span::new(self.faults.file, start, end);
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                self.faults.end(span, "a second document begins here", "keep one document in a file")
            }
            Event::Scalar(text, style, anchor, tag) => {
                let text = self.ruler.borrowed(text, start, end);
                self.scalar(text, style, anchor, tag, span)
            }
            Event::Alias(anchor) => {
                let value = self.anchors.unfold(anchor, span, self.open.len(), &mut self.faults)?;
                self.put(value, 0, span, false)
            }
            Event::MappingStart(anchor, tag) => self.begin(true, anchor, tag, span),
            Event::SequenceStart(anchor, tag) => self.begin(false, anchor, tag, span),
            Event::MappingEnd | Event::SequenceEnd => self.finish(span),
            _ => Some(()),
        }
    }

    fn begin(&mut self, map: bool, anchor: usize, tag: Option<Cow<'a, Tag>>, span: Span) -> Option<()> {
        let start = span.start as usize;
        if self.open.len() == DEEPEST {
            return self.faults.deep(start);
        }
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) {
            self.faults.unknown_tag(span, &tag.to_string());
        }
        let first = if map { self.entries.len() } else { self.items.len() };
        let end = span.end as usize;
        self.open.push(Open { map, start, end, first, anchor, key: None, merged: vec![] });
        Some(())
    }

    fn finish(&mut self, span: Span) -> Option<()> {
        let Some(open) = self.open.pop() else { return Some(()) };
        let end = open.end.max(if span.end > span.start { span.end as usize } else { 0 });
        let span = Span::new(self.faults.file, open.start.min(end), end);
        let data = if open.map {
            keys::unique(&self.entries[open.first..], &mut self.faults)?;
            let mut entries: Vec<_> = self.entries.drain(open.first..).collect();
            anchor::merge(&mut entries, open.merged, &mut self.faults)?;
            Data::Map(entries)
        } else {
            Data::List(self.items.drain(open.first..).collect())
        };
        self.put(Value { span, data }, open.anchor, span, false)
    }

    fn scalar(
        &mut self,
        text: Cow<'a, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<Cow<'a, Tag>>,
        span: Span,
    ) -> Option<()> {
        let plain = style == ScalarStyle::Plain;
        if self.open.last().is_some_and(|open| open.map && open.key.is_none()) {
            let merge = plain && text == "<<";
            return self.put(Value { span, data: Data::Text(text) }, anchor, span, merge);
        }
        let data = match tag {
            None if plain => scalar::resolve(text),
            None => Data::Text(text),
            Some(tag) if tag.is_yaml_core_schema() => scalar::tagged(text, &tag.suffix),
            Some(tag) => {
                self.faults.unknown_tag(span, &tag.to_string());
                if plain { scalar::resolve(text) } else { Data::Text(text) }
            }
        };
        self.put(Value { span, data }, anchor, span, false)
    }

    /// Puts a finished value where it belongs; `place` is where it is written, which for an alias is not where it stands.
    fn put(&mut self, value: Value<'a>, anchor: usize, place: Span, merge: bool) -> Option<()> {
        if anchor > 0 {
            self.anchors.keep(anchor, &value, &mut self.faults)?;
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(value);
            return Some(());
        };
        open.end = open.end.max(place.end as usize);
        if !open.map {
            self.items.push(value);
            return Some(());
        }
        match (open.key.take(), value.data) {
            (Some((_, _, true)), data) => open.merged.push(Value { span: place, data }),
            (Some((key, at, false)), data) => {
                self.entries.push(Entry { key, at, value: Value { span: value.span, data } });
            }
            (None, Data::Text(key) | Data::Number(key)) => open.key = Some((key, place, merge)),
            (None, Data::Null) => open.key = Some((Cow::Borrowed("null"), place, false)),
            (None, Data::Bool(key)) => open.key = Some((Cow::Owned(key.to_string()), place, false)),
            (None, _) => {
                return self.faults.end(place, "a key is a list or a map", "write a text as the key");
            }
        }
        Some(())
    }
}
