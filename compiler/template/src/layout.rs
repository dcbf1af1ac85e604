//! The pass after rendering: lays blocks at their column and removes the lines that `optional` marked.

use super::format::Format;
use super::place::{Places, Walk};
use super::prepare::{MARK, MARK_END};
use super::write::yaml::pad;
use super::yaml::Yaml;

/// Opens a block: then one letter for its kind, then its text at column 0.
pub(crate) const BLOCK_START: char = '\u{1}';
/// Closes a block.
pub(crate) const BLOCK_END: char = '\u{2}';
/// Stands for nothing: the whole line goes.
pub(crate) const ABSENT: char = '\u{3}';
/// The text with every block at its column. Without blocks it is returned as it came.
pub(crate) fn layout(text: String) -> String {
    if memchr::memchr2(BLOCK_START as u8, ABSENT as u8, text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut rest = text.as_str();
    while let Some(at) = memchr::memchr2(BLOCK_START as u8, ABSENT as u8, rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let absent = rest[at..].starts_with(ABSENT);
        rest = &rest[at + 1..];
        if absent {
            rest = drop_line(&mut out, rest);
            continue;
        }
        let end = memchr::memchr(BLOCK_END as u8, rest.as_bytes()).unwrap_or(rest.len());
        let block = &rest[..end];
        rest = rest.get(end + 1..).unwrap_or("");
        if !set(block, rest, &mut out) {
            rest = drop_line(&mut out, rest);
        }
    }
    out.push_str(rest);
    out
}

/// Removes the line being written and what is left of it in the template.
fn drop_line<'a>(out: &mut String, rest: &'a str) -> &'a str {
    out.truncate(line_start(out));
    let mut inside = false;
    for (at, letter) in rest.char_indices() {
        match letter {
            BLOCK_START => inside = true,
            BLOCK_END => inside = false,
            '\n' if !inside => return &rest[at + 1..],
            _ => {}
        }
    }
    ""
}

fn line_start(out: &str) -> usize {
    memchr::memrchr(b'\n', out.as_bytes()).map_or(0, |at| at + 1)
}

/// Sets one block at the end of `out`; false if the whole line goes because the block is empty.
fn set(block: &str, after: &str, out: &mut String) -> bool {
    let mut letters = block.chars();
    let kind = letters.next().unwrap_or('j');
    let text = letters.as_str();
    let prefix = bare(&out[line_start(out)..]);
    let lead = Lead::of(&prefix);
    match kind {
        'j' => {
            let indent = prefix.len() - prefix.trim_start_matches(' ').len();
            indented(text, indent, out);
        }
        't' => indented(text, lead.scalar, out),
        _ if bare(text).trim().is_empty() => return set_empty(kind, &lead, after, out),
        'p' => set_part(text, &lead, out),
        _ => set_node(text, kind == 'l', &lead, out),
    }
    true
}

/// Where a block stands in its line.
struct Lead {
    /// Only spaces before it.
    alone: bool,
    /// It follows a key.
    keyed: bool,
    /// Column of the block itself.
    column: usize,
    /// Column of the key before it.
    key: usize,
    /// Column that the lines of a literal block exceed by two.
    scalar: usize,
}

impl Lead {
    fn of(prefix: &str) -> Lead {
        let mut key = 0;
        let mut dash = 0;
        let mut rest = prefix;
        loop {
            let blank = rest.len() - rest.trim_start_matches(' ').len();
            key += blank;
            rest = &rest[blank..];
            let Some(after) = rest.strip_prefix("- ") else { break };
            (dash, key) = (key, key + 2);
            rest = after;
        }
        let column = prefix.chars().count();
        let keyed = rest.trim_end().ends_with(':');
        Lead { alone: prefix.trim().is_empty(), keyed, column, key, scalar: if keyed { key } else { dash } }
    }
}

fn set_node(text: &str, list: bool, lead: &Lead, out: &mut String) {
    if !lead.keyed {
        return indented(text, lead.column, out);
    }
    let indent = lead.key + if list { 0 } else { 2 };
    trim_blanks(out);
    out.push('\n');
    pad(indent, out);
    indented(text, indent, out);
}

/// Removes the blanks at the end, also those before a mark of tracing mode.
fn trim_blanks(out: &mut String) {
    let kept = match out.ends_with(MARK_END).then(|| out.rfind(MARK)).flatten() {
        Some(mark) => {
            let marks = out.split_off(mark);
            trim_blanks(out);
            out.push_str(&marks);
            return;
        }
        None => out.trim_end_matches(' ').len(),
    };
    out.truncate(kept);
}

fn set_part(text: &str, lead: &Lead, out: &mut String) {
    let text = text.trim_end_matches(['\n', ' ']);
    match shape(&bare(text)) {
        _ if !lead.keyed => indented(text, lead.column, out),
        Shape::Scalar => indented(text, lead.key, out),
        shape => set_node(text, shape == Shape::List, lead, out),
    }
}

#[derive(PartialEq, Eq)]
enum Shape {
    List,
    Map,
    Scalar,
}

/// What a partial's text is, by its first line that is no comment.
fn shape(text: &str) -> Shape {
    let commented = text.trim_start().starts_with('#');
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let first = first.unwrap_or("");
    if first.trim_start().starts_with("- ") || first.trim() == "-" {
        return Shape::List;
    }
    let mut scanner = Yaml::new(false);
    scanner.text(first, '\n', &mut Places::default());
    if scanner.keyed() || commented { Shape::Map } else { Shape::Scalar }
}

/// An empty list, map or partial: alone on a line it adds nothing to the lines around it.
fn set_empty(kind: char, lead: &Lead, after: &str, out: &mut String) -> bool {
    let sole = || {
        let before = out[..line_start(out)].trim_end();
        let before = &before[line_start(before)..];
        let next = after.lines().nth(1).map_or("", |line| line);
        let deep = next.len() - next.trim_start().len() >= lead.column && !next.trim().is_empty();
        bare(before).ends_with(':') && !deep
    };
    if lead.alone && lead.column > 0 && !sole() || kind == 'p' && lead.alone {
        return false;
    }
    out.push_str(match kind {
        'l' => "[]",
        'm' => "{}",
        _ => "null",
    });
    true
}

/// Adds lines, all but the first of them and the empty ones indented.
pub(crate) fn indented(text: &str, indent: usize, out: &mut String) {
    let mut from = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain([text.len()]) {
        let line = &text[from..end];
        let empty =
            line.is_empty() || line.starts_with(['\n', MARK]) && bare(line).trim_end_matches('\n').is_empty();
        if from > 0 && !empty {
            pad(indent, out);
        }
        out.push_str(line);
        from = end;
    }
}

/// The text without the marks of tracing mode.
pub(crate) fn bare(text: &str) -> std::borrow::Cow<'_, str> {
    if !is_marked(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    for letter in text.chars() {
        match letter {
            MARK => inside = true,
            MARK_END => inside = false,
            _ if !inside => out.push(letter),
            _ => {}
        }
    }
    out.into()
}

/// Whether a text from a partial is a YAML block that cannot stay on its line.
pub(crate) fn is_block(format: Format, text: &str) -> bool {
    let text = bare(text);
    let text = text.trim();
    text.contains('\n') || format.is_yaml() && shape(text) != Shape::Scalar
}

/// Whether a text has marks.
pub(crate) fn is_marked(text: &str) -> bool {
    memchr::memchr(MARK as u8, text.as_bytes()).is_some()
}
