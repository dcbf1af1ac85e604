//! The values of expressions, as minijinja has them.

use super::run::Machine;
use super::{Arguments, Call, Code, Order, Round};
use crate::render::filters::{self, Placed, Put};
use crate::render::part::{self, Part};
use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr};
use minijinja::{Environment, Error, Value};
use std::fmt::Write;
use std::sync::Arc;

/// Why a program ends before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Halt {
    /// Something is wrong, or only minijinja knows it: it must run the template instead.
    Left,
    /// It does not come to an end.
    Endless,
}

impl From<Error> for Halt {
    fn from(_: Error) -> Halt {
        Halt::Left
    }
}

impl From<std::fmt::Error> for Halt {
    fn from(_: std::fmt::Error) -> Halt {
        Halt::Left
    }
}

impl From<std::io::Error> for Halt {
    fn from(_: std::io::Error) -> Halt {
        Halt::Left
    }
}

/// A map that a template made, in its order.
#[derive(Debug, Default)]
pub(super) struct Made(Vec<(Value, Value)>);

impl Made {
    /// Adds an entry, or replaces the one with this key.
    pub(super) fn put(&mut self, key: Value, value: Value) {
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

/// Where a loop is.
#[derive(Debug)]
pub(super) struct Numbers {
    pub at: usize,
    pub length: Option<usize>,
}

impl<'p> Machine<'p> {
    /// The value of an expression that must be there.
    pub(super) fn defined(&mut self, code: &'p Code) -> Result<Value, Halt> {
        let value = self.value(code)?;
        if value.is_undefined() { Err(Halt::Left) } else { Ok(value) }
    }

    /// Whether a condition holds.
    pub(super) fn holds(&mut self, code: &'p Code) -> Result<bool, Halt> {
        Ok(match code {
            Code::Not(it) => !self.holds(it)?,
            Code::And(it) => self.holds(&it.0)? && self.holds(&it.1)?,
            Code::Or(it) => self.holds(&it.0)? || self.holds(&it.1)?,
            Code::None(it) => self.value(it)?.is_none(),
            Code::Defined(it) => !self.value(it)?.is_undefined(),
            Code::Compare(it) => self.compare(&it.0, &it.1)?,
            Code::Test(name, it) => {
                let values = self.arguments(it)?;
                self.state().perform_test(name, &values)?
            }
            code => self.defined(code)?.is_true(),
        })
    }

    /// The value of an expression, which may be undefined.
    pub(super) fn value(&mut self, code: &'p Code) -> Result<Value, Halt> {
        self.tick(1)?;
        Ok(match code {
            Code::Const(value) => value.clone(),
            Code::Slot(_) | Code::Name(_) => self.name(code).cloned().unwrap_or(Value::UNDEFINED),
            Code::Round(field) => self.round(*field),
            Code::Attr(of, name) => match self.name(of) {
                Some(value) => value.get_attr(name)?,
                None => self.value(of)?.get_attr(name)?,
            },
            Code::Item(it) => {
                let of = self.value(&it.0)?;
                of.get_item(&self.value(&it.1)?)?
            }
            Code::And(it) | Code::Or(it) => {
                let left = self.defined(&it.0)?;
                let more = left.is_true() == matches!(code, Code::And(_));
                if more { self.value(&it.1)? } else { left }
            }
            Code::If(it) => {
                let branch = if self.holds(&it.0)? { &it.1 } else { &it.2 };
                self.value(branch)?
            }
            Code::Join(pieces) => {
                let mut text = self.spare.pop().unwrap_or_default();
                join(self, pieces, &mut text)?;
                let value = Value::from(text.as_str());
                self.keep(text);
                value
            }
            Code::Math(it) => {
                let left = self.value(&it.1)?;
                math(self.env, it.0, left, self.value(&it.2)?)?
            }
            Code::Filter(name, it) => {
                let values = self.arguments(it)?;
                self.state().apply_filter(name, &values)?
            }
            Code::Wrap(Put::Absent, it) => filters::optional(&self.value(it)?),
            Code::Wrap(put, it) => Placed::wrap(*put, &self.value(it)?),
            Code::Function(name, it) => {
                let values = self.arguments(it)?;
                let state = self.state();
                state.lookup(name).ok_or(Halt::Left)?.call(state, &values)?
            }
            Code::Part(call) => self.part_value(call)?,
            Code::List(items) => {
                let items: Result<Vec<Value>, Halt> = items.iter().map(|code| self.value(code)).collect();
                Value::from(items?)
            }
            Code::Map(pairs) => {
                let mut map = Made::default();
                for (key, value) in pairs {
                    let key = self.value(key)?;
                    map.put(key, self.value(value)?);
                }
                Value::from_object(map)
            }
            code => Value::from(self.holds(code)?),
        })
    }

    /// A partial that is not written at once.
    fn part_value(&mut self, call: &'p Call) -> Result<Value, Halt> {
        let (text, inner) = self.part(call)?;
        if part::is_part(inner, self.format) {
            return Ok(Value::from_object(Part { text, foreign: part::is_foreign(inner, self.format) }));
        }
        let value = Value::from(text.as_str());
        self.keep(text);
        Ok(value)
    }

    fn name(&self, code: &Code) -> Option<&Value> {
        let slot = |slot: &usize| self.stack[self.base + slot].as_ref();
        match code {
            Code::Slot(at) => slot(at),
            Code::Name(slots) => slots.iter().find_map(slot),
            _ => None,
        }
    }

    fn round(&self, field: Round) -> Value {
        let Some(Numbers { at, length }) = self.loops.last() else { return Value::UNDEFINED };
        match field {
            Round::Index => Value::from(at + 1),
            Round::Index0 => Value::from(*at),
            Round::First => Value::from(*at == 0),
            Round::Last => Value::from(length.is_some_and(|length| at + 1 == length)),
            Round::Length => length.map_or(Value::UNDEFINED, Value::from),
        }
    }

    fn arguments(&mut self, it: &'p Arguments) -> Result<Vec<Value>, Halt> {
        let mut values = Vec::with_capacity(it.values.len() + 1);
        for code in &it.values {
            values.push(self.value(code)?);
        }
        if !it.named.is_empty() {
            let mut named = vec![];
            for (name, code) in &it.named {
                named.push((&**name, self.value(code)?));
            }
            values.push(Value::from(Kwargs::from_iter(named)));
        }
        Ok(values)
    }

    /// A chain of comparisons: every value is compared with the one behind it.
    pub(super) fn compare(&mut self, first: &'p Code, steps: &'p [(Order, Code)]) -> Result<bool, Halt> {
        let mut left = self.defined(first)?;
        for (order, code) in steps {
            let right = self.defined(code)?;
            let holds = match order {
                Order::Equal => left == right,
                Order::Other => left != right,
                Order::Less => left < right,
                Order::AtMost => left <= right,
                Order::More => left > right,
                Order::AtLeast => left >= right,
                Order::In => self.state().perform_test("in", &[left, right.clone()])?,
                Order::NotIn => !self.state().perform_test("in", &[left, right.clone()])?,
            };
            if !holds {
                return Ok(false);
            }
            left = right;
        }
        Ok(true)
    }
}

/// Adds the texts of values.
pub(super) fn join<'p>(machine: &mut Machine<'p>, pieces: &'p [Code], out: &mut String) -> Result<(), Halt> {
    for code in pieces {
        let value = machine.defined(code)?;
        match value.as_str() {
            Some(text) => out.push_str(text),
            None => write!(out, "{value}")?,
        }
    }
    Ok(())
}

/// A calculation: whole numbers here, all else as minijinja knows it.
pub(super) fn math(
    env: &Environment<'_>,
    sign: &'static str,
    left: Value,
    right: Value,
) -> Result<Value, Halt> {
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
