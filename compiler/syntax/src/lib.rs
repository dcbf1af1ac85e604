//! The reader of KDL 2.0: text in, [`Document`] and findings out. It never fails and never recurses.
//!
//! `lexer.rs` knows spaces, newlines and comments; `word.rs`, `string.rs`, `multiline.rs` and `escape.rs` read values;
//! `annotation.rs`, `entry.rs`, `parser.rs` and `block.rs` put them together; `document.rs` is the result.
//! `stray.rs`, `unclosed.rs` and `repair.rs` find the place where something is wrong, and where it goes on.
//! The grammar is that of <https://kdl.dev/spec/>; its official test suite stands in `tests/kdl`.

mod annotation;
mod block;
mod class;
mod document;
mod entry;
mod escape;
mod faults;
mod lexer;
mod multiline;
mod number;
mod parser;
mod repair;
mod stray;
mod string;
mod unclosed;
mod word;

pub use document::{Document, Entries, Entry, Node, Nodes, Value};
pub use faults::{SYNTAX, TOO_DEEP, VERSION_1};
pub use number::Number;

use bastide_report::finding::Report;
use bastide_report::source::FileId;
use parser::Parser;
use repair::Repair;

/// How deep blocks may nest.
pub const DEPTH: usize = 128;

/// Reads a text. Every syntax error is reported once, at its own place; what can be read beside it is in the document.
pub fn parse(file: FileId, text: &str, report: &mut Report) -> Document {
    let mut parser = Parser::new(file, text, Repair::default());
    parser.run();
    if let Some(repair) = parser.repair.next() {
        let mut second = Parser::new(file, text, repair);
        second.run();
        if second.lexer.faults.found.len() <= parser.lexer.faults.found.len() {
            parser = second;
        }
    }
    report.findings.append(&mut parser.lexer.faults.found);
    parser.document
}
