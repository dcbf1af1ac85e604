//! An Avro schema as nodes that refer to each other: a named type is one node however often it is named.

use crate::value::Value;
use bastide_report::source::Span;

/// Number of a node.
pub type Id = usize;

/// The types that have no parts.
pub const PRIMITIVES: [&str; 8] = ["boolean", "bytes", "double", "float", "int", "long", "null", "string"];

/// The name of a record, enum or fixed.
#[derive(Clone, Debug)]
pub struct Named<'v> {
    /// The last part.
    pub simple: &'v str,
    /// With its namespace.
    pub full: String,
    /// Other names, with their namespaces.
    pub aliases: Vec<String>,
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field<'v> {
    pub name: &'v str,
    /// Where it stands.
    pub at: Span,
    /// Its type.
    pub node: Id,
    /// What a reader takes if the data has no such field.
    pub default: Option<&'v Value<'v>>,
    /// Other names of it in the data.
    pub aliases: Vec<&'v str>,
    pub written: &'v Value<'v>,
}

/// What a node is.
#[derive(Clone, Debug)]
pub enum Shape<'v> {
    Primitive(&'static str),
    /// A list.
    Array(Id),
    /// A map from texts.
    Map(Id),
    /// One of several.
    Union(Vec<Id>),
    /// So many bytes.
    Fixed(i64),
    /// One of several words.
    Enum {
        /// The words.
        symbols: Vec<&'v str>,
        /// What a reader takes for words it does not know.
        default: Option<&'v str>,
    },
    /// Fields in order.
    Record(Vec<Field<'v>>),
    /// A named type, by name; and where it is defined once that is known.
    Reference(String, Option<Id>),
}

#[derive(Clone, Debug)]
pub struct Node<'v> {
    /// Where it stands.
    pub at: Span,
    /// What it is.
    pub shape: Shape<'v>,
    /// Its name, if it has one.
    pub named: Option<Named<'v>>,
    pub written: &'v Value<'v>,
}

/// The nodes of one side.
#[derive(Clone, Debug, Default)]
pub struct Schema<'v> {
    /// All nodes; names refer among them.
    pub nodes: Vec<Node<'v>>,
    /// Path of each contract file and its node, by path.
    pub roots: Vec<(String, Id)>,
}

impl<'v> Schema<'v> {
    /// The node, or for a name the node that defines it.
    pub fn id(&self, id: Id) -> Id {
        match self.nodes[id].shape {
            Shape::Reference(_, Some(target)) => target,
            _ => id,
        }
    }

    /// The node under a number, names followed.
    pub fn node(&self, id: Id) -> &Node<'v> {
        &self.nodes[self.id(id)]
    }

    /// The kind of a node, as schemas write it; for named types their name.
    pub fn label(&self, id: Id) -> String {
        let node = self.node(id);
        match (&node.shape, &node.named) {
            (Shape::Union(branches), _) => {
                let branches: Vec<String> =
                    branches.iter().take(6).map(|branch| self.label(*branch)).collect();
                format!("[{}]", branches.join(", "))
            }
            (_, Some(named)) => named.full.clone(),
            (shape, None) => shape.as_str().into(),
        }
    }
}

impl Shape<'_> {
    /// The word of the schema language for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Shape::Primitive(word) => word,
            Shape::Array(_) => "array",
            Shape::Map(_) => "map",
            Shape::Union(_) => "union",
            Shape::Fixed(_) => "fixed",
            Shape::Enum { .. } => "enum",
            Shape::Record(_) => "record",
            Shape::Reference(..) => "name",
        }
    }
}
