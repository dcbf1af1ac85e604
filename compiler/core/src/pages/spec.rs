//! `docs/spec.md`: the language, from the tables in `kind/`.

use super::{HEAD, cell};
use crate::kind::KINDS;
use crate::schema::{Arg, Mark, Repeat, Schema, Type};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The page.
pub fn page() -> String {
    let mut out = format!("{HEAD}# The language\n\n{INTRO}\n");
    out.push_str("| kind | what it is |\n|---|---|\n");
    for kind in KINDS {
        let _ =
            writeln!(out, "| [`{0}`](#{0}) | {1}. |", kind.node, cell(kind.summary().trim_end_matches('.')));
    }
    let mut seen = BTreeSet::new();
    for kind in KINDS {
        section(kind, 2, &mut seen, &mut out);
    }
    out
}

const INTRO: &str = "\
A spec is `bastide.kdl` and the files it includes, written in KDL 2.0.
The first argument of a node is its name, properties are settings, children are parts.
Names are DNS labels of at most 40 characters.
Paths are relative to the folder of `bastide.kdl`.
Every default stands in `stdlib/`; `bastide why PATH` shows where a value comes from.
In an environment the same nodes are overlays: they are merged by kind and name, and `node #null` takes one away.
";

fn section(
    schema: &'static Schema,
    level: usize,
    seen: &mut BTreeSet<(&'static str, usize)>,
    out: &mut String,
) {
    let _ = writeln!(out, "\n{} `{}`\n\n{}\n", "#".repeat(level), schema.node, schema.docs);
    let _ = writeln!(out, "{}{}", argument(schema), usual(schema.usual));
    properties(schema, out);
    if let Some(free) = &schema.free {
        let _ = writeln!(
            out,
            "\nHolds entries of your own names; each is {}: {}",
            free.ty.looks_like(),
            free.docs
        );
    }
    // A table that several kinds share is told once.
    let overlays = schema.node == "environment";
    let parts =
        schema.parts.iter().filter(|part| !overlays || !KINDS.iter().any(|kind| kind.node == part.node));
    let (told, new): (Vec<&Schema>, Vec<&Schema>) = parts.partition(|part| seen.contains(&identity(part)));
    if !told.is_empty() {
        let names: Vec<String> = told.iter().map(|part| format!("`{}`", part.node)).collect();
        let _ = writeln!(out, "\nAlso holds, as told above: {}.", names.join(", "));
    }
    if overlays {
        out.push_str("\nAlso holds, as overlays, every kind that names something.\n");
    }
    for part in new {
        seen.insert(identity(part));
        section(part, (level + 1).min(5), seen, out);
    }
}

/// Tables are values: the same node with the same docs is the same table.
fn identity(schema: &'static Schema) -> (&'static str, usize) {
    (schema.node, schema.docs.as_ptr() as usize)
}

/// What is so where nobody says anything, a project's defaults included.
fn usual(value: Option<&str>) -> String {
    value.map_or_else(String::new, |value| format!(" Where nothing says: `{value}`."))
}

fn argument(schema: &Schema) -> String {
    let many = match schema.repeat {
        Repeat::Once => "Stands once.",
        Repeat::ByKey => "Stands once for each argument.",
        Repeat::Many(marks) => return format!("{} {}", takes(schema), several(marks)),
        Repeat::Each => "May stand several times, each for itself.",
    };
    format!("{} {many}", takes(schema))
}

/// How often a node may stand that is told apart by more than its argument.
fn several(marks: &[Mark]) -> String {
    let mark = |mark: &Mark| match (mark, mark.prop()) {
        (Mark::Prop(_, usual), Some(name)) if !usual.is_empty() => {
            format!("`{name}` (`{usual}` if it is not said)")
        }
        (_, Some(name)) => format!("`{name}`"),
        (_, None) => "the window of the rate".into(),
    };
    let marks: Vec<String> = marks.iter().map(mark).collect();
    format!("May stand several times; two are the same if these agree: {}.", marks.join(", "))
}

fn takes(schema: &Schema) -> String {
    match schema.arg {
        Arg::None => "Takes no argument.".to_string(),
        Arg::Name => "The argument is its name.".to_string(),
        Arg::Key(ty) => format!("The argument is {}.", ty.looks_like()),
        Arg::Names(Type::Ref(kinds)) => format!("The arguments are names of: {}.", kinds.replace(' ', ", ")),
        Arg::Names(ty) | Arg::Values(ty) => format!("The arguments are each {}.", ty.looks_like()),
        Arg::Value(ty) => format!("The argument is {}.", ty.looks_like()),
        Arg::Maybe(Type::Bool) => "Stands for yes; `#false` takes it back.".to_string(),
        Arg::Maybe(ty) => format!("The argument, which may be left out, is {}.", ty.looks_like()),
    }
}

fn properties(schema: &Schema, out: &mut String) {
    if schema.props.is_empty() {
        return;
    }
    out.push_str("\n| property | value | meaning |\n|---|---|---|\n");
    for prop in schema.props {
        let must = if prop.required { " (required)" } else { "" };
        let _ = writeln!(
            out,
            "| `{}`{must} | {} | {} |",
            prop.name,
            cell(&prop.ty.looks_like()),
            cell(&format!("{}{}", prop.docs, usual(prop.usual)))
        );
    }
}
