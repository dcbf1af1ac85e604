//! What a property may be: every property of the tables with values of another type, out of its range, of another unit. Each
//! is one finding, at the value, with an act.

use super::{Node, own_value, spec, tables};
use crate::rules::example::findings;
use bastide_core::schema::{Arg, Prop, Schema, Type};
use bastide_report::finding::Finding;

/// Values that are none of a type.
fn wrong(ty: Type) -> Vec<String> {
    let texts = |all: &[&str]| all.iter().map(|it| format!("\"{it}\"")).collect();
    let beside = |least: i64, most: i64| {
        let below = least.checked_sub(1).into_iter();
        below.chain(most.checked_add(1)).map(|it| it.to_string()).chain(["1.5".into(), "\"many\"".into()])
    };
    match ty {
        Type::Bool => vec!["\"yes\"".into(), "1".into()],
        Type::Int(least, most) => beside(least, most).collect(),
        Type::OneOf(known) => beside(known[0], known[known.len() - 1]).collect(),
        Type::Word(_) => texts(&["no-such-word"]),
        Type::Duration => texts(&["2 fortnights", "-2s", "2"]),
        Type::Lasting => texts(&["0s", "-2s", "2"]),
        Type::Size => texts(&["2 apples", "-2Mi", "2s"]),
        Type::SizeTo(most) => vec!["\"0\"".into(), format!("\"{}\"", most.saturating_add(1))],
        Type::Cpu => texts(&["300 apples", "-1", "2s"]),
        Type::Rate => texts(&["0/s", "50/fortnight", "-1/s", "50"]),
        Type::Share(_) => texts(&["140%", "-1%", "half", "0.000000001%"]),
        Type::Percent => texts(&["0%", "101%", "1.5%"]),
        Type::Date => texts(&["2027-02-30", "2027-13-01", "tomorrow"]),
        Type::Cron => texts(&["61 * * * *", "* * * *", "daily at one"]),
        Type::Version => texts(&["one", "1.0.0.0", "-1.0.0"]),
        Type::Range => texts(&["^x", "newer"]),
        Type::Url | Type::UrlPath => texts(&["no address"]),
        Type::Host => texts(&["no host", "-a.example"]),
        Type::Text | Type::Wired | Type::Form(_) | Type::File | Type::Ref(_) => vec!["#true".into()],
        Type::Any | Type::Written(_) => vec![],
    }
}

/// What is told of a node that says a property so.
fn told(chain: &[&'static Schema], prop: &'static Prop, value: &str) -> (String, Vec<Finding>) {
    let schema = chain[chain.len() - 1];
    let mut node = Node::default();
    if matches!(schema.arg, Arg::Maybe(_)) {
        node.value = Some(own_value(schema));
    }
    node.props.push((prop.name, value.into()));
    node.says.push(prop.name);
    let text = spec(chain, &node.complete(schema, None, &[]));
    let found = findings(&text).1;
    (text, found)
}

#[test]
fn every_wrong_value_is_one_finding() {
    let (mut faults, mut tried) = (vec![], 0);
    for chain in tables() {
        let schema = chain[chain.len() - 1];
        for prop in schema.props {
            // One of them each, and another for the next property.
            let all = wrong(prop.ty);
            let Some(value) = all.iter().cycle().nth(tried) else { continue };
            tried += 1;
            let (text, found) = told(&chain, prop, value);
            let own: Vec<_> = found.iter().filter(|it| it.rule == "wrong-type").collect();
            let name = format!("`{}`", prop.name);
            let [one] = own.as_slice() else {
                faults.push(format!("{} findings of {name}={value}:\n{text}{own:#?}", own.len()));
                continue;
            };
            if !one.message.starts_with(&name) || one.labels.is_empty() || one.help.is_none() {
                faults.push(format!("no place, cause or act: {one:?}\n{text}"));
            }
            if let Some(other) = found.iter().find(|it| it.rule == "incomplete-node") {
                faults.push(format!("told twice: {}\n{text}", other.message));
            }
        }
    }
    println!("{tried} wrong values tried");
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    assert!(tried > 350, "{tried}");
}
