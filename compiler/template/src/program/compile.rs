//! From minijinja's syntax tree to a program; none for what programs do not know.

use super::op::{self, Op};
use super::syntax::{compared, order, sets, targets, wrapped};
use super::{Code, Formula, GLOBALS, Hole, How, Loop, Partial, Program, Round, Step, Targets};
use crate::filters::Put;
use crate::format::Format;
use minijinja::machinery::ast::{BinOpKind, CallArg, Expr, ForLoop, Stmt, UnaryOpKind};
use minijinja::machinery::{parse, parse_expr};
use minijinja::syntax::SyntaxConfig;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

/// The names of what is handed over.
type Names = Box<[Box<str>]>;

/// Names that are functions or keep a meaning of their own.
const TAKEN: [&str; 3] = ["part", "range", "loop"];

/// Compiles one template.
pub(super) fn program(name: &str, format: Format, text: &str, syntax: &SyntaxConfig) -> Option<Program> {
    let Ok(Stmt::Template(template)) = parse(text, name, syntax.clone()) else { return None };
    let mut compiler = Compiler::new(format);
    compiler.open(&template.children, &[])?;
    let body = compiler.steps(&template.children)?;
    if compiler.calls && compiler.shadows {
        return None;
    }
    let names = compiler.outside.into_iter().collect();
    Some(Program { format, body, names, slots: compiler.slots, shape: Mutex::default() })
}

/// Compiles an expression.
pub(super) fn formula(text: &str) -> Option<Formula> {
    formula_of(&parse_expr(text).ok()?)
}

/// The same, of one that was read.
pub(super) fn formula_of(expr: &Expr<'_>) -> Option<Formula> {
    let mut compiler = Compiler::new(Format::Text);
    let code = compiler.code(expr)?;
    if compiler.calls {
        return None;
    }
    Some(Formula { code, names: compiler.outside.into_iter().collect(), slots: compiler.slots })
}

struct Compiler {
    format: Format,
    /// The names that are set in the template, then in each loop around the present place, with their slots.
    scopes: Vec<BTreeMap<String, usize>>,
    outside: BTreeMap<String, usize>,
    slots: usize,
    loops: usize,
    /// It calls partials.
    calls: bool,
    /// It sets names that partials are given unasked.
    shadows: bool,
}

impl Compiler {
    fn new(format: Format) -> Compiler {
        let (scopes, outside) = (vec![], BTreeMap::new());
        Compiler { format, scopes, outside, slots: 0, loops: 0, calls: false, shadows: false }
    }

    fn slot(&mut self) -> usize {
        self.slots += 1;
        self.slots - 1
    }

    /// Opens a scope with the names that a body sets, wherever it does, and with `others`.
    fn open(&mut self, body: &[Stmt<'_>], others: &[&str]) -> Option<()> {
        let mut names = others.to_vec();
        sets(body, &mut names)?;
        if names.iter().any(|name| TAKEN.contains(name)) {
            return None;
        }
        self.shadows |= names.iter().any(|name| GLOBALS.contains(name));
        let mut scope = BTreeMap::new();
        for name in names {
            let slot = self.slot();
            scope.entry(name.to_string()).or_insert(slot);
        }
        self.scopes.push(scope);
        Some(())
    }

    /// The slot of a name that the innermost scope sets.
    fn own(&self, name: &str) -> Option<usize> {
        self.scopes.last()?.get(name).copied()
    }

    fn steps(&mut self, body: &[Stmt<'_>]) -> Option<Vec<Step>> {
        body.iter().map(|stmt| self.step(stmt)).collect()
    }

    fn step(&mut self, stmt: &Stmt<'_>) -> Option<Step> {
        Some(match stmt {
            Stmt::EmitRaw(text) => Step::Text(text.raw.into()),
            Stmt::EmitExpr(hole) => Step::Hole(self.hole(&hole.expr)?),
            Stmt::IfCond(cond) => {
                Step::If(self.code(&cond.expr)?, self.steps(&cond.true_body)?, self.steps(&cond.false_body)?)
            }
            Stmt::ForLoop(it) if !it.recursive => Step::For(Box::new(self.rounds(it)?)),
            Stmt::Set(set) => {
                let Expr::Var(target) = &set.target else { return None };
                Step::Set(self.own(target.id)?, self.code(&set.expr)?)
            }
            _ => return None,
        })
    }

    /// An interpolation: what its place asks for is the outermost filter, put there by `prepare`.
    fn hole(&mut self, expr: &Expr<'_>) -> Option<Hole> {
        let (put, inner) = match wrapped(expr) {
            Some((put, inner)) if !matches!(put, Put::Word | Put::Absent) => (Some(put), inner),
            _ => (None, expr),
        };
        let (filter, inner) = match wrapped(inner) {
            Some((filter @ (Put::Word | Put::Absent), inner)) => (Some(filter), inner),
            _ => (None, inner),
        };
        Some(Hole { code: self.code(inner)?, how: How { format: self.format, put, filter } })
    }

    fn rounds(&mut self, it: &ForLoop<'_>) -> Option<Loop> {
        let over = self.code(&it.iter)?;
        let names = targets(&it.target)?;
        let when = match &it.filter_expr {
            Some(when) => {
                self.open(&[], &names)?;
                let code = self.code(when)?;
                let targets = self.targets(&it.target)?;
                self.scopes.pop();
                Some((targets, code))
            }
            None => None,
        };
        self.open(&it.body, &names)?;
        self.loops += 1;
        let targets = self.targets(&it.target)?;
        let body = self.steps(&it.body)?;
        self.loops -= 1;
        let own = self.scopes.pop()?.into_values().collect();
        Some(Loop { over, when, targets, own, body, otherwise: self.steps(&it.else_body)? })
    }

    fn targets(&self, target: &Expr<'_>) -> Option<Targets> {
        let slots: Option<Vec<usize>> = targets(target)?.into_iter().map(|name| self.own(name)).collect();
        Some(match target {
            Expr::Var(_) => Targets::One(slots?[0]),
            _ => Targets::Many(slots?),
        })
    }

    fn codes(&mut self, exprs: &[Expr<'_>]) -> Option<Vec<Code>> {
        exprs.iter().map(|expr| self.code(expr)).collect()
    }

    fn pair(&mut self, left: &Expr<'_>, right: &Expr<'_>) -> Option<Box<(Code, Code)>> {
        Some(Box::new((self.code(left)?, self.code(right)?)))
    }

    fn code(&mut self, expr: &Expr<'_>) -> Option<Code> {
        if let Some(value) = expr.as_const() {
            return Some(Code::Const(value));
        }
        if let Some((put, inner)) = wrapped(expr) {
            return Some(apply(Op::Wrap(put), [self.code(inner)?]));
        }
        Some(match expr {
            Expr::Var(name) => self.name(name.id)?,
            Expr::GetAttr(it) => match &it.expr {
                Expr::Var(name) if name.id == "loop" => self.round(it.name)?,
                inner => apply(Op::Attr(it.name.into()), [self.code(inner)?]),
            },
            Expr::GetItem(it) => apply(Op::Item, [self.code(&it.expr)?, self.code(&it.subscript_expr)?]),
            Expr::UnaryOp(it) if matches!(it.op, UnaryOpKind::Not) => {
                Code::Not(Box::new(self.code(&it.expr)?))
            }
            Expr::BinOp(it) => self.operation(it.op, &it.left, &it.right)?,
            Expr::Compare(it) => {
                // A chain holds if each value stands in order with the one behind it.
                let mut pairs = vec![];
                let mut left = &it.expr;
                for step in &it.ops {
                    let pair = [self.code(left)?, self.code(&step.expr)?];
                    pairs.push(apply(Op::Compare(order(step.op)), pair));
                    left = &step.expr;
                }
                pairs.into_iter().reduce(|all, pair| Code::And(Box::new((all, pair))))?
            }
            Expr::IfExpr(it) => Code::If(Box::new((
                self.code(&it.test_expr)?,
                self.code(&it.true_expr)?,
                self.code(it.false_expr.as_ref()?)?,
            ))),
            Expr::Filter(it) => {
                let (named, values) = self.arguments(Some(it.expr.as_ref()?), &it.args)?;
                apply(Op::Filter(op::Call { name: it.name.into(), named }), values)
            }
            Expr::Test(it) => self.test(it.name, &it.expr, &it.args)?,
            Expr::Call(it) => match &it.expr {
                Expr::Var(name) if name.id == "part" => self.part(&it.args)?,
                Expr::Var(name) if name.id == "range" => {
                    let (named, values) = self.arguments(None, &it.args)?;
                    apply(Op::Function(op::Call { name: name.id.into(), named }), values)
                }
                _ => return None,
            },
            Expr::List(it) => apply(Op::List, self.codes(&it.items)?),
            Expr::Map(it) => {
                let parts = it.keys.iter().zip(&it.values).flat_map(|(key, value)| [key, value]);
                apply(Op::Map, parts.map(|part| self.code(part)).collect::<Option<Vec<_>>>()?)
            }
            _ => return None,
        })
    }

    /// A name: set in a scope around, or given from outside.
    fn name(&mut self, name: &str) -> Option<Code> {
        if TAKEN.contains(&name) {
            return None;
        }
        let mut slots: Vec<usize> =
            self.scopes.iter().rev().filter_map(|scope| scope.get(name).copied()).collect();
        if !self.outside.contains_key(name) {
            let slot = self.slot();
            self.outside.insert(name.to_string(), slot);
        }
        slots.push(self.outside[name]);
        Some(match slots[..] {
            [slot] => Code::Slot(slot),
            _ => Code::Name(slots.into()),
        })
    }

    fn round(&self, field: &str) -> Option<Code> {
        let field = match field {
            "index" => Round::Index,
            "index0" => Round::Index0,
            "first" => Round::First,
            "last" => Round::Last,
            "length" => Round::Length,
            _ => return None,
        };
        (self.loops > 0).then_some(Code::Round(field))
    }

    fn operation(&mut self, op: BinOpKind, left: &Expr<'_>, right: &Expr<'_>) -> Option<Code> {
        let sign = match op {
            BinOpKind::ScAnd => return Some(Code::And(self.pair(left, right)?)),
            BinOpKind::ScOr => return Some(Code::Or(self.pair(left, right)?)),
            BinOpKind::Concat => {
                let mut pieces = vec![];
                self.pieces(left, &mut pieces)?;
                self.pieces(right, &mut pieces)?;
                return Some(apply(Op::Join, pieces));
            }
            BinOpKind::Add => "+",
            BinOpKind::Sub => "-",
            BinOpKind::Mul => "*",
            BinOpKind::Div => "/",
            BinOpKind::FloorDiv => "//",
            BinOpKind::Rem => "%",
            BinOpKind::Pow => return None,
            op => {
                return Some(apply(Op::Compare(compared(op)?), [self.code(left)?, self.code(right)?]));
            }
        };
        Some(apply(Op::Math(sign), [self.code(left)?, self.code(right)?]))
    }

    /// The texts of `a ~ b ~ c`.
    fn pieces(&mut self, expr: &Expr<'_>, pieces: &mut Vec<Code>) -> Option<()> {
        match expr {
            Expr::BinOp(it) if matches!(it.op, BinOpKind::Concat) => {
                self.pieces(&it.left, pieces)?;
                self.pieces(&it.right, pieces)?;
            }
            expr => pieces.push(self.code(expr)?),
        }
        Some(())
    }

    fn test(&mut self, name: &str, expr: &Expr<'_>, args: &[CallArg<'_>]) -> Option<Code> {
        Some(match (name, args) {
            ("none", []) => apply(Op::IsNone, [self.code(expr)?]),
            ("defined", []) => apply(Op::IsDefined, [self.code(expr)?]),
            _ => {
                let (named, values) = self.arguments(Some(expr), args)?;
                apply(Op::Test(op::Call { name: name.into(), named }), values)
            }
        })
    }

    fn part(&mut self, args: &[CallArg<'_>]) -> Option<Code> {
        self.calls = true;
        // `target=target` hands on what a partial is given unasked.
        let kept = args.iter().filter(|arg| match arg {
            CallArg::Kwarg(name, Expr::Var(value)) => *name != value.id || !GLOBALS.contains(name),
            _ => true,
        });
        let (names, values) = self.arguments(None, kept)?;
        let mut values = values.into_iter();
        let Some(Code::Const(name)) = values.next() else { return None };
        let values: Box<[Code]> = values.collect();
        let twice = |name: &str| name == "it" || GLOBALS.contains(&name);
        if values.len() != names.len() + 1 || names.iter().any(|name| twice(name)) {
            return None;
        }
        Some(Code::Part(Box::new(Partial {
            name: name.as_str()?.into(),
            names,
            values,
            format: self.format,
            link: OnceLock::new(),
        })))
    }

    /// The values that are handed over, those with a name last, and these names.
    fn arguments<'a, 's: 'a>(
        &mut self,
        first: Option<&Expr<'_>>,
        args: impl IntoIterator<Item = &'a CallArg<'s>>,
    ) -> Option<(Names, Vec<Code>)> {
        let mut values = vec![];
        if let Some(first) = first {
            values.push(self.code(first)?);
        }
        let mut names: Vec<Box<str>> = vec![];
        for arg in args {
            match arg {
                CallArg::Pos(expr) if names.is_empty() => values.push(self.code(expr)?),
                CallArg::Kwarg(name, expr) => {
                    names.push((*name).into());
                    values.push(self.code(expr)?);
                }
                _ => return None,
            }
        }
        Some((names.into(), values))
    }
}

fn apply(op: Op, values: impl Into<Box<[Code]>>) -> Code {
    Code::Apply(Arc::new(op), values.into())
}
