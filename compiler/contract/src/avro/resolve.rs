//! Whether a reader can read what a writer wrote: Avro's schema resolution as Java's `SchemaCompatibility` (1.12) judges
//! it. Names are compared without their namespaces, aliases are the reader's, recursion holds until it is disproved.

use super::schema::{Field, Id, Node, Schema, Shape};
use bastide_report::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Deepest chain of types that is followed.
const DEEPEST: usize = 250;

/// Why a reader cannot read.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub kind: &'static str,
    /// Where, from the root.
    pub path: String,
    /// The reader's place, and what stands there.
    pub reader: (Span, String),
    /// The writer's place, and what stands there.
    pub writer: (Span, String),
    /// The fact; `reader` and `writer` in it are words.
    pub message: String,
}

/// The reading of one schema's data by another.
pub(super) struct Resolution<'s, 'v> {
    reader: &'s Schema<'v>,
    writer: &'s Schema<'v>,
    memo: BTreeMap<(Id, Id), Option<BTreeSet<usize>>>,
    faults: Vec<Fault>,
    depth: usize,
    /// Whether a chain of types was too long to be followed.
    pub cut: bool,
}

impl<'s, 'v> Resolution<'s, 'v> {
    /// Nothing looked at yet.
    pub(super) fn new(reader: &'s Schema<'v>, writer: &'s Schema<'v>) -> Resolution<'s, 'v> {
        Resolution { reader, writer, memo: BTreeMap::new(), faults: vec![], depth: 0, cut: false }
    }

    /// All that keeps the reader from reading; nothing if it can.
    pub(super) fn run(&mut self, reader: Id, writer: Id, path: &str) -> Vec<Fault> {
        let found = self.pair(reader, writer, path);
        found.into_iter().map(|at| self.faults[at].clone()).collect()
    }

    fn pair(&mut self, reader: Id, writer: Id, path: &str) -> BTreeSet<usize> {
        let (reader, writer) = (self.reader.id(reader), self.writer.id(writer));
        if let Some(known) = self.memo.get(&(reader, writer)) {
            return known.clone().unwrap_or_default();
        }
        if self.depth == DEEPEST {
            self.cut = true;
            return BTreeSet::new();
        }
        self.memo.insert((reader, writer), None);
        self.depth += 1;
        let found = self.judge(reader, writer, path);
        self.depth -= 1;
        self.memo.insert((reader, writer), Some(found.clone()));
        found
    }

    fn judge(&mut self, reader: Id, writer: Id, path: &str) -> BTreeSet<usize> {
        let (old, new) = (&self.writer.nodes[writer], &self.reader.nodes[reader]);
        match (&new.shape, &old.shape) {
            (Shape::Array(items), Shape::Array(others)) => self.pair(*items, *others, &format!("{path}[]")),
            (Shape::Map(values), Shape::Map(others)) => self.pair(*values, *others, &format!("{path}{{}}")),
            (Shape::Fixed(size), Shape::Fixed(other)) => {
                let mut found = self.names(new, old, path);
                if size != other {
                    let texts = (format!("size {size}"), format!("size {other}"));
                    let message = format!("`{path}` has {other} bytes where the reader takes {size}");
                    found.insert(self.fault(
                        "avro/fixed-size-mismatch",
                        path,
                        (new.at, old.at),
                        texts,
                        message,
                    ));
                }
                found
            }
            (Shape::Enum { symbols, default }, Shape::Enum { symbols: others, .. }) => {
                let mut found = self.names(new, old, path);
                let known: BTreeSet<&str> = symbols.iter().copied().collect();
                let lost: Vec<&str> =
                    others.iter().copied().filter(|symbol| !known.contains(symbol)).collect();
                if !lost.is_empty() && default.is_none() {
                    let lost = lost.join(", ");
                    let message = format!("`{path}` can be {lost}, which the reader does not know");
                    let texts = (symbols.join(", "), lost);
                    found.insert(self.fault(
                        "avro/missing-enum-symbols",
                        path,
                        (new.at, old.at),
                        texts,
                        message,
                    ));
                }
                found
            }
            (Shape::Record(fields), Shape::Record(others)) => {
                let mut found = self.names(new, old, path);
                found.extend(self.fields(fields, others, old, path));
                found
            }
            (_, Shape::Union(branches)) => self.each_branch(reader, writer, branches, path),
            (Shape::Union(branches), _) => self.some_branch(reader, branches, writer, path),
            (Shape::Primitive(word), Shape::Primitive(other)) if reads(word, other) => BTreeSet::new(),
            _ => {
                let texts = (self.reader.label(reader), self.writer.label(writer));
                let message = format!("`{path}` is written as `{}` and read as `{}`", texts.1, texts.0);
                BTreeSet::from([self.fault("avro/type-mismatch", path, (new.at, old.at), texts, message)])
            }
        }
    }

    /// Each branch the writer may choose must be readable.
    fn each_branch(&mut self, reader: Id, writer: Id, branches: &'s [Id], path: &str) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        let union = matches!(self.reader.nodes[reader].shape, Shape::Union(_));
        for branch in branches {
            let faults = self.pair(reader, *branch, path);
            if !union || faults.iter().all(|at| self.faults[*at].kind == "avro/missing-union-branch") {
                found.extend(faults);
            } else if !faults.is_empty() {
                found.insert(self.lacking(reader, *branch, self.writer.nodes[writer].at, path));
            }
        }
        found
    }

    /// One of the reader's branches must read it.
    fn some_branch(&mut self, union: Id, branches: &'s [Id], writer: Id, path: &str) -> BTreeSet<usize> {
        let candidates = branches.iter().filter(|branch| self.may_read(**branch, writer));
        let candidates: Vec<Id> = candidates.copied().collect();
        if candidates.into_iter().any(|branch| self.pair(branch, writer, path).is_empty()) {
            return BTreeSet::new();
        }
        let at = self.writer.nodes[writer].at;
        BTreeSet::from([self.lacking(union, writer, at, path)])
    }

    /// Whether two types are of one kind and name, so that looking into them is worth the while.
    fn may_read(&self, reader: Id, writer: Id) -> bool {
        let (new, old) = (self.reader.node(reader), &self.writer.nodes[writer]);
        let primitives = matches!((&new.shape, &old.shape), (Shape::Primitive(_), Shape::Primitive(_)));
        primitives || (new.shape.as_str() == old.shape.as_str() && same_name(new, old))
    }

    fn lacking(&mut self, union: Id, branch: Id, at: Span, path: &str) -> usize {
        let texts = (self.reader.label(union), self.writer.label(branch));
        let message = format!("`{path}` can be `{}`, which no branch of the reader takes", texts.1);
        let spans = (self.reader.nodes[union].at, at);
        self.fault("avro/missing-union-branch", path, spans, texts, message)
    }

    fn names(&mut self, reader: &Node<'_>, writer: &Node<'_>, path: &str) -> BTreeSet<usize> {
        let (Some(new), Some(old)) = (&reader.named, &writer.named) else { return BTreeSet::new() };
        if same_name(reader, writer) {
            return BTreeSet::new();
        }
        let message =
            format!("`{path}` is a `{}` to the writer and a `{}` to the reader", old.full, new.full);
        let texts = (new.full.clone(), old.full.clone());
        BTreeSet::from([self.fault("avro/name-mismatch", path, (reader.at, writer.at), texts, message)])
    }

    fn fields(
        &mut self,
        fields: &'s [Field<'v>],
        others: &'s [Field<'v>],
        writer: &Node<'_>,
        path: &str,
    ) -> BTreeSet<usize> {
        let known: BTreeMap<&str, &'s Field<'v>> = others.iter().map(|field| (field.name, field)).collect();
        let mut found = BTreeSet::new();
        for field in fields {
            let path = format!("{path}.{}", field.name);
            let names = std::iter::once(&field.name).chain(&field.aliases);
            let sources: Vec<&'s Field<'v>> = names.filter_map(|name| known.get(name).copied()).collect();
            match sources[..] {
                [] if field.default.is_some() => {}
                [] => {
                    let texts = (self.reader.label(field.node), String::new());
                    let message = format!("`{path}` is not written, and the reader has no default for it");
                    let spans = (field.at, writer.at);
                    found.insert(self.fault(
                        "avro/reader-field-missing-default",
                        &path,
                        spans,
                        texts,
                        message,
                    ));
                }
                [source] => found.extend(self.pair(field.node, source.node, &path)),
                [first, ..] => {
                    let texts = (field.name.to_string(), first.name.to_string());
                    let message = format!("`{path}` can be read from more than one field");
                    found.insert(self.fault(
                        "avro/reader-field-ambiguous",
                        &path,
                        (field.at, first.at),
                        texts,
                        message,
                    ));
                }
            }
        }
        found
    }

    fn fault(
        &mut self,
        kind: &'static str,
        path: &str,
        (reader, writer): (Span, Span),
        texts: (String, String),
        message: String,
    ) -> usize {
        let (reader, writer) = ((reader, texts.0), (writer, texts.1));
        self.faults.push(Fault { kind, path: path.into(), reader, writer, message });
        self.faults.len() - 1
    }
}

/// Whether the names of two types are the same to the reader; types without names are.
fn same_name(reader: &Node<'_>, writer: &Node<'_>) -> bool {
    match (&reader.named, &writer.named) {
        (Some(new), Some(old)) => new.simple == old.simple || new.aliases.contains(&old.full),
        _ => true,
    }
}

/// Whether a reader of one primitive reads another (Avro 1.12, schema resolution).
fn reads(reader: &str, writer: &str) -> bool {
    match reader {
        "long" => matches!(writer, "long" | "int"),
        "float" => matches!(writer, "float" | "int" | "long"),
        "double" => matches!(writer, "double" | "int" | "long" | "float"),
        "bytes" | "string" => matches!(writer, "bytes" | "string"),
        same => same == writer,
    }
}
