//! Policies: an organisation's own rules, each an expression over one kind of node. The expressions are those of the
//! templates (minijinja), with fuel, so that none can run for ever; a name that does not exist is a finding, not a `no`.

mod fields;
mod nodes;
mod words;

use super::{Context, Found};
use crate::model::Policy;
use crate::tree::At;
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::suggest::did_you_mean;
use bastide_template::bound;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, Value};
use nodes::{Node, nodes};
use std::collections::BTreeMap;

/// Steps one evaluation may take; a plan of a thousand services needs some thousands to walk a list of all.
const FUEL: u64 = 1_000_000;

/// The rule whose findings say that a policy itself is wrong.
const RULE: &str = "policy-error";

/// Asks every policy of an environment about every node of its kind.
pub fn check(ctx: &Context<'_>, found: &mut Vec<Found>, report: &mut Report) {
    if ctx.model.policies.is_empty() {
        return;
    }
    let mut env = Environment::empty();
    env.set_fuel(Some(FUEL));
    // What an optional part would have said is undefined, and undefined is no.
    env.set_undefined_behavior(UndefinedBehavior::Chainable);
    words::add(&mut env);
    let lists = nodes::lists(ctx);
    for policy in &ctx.model.policies {
        ask(ctx, policy, (&env, &lists), found, report);
    }
}

fn ask(
    ctx: &Context<'_>,
    policy: &Policy,
    (env, lists): (&Environment<'_>, &BTreeMap<&'static str, Value>),
    found: &mut Vec<Found>,
    report: &mut Report,
) {
    let Some(deny) = &policy.deny else {
        report.push(
            fault(policy, &policy.name, "it never says what it denies".into())
                .help("write `deny \"…\"`: an expression that is true for a fault"),
        );
        return;
    };
    if let Some(reason) = bound::too_large(&deny.value) {
        return report.push(fault(policy, deny, reason).help("divide it into several policies"));
    }
    // Constants are computed when it is compiled, so what counts must stand in it by then.
    let code = match env.compile_expression_owned(bound::guarded(&deny.value)) {
        Ok(code) => code,
        Err(error) => return report.push(fault(policy, deny, why(&error)).help(ACT)),
    };
    let kind = policy.over.value.as_str();
    let nodes = nodes(ctx, kind);
    if let Some(finding) = unknown_name(policy, deny, code.undeclared_variables(true), (kind, &nodes, lists))
    {
        return report.push(finding);
    }
    for node in nodes {
        let name = [(kind, node.value.clone())].into_iter();
        let context: BTreeMap<&str, Value> =
            lists.iter().map(|(name, value)| (*name, value.clone())).chain(name).collect();
        match code.eval(context) {
            Ok(value) if value.is_true() => found.push(finding(policy, deny, &node)),
            Ok(_) => {}
            Err(error) => return report.push(fault(policy, deny, why(&error)).help(ACT)),
        }
    }
}

const ACT: &str = "correct the expression: `bastide model` shows the fields of every node";

fn finding(policy: &Policy, deny: &At<String>, node: &Node<'_>) -> Found {
    let name = &policy.name.value;
    let message = match &policy.say {
        Some(say) => format!("{}: `{}`", say.trim_end_matches('.'), node.name),
        None => format!("`{}` is denied by `{name}`", node.name),
    };
    let finding = Finding::new(name.clone(), message)
        .level(Level::from_word(&policy.level).unwrap_or(Level::Deny))
        .label(node.span, format!("denied by `{name}`"))
        .label(deny.span(), "true for it")
        .help(format!("change it, or write in it `lint \"{name}\" level=\"allow\" because=\"…\"`"));
    Found { node: node.at.into(), finding, written: None }
}

fn fault(policy: &Policy, at: &At<String>, why: String) -> Finding {
    Finding::new(RULE, format!("the policy `{}` cannot be asked: {why}", policy.name.value))
        .label(at.span(), "cannot be evaluated")
}

fn why(error: &Error) -> String {
    match (error.kind(), error.detail()) {
        (ErrorKind::OutOfFuel, _) => "it takes too many steps".into(),
        (_, Some(detail)) => detail.into(),
        (kind, None) => kind.to_string(),
    }
}

/// The first name that neither the lists nor the node has. A misspelt field would only ever say no.
fn unknown_name(
    policy: &Policy,
    deny: &At<String>,
    names: impl IntoIterator<Item = String>,
    (kind, nodes, lists): (&str, &[Node<'_>], &BTreeMap<&'static str, Value>),
) -> Option<Finding> {
    let mut names: Vec<String> = names.into_iter().collect();
    names.sort();
    let known = |name: &str| name == kind || lists.contains_key(name) || words::NAMES.contains(&name);
    for name in &names {
        let (first, rest) = name.split_once('.').unwrap_or((name.as_str(), ""));
        let single = ["environment", "app"].contains(&first);
        let (written, candidates): (&str, Vec<String>) = if !known(first) {
            (first, lists.keys().map(|it| (*it).to_string()).chain([kind.to_string()]).collect())
        } else {
            let values = match lists.get(first).filter(|_| single) {
                _ if first == kind => nodes.iter().map(|node| node.value.clone()).collect(),
                Some(value) => vec![value.clone()],
                None => continue,
            };
            let Some(unknown) = fields::unknown(values, rest) else { continue };
            unknown
        };
        let help = did_you_mean(written, candidates.iter().map(String::as_str)).unwrap_or_else(|| ACT.into());
        return Some(fault(policy, deny, format!("there is no `{written}`")).help(help));
    }
    None
}
