//! A short text that a pattern matches.

use super::matches;
use super::syntax::{Tree, read};

/// Most steps of writing one: `((a{1000}){1000}){1000}` asks for more than a machine holds.
const MOST: usize = 10_000;

/// A text that the pattern matches, as short as its own choices make it; `None` if none was found.
pub fn example(pattern: &str) -> Option<String> {
    let (mut text, mut left) = (String::new(), MOST);
    write(&read(pattern)?, &mut text, &mut left)?;
    (matches(pattern, &text) == Some(true)).then_some(text)
}

fn write(tree: &Tree, text: &mut String, left: &mut usize) -> Option<()> {
    *left = left.checked_sub(1)?;
    match tree {
        Tree::Set(ranges) => text.extend(letter(ranges)),
        Tree::All(all) => all.iter().try_for_each(|it| write(it, text, left))?,
        Tree::Any(any) => any.iter().take(1).try_for_each(|it| write(it, text, left))?,
        Tree::Times(one, least, _) => (0..*least).try_for_each(|_| write(one, text, left))?,
        Tree::Start | Tree::End => {}
    }
    Some(())
}

/// A letter or digit, if one belongs to the ranges, else what they begin with.
fn letter(ranges: &[(char, char)]) -> Option<char> {
    let within = |sign: &char| ranges.iter().any(|(from, to)| (from..=to).contains(&sign));
    ('a'..='z').chain('0'..='9').chain('A'..='Z').find(within).or(ranges.first().map(|(from, _)| *from))
}
