//! What can become of one thing that schemas say. OpenAPI and JSON Schema make their kinds of change from the table of
//! these ([`KEYWORDS`]): each entry holds for what is accepted less, more, or else, and for requests, answers and data.

use super::keywords::KEYWORDS;
use super::{Fact, FactKind};

/// A keyword, or several that bind together.
#[derive(Debug)]
pub struct Keyword {
    /// The facts that tell of it.
    pub facts: &'static [FactKind],
    /// Less is accepted: how OpenAPI calls that (after `request-` or `response-`), how JSON Schema does, and what it is.
    /// What has no name is not told so.
    pub narrowed: [&'static str; 3],
    /// More is accepted.
    pub widened: [&'static str; 3],
    /// Something else is accepted.
    pub changed: [&'static str; 3],
    /// The smallest schema that accepts much.
    pub wide: &'static str,
    /// One that accepts less.
    pub narrow: &'static str,
    /// One that accepts something else.
    pub other: &'static str,
    /// What to do instead where old data would be refused.
    pub advice: &'static str,
    /// What to do instead where clients would get more.
    pub hint: &'static str,
}

/// What an entry of the table need not say.
pub const KEYWORD: Keyword = Keyword {
    facts: &[],
    narrowed: [""; 3],
    widened: [""; 3],
    changed: [""; 3],
    wide: "",
    narrow: "",
    other: "",
    advice: "Ask for it where data is written, not in the schema it is read by.",
    hint: "",
};

/// One thing that became of a keyword.
#[derive(Clone, Copy, Debug)]
pub struct Outcome {
    /// Its name in OpenAPI, after `request-` or `response-`.
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
    /// The entry that a fact falls under.
    pub fn of(kind: FactKind) -> Option<&'static Keyword> {
        KEYWORDS.iter().find(|keyword| keyword.facts.contains(&kind))
    }

    /// All that can become of it: less is accepted, more, something else.
    pub fn outcomes(&self) -> [Outcome; 3] {
        let Keyword { wide, narrow, other, .. } = *self;
        let outcome = |[openapi, json_schema, says]: [&'static str; 3], narrows, widens, old, new| Outcome {
            openapi,
            json_schema,
            says,
            narrows,
            widens,
            old,
            new,
        };
        [
            outcome(self.narrowed, true, false, wide, narrow),
            outcome(self.widened, false, true, narrow, wide),
            outcome(self.changed, true, true, narrow, other),
        ]
    }

    /// What became of it by a fact. `by` is the name one goes by: where that outcome has none, it is told as what
    /// breaks, which `widening` says.
    pub fn outcome(&self, fact: &Fact, by: fn(&Outcome) -> &str, widening: bool) -> Outcome {
        let [narrowed, widened, changed] = self.outcomes();
        let (exact, near) = match (fact.narrows, fact.widens) {
            (true, false) => (narrowed, changed),
            (false, true) => (widened, changed),
            _ => (changed, if widening { widened } else { narrowed }),
        };
        if by(&exact).is_empty() { near } else { exact }
    }
}
