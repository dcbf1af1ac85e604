//! From minijinja's syntax tree to a program; none for what programs do not know.

use super::{Arguments, Call, Code, Formula, GLOBALS, Hole, Loop, Order, Program, Round, Step, Targets};
use crate::render::filters::Put;
use crate::render::format::Format;
use minijinja::machinery::ast::{BinOpKind, CallArg, CompareOpKind, Expr, ForLoop, Stmt, UnaryOpKind};
use minijinja::machinery::{parse, parse_expr};
use minijinja::syntax::SyntaxConfig;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Names that are functions or keep a meaning of their own.
const TAKEN: [&str; 3] = ["part", "range", "loop"];

/// Compiles one template.
pub(super) fn program(name: &str, format: Format, text: &str, syntax: &SyntaxConfig) -> Option<Program> {
    let Ok(Stmt::Template(template)) = parse(text, name, syntax.clone()) else { return None };
    let mut compiler = Compiler::default();
    compiler.open(&template.children, &[])?;
    let body = compiler.steps(&template.children)?;
    if compiler.calls && compiler.shadows {
        return None;
    }
    let names = compiler.outside.into_iter().collect();
    Some(Program { format, body, names, slots: compiler.slots })
}

/// Compiles an expression.
pub(super) fn formula(text: &str) -> Option<Formula> {
    formula_of(&parse_expr(text).ok()?)
}

/// The same, of one that was read.
pub(super) fn formula_of(expr: &Expr<'_>) -> Option<Formula> {
    let mut compiler = Compiler::default();
    let code = compiler.code(expr)?;
    if compiler.calls {
        return None;
    }
    Some(Formula { code, names: compiler.outside.into_iter().collect(), slots: compiler.slots })
}

#[derive(Default)]
struct Compiler {
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
        Some(Hole { code: self.code(inner)?, put, filter })
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
            return Some(Code::Wrap(put, Box::new(self.code(inner)?)));
        }
        Some(match expr {
            Expr::Var(name) => self.name(name.id)?,
            Expr::GetAttr(it) => match &it.expr {
                Expr::Var(name) if name.id == "loop" => self.round(it.name)?,
                inner => Code::Attr(Box::new(self.code(inner)?), it.name.into()),
            },
            Expr::GetItem(it) => Code::Item(self.pair(&it.expr, &it.subscript_expr)?),
            Expr::UnaryOp(it) if matches!(it.op, UnaryOpKind::Not) => {
                Code::Not(Box::new(self.code(&it.expr)?))
            }
            Expr::BinOp(it) => self.operation(it.op, &it.left, &it.right)?,
            Expr::Compare(it) => {
                let steps = it.ops.iter().map(|step| Some((order(step.op), self.code(&step.expr)?)));
                let steps: Option<Vec<_>> = steps.collect();
                Code::Compare(Box::new((self.code(&it.expr)?, steps?)))
            }
            Expr::IfExpr(it) => Code::If(Box::new((
                self.code(&it.test_expr)?,
                self.code(&it.true_expr)?,
                self.code(it.false_expr.as_ref()?)?,
            ))),
            Expr::Filter(it) => {
                Code::Filter(it.name.into(), self.arguments(Some(it.expr.as_ref()?), &it.args)?)
            }
            Expr::Test(it) => self.test(it.name, &it.expr, &it.args)?,
            Expr::Call(it) => match &it.expr {
                Expr::Var(name) if name.id == "part" => self.part(&it.args)?,
                Expr::Var(name) if name.id == "range" => {
                    Code::Function(name.id.into(), self.arguments(None, &it.args)?)
                }
                _ => return None,
            },
            Expr::List(it) => Code::List(self.codes(&it.items)?),
            Expr::Map(it) => {
                let pairs = it.keys.iter().zip(&it.values);
                let pairs = pairs.map(|(key, value)| Some((self.code(key)?, self.code(value)?)));
                Code::Map(pairs.collect::<Option<_>>()?)
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
                return Some(Code::Join(pieces.into()));
            }
            BinOpKind::Add => "+",
            BinOpKind::Sub => "-",
            BinOpKind::Mul => "*",
            BinOpKind::Div => "/",
            BinOpKind::FloorDiv => "//",
            BinOpKind::Rem => "%",
            BinOpKind::Pow => return None,
            op => {
                let step = (compared(op)?, self.code(right)?);
                return Some(Code::Compare(Box::new((self.code(left)?, vec![step]))));
            }
        };
        Some(Code::Math(Box::new((sign, self.code(left)?, self.code(right)?))))
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
            ("none", []) => Code::None(Box::new(self.code(expr)?)),
            ("defined", []) => Code::Defined(Box::new(self.code(expr)?)),
            _ => Code::Test(name.into(), self.arguments(Some(expr), args)?),
        })
    }

    fn part(&mut self, args: &[CallArg<'_>]) -> Option<Code> {
        self.calls = true;
        // `target=target` hands on what a partial is given unasked.
        let kept = args.iter().filter(|arg| match arg {
            CallArg::Kwarg(name, Expr::Var(value)) => *name != value.id || !GLOBALS.contains(name),
            _ => true,
        });
        let Arguments { mut values, named } = self.arguments(None, kept)?;
        let it = values.pop()?;
        let [Code::Const(name)] = &values[..] else { return None };
        let twice = |name: &str| name == "it" || GLOBALS.contains(&name);
        if named.iter().any(|(name, _)| twice(name)) {
            return None;
        }
        Some(Code::Part(Box::new(Call { name: name.as_str()?.into(), it, named, link: OnceLock::new() })))
    }

    fn arguments<'a, 's: 'a>(
        &mut self,
        first: Option<&Expr<'_>>,
        args: impl IntoIterator<Item = &'a CallArg<'s>>,
    ) -> Option<Arguments> {
        let mut values = vec![];
        values.extend(first.map(|expr| self.code(expr)));
        let mut named: Vec<(Box<str>, Code)> = vec![];
        for arg in args {
            match arg {
                CallArg::Pos(expr) => values.push(self.code(expr)),
                CallArg::Kwarg(name, expr) => named.push(((*name).into(), self.code(expr)?)),
                CallArg::PosSplat(_) | CallArg::KwargSplat(_) => return None,
            }
        }
        Some(Arguments { values: values.into_iter().collect::<Option<_>>()?, named })
    }
}

/// The filter that says how a value is put, if it is the outermost.
fn wrapped<'e, 's>(expr: &'e Expr<'s>) -> Option<(Put, &'e Expr<'s>)> {
    let Expr::Filter(filter) = expr else { return None };
    let put = match filter.name {
        "word" => Put::Word,
        "optional" => Put::Absent,
        "_word" => Put::Quoted,
        "_inline" => Put::Inline,
        "_key" => Put::Key,
        "_comment" => Put::Comment,
        "_code" => Put::Code,
        _ => return None,
    };
    if !filter.args.is_empty() {
        return None;
    }
    Some((put, filter.expr.as_ref()?))
}

/// The names that a body sets in its own scope: conditions have none of their own, loops have.
fn sets<'s>(body: &[Stmt<'s>], names: &mut Vec<&'s str>) -> Option<()> {
    for stmt in body {
        match stmt {
            Stmt::Set(set) => {
                let Expr::Var(name) = &set.target else { return None };
                names.push(name.id);
            }
            Stmt::IfCond(cond) => {
                sets(&cond.true_body, names)?;
                sets(&cond.false_body, names)?;
            }
            Stmt::ForLoop(it) => sets(&it.else_body, names)?,
            _ => {}
        }
    }
    Some(())
}

/// The names that the items of a loop get.
fn targets<'s>(target: &Expr<'s>) -> Option<Vec<&'s str>> {
    let name = |expr: &Expr<'s>| match expr {
        Expr::Var(name) => Some(name.id),
        _ => None,
    };
    match target {
        Expr::List(list) => list.items.iter().map(name).collect(),
        expr => Some(vec![name(expr)?]),
    }
}

fn order(op: CompareOpKind) -> Order {
    match op {
        CompareOpKind::Eq => Order::Equal,
        CompareOpKind::Ne => Order::Other,
        CompareOpKind::Lt => Order::Less,
        CompareOpKind::Lte => Order::AtMost,
        CompareOpKind::Gt => Order::More,
        CompareOpKind::Gte => Order::AtLeast,
        CompareOpKind::In => Order::In,
        CompareOpKind::NotIn => Order::NotIn,
    }
}

fn compared(op: BinOpKind) -> Option<Order> {
    Some(match op {
        BinOpKind::Eq => Order::Equal,
        BinOpKind::Ne => Order::Other,
        BinOpKind::Lt => Order::Less,
        BinOpKind::Lte => Order::AtMost,
        BinOpKind::Gt => Order::More,
        BinOpKind::Gte => Order::AtLeast,
        BinOpKind::In => Order::In,
        _ => return None,
    })
}
