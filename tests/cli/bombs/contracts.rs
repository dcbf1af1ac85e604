//! Contracts that double, fan out, nest and go in circles.

use super::{Bomb, defuse};
use serde_json::{Value, json};

/// A reference to a step of a chain.
fn to(step: usize) -> Value {
    json!({ "$ref": format!("#/$defs/s{step}") })
}

/// A leaf that is another one on the other side.
fn leaf(new: bool) -> Value {
    json!({ "properties": { "x": { "type": if new { "integer" } else { "string" } } } })
}

fn schema(defs: serde_json::Map<String, Value>, root: usize) -> String {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$ref": format!("#/$defs/s{root}"),
        "$defs": defs,
    })
    .to_string()
}

/// A chain of so many schemas, each made from the one before.
fn chain(steps: usize, leaf: Value, step: fn(usize) -> Value) -> String {
    let steps_made = (1..=steps).map(|at| (format!("s{at}"), step(at)));
    schema(std::iter::once(("s0".into(), leaf)).chain(steps_made).collect(), steps)
}

/// A name, how many steps, and what one is.
type Chain = (&'static str, usize, fn(usize) -> Value);

const CHAINS: &[Chain] = &[
    ("allOf twice", 40, |at| json!({ "allOf": [to(at - 1), to(at - 1)] })),
    ("allOf of the two before", 60, |at| json!({ "allOf": [to(at - 1), to(at.saturating_sub(2))] })),
    (
        "allOf twice beside properties",
        40,
        |at| json!({ "allOf": [to(at - 1), to(at - 1)], "properties": { format!("p{at}"): {} } }),
    ),
    (
        "a property of two allOf",
        40,
        |at| json!({ "allOf": [{ "properties": { "a": to(at - 1) } }, { "properties": { "a": to(at - 1) } }] }),
    ),
    (
        "unevaluatedProperties",
        40,
        |at| json!({ "allOf": [to(at - 1), to(at - 1)], "properties": { format!("p{at}"): {} }, "unevaluatedProperties": { "type": "string" } }),
    ),
    (
        "unevaluatedItems",
        40,
        |at| json!({ "allOf": [to(at - 1), to(at - 1)], "prefixItems": [to(0)], "unevaluatedItems": { "type": "string" } }),
    ),
    (
        "patternProperties",
        40,
        |at| json!({ "allOf": [{ "patternProperties": { "^a": to(at - 1) } }, { "patternProperties": { "^[ab]": to(at - 1) } }], "properties": { "ab": {} } }),
    ),
    ("contains", 40, |at| json!({ "contains": to(at - 1), "allOf": [to(at - 1), to(at - 1)] })),
    ("propertyNames", 40, |at| json!({ "propertyNames": to(at - 1), "allOf": [to(at - 1), to(at - 1)] })),
    (
        "dependentSchemas",
        40,
        |at| json!({ "dependentSchemas": { "a": to(at - 1), "b": to(at - 1) }, "allOf": [to(at - 1)] }),
    ),
    ("a fan of $ref", 60, |at| json!({ "properties": { "l": to(at - 1), "r": to(at - 1) } })),
    ("a fan of oneOf", 60, |at| json!({ "oneOf": [to(at - 1), to(at - 1)] })),
    (
        "a fan of anyOf",
        40,
        |at| json!({ "anyOf": [{ "properties": { "a": to(at - 1) } }, { "properties": { "b": to(at - 1) } }] }),
    ),
    ("oneOf times oneOf", 30, |at| {
        let side = |name: &str| json!({ "oneOf": [{ "properties": { name: { "const": at } } }, { "required": [name] }, to(at - 1)] });
        json!({ "allOf": [side("j"), side("k")] })
    }),
    ("not", 90, |at| json!({ "not": to(at - 1), "allOf": [{ "not": to(at - 1) }] })),
    (
        "if, then, else",
        60,
        |at| json!({ "allOf": [{ "if": { "required": ["a"] }, "then": to(at - 1), "else": to(at - 1) }, to(at - 1)] }),
    ),
    ("a long chain", 5_000, |at| json!({ "allOf": [to(at - 1)], "properties": { format!("p{at}"): {} } })),
];

/// Both sides of a bomb that is no chain of schemas; the flag is for the new one.
type Sides = (&'static str, &'static str, fn(bool) -> String);

const OTHERS: &[Sides] = &[
    ("circles of two lengths", "json", |new| {
        let length = 1_999 + 2 * usize::from(new);
        let step =
            |at: usize| json!({ "properties": { "a": to((at + 1) % length), "b": { "maxLength": at } } });
        schema((0..length).map(|at| (format!("s{at}"), step(at))).collect(), 0)
    }),
    ("sets of states", "json", |new| {
        let both = |at: usize| json!({ "properties": { "a": to(at), "b": to(at) } });
        let first = json!({ "allOf": [both(0), { "properties": { "a": to(1) } }] });
        let states = (0..=22).map(|at| match at {
            0 => first.clone(),
            22 => leaf(new),
            _ => both(at + 1),
        });
        schema(states.enumerate().map(|(at, state)| (format!("s{at}"), state)).collect(), 0)
    }),
    ("a wide allOf", "json", |new| {
        let part = |at: usize| json!({ "properties": { format!("p{at}"): {}, "x": { "minLength": at } } });
        json!({ "$schema": "x", "allOf": (0..4_000).map(part).chain([leaf(new)]).collect::<Vec<_>>() })
            .to_string()
    }),
    ("a wide oneOf", "json", |new| {
        let part = |at: usize| json!({ "properties": { "x": { "minLength": at + usize::from(new) } } });
        json!({ "$schema": "x", "oneOf": (0..2_000).map(part).collect::<Vec<_>>() }).to_string()
    }),
    ("wide enums", "json", |new| {
        let (from, all) = (usize::from(new), |from| (from..20_000).collect::<Vec<usize>>());
        json!({ "$schema": "x", "allOf": [{ "enum": all(from) }, { "enum": all(5) }] }).to_string()
    }),
    ("nested to no end", "json", |_| format!("{{\"$schema\": \"x\", \"items\": {}", "[".repeat(200_000))),
    ("patterns", "json", |new| {
        let nested = format!("{}a{}", "(".repeat(5_000), ")*".repeat(5_000));
        let counted = "((((a{1,1000}){1,1000}){1,1000}){1,1000})";
        let states = format!("(a|b)*a(a|b){{{}}}", 20 + usize::from(new));
        let name = "a".repeat(5_000);
        json!({ "$schema": "x", "properties": { "n": { "pattern": nested }, "c": { "pattern": counted }, "s": { "pattern": states }, name: {} }, "patternProperties": { "^(a+)+$": leaf(new) } })
            .to_string()
    }),
    ("huge numbers", "json", |new| {
        format!(
            "{{\"$schema\": \"x\", \"multipleOf\": 1e-400, \"maximum\": 1e{}, \"minimum\": -1e999999999999, \"enum\": [{}]}}",
            400 - usize::from(new),
            "1".repeat(20_000)
        )
    }),
    ("aliases of YAML", "yaml", |new| {
        let step = |at: usize| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(","));
        format!(
            "$schema: x\ntitle: t{new}\na0: &a0 [x,x,x,x,x,x,x,x,x]\n{}",
            (1..12).map(step).collect::<String>()
        )
    }),
    ("merge keys of YAML", "yaml", |new| {
        let step = |at: usize| {
            format!("a{at}: &a{at} {{<<: [{}], y{at}: 1}}\n", vec![format!("*a{}", at - 1); 9].join(","))
        };
        format!("$schema: x\ntitle: t{new}\na0: &a0 {{x: 1}}\n{}", (1..30).map(step).collect::<String>())
    }),
    ("nested YAML", "yaml", |_| {
        format!("$schema: x\na: {}\nb:\n{}", "[ ".repeat(100_000), "- ".repeat(50_000))
    }),
    ("unions and inputs", "graphql", |new| {
        let id = if new { "ID!" } else { "ID" };
        let part = |at: usize| {
            let next = (at + 1) % 2_000;
            format!(
                "union U{at} = T{at} | T{next}\ntype T{at} implements I {{ id: {id} u: U{at} v(x: N{at}): U{next} }}\ninput N{at} {{ a: N{next} b: N{at} }}\n"
            )
        };
        format!(
            "type Query {{ a: U0 }}\ninterface I {{ id: {id} }}\n{}",
            (0..2_000).map(part).collect::<String>()
        )
    }),
    ("interfaces of interfaces", "graphql", |new| {
        let id = if new { "ID!" } else { "ID" };
        let of = |at: usize| (0..at).map(|it| format!("& I{it} ")).collect::<String>();
        let part = |at: usize| match at {
            0 => format!("interface I0 {{ id: {id} }}\n"),
            _ => format!("interface I{at} implements {}{{ id: {id} }}\n", of(at)),
        };
        format!("type Query {{ a: I0 }}\n{}", (0..200).map(part).collect::<String>())
    }),
    ("nested lists and values", "graphql", |new| {
        let (open, close) = ("[".repeat(50_000), "]".repeat(50_000));
        format!("type Query {{ a(x: Int = {open}1{close}): {open}Int{close} b{new}: Int }}")
    }),
    ("nested messages", "proto", |new| {
        let open: String = (0..20_000).map(|at| format!("message M{at} {{ ")).collect();
        format!(
            "syntax = \"proto3\";\n{open}{} a = 1;{}",
            if new { "int32" } else { "string" },
            "}".repeat(20_000)
        )
    }),
    ("nested options", "proto", |_| {
        format!("syntax = \"proto3\";\noption (x) = {}1{};", "{a:".repeat(50_000), "}".repeat(50_000))
    }),
    ("many numbers reserved", "proto", |new| {
        let reserved: Vec<String> = (0..4_000).map(|at| (30_000 + 2 * at).to_string()).collect();
        let fields: String =
            (1..8_000).map(|at| format!("string f{at} = {};\n", at + usize::from(new))).collect();
        format!("syntax = \"proto3\";\nmessage M {{ reserved {};\n{fields}}}", reserved.join(","))
    }),
    ("unions of records", "avsc", |new| {
        let record = |at: usize| {
            let before = (at.saturating_sub(20)..at).map(|it| json!(format!("R{it}")));
            let types: Vec<Value> = [json!("null")].into_iter().chain(before).collect();
            json!({ "type": "record", "name": format!("R{at}"), "fields": [{ "name": "x", "type": types }, { "name": "y", "type": if new { "string" } else { "int" } }] })
        };
        json!((0..300).map(record).collect::<Vec<_>>()).to_string()
    }),
    ("a record in itself", "avsc", |new| {
        let step = |inner: Value, at: usize| {
            let before = format!("R{}", at - 1);
            json!({ "type": "record", "name": format!("R{at}"), "fields": [{ "name": "a", "type": ["null", inner] }, { "name": "b", "type": ["null", before] }] })
        };
        let leaf = json!({ "type": "record", "name": "R0", "fields": [{ "name": "x", "type": if new { "string" } else { "int" } }] });
        (1..60).fold(leaf, step).to_string()
    }),
];

#[test]
fn contracts() {
    let bomb = |name: &str, format: &str, old: String, new: String| {
        let files = [format!("old.{format}"), format!("new.{format}")];
        let args = ["contract", "diff", &files[0], &files[1]];
        let args = args.map(str::to_string);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        Bomb::new(name, vec![(files[0].clone(), old), (files[1].clone(), new)], &args)
    };
    let chains = CHAINS.iter().map(|(name, steps, step)| {
        bomb(name, "json", chain(*steps, leaf(false), *step), chain(*steps, leaf(true), *step))
    });
    let others = OTHERS.iter().map(|(name, format, side)| bomb(name, format, side(false), side(true)));
    defuse(&chains.chain(others).collect::<Vec<_>>());
}
