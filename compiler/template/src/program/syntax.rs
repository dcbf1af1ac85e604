//! What is read off minijinja's syntax tree as it stands.

use super::op::Order;
use crate::filters::Put;
use minijinja::machinery::ast::{BinOpKind, CompareOpKind, Expr, Stmt};

/// The filter that says how a value is put, if it is the outermost.
pub(super) fn wrapped<'e, 's>(expr: &'e Expr<'s>) -> Option<(Put, &'e Expr<'s>)> {
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
pub(super) fn sets<'s>(body: &[Stmt<'s>], names: &mut Vec<&'s str>) -> Option<()> {
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
pub(super) fn targets<'s>(target: &Expr<'s>) -> Option<Vec<&'s str>> {
    let name = |expr: &Expr<'s>| match expr {
        Expr::Var(name) => Some(name.id),
        _ => None,
    };
    match target {
        Expr::List(list) => list.items.iter().map(name).collect(),
        expr => Some(vec![name(expr)?]),
    }
}

pub(super) fn order(op: CompareOpKind) -> Order {
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

pub(super) fn compared(op: BinOpKind) -> Option<Order> {
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
