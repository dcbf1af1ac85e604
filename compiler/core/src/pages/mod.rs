//! Reference pages, made from the tables and files that define things. Each page has one source; none is edited.

pub mod contracts;
pub mod porting;
pub mod rules;
pub mod spec;
pub mod stdlib;
pub mod targets;

/// The first line of every page.
pub const HEAD: &str =
    "<!-- Made from its sources by `BLESS=1 cargo test --test docs`. Not for editing. -->\n\n";

/// Text in a cell of a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
