//! Renders by what is known of a template: no conditions, loops and partials, only what differs from node to node.

use super::How;
use super::log::{Act, Answer, Class, Kind, Of, Operand, Segment, block};
use super::op::{Op, Tools};
use super::shape::{End, Shape};
use super::value::Halt;
use crate::filters::Put;
use crate::part::Part;
use crate::settle;
use crate::{put, write};
use minijinja::Value;
use std::ops::Range;

/// What became of it.
pub(super) enum Outcome {
    Done(String),
    /// The course of this rendering is not known; it may be learnt.
    New,
    /// It cannot be rendered like this, and nothing is to be learnt from it.
    Odd,
}

/// What was computed and written so far; kept for its room.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    values: Vec<Value>,
    operands: Vec<Value>,
    text: String,
    writes: Vec<Range<usize>>,
}

impl Scratch {
    fn clear(&mut self) {
        self.values.clear();
        self.text.clear();
        self.writes.clear();
    }

    /// What was written under this number.
    fn written(&self, number: usize) -> &str {
        self.writes.get(number).map_or("", |range| &self.text[range.clone()])
    }
}

impl Shape {
    /// Renders with these values. Nothing is known, and nothing to be learnt, before it was asked `after` times.
    pub fn replay(
        &mut self,
        tools: &mut Tools<'_>,
        scratch: &mut Scratch,
        given: &[Option<Value>],
        after: u32,
    ) -> Outcome {
        if self.runs.is_empty() {
            self.before += 1;
            return if self.before >= after && self.learns() { Outcome::New } else { Outcome::Odd };
        }
        if !given.iter().map(Option::is_some).eq(self.given.iter().copied()) {
            return Outcome::Odd;
        }
        scratch.clear();
        match self.follow(tools, scratch, given) {
            Ok(Some(text)) => {
                self.done += 1;
                Outcome::Done(text)
            }
            Ok(None) if self.learns() => Outcome::New,
            _ => Outcome::Odd,
        }
    }

    /// The text; none where an answer is new.
    fn follow(
        &self,
        tools: &mut Tools<'_>,
        scratch: &mut Scratch,
        given: &[Option<Value>],
    ) -> Result<Option<String>, Halt> {
        let mut at = 0;
        loop {
            let run = &self.runs[at];
            for act in &run.acts {
                scratch.act(act, tools, given)?;
            }
            match &run.end {
                End::Open => return Ok(None),
                End::Text(segments) => return Ok(Some(text(segments, |number| scratch.written(number)))),
                End::Ask(of, ways) => match scratch.way(*of, ways)? {
                    Some(next) => at = next,
                    None => return Ok(None),
                },
            }
        }
    }
}

impl Scratch {
    fn act(&mut self, act: &Act, tools: &mut Tools<'_>, given: &[Option<Value>]) -> Result<(), Halt> {
        match act {
            Act::Input(at) => self.values.push(given.get(*at).cloned().flatten().ok_or(Halt::Left)?),
            Act::Compute(op, operands) => {
                let value = self.compute(op, operands, tools)?;
                self.values.push(value);
            }
            Act::Text(segments, kind) => {
                let text = text(segments, |number| self.written(number));
                self.values.push(match kind {
                    Kind::String => Value::from(text),
                    Kind::Part { foreign } => Value::from_object(Part { text, foreign: *foreign }),
                });
            }
            Act::Must(number) => {
                self.value(*number)?;
            }
            Act::Write { how, of, plain } => {
                let from = self.text.len();
                emit(how, operand(&self.values, of)?, &mut self.text)?;
                if *plain && Class::of(&self.text[from..]) != Class::Plain {
                    return Err(Halt::Left);
                }
                self.writes.push(from..self.text.len());
            }
            Act::Ask(..) => return Err(Halt::Left),
        }
        Ok(())
    }

    fn value(&self, number: usize) -> Result<&Value, Halt> {
        self.values.get(number).filter(|value| !value.is_undefined()).ok_or(Halt::Left)
    }

    fn compute(&mut self, op: &Op, operands: &[Operand], tools: &mut Tools<'_>) -> Result<Value, Halt> {
        if let [of] = operands {
            return tools.apply(op, std::slice::from_ref(operand(&self.values, of)?));
        }
        self.operands.clear();
        for of in operands {
            self.operands.push(operand(&self.values, of)?.clone());
        }
        tools.apply(op, &self.operands)
    }

    /// Where the answer leads.
    fn way(&self, of: Of, ways: &[(Answer, usize)]) -> Result<Option<usize>, Halt> {
        let answer = match of {
            Of::Value(number) => Answer::Number(number_of(self.value(number)?)?),
            Of::Writing(number) => Class::answer(self.written(number)),
        };
        Ok(ways.iter().find(|way| way.0 == answer).map(|way| way.1))
    }
}

fn operand<'v>(values: &'v [Value], of: &'v Operand) -> Result<&'v Value, Halt> {
    match of {
        Operand::Fixed(value) => Ok(value),
        Operand::Value(number) => values.get(*number).ok_or(Halt::Left),
    }
}

/// A condition or a count as a number.
pub(super) fn number_of(value: &Value) -> Result<usize, Halt> {
    match value.as_usize() {
        Some(number) => Ok(number),
        None if value.kind() == minijinja::value::ValueKind::Bool => Ok(usize::from(value.is_true())),
        None => Err(Halt::Left),
    }
}

/// The text that segments make.
pub(super) fn text<'w>(segments: &[Segment], written: impl Fn(usize) -> &'w str) -> String {
    let bytes = |segment: &Segment| match segment {
        Segment::Text(text) => text.len(),
        Segment::Plain(number) => written(*number).len(),
        Segment::Block(number, _) => written(*number).len() * 2,
    };
    let mut out = String::with_capacity(segments.iter().map(bytes).sum());
    for segment in segments {
        match segment {
            Segment::Text(text) => out.push_str(text),
            Segment::Plain(number) => out.push_str(written(*number)),
            Segment::Block(number, indent) => settle::indented(block(written(*number)), *indent, &mut out),
        }
    }
    out
}

/// Writes a value.
pub(super) fn emit(how: &How, value: &Value, out: &mut String) -> Result<(), Halt> {
    match how.filter {
        Some(Put::Word) => Ok(write::word(how.format, value, how.put == Some(Put::Quoted), out)?),
        _ => Ok(put::placed(how.format, how.put, value, out)?),
    }
}
