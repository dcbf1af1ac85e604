//! Findings: what the compiler has to say about the user's plan. One type for every stage and rule.

use crate::loss::Loss;
use crate::source::Span;
use crate::suggest::{did_you_mean, only};
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
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }

    /// The level a word of the spec means.
    pub fn from_word(word: &str) -> Option<Level> {
        [Level::Allow, Level::Info, Level::Warn, Level::Deny].into_iter().find(|level| level.as_str() == word)
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

/// A change of a text that fixes a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is changed, or a name or value of the node that is.
    pub span: Span,
    /// What of it.
    pub spot: Spot,
    /// What stands there then.
    pub text: String,
}

/// What an edit changes. Rules know names and values; `fix` of the core finds the place in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The span, letter by letter.
    Here,
    /// This property of the node: its value if it stands there, else it is written after the last entry.
    Property(&'static str),
    /// The property, or with an empty name the argument, of this child of the node; the child is made if it is missing.
    Child(&'static str, &'static str),
    /// This property of the node is taken out.
    Without(&'static str),
    /// The whole node is taken out.
    Node,
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
    /// The environments it was found in. Empty once sorted, if it holds in all that were looked at.
    pub environments: Vec<Box<str>>,
    /// What it is about, if it tells of what is not carried out as it is said.
    pub loss: Option<Box<Loss>>,
}

impl Finding {
    /// A finding at `Deny`; use [`Finding::level`] for another weight.
    pub fn new(rule: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        let (labels, edits, environments) = (vec![], Box::default(), vec![]);
        let (rule, message, level) = (rule.into(), message.into(), Level::Deny);
        Finding { rule, level, message, labels, help: None, edits, environments, loss: None }
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

    /// Sets the act for a word that is not known: the nearest that is, else all of them.
    pub fn meant<'a>(self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        Finding { help: did_you_mean(word, known), ..self }
    }

    /// Adds it to a report.
    pub fn add_to(self, report: &mut Report) {
        report.push(self);
    }

    /// The message, and where it holds if it does not hold in all environments: ``(in `staging`)``.
    pub fn told(&self) -> Cow<'_, str> {
        if self.environments.is_empty() {
            return Cow::Borrowed(&self.message);
        }
        let names: Vec<String> = self.environments.iter().map(|name| format!("`{name}`")).collect();
        Cow::Owned(format!("{} (in {})", self.message, names.join(", ")))
    }

    /// Whether both say the same, wherever they hold. Of two environments the fact, its main place and the act are enough:
    /// what else is shown beside it may be another there.
    fn repeats(&self, other: &Finding) -> bool {
        let head = (&self.rule, self.level, &self.message) == (&other.rule, other.level, &other.message);
        let apart = !self.environments.is_empty()
            && !other.environments.is_empty()
            && !self.environments.iter().any(|name| other.environments.contains(name));
        if apart && head && self.loss.is_none() {
            let main = self.labels.first() == other.labels.first();
            return main && (&self.help, &self.edits) == (&other.help, &other.edits);
        }
        head && (&self.labels, &self.help, &self.edits, &self.loss)
            == (&other.labels, &other.help, &other.edits, &other.loss)
    }
}

impl Finding {
    /// Adds an edit that is part of the act.
    pub fn edit(self, span: Span, text: impl Into<String>) -> Self {
        self.edit_at(span, Spot::Here, text)
    }

    /// Adds the right word for a misspelt one, if only one is meant; `quoted` for values.
    pub fn slip<'a>(
        self,
        word: &str,
        known: impl IntoIterator<Item = &'a str>,
        span: Span,
        quoted: bool,
    ) -> Self {
        match only(word, known) {
            Some(right) if quoted => self.edit(span, format!("\"{right}\"")),
            Some(right) => self.edit(span, right),
            None => self,
        }
    }

    /// Adds an edit of the node that a name or value stands in.
    pub fn edit_at(self, span: Span, spot: Spot, text: impl Into<String>) -> Self {
        let mut edits = self.edits.into_vec();
        edits.push(Edit { span, spot, text: text.into() });
        Finding { edits: edits.into(), ..self }
    }
}

/// The findings of a run, in the order they were made until [`Report::sort`].
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// All findings.
    pub findings: Vec<Finding>,
    /// The environments that were looked at.
    pub environments: Vec<Box<str>>,
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

    /// The findings from the one at `first` on are of this environment.
    pub fn found_in(&mut self, environment: &str, first: usize) {
        if !self.environments.iter().any(|name| **name == *environment) {
            self.environments.push(environment.into());
        }
        self.findings[first..].iter_mut().for_each(|finding| finding.environments = vec![environment.into()]);
    }

    /// Orders by place, then rule, and tells what was found in several environments once.
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
        self.findings.dedup_by(|next, first| {
            let same = next.repeats(first);
            if same {
                // One that is of no environment holds in all.
                let everywhere = first.environments.is_empty() || next.environments.is_empty();
                first.environments.append(&mut next.environments);
                first.environments.dedup();
                first.environments.truncate(if everywhere { 0 } else { usize::MAX });
            }
            same
        });
        let all = self.environments.len();
        for finding in &mut self.findings {
            if finding.environments.len() >= all {
                finding.environments.clear();
            }
        }
    }
}
