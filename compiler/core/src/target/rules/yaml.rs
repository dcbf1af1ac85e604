//! A light reader of YAML as writers of manifests leave it: what stands where, without a tree. It reads blocks, flows and
//! scalars; what spans lines otherwise (a plain text over two lines) it passes over.

use std::borrow::Cow;
use std::collections::BTreeSet;

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::target) enum Step<'t> {
    Key(&'t str),
    Item,
}

/// A step, and a number that no other step of the document has.
#[derive(Clone, Copy, Debug)]
pub(in crate::target) struct Place<'t> {
    pub step: Step<'t>,
    pub id: u32,
}

/// A scalar as it stands there.
#[derive(Clone, Copy, Debug)]
pub(in crate::target) enum Scalar<'t> {
    Plain(&'t str),
    Single(&'t str),
    Double(&'t str),
    /// A literal text of so many bytes.
    Block(usize),
}

impl<'t> Scalar<'t> {
    /// The text; none of one that spans lines.
    pub fn text(self) -> Option<Cow<'t, str>> {
        match self {
            Scalar::Plain(text) => Some(text.into()),
            Scalar::Single(text) if text.contains('\'') => Some(text.replace("''", "'").into()),
            Scalar::Double(text) if text.contains('\\') => {
                serde_json::from_str::<String>(&format!("\"{text}\"")).ok().map(Cow::Owned)
            }
            Scalar::Single(text) | Scalar::Double(text) => Some(text.into()),
            Scalar::Block(_) => None,
        }
    }

    /// How many bytes it has.
    pub fn bytes(self) -> usize {
        if let Scalar::Block(bytes) = self { bytes } else { self.text().map_or(0, |text| text.len()) }
    }
}

/// Who is told of what stands there, document by document.
pub(in crate::target) trait Visit<'t> {
    /// A key or an item, with its scalar if it is one.
    fn node(&mut self, path: &[Place<'t>], value: Option<Scalar<'t>>);
    /// A key that stands twice in its map.
    fn twice(&mut self, path: &[Place<'t>]);
    /// A document ends.
    fn end(&mut self);
}

/// A map or a list that is open.
#[derive(Debug)]
struct Open<'t> {
    column: usize,
    list: bool,
    /// Its keys are those in `seen` from here on.
    from: usize,
    /// Its keys once there are many.
    many: Option<BTreeSet<&'t str>>,
}

/// Up to so many keys are looked through one by one.
const FEW: usize = 24;
/// Deepest nesting of flows.
const DEPTH: usize = 64;
/// The column of what stands in a flow.
const FLOW: usize = usize::MAX;

struct Reader<'t, 'v, V> {
    path: Vec<Place<'t>>,
    open: Vec<Open<'t>>,
    seen: Vec<&'t str>,
    ids: u32,
    literal: Option<Literal>,
    visit: &'v mut V,
}

/// A literal text that is being read.
struct Literal {
    column: usize,
    indent: Option<usize>,
    bytes: usize,
}

/// Reads a text and tells of everything in it.
pub(in crate::target) fn read<'t, V: Visit<'t>>(text: &'t str, visit: &mut V) {
    let mut reader = Reader { path: vec![], open: vec![], seen: vec![], ids: 0, literal: None, visit };
    let mut from = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        reader.line(&text[from..end]);
        from = end + 1;
    }
    reader.line(&text[from..]);
    reader.end();
}

impl<'t, V: Visit<'t>> Reader<'t, '_, V> {
    fn line(&mut self, line: &'t str) {
        let rest = line.trim_start_matches(' ');
        let column = line.len() - rest.len();
        let rest = rest.trim_end();
        if self.in_literal(line, column, rest.is_empty()) {
            return;
        }
        if rest.is_empty() || rest.starts_with('#') {
            return;
        }
        if column == 0 && rest.starts_with("---") {
            return self.end();
        }
        self.block(rest, column);
    }

    fn in_literal(&mut self, line: &str, column: usize, blank: bool) -> bool {
        let Some(literal) = &mut self.literal else { return false };
        if blank {
            literal.bytes += 1;
            return true;
        }
        if column > literal.column {
            let indent = *literal.indent.get_or_insert(column);
            literal.bytes += line.len().saturating_sub(indent) + 1;
            return true;
        }
        self.end_literal();
        false
    }

    fn end_literal(&mut self) {
        if let Some(literal) = self.literal.take() {
            self.visit.node(&self.path, Some(Scalar::Block(literal.bytes)));
        }
    }

    fn end(&mut self) {
        self.end_literal();
        self.open.clear();
        self.path.clear();
        self.seen.clear();
        self.visit.end();
    }

    fn block(&mut self, mut rest: &'t str, mut column: usize) {
        let mut dash = None;
        while let Some(inner) =
            rest.strip_prefix('-').filter(|inner| inner.is_empty() || inner.starts_with(' '))
        {
            if dash.is_some() {
                self.visit.node(&self.path, None);
            }
            self.item(column);
            dash = Some(column);
            let next = inner.trim_start_matches(' ');
            column += rest.len() - next.len();
            rest = next;
        }
        match (key(rest), dash) {
            (Some((key, value)), dash) => {
                if dash.is_some() {
                    self.visit.node(&self.path, None);
                }
                self.key(key, column);
                self.value(value, column);
            }
            (None, Some(dash)) => self.value(rest, dash),
            // A whole document in a flow; anything else is the second line of a text.
            (None, None) if self.open.is_empty() && rest.starts_with(['{', '[']) => {
                let _ = self.flow(rest, DEPTH);
            }
            (None, None) => {}
        }
    }

    /// Closes what ends before a column.
    fn reach(&mut self, column: usize, dash: bool) {
        while let Some(top) = self.open.last() {
            if top.column < column || top.column == column && (dash || !top.list) {
                break;
            }
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(top) = self.open.pop() {
            self.seen.truncate(top.from);
            self.path.pop();
        }
    }

    fn begin(&mut self, column: usize, list: bool) {
        self.open.push(Open { column, list, from: self.seen.len(), many: None });
        self.path.push(Place { step: Step::Item, id: 0 });
    }

    fn step(&mut self, step: Step<'t>) {
        self.ids += 1;
        if let Some(last) = self.path.last_mut() {
            *last = Place { step, id: self.ids };
        }
    }

    fn item(&mut self, column: usize) {
        self.reach(column, true);
        if !self.open.last().is_some_and(|top| top.list && top.column == column) {
            self.begin(column, true);
        }
        self.step(Step::Item);
    }

    fn key(&mut self, key: &'t str, column: usize) {
        self.reach(column, false);
        if !self.open.last().is_some_and(|top| !top.list && top.column == column) {
            self.begin(column, false);
        }
        self.next_key(key);
    }

    fn next_key(&mut self, key: &'t str) {
        self.step(Step::Key(key));
        let Some(top) = self.open.last_mut() else { return };
        let own = &self.seen[top.from..];
        if top.many.is_none() && own.len() >= FEW {
            top.many = Some(own.iter().copied().collect());
        }
        let twice = match &mut top.many {
            Some(many) => !many.insert(key),
            None => own.contains(&key),
        };
        self.seen.push(key);
        if twice {
            self.visit.twice(&self.path);
        }
    }

    fn value(&mut self, text: &'t str, column: usize) {
        let mut text = text.trim_start();
        while text.starts_with(['&', '!']) {
            text = text.split_once(' ').map_or("", |(_, rest)| rest).trim_start();
        }
        match text.bytes().next() {
            None | Some(b'#' | b'*') => self.visit.node(&self.path, None),
            Some(b'|' | b'>') => self.literal = Some(Literal { column, indent: None, bytes: 0 }),
            Some(b'{' | b'[') => {
                let _ = self.flow(text, DEPTH);
            }
            Some(quote @ (b'"' | b'\'')) => {
                let value = quoted(text, quote).map(|(value, _)| value);
                self.visit.node(&self.path, value);
            }
            Some(_) => {
                let mut marks = memchr::memchr_iter(b'#', text.as_bytes());
                let comment = marks.find(|&at| text[..at].ends_with(' ')).unwrap_or(text.len());
                let plain = text[..comment].trim_end();
                self.visit.node(&self.path, Some(Scalar::Plain(plain)));
            }
        }
    }

    /// A value in a flow; what is left behind it.
    fn flow(&mut self, text: &'t str, depth: usize) -> Option<&'t str> {
        let text = text.trim_start();
        match text.bytes().next()? {
            open @ (b'{' | b'[') if depth > 0 => self.collection(&text[1..], open == b'[', depth - 1),
            quote @ (b'"' | b'\'') => {
                let (value, rest) = quoted(text, quote)?;
                self.visit.node(&self.path, Some(value));
                Some(rest)
            }
            _ => {
                let end = text.find([',', '}', ']']).unwrap_or(text.len());
                let plain = text[..end].trim();
                self.visit.node(&self.path, (!plain.is_empty()).then_some(Scalar::Plain(plain)));
                Some(&text[end..])
            }
        }
    }

    fn collection(&mut self, text: &'t str, list: bool, depth: usize) -> Option<&'t str> {
        self.visit.node(&self.path, None);
        self.begin(FLOW, list);
        let mut rest = text.trim_start();
        let end = if list { ']' } else { '}' };
        while !rest.starts_with(end) {
            rest = if list {
                self.step(Step::Item);
                self.flow(rest, depth)?
            } else {
                let (key, value) = flow_key(rest)?;
                self.next_key(key);
                self.flow(value, depth)?
            };
            rest = rest.trim_start();
            rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
            if rest.is_empty() {
                break;
            }
        }
        self.close();
        rest.get(1..)
    }
}

/// A quoted scalar at the beginning of a text, and what is behind it.
fn quoted(text: &str, quote: u8) -> Option<(Scalar<'_>, &str)> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 1,
            byte if byte == quote => {
                let inner = &text[1..at];
                let value = if quote == b'"' { Scalar::Double(inner) } else { Scalar::Single(inner) };
                return Some((value, &text[at + 1..]));
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The key that a line begins with, and what is behind its colon.
fn key(text: &str) -> Option<(&str, &str)> {
    match text.bytes().next()? {
        b'{' | b'[' => None,
        quote @ (b'"' | b'\'') => {
            let (value, rest) = quoted(text, quote)?;
            let rest = rest.strip_prefix(':')?;
            let (Scalar::Double(key) | Scalar::Single(key)) = value else { return None };
            (rest.is_empty() || rest.starts_with(' ')).then_some((key, rest))
        }
        _ => {
            let bytes = text.as_bytes();
            let mut colons = memchr::memchr_iter(b':', bytes);
            match colons.find(|&at| bytes.get(at + 1) == Some(&b' ')) {
                Some(at) => Some((&text[..at], &text[at + 2..])),
                None => Some((text.strip_suffix(':')?, "")),
            }
        }
    }
}

fn flow_key(text: &str) -> Option<(&str, &str)> {
    if let Some(quote) = text.bytes().next().filter(|byte| matches!(byte, b'"' | b'\'')) {
        let (value, rest) = quoted(text, quote)?;
        let (Scalar::Double(key) | Scalar::Single(key)) = value else { return None };
        return Some((key, rest.trim_start().strip_prefix(':')?));
    }
    let end = text.find([':', ',', '}'])?;
    let (key, rest) = text.split_at(end);
    Some((key.trim(), rest.strip_prefix(':').unwrap_or(rest)))
}

#[cfg(test)]
mod tests;
