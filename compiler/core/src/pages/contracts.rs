//! `docs/changes.md`: every kind of change of a contract, from the tables of the formats.

use super::{HEAD, cell};
use bastide_contract::FORMATS;
use std::fmt::Write as _;

/// The page.
pub fn page() -> String {
    let mut out = format!("{HEAD}# Changes of contracts\n\n{INTRO}");
    for format in FORMATS {
        let _ = writeln!(out, "\n## {}\n\n| change | takes | what it is |\n|---|---|---|", format.name);
        for kind in format.kinds.iter() {
            let text = kind.docs.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(out, "| `{}` | {} | {} |", kind.name, kind.bump.as_str(), cell(&text));
        }
    }
    out
}

const INTRO: &str = "\
What a contract can change in, and the part of its version number that takes.
`bastide explain NAME` prints the page of one, with the smallest example.
";
