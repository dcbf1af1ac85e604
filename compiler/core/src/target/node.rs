//! Nodes and lists of them as template values: every field is made when it is first read, and kept as long as the node.

use super::context::{KINDS, Kind, Shared};
use super::field::Fields;
use super::names::Names;
use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};
use std::sync::{Arc, OnceLock};

/// Fields that are kept together. Lists are walked for one or two fields of each node, and a workload has 47: room for
/// all of them would cost such a walk more than the fields.
const CHUNK: usize = 8;
/// Chunks a node has room for. Fields behind them are made again whenever they are read; no kind has so many.
const CHUNKS: usize = 8;

type Chunk = Box<[OnceLock<Value>; CHUNK]>;

/// A node of the model or of a view.
#[derive(Debug)]
pub(super) struct Node {
    shared: Arc<Shared>,
    kind: Kind,
    at: usize,
    names: &'static Names,
    /// The field that was read first, and its place.
    first: OnceLock<(usize, Value)>,
    read: [OnceLock<Chunk>; CHUNKS],
}

/// The names of the fields of each kind: they follow from its struct, so they are learnt once.
static NAMES: [OnceLock<Names>; KINDS] = [const { OnceLock::new() }; KINDS];

impl Node {
    /// A node, if there is one.
    pub fn new(shared: &Arc<Shared>, kind: Kind, at: usize) -> Option<Node> {
        let fields = shared.node(kind, at)?;
        let names = NAMES[kind as usize].get_or_init(|| Names::new(fields.names()));
        let (first, read) = (OnceLock::new(), [const { OnceLock::new() }; CHUNKS]);
        Some(Node { shared: shared.clone(), kind, at, names, first, read })
    }

    /// The field at a place of its struct.
    fn field(&self, place: usize) -> Option<Value> {
        if self.first.get().is_none() {
            // Whoever else set it in the meantime read it first.
            let _ = self.first.set((place, self.make(place)?));
        }
        if let Some((first, value)) = self.first.get()
            && *first == place
        {
            return Some(value.clone());
        }
        let Some(chunk) = self.read.get(place / CHUNK) else { return self.make(place) };
        let chunk = chunk.get_or_init(|| Box::new([const { OnceLock::new() }; CHUNK]));
        let field = &chunk[place % CHUNK];
        match field.get() {
            Some(value) => Some(value.clone()),
            None => {
                let value = self.make(place)?;
                Some(field.get_or_init(|| value).clone())
            }
        }
    }

    fn make(&self, place: usize) -> Option<Value> {
        self.shared.node(self.kind, self.at).and_then(|node: &dyn Fields| node.field(place))
    }
}

impl Object for Node {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.field(self.names.place(key)?)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.names.all().iter().map(|name| Value::from(*name)).collect())
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.names.all().len())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }
}

/// A list of nodes, each made when it is asked for, by its number or by its name: `services["orders"]`.
#[derive(Debug)]
pub(super) struct List {
    shared: Arc<Shared>,
    kind: Kind,
}

impl List {
    /// The nodes of a kind.
    pub fn new(shared: &Arc<Shared>, kind: Kind) -> List {
        List { shared: shared.clone(), kind }
    }
}

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let at = match key.as_str() {
            Some(name) => self.shared.index.find(&self.shared, self.kind, name)?,
            None => key.as_usize()?,
        };
        self.shared.value(self.kind, at)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.shared.length(self.kind))
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.shared.length(self.kind))
    }
}

/// For each kind the numbers of its nodes in the order of their names, made when one is first asked for by name.
#[derive(Debug, Default)]
pub(super) struct Index([OnceLock<Vec<u32>>; KINDS]);

impl Index {
    /// The first node of a name.
    fn find(&self, shared: &Shared, kind: Kind, name: &str) -> Option<usize> {
        let known = |at: &u32| shared.name(kind, *at as usize);
        let sorted = self.0[kind as usize].get_or_init(|| {
            let mut all: Vec<u32> = (0..).take(shared.length(kind)).collect();
            all.sort_by_key(known);
            all
        });
        let first = sorted.partition_point(|at| known(at) < Some(name));
        sorted.get(first).filter(|at| known(at) == Some(name)).map(|at| *at as usize)
    }
}
