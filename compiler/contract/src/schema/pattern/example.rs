//! A short text that a pattern matches.

use super::matches;
use super::syntax::{Tree, read};

/// A text that the pattern matches, as short as its own choices make it; `None` if none was found.
pub fn example(pattern: &str) -> Option<String> {
    let mut text = String::new();
    write(&read(pattern)?, &mut text);
    (matches(pattern, &text) == Some(true)).then_some(text)
}

fn write(tree: &Tree, text: &mut String) {
    match tree {
        Tree::Set(ranges) => text.extend(letter(ranges)),
        Tree::All(all) => all.iter().for_each(|it| write(it, text)),
        Tree::Any(any) => any.iter().take(1).for_each(|it| write(it, text)),
        Tree::Times(one, least, _) => (0..*least).for_each(|_| write(one, text)),
        Tree::Start | Tree::End => {}
    }
}

/// A letter or digit, if one belongs to the ranges, else what they begin with.
fn letter(ranges: &[(char, char)]) -> Option<char> {
    let within = |sign: &char| ranges.iter().any(|(from, to)| (from..=to).contains(&sign));
    ('a'..='z').chain('0'..='9').chain('A'..='Z').find(within).or(ranges.first().map(|(from, _)| *from))
}
