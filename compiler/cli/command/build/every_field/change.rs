//! Every change of a node: what is said of it, and what could be.

use super::samples::samples;
use bastide_core::kind::environment::OWN_PARTS;
use bastide_core::schema::{Arg, Need, Prop, Repeat, Schema, Type, words};
use bastide_core::tree::Item;
use bastide_core::tree::places::NAMED;

/// One change: the same nodes said in two ways.
pub struct Change {
    /// The field.
    pub field: String,
    /// Both ways.
    pub ways: [String; 2],
}

/// Every change of a node as it stands, and of the parts it may have.
pub fn changes(item: &Item) -> Vec<Change> {
    let mut all = vec![];
    let head = format!("{} {}", item.schema.node, quoted(&item.key));
    walk(item.schema, Some(item), item.schema.node, &|inner| format!("{head} {inner}"), &mut all);
    all
}

fn quoted(key: &str) -> String {
    if key.is_empty() { String::new() } else { format!("{key:?}") }
}

/// What has to stand beside a property, or in a node at all, for it to mean something.
fn beside(schema: &Schema, item: Option<&Item>, name: &str, path: &str) -> String {
    let said = |need: &&Need| item.is_some_and(|item| words(need.one_of).any(|other| item.says(other)));
    let needs = schema.needs.iter().filter(|need| need.when.is_empty() || need.when == name);
    let needs = needs.filter(|need| !said(need));
    let needs = needs.filter(|need| !words(need.one_of).any(|other| other == name));
    let missing = needs.filter_map(|need| schema.prop(words(need.one_of).next()?));
    let said = |it: &Prop| {
        let value = &samples(&format!("{path}.{}", it.name), it.ty)[0];
        format!("{}={value} ", it.name)
    };
    missing.map(said).collect()
}

/// `wrap` puts what is said of the node behind its name.
fn walk(
    schema: &'static Schema,
    item: Option<&Item>,
    path: &str,
    wrap: &dyn Fn(&str) -> String,
    all: &mut Vec<Change>,
) {
    // What two of them are told apart by stays, so that the change meets the node and makes no second one.
    let apart: Vec<&str> = match schema.repeat {
        Repeat::Many(marks) => marks.iter().filter_map(|mark| mark.prop()).collect(),
        _ => vec![],
    };
    let own = |name: &&&str| item.is_some_and(|item| item.field(name).is_some());
    let stays = |prop: &Prop| match item {
        Some(_) => apart.iter().filter(own).any(|name| *name == prop.name),
        None => prop.required,
    };
    let mut kept = String::new();
    for prop in schema.props.iter().filter(|prop| stays(prop)) {
        let said = item.and_then(|item| item.text(prop.name)).map(|text| format!("{text:?}"));
        let value = said.unwrap_or_else(|| samples(&format!("{path}.{}", prop.name), prop.ty)[0].clone());
        kept += &format!("{}={value} ", prop.name);
    }
    let kept = kept.as_str();
    for prop in schema.props.iter().filter(|prop| !prop.check_only && !apart.contains(&prop.name)) {
        let field = format!("{path}.{}", prop.name);
        let [one, two] = samples(&field, prop.ty);
        let mut kept = kept.replace(&format!("{}={one} ", prop.name), "");
        kept += &beside(schema, item, prop.name, path);
        let way = |value: &str| wrap(&format!("{kept}{}={value}", prop.name));
        if one == two && item.is_some_and(|item| item.field(prop.name).is_some()) {
            continue;
        }
        let second = if one == two { wrap(&kept) } else { way(&two) };
        all.push(Change { field, ways: [way(&one), second] });
    }
    if let Some(free) = schema.free {
        let way = |value: &String| wrap(&format!("{kept}{{ ALPHA {value} }}"));
        let values = samples(&format!("{path}.ALPHA"), free.ty);
        all.push(Change { field: path.into(), ways: [way(&values[0]), way(&values[1])] });
    }
    let overlay = |part: &Schema| path == "environment" && OWN_PARTS.iter().all(|own| own.node != part.node);
    for part in schema.parts.iter().filter(|part| !part.check_only && part.node != "lint" && !overlay(part)) {
        let inner = match path {
            _ if NAMED.contains(&part.node) => part.node.to_string(),
            _ => format!("{path}.{}", part.node),
        };
        let there = item.and_then(|item| item.part(part.node));
        let sample = |ty: Type| samples(&inner, ty);
        let mut head = String::new();
        match part.arg {
            Arg::None => {}
            Arg::Name => head = there.map_or("\"fresh\"".into(), |it| quoted(&it.key)),
            Arg::Key(ty) | Arg::Names(ty) => head = there.map_or(sample(ty)[0].clone(), |it| quoted(&it.key)),
            Arg::Value(ty) | Arg::Values(ty) => {
                let [one, two] = sample(ty);
                let way = |value: &str| {
                    let more = beside(part, there, &format!("={}", value.trim_matches('"')), &inner);
                    wrap(&format!("{kept}{{ {} {value} {more}}}", part.node))
                };
                let second = if one == two { wrap(kept) } else { way(&two) };
                // A field of one word that stands there cannot be changed.
                if one != two || there.is_none() {
                    all.push(Change { field: inner.clone(), ways: [way(&one), second] });
                }
                head = there.and_then(Item::value_text).map_or(one, |it| format!("{it:?}"));
                if matches!(ty, Type::Int(..)) {
                    head = head.replace('"', "");
                }
            }
            Arg::Maybe(Type::Bool) => {
                let way = |value: &str| wrap(&format!("{kept}{{ {} {value} }}", part.node));
                all.push(Change { field: inner.clone(), ways: [way("#true"), way("#false")] });
            }
            Arg::Maybe(_) => {}
        }
        let way = |inner: &str| wrap(&format!("{kept}{{ {} {head} {inner} }}", part.node));
        walk(part, there, &inner, &way, all);
    }
}
