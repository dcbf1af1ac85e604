//! What somebody meant who wrote a word of compose, of Kubernetes or of a cloud: which word says it here.

use crate::kind::KINDS;
use crate::schema::Schema;

/// The table of words.
const TABLE: &str = include_str!("foreign_names.txt");

/// A line of it.
struct Line {
    node: &'static str,
    /// A word that the node has to know.
    known: Option<&'static str>,
    words: &'static str,
    act: &'static str,
}

impl Line {
    fn of(text: &'static str) -> Option<Line> {
        let mut columns = text.splitn(3, " | ");
        let (place, words, act) = (columns.next()?, columns.next()?, columns.next()?);
        let (node, known) = place.split_once(" ?").map_or((place, None), |(node, known)| (node, Some(known)));
        Some(Line { node, known, words, act })
    }

    fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.split(' ')
    }

    fn fits(&self, parent: &Schema) -> bool {
        self.known.is_none_or(|known| parent.part(known).is_some() || parent.prop(known).is_some())
    }
}

fn lines() -> impl Iterator<Item = Line> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(Line::of)
}

/// The table: the node, the words that stand in it elsewhere, and what is written here. `{}` is the word itself.
pub(crate) fn words() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    lines().map(|line| (line.node, line.words, line.act))
}

/// What is written here instead of a word that a node does not know; none if nobody knows it.
pub fn meant(word: &str, parent: &Schema) -> Option<String> {
    let place = parent.node;
    let place = if matches!(place, "function" | "archetype") { "service" } else { place };
    let said =
        lines().find(|line| line.node == place && line.fits(parent) && line.words().any(|it| it == word));
    let act = said.map(|line| line.act.replace("{}", &kept(word)));
    act.or_else(|| home(word, parent))
}

/// The name by which the standard library knows a product.
fn kept(word: &str) -> String {
    match word {
        "postgresql" => "postgres",
        "mongo" => "mongodb",
        "mailpit" => "smtp",
        other => other,
    }
    .into()
}

/// Where a word stands that is known, but not here.
fn home(word: &str, parent: &Schema) -> Option<String> {
    if KINDS.iter().any(|kind| kind.node == word) {
        return Some(format!("`{word}` stands at the top of a file: move it out of `{}`", parent.node));
    }
    let homes: Vec<String> = KINDS
        .iter()
        .filter(|kind| !["archetype", "defaults", "resource-type"].contains(&kind.node))
        .filter(|kind| kind.part(word).is_some())
        .map(|kind| format!("`{}`", kind.node))
        .collect();
    (!homes.is_empty() && homes.len() < 4)
        .then(|| format!("`{word}` stands in {}: move it there", homes.join(" or ")))
}

#[cfg(test)]
mod tests {
    use super::{TABLE, lines, meant};
    use crate::kind::{KINDS, ROOT};
    use crate::schema::Schema;
    use std::collections::BTreeSet;

    fn node(name: &str) -> &'static Schema {
        fn within(schema: &'static Schema, name: &str) -> Option<&'static Schema> {
            let found = schema.parts.iter().find(|part| part.node == name);
            found.copied().or_else(|| schema.parts.iter().find_map(|part| within(part, name)))
        }
        let kind = || KINDS.iter().find(|kind| kind.node == name).copied();
        if name == ROOT.node {
            &ROOT
        } else {
            kind().or_else(|| within(&ROOT, name)).expect("the node is known")
        }
    }

    /// A word of the language needs no translation, and no word is translated twice.
    #[test]
    #[allow(clippy::print_stdout, reason = "it says how much it tried")]
    fn foreign_words_are_foreign() {
        let (mut count, mut seen) = (0, BTreeSet::new());
        assert_eq!(lines().count(), TABLE.lines().filter(|line| line.contains('|')).count());
        for line in lines() {
            let parent = node(line.node);
            for word in line.words() {
                count += 1;
                let known = parent.part(word).is_some() || parent.prop(word).is_some();
                assert!(!known, "`{word}` is known in `{}`", line.node);
                assert!(!line.fits(parent) || meant(word, parent).is_some_and(|act| !act.is_empty()));
                let once = line.known.is_some() || seen.insert((line.node, word));
                assert!(once, "`{word}` in `{}` twice", line.node);
            }
        }
        println!("{count} words");
    }
}
