//! The pass after rendering: sets blocks at their column and removes the lines that `optional` marked.

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
/// Stands at the column of a block's lines, on a line of its own, while a program is learnt.
pub(crate) const PROBE: char = '\u{6}';

/// Bytes of raw text that wait before they are settled.
const WAITING: usize = 1 << 18;
/// Bytes one artifact may have.
const LARGEST: usize = 64 << 20;

/// Takes what is settled of a text that goes on.
pub(crate) type Part<'p> = &'p mut dyn FnMut(&str);

/// Takes a rendering as it is written and settles what is complete, so that a large text is not held twice.
/// With a place for its parts it is not held at all.
pub(crate) struct Settler<'p> {
    raw: Vec<u8>,
    settled: String,
    next: usize,
    part: Option<Part<'p>>,
    /// Bytes handed to `part`.
    gone: usize,
}

impl<'p> Settler<'p> {
    /// An empty text.
    pub fn new(part: Option<Part<'p>>) -> Settler<'p> {
        // Most renderings are partials of some hundred bytes; allocators are quick below 1 KiB.
        Settler { raw: Vec::with_capacity(1_000), settled: String::new(), next: WAITING, part, gone: 0 }
    }

    /// The settled text, or what follows the parts; none if it is not UTF-8.
    pub fn finish(mut self) -> Option<String> {
        let raw = String::from_utf8(self.raw).ok()?;
        if self.settled.is_empty() {
            return Some(settle(raw));
        }
        settle_into(&raw, true, &mut self.settled);
        Some(self.settled)
    }

    /// Hands on what nothing that follows can change.
    fn hand_on(&mut self) {
        let Some(part) = &mut self.part else { return };
        let done = looked_at(&self.settled);
        if done > 0 {
            part(&self.settled[..done]);
            self.settled.drain(..done);
            self.gone += done;
        }
    }
}

impl std::io::Write for Settler<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if self.gone + self.settled.len() + self.raw.len() + bytes.len() > LARGEST {
            return Err(std::io::Error::other("the text grows beyond 64 MiB"));
        }
        self.raw.extend_from_slice(bytes);
        if self.raw.len() > self.next {
            if let Ok(raw) = std::str::from_utf8(&self.raw) {
                let done = settle_into(raw, false, &mut self.settled);
                self.raw.drain(..done);
                self.hand_on();
            }
            // Measured from what is left: a block that stays open is not looked through at every write.
            self.next = self.raw.len() + WAITING;
        }
        Ok(())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The text with every block at its column. Without blocks it is returned as it came.
pub(crate) fn settle(text: String) -> String {
    if is_settled(&text) {
        return text;
    }
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    settle_into(&text, true, &mut out);
    out
}

/// The same for a text that is used again.
pub(crate) fn settled(text: &str) -> String {
    let blocks = !is_settled(text);
    let mut out = String::with_capacity(text.len() + if blocks { text.len() / 8 } else { 0 });
    if blocks {
        settle_into(text, true, &mut out);
    } else {
        out.push_str(text);
    }
    out
}

/// Whether a text holds nothing to settle.
pub(crate) fn is_settled(text: &str) -> bool {
    memchr::memchr2(BLOCK_START as u8, ABSENT as u8, text.as_bytes()).is_none()
}

/// Adds a text to what is settled. Unless it is the `last`, it stops before a block that still needs what follows.
/// Returns how many bytes are done.
fn settle_into(text: &str, last: bool, out: &mut String) -> usize {
    let mut rest = text;
    while let Some(at) = memchr::memchr2(BLOCK_START as u8, ABSENT as u8, rest.as_bytes()) {
        out.push_str(&rest[..at]);
        if !last && !complete(&rest[at..]) {
            return text.len() - rest.len() + at;
        }
        let absent = rest[at..].starts_with(ABSENT);
        rest = &rest[at + 1..];
        if absent {
            rest = drop_line(out, rest);
            continue;
        }
        let (block, after) = rest.split_once(BLOCK_END).unwrap_or((rest, ""));
        rest = after;
        if !set(block, rest, out) {
            rest = drop_line(out, rest);
        }
    }
    out.push_str(rest);
    text.len()
}

/// Whether the line a block stands in and the next one are there, which is all that is ever looked at.
fn complete(text: &str) -> bool {
    let mut inside = false;
    let mut lines = 0;
    let end = if text.starts_with(BLOCK_START) {
        memchr::memchr(BLOCK_END as u8, text.as_bytes())
    } else {
        Some(0)
    };
    let Some(from) = end else { return false };
    for &byte in &text.as_bytes()[from..] {
        match byte {
            b'\n' if !inside => lines += 1,
            _ if byte == BLOCK_START as u8 => inside = true,
            _ if byte == BLOCK_END as u8 => inside = false,
            _ => {}
        }
        if lines == 2 {
            return true;
        }
    }
    false
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

/// Where the lines begin that blocks to come may look at: the one being written, and above it the last that is not empty.
fn looked_at(out: &str) -> usize {
    line_start(out[..line_start(out)].trim_end())
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
