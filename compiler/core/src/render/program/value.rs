//! What operators do, as minijinja does it.

use super::run::Machine;
use super::{Code, Order};
use minijinja::value::{Enumerator, Object, ObjectRepr};
use minijinja::{Environment, Error, Value};
use std::fmt::Write;
use std::sync::Arc;

/// The end of a program that minijinja must run instead.
#[derive(Clone, Copy, Debug)]
pub(super) struct Halt;

impl From<Error> for Halt {
    fn from(_: Error) -> Halt {
        Halt
    }
}

impl From<std::fmt::Error> for Halt {
    fn from(_: std::fmt::Error) -> Halt {
        Halt
    }
}

impl From<std::io::Error> for Halt {
    fn from(_: std::io::Error) -> Halt {
        Halt
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
