//! Nodes and blocks. One loop with an own stack: no depth of nesting can exhaust the thread's.

use super::DEPTH;
use super::document::{Document, Form, NONE, NodeRecord, Word};
use super::faults::{SYNTAX, TOO_DEEP};
use super::lexer::Lexer;
use super::repair::Repair;
use crate::report::Finding;
use crate::source::FileId;

/// A node that is being read.
#[derive(Clone, Copy)]
pub(super) struct Open {
    /// Its index, or [`NONE`] for a block without a node.
    node: u32,
    /// Slashdashed: goes when it is whole.
    dropped: bool,
    /// Whether it has a block that counts, and whether it has any.
    has_block: bool,
    any_block: bool,
}

/// A block that is being read.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// Place of `{`.
    pub open: usize,
    owner: Open,
    /// How many nodes and entries there were; those of a slashdashed block go when it closes.
    dropped_from: Option<(u32, u32)>,
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
    last: Option<Open>,
    too_deep: bool,
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
            self.leave(frame);
        }
        self.document.cooked = std::mem::take(&mut self.lexer.cooked);
    }

    fn node(&mut self) {
        let dropped = self.at_slashdash();
        if dropped && !self.slashdash() {
            return;
        }
        let types = self.document.types.len();
        let typed = self.lexer.peek() == b'(';
        if typed && !self.annotation() {
            self.document.types.truncate(types);
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
    fn entries(&mut self, mut open: Open, mut spaced: bool) {
        loop {
            spaced |= self.lexer.skip_space();
            match self.lexer.peek() {
                b';' => {
                    self.lexer.pos += 1;
                    return self.end_node(open);
                }
                b'}' => return self.end_node(open),
                b'{' => match self.open_block(open, spaced, false) {
                    Some(skipped) => {
                        (open, spaced) = (skipped, false);
                        continue;
                    }
                    None => return,
                },
                _ if self.lexer.at_line_end() => return self.end_node(open),
                _ if open.any_block && !self.at_slashdash() => return self.after_block(open),
                _ => {}
            }
            let start = self.lexer.pos;
            let faults = self.lexer.faults.found.len();
            let dropped = self.at_slashdash();
            if dropped {
                if !self.slashdash() {
                    spaced = true;
                    continue;
                }
                if self.lexer.peek() == b'{' {
                    self.need_space(spaced, start, faults);
                    match self.open_block(open, true, true) {
                        Some(skipped) => {
                            (open, spaced) = (skipped, false);
                            continue;
                        }
                        None => return,
                    }
                }
                if open.any_block {
                    return self.after_block(open);
                }
            }
            let next = self.entry(dropped);
            self.need_space(spaced, start, faults);
            spaced = next;
        }
    }

    /// Tells that space is missing at `at`, unless what stands there has a fault of its own.
    fn need_space(&mut self, spaced: bool, at: usize, faults: usize) {
        if spaced || self.lexer.faults.found.len() > faults {
            return;
        }
        let written: String = self.lexer.text[at..self.lexer.pos].trim_end().chars().take(30).collect();
        let message = format!("no space stands before `{written}`");
        self.lexer.faults.tell(
            (at, at + 1),
            message,
            "glued to what stands before it",
            "put a space before it",
        );
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
        let message = "`/-` has nothing to comment out";
        let label = "a node, an entry or a block must follow";
        self.lexer.faults.tell((start, start + 2), message, label, "remove it");
        false
    }

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

    /// Something other than a block follows a block: told, and read as the next node.
    fn after_block(&mut self, open: Open) {
        let start = self.lexer.pos;
        let end = start + self.lexer.classify(start).1.max(1);
        let (message, label, help) = match open.has_block {
            true => (
                "a node goes on after its children",
                "after a closed block",
                "put it on a new line, or write `;` before it",
            ),
            false => (
                "an entry follows a block that is commented out",
                "entries come before all blocks",
                "move it before the block",
            ),
        };
        self.lexer.faults.tell((start, end), message, label, help);
        self.end_node(open);
    }

    /// Opens the block whose `{` is here. Its node, when the block is too deep and has been skipped.
    fn open_block(&mut self, mut open: Open, spaced: bool, slashdashed: bool) -> Option<Open> {
        let at = self.lexer.pos;
        if !spaced {
            let (message, help) = ("no space stands before `{`", "put a space before it");
            self.lexer.faults.tell((at, at + 1), message, "glued to what stands before it", help);
        }
        if open.has_block && !slashdashed {
            let (message, help) =
                ("a node has a second block of children", "put all children into one block");
            self.lexer.faults.tell((at, at + 1), message, "the second one", help);
        }
        let nodes = &mut self.document.nodes;
        if open.node != NONE && !open.any_block {
            nodes[open.node as usize].end = self.end;
        }
        open.any_block = true;
        if !slashdashed && !open.has_block {
            open.has_block = true;
            if open.node != NONE {
                nodes[open.node as usize].block = at as u32;
            }
        }
        let mark = (nodes.len() as u32, self.document.entries.len() as u32);
        self.lexer.pos += 1;
        let dropped_from = (slashdashed || open.node == NONE).then_some(mark);
        let frame = Frame { open: at, owner: open, dropped_from };
        self.last = None;
        if self.stack.len() == DEPTH {
            return Some(self.skip_deep_block(frame));
        }
        self.stack.push(frame);
        None
    }

    /// Tells the first block that is too deep, and goes past it without reading it.
    fn skip_deep_block(&mut self, frame: Frame) -> Open {
        if !self.too_deep {
            let message = format!("blocks nest deeper than {DEPTH} levels");
            let finding = Finding::new(TOO_DEEP, message)
                .label(self.lexer.faults.span(frame.open, frame.open + 1), "one level too deep")
                .help("take the inner nodes out of some of their blocks");
            self.lexer.faults.push(finding);
        }
        self.too_deep = true;
        let muted = std::mem::replace(&mut self.lexer.faults.muted, true);
        self.lexer.skip_block();
        self.lexer.faults.muted = muted;
        self.end = self.lexer.pos as u32;
        self.leave(frame)
    }

    fn close_block(&mut self) {
        let at = self.lexer.pos;
        self.lexer.pos += 1;
        self.end = self.lexer.pos as u32;
        let Some(frame) = self.stack.pop() else {
            self.repair.stray += 1;
            return self.tell_stray(at);
        };
        let open = self.leave(frame);
        self.entries(open, false);
    }

    /// Ends a block: its node spans to here, or what a slashdashed block holds goes.
    pub(super) fn leave(&mut self, frame: Frame) -> Open {
        if let Some((nodes, entries)) = frame.dropped_from {
            self.document.nodes.truncate(nodes as usize);
            self.document.entries.truncate(entries as usize);
        } else {
            self.document.nodes[frame.owner.node as usize].end = self.end;
        }
        frame.owner
    }

    /// A block at the start of a line: it belongs to the node that ended on the line before, or to none.
    fn block_without_node(&mut self) {
        let at = self.lexer.pos;
        let owner = self.last.take().filter(|open| !open.any_block);
        let (message, help) = match owner {
            Some(_) => ("`{` stands on a line of its own", "move `{` to the end of the line of its node"),
            None => ("a block has no node", "write the name of a node before `{`"),
        };
        self.lexer.faults.tell((at, at + 1), message, "opens children", help);
        let nobody = Open { node: NONE, dropped: true, has_block: false, any_block: false };
        if let Some(skipped) = self.open_block(owner.unwrap_or(nobody), true, false) {
            self.entries(skipped, false);
        }
    }

    fn lone_semicolon(&mut self) {
        let at = self.lexer.pos;
        self.lexer.pos += 1;
        self.lexer.faults.tell((at, at + 1), "`;` ends no node", "no node before it", "remove it");
    }

    pub(super) fn tell_stray(&mut self, at: usize) {
        let message = "`}` closes nothing";
        self.lexer.faults.tell((at, at + 1), message, "no block is open here", "remove it");
    }

    /// Tells a block that is not closed, with the place where its `}` is missed, if that is known.
    pub(super) fn tell_unclosed(&mut self, frame: Frame, missed: Option<usize>) {
        let faults = &mut self.lexer.faults;
        let mut finding = Finding::new(SYNTAX, "a block is never closed")
            .label(faults.span(frame.open, frame.open + 1), "opened here");
        if let Some(at) = missed {
            finding = finding.label(faults.span(at, at + 1), "its `}` is missing before this");
        }
        faults.push(finding.help("write `}` after the last node of the block"));
    }
}
