//! Which brace is wrong. Braces alone cannot tell: after the first pass has found that some lack their twin, a
//! second one goes by indentation, and puts right as many as the first one counted.

use super::parser::Parser;

/// How many braces lack their twin: counted in the first pass, to be found in the second.
#[derive(Clone, Copy, Default)]
pub(super) struct Repair {
    /// Counted: blocks still open at the end, and `}` without a block.
    pub unclosed: usize,
    pub stray: usize,
    /// Left to find.
    missing: usize,
    surplus: usize,
}

impl Repair {
    /// What the second pass looks for, given what the first one counted; `None` when nothing is wrong.
    pub fn next(self) -> Option<Repair> {
        let wrong = self.unclosed + self.stray > 0;
        wrong.then_some(Repair { unclosed: 0, stray: 0, missing: self.unclosed, surplus: self.stray })
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
        let indent = self.lexer.indent_of(at);
        let line = self.lexer.line_start(at);
        if self.lexer.at_end() || at != line + indent {
            return false;
        }
        let closing = self.lexer.peek() == b'}';
        while self.repair.missing > 0 {
            let Some(&frame) = self.stack.last() else { break };
            let outer = self.lexer.indent_of(frame.open);
            let over = if closing { outer > indent } else { outer >= indent };
            if !over || self.lexer.line_start(frame.open) == line {
                break;
            }
            self.stack.pop();
            self.repair.missing -= 1;
            self.tell_unclosed(frame, Some(at));
            let open = self.leave(frame);
            self.end_node(open);
        }
        let closes =
            |parser: &Self| parser.stack.iter().any(|frame| parser.lexer.indent_of(frame.open) == indent);
        let stray = closing && self.repair.surplus > 0 && !closes(self);
        if stray {
            self.repair.surplus -= 1;
            self.tell_stray(at);
            self.lexer.pos += 1;
        }
        stray
    }
}
