//! Every rule of every pack has an object that breaks it, and one that does not.

use super::{Rules, read};
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};

const PACKS: [(&str, &str); 3] = [
    ("kubernetes", include_str!("../../../../../targets/kubernetes/rules.kdl")),
    ("compose", include_str!("../../../../../targets/compose/rules.kdl")),
    ("gateway-envoy", include_str!("../../../../../targets/gateway-envoy/rules.kdl")),
];

fn rules(text: &str) -> Rules {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let file = sources.add("rules.kdl", text, Role::Pack);
    let rules = read(file, &sources, &mut report);
    assert!(report.findings.is_empty(), "{report:#?}");
    rules
}

/// `<x*3>` is `x, x, x`, `<<x*3>>` is `xxx`.
fn spread(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        let (inner, glue) = after.strip_prefix('<').map_or((after, ", "), |inner| (inner, ""));
        let (what, after) = inner.split_once('>').expect("an end");
        let (what, count) = what.split_once('*').expect("a count");
        out.push_str(before);
        out.push_str(&vec![what; count.parse().expect("a number")].join(glue));
        rest = if glue.is_empty() { &after[1..] } else { after };
    }
    out + rest
}

#[test]
#[allow(clippy::print_stdout, reason = "the test says how many it tried")]
fn every_rule_has_a_counter_example() {
    let mut tried = 0;
    for (pack, text) in PACKS {
        let rules = rules(text);
        for (number, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| !rule.because.is_empty()) {
            let broken = |text: &str| -> Vec<usize> {
                let held = rules.hold(&spread(text), "");
                held.faults.iter().filter_map(|fault| fault.rule).collect()
            };
            assert_eq!(broken(&rule.examples[0]), [number], "{pack}: {}", rule.because);
            assert!(broken(&rule.examples[1]).is_empty(), "{pack}: {}", rule.because);
            assert!(!rule.act.is_empty() && rule.because != rule.act, "{pack}: {}", rule.because);
            tried += 2;
        }
    }
    println!("{tried} objects against {} packs", PACKS.len());
}

#[test]
fn two_objects_are_one_by_their_names() {
    let rules = rules(PACKS[0].1);
    let object = |kind: &str, name: &str| {
        format!("apiVersion: v1\nkind: {kind}\nmetadata:\n  name: {name}\n  namespace: a\n")
    };
    let held = rules
        .hold(&[object("A", "a"), object("A", "b"), object("B", "a"), object("A", "a")].join("---\n"), "");
    assert!(held.faults.is_empty(), "{:?}", held.faults);
    let objects: Vec<u64> = held.objects.iter().map(|(id, _)| *id).collect();
    assert_eq!(objects.len(), 4);
    assert!(objects[0] == objects[3] && objects[0] != objects[1] && objects[0] != objects[2]);
    assert_eq!(held.objects[2].1, "B `a`");
    let twice = rules.hold("kind: A\nmetadata:\n  name: a\n  name: b\n", "").faults;
    assert_eq!(twice.len(), 1);
    assert_eq!(twice[0].what, "`metadata.name` of A `b`");
}
