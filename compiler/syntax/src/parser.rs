//! Nodes: a name, entries, and what ends them. One loop with an own stack: no depth of nesting can exhaust the thread's.

use super::document::{Document, Form, NONE, NodeRecord, Word};
use super::lexer::Lexer;
use super::repair::Repair;
use bastide_report::source::FileId;

/// A node that is being read.
#[derive(Clone, Copy)]
pub(super) struct Open {
    /// Its index, or [`NONE`] for a block without a node.
    pub node: u32,
    /// Slashdashed: goes when it is whole.
    pub dropped: bool,
    /// Whether it has a block that counts.
    pub has_block: bool,
    /// Whether it has any block, also a slashdashed one.
    pub any_block: bool,
}

/// A block that is being read.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// Place of `{`.
    pub open: usize,
    /// While repairing: start and indentation of its line.
    pub line: (usize, usize),
    pub owner: Open,
    /// How many nodes and entries there were; those of a slashdashed block go when it closes.
    pub dropped_from: Option<(u32, u32)>,
}

/// The reader of one text.
pub(super) struct Parser<'t> {
    pub lexer: Lexer<'t>,
    pub document: Document,
    pub stack: Vec<Frame>,
    /// End of the last part that was kept.
    pub end: u32,
    /// What to put right by indentation; see `repair.rs`.
    pub repair: Repair,
    /// The node that ended last, for a `{` on the line after it.
    pub last: Option<Open>,
    /// Whether a block that is too deep has been told.
    pub too_deep: bool,
}

impl<'t> Parser<'t> {
    pub fn new(file: FileId, text: &'t str, repair: Repair) -> Self {
        let document = Document::new(file, text.len());
        let lexer = Lexer::new(file, text);
        Parser { lexer, document, stack: vec![], end: 0, repair, last: None, too_deep: false }
    }

    /// Reads the whole text.
    pub fn run(&mut self) {
        loop {
            self.lexer.skip_lines();
            if self.repair.is_on() && self.repair_here() {
                continue;
            }
            match self.lexer.peek() {
                0 if self.lexer.at_end() => break,
                b'}' => self.close_block(),
                b'{' => self.block_without_node(),
                b';' => self.lone_semicolon(),
                _ => self.node(),
            }
        }
        while let Some(frame) = self.stack.pop() {
            if !self.lexer.swallowed {
                self.repair.unclosed += 1;
                self.tell_unclosed(frame, None);
            }
            let open = self.leave(frame);
            self.end_node(open);
        }
        self.document.cooked = std::mem::take(&mut self.lexer.cooked);
    }

    fn node(&mut self) {
        if self.lexer.peek() == b'#' && self.lexer.is_hash_comment() {
            return self.lexer.foreign_comment();
        }
        let dropped = self.at_slashdash();
        if dropped && !self.slashdash() {
            return;
        }
        let types = self.document.types.len();
        let typed = self.lexer.peek() == b'(';
        if typed && !self.annotation() {
            return self.rest_of_broken_node();
        }
        let Some(name) = self.lexer.value() else {
            self.no_value(typed);
            self.document.types.truncate(types);
            return self.rest_of_broken_node();
        };
        let name = match name.is_string() {
            true => name,
            false => self.lexer.not_a_name(name, "a node"),
        };
        let open = self.push_node(name, typed, dropped);
        self.entries(open, false);
    }

    fn push_node(&mut self, name: Word, typed: bool, dropped: bool) -> Open {
        let node = self.document.nodes.len() as u32;
        let entries = self.document.entries.len() as u32;
        let record = NodeRecord { name, typed, entries, subtree_end: node + 1, end: name.end, block: NONE };
        self.document.nodes.push(record);
        self.own_annotation(name, typed);
        self.end = name.end;
        Open { node, dropped, has_block: false, any_block: false }
    }

    /// Goes on after a fault where a node's name must be: what follows is read for its faults and dropped.
    fn rest_of_broken_node(&mut self) {
        let here = self.lexer.pos as u32;
        let open = self.push_node(Word { start: here, end: here, form: Form::Bare }, false, true);
        self.entries(open, true);
    }

    /// Reads entries until the node ends or a block opens. `spaced` when the next one needs no space before it.
    pub(super) fn entries(&mut self, mut open: Open, mut spaced: bool) {
        // A finding about what comes next: it goes when that tells one of its own.
        let mut glued: Option<usize> = None;
        loop {
            if self.lexer.skip_space() {
                (spaced, glued) = (true, None);
            }
            if self.at_node_end() {
                return self.end_node(open);
            }
            let (start, faults) = (self.lexer.pos, self.lexer.faults.found.len());
            let dropped = self.at_slashdash();
            if self.skip_foreign(spaced) || dropped && !self.slashdash() {
                spaced = true;
                continue;
            }
            if self.lexer.peek() == b'{' {
                self.need_space(spaced, start, faults);
                match self.open_block(open, dropped) {
                    Some(skipped) => (open, spaced) = (skipped, false),
                    None => return,
                }
                continue;
            }
            if open.any_block {
                if self.after_block(&mut open) {
                    return self.end_node(open);
                }
                glued = Some(self.lexer.faults.found.len() - 1);
            }
            let faults = self.lexer.faults.found.len();
            // Entries lie before those of the children, so one that follows them cannot be kept.
            let space_after = self.entry(dropped || open.has_block);
            let faulty = self.lexer.faults.found.len() > faults;
            if let Some(before) = glued.take().filter(|_| faulty) {
                self.lexer.faults.found.remove(before);
            }
            let told = !faulty && self.need_space(spaced, start, faults);
            glued = (told && !space_after).then(|| self.lexer.faults.found.len() - 1);
            // What is glued to a fault has one cause with it.
            spaced = told || faulty || space_after;
        }
    }

    /// Whether the node ends here; goes past a `;`.
    fn at_node_end(&mut self) -> bool {
        let next = self.lexer.peek();
        self.lexer.pos += usize::from(next == b';');
        matches!(next, b';' | b'}') || self.lexer.at_line_end()
    }

    /// Tells and skips what is no KDL but usual elsewhere: separators right after a value, comments after `#`.
    fn skip_foreign(&mut self, spaced: bool) -> bool {
        let next = self.lexer.peek();
        if matches!(next, b',' | b':') && !spaced {
            self.separator();
            return true;
        }
        let comment = matches!(next, b'#' | b'/') && matches!(self.lexer.peek_at(1), b' ' | b'\t');
        if comment {
            self.lexer.foreign_comment();
        }
        comment
    }

    /// Tells that space is missing at `at`, unless what stands there has a fault of its own. Whether it told.
    fn need_space(&mut self, spaced: bool, at: usize, faults: usize) -> bool {
        if spaced || self.lexer.faults.found.len() > faults {
            return false;
        }
        let end = self.lexer.pos.max(at + 1);
        let written: String = self.lexer.text[at..end].trim_end().chars().take(30).collect();
        let message = format!("no space stands before `{written}`");
        let help = match self.lexer.bytes[at - 1] {
            b'"' if self.lexer.bytes[at] != b'{' => {
                "put a space before it, or write `\\\"` for a quote inside a string"
            }
            _ => "put a space before it",
        };
        let end = at + self.lexer.classify(at).1.max(1);
        self.lexer.faults.tell((at, end), message, "glued to what stands before it", help);
        true
    }

    /// Tells a comma or colon right after a value.
    fn separator(&mut self) {
        let at = self.lexer.pos;
        let sign = if self.lexer.peek() == b',' { "comma" } else { "colon" };
        self.lexer.pos += 1;
        let (message, label) = (format!("a {sign} stands after a value"), "values are parted by spaces");
        self.lexer.faults.tell((at, at + 1), message, label, "remove it");
    }

    /// Whether `/-` is here.
    pub fn at_slashdash(&self) -> bool {
        self.lexer.peek() == b'/' && self.lexer.peek_at(1) == b'-'
    }

    /// Goes past `/-` and the lines after it; whether there is something to comment out.
    fn slashdash(&mut self) -> bool {
        let start = self.lexer.pos;
        self.lexer.pos += 2;
        self.lexer.skip_lines();
        if !self.lexer.at_end() && !matches!(self.lexer.peek(), b'}' | b';') && !self.at_slashdash() {
            return true;
        }
        let (message, help) = match self.at_slashdash() {
            true => ("`/-` stands twice", "remove one of the two"),
            false => ("`/-` has nothing to comment out", "remove it"),
        };
        let label = "a node, an entry or a block must follow";
        self.lexer.faults.tell((start, start + 2), message, label, help);
        false
    }

    /// Closes a node: what it holds is counted, or goes when it is slashdashed.
    pub(super) fn end_node(&mut self, open: Open) {
        if open.node == NONE {
            return;
        }
        let subtree_end = self.document.nodes.len() as u32;
        let record = &mut self.document.nodes[open.node as usize];
        record.subtree_end = subtree_end;
        if !open.has_block {
            record.end = self.end;
        }
        self.last = Some(open);
        if open.dropped {
            let entries = record.entries as usize;
            self.document.nodes.truncate(open.node as usize);
            self.document.entries.truncate(entries);
            self.last = None;
        }
    }

    /// Tells that something other than a block follows a block. Whether it looks like the next node.
    fn after_block(&mut self, open: &mut Open) -> bool {
        let start = self.lexer.pos;
        let end = start + self.lexer.classify(start).1.max(1);
        let next_node = open.has_block && self.is_string_ahead();
        let (message, label, help) = match next_node {
            true => (
                "a node goes on after its children",
                "after a closed block",
                "put it on a new line, or write `;` before it",
            ),
            false => ("an entry follows a block", "entries come before all blocks", "move it before `{`"),
        };
        self.lexer.faults.tell((start, end), message, label, help);
        open.any_block = false;
        next_node
    }

    /// Whether a string is here that does not name a property.
    fn is_string_ahead(&mut self) -> bool {
        let (start, swallowed) = (self.lexer.pos, self.lexer.swallowed);
        let cooked = (self.lexer.cooked.values.len(), self.lexer.cooked.places.len());
        let muted = std::mem::replace(&mut self.lexer.faults.muted, true);
        let string = self.lexer.peek() == b'(' || self.lexer.value().is_some_and(Word::is_string);
        self.lexer.skip_space();
        let string = string && self.lexer.peek() != b'=';
        self.lexer.faults.muted = muted;
        (self.lexer.pos, self.lexer.swallowed) = (start, swallowed);
        self.lexer.cooked.values.truncate(cooked.0);
        self.lexer.cooked.places.truncate(cooked.1);
        string
    }

    fn lone_semicolon(&mut self) {
        let at = self.lexer.pos;
        self.lexer.pos += 1;
        self.lexer.faults.tell((at, at + 1), "`;` ends no node", "no node before it", "remove it");
    }
}
