//! What is wrong with a text, as findings.

use super::{DEEPEST, Entry};
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::{FileId, Span};

/// Faults that are read over, at most, before a text counts as no contract.
const MOST: usize = 20;

/// The faults of one text.
pub struct Faults<'r> {
    /// The text.
    pub file: FileId,
    report: &'r mut Report,
    count: usize,
}

impl<'r> Faults<'r> {
    /// Of a text, into a report.
    pub fn new(file: FileId, report: &'r mut Report) -> Self {
        Faults { file, report, count: 0 }
    }

    /// A fault nothing can be read after.
    pub fn end<T>(&mut self, span: Span, message: &str, help: &str) -> Option<T> {
        self.report.push(Finding::new("contract-syntax", message).label(span, "here").help(help));
        None
    }

    /// A fault that is read over, unless there are too many.
    pub fn go_on(&mut self, at: usize, length: usize, message: &str, help: &str) -> Option<()> {
        let span = Span::new(self.file, at, at + length);
        self.end::<()>(span, message, help);
        self.counted()
    }

    /// A key that stands twice.
    pub fn twice(&mut self, first: &Entry, second: &Entry) -> Option<()> {
        let message = format!("the key `{}` stands twice in one map", second.key);
        let finding = Finding::new("contract-syntax", message).label(second.at, "again here");
        self.report.push(finding.label(first.at, "first here").help("keep one of the two"));
        self.counted()
    }

    /// Nesting that is deeper than is read.
    pub fn deep<T>(&mut self, at: usize) -> Option<T> {
        let message = format!("nested deeper than {DEEPEST} levels");
        self.end(
            Span::new(self.file, at, at + 1),
            &message,
            "move the inner parts to definitions of their own",
        )
    }

    /// A tag of YAML that is not YAML's own. What it means is known to another program; the value counts as written.
    pub fn unknown_tag(&mut self, span: Span, tag: &str) {
        let message = format!("the tag `{tag}` is not known");
        let finding = Finding::new("contract-syntax", message).level(Level::Warn);
        self.report.push(finding.label(span, "read as if it were not there").help("write the value itself"));
    }

    fn counted(&mut self) -> Option<()> {
        self.count += 1;
        (self.count < MOST).then_some(())
    }
}
