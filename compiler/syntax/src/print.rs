//! The canonical form of the official test suite: one spelling for each document, comments and layout gone.

use super::class::{FORBIDDEN, NEWLINE, class_of_char, is_bare_word};
use super::document::{Document, Entry, Node, Nodes, Value};
use super::number::{Number, decimal};
use std::collections::BTreeMap;

/// The document in canonical form: arguments, then properties by name with the rightmost of each, then children;
/// four spaces a level, strings bare where they can be, numbers in decimal.
pub fn canonical(document: &Document, text: &str) -> String {
    let mut out = String::new();
    // An own stack, because documents nest as deep as the reader lets them.
    let mut open: Vec<Nodes> = vec![document.nodes(text)];
    while let Some(nodes) = open.last_mut() {
        if let Some(node) = nodes.next() {
            indent(&mut out, open.len() - 1);
            write_line(&mut out, node);
            match node.children().next() {
                Some(_) => {
                    out.push_str(" {\n");
                    open.push(node.children());
                }
                None => out.push('\n'),
            }
        } else {
            open.pop();
            if !open.is_empty() {
                indent(&mut out, open.len() - 1);
                out.push_str("}\n");
            }
        }
    }
    if out.is_empty() { "\n".to_string() } else { out }
}

fn indent(out: &mut String, level: usize) {
    out.extend(std::iter::repeat_n("    ", level));
}

fn write_line(out: &mut String, node: Node) {
    write_type(out, node.ty());
    write_string(out, node.name());
    let mut properties: BTreeMap<&str, Entry> = BTreeMap::new();
    for entry in node.entries() {
        match entry.name() {
            Some(name) => {
                properties.insert(name, entry);
            }
            None => {
                out.push(' ');
                write_value(out, entry);
            }
        }
    }
    for (name, entry) in properties {
        out.push(' ');
        write_string(out, name);
        out.push('=');
        write_value(out, entry);
    }
}

fn write_type(out: &mut String, ty: Option<&str>) {
    if let Some(ty) = ty {
        out.push('(');
        write_string(out, ty);
        out.push(')');
    }
}

fn write_value(out: &mut String, entry: Entry) {
    write_type(out, entry.ty());
    match entry.value() {
        Value::Str(value) => write_string(out, value),
        Value::Number(number) => out.push_str(&canonical_number(number)),
        Value::Bool(true) => out.push_str("#true"),
        Value::Bool(false) => out.push_str("#false"),
        Value::Null => out.push_str("#null"),
    }
}

fn canonical_number(number: Number) -> String {
    let Some((negative, radix, digits)) = number.parts() else { return number.text.to_string() };
    if number.is_integer() {
        let value = decimal(digits, radix);
        return if negative && value != "0" { format!("-{value}") } else { value };
    }
    match number.as_f64() {
        f64::INFINITY => "#inf".to_string(),
        f64::NEG_INFINITY => "#-inf".to_string(),
        value => format!("{value:?}"),
    }
}

fn write_string(out: &mut String, value: &str) {
    if is_bare_word(value) {
        out.push_str(value);
        return;
    }
    out.push('"');
    for char in value.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            _ if class_of_char(char) & (NEWLINE | FORBIDDEN) != 0 => {
                out.push_str(&format!("\\u{{{:x}}}", char as u32));
            }
            _ => out.push(char),
        }
    }
    out.push('"');
}
