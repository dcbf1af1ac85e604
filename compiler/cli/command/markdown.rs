//! Texts of the user in Markdown, so that none of them becomes markup.

use crate::terminal::veil;
use bastide_report::visible::clean;

/// Text of a cell; only `|` and line breaks end one, and `<` would begin a tag.
pub fn cell(text: &str) -> String {
    clean(&veil(text)).replace('|', "\\|").replace('\n', " ").replace('<', "&lt;")
}

/// Text between backticks, as many as it takes.
pub fn code(text: &str) -> String {
    let text = clean(&veil(text)).replace('|', "\\|").replace('\n', " ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    if longest > 0 || text.is_empty() {
        format!("{ticks} {text} {ticks}")
    } else {
        format!("{ticks}{text}{ticks}")
    }
}
