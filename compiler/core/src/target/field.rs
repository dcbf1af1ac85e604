//! One field of a struct as a template value: what a condition asks of a node must not cost the whole node.

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;
use serde::de::value::Error;
use serde::ser::{Error as _, Impossible, SerializeStruct, Serializer};

/// A struct of the model, field by field.
pub trait Fields: Sync {
    /// The value of a field and its name; none if there is no such field.
    fn field(&self, name: &str) -> Option<(&'static str, Value)>;

    /// All fields, as a map.
    fn whole(&self) -> Value;
}

impl<T: Serialize + Sync> Fields for T {
    fn field(&self, name: &str) -> Option<(&'static str, Value)> {
        self.serialize(Pick { name, found: None }).ok().flatten()
    }

    fn whole(&self) -> Value {
        Value::from(Serde(self))
    }
}

/// A serializer that takes structs only, and of these one field.
struct Pick<'n> {
    name: &'n str,
    found: Option<(&'static str, Value)>,
}

type Found = Option<(&'static str, Value)>;
type Never = Impossible<Found, Error>;

impl SerializeStruct for Pick<'_> {
    type Ok = Found;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        if name == self.name {
            self.found = Some((name, Value::from(Serde(value))));
        }
        Ok(())
    }

    fn end(self) -> Result<Found, Error> {
        Ok(self.found)
    }
}

/// What a node of the model is not.
fn other<T>() -> Result<T, Error> {
    Err(Error::custom("not a struct"))
}

impl Serializer for Pick<'_> {
    type Ok = Found;
    type Error = Error;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Self;
    type SerializeStructVariant = Never;

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_bool(self, _: bool) -> Result<Found, Error> {
        other()
    }

    fn serialize_i8(self, _: i8) -> Result<Found, Error> {
        other()
    }

    fn serialize_i16(self, _: i16) -> Result<Found, Error> {
        other()
    }

    fn serialize_i32(self, _: i32) -> Result<Found, Error> {
        other()
    }

    fn serialize_i64(self, _: i64) -> Result<Found, Error> {
        other()
    }

    fn serialize_u8(self, _: u8) -> Result<Found, Error> {
        other()
    }

    fn serialize_u16(self, _: u16) -> Result<Found, Error> {
        other()
    }

    fn serialize_u32(self, _: u32) -> Result<Found, Error> {
        other()
    }

    fn serialize_u64(self, _: u64) -> Result<Found, Error> {
        other()
    }

    fn serialize_f32(self, _: f32) -> Result<Found, Error> {
        other()
    }

    fn serialize_f64(self, _: f64) -> Result<Found, Error> {
        other()
    }

    fn serialize_char(self, _: char) -> Result<Found, Error> {
        other()
    }

    fn serialize_str(self, _: &str) -> Result<Found, Error> {
        other()
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Found, Error> {
        other()
    }

    fn serialize_none(self) -> Result<Found, Error> {
        other()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<Found, Error> {
        other()
    }

    fn serialize_unit(self) -> Result<Found, Error> {
        other()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Found, Error> {
        other()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<Found, Error> {
        other()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<Found, Error> {
        other()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Found, Error> {
        other()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Never, Error> {
        other()
    }

    fn serialize_tuple(self, _: usize) -> Result<Never, Error> {
        other()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never, Error> {
        other()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Error> {
        other()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Never, Error> {
        other()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Error> {
        other()
    }
}
