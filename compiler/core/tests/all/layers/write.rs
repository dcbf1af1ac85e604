//! Nodes of every kind and part, written from the tables.

use bastide_core::kind::{KINDS, OVERLAYS};
use bastide_core::schema::{Arg, Mark, Schema, Type, words};

/// Where a kind or part stands: the kinds around it, itself last.
pub struct Place {
    pub path: Vec<&'static Schema>,
}

/// Every place of the language a node may stand at. What stands in `environment` as an overlay stands outside too.
pub fn places() -> Vec<Place> {
    let mut all = vec![];
    let mut left: Vec<Vec<&'static Schema>> = KINDS.iter().map(|kind| vec![*kind]).collect();
    while let Some(path) = left.pop() {
        let last = path[path.len() - 1];
        let overlay =
            |part: &&Schema| last.node != "environment" || !KINDS.iter().any(|kind| kind.node == part.node);
        for part in last.parts.iter().copied().filter(overlay) {
            left.push([&path[..], &[part]].concat());
        }
        all.push(Place { path });
    }
    all
}

/// Whether a part of services stands in functions too.
pub fn shared(part: &Schema) -> bool {
    let function = KINDS.iter().find(|kind| kind.node == "function");
    function.is_some_and(|kind| kind.part(part.node).is_some())
}

impl Place {
    pub fn schema(&self) -> &'static Schema {
        self.path[self.path.len() - 1]
    }

    /// Whether overlays change it: a kind they may hold, or a part of one.
    pub fn merged(&self) -> bool {
        OVERLAYS.iter().any(|kind| kind.node == self.path[0].node)
    }

    pub fn way(&self) -> Vec<&'static str> {
        self.path.iter().map(|schema| schema.node).collect()
    }

    /// The text within all kinds around it, at the top of a spec.
    pub fn around(&self, text: &str) -> String {
        let around = &self.path[..self.path.len() - 1];
        around.iter().rev().fold(text.to_string(), |inner, schema| match schema.node {
            "include" => inner,
            _ => format!("{} {{ {inner} }}", sample(schema, "")),
        })
    }
}

/// A node with what it must say, and more.
pub fn sample(schema: &Schema, more: &str) -> String {
    let null = more == "#null";
    let argument = match schema.arg {
        Arg::None => String::new(),
        Arg::Name => "\"x\"".into(),
        Arg::Key(ty) | Arg::Names(ty) => sample_value(ty),
        Arg::Value(_) | Arg::Maybe(_) | Arg::Values(_) if null => String::new(),
        Arg::Maybe(Type::Bool) => String::new(),
        Arg::Value(ty) | Arg::Maybe(ty) | Arg::Values(ty) => sample_value(ty),
    };
    let said = |name: &str| more.starts_with(&format!("{name}="));
    let required = schema.props.iter().filter(|prop| prop.required && !null && !said(prop.name));
    let props: Vec<String> =
        required.map(|prop| format!("{}={}", prop.name, sample_value(prop.ty))).collect();
    format!("{} {argument} {more} {}", schema.node, props.join(" "))
}

/// A node that one mark tells apart from the sample; none if the mark needs no further one.
pub fn differing(schema: &Schema, mark: Mark) -> Option<String> {
    match mark {
        Mark::Window => Some(format!("{} \"7/d\"", schema.node)),
        Mark::Pair(name, sign) => Some(sample(schema, &format!("{name}=\"a{sign}b\""))),
        Mark::Words(name) => Some(sample(schema, &format!("{name}=\"GET\""))),
        Mark::Value(name) => Some(format!("{} {name}=\"other\"", schema.node)),
        Mark::Prop(name, _) => {
            let other = match schema.prop(name)?.ty {
                Type::Word(list) => format!("\"{}\"", words(list).last().expect("a word")),
                Type::Bool => "#true".into(),
                Type::Int(_, most) => most.to_string(),
                Type::Form(form) => format!("\"{}\"", form.good[form.good.len() - 1]),
                _ => "\"other\"".into(),
            };
            Some(sample(schema, &format!("{name}={other}")))
        }
    }
}

/// A value of a property that tells two nodes apart, and is not the usual one.
pub fn marked(schema: &Schema, prop: &str) -> String {
    match schema.prop(prop).map(|it| it.ty) {
        Some(Type::Word(list)) => format!("\"{}\"", words(list).last().expect("a word")),
        Some(ty) => sample_value(ty),
        None => "\"a\"".into(),
    }
}

pub fn sample_value(ty: Type) -> String {
    let text = match ty {
        Type::Bool => return "#true".into(),
        Type::Int(least, _) => return least.max(1).to_string(),
        Type::OneOf(numbers) => return numbers[0].to_string(),
        Type::Percent => "50%",
        Type::Word(list) => words(list).next().expect("a word"),
        Type::Duration | Type::Lasting => "5s",
        Type::Size => "1Mi",
        Type::Cpu => "1",
        Type::Rate => "7/s",
        Type::Share(_) => "50%",
        Type::Date => "2027-03-01",
        Type::Cron => "0 3 * * *",
        Type::Version => "1.2.0",
        Type::Range => "^1.2",
        Type::Url => "https://a.example",
        Type::UrlPath => "/a",
        Type::Host => "a.example",
        other => other.form().and_then(|form| form.good.first()).copied().unwrap_or("a"),
    };
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
