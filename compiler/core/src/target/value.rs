//! What a field holds as a template value: as minijinja's own serializer makes it, with less memory. Most lists of a
//! model are empty and share one value; maps of a model are sorted and need no hashes.

use super::object::{Map, Struct, empty};
use minijinja::value::Tuple;
use minijinja::{Error, ErrorKind, Value};
use serde::Serialize;
use serde::de::value::Error as Fault;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};

/// A part of the model as a template value.
pub(super) fn of<T: Serialize + ?Sized>(it: &T) -> Value {
    match it.serialize(Make) {
        Ok(value) => value,
        Err(fault) => Value::from(Error::new(ErrorKind::BadSerialization, fault.to_string())),
    }
}

struct Make;

/// The items of a list, or the parts of a tuple.
struct Items(Vec<Value>);

/// The pairs of a map.
struct Pairs(Vec<(Value, Value)>);

/// The fields of a struct.
struct Fields(Vec<(&'static str, Value)>);

/// What a variant of an enum holds, under its name.
struct Variant<T>(&'static str, T);

fn variant(name: &'static str, value: Value) -> Value {
    Value::from_object(Struct(Box::new([(name, value)])))
}

impl Serializer for Make {
    type Ok = Value;
    type Error = Fault;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Variant<Items>;
    type SerializeMap = Pairs;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Variant<Fields>;

    fn serialize_bool(self, it: bool) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_i8(self, it: i8) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_i16(self, it: i16) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_i32(self, it: i32) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_i64(self, it: i64) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_u8(self, it: u8) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_u16(self, it: u16) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_u32(self, it: u32) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_u64(self, it: u64) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_f32(self, it: f32) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_f64(self, it: f64) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_char(self, it: char) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_str(self, it: &str) -> Result<Value, Fault> {
        Ok(it.into())
    }

    fn serialize_bytes(self, it: &[u8]) -> Result<Value, Fault> {
        Ok(Value::from_bytes(it.to_vec()))
    }

    fn serialize_none(self) -> Result<Value, Fault> {
        Ok(().into())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, it: &T) -> Result<Value, Fault> {
        it.serialize(Make)
    }

    fn serialize_unit(self) -> Result<Value, Fault> {
        Ok(().into())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Fault> {
        Ok(().into())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<Value, Fault> {
        Ok(name.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        it: &T,
    ) -> Result<Value, Fault> {
        it.serialize(Make)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        it: &T,
    ) -> Result<Value, Fault> {
        Ok(variant(name, it.serialize(Make)?))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, Fault> {
        Ok(Items(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, Fault> {
        Ok(Items(Vec::with_capacity(length)))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items, Fault> {
        Ok(Items(Vec::with_capacity(length)))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        length: usize,
    ) -> Result<Variant<Items>, Fault> {
        Ok(Variant(name, Items(Vec::with_capacity(length))))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Pairs, Fault> {
        Ok(Pairs(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Fields, Fault> {
        Ok(Fields(Vec::with_capacity(length)))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        length: usize,
    ) -> Result<Variant<Fields>, Fault> {
        Ok(Variant(name, Fields(Vec::with_capacity(length))))
    }
}

impl Items {
    fn list(self) -> Value {
        if self.0.is_empty() { empty() } else { Value::from(self.0) }
    }
}

impl SerializeSeq for Items {
    type Ok = Value;
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, it: &T) -> Result<(), Fault> {
        self.0.push(it.serialize(Make)?);
        Ok(())
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(self.list())
    }
}

impl SerializeTuple for Items {
    type Ok = Value;
    type Error = Fault;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, it: &T) -> Result<(), Fault> {
        SerializeSeq::serialize_element(self, it)
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(Value::from(Tuple::from(self.0)))
    }
}

impl SerializeTupleStruct for Items {
    type Ok = Value;
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, it: &T) -> Result<(), Fault> {
        SerializeSeq::serialize_element(self, it)
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(self.list())
    }
}

impl SerializeTupleVariant for Variant<Items> {
    type Ok = Value;
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, it: &T) -> Result<(), Fault> {
        SerializeSeq::serialize_element(&mut self.1, it)
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(variant(self.0, self.1.list()))
    }
}

impl SerializeMap for Pairs {
    type Ok = Value;
    type Error = Fault;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Fault> {
        self.0.push((key.serialize(Make)?, Value::UNDEFINED));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, it: &T) -> Result<(), Fault> {
        let value = it.serialize(Make)?;
        if let Some(pair) = self.0.last_mut() {
            pair.1 = value;
        }
        Ok(())
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(Map::value(self.0))
    }
}

impl SerializeStruct for Fields {
    type Ok = Value;
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, it: &T) -> Result<(), Fault> {
        self.0.push((name, it.serialize(Make)?));
        Ok(())
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(Value::from_object(Struct(self.0.into())))
    }
}

impl SerializeStructVariant for Variant<Fields> {
    type Ok = Value;
    type Error = Fault;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, it: &T) -> Result<(), Fault> {
        SerializeStruct::serialize_field(&mut self.1, name, it)
    }

    fn end(self) -> Result<Value, Fault> {
        Ok(variant(self.0, SerializeStruct::end(self.1)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use minijinja::value::Serde;
    use std::collections::BTreeMap;

    #[derive(Serialize)]
    enum Choice {
        None,
        One(u8),
        Two(u8, i64),
        Named { a: f64 },
    }

    #[derive(Serialize)]
    struct Part {
        name: String,
        choices: Vec<Choice>,
        pairs: Vec<(String, Option<i32>)>,
        map: BTreeMap<String, u16>,
        numbers: BTreeMap<u32, char>,
        json: serde_json::Value,
        empty: Vec<String>,
        nothing: BTreeMap<String, ()>,
    }

    fn part(name: &str) -> Part {
        Part {
            name: name.into(),
            choices: vec![Choice::None, Choice::One(1), Choice::Two(2, -2), Choice::Named { a: 0.5 }],
            pairs: vec![("a".into(), Some(1)), ("b".into(), None)],
            map: [("x".into(), 1), ("y".into(), 2), ("longer than a small string".into(), 3)].into(),
            numbers: [(1, 'a'), (2, 'b')].into(),
            json: serde_json::json!({ "b": [true, null], "a": { "c": 1.5 } }),
            empty: vec![],
            nothing: BTreeMap::new(),
        }
    }

    #[test]
    fn values_are_what_minijinja_makes_of_the_same() {
        let (ours, theirs) = (of(&part("it")), Value::from(Serde(part("it"))));
        assert_eq!(ours.to_string(), theirs.to_string());
        assert_eq!(ours, theirs);
        assert_eq!(theirs, ours);
        assert_eq!(ours.kind(), theirs.kind());
        assert_eq!(serde_json::to_string(&ours).ok(), serde_json::to_string(&theirs).ok());
        assert_eq!(ours.cmp(&of(&part("it"))), std::cmp::Ordering::Equal);
        assert_eq!(ours.cmp(&of(&part("other"))), theirs.cmp(&Value::from(Serde(part("other")))));
        for (ours, theirs) in ours.try_iter().expect("a map").zip(theirs.try_iter().expect("a map")) {
            assert_eq!(ours, theirs);
        }
        for name in ["name", "choices", "pairs", "map", "numbers", "json", "empty", "nothing", "missing"] {
            let (our, their) = (ours.get_attr(name).expect("a map"), theirs.get_attr(name).expect("a map"));
            assert_eq!((our.kind(), our.len(), our.is_true()), (their.kind(), their.len(), their.is_true()));
            assert_eq!(our, their, "{name}");
        }
    }

    #[test]
    fn entries_of_maps_are_found() {
        let map: BTreeMap<String, usize> = (0..40).map(|at| (format!("key-{at}"), at)).collect();
        let value = of(&map);
        assert_eq!(value.len(), Some(40));
        for (key, at) in &map {
            assert_eq!(value.get_attr(key).expect("a map"), Value::from(*at));
            assert_eq!(value.get_item(&Value::from(key.as_str())).expect("a map"), Value::from(*at));
        }
        assert!(value.get_attr("key-x").expect("a map").is_undefined());
    }
}
