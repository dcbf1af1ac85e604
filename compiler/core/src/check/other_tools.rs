//! Other tools that are known to look for the same faults. Read from the tools' own lists of rules in August 2026; a rule
//! that is not in the table was found in none of them, which is no proof that nobody has it.

/// The tools that look for the fault a rule is named after, at least in part; empty if none is known.
pub fn other_tools(rule: &str) -> &'static str {
    let mut rows = include_str!("other_tools.md").lines().filter_map(|line| line.split_once(" | "));
    let row = rows.find(|(name, _)| name.trim_start_matches("| ") == rule);
    row.map_or("", |(_, tools)| tools.trim_end_matches(" |"))
}
