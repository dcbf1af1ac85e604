//! Findings: what the compiler has to say about the user's plan. One type for every stage and rule.

use crate::source::Span;
use std::borrow::Cow;

/// How much a finding weighs. `Deny` stops a build and makes the exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Found, and waived.
    Allow,
    /// Worth knowing.
    Info,
    /// Should be looked at.
    Warn,
    /// The plan cannot stand.
    Deny,
}

impl Level {
    /// The word used in specs, on the terminal and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }

    /// The level a word of the spec means.
    pub fn from_word(word: &str) -> Option<Level> {
        [Level::Allow, Level::Info, Level::Warn, Level::Deny].into_iter().find(|level| level.word() == word)
    }
}

/// A place and the part it plays in a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What this place has to do with it.
    pub text: String,
}

/// A change of a text that mends a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// What stands there then.
    pub text: String,
}

/// One fault, told once: the fact, the places, one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Name of the rule, as in `docs/rules.md`.
    pub rule: Cow<'static, str>,
    /// Its weight.
    pub level: Level,
    /// The fact, in the user's own names, lower case, no full stop.
    pub message: String,
    /// The first label is the main place.
    pub labels: Vec<Label>,
    /// One act in the imperative, with the text to type.
    pub help: Option<String>,
    /// The act as edits of the spec, all or none of them, where a machine can do it: `--fix`.
    pub edits: Box<[Edit]>,
}

impl Finding {
    /// A finding at `Deny`; use [`Finding::level`] for another weight.
    pub fn new(rule: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let (labels, edits) = (vec![], Box::default());
        Finding { rule: rule.into(), level: Level::Deny, message: message.into(), labels, help: None, edits }
    }

    /// Sets the weight.
    pub fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Adds a place; the first one added is the main place.
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Sets the act.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Finding {
    /// Adds an edit that is part of the act.
    pub fn edit(self, span: Span, text: impl Into<String>) -> Self {
        let mut edits = self.edits.into_vec();
        edits.push(Edit { span, text: text.into() });
        Finding { edits: edits.into(), ..self }
    }
}

/// The edits of all findings that can be made together, in the order of their places. Edits that meet an earlier
/// finding's are left for the next run, with all others of their finding.
pub fn edits<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<&'f Edit> {
    let mut chosen: Vec<&Edit> = vec![];
    for finding in findings {
        let meets =
            |edit: &Edit| chosen.iter().any(|other| overlap(edit.span, other.span) && **other != *edit);
        if !finding.edits.iter().any(meets) {
            let fresh: Vec<&Edit> = finding.edits.iter().filter(|edit| !chosen.contains(edit)).collect();
            chosen.extend(fresh);
        }
    }
    chosen.sort_by_key(|edit| edit.span);
    chosen
}

fn overlap(one: Span, other: Span) -> bool {
    one.file == other.file && one.start <= other.end && other.start <= one.end
}

/// A text with edits made; they must be sorted and apart.
pub fn edited(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for edit in edits {
        out.push_str(text.get(from..edit.span.start as usize).unwrap_or_default());
        out.push_str(&edit.text);
        from = edit.span.end as usize;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The findings of a run, in the order they were made until [`Report::sort`].
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// All findings.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Adds a finding.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Whether something stops the build.
    pub fn denied(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == Level::Deny)
    }

    /// Orders by place, then rule, and drops exact repetitions (the same fault seen in several environments).
    pub fn sort(&mut self) {
        let key = |finding: &Finding| {
            (
                finding.labels.first().map(|label| label.span),
                finding.rule.clone(),
                finding.message.clone(),
                finding.level,
            )
        };
        self.findings.sort_by_cached_key(key);
        self.findings.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::{Finding, edited, edits};
    use crate::source::{FileId, Span};

    #[test]
    fn edits_that_meet_wait_for_the_next_run() {
        let span = |start, end| Span::new(FileId(0), start, end);
        let findings = [
            Finding::new("a", "first").edit(span(4, 5), "x"),
            Finding::new("b", "meets it").edit(span(0, 1), "y").edit(span(4, 6), "z"),
            Finding::new("c", "says the same").edit(span(4, 5), "x"),
            Finding::new("d", "before").edit(span(0, 2), "_"),
        ];
        assert_eq!(edited("abcdefg", &edits(&findings)), "_cdxfg");
    }
}
