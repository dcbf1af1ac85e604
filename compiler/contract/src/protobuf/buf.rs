//! The breaking rules of buf 1.75, by which the four verdicts are given: which rule is in which category.

/// The name of a rule in buf.
pub type Rule = &'static str;

/// The categories asked about, from the widest to the narrowest.
pub const CATEGORIES: [&str; 4] = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE"];

/// The rules below the categories they are in.
const RULES: &str = include_str!("buf.txt");

/// Whether a rule is in a category.
pub fn is_in(rule: Rule, category: &str) -> bool {
    let mut head = "";
    for line in RULES.lines() {
        match line.strip_prefix("  ") {
            None => head = line.trim_end_matches(':'),
            Some(name) if name == rule => return head.split(' ').any(|it| it == category),
            Some(_) => {}
        }
    }
    false
}
