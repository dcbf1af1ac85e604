//! Runs programs: one stack of slots for all partials of an artifact, and texts that are used again.

use super::value::{Halt, Numbers, join};
use super::{Call, Code, Formula, GLOBALS, Hole, Link, Loop, Memory, Program, Programs, Step, Targets};
use crate::render::filters::{self, Put};
use crate::render::format::Format;
use crate::render::part;
use crate::render::settle::{self, ABSENT, Settler};
use crate::render::{FUEL, put, write};
use minijinja::{Environment, State, Value};
use std::io::Write as _;

/// Bytes of an artifact that wait before they are handed on.
const WAITING: usize = 1 << 16;

/// Renders one artifact.
pub(super) struct Machine<'p> {
    programs: &'p Programs,
    pub(super) env: &'p Environment<'static>,
    /// What filters and tests want to see.
    state: Option<State<'p, 'p>>,
    /// The slots of all programs that are running, and where those of the present one begin.
    pub(super) stack: Vec<Option<Value>>,
    pub(super) base: usize,
    pub(super) loops: Vec<Numbers>,
    globals: [Option<Value>; 3],
    /// The format of the present program.
    pub(super) format: Format,
    pub(super) spare: Vec<String>,
    settler: Option<Settler<'p>>,
    /// Where the parts of a long text go.
    part: Option<settle::Part<'p>>,
    depth: u32,
    parts: u32,
    fuel: u64,
}

impl<'p> Machine<'p> {
    pub(super) fn new(programs: &'p Programs, env: &'p Environment<'static>) -> Self {
        let Memory { texts, stack } = std::mem::take(&mut *programs.memory());
        Machine {
            programs,
            env,
            state: None,
            stack,
            base: 0,
            loops: vec![],
            globals: [const { None }; 3],
            format: Format::Text,
            spare: texts,
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
        self.globals = GLOBALS.map(|name| given(context, name));
        self.fill(&program.names, program.slots, context);
        let mut out = self.spare.pop().unwrap_or_default();
        self.format = program.format;
        self.steps(&program.body, &mut out)?;
        let text = match self.settler.take() {
            None => settle::settled(&out),
            Some(mut settler) => {
                settler.write_all(out.as_bytes())?;
                settler.finish().ok_or(Halt::Left)?
            }
        };
        self.keep(out);
        self.end();
        Ok(text)
    }

    /// Gives the memory back.
    fn end(mut self) {
        self.stack.clear();
        *self.programs.memory() = Memory { texts: self.spare, stack: self.stack };
    }

    /// What filters and tests want to see.
    pub(super) fn state(&mut self) -> &mut State<'p, 'p> {
        self.state.get_or_insert_with(|| self.env.empty_state())
    }

    /// The value of an expression of its own.
    pub(super) fn formula(mut self, formula: &'p Formula, context: &Value) -> Result<Value, Halt> {
        self.fill(&formula.names, formula.slots, context);
        let value = self.value(&formula.code);
        self.end();
        value
    }

    fn fill(&mut self, names: &[(String, usize)], slots: usize, context: &Value) {
        self.stack.resize(slots, None);
        for (name, slot) in names {
            self.stack[*slot] = given(context, name);
        }
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
        if self.depth == 0 && out.len() > WAITING {
            let part = &mut self.part;
            self.settler.get_or_insert_with(|| Settler::new(part.take())).write_all(out.as_bytes())?;
            out.clear();
        }
        Ok(())
    }

    fn rounds(&mut self, it: &'p Loop, out: &mut String) -> Result<(), Halt> {
        let over = self.defined(&it.over)?;
        let over = match &it.when {
            Some((targets, when)) => self.those(over, targets, when)?,
            None => over,
        };
        for slot in &it.own {
            self.stack[self.base + slot] = None;
        }
        let items = over.try_iter()?;
        let length = match items.size_hint() {
            (least, Some(most)) if least == most => Some(least),
            _ => None,
        };
        self.loops.push(Numbers { at: 0, length });
        let mut some = false;
        for item in items {
            some = true;
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

    /// The items that pass a condition.
    fn those(&mut self, over: Value, targets: &Targets, when: &'p Code) -> Result<Value, Halt> {
        let mut kept = vec![];
        for item in over.try_iter()? {
            self.tick(3)?;
            self.assign(targets, item.clone())?;
            if self.holds(when)? {
                kept.push(item);
            }
        }
        Ok(Value::from(kept))
    }

    fn assign(&mut self, targets: &Targets, item: Value) -> Result<(), Halt> {
        match targets {
            Targets::One(slot) => self.stack[self.base + slot] = Some(item),
            Targets::Many(slots) => {
                let mut parts = item.try_iter()?;
                for slot in slots {
                    self.stack[self.base + slot] = Some(parts.next().ok_or(Halt::Left)?);
                }
                if parts.next().is_some() {
                    return Err(Halt::Left);
                }
            }
        }
        Ok(())
    }

    /// Writes an interpolation.
    fn hole(&mut self, hole: &'p Hole, out: &mut String) -> Result<(), Halt> {
        let format = self.format;
        let plain = !matches!(hole.put, Some(Put::Quoted)) && hole.filter != Some(Put::Word);
        match &hole.code {
            Code::Part(call) if plain => self.set(hole, call, out),
            Code::Join(pieces) if plain && hole.filter.is_none() => {
                let mut text = self.spare.pop().unwrap_or_default();
                join(self, pieces, &mut text)?;
                put::text(format, hole.put, &text, out)?;
                self.keep(text);
                Ok(())
            }
            code => {
                let value = self.value(code)?;
                match hole.filter {
                    Some(Put::Absent) if filters::is_empty(&value) => out.push(ABSENT),
                    Some(Put::Word) => {
                        write::word(format, &value, hole.put == Some(Put::Quoted), out)?;
                    }
                    _ => put::placed(format, hole.put, &value, out)?,
                }
                Ok(())
            }
        }
    }

    /// Writes a partial.
    fn set(&mut self, hole: &Hole, call: &'p Call, out: &mut String) -> Result<(), Halt> {
        let format = self.format;
        let (text, inner) = self.part(call)?;
        let is_part = part::is_part(inner, format);
        let empty = if is_part { text.trim().is_empty() } else { text.is_empty() };
        if empty && hole.filter == Some(Put::Absent) {
            out.push(ABSENT);
        } else if is_part {
            let foreign = part::is_foreign(inner, format);
            put::part(format, put::place(hole.put), &text, foreign, out)?;
        } else {
            put::text(format, hole.put, &text, out)?;
        }
        self.keep(text);
        Ok(())
    }

    /// Renders a partial; the text is to be given back with [`Machine::keep`].
    pub(super) fn part(&mut self, call: &'p Call) -> Result<(String, Format), Halt> {
        let link = call.link.get_or_init(|| link(self.programs, call)).as_ref().ok_or(Halt::Left)?;
        let program = &self.programs.programs[link.program];
        self.parts += 1;
        if self.depth >= part::DEPTH || self.parts > part::PARTS {
            return Err(Halt::Left);
        }
        let base = self.stack.len();
        self.stack.resize(base + program.slots, None);
        let it = self.defined(&call.it)?;
        if let Some(slot) = link.it {
            self.stack[base + slot] = Some(it);
        }
        for ((_, code), slot) in call.named.iter().zip(&link.named) {
            let value = self.defined(code)?;
            if let Some(slot) = slot {
                self.stack[base + slot] = Some(value);
            }
        }
        for (slot, value) in link.globals.iter().zip(&self.globals) {
            if let Some(slot) = slot {
                self.stack[base + slot] = value.clone();
            }
        }
        let outer = std::mem::replace(&mut self.base, base);
        let format = std::mem::replace(&mut self.format, program.format);
        let fuel = std::mem::replace(&mut self.fuel, FUEL);
        self.depth += 1;
        let mut text = self.spare.pop().unwrap_or_default();
        self.steps(&program.body, &mut text)?;
        self.depth -= 1;
        self.fuel = fuel;
        self.format = format;
        self.base = outer;
        self.stack.truncate(base);
        if settle::is_settled(&text) {
            return Ok((text, program.format));
        }
        let mut settled = self.spare.pop().unwrap_or_default();
        settle::settle_to(&text, &mut settled);
        self.keep(text);
        Ok((settled, program.format))
    }

    /// Counts what is done, so that every template comes to an end.
    pub(super) fn tick(&mut self, count: u64) -> Result<(), Halt> {
        self.fuel = self.fuel.checked_sub(count).ok_or(Halt::Endless)?;
        Ok(())
    }

    /// Keeps a text for another use.
    pub(super) fn keep(&mut self, mut text: String) {
        text.clear();
        self.spare.push(text);
    }
}

/// What a context has under a name.
fn given(context: &Value, name: &str) -> Option<Value> {
    context.get_attr(name).ok().filter(|value| !value.is_undefined())
}

fn link(programs: &Programs, call: &Call) -> Option<Link> {
    let program = *programs.numbers.get(&*call.name)?;
    let names = &programs.programs[program].names;
    let slot = |name: &str| names.iter().find(|(other, _)| other == name).map(|(_, slot)| *slot);
    Some(Link {
        program,
        it: slot("it"),
        named: call.named.iter().map(|(name, _)| slot(name)).collect(),
        globals: GLOBALS.map(slot),
    })
}
