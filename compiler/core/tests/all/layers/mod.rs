//! Identity, by the tables alone: every kind and part written twice in one layer, and every one of them and of their
//! properties taken away by `#null`.

#![allow(clippy::print_stdout, reason = "it says how many were tried")]

mod write;

use bastide_core::resolve::layers::effective;
use bastide_core::schema::Repeat;
use bastide_core::spec::{self, Spec};
use bastide_core::tree::Item;
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use write::{Place, differing, marked, places, sample, sample_value};

/// The merged tree of the environment `e`, and the names of what was found.
fn merged(text: &str) -> (Vec<Item>, Vec<String>) {
    let (mut sources, mut report, mut spec) = (Sources::default(), Report::default(), Spec::default());
    let file = sources.add("bastide.kdl", text, Role::Spec);
    let document = bastide_syntax::parse(file, text, &mut report);
    spec::read(&mut spec, sources.get(file), &document, &mut report);
    spec::duplicates::find(&spec, &mut report);
    let tree = effective(spec, "e", &mut report);
    (tree, report.findings.iter().map(|finding| finding.rule.to_string()).collect())
}

fn has(found: &[String], rule: &str) -> bool {
    found.iter().any(|it| it == rule)
}

/// How many nodes stand at the end of a way of kinds.
fn count(items: &[Item], way: &[&str]) -> usize {
    let Some((first, rest)) = way.split_first() else { return 1 };
    let here = items.iter().filter(|item| item.schema.node == *first);
    here.map(|item| count(&item.parts, rest)).sum()
}

/// Whether any node at the end of a way has the property.
fn says(items: &[Item], way: &[&str], prop: &str) -> bool {
    let Some((first, rest)) = way.split_first() else { return false };
    let mut here = items.iter().filter(|item| item.schema.node == *first);
    match rest {
        [] => here.any(|item| item.fields.iter().any(|field| field.name == prop)),
        _ => here.any(|item| says(&item.parts, rest, prop)),
    }
}

#[test]
fn two_of_one_identity_in_one_layer_are_told() {
    let (mut tried, mut faults) = (0, vec![]);
    for place in places() {
        let schema = place.schema();
        let twice = place.around(&format!("{}; {}", sample(schema, ""), sample(schema, "")));
        let (_, found) = merged(&twice);
        tried += 1;
        if has(&found, "repeated-name") == (schema.repeat == Repeat::Each) {
            faults.push(format!("twice: {found:?}\n{twice}"));
        }
        let Repeat::Many(marks) = schema.repeat else { continue };
        for mark in marks {
            let Some(other) = differing(schema, *mark) else { continue };
            let both = place.around(&format!("{}; {other}", sample(schema, "")));
            let (tree, found) = merged(&both);
            tried += 1;
            let kept = !place.merged() || count(&tree, &place.way()) == 2;
            if has(&found, "repeated-name") || !kept {
                faults.push(format!("{mark:?} tells them apart: {found:?}\n{both}"));
            }
        }
    }
    println!("{tried} kinds and parts written twice");
    assert!(tried > 200 && faults.is_empty(), "{tried} tried\n{}", faults.join("\n"));
}

/// What `base` says is gone after `over` says `#null`, and a `#null` without `base` is told.
fn gone(place: &Place, base: &str, over: &str, prop: &str, faults: &mut Vec<String>) {
    let text = format!("{base}\n{over}");
    let (tree, found) = merged(&text);
    let way = place.way();
    let left = if prop.is_empty() { count(&tree, &way) > 0 } else { says(&tree, &way, prop) };
    if left || has(&found, "nothing-to-remove") {
        faults.push(format!("{way:?} {prop}: still there ({left}), {found:?}\n{text}"));
    }
    let whole = merged(base).0;
    if !(if prop.is_empty() { count(&whole, &way) > 0 } else { says(&whole, &way, prop) }) {
        faults.push(format!("{way:?} {prop}: never there\n{base}"));
    }
}

#[test]
fn null_takes_away_every_kind_part_and_property() {
    let (mut tried, mut faults) = (0, vec![]);
    for place in places().into_iter().filter(Place::merged) {
        let schema = place.schema();
        let base = place.around(&sample(schema, ""));
        for (text, prop) in std::iter::once((sample(schema, "#null"), "")).chain(
            schema.props.iter().map(|prop| (sample(schema, &format!("{}=#null", prop.name)), prop.name)),
        ) {
            if place.path.len() == 1 && !prop.is_empty() && prop != "direction" {
                continue; // of a kind itself the properties are those of its first sample only
            }
            // What tells two nodes apart is no change of one: without it another one is meant, which is told.
            if matches!(schema.repeat, Repeat::Many(marks) if marks.iter().any(|it| it.prop() == Some(prop)))
            {
                let base = place.around(&sample(schema, &format!("{prop}={}", marked(schema, prop))));
                let over = format!("environment \"e\" platform=\"compose\" {{ {} }}", place.around(&text));
                let (tree, found) = merged(&format!("{base}\n{over}"));
                let told = has(&found, "overlay-of-nothing") || has(&found, "nothing-to-remove");
                if !told && says(&tree, &place.way(), prop) {
                    faults.push(format!("{prop} is not told: {found:?}\n{base}\n{over}"));
                }
                tried += 1;
                continue;
            }
            let base = match schema.prop(prop) {
                Some(it) => place.around(&sample(schema, &format!("{prop}={}", sample_value(it.ty)))),
                None => base.clone(),
            };
            let over = format!("environment \"e\" platform=\"compose\" {{ {} }}", place.around(&text));
            gone(&place, &base, &over, prop, &mut faults);
            tried += 1;
            let nothing = format!("{}\n{over}", place.around(""));
            if place.path.len() > 1 && prop.is_empty() && !has(&merged(&nothing).1, "nothing-to-remove") {
                faults.push(format!("takes nothing and nobody says so:\n{nothing}"));
            }
        }
    }
    println!("{tried} kinds, parts and properties taken away");
    assert!(tried > 300 && faults.is_empty(), "{tried} tried\n{}", faults.join("\n"));
}

#[test]
fn null_takes_away_every_default_in_the_spec_itself() {
    let (mut tried, mut faults) = (0, vec![]);
    for place in places().into_iter().filter(|place| place.merged() && place.path.len() == 2) {
        let (kind, schema) = (place.path[0], place.schema());
        let archetype = ["service", "function"].contains(&kind.node);
        if !archetype || matches!(kind.node, "function") && !write::shared(schema) {
            continue;
        }
        let defaults = format!("defaults {{ {} {{ {} }} }}", kind.node, sample(schema, ""));
        let own = format!("archetype \"base\" {{ {} }}", sample(schema, ""));
        let like = if kind.node == "service" { " like=\"base\"" } else { "" };
        for (earlier, like) in [(defaults, ""), (own, like)] {
            if earlier.starts_with("archetype") && like.is_empty() {
                continue;
            }
            let node = |inner: &str| format!("{} \"x\"{like} {{ {inner} }}", kind.node);
            let environment = "environment \"e\" platform=\"compose\"";
            let with = merged(&format!("{earlier}\n{}\n{environment}", node("")));
            let without = merged(&format!("{earlier}\n{}\n{environment}", node(&sample(schema, "#null"))));
            tried += 1;
            if count(&with.0, &place.way()) == 0 || count(&without.0, &place.way()) > 0 {
                faults.push(format!("{:?}: {:?}\n{earlier}", place.way(), without.1));
            }
        }
    }
    println!("{tried} defaults taken away");
    assert!(tried > 80 && faults.is_empty(), "{tried} tried\n{}", faults.join("\n"));
}
