//! What can become of one thing that schemas say. OpenAPI and JSON Schema make their kinds of change from the table of
//! these, `keywords.txt`: each entry holds for what is accepted less, more, or else, and for requests, answers and data.

use super::{Fact, FactKind};
use std::sync::LazyLock;

/// All keywords whose facts are told by what is accepted less, or more.
///
/// An entry is a paragraph: the kinds of fact that tell of it, then a line for each field of [`Keyword`]. The lines of
/// outcomes are: what OpenAPI calls it (after `request-` or `response-`), what JSON Schema calls it, `-` where it does
/// not tell of it, and what it is.
pub static KEYWORDS: LazyLock<Vec<Keyword>> =
    LazyLock::new(|| include_str!("keywords.txt").split("\n\n").map(Keyword::read).collect());

/// A keyword, or several that bind together.
#[derive(Debug)]
pub struct Keyword {
    /// The names of the kinds of fact that tell of it.
    facts: &'static str,
    /// What can become of it: less is accepted, more, something else.
    pub outcomes: [Outcome; 3],
    /// What to do instead where old data would be refused.
    pub advice: &'static str,
    /// What to do instead where clients would get more.
    pub hint: &'static str,
}

/// One thing that became of a keyword.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// Its name in OpenAPI, after `request-` or `response-`. What has no name is not told so.
    pub openapi: &'static str,
    /// Its name in JSON Schema.
    pub json_schema: &'static str,
    /// What it is: a sentence without its full stop.
    pub says: &'static str,
    /// Values are refused that were accepted.
    pub narrows: bool,
    /// Values are accepted that were refused.
    pub widens: bool,
    /// The smallest old schema that shows it.
    pub old: &'static str,
    /// The new one.
    pub new: &'static str,
}

impl Keyword {
    fn read(entry: &'static str) -> Keyword {
        let (facts, lines) = entry.split_once('\n').unwrap_or_default();
        let line = |key: &str| lines.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
        let text = |key: &str| line(key).unwrap_or_default();
        let outcome = |key: &str, narrows, widens, old: &str, new: &str| {
            let mut words = text(key).splitn(3, ", ").map(|word| if word == "-" { "" } else { word });
            let mut next = || words.next().unwrap_or_default();
            let (openapi, json_schema, says) = (next(), next(), next());
            Outcome { openapi, json_schema, says, narrows, widens, old: text(old), new: text(new) }
        };
        let outcomes = [
            outcome("narrowed", true, false, "wide", "narrow"),
            outcome("widened", false, true, "narrow", "wide"),
            outcome("changed", true, true, "narrow", "other"),
        ];
        let usual = "Ask for it where data is written, not in the schema it is read by.";
        Keyword { facts, outcomes, advice: line("advice").unwrap_or(usual), hint: text("hint") }
    }

    /// The entry that a fact falls under.
    pub fn of(kind: FactKind) -> Option<&'static Keyword> {
        let name = format!("{kind:?}");
        KEYWORDS.iter().find(|keyword| keyword.facts.split(' ').any(|known| known == name))
    }

    /// What became of it by a fact. `by` is the name one goes by: where that outcome has none, it is told as what
    /// breaks, which `widening` says.
    pub fn outcome(&self, fact: &Fact, by: fn(&Outcome) -> &str, widening: bool) -> &Outcome {
        let [narrowed, widened, changed] = &self.outcomes;
        let (exact, near) = match (fact.narrows, fact.widens) {
            (true, false) => (narrowed, changed),
            (false, true) => (widened, changed),
            _ => (changed, if widening { widened } else { narrowed }),
        };
        if by(exact).is_empty() { near } else { exact }
    }
}
