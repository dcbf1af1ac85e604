//! What is computed from values alone: the same for the machine, which runs a program, and for a replay of what it did.

use super::value::Halt;
use crate::filters::{self, Placed, Put};
use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, ValueKind};
use minijinja::{Environment, State, Value};
use std::fmt::Write;
use std::sync::Arc;

/// An operation on values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Attr(Box<str>),
    Item,
    /// Whether a value that must be there is true.
    Truth,
    IsNone,
    IsDefined,
    /// Whether there is nothing to write.
    IsEmpty,
    /// How many items it has.
    Count,
    /// One of its items.
    At(usize),
    Compare(Order),
    /// Texts one behind the other.
    Join,
    Math(&'static str),
    Filter(Call),
    Test(Call),
    Function(Call),
    Wrap(Put),
    List,
    /// Keys and values in turn.
    Map,
}

/// What is called, and the names of its last arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub name: Box<str>,
    pub named: Box<[Box<str>]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Equal,
    Other,
    Less,
    AtMost,
    More,
    AtLeast,
    In,
    NotIn,
}

impl Op {
    /// Whether its value is true or false.
    pub fn is_condition(&self) -> bool {
        matches!(self, Op::Truth | Op::IsNone | Op::IsDefined | Op::IsEmpty | Op::Compare(_) | Op::Test(_))
    }
}

/// What operations need beside their values.
pub(super) struct Tools<'e> {
    pub env: &'e Environment<'static>,
    /// What filters and tests want to see.
    state: Option<State<'e, 'e>>,
    text: String,
}

impl<'e> Tools<'e> {
    pub fn new(env: &'e Environment<'static>) -> Self {
        Tools { env, state: None, text: String::new() }
    }

    fn state(&mut self) -> &mut State<'e, 'e> {
        self.state.get_or_insert_with(|| self.env.empty_state())
    }

    /// The value of an operation, which may be undefined.
    pub fn apply(&mut self, op: &Op, values: &[Value]) -> Result<Value, Halt> {
        Ok(match (op, values) {
            (Op::Attr(name), [of]) => of.get_attr(name)?,
            (Op::Item, [of, key]) => of.get_item(key)?,
            (Op::Truth, [it]) => Value::from(defined(it)?.is_true()),
            (Op::IsNone, [it]) => Value::from(it.is_none()),
            (Op::IsDefined, [it]) => Value::from(!it.is_undefined()),
            (Op::IsEmpty, [it]) => Value::from(filters::is_empty(it)),
            (Op::Count, [it]) => Value::from(count(defined(it)?)?),
            (Op::At(at), [it]) => item(it, *at)?,
            (Op::Compare(order), [left, right]) => Value::from(self.compare(*order, left, right)?),
            (Op::Join, pieces) => self.join(pieces)?,
            (Op::Math(sign), [left, right]) => math(self.env, sign, left, right)?,
            (Op::Filter(call), values) => {
                let values = call.arguments(values);
                self.state().apply_filter(&call.name, &values)?
            }
            (Op::Test(call), values) => {
                let values = call.arguments(values);
                Value::from(self.state().perform_test(&call.name, &values)?)
            }
            (Op::Function(call), values) => {
                let values = call.arguments(values);
                let state = self.state();
                state.lookup(&call.name).ok_or(Halt::Left)?.call(state, &values)?
            }
            (Op::Wrap(Put::Absent), [it]) => filters::optional(it),
            (Op::Wrap(put), [it]) => Placed::wrap(*put, it),
            (Op::List, items) => Value::from(items.to_vec()),
            (Op::Map, parts) => {
                let mut map = Made::default();
                for pair in parts.chunks_exact(2) {
                    map.put(pair[0].clone(), pair[1].clone());
                }
                Value::from_object(map)
            }
            _ => return Err(Halt::Left),
        })
    }

    fn compare(&mut self, order: Order, left: &Value, right: &Value) -> Result<bool, Halt> {
        let (left, right) = (defined(left)?, defined(right)?);
        Ok(match order {
            Order::Equal => left == right,
            Order::Other => left != right,
            Order::Less => left < right,
            Order::AtMost => left <= right,
            Order::More => left > right,
            Order::AtLeast => left >= right,
            Order::In => self.state().perform_test("in", &[left.clone(), right.clone()])?,
            Order::NotIn => !self.state().perform_test("in", &[left.clone(), right.clone()])?,
        })
    }

    fn join(&mut self, pieces: &[Value]) -> Result<Value, Halt> {
        self.text.clear();
        for piece in pieces {
            match defined(piece)?.as_str() {
                Some(text) => self.text.push_str(text),
                None => write!(self.text, "{piece}")?,
            }
        }
        Ok(Value::from(self.text.as_str()))
    }
}

impl Call {
    fn arguments(&self, values: &[Value]) -> Vec<Value> {
        let (values, named) = values.split_at(values.len().saturating_sub(self.named.len()));
        let mut values = values.to_vec();
        if !named.is_empty() {
            let named = self.named.iter().zip(named).map(|(name, value)| (&**name, value.clone()));
            values.push(Value::from(Kwargs::from_iter(named)));
        }
        values
    }
}

/// The value, which must be there.
pub(super) fn defined(value: &Value) -> Result<&Value, Halt> {
    if value.is_undefined() { Err(Halt::Left) } else { Ok(value) }
}

fn count(value: &Value) -> Result<usize, Halt> {
    match (value.kind(), value.len()) {
        (ValueKind::Seq | ValueKind::Map, Some(length)) => Ok(length),
        _ => Ok(value.try_iter()?.count()),
    }
}

fn item(value: &Value, at: usize) -> Result<Value, Halt> {
    match value.kind() {
        ValueKind::Seq => Ok(value.get_item_by_index(at)?),
        _ => value.try_iter()?.nth(at).ok_or(Halt::Left),
    }
}

/// A calculation: whole numbers here, all else as minijinja knows it.
fn math(env: &Environment<'_>, sign: &'static str, left: &Value, right: &Value) -> Result<Value, Halt> {
    if let (true, true, Some(left), Some(right)) =
        (left.is_integer(), right.is_integer(), left.as_i64(), right.as_i64())
    {
        let result = match sign {
            "+" => left.checked_add(right),
            "-" => left.checked_sub(right),
            "*" => left.checked_mul(right),
            _ => None,
        };
        if let Some(result) = result {
            return Ok(Value::from(result));
        }
    }
    let code = format!("left {sign} right");
    Ok(env.compile_expression_owned(code)?.eval(minijinja::context! { left, right })?)
}

/// A map that a template made, in its order.
#[derive(Debug, Default)]
struct Made(Vec<(Value, Value)>);

impl Made {
    /// Adds an entry, or replaces the one with this key.
    fn put(&mut self, key: Value, value: Value) {
        match self.0.iter_mut().find(|entry| entry.0 == key) {
            Some(entry) => entry.1 = value,
            None => self.0.push((key, value)),
        }
    }
}

impl Object for Made {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.iter().find(|entry| entry.0 == *key).map(|entry| entry.1.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.iter().map(|entry| entry.0.clone()).collect())
    }
}
