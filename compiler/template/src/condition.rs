//! Conditions of a manifest that are asked of the same nodes, one after the other: what several of them ask is asked
//! once. The target for Kubernetes has 44 for each workload, and in all of them stand some twenty questions.

use super::program::{Formula, Programs};
use minijinja::machinery::ast::{BinOpKind, CallArg, Expr, UnaryOpKind};
use minijinja::machinery::parse_expr;
use minijinja::value::ValueKind;
use minijinja::{Environment, Value};

/// A name and fields of it: `workload.scale.max`.
#[derive(Debug)]
pub(crate) struct Way {
    name: Box<str>,
    fields: Vec<Box<str>>,
}

impl Way {
    /// The way that an expression is, if it is nothing else.
    pub(crate) fn of(expr: &Expr<'_>) -> Option<Way> {
        match expr {
            Expr::Var(name) => Some(Way { name: name.id.into(), fields: vec![] }),
            Expr::GetAttr(it) => {
                let mut way = Way::of(&it.expr)?;
                way.fields.push(it.name.into());
                Some(way)
            }
            _ => None,
        }
    }

    /// What is there; none if something on the way is not defined.
    pub(crate) fn value(&self, context: &Value) -> Option<Value> {
        let mut value = context.get_attr(&self.name).ok()?;
        for field in &self.fields {
            value = value.get_attr(field).ok()?;
        }
        (!value.is_undefined()).then_some(value)
    }
}

/// A question that is a part of a condition.
#[derive(Debug)]
enum Ask {
    /// Whether it is true as conditions see it.
    True(Way),
    Equal(Way, Value),
    None(Way),
    /// Something of a list and of nothing else, so that the answer is the same for all empty lists. Nine of ten
    /// workloads read no topic, and are asked for the brokers of those they read.
    List(Way, Formula),
    Other(Formula),
}

impl Ask {
    fn of(expr: &Expr<'_>) -> Option<Ask> {
        let way = match expr {
            Expr::BinOp(it) if matches!(it.op, BinOpKind::Eq) => match it.right.as_const() {
                Some(value) => Way::of(&it.left).map(|way| Ask::Equal(way, value)),
                None => None,
            },
            Expr::Test(it) if it.name == "none" && it.args.is_empty() => Way::of(&it.expr).map(Ask::None),
            expr => Way::of(expr).map(Ask::True),
        };
        way.or_else(|| {
            let formula = Formula::of(expr)?;
            Some(match list(expr) {
                Some(way) => Ask::List(way, formula),
                None => Ask::Other(formula),
            })
        })
    }

    fn asks(&self, name: &str) -> bool {
        match self {
            Ask::True(way) | Ask::Equal(way, _) | Ask::None(way) => *way.name == *name,
            Ask::List(_, formula) | Ask::Other(formula) => formula.asks(name),
        }
    }
}

/// The list that is the only thing an expression asks for: `workload.consumes | selectattr("provider") | list`.
fn list(expr: &Expr<'_>) -> Option<Way> {
    match expr {
        Expr::Filter(it) => {
            let fixed = |arg: &CallArg<'_>| match arg {
                CallArg::Pos(expr) | CallArg::Kwarg(_, expr) => expr.as_const().is_some(),
                CallArg::PosSplat(_) | CallArg::KwargSplat(_) => false,
            };
            list(it.expr.as_ref().filter(|_| it.args.iter().all(fixed))?)
        }
        Expr::BinOp(it) if it.right.as_const().is_some() => list(&it.left),
        expr => Way::of(expr),
    }
}

/// Conditions, and what they ask.
#[derive(Debug)]
pub struct Conditions<'t> {
    env: &'t Environment<'static>,
    programs: &'t Programs,
    /// The names that mean something else at every node.
    own: [&'t str; 2],
    /// Each question once, with its text, and whether the answer is the same for all nodes.
    asks: Vec<(Ask, String, bool)>,
}

/// A condition: its questions by number.
#[derive(Debug)]
pub enum Condition {
    /// One question.
    Ask(usize),
    /// Not this.
    Not(Box<Condition>),
    /// Both.
    Both(Box<(Condition, Condition)>),
    /// One or the other.
    Either(Box<(Condition, Condition)>),
}

/// The answers so far, by the numbers of the questions.
#[derive(Debug, Default)]
pub struct Answers {
    /// At the present node.
    here: Vec<Option<bool>>,
    /// For an empty list.
    empty: Vec<Option<bool>>,
}

impl<'t> Conditions<'t> {
    pub(super) fn new(env: &'t Environment<'static>, programs: &'t Programs, own: [&'t str; 2]) -> Self {
        Conditions { env, programs, own, asks: vec![] }
    }

    /// Adds a condition; none if only minijinja can say whether it holds.
    pub fn add(&mut self, text: &str) -> Option<Condition> {
        self.condition(&parse_expr(text).ok()?)
    }

    fn condition(&mut self, expr: &Expr<'_>) -> Option<Condition> {
        Some(match expr {
            Expr::UnaryOp(it) if matches!(it.op, UnaryOpKind::Not) => {
                Condition::Not(Box::new(self.condition(&it.expr)?))
            }
            Expr::BinOp(it) => match it.op {
                BinOpKind::ScAnd => Condition::Both(self.pair(&it.left, &it.right)?),
                BinOpKind::ScOr => Condition::Either(self.pair(&it.left, &it.right)?),
                // `a != b` is the other answer to the question `a == b`.
                BinOpKind::Ne => match (Way::of(&it.left), it.right.as_const()) {
                    (Some(way), Some(value)) => {
                        Condition::Not(Box::new(Condition::Ask(self.number(Ask::Equal(way, value)))))
                    }
                    _ => Condition::Ask(self.number(Ask::of(expr)?)),
                },
                _ => Condition::Ask(self.number(Ask::of(expr)?)),
            },
            expr => Condition::Ask(self.number(Ask::of(expr)?)),
        })
    }

    fn pair(&mut self, left: &Expr<'_>, right: &Expr<'_>) -> Option<Box<(Condition, Condition)>> {
        Some(Box::new((self.condition(left)?, self.condition(right)?)))
    }

    /// The number of a question; questions that look alike are the same.
    fn number(&mut self, ask: Ask) -> usize {
        let text = format!("{ask:?}");
        if let Some(known) = self.asks.iter().position(|other| other.1 == text) {
            return known;
        }
        let same = !self.own.iter().any(|name| ask.asks(name));
        self.asks.push((ask, text, same));
        self.asks.len() - 1
    }

    /// Forgets what was said of the last node.
    pub fn forget(&self, answers: &mut Answers) {
        answers.here.resize(self.asks.len(), None);
        answers.empty.resize(self.asks.len(), None);
        for (answer, (_, _, same)) in answers.here.iter_mut().zip(&self.asks) {
            if !same {
                *answer = None;
            }
        }
    }

    /// Whether a condition holds for the node of this context; none if minijinja must see to it, because something is
    /// not defined, say. To be asked after [`Conditions::forget`].
    pub fn holds(&self, condition: &Condition, context: &Value, answers: &mut Answers) -> Option<bool> {
        match condition {
            Condition::Not(it) => self.holds(it, context, answers).map(|holds| !holds),
            Condition::Both(it) => {
                Some(self.holds(&it.0, context, answers)? && self.holds(&it.1, context, answers)?)
            }
            Condition::Either(it) => {
                Some(self.holds(&it.0, context, answers)? || self.holds(&it.1, context, answers)?)
            }
            Condition::Ask(number) => match answers.here[*number] {
                Some(known) => Some(known),
                None => {
                    let answer = self.answer(*number, context, answers)?;
                    answers.here[*number] = Some(answer);
                    Some(answer)
                }
            },
        }
    }

    fn answer(&self, number: usize, context: &Value, answers: &mut Answers) -> Option<bool> {
        let run = |formula: &Formula| Some(formula.value(self.programs, self.env, context)?.is_true());
        match &self.asks[number].0 {
            Ask::True(way) => Some(way.value(context)?.is_true()),
            Ask::Equal(way, value) => Some(way.value(context)? == *value),
            Ask::None(way) => Some(way.value(context)?.is_none()),
            Ask::Other(formula) => run(formula),
            Ask::List(way, formula) => {
                let list = way.value(context)?;
                if list.kind() != ValueKind::Seq || list.len() != Some(0) {
                    return run(formula);
                }
                if answers.empty[number].is_none() {
                    answers.empty[number] = run(formula);
                }
                answers.empty[number]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Manner, Templates};
    use bastide_report::finding::Report;
    use bastide_report::source::Sources;
    use minijinja::context;

    #[test]
    fn conditions_say_what_minijinja_says() {
        let templates = Templates::load(&[], &Sources::default(), &Manner::default(), &mut Report::default());
        let mut conditions = templates.conditions(["node", "table"]);
        let texts = [
            "node.kind == 'a'",
            "node.kind != 'a' and node.list",
            "not node.kind == 'a' or target.on",
            "node.none is none",
            "node.none is not none and node.none.more",
            "node.list | selectattr('kind') | list",
            "node.list | rejectattr('kind') | list",
            "node.list | length > 1 and not (node.number and target.on)",
            "'b' in node.list",
            "1 < node.number < 3",
            "node.missing",
            "target.on and node.missing == 'a'",
            "not node.missing",
            "target.off and node.missing",
            "other",
            "node.number == 2.0",
        ];
        let all: Vec<_> = texts.iter().map(|text| (text, conditions.add(text).expect(text))).collect();
        let target = context! { on => true, off => false };
        let nodes = [
            context! { node => context! { kind => "a", list => ["a", "b"], number => 2, none => () }, target => &target },
            context! { node => context! { kind => "b", list => [0; 0], number => 0, none => 1 }, target => &target },
            context! { node => 1, target => 1 },
        ];
        let mut answers = Answers::default();
        for node in &nodes[..2] {
            conditions.forget(&mut answers);
            for (text, condition) in &all {
                let want = templates.expression(text, node).ok().map(|value| value.is_true());
                let got = conditions.holds(condition, node, &mut answers);
                assert_eq!(
                    got.or_else(|| want.filter(|_| text.contains("missing"))),
                    want,
                    "{text} of {node}"
                );
            }
        }
        conditions.forget(&mut answers);
        assert_eq!(conditions.holds(&all[0].1, &nodes[2], &mut answers), None);
    }
}
