//! JSON as an Avro schema. What the Java parser of Avro 1.12 takes is taken: names may be used before they are defined,
//! a name may be defined twice if both say the same.

mod check;
mod names;

use super::schema::{Field, Id, Named, Node, PRIMITIVES, Schema, Shape};
use crate::value::{Data, Value};
use bastide_report::finding::Finding;
use bastide_report::source::Span;
use names::Names;

/// Deepest nesting of types that is read.
const DEEPEST: usize = 200;

/// Reads the roots of one side, each with its path, into one schema: they may name each other's types.
pub(super) fn read<'v>(roots: Vec<(String, &'v Value<'v>)>, findings: &mut Vec<Finding>) -> Schema<'v> {
    let mut reader = Reader { schema: Schema::default(), names: Names::default(), findings, depth: 0 };
    for (path, value) in roots {
        if let Some(id) = reader.typ(value, "") {
            reader.schema.roots.push((path, id));
        }
    }
    let Reader { mut schema, names, .. } = reader;
    names.resolve(&mut schema, findings);
    check::check(&schema, findings);
    schema
}

struct Reader<'v, 'f> {
    schema: Schema<'v>,
    names: Names<'v>,
    findings: &'f mut Vec<Finding>,
    depth: usize,
}

/// A fault of a schema at a place.
fn fault(at: Span, message: impl Into<String>, label: &str, help: impl Into<String>) -> Finding {
    Finding::new("contract-syntax", message).label(at, label).help(help)
}

impl<'v> Reader<'v, '_> {
    /// A type in a namespace. `None` where it cannot be read; why is among the findings.
    fn typ(&mut self, value: &'v Value<'v>, space: &str) -> Option<Id> {
        if self.depth == DEEPEST {
            let message = format!("types are nested more than {DEEPEST} deep");
            self.findings.push(fault(
                value.span,
                message,
                "reading stops here",
                "give the inner types names",
            ));
            return None;
        }
        self.depth += 1;
        let id = match &value.data {
            Data::Text(name) => self.word(value, name, space),
            Data::List(branches) => self.union(value, branches, space),
            Data::Map(_) => self.object(value, space),
            _ => self.no(
                value.span,
                "a type is a name, a list or an object",
                "write a type, such as `\"string\"`",
            ),
        };
        self.depth -= 1;
        id
    }

    fn push(&mut self, value: &'v Value<'v>, shape: Shape<'v>, named: Option<Named<'v>>) -> Option<Id> {
        self.schema.nodes.push(Node { at: value.span, shape, named, written: value });
        Some(self.schema.nodes.len() - 1)
    }

    fn no<T>(&mut self, at: Span, message: impl Into<String>, help: impl Into<String>) -> Option<T> {
        self.findings.push(fault(at, message, "not a schema", help));
        None
    }

    fn word(&mut self, value: &'v Value<'v>, name: &'v str, space: &str) -> Option<Id> {
        match primitive(name) {
            Some(word) => self.push(value, Shape::Primitive(word), None),
            None => self.push(value, Shape::Reference(names::full(name, space), None), None),
        }
    }

    fn union(&mut self, value: &'v Value<'v>, branches: &'v [Value<'v>], space: &str) -> Option<Id> {
        let read: Vec<Option<Id>> = branches.iter().map(|branch| self.typ(branch, space)).collect();
        let branches = read.into_iter().collect::<Option<_>>()?;
        self.push(value, Shape::Union(branches), None)
    }

    fn object(&mut self, value: &'v Value<'v>, space: &str) -> Option<Id> {
        let Some(word) = value.text_at("type") else {
            return self.no(
                value.span,
                "the object has no `type`",
                "say `\"type\": \"record\"` or another kind",
            );
        };
        match word {
            "record" | "error" => self.record(value, space),
            "enum" => self.enumeration(value, space),
            "fixed" => self.fixed(value, space),
            "array" => {
                let items = self.part(value, "items", space)?;
                self.push(value, Shape::Array(items), None)
            }
            "map" => {
                let values = self.part(value, "values", space)?;
                self.push(value, Shape::Map(values), None)
            }
            name => self.word(value, name, space),
        }
    }

    fn part(&mut self, value: &'v Value<'v>, key: &str, space: &str) -> Option<Id> {
        match value.get(key) {
            Some(part) => self.typ(part, space),
            None => self.no(value.span, format!("`{key}` is missing"), format!("say the type of the {key}")),
        }
    }

    fn fixed(&mut self, value: &'v Value<'v>, space: &str) -> Option<Id> {
        let named = self.named(value, space)?;
        let size = value.get("size").and_then(|size| match &size.data {
            Data::Number(digits) => digits.parse::<i32>().ok().filter(|size| *size >= 0),
            _ => None,
        });
        let Some(size) = size else {
            return self.no(value.span, "`size` is no number of bytes", "write `\"size\": 16`");
        };
        self.define(value, Shape::Fixed(size.into()), named)
    }

    fn enumeration(&mut self, value: &'v Value<'v>, space: &str) -> Option<Id> {
        let named = self.named(value, space)?;
        let Some(Value { data: Data::List(words), .. }) = value.get("symbols") else {
            return self.no(
                value.span,
                "the enum has no list of `symbols`",
                "write `\"symbols\": [\"NEW\"]`",
            );
        };
        let mut symbols: Vec<&'v str> = vec![];
        for word in words {
            let symbol = word.text().unwrap_or_default();
            if !names::fit(symbol) {
                return self.no(
                    word.span,
                    format!("`{symbol}` is no name of a symbol"),
                    "use letters, digits and `_`",
                );
            }
            symbols.push(symbol);
        }
        let mut sorted = symbols.clone();
        sorted.sort_unstable();
        if let Some(twice) = sorted.windows(2).find(|pair| pair[0] == pair[1]) {
            return self.no(
                value.span,
                format!("the symbol `{}` stands twice", twice[0]),
                "remove one of them",
            );
        }
        let default = value.get("default").and_then(Value::text);
        if let Some(default) = default.filter(|default| sorted.binary_search(default).is_err()) {
            return self.no(
                value.span,
                format!("the default `{default}` is no symbol"),
                "name one of the symbols",
            );
        }
        self.define(value, Shape::Enum { symbols, default }, named)
    }

    fn record(&mut self, value: &'v Value<'v>, space: &str) -> Option<Id> {
        let named = self.named(value, space)?;
        let Some(Value { data: Data::List(written), .. }) = value.get("fields") else {
            return self.no(value.span, "the record has no list of `fields`", "write `\"fields\": []`");
        };
        let inner = named.full.rsplit_once('.').map_or("", |(space, _)| space).to_string();
        let full = named.full.clone();
        let id = self.push(value, Shape::Record(vec![]), Some(named))?;
        let twice = self.names.open(&full, id, value);
        self.findings.extend(twice);
        let read: Vec<Option<Field<'v>>> = written.iter().map(|field| self.field(field, &inner)).collect();
        self.names.close();
        let fields: Vec<Field<'v>> = read.into_iter().collect::<Option<_>>()?;
        let mut sorted: Vec<&Field<'v>> = fields.iter().collect();
        sorted.sort_by_key(|field| field.name);
        if let Some(twice) = sorted.windows(2).find(|pair| pair[0].name == pair[1].name) {
            let (at, name) = (twice[1].at, twice[1].name);
            return self.no(at, format!("the field `{name}` stands twice"), "remove one of them");
        }
        self.schema.nodes[id].shape = Shape::Record(fields);
        Some(id)
    }

    fn field(&mut self, value: &'v Value<'v>, space: &str) -> Option<Field<'v>> {
        let Some(name) = value.text_at("name").filter(|name| names::fit(name)) else {
            return self.no(value.span, "the field has no sound `name`", "use letters, digits and `_`");
        };
        let Some(typ) = value.get("type") else {
            return self.no(value.span, format!("the field `{name}` has no `type`"), "say its type");
        };
        if let Some(order) = value.get("order") {
            let known = ["ascending", "descending", "ignore"];
            if !order.text().is_some_and(|order| known.contains(&order.to_lowercase().as_str())) {
                return self.no(order.span, "no such `order`", "write `ascending`, `descending` or `ignore`");
            }
        }
        let aliases = self.aliases(value)?;
        let node = self.typ(typ, space)?;
        Some(Field { name, at: value.span, node, default: value.get("default"), aliases, written: value })
    }

    fn aliases(&mut self, value: &'v Value<'v>) -> Option<Vec<&'v str>> {
        let Some(aliases) = value.get("aliases") else { return Some(vec![]) };
        let read: Option<Vec<&'v str>> = aliases.items().iter().map(Value::text).collect();
        match read.filter(|_| matches!(aliases.data, Data::List(_))) {
            Some(read) => Some(read),
            None => self.no(aliases.span, "`aliases` is a list of names", "write `\"aliases\": [\"old\"]`"),
        }
    }

    fn named(&mut self, value: &'v Value<'v>, space: &str) -> Option<Named<'v>> {
        let space = value.text_at("namespace").unwrap_or(space);
        let Some(name) = value.text_at("name") else {
            return self.no(value.span, "the type has no `name`", "name it");
        };
        let full = names::full(name, space);
        let simple = name.rsplit('.').next().unwrap_or(name);
        if !full.split('.').all(names::fit) || primitive(&full).is_some() {
            return self.no(
                value.span,
                format!("`{full}` is no name of a type"),
                "use letters, digits and `_`",
            );
        }
        let own = full.rsplit_once('.').map_or("", |(space, _)| space);
        let aliases: Vec<String> = self.aliases(value)?.iter().map(|alias| names::full(alias, own)).collect();
        if let Some(alias) = aliases.iter().find(|alias| !alias.split('.').all(names::fit)) {
            return self.no(
                value.span,
                format!("the alias `{alias}` is no name"),
                "use letters, digits and `_`",
            );
        }
        Some(Named { simple, full, aliases })
    }

    fn define(&mut self, value: &'v Value<'v>, shape: Shape<'v>, named: Named<'v>) -> Option<Id> {
        let full = named.full.clone();
        let id = self.push(value, shape, Some(named))?;
        let twice = self.names.define(&full, id, value);
        self.findings.extend(twice);
        Some(id)
    }
}

fn primitive(word: &str) -> Option<&'static str> {
    PRIMITIVES.into_iter().find(|known| *known == word)
}
