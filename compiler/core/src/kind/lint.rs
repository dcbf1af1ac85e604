//! `lint` and `policy`: the weight of a rule here, and rules of one's own.

use crate::model::{Lint, Policy};
use crate::schema::{Schema, Type, keyed, named, prop, required, value};
use crate::tree::Item;

/// `lint`.
pub const SCHEMA: Schema = keyed(
    "lint",
    Type::Text,
    "The weight of a rule: in the whole app, in an environment, or for the node it stands in.",
)
.props(&[
    required("level", Type::Word("allow info warn deny"), "The weight."),
    prop("because", Type::Text, "Why: required to allow."),
    prop("until", Type::Date, "Day on which it ends."),
]);

const DENY: Schema = value(
    "deny",
    Type::Text,
    "Expression over the node, which bears the name of its kind; true means a finding. `services`, `resources`, `topics` and the like are there by name.",
);
const SAY: Schema = value("say", Type::Text, "The finding's message.");

/// The kinds a policy may be over.
const POLICY_KINDS: &str = "service function api calls uses publishes subscribes job resource topic queue external gateway \
    route saga environment app delivery";

/// `policy`.
pub const POLICY: Schema = named(
    "policy",
    "A rule of your own over one kind of node: `deny` is an expression of the template language, over \
     the fields `bastide model` prints. Share policies by `include`.",
)
.parts(&[&DENY, &SAY])
.props(&[
    required("over", Type::Word(POLICY_KINDS), "Kind of node it looks at."),
    prop("level", Type::Word("info warn deny"), "Its weight; `deny` by default."),
]);

/// Reads the weight of a rule for the node at `node`.
pub fn read(item: &Item, node: &str) -> Lint {
    Lint {
        rule: item.name(),
        level: item.text("level").unwrap_or_else(|| "deny".into()),
        because: item.text("because"),
        until: item.date("until"),
        node: node.into(),
    }
}

/// Reads a policy.
pub fn read_policy(item: &Item) -> Option<Policy> {
    Some(Policy {
        name: item.name(),
        over: item.text_at("over")?,
        level: item.text("level").unwrap_or_else(|| "deny".into()),
        deny: item.part("deny").and_then(Item::value_at),
        say: item.part("say").and_then(Item::value_text),
    })
}
