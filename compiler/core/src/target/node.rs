//! A node of the model as templates see it: each field becomes a template value when it is first asked for. A template asks
//! for a few of the many a node has, and a condition for one.

use super::context::{Kind, Shared};
use minijinja::Value;
use minijinja::value::{Enumerator, Object, Serde};
use serde::ser::{Impossible, Serialize, SerializeStruct, Serializer};
use std::fmt::Error;
use std::sync::{Arc, OnceLock};

/// A node: a map of its fields.
#[derive(Debug)]
pub(super) struct Node {
    shared: Arc<Shared>,
    kind: Kind,
    at: usize,
    fields: OnceLock<Vec<Field>>,
}

#[derive(Debug)]
struct Field {
    name: &'static str,
    value: OnceLock<Value>,
}

impl Node {
    /// The node of a kind with this number, or the only one.
    pub fn value(shared: &Arc<Shared>, kind: Kind, at: usize) -> Value {
        Value::from_object(Node { shared: shared.clone(), kind, at, fields: OnceLock::new() })
    }

    fn fields(&self) -> &[Field] {
        self.fields.get_or_init(|| {
            let field = |name| Field { name, value: OnceLock::new() };
            self.read(None).names.into_iter().map(field).collect()
        })
    }

    /// Reads the names of all fields, or the value of the one with this number.
    fn read(&self, asked: Option<usize>) -> Reader {
        let mut reader = Reader { asked, passed: 0, names: vec![], found: Value::UNDEFINED };
        // What is no struct has no fields, and what is found ends the reading.
        let _ = self.shared.serialize(self.kind, self.at, &mut reader);
        reader
    }
}

impl Object for Node {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let fields = self.fields();
        let at = fields.iter().position(|field| field.name == key)?;
        Some(fields[at].value.get_or_init(|| self.read(Some(at)).found).clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.fields().iter().map(|field| Value::from(field.name)).collect())
    }
}

/// Takes from a struct what is asked for, and writes nothing.
struct Reader {
    asked: Option<usize>,
    /// How many fields were passed.
    passed: usize,
    names: Vec<&'static str>,
    found: Value,
}

impl SerializeStruct for &mut Reader {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        match self.asked {
            None => self.names.push(name),
            Some(asked) if asked == self.passed => {
                self.found = Value::from(Serde(value));
                // Nobody asks for those behind it.
                return Err(Error);
            }
            Some(_) => {}
        }
        self.passed += 1;
        Ok(())
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

/// What is no struct has no fields to read.
macro_rules! no_fields {
    ($($method:ident($($arg:ty),*) -> $to:ty;)*) => {
        $(fn $method(self, $(_: $arg),*) -> Result<$to, Error> { Err(Error) })*
    };
}

/// What no node is.
type Nothing = Impossible<(), Error>;

impl Serializer for &mut Reader {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Nothing;
    type SerializeTuple = Nothing;
    type SerializeTupleStruct = Nothing;
    type SerializeTupleVariant = Nothing;
    type SerializeMap = Nothing;
    type SerializeStruct = Self;
    type SerializeStructVariant = Nothing;

    fn serialize_struct(self, _: &'static str, fields: usize) -> Result<Self, Error> {
        if self.asked.is_none() {
            self.names.reserve(fields);
        }
        Ok(self)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Error> {
        Err(Error)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<(), Error> {
        Err(Error)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        Err(Error)
    }

    no_fields! {
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Nothing;
        serialize_tuple(usize) -> Nothing;
        serialize_tuple_struct(&'static str, usize) -> Nothing;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Nothing;
        serialize_map(Option<usize>) -> Nothing;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Nothing;
    }
}

#[cfg(test)]
mod tests {
    use super::super::context::{Environments, LISTS, SINGLE, Ways};
    use super::*;
    use crate::resolve::{Inputs, Keep, resolve};
    use crate::spec::{self, Spec};
    use crate::view::Views;
    use bastide_report::finding::Report;
    use bastide_report::source::{Role, Sources};

    const SPEC: &str = r#"
        app "shop" version="1.0.0"
        environment "prod" platform="kubernetes"
        delivery { ci "github" }
        resource "db" type="postgres" version="16"
        resource "events" type="kafka" version="4.1"
        topic "placed" on="events"
        external "bank" url="https://bank.example"
        service "orders" {
            image "x/orders:1"
            api "orders" port=8080 { version "1.2.0"; version "2.0.0" }
            env { URL "${db.url}" }
            uses "db"
            calls "bank"
            publishes "placed"
            slo availability="99.9%" window="30d"
            job "migrate" { run "before-start"; command "x" }
        }
        service "mails" { image "x/mails:1"; subscribes "placed" idempotent-by="id" }
        gateway "public" { host "shop.example"; route "/orders" to="orders" }
        saga "checkout" { step "pay" service="orders"; step "mail" service="mails" }
    "#;

    fn shared() -> Arc<Shared> {
        let (mut sources, mut spec, mut report) = (Sources::default(), Spec::default(), Report::default());
        let texts = [
            (include_str!("../../../../stdlib/defaults.kdl"), Role::Stdlib),
            (include_str!("../../../../stdlib/postgres.kdl"), Role::Stdlib),
            (include_str!("../../../../stdlib/kafka.kdl"), Role::Stdlib),
            (SPEC, Role::Spec),
        ];
        for (text, role) in texts {
            let file = sources.add("x.kdl", text, role);
            let document = bastide_syntax::parse(file, text, &mut report);
            spec::read(&mut spec, sources.get(file), &document, &mut report);
        }
        let model = resolve(spec, "prod", &Inputs::default(), Keep::Said, &mut report).expect("a model");
        let views = Views::of(&model);
        Shared::new(model, views, Environments::default(), &Ways::default())
    }

    /// A field that was not found, or found under another name or in another order, would change what is written.
    #[test]
    #[allow(clippy::print_stdout, reason = "the test says how many it tried")]
    fn field_by_field_a_node_is_what_it_is_as_a_whole() {
        let shared = shared();
        let (mut nodes, mut fields) = (0, 0);
        let lists = LISTS.iter().map(|(_, each, kind)| (*each, *kind));
        for (each, kind) in lists.chain(SINGLE) {
            let count = shared.count(each);
            for at in 0..count {
                let mut whole = vec![];
                shared.serialize(kind, at, &mut serde_json::Serializer::new(&mut whole)).expect("a node");
                let node = Node::value(&shared, kind, at);
                let own = serde_json::to_string(&node).expect("a map");
                assert_eq!(own, String::from_utf8(whole).expect("a text"), "{each} {at}");
                assert!(node.get_attr("no such field").expect("a map").is_undefined());
                (nodes, fields) = (nodes + 1, fields + node.len().unwrap_or(0));
            }
        }
        assert!(nodes > 20 && fields > 300, "{fields} fields of {nodes} nodes");
        println!("{fields} fields of {nodes} nodes");
    }
}
