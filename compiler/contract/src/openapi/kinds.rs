//! The kinds of change of schemas: what the table of keywords says, in what clients send and in what they get.

use crate::schema::{Fact, KEYWORDS, Keyword, Outcome, Reading};
use crate::{Bump, ChangeKind};

/// One way that data travels.
struct Way {
    /// What names begin with.
    prefix: &'static str,
    what: &'static str,
    /// Why it breaks, and what to do instead.
    breaks: &'static str,
    /// Why it does not.
    keeps: &'static str,
    /// The smallest text with a schema, which stands at `SCHEMA`.
    text: &'static str,
}

const REQUEST: Way = Way {
    prefix: "request",
    what: "in what clients send",
    breaks:
        "\
Clients that keep to the old contract send what is now refused.
Go on accepting what the old contract allowed, or serve the change as a new major version beside the old one.",
    keeps: "All that was accepted still is.",
    text: "\
openapi: 3.1.0
paths:
  /orders:
    post: {requestBody: {content: {application/json: {schema: SCHEMA}}}}",
};

const RESPONSE: Way = Way {
    prefix: "response",
    what: "in what clients get",
    breaks: "\
Clients that keep to the old contract can get what they were never told of.
Keep what is sent inside the old contract, or serve the change as a new major version beside the old one.",
    keeps: "Clients get only what they could have got before.",
    text: "\
openapi: 3.1.0
paths:
  /orders:
    get: {responses: {'200': {content: {application/json: {schema: SCHEMA}}}}}",
};

/// The kinds of change of all keywords, those of requests first.
pub(super) fn of_schemas() -> Vec<ChangeKind> {
    let mut kinds = vec![];
    for way in [REQUEST, RESPONSE] {
        for keyword in KEYWORDS.iter() {
            let named = keyword.outcomes.iter().filter(|outcome| !outcome.openapi.is_empty());
            kinds.extend(named.map(|outcome| kind(&way, keyword, outcome)));
        }
    }
    kinds
}

/// Kinds are made once and stay as long as the program runs.
fn kind(way: &Way, keyword: &Keyword, outcome: &Outcome) -> ChangeKind {
    let Way { prefix, what, text, .. } = way;
    let response = *prefix == RESPONSE.prefix;
    let breaks = if response { outcome.widens } else { outcome.narrows };
    let why = if breaks { way.breaks } else { way.keeps };
    let hint = if response && breaks { keyword.hint } else { "" };
    ChangeKind {
        name: format!("openapi/{prefix}-{}", outcome.openapi).leak(),
        bump: if breaks { Bump::Major } else { Bump::Minor },
        docs: format!("{}, {what}.\n{why}\n{hint}", outcome.says).leak().trim_end(),
        old: text.replace("SCHEMA", outcome.old).leak(),
        new: text.replace("SCHEMA", outcome.new).leak(),
    }
}

/// The name of the kind that a fact is, the way its data travels; `None` where no keyword tells of it.
pub(super) fn name(fact: &Fact, reading: Reading) -> Option<String> {
    let response = reading == Reading::Response;
    let outcome = Keyword::of(fact.kind)?.outcome(fact, |outcome| outcome.openapi, response);
    Some(format!("openapi/{}-{}", reading.way(), outcome.openapi))
}
