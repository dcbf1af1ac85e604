//! Runs programs: one stack of slots for all partials of an artifact, and texts that are used again.
//! What has been rendered often is rendered by what is known of it, see [`super::replay`].

use super::learn::{OFTEN, SECOND};
use super::log::{Log, Tag};
use super::op::{Op, Tools};
use super::replay::{Scratch, emit};
use super::value::{Halt, Numbers, Seen};
use super::{Formula, GLOBALS, Given, Hole, Link, Loop, Memory, Partial, Program, Programs, Step, Targets};
use crate::filters::Put;
use crate::part::{self, Part};
use crate::place::Place;
use crate::settle::{self, ABSENT, Settler};
use crate::{FUEL, put};
use minijinja::{Environment, Value};
use std::io::Write as _;
use std::sync::Arc;

/// Bytes of an artifact that wait before they are handed on.
const WAITING: usize = 1 << 16;

/// Renders one artifact.
pub(super) struct Machine<'p> {
    programs: &'p Programs,
    pub(super) tools: Tools<'p>,
    /// The slots of all programs that are running, and where those of the present one begin.
    pub(super) stack: Vec<Option<Seen>>,
    pub(super) base: usize,
    pub(super) loops: Vec<Numbers>,
    /// Values that an operation waits for, and where they are from.
    pub(super) operands: Vec<Value>,
    pub(super) tags: Vec<Tag>,
    /// What is done, while it is learnt.
    pub(super) log: Option<Log>,
    globals: [Option<Seen>; 3],
    spare: Vec<String>,
    pub(super) scratch: Scratch,
    settler: Option<Settler<'p>>,
    /// Where the parts of a long text go.
    pub(super) part: Option<settle::Part<'p>>,
    depth: u32,
    pub(super) parts: u32,
    fuel: u64,
}

impl<'p> Machine<'p> {
    pub(super) fn new(programs: &'p Programs, env: &'p Environment<'static>) -> Self {
        let Memory { texts, stack, scratch } = std::mem::take(&mut *programs.memory());
        Machine {
            programs,
            tools: Tools::new(env),
            stack,
            base: 0,
            loops: vec![],
            operands: vec![],
            tags: vec![],
            log: None,
            globals: [const { None }; 3],
            spare: texts,
            scratch,
            settler: None,
            part: None,
            depth: 0,
            parts: 0,
            fuel: FUEL,
        }
    }

    /// The settled text of a template.
    pub(super) fn artifact(
        mut self,
        program: &'p Program,
        context: &Value,
        part: Option<settle::Part<'p>>,
    ) -> Result<String, Halt> {
        self.part = part;
        let names = program.names.iter().map(|(name, _)| name.as_str());
        let inputs: Vec<_> = GLOBALS.into_iter().chain(names).map(|name| given(context, name)).collect();
        let text = self.rendered(program, &inputs, SECOND)?;
        self.end();
        Ok(text)
    }

    /// Gives the memory back.
    fn end(mut self) {
        self.stack.clear();
        *self.programs.memory() = Memory { texts: self.spare, stack: self.stack, scratch: self.scratch };
    }

    /// The value of an expression of its own.
    pub(super) fn formula(mut self, formula: &'p Formula, context: &Value) -> Result<Value, Halt> {
        self.stack.resize(formula.slots, None);
        for (name, slot) in &formula.names {
            self.stack[*slot] = given(context, name).map(Seen::fixed);
        }
        let value = self.value(&formula.code).map(|seen| seen.value);
        self.end();
        value
    }

    /// Runs a program on top of what is running; the text is settled.
    pub(super) fn body(&mut self, program: &'p Program, inputs: Vec<Option<Seen>>) -> Result<String, Halt> {
        let base = self.stack.len();
        self.stack.resize(base + program.slots, None);
        let mut inputs = inputs.into_iter();
        let globals = GLOBALS.map(|_| inputs.next().flatten());
        for ((_, slot), value) in program.names.iter().zip(inputs) {
            self.stack[base + slot] = value;
        }
        let globals = std::mem::replace(&mut self.globals, globals);
        let outer = std::mem::replace(&mut self.base, base);
        let fuel = std::mem::replace(&mut self.fuel, FUEL);
        let loops = std::mem::take(&mut self.loops);
        let mut text = self.spare.pop().unwrap_or_default();
        let done = self.steps(&program.body, &mut text);
        self.loops = loops;
        self.fuel = fuel;
        self.base = outer;
        self.stack.truncate(base);
        self.globals = globals;
        done?;
        let settled = match self.settler.take_if(|_| self.depth == 0) {
            None => settle::settled(&text),
            Some(mut settler) => {
                settler.write_all(text.as_bytes())?;
                settler.finish().ok_or(Halt::Left)?
            }
        };
        self.keep(text);
        Ok(settled)
    }

    fn steps(&mut self, steps: &'p [Step], out: &mut String) -> Result<(), Halt> {
        self.tick(steps.len() as u64)?;
        for step in steps {
            match step {
                Step::Text(text) => out.push_str(text),
                Step::Hole(hole) => self.hole(hole, out)?,
                Step::If(when, then, otherwise) => {
                    let steps = if self.holds(when)? { then } else { otherwise };
                    self.steps(steps, out)?;
                }
                Step::For(it) => self.rounds(it, out)?,
                Step::Set(slot, code) => {
                    let value = self.value(code)?;
                    self.stack[self.base + slot] = Some(value);
                }
            }
        }
        if self.depth == 0 && out.len() > WAITING { self.hand_on(out) } else { Ok(()) }
    }

    fn hand_on(&mut self, out: &mut String) -> Result<(), Halt> {
        if let Some(log) = &mut self.log {
            // A long text leaves in parts, which cannot be replayed.
            log.lost = true;
            return Err(Halt::Left);
        }
        let part = &mut self.part;
        self.settler.get_or_insert_with(|| Settler::new(part.take())).write_all(out.as_bytes())?;
        out.clear();
        Ok(())
    }

    fn rounds(&mut self, it: &'p Loop, out: &mut String) -> Result<(), Halt> {
        let over = self.defined(&it.over)?;
        let (mut items, mut length) = self.items(&over)?;
        if let Some((targets, when)) = &it.when {
            items = self.those(items, targets, when)?;
            length = Some(items.len());
        }
        for slot in &it.own {
            self.stack[self.base + slot] = None;
        }
        let some = !items.is_empty();
        self.loops.push(Numbers { at: 0, length });
        for item in items {
            // As many instructions as minijinja takes at least.
            self.tick(3)?;
            self.assign(&it.targets, item)?;
            self.steps(&it.body, out)?;
            if let Some(numbers) = self.loops.last_mut() {
                numbers.at += 1;
            }
        }
        self.loops.pop();
        if some { Ok(()) } else { self.steps(&it.otherwise, out) }
    }

    /// The items of a list, and their number if it is known beforehand.
    fn items(&mut self, over: &Seen) -> Result<(Vec<Seen>, Option<usize>), Halt> {
        let items = over.value.try_iter()?;
        let length = match items.size_hint() {
            (least, Some(most)) if least == most => Some(least),
            _ => None,
        };
        if self.log.is_none() || matches!(over.tag, Tag::Fixed) {
            return Ok((items.map(Seen::fixed).collect(), length));
        }
        let count = self.computed(Op::Count, over)?;
        self.ask(&count)?;
        let items = (0..items.count()).map(|at| self.computed(Op::At(at), over));
        Ok((items.collect::<Result<_, _>>()?, length))
    }

    /// The items that pass a condition.
    fn those(
        &mut self,
        items: Vec<Seen>,
        targets: &Targets,
        when: &'p super::Code,
    ) -> Result<Vec<Seen>, Halt> {
        let mut kept = vec![];
        for item in items {
            self.tick(3)?;
            self.assign(targets, item.clone())?;
            if self.holds(when)? {
                kept.push(item);
            }
        }
        Ok(kept)
    }

    fn assign(&mut self, targets: &Targets, item: Seen) -> Result<(), Halt> {
        match targets {
            Targets::One(slot) => self.stack[self.base + slot] = Some(item),
            Targets::Many(slots) => {
                let (parts, _) = self.items(&item)?;
                if parts.len() != slots.len() {
                    return Err(Halt::Left);
                }
                for (slot, part) in slots.iter().zip(parts) {
                    self.stack[self.base + slot] = Some(part);
                }
            }
        }
        Ok(())
    }

    /// Writes an interpolation.
    fn hole(&mut self, hole: &'p Hole, out: &mut String) -> Result<(), Halt> {
        let how = &hole.how;
        let mut seen = self.value(&hole.code)?;
        if how.filter == Some(Put::Absent) && self.is(Op::IsEmpty, &seen)? {
            out.push(ABSENT);
            return Ok(());
        }
        if let Some(part) = seen.value.downcast_object_ref::<Part>() {
            if !part.foreign || put::place(how.put) == Place::Code {
                if let (Some(log), Tag::Value(_)) = (&mut self.log, &seen.tag) {
                    // It was handed over: another one may fall into other lines.
                    log.lost |= !settle::is_marked(&part.text);
                }
                return emit(how, &seen.value, out);
            }
            seen.value = Value::from(settle::bare(&part.text));
        }
        let Some(log) = self.log.as_mut().filter(|_| !matches!(seen.tag, Tag::Fixed)) else {
            return emit(how, &seen.value, out);
        };
        let mut text = self.spare.pop().unwrap_or_default();
        emit(how, &seen.value, &mut text)?;
        log.write(*how, &seen, &text, out);
        self.keep(text);
        Ok(())
    }

    /// The settled text of a partial, with marks while it is learnt, and its program.
    fn text_of(&mut self, call: &'p Partial) -> Result<(String, &'p Program), Halt> {
        let link = call.link.get_or_init(|| link(self.programs, call)).as_ref().ok_or(Halt::Left)?;
        let program = &self.programs.programs[link.program];
        self.parts += 1;
        if self.depth >= part::DEPTH || self.parts > part::PARTS {
            return Err(Halt::Left);
        }
        let values = call.values.iter().map(|code| self.defined(code));
        let values: Vec<Seen> = values.collect::<Result<_, _>>()?;
        let named = link.inputs.iter().map(|given| match given {
            Given::Value(at) => Some(values[*at].clone()),
            Given::Global(at) => self.globals[*at].clone(),
            Given::Nowhere => None,
        });
        let inputs = self.globals.iter().cloned().chain(named);
        let text = if self.log.is_some() {
            let inputs = inputs.collect();
            self.depth += 1;
            self.body(program, inputs)
        } else {
            let inputs: Vec<Option<Value>> = inputs.map(|seen| seen.map(|seen| seen.value)).collect();
            self.depth += 1;
            self.rendered(program, &inputs, OFTEN)
        };
        self.depth -= 1;
        Ok((text?, program))
    }

    /// A partial as a value.
    pub(super) fn partial(&mut self, call: &'p Partial) -> Result<Seen, Halt> {
        let (text, program) = self.text_of(call)?;
        let tag = match &self.log {
            Some(_) if settle::is_marked(&text) => Tag::Text(Arc::from(text.as_str())),
            _ => Tag::Fixed,
        };
        if part::is_part(program.format, call.format) {
            let foreign = part::is_foreign(program.format, call.format);
            return Ok(Seen { value: Value::from_object(Part { text, foreign }), tag });
        }
        let value = Value::from(settle::bare(&text));
        self.keep(text);
        Ok(Seen { value, tag })
    }

    /// Counts what is done, so that every template comes to an end.
    pub(super) fn tick(&mut self, count: u64) -> Result<(), Halt> {
        self.fuel = self.fuel.checked_sub(count).ok_or(Halt::Endless)?;
        Ok(())
    }

    /// Keeps a text for another use.
    fn keep(&mut self, mut text: String) {
        text.clear();
        self.spare.push(text);
    }
}

/// What a context has under a name.
fn given(context: &Value, name: &str) -> Option<Value> {
    context.get_attr(name).ok().filter(|value| !value.is_undefined())
}

fn link(programs: &Programs, call: &Partial) -> Option<Link> {
    let program = *programs.numbers.get(&*call.name)?;
    let given = |name: &str| {
        let named = call.names.iter().position(|other| **other == *name).map(|at| Given::Value(at + 1));
        let global = || GLOBALS.iter().position(|other| *other == name).map(Given::Global);
        match name {
            "it" => Given::Value(0),
            _ => named.or_else(global).unwrap_or(Given::Nowhere),
        }
    };
    let names = programs.programs[program].names.iter();
    Some(Link { program, inputs: names.map(|(name, _)| given(name)).collect() })
}
