//! Which brace is wrong. Braces alone cannot tell: after the first pass has found that some lack their twin, a
//! second one goes by indentation, and puts right as many as the first one counted.

use super::DEPTH;
use super::class::{NEWLINE, is};
use super::parser::{Frame, Open, Parser};

/// How many braces lack their twin: counted in the first pass, to be found in the second.
#[derive(Clone, Copy, Default)]
pub(super) struct Repair {
    /// Counted: blocks still open at the end, and `}` without a block.
    pub unclosed: usize,
    pub stray: usize,
    /// Left to find.
    missing: usize,
    pub surplus: usize,
    /// Start and indentation of the line that is being read.
    pub line: (usize, usize),
}

impl Repair {
    /// What the second pass looks for, given what the first one counted; `None` when nothing is wrong.
    pub fn next(self) -> Option<Repair> {
        let wrong = self.unclosed + self.stray > 0;
        wrong.then_some(Repair { missing: self.unclosed, surplus: self.stray, ..Repair::default() })
    }

    pub fn is_on(self) -> bool {
        self.missing + self.surplus > 0
    }
}

impl Parser<'_> {
    /// At the first sign of a node or at a `}`: closes blocks that the indentation says are over, and goes past a `}`
    /// that it says closes nothing. Whether it went past something.
    pub(super) fn repair_here(&mut self) -> bool {
        let at = self.lexer.pos;
        let blanks =
            self.lexer.bytes[..at].iter().rev().take_while(|&&byte| byte == b' ' || byte == b'\t').count();
        let line = at - blanks;
        if self.lexer.at_end() || line > 0 && !is(self.lexer.bytes[line - 1], NEWLINE) {
            return false;
        }
        let above = std::mem::replace(&mut self.repair.line, (line, blanks));
        let closing = self.lexer.peek() == b'}';
        if !closing && self.repair.surplus > 0 && blanks > above.1 {
            self.open_missing_block(above);
        }
        while self.repair.missing > 0 {
            let Some(&frame) = self.stack.last() else { break };
            let (opened, outer) = frame.line;
            let over = if closing { outer > blanks } else { outer >= blanks };
            if !over || opened == line {
                break;
            }
            self.stack.pop();
            self.repair.missing -= 1;
            self.tell_unclosed(frame, Some(at));
            let open = self.leave(frame);
            self.end_node(open);
        }
        let closes = |parser: &Self| parser.stack.iter().any(|frame| frame.line.1 == blanks);
        let stray = closing && self.repair.surplus > 0 && !closes(self);
        if stray {
            self.repair.surplus -= 1;
            self.tell_stray(at);
            self.lexer.pos += 1;
        }
        stray
    }

    /// Whether the `}` at `at` closes nothing: it ends a line on which no block that is open was opened.
    pub(super) fn is_surplus(&self, at: usize) -> bool {
        let (line, indent) = self.repair.line;
        let opened_above = self.stack.last().is_some_and(|frame| frame.line.0 != line);
        self.repair.surplus > 0 && opened_above && at > line + indent
    }

    /// The line here is indented deeper than the one above, whose node has no block: opens the block it must have.
    fn open_missing_block(&mut self, above: (usize, usize)) {
        let Some(open) = self.last.filter(|open| !open.any_block && !open.has_block) else { return };
        let node = self.document.nodes[open.node as usize];
        if (node.name.start as usize) < above.0 || self.stack.len() == DEPTH {
            return;
        }
        self.repair.surplus -= 1;
        let end = node.end as usize;
        self.lexer.faults.tell(
            (node.name.start as usize, end),
            "the block of a node is never opened",
            "the next line is indented as its child",
            "write ` {` at the end of the line",
        );
        self.document.nodes[open.node as usize].block = node.end;
        let owner = Open { has_block: true, any_block: true, ..open };
        self.stack.push(Frame { open: end, line: above, owner, dropped_from: None });
        self.last = None;
    }
}
