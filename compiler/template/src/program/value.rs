//! The values of expressions, as minijinja has them, and where they are from.

use super::log::Tag;
use super::op::Op;
use super::replay::number_of;
use super::run::Machine;
use super::{Code, Round};
use minijinja::{Error, Value};
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

/// A value, and where it is from.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub value: Value,
    pub tag: Tag,
}

impl Seen {
    /// A value that is the same in every run.
    pub fn fixed(value: Value) -> Seen {
        Seen { value, tag: Tag::Fixed }
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
    pub(super) fn defined(&mut self, code: &'p Code) -> Result<Seen, Halt> {
        let seen = self.value(code)?;
        if seen.value.is_undefined() {
            return Err(Halt::Left);
        }
        if let Some(log) = &mut self.log {
            log.must(&seen.tag);
        }
        Ok(seen)
    }

    /// Whether a condition holds.
    pub(super) fn holds(&mut self, code: &'p Code) -> Result<bool, Halt> {
        match code {
            Code::Not(it) => Ok(!self.holds(it)?),
            Code::And(it) => Ok(self.holds(&it.0)? && self.holds(&it.1)?),
            Code::Or(it) => Ok(self.holds(&it.0)? || self.holds(&it.1)?),
            Code::Apply(op, _) if op.is_condition() => {
                let seen = self.value(code)?;
                self.ask(&seen)?;
                Ok(seen.value.is_true())
            }
            code => {
                let seen = self.defined(code)?;
                self.is(Op::Truth, &seen)
            }
        }
    }

    /// The value of an expression, which may be undefined.
    pub(super) fn value(&mut self, code: &'p Code) -> Result<Seen, Halt> {
        self.tick(1)?;
        Ok(match code {
            Code::Const(value) => Seen::fixed(value.clone()),
            Code::Slot(_) | Code::Name(_) => {
                self.name(code).cloned().unwrap_or(Seen::fixed(Value::UNDEFINED))
            }
            Code::Round(field) => Seen::fixed(self.round(*field)),
            Code::And(it) | Code::Or(it) => {
                let left = self.defined(&it.0)?;
                let more = self.is(Op::Truth, &left)? == matches!(code, Code::And(_));
                if more { self.value(&it.1)? } else { left }
            }
            Code::If(it) => {
                let branch = if self.holds(&it.0)? { &it.1 } else { &it.2 };
                self.value(branch)?
            }
            Code::Not(_) => Seen::fixed(Value::from(self.holds(code)?)),
            Code::Apply(op, codes) => self.apply(op, codes)?,
            Code::Part(call) => self.partial(call)?,
        })
    }

    fn apply(&mut self, op: &'p Arc<Op>, codes: &'p [Code]) -> Result<Seen, Halt> {
        let from = self.operands.len();
        for code in codes {
            let seen = self.value(code)?;
            self.operands.push(seen.value);
            self.tags.push(seen.tag);
        }
        let value = self.tools.apply(op, &self.operands[from..])?;
        let tag = match &mut self.log {
            Some(log) => log.compute(op, &self.operands[from..], &self.tags[from..]),
            None => Tag::Fixed,
        };
        self.operands.truncate(from);
        self.tags.truncate(from);
        Ok(Seen { value, tag })
    }

    /// An operation on one value.
    pub(super) fn computed(&mut self, op: Op, of: &Seen) -> Result<Seen, Halt> {
        let values = std::slice::from_ref(&of.value);
        let value = self.tools.apply(&op, values)?;
        let tag = match &mut self.log {
            Some(log) => log.compute(&Arc::new(op), values, std::slice::from_ref(&of.tag)),
            None => Tag::Fixed,
        };
        Ok(Seen { value, tag })
    }

    /// Whether a condition of one value holds.
    pub(super) fn is(&mut self, op: Op, of: &Seen) -> Result<bool, Halt> {
        let seen = self.computed(op, of)?;
        self.ask(&seen)?;
        Ok(seen.value.is_true())
    }

    /// That the run goes on as it does for the sake of this value.
    pub(super) fn ask(&mut self, seen: &Seen) -> Result<(), Halt> {
        if let Some(log) = &mut self.log {
            log.ask(&seen.tag, number_of(&seen.value)?);
        }
        Ok(())
    }

    fn name(&self, code: &Code) -> Option<&Seen> {
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
}
