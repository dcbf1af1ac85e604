//! Where the reader's findings gather, so that a document full of faults stays readable and small.

use bastide_report::finding::Finding;
use bastide_report::source::{FileId, Span};

/// The rule of all that is not KDL 2.0.
pub const SYNTAX: &str = "kdl-syntax";
/// The rule of what was right in KDL 1.
pub const VERSION_1: &str = "kdl-version-1";
/// The rule of documents that nest beyond [`super::DEPTH`].
pub const TOO_DEEP: &str = "nesting-too-deep";

/// More findings than this in one text tell that it is something else than KDL.
const LIMIT: usize = 10_000;

/// Findings of one text.
pub(super) struct Faults {
    pub file: FileId,
    pub found: Vec<Finding>,
    /// Set while text is skipped whose fault is already told.
    pub muted: bool,
}

impl Faults {
    pub fn new(file: FileId) -> Self {
        Faults { file, found: vec![], muted: false }
    }

    /// The bytes `start..end` of the text.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// Tells a fault with one place.
    pub fn tell(
        &mut self,
        (start, end): (usize, usize),
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let span = self.span(start, end);
        self.push(Finding::new(SYNTAX, message).label(span, label).help(help));
    }

    /// Adds a finding, up to the limit.
    pub fn push(&mut self, finding: Finding) {
        if self.muted || self.found.len() > LIMIT {
            return;
        }
        if self.found.len() < LIMIT {
            return self.found.push(finding);
        }
        let place = finding.labels.first().map_or(self.span(0, 0), |label| label.span);
        let message = format!("more than {LIMIT} syntax errors; those from here on are not listed");
        let last = Finding::new(SYNTAX, message).label(place, "the next one");
        self.found.push(last.help("check that this file is KDL"));
    }
}

/// A text as it fits into a message: at most sixty characters.
pub(super) fn clip(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
