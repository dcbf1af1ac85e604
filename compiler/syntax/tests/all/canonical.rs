//! The canonical form of the official test suite: one spelling for each document, comments and layout gone.

use bastide_report::finding::Report;
use bastide_report::source::FileId;
use bastide_syntax::{Document, Entry, Node, Nodes, Number, Value, parse};
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
    if number.is_integer() {
        return integer(number.text);
    }
    match number.as_f64() {
        value if value.is_nan() => "#nan".to_string(),
        f64::INFINITY => "#inf".to_string(),
        f64::NEG_INFINITY => "#-inf".to_string(),
        value => format!("{value:?}"),
    }
}

/// An integer of any radix and length in decimal, without leading zeros.
fn integer(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix(['+', '-']) {
        Some(digits) => (if text.starts_with('-') { "-" } else { "" }, digits),
        None => ("", text),
    };
    let (radix, digits) = match digits.get(..2) {
        Some("0x") => (16, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        _ => (10, digits),
    };
    // Least significant first.
    let mut decimal = vec![0];
    for digit in digits.chars().filter_map(|char| char.to_digit(radix)) {
        let mut carry = digit;
        for place in &mut decimal {
            carry += *place * radix;
            (*place, carry) = (carry % 10, carry / 10);
        }
        while carry > 0 {
            decimal.push(carry % 10);
            carry /= 10;
        }
    }
    let written: String = decimal.iter().rev().map(u32::to_string).collect();
    if written == "0" { written } else { format!("{sign}{written}") }
}

/// Whether the reader takes these letters, as they are, for this string.
fn is_bare(value: &str) -> bool {
    let mut report = Report::default();
    let document = parse(FileId(0), value, &mut report);
    let mut nodes = document.nodes(value);
    let whole = |node: Node| node.name() == value && node.name_span().end as usize == value.len();
    report.findings.is_empty() && nodes.next().is_some_and(whole) && nodes.next().is_none()
}

fn write_string(out: &mut String, value: &str) {
    if is_bare(value) {
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
            '\0'..='\x1f'
            | '\x7f'
            | '\u{85}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{feff}' => {
                out.push_str(&format!("\\u{{{:x}}}", char as u32));
            }
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("\\u{{{:x}}}", char as u32));
            }
            _ => out.push(char),
        }
    }
    out.push('"');
}
