//! A row of the tables: one kind of change, what it takes, and its page. The example is a test.

use super::Bump;

/// One kind of change.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name: format and fact, `openapi/response-property-removed`.
    pub name: &'static str,
    /// What it takes.
    pub bump: Bump,
    /// What it is, why it takes that, and what to do instead; Markdown, the first sentence is the summary.
    pub docs: &'static str,
    /// The smallest old text that shows it.
    pub old: &'static str,
    /// The new text; comparing the two finds this row.
    pub new: &'static str,
}

impl Row {
    /// The page `explain` prints.
    pub fn page(&self, fence: &str) -> String {
        let Row { docs, old, new, .. } = self;
        format!(
            "{docs}\n\n## Example, old\n\n```{fence}\n{old}\n```\n\n## Example, new\n\n```{fence}\n{new}\n```\n"
        )
    }
}
