//! One field of a struct as a template value: what a condition asks of a node must not cost the whole node.

use super::value;
use minijinja::Value;
use serde::Serialize;
use serde::de::value::Error;
use serde::ser::{Error as _, Impossible, SerializeStruct, Serializer};

/// A struct of the model, field by field.
pub trait Fields: Sync {
    /// The names of its fields, in their order.
    fn names(&self) -> Vec<&'static str>;

    /// The value of the field at a place in that order; none behind the last.
    fn field(&self, place: usize) -> Option<Value>;
}

impl<T: Serialize + Sync> Fields for T {
    fn names(&self) -> Vec<&'static str> {
        self.serialize(Walk(Names(vec![]))).map_or_else(|_| vec![], |names| names.0)
    }

    fn field(&self, place: usize) -> Option<Value> {
        self.serialize(Walk(Pick { left: place, found: None })).ok()?.found
    }
}

/// What is asked of the fields of a struct.
trait Ask {
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T);
}

/// All names.
struct Names(Vec<&'static str>);

impl Ask for Names {
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, _: &T) {
        self.0.push(name);
    }
}

/// One value, so many fields ahead. Counting costs a tenth of comparing names: a workload has 47 fields.
struct Pick {
    left: usize,
    found: Option<Value>,
}

impl Ask for Pick {
    #[inline(always)]
    fn field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) {
        if self.left == 0 {
            self.found = Some(value::of(value));
        }
        self.left = self.left.wrapping_sub(1);
    }
}

/// A serializer that takes structs only.
struct Walk<A>(A);

type Never<A> = Impossible<A, Error>;

impl<A: Ask> SerializeStruct for Walk<A> {
    type Ok = A;
    type Error = Error;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.0.field(name, value);
        Ok(())
    }

    fn end(self) -> Result<A, Error> {
        Ok(self.0)
    }
}

/// What a node of the model is not.
fn other<T>() -> Result<T, Error> {
    Err(Error::custom("not a struct"))
}

impl<A: Ask> Serializer for Walk<A> {
    type Ok = A;
    type Error = Error;
    type SerializeSeq = Never<A>;
    type SerializeTuple = Never<A>;
    type SerializeTupleStruct = Never<A>;
    type SerializeTupleVariant = Never<A>;
    type SerializeMap = Never<A>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Never<A>;

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_bool(self, _: bool) -> Result<A, Error> {
        other()
    }

    fn serialize_i8(self, _: i8) -> Result<A, Error> {
        other()
    }

    fn serialize_i16(self, _: i16) -> Result<A, Error> {
        other()
    }

    fn serialize_i32(self, _: i32) -> Result<A, Error> {
        other()
    }

    fn serialize_i64(self, _: i64) -> Result<A, Error> {
        other()
    }

    fn serialize_u8(self, _: u8) -> Result<A, Error> {
        other()
    }

    fn serialize_u16(self, _: u16) -> Result<A, Error> {
        other()
    }

    fn serialize_u32(self, _: u32) -> Result<A, Error> {
        other()
    }

    fn serialize_u64(self, _: u64) -> Result<A, Error> {
        other()
    }

    fn serialize_f32(self, _: f32) -> Result<A, Error> {
        other()
    }

    fn serialize_f64(self, _: f64) -> Result<A, Error> {
        other()
    }

    fn serialize_char(self, _: char) -> Result<A, Error> {
        other()
    }

    fn serialize_str(self, _: &str) -> Result<A, Error> {
        other()
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<A, Error> {
        other()
    }

    fn serialize_none(self) -> Result<A, Error> {
        other()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<A, Error> {
        other()
    }

    fn serialize_unit(self) -> Result<A, Error> {
        other()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<A, Error> {
        other()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<A, Error> {
        other()
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<A, Error> {
        other()
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<A, Error> {
        other()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Never<A>, Error> {
        other()
    }

    fn serialize_tuple(self, _: usize) -> Result<Never<A>, Error> {
        other()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never<A>, Error> {
        other()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never<A>, Error> {
        other()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Never<A>, Error> {
        other()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never<A>, Error> {
        other()
    }
}
