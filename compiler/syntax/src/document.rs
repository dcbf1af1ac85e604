//! The document in flat arenas, and cheap handles into it.
//!
//! Nodes stand in the order of the text, parents before children; so do entries. A node's children start right
//! after it and end at its `subtree_end`; its entries end where those of the next node start. Strings are places in
//! the text; only those that differ from what is written (escapes, several lines) are kept, in one buffer.

use super::number::Number;
use bastide_report::source::{FileId, Span};

/// A parsed KDL document. It keeps places, not text: the text it was parsed from is handed to [`Document::nodes`].
#[derive(Debug)]
pub struct Document {
    /// The text this document was parsed from.
    pub file: FileId,
    pub(super) nodes: Vec<NodeRecord>,
    pub(super) entries: Vec<EntryRecord>,
    /// Type annotations, by the place of what they annotate.
    pub(super) types: Vec<TypeRecord>,
    pub(super) cooked: Cooked,
}

/// How a word is written, hence how its value is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As written.
    Bare,
    /// Between quotes, no escapes.
    Quoted,
    /// Between quotes and hashes, one line.
    Raw,
    /// In [`Cooked`].
    Cooked,
    Number,
    True,
    False,
    Null,
    /// A bare `true`, `null`, `nan`, …: a fault whose words depend on where it stands.
    Reserved,
}

/// A string, number or keyword as it stands in the text, without its type annotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub start: u32,
    pub end: u32,
    pub form: Form,
}

impl Word {
    /// Whether this is a string, written in any way.
    pub fn is_string(self) -> bool {
        matches!(self.form, Form::Bare | Form::Quoted | Form::Raw | Form::Cooked)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct NodeRecord {
    pub name: Word,
    pub typed: bool,
    /// Index of the first entry.
    pub entries: u32,
    /// Index one past the last descendant.
    pub subtree_end: u32,
    /// End of the last part that is kept.
    pub end: u32,
    /// Place of `{`, or [`NONE`].
    pub block: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct EntryRecord {
    /// For an argument, `name.start` is [`NONE`].
    pub name_start: u32,
    pub name_end: u32,
    pub value_start: u32,
    pub value_end: u32,
    pub name_form: Form,
    pub value_form: Form,
    pub typed: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct TypeRecord {
    /// Where the annotated name or value starts.
    pub owner: u32,
    /// Place of `(`.
    pub open: u32,
    pub name: Word,
}

/// No place, no index.
pub(super) const NONE: u32 = u32::MAX;

/// Values of strings that are not a slice of the text, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Cooked {
    pub values: String,
    /// Start of the string in the text, and its range in `values`.
    pub places: Vec<(u32, u32, u32)>,
}

impl Cooked {
    fn get(&self, start: u32) -> &str {
        let found = self.places.binary_search_by_key(&start, |place| place.0);
        let (_, from, to) = self.places[found.expect("each cooked word has been stored under its start")];
        &self.values[from as usize..to as usize]
    }
}

impl Document {
    pub(super) fn new(file: FileId, bytes: usize) -> Self {
        // Guesses from ordinary specs; what is not used is never touched.
        let (nodes, entries) = (Vec::with_capacity(bytes / 24), Vec::with_capacity(bytes / 16));
        Document { file, nodes, entries, types: vec![], cooked: Cooked::default() }
    }

    /// The top-level nodes in order. `text` must be the text the document was parsed from: places are cut out of it.
    pub fn nodes<'d>(&'d self, text: &'d str) -> Nodes<'d> {
        Nodes { document: self, text, at: 0, end: self.nodes.len() as u32 }
    }

    /// How many nodes there are, at all levels.
    pub fn len_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Bytes the document holds beside the text.
    pub fn heap_bytes(&self) -> usize {
        self.nodes.len() * size_of::<NodeRecord>()
            + self.entries.len() * size_of::<EntryRecord>()
            + self.types.len() * size_of::<TypeRecord>()
            + self.cooked.values.len()
            + self.cooked.places.len() * size_of::<(u32, u32, u32)>()
    }

    fn string<'d>(&'d self, text: &'d str, start: u32, end: u32, form: Form) -> &'d str {
        let written = &text[start as usize..end as usize];
        match form {
            Form::Quoted => &written[1..written.len() - 1],
            Form::Raw => {
                let hashes = written.bytes().take_while(|&byte| byte == b'#').count();
                &written[hashes + 1..written.len() - hashes - 1]
            }
            Form::Cooked => self.cooked.get(start),
            _ => written,
        }
    }

    fn type_of(&self, owner: u32) -> &TypeRecord {
        let found = self.types.binary_search_by_key(&owner, |record| record.owner);
        &self.types[found.expect("each typed record has stored its type under its start")]
    }

    fn type_name<'d>(&'d self, text: &'d str, owner: u32) -> &'d str {
        let name = self.type_of(owner).name;
        self.string(text, name.start, name.end, name.form)
    }

    fn span(&self, start: u32, end: u32) -> Span {
        Span { file: self.file, start, end }
    }
}

/// Sibling nodes in order.
#[derive(Clone, Copy, Debug)]
pub struct Nodes<'d> {
    document: &'d Document,
    text: &'d str,
    at: u32,
    end: u32,
}

impl<'d> Iterator for Nodes<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        if self.at >= self.end {
            return None;
        }
        let node = Node { document: self.document, text: self.text, index: self.at };
        self.at = node.record().subtree_end;
        Some(node)
    }
}

/// A node; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Node<'d> {
    document: &'d Document,
    text: &'d str,
    index: u32,
}

impl<'d> Node<'d> {
    fn record(self) -> &'d NodeRecord {
        &self.document.nodes[self.index as usize]
    }

    /// Its name.
    pub fn name(self) -> &'d str {
        let name = self.record().name;
        self.document.string(self.text, name.start, name.end, name.form)
    }

    /// Place of the name as written, with its quotes.
    pub fn name_span(self) -> Span {
        let name = self.record().name;
        self.document.span(name.start, name.end)
    }

    /// Place of the whole node: type annotation, name, entries and children.
    pub fn span(self) -> Span {
        let record = self.record();
        let start = match record.typed {
            true => self.document.type_of(record.name.start).open,
            false => record.name.start,
        };
        self.document.span(start, record.end)
    }

    /// The type annotation of the node.
    pub fn ty(self) -> Option<&'d str> {
        let record = self.record();
        record.typed.then(|| self.document.type_name(self.text, record.name.start))
    }

    /// Arguments and properties in the order of the text, repeated properties too.
    pub fn entries(self) -> Entries<'d> {
        let nodes = &self.document.nodes;
        let end = match nodes.get(self.index as usize + 1) {
            Some(next) => next.entries,
            None => self.document.entries.len() as u32,
        };
        Entries { document: self.document, text: self.text, at: self.record().entries, end }
    }

    /// The nodes of its children block.
    pub fn children(self) -> Nodes<'d> {
        Nodes { document: self.document, text: self.text, at: self.index + 1, end: self.record().subtree_end }
    }

    /// Whether a children block is written, be it empty.
    pub fn has_children_block(self) -> bool {
        self.record().block != NONE
    }

    /// Place of the children block with its braces.
    pub fn block_span(self) -> Option<Span> {
        let record = self.record();
        self.has_children_block().then(|| self.document.span(record.block, record.end))
    }
}

/// The arguments and properties of a node in order.
#[derive(Clone, Copy, Debug)]
pub struct Entries<'d> {
    document: &'d Document,
    text: &'d str,
    at: u32,
    end: u32,
}

impl<'d> Iterator for Entries<'d> {
    type Item = Entry<'d>;

    fn next(&mut self) -> Option<Entry<'d>> {
        if self.at >= self.end {
            return None;
        }
        let entry = Entry { document: self.document, text: self.text, index: self.at };
        self.at += 1;
        Some(entry)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.end - self.at) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Entries<'_> {}

/// An argument or a property; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'d> {
    document: &'d Document,
    text: &'d str,
    index: u32,
}

impl<'d> Entry<'d> {
    fn record(self) -> &'d EntryRecord {
        &self.document.entries[self.index as usize]
    }

    /// The name of a property; `None` for an argument.
    pub fn name(self) -> Option<&'d str> {
        let record = self.record();
        let string = || self.document.string(self.text, record.name_start, record.name_end, record.name_form);
        (record.name_start != NONE).then(string)
    }

    /// Place of the property's name as written, with its quotes.
    pub fn name_span(self) -> Option<Span> {
        let record = self.record();
        (record.name_start != NONE).then(|| self.document.span(record.name_start, record.name_end))
    }

    /// The value.
    pub fn value(self) -> Value<'d> {
        let record = self.record();
        let (start, end) = (record.value_start, record.value_end);
        match record.value_form {
            Form::Number => Value::Number(Number { text: &self.text[start as usize..end as usize] }),
            Form::True => Value::Bool(true),
            Form::False => Value::Bool(false),
            Form::Null => Value::Null,
            form => Value::Str(self.document.string(self.text, start, end, form)),
        }
    }

    /// Place of the value as written, with its quotes, without its type annotation.
    pub fn value_span(self) -> Span {
        let record = self.record();
        self.document.span(record.value_start, record.value_end)
    }

    /// Place of the whole entry: name, type annotation and value.
    pub fn span(self) -> Span {
        let record = self.record();
        let start = match (record.name_start, record.typed) {
            (NONE, true) => self.document.type_of(record.value_start).open,
            (NONE, false) => record.value_start,
            (name, _) => name,
        };
        self.document.span(start, record.value_end)
    }

    /// The type annotation of the value.
    pub fn ty(self) -> Option<&'d str> {
        let record = self.record();
        record.typed.then(|| self.document.type_name(self.text, record.value_start))
    }
}

/// A value as KDL knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'d> {
    /// A string, unescaped.
    Str(&'d str),
    /// A number.
    Number(Number<'d>),
    /// `#true` or `#false`.
    Bool(bool),
    /// `#null`.
    Null,
}
