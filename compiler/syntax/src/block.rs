//! Blocks of children: opened, closed, too deep, or without a node.

use super::DEPTH;
use super::document::NONE;
use super::faults::{SYNTAX, TOO_DEEP};
use super::parser::{Frame, Open, Parser};
use bastide_report::finding::Finding;

impl Parser<'_> {
    /// Opens the block whose `{` is here. Its node, when the block is too deep and has been skipped.
    pub(super) fn open_block(&mut self, mut open: Open, slashdashed: bool) -> Option<Open> {
        let at = self.lexer.pos;
        self.lexer.pos += 1;
        if open.has_block && !slashdashed {
            let (message, help) =
                ("a node has a second block of children", "put all children into one block");
            self.lexer.faults.tell((at, at + 1), message, "the second one", help);
        }
        let nodes = &mut self.document.nodes;
        if let Some(node) = nodes.get_mut(open.node as usize) {
            if !open.has_block {
                node.end = self.end;
            }
            if !open.has_block && !slashdashed {
                node.block = at as u32;
            }
        }
        open.any_block = true;
        open.has_block |= !slashdashed;
        let mark = (nodes.len() as u32, self.document.entries.len() as u32);
        let dropped_from = (slashdashed || open.node == NONE).then_some(mark);
        let frame = Frame { open: at, line: self.repair.line, owner: open, dropped_from };
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

    /// Closes the innermost block by the `}` that is here.
    pub(super) fn close_block(&mut self) {
        let at = self.lexer.pos;
        self.lexer.pos += 1;
        if self.is_surplus(at) {
            self.repair.surplus -= 1;
            return self.tell_stray(at);
        }
        let Some(frame) = self.stack.pop() else {
            self.repair.stray += 1;
            return self.tell_stray(at);
        };
        self.end = self.lexer.pos as u32;
        let open = self.leave(frame);
        self.entries(open, false);
    }

    /// Ends a block: its node spans to here, or what a slashdashed block holds goes.
    pub(super) fn leave(&mut self, frame: Frame) -> Open {
        if let Some((nodes, entries)) = frame.dropped_from {
            self.document.nodes.truncate(nodes as usize);
            self.document.entries.truncate(entries as usize);
            self.last = None;
        } else {
            self.document.nodes[frame.owner.node as usize].end = self.end;
        }
        frame.owner
    }

    /// A block at the start of a line: it belongs to the node that ended on the line before, or to none.
    pub(super) fn block_without_node(&mut self) {
        let at = self.lexer.pos;
        let owner = self.last.take().filter(|open| !open.any_block && !open.has_block);
        let (message, help) = match owner {
            Some(_) => ("`{` stands on a line of its own", "move `{` to the end of the line of its node"),
            None => ("a block has no node", "write the name of a node before `{`"),
        };
        self.lexer.faults.tell((at, at + 1), message, "opens children", help);
        let nobody = Open { node: NONE, dropped: true, has_block: false, any_block: false };
        if let Some(skipped) = self.open_block(owner.unwrap_or(nobody), false) {
            self.entries(skipped, false);
        }
    }

    /// Tells a `}` without a block.
    pub(super) fn tell_stray(&mut self, at: usize) {
        let message = "`}` closes nothing";
        self.lexer.faults.tell((at, at + 1), message, "no block is open here", "remove it");
    }

    /// Tells a block that is not closed, with the place where its `}` is missed, if that is known.
    pub(super) fn tell_unclosed(&mut self, frame: Frame, missed: Option<usize>) {
        if self.lexer.bytes[frame.open..].first() != Some(&b'{') {
            // The brace that opens it is missing too, and told.
            return;
        }
        let missed = missed.map(|at| (at, at + self.lexer.classify(at).1));
        let faults = &mut self.lexer.faults;
        // Whatever else is wrong with this brace: that it is there may be the fault.
        faults.found.retain(|finding| {
            finding.labels.first().is_none_or(|label| label.span.start as usize != frame.open)
        });
        let mut finding = Finding::new(SYNTAX, "a block is never closed")
            .label(faults.span(frame.open, frame.open + 1), "opened here");
        if let Some((start, end)) = missed {
            finding = finding.label(faults.span(start, end), "its `}` is missing before this");
        }
        faults.push(finding.help("write `}` after the last node of the block"));
    }
}
