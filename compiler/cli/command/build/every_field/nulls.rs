//! Takes every default of the standard library away on the ground, `#null` by `#null`: a file is another, a rule speaks, or it
//! is refused. And what the tables call usual is what stands in place of it. A plain run takes each fourth default.

use super::FIELD;
use super::ground::Ground;
use bastide_core::schema::Type;
use bastide_core::tree::{Item, Layer};
use std::collections::{BTreeMap, BTreeSet};

/// A default: where it stands in the node it is for, written with `#null` and with what is usual in its place.
struct Default {
    field: String,
    null: String,
    usual: Option<String>,
}

#[test]
fn no_default_is_taken_away_in_silence() {
    let mut ground = Ground::open("tests/fields");
    // So many connections of functions that their number shows.
    let is = |item: &Item| item.schema.node == "function" && &*item.key == "resize";
    let at = ground.spec.items.iter().position(is).expect("the function is there");
    let way = "function \"resize\" { uses \"ledger\"; scale max=20 }";
    ground.spec = ground.with(at, way).expect("it may use one");
    let base = ground.outcome(ground.spec.clone());
    let (mut seen, mut faults) = (BTreeMap::new(), vec![]);
    let all = every_default(&ground);
    let fields: BTreeSet<String> = all.iter().map(|it| it.1.clone()).collect();
    assert!(fields.len() > 30, "only {} defaults", fields.len());
    let step = if std::env::var_os(FIELD).is_some() { 1 } else { 4 };
    let some: BTreeSet<String> = fields.into_iter().step_by(step).collect();
    for (at, field, null, usual) in all.into_iter().filter(|it| some.contains(&it.1)) {
        // What one kind of node does not care for another does: a queue has no partitions.
        if *seen.entry(field.clone()).or_insert(false) {
            continue;
        }
        let without = ground.outcome(ground.with(at, &null).expect("it can be taken away"));
        seen.insert(field, without != base);
        let Some(usual) = usual else { continue };
        let said = ground.outcome(ground.with(at, &usual).expect("what is usual can be said"));
        if !without.denied && !said.denied && said.files != without.files {
            faults.push(format!("not what is usual: {null}, {usual}"));
        }
    }
    faults.extend(seen.iter().filter(|(_, seen)| !**seen).map(|(field, _)| format!("in silence: {field}")));
    println!("{} defaults taken away", seen.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Every default at every node of the ground that begins with it: the number of the node, field, and both ways to write it.
fn every_default(ground: &Ground) -> Vec<(usize, String, String, Option<String>)> {
    let standard = |item: &&Item| item.schema.node == "defaults" && item.origin.layer == Layer::Default;
    let kinds: Vec<&Item> = ground.spec.items.iter().filter(standard).flat_map(|item| &item.parts).collect();
    let own = ground.spec.items.iter().enumerate().filter(|(_, item)| item.origin.layer == Layer::Spec);
    let mut all = vec![];
    for (at, item) in own {
        let head = format!("{} {}", item.schema.node, quoted(&item.key));
        for kind in &kinds {
            let name = kind.schema.node;
            for Default { field, null, usual } in defaults(kind) {
                let mut add = |wrap: &dyn Fn(&str) -> String| {
                    all.push((at, format!("{name}.{field}"), wrap(&null), usual.as_deref().map(wrap)));
                };
                match name {
                    // What types begin with is taken from by the resources that they run.
                    "runs" if item.schema.node == "resource" => add(&|way| format!("{head} {way}")),
                    _ if name == item.schema.node => add(&|way| format!("{head} {way}")),
                    _ => item.all(name).for_each(|part| {
                        let inner = format!("{name} {}", quoted(&part.key));
                        add(&|way| format!("{head} {{ {inner} {way} }}"));
                    }),
                }
            }
        }
    }
    all
}

fn quoted(key: &str) -> String {
    if key.is_empty() { String::new() } else { format!("{key:?}") }
}

/// What a kind begins with: its properties, its parts, and their properties.
fn defaults(kind: &Item) -> Vec<Default> {
    let schema = |name: &str| kind.schema.prop(name);
    let mut all: Vec<Default> = kind
        .fields
        .iter()
        .map(|field| Default {
            field: field.name.into(),
            null: format!("{}=#null", field.name),
            usual: usual(field.name, "=", schema(field.name).map(|it| (it.usual, it.ty))),
        })
        .collect();
    for part in &kind.parts {
        let node = part.schema.node;
        let ty = match part.schema.arg {
            bastide_core::schema::Arg::Value(ty) => Some((part.schema.usual, ty)),
            _ => None,
        };
        all.push(Default {
            field: node.into(),
            null: format!("{{ {node} #null }}"),
            usual: usual(node, " ", ty).map(|it| format!("{{ {it} }}")),
        });
        for field in &part.fields {
            let prop = part.schema.prop(field.name).map(|it| (it.usual, it.ty));
            all.push(Default {
                field: format!("{node}.{}", field.name),
                null: format!("{{ {node} {}=#null }}", field.name),
                usual: usual(field.name, "=", prop).map(|it| format!("{{ {node} {it} }}")),
            });
        }
    }
    all
}

/// What is usual, as one writes it.
fn usual(name: &str, sign: &str, of: Option<(Option<&str>, Type)>) -> Option<String> {
    let (value, ty) = of?;
    let value = value?;
    Some(match ty {
        Type::Int(..) => format!("{name}{sign}{value}"),
        _ => format!("{name}{sign}{value:?}"),
    })
}
