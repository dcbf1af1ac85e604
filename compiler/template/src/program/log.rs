//! What a run of a program did: which values it computed, what it asked of them, and what it wrote where.
//!
//! Another run whose questions have the same answers does the same with other values. So a log is a program without
//! conditions, loops and calls; [`super::shape`] joins the logs of a template and runs them.

use super::How;
use super::op::Op;
use super::value::Seen;
use crate::prepare::{MARK, MARK_END};
use crate::settle::{BLOCK_END, BLOCK_START, PROBE};
use minijinja::Value;
use std::sync::Arc;

/// Most that one log may hold: a longer run, over a list of all services, is not like any other.
const ACTS: usize = 1_000;

/// Where a value comes from.
#[derive(Clone, Debug)]
pub(super) enum Tag {
    /// Every run that comes here has this value.
    Fixed,
    /// A number among the values of the log.
    Value(usize),
    /// It is the text of a partial, with marks around what was written.
    Text(Arc<str>),
}

/// A value that something is done with.
#[derive(Clone, Debug)]
pub(super) enum Operand {
    Fixed(Value),
    Value(usize),
}

impl PartialEq for Operand {
    fn eq(&self, other: &Operand) -> bool {
        match (self, other) {
            (Operand::Value(one), Operand::Value(other)) => one == other,
            // `1`, `1.0` and `true` are equal values and different texts.
            (Operand::Fixed(one), Operand::Fixed(other)) => {
                one.kind() == other.kind() && one == other && one.to_string() == other.to_string()
            }
            _ => false,
        }
    }
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    /// A value that was given.
    Input(usize),
    Compute(Arc<Op>, Box<[Operand]>),
    /// The text of a partial as a value: a string, or what is set where it is written.
    Text(Box<[Segment]>, Kind),
    /// The value is not undefined.
    Must(usize),
    /// A value was written, `plain` without anything that other lines depend on.
    Write {
        how: How,
        of: Operand,
        plain: bool,
    },
    Ask(Of, Answer),
}

impl Act {
    /// Equality, what differs most looked at first.
    fn is(&self, other: &Act) -> bool {
        match (self, other) {
            (Act::Compute(op, of), Act::Compute(other, others)) => of == others && op == other,
            (one, other) => one == other,
        }
    }
}

/// What the text of a partial is as a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Part { foreign: bool },
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Value(usize),
    Writing(usize),
}

/// What decides how it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Number(usize),
    Text(Box<str>),
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    Text(Box<str>),
    /// What was written, by its number.
    Plain(usize),
    /// The same, over several lines at a column.
    Block(usize, usize),
}

/// What a written text is to the lines around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Plain,
    /// A block of this kind, which is not empty.
    Block(char),
    Other,
}

impl Class {
    /// Sorts a text by all that [`crate::settle`] and the writers of partials ask of it.
    pub fn of(text: &str) -> Class {
        if let Some(block) = text.strip_prefix(BLOCK_START).and_then(|text| text.strip_suffix(BLOCK_END)) {
            let mut letters = block.chars();
            let Some(kind) = letters.next() else { return Class::Other };
            let inner = letters.as_str();
            let odd = |text: &str| text.trim().is_empty() || text.ends_with(['\n', ':', ' ']);
            let marked = inner.chars().any(|letter| letter < ' ' && !matches!(letter, '\n' | '\t'));
            return if odd(inner) || marked { Class::Other } else { Class::Block(kind) };
        }
        let (Some(first), Some(last)) = (text.bytes().next(), text.bytes().last()) else {
            return Class::Other;
        };
        let odd = matches!(first, b' ' | b'#')
            || matches!(last, b' ' | b':')
            || first == b'-' && (text.len() == 1 || text.starts_with("- "))
            || text.bytes().any(|byte| byte < b' ')
            || fenced(text);
        if odd { Class::Other } else { Class::Plain }
    }

    /// The class as an answer; a text of no class is its own.
    pub fn answer(text: &str) -> Answer {
        match Class::of(text) {
            Class::Plain => Answer::Number(0),
            Class::Block(kind) => Answer::Number(kind as usize),
            Class::Other => Answer::Text(text.into()),
        }
    }
}

/// Whether a text could end a code block.
fn fenced(text: &str) -> bool {
    memchr::memchr2(b'`', b'~', text.as_bytes()).is_some() && (text.contains("```") || text.contains("~~~"))
}

/// What a run did.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub acts: Vec<Act>,
    /// The acts that made values, by the numbers of these.
    values: Vec<usize>,
    /// What was written: the act, and the text.
    writes: Vec<(usize, String)>,
    /// What was asked, and the values that had to be there.
    asked: Vec<Of>,
    there: Vec<usize>,
    /// It cannot be told what the run did.
    pub lost: bool,
}

impl Log {
    fn act(&mut self, act: Act) {
        self.lost |= self.acts.len() >= ACTS;
        if !self.lost {
            self.acts.push(act);
        }
    }

    fn value(&mut self, act: Act) -> usize {
        let known = self.values.iter().position(|at| self.acts.get(*at).is_some_and(|other| other.is(&act)));
        known.unwrap_or_else(|| {
            self.values.push(self.acts.len());
            self.act(act);
            self.values.len() - 1
        })
    }

    /// A value that was given.
    pub fn input(&mut self, at: usize) -> Tag {
        Tag::Value(self.value(Act::Input(at)))
    }

    /// The result of an operation.
    pub fn compute(&mut self, op: &Arc<Op>, values: &[Value], tags: &[Tag]) -> Tag {
        if self.lost || tags.iter().all(|tag| matches!(tag, Tag::Fixed)) {
            return Tag::Fixed;
        }
        let operands = values.iter().zip(tags).map(|(value, tag)| self.operand(value, tag)).collect();
        Tag::Value(self.value(Act::Compute(op.clone(), operands)))
    }

    fn operand(&mut self, value: &Value, tag: &Tag) -> Operand {
        match tag {
            Tag::Fixed => Operand::Fixed(value.clone()),
            Tag::Value(number) => Operand::Value(*number),
            Tag::Text(text) => {
                let part = value.downcast_object_ref::<crate::part::Part>();
                let kind = part.map_or(Kind::String, |part| Kind::Part { foreign: part.foreign });
                match self.cut(text) {
                    Some(segments) => Operand::Value(self.value(Act::Text(segments.into(), kind))),
                    None => {
                        self.lost = true;
                        Operand::Fixed(value.clone())
                    }
                }
            }
        }
    }

    /// That a value was there.
    pub fn must(&mut self, tag: &Tag) {
        if let Tag::Value(number) = tag
            && !self.there.contains(number)
        {
            self.there.push(*number);
            self.act(Act::Must(*number));
        }
    }

    /// What a value was.
    pub fn ask(&mut self, tag: &Tag, answer: usize) {
        if let Tag::Value(number) = tag {
            self.answer(Of::Value(*number), Answer::Number(answer));
        }
    }

    fn answer(&mut self, of: Of, answer: Answer) {
        if !self.asked.contains(&of) {
            self.asked.push(of);
            self.act(Act::Ask(of, answer));
        }
    }

    /// Adds what was written of a value, marked where another run may write something else.
    pub fn write(&mut self, how: How, seen: &Seen, text: &str, out: &mut String) {
        let class = Class::of(text);
        let of = self.operand(&seen.value, &seen.tag);
        let act = Act::Write { how, of, plain: class == Class::Plain };
        let known = self.writes.iter().position(|(at, _)| self.acts.get(*at) == Some(&act));
        let number = known.unwrap_or_else(|| {
            self.writes.push((self.acts.len(), text.to_string()));
            self.act(act);
            self.writes.len() - 1
        });
        if class != Class::Plain {
            self.answer(Of::Writing(number), Class::answer(text));
        }
        match class {
            Class::Plain => out.push_str(&format!("{MARK}{number}{MARK_END}{text}{MARK}{MARK_END}")),
            Class::Block(kind) => {
                let inner = block(text);
                out.push_str(&format!(
                    "{BLOCK_START}{kind}{MARK}{number}{MARK_END}{inner}\n{PROBE}{MARK}{MARK_END}{BLOCK_END}"
                ));
            }
            Class::Other => out.push_str(text),
        }
    }

    /// Takes a text with marks apart; none if the marks do not tell what it is made of.
    pub fn cut(&self, marked: &str) -> Option<Vec<Segment>> {
        let mut segments = vec![];
        let mut rest = marked;
        while let Some((text, after)) = rest.split_once(MARK) {
            if !text.is_empty() {
                segments.push(Segment::Text(text.into()));
            }
            let (number, after) = after.split_once(MARK_END)?;
            let number: usize = number.parse().ok()?;
            let (inner, after) = after.split_once(MARK)?;
            rest = after.strip_prefix(MARK_END)?;
            let (_, written) = self.writes.get(number)?;
            segments.push(match inner.strip_suffix(PROBE) {
                None if inner == written => Segment::Plain(number),
                None => return None,
                Some(inner) => Segment::Block(number, inner.len() - inner.trim_end_matches(' ').len()),
            });
        }
        if !rest.is_empty() {
            segments.push(Segment::Text(rest.into()));
        }
        Some(segments)
    }

    /// What was written, by its number.
    pub fn written(&self, number: usize) -> &str {
        self.writes.get(number).map_or("", |(_, text)| text)
    }
}

/// The text of a block.
pub(super) fn block(text: &str) -> &str {
    let mut letters = text.trim_start_matches(BLOCK_START).trim_end_matches(BLOCK_END).chars();
    letters.next();
    letters.as_str()
}
