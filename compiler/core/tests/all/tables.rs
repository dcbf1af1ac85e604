//! What a node needs and what it may not say together: every entry of the tables, with it and without it. What a value may
//! be is tried in `tables/values.rs`.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

mod values;

use super::rules::example::findings;
use bastide_core::kind::KINDS;
use bastide_core::schema::{Arg, Clash, Need, Schema, Type, words};
use bastide_report::finding::Finding;

/// Values of properties and parts whose text has a form of its own.
const VALUES: &[(&str, &str)] = &[
    ("command", "\"run it\""),
    ("file", "\"/alpha\""),
    ("steps", "\"10% 50%\""),
    ("volume", "\"/alpha\""),
    ("redirect", "\"/other\""),
    ("rewrite", "\"/other\""),
    ("method", "\"GET\""),
    ("header", "\"X-One: a\""),
    ("query", "\"one=a\""),
    ("origins", "\"https://one.example\""),
    ("mirror", "\"b\""),
    ("split", "\"b\""),
    ("image", "\"registry.example.com/a:1.0.0\""),
    ("build", "\"app\""),
    ("idempotent-by", "\"id\""),
    ("sources", "\"10.0.0.0/8\""),
    ("publish", "\"80\""),
];

fn value(name: &str, ty: Type) -> String {
    if let Some((_, value)) = VALUES.iter().find(|(own, _)| *own == name) {
        return (*value).into();
    }
    let text = |text: &str| format!("\"{text}\"");
    match ty {
        Type::Word(list) => text(words(list).next().expect("a word")),
        Type::Bool => "#true".into(),
        Type::Int(least, _) => least.max(1).to_string(),
        Type::OneOf(numbers) => numbers[0].to_string(),
        Type::Duration | Type::Lasting => text("2s"),
        Type::Size | Type::SizeTo(_) => text("2Mi"),
        Type::Cpu => text("300m"),
        Type::Rate => text("50/s"),
        Type::Share(_) | Type::Percent => text("40%"),
        Type::Date => text("2027-03-01"),
        Type::Cron => text("1 4 * * *"),
        Type::Version => text("1.0.0"),
        Type::Range => text("^1"),
        Type::Url => text("https://one.example.com"),
        Type::UrlPath => text("/one"),
        Type::Host => text("one.example.com"),
        Type::Ref(kinds) => text(words(kinds).find_map(named).unwrap_or("fresh")),
        Type::Form(form) | Type::Written(form) if !form.good.is_empty() => {
            text(&form.good[0].replace('"', "\\\""))
        }
        _ => text("alpha"),
    }
}

/// Names of the ground below.
fn named(kind: &str) -> Option<&'static str> {
    let all = [
        ("service", "b"),
        ("external", "out"),
        ("resource", "cache"),
        ("topic", "placed"),
        ("queue", "mails"),
        ("volume", "media"),
    ];
    all.iter().find(|(own, _)| *own == kind).map(|(_, name)| *name)
}

/// What every node may refer to.
const GROUND: &str = "resource \"cache\" type=\"valkey\"\nresource \"bus\" type=\"rabbitmq\"\ntopic \"placed\" on=\"bus\" { outside }\nqueue \"mails\" on=\"bus\"\nexternal \"out\" url=\"https://out.example\"\nvolume \"media\"\nservice \"b\" { build \"b\" }\n";

/// A node as text: its own value, if it is not the usual one, and what it says.
#[derive(Clone, Default)]
struct Node {
    value: Option<String>,
    props: Vec<(&'static str, String)>,
    parts: Vec<String>,
    says: Vec<&'static str>,
}

impl Node {
    /// Lets it say a property, a part or, with an empty name, its own value.
    fn say(&mut self, schema: &'static Schema, name: &'static str) {
        if name.is_empty() {
            self.value = Some(own_value(schema));
        } else if let Some(prop) = schema.prop(name) {
            self.props.push((name, value(name, prop.ty)));
        } else {
            let part = schema.part(name).unwrap_or_else(|| panic!("{} has no {name}", schema.node));
            self.parts.push(Node::whole(part).text(part));
        }
        self.says.push(name);
    }

    /// What a condition asks for.
    fn hold(&mut self, schema: &'static Schema, when: &'static str) {
        match when.split_once('=') {
            _ if when.is_empty() || when.contains("!=") => {}
            None => self.say(schema, when),
            Some(("", word)) => self.value = Some(format!("\"{word}\"")),
            Some((name, word)) => {
                self.props.push((name, format!("\"{word}\"")));
                self.says.push(name);
            }
        }
    }

    /// Adds what is required, and what it needs but for one entry, in the first way that is not among `never`.
    fn complete(mut self, schema: &'static Schema, but: Option<&Need>, never: &[&str]) -> Node {
        for prop in schema.props.iter().filter(|it| it.required && !never.contains(&it.name)) {
            if !self.says.contains(&prop.name) {
                self.say(schema, prop.name);
            }
        }
        for need in schema.needs.iter().filter(|it| but.is_none_or(|but| !std::ptr::eq(*it, but))) {
            let own = self.value.clone().unwrap_or_default();
            let asked = match need.when.split_once('=') {
                None => need.when.is_empty() || self.says.contains(&need.when),
                Some(("", word)) => own == format!("\"{word}\""),
                Some((name, word)) => self.props.iter().any(|it| *it == (name, format!("\"{word}\""))),
            };
            if asked && !words(need.one_of).any(|name| self.says.contains(&name)) {
                let asked = |name: &str| but.is_some_and(|but| words(but.one_of).any(|it| it == name));
                let fits = |name: &&str| !never.contains(name) && !asked(name);
                if let Some(name) = words(need.one_of).find(fits) {
                    self.say(schema, name);
                }
            }
        }
        self
    }

    fn whole(schema: &'static Schema) -> Node {
        Node::default().complete(schema, None, &[])
    }

    fn text(&self, schema: &'static Schema) -> String {
        let own = match schema.arg {
            Arg::None => String::new(),
            Arg::Maybe(_) => self.value.clone().unwrap_or_default(),
            Arg::Value(_) | Arg::Values(_) => self.value.clone().unwrap_or_else(|| own_value(schema)),
            Arg::Name | Arg::Key(_) | Arg::Names(_) => own_value(schema),
        };
        let props: String = self.props.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        let parts =
            if self.parts.is_empty() { String::new() } else { format!(" {{ {} }}", self.parts.join("; ")) };
        format!("{} {own}{props}{parts}", schema.node)
    }
}

fn own_value(schema: &'static Schema) -> String {
    match schema.arg {
        Arg::None => String::new(),
        Arg::Name => "\"fresh\"".into(),
        Arg::Key(ty) | Arg::Names(ty) | Arg::Value(ty) | Arg::Maybe(ty) | Arg::Values(ty) => {
            value(schema.node, ty)
        }
    }
}

/// Each table, and the nodes around it.
fn tables() -> Vec<Vec<&'static Schema>> {
    let mut found = vec![];
    let kinds = KINDS.iter().filter(|it| !["archetype", "defaults", "resource-type"].contains(&it.node));
    let mut waiting: Vec<Vec<&'static Schema>> = kinds.map(|kind| vec![*kind]).collect();
    while let Some(chain) = waiting.pop() {
        let last = chain[chain.len() - 1];
        // What an environment lays over others is tried where it stands by itself.
        let parts = last
            .parts
            .iter()
            .filter(|it| chain.len() > 1 || last.node != "environment" || it.node == "patch");
        waiting.extend(parts.filter(|it| chain.iter().all(|above| above.node != it.node)).map(|part| {
            let mut chain = chain.clone();
            chain.push(part);
            chain
        }));
        found.push(chain);
    }
    found
}

/// A spec in which a node stands.
fn spec(chain: &[&'static Schema], node: &Node) -> String {
    let (last, around) = chain.split_last().expect("a node");
    let mut text = node.text(last);
    for schema in around.iter().rev() {
        let mut outer = Node::default();
        // What stands inside may be all that the outer node needs.
        let inner = chain.iter().map(|it| it.node).find(|inner| schema.part(inner).is_some());
        outer.says.extend(inner);
        let mut outer = outer.complete(schema, None, &["direction"]);
        if schema.node == "service" || schema.node == "function" {
            outer.parts.push("build \"a\"".into());
        }
        outer.parts.push(text);
        text = outer.text(schema);
    }
    let environment = "environment \"dev\" platform=\"compose\"\n";
    let own = |kind: &str| chain[0].node == kind;
    let ground = if own("environment") { "" } else { environment };
    format!(
        "app \"shop\" version=\"1.0.0\" {{ images \"registry.example.com/shop\" }}\n{ground}{GROUND}{text}\n"
    )
}

/// The findings of a rule that say a text, each with a place.
fn told(text: &str, rule: &str, says: &str) -> usize {
    let (_, found) = findings(text);
    let own = |it: &&Finding| {
        it.rule == rule && (it.message.contains(says) || it.help.as_ref().is_some_and(|it| it.contains(says)))
    };
    found.iter().filter(own).filter(|it| !it.labels.is_empty() && it.help.is_some()).count()
}

fn needs(chain: &[&'static Schema], faults: &mut Vec<String>) -> usize {
    let schema = chain[chain.len() - 1];
    for need in schema.needs {
        let mut node = Node::default();
        node.hold(schema, need.when);
        let lacking = spec(chain, &node.clone().complete(schema, Some(need), &[]));
        if told(&lacking, "incomplete-node", need.without) != 1 {
            faults.push(format!("nobody tells that it {}:\n{lacking}", need.without));
        }
        for name in words(need.one_of) {
            let mut node = node.clone();
            node.say(schema, name);
            let whole = spec(chain, &node.complete(schema, None, &[]));
            if told(&whole, "incomplete-node", "") != 0 {
                faults.push(format!("it is said that something lacks:\n{whole}"));
            }
        }
    }
    schema.needs.len()
}

fn clashes(chain: &[&'static Schema], faults: &mut Vec<String>) -> usize {
    let schema = chain[chain.len() - 1];
    let mut tried = 0;
    for clash in schema.clashes {
        let because = |text: &str| told(text, "contradiction", clash.because);
        let never: Vec<&str> = words(clash.never).collect();
        for name in words(clash.never) {
            tried += 1;
            let mut node = Node::default();
            node.hold(schema, clash.when);
            let alone = spec(chain, &node.clone().complete(schema, None, &never));
            node.say(schema, name);
            let both = spec(chain, &node.complete(schema, None, &never));
            let other = spec(chain, &without(schema, clash, name));
            for (text, wanted) in [(&alone, 0), (&both, 1), (&other, 0)] {
                if because(text) != wanted {
                    faults.push(format!("`{}` and `{name}` (wanted {wanted}):\n{text}", clash.when));
                }
            }
        }
    }
    tried
}

/// The same node where the condition does not hold.
fn without(schema: &'static Schema, clash: &Clash, name: &'static str) -> Node {
    let mut node = Node::default();
    if let Some((prop, word)) = clash.when.split_once("!=") {
        node.props.push((schema.prop(prop).expect("a property").name, format!("\"{word}\"")));
        node.says.push(schema.prop(prop).expect("a property").name);
    } else if let (Some(("", word)), Arg::Value(Type::Word(list))) = (clash.when.split_once('='), schema.arg)
    {
        let other = words(list).find(|it| *it != word).expect("another word");
        node.value = Some(format!("\"{other}\""));
    }
    node.say(schema, name);
    node.complete(schema, None, &[clash.when])
}

#[test]
fn every_entry_of_the_tables_is_told() {
    let (mut faults, mut tried) = (vec![], (0, 0));
    let all = tables();
    for chain in &all {
        tried.0 += needs(chain, &mut faults);
        tried.1 += clashes(chain, &mut faults);
    }
    println!("{} needs and {} clashes of {} nodes tried", tried.0, tried.1, all.len());
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    assert!(tried.0 > 25 && tried.1 > 60, "{tried:?}");
}
