//! Templates as programs of our own: what minijinja's parser reads becomes a tree of steps, in which each name is a
//! numbered slot and each call of a partial a call of another program. Nineteen of twenty renderings are partials, and
//! a program renders one without a machine, a context or an environment of its own.
//!
//! Programs know what the templates of targets use. A template that uses more, and every rendering that meets an error,
//! is left to minijinja, which says what is wrong and where.

mod compile;
mod learn;
mod log;
mod op;
mod replay;
mod run;
mod shape;
mod syntax;
mod value;

use super::filters::Put;
use super::format::Format;
use super::settle::Part;
use minijinja::machinery::ast::Expr;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Value};
use op::Op;
use replay::Scratch;
use shape::Shape;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use value::Seen;

pub(crate) use value::Halt;

/// What a partial sees without being told.
pub(super) const GLOBALS: [&str; 3] = ["app", "environment", "target"];

/// The programs of a pack.
#[derive(Debug, Default)]
pub(crate) struct Programs {
    programs: Vec<Program>,
    numbers: BTreeMap<String, usize>,
    /// Memory of the last rendering, for the next.
    memory: Mutex<Memory>,
}

/// Texts and slots, empty, with the room they once needed.
#[derive(Debug, Default)]
struct Memory {
    texts: Vec<String>,
    stack: Vec<Option<Seen>>,
    scratch: Scratch,
}

impl Programs {
    /// Adds a template, if it uses nothing that only minijinja knows.
    pub(crate) fn add(&mut self, name: &str, format: Format, text: &str, syntax: &SyntaxConfig) {
        if let Some(program) = compile::program(name, format, text, syntax) {
            self.numbers.insert(name.to_string(), self.programs.len());
            self.programs.push(program);
        }
    }

    /// Whether a template is a program.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.numbers.contains_key(name)
    }

    /// Whether a template asks for a name of its context; also if nothing is known of it.
    pub(crate) fn asks(&self, template: &str, name: &str) -> bool {
        let program = self.numbers.get(template).map(|number| &self.programs[*number]);
        program.is_none_or(|program| program.names.iter().any(|(asked, _)| asked == name))
    }

    /// How often a template was rendered by what was known of it.
    #[cfg(test)]
    pub(crate) fn replays(&self) -> usize {
        self.programs.iter().map(|program| program.shape().done).sum()
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The settled text; what is done of a long one goes to `part`.
    ///
    /// # Errors
    /// Minijinja must see to it, or the template has no end.
    pub(crate) fn run<'p>(
        &'p self,
        env: &'p Environment<'static>,
        name: &str,
        context: &Value,
        part: Option<Part<'p>>,
    ) -> Result<String, Halt> {
        let number = self.numbers.get(name).ok_or(Halt::Left)?;
        run::Machine::new(self, env).artifact(&self.programs[*number], context, part)
    }
}

/// An expression of a manifest.
#[derive(Debug)]
pub(crate) struct Formula {
    code: Code,
    names: Vec<(String, usize)>,
    slots: usize,
}

impl Formula {
    /// Compiles an expression that uses nothing that only minijinja knows.
    pub(crate) fn new(text: &str) -> Option<Formula> {
        compile::formula(text)
    }

    /// The same, of one that was read.
    pub(crate) fn of(expr: &Expr<'_>) -> Option<Formula> {
        compile::formula_of(expr)
    }

    /// Whether it asks for a name of its context.
    pub(crate) fn asks(&self, name: &str) -> bool {
        self.names.iter().any(|(asked, _)| asked == name)
    }

    /// Its value; none if minijinja must see to it.
    pub(crate) fn value(
        &self,
        programs: &Programs,
        env: &Environment<'static>,
        context: &Value,
    ) -> Option<Value> {
        let value = run::Machine::new(programs, env).formula(self, context).ok()?;
        (!value.is_undefined()).then_some(value)
    }
}

/// A template that was compiled.
#[derive(Debug)]
struct Program {
    format: Format,
    body: Vec<Step>,
    /// The names it asks of whoever renders it, and the slots they are put in.
    names: Vec<(String, usize)>,
    /// How many slots it needs.
    slots: usize,
    /// What is known of its renderings.
    shape: Mutex<Shape>,
}

impl Program {
    fn shape(&self) -> MutexGuard<'_, Shape> {
        self.shape.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A statement.
#[derive(Debug)]
enum Step {
    Text(Box<str>),
    Hole(Hole),
    If(Code, Vec<Step>, Vec<Step>),
    For(Box<Loop>),
    Set(usize, Code),
}

/// An interpolation.
#[derive(Debug)]
struct Hole {
    code: Code,
    how: How,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct How {
    format: Format,
    /// How its place in the text wants it to be put.
    put: Option<Put>,
    /// Its outermost filter, of those that say how a value is put.
    filter: Option<Put>,
}

/// A loop.
#[derive(Debug)]
struct Loop {
    over: Code,
    /// What an item must pass, with the slots for its parts and those that are to be empty before.
    when: Option<(Targets, Code)>,
    targets: Targets,
    /// The slots of all names that its body sets.
    own: Vec<usize>,
    body: Vec<Step>,
    otherwise: Vec<Step>,
}

/// Where the items of a loop go.
#[derive(Debug)]
enum Targets {
    One(usize),
    Many(Vec<usize>),
}

/// An expression.
#[derive(Debug)]
enum Code {
    Const(Value),
    Slot(usize),
    /// The first of these slots that is set.
    Name(Box<[usize]>),
    /// A number of the innermost loop.
    Round(Round),
    Not(Box<Code>),
    And(Box<(Code, Code)>),
    Or(Box<(Code, Code)>),
    /// Condition, value, other value.
    If(Box<(Code, Code, Code)>),
    Apply(Arc<Op>, Box<[Code]>),
    Part(Box<Partial>),
}

/// The call of a partial.
#[derive(Debug)]
struct Partial {
    name: Box<str>,
    /// Of all values but the first, which is `it`.
    names: Box<[Box<str>]>,
    values: Box<[Code]>,
    /// The format of the caller.
    format: Format,
    /// Looked up at the first call.
    link: OnceLock<Option<Link>>,
}

/// The program of a partial and, for each name it asks for, the value that is handed over.
#[derive(Debug)]
struct Link {
    program: usize,
    inputs: Vec<Given>,
}

/// Where a partial has a name from.
#[derive(Clone, Copy, Debug)]
enum Given {
    /// It is handed over.
    Value(usize),
    /// Every partial sees it.
    Global(usize),
    Nowhere,
}

/// What a loop tells of itself.
#[derive(Clone, Copy, Debug)]
enum Round {
    Index,
    Index0,
    First,
    Last,
    Length,
}
