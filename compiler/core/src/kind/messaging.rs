//! `topic` and `queue`: events for whoever wants them, commands for one receiver.

use crate::form::name::WORD;
use crate::model::messaging::{Event, Topic};
use crate::schema::{Schema, Type, check_only, flag, keyed, named, need, node, prop, required, value};
use crate::tree::{At, Item};
use bastide_report::units::Duration;

const KEY: Schema =
    value("key", Type::Text, "Field that orders: messages with the same value arrive in order.");
const PARTITIONS: Schema =
    value("partitions", Type::Int(1, 100_000), "How many readers of one group can share the work.")
        .usual("1");
const REPLICAS: Schema = value("replicas", Type::Int(1, 99), "Copies of each message.").props(&[prop(
    "in-sync",
    Type::Int(1, 99),
    "Copies that must have it before a write counts.",
)]);
const RETENTION: Schema = value("retention", Type::Lasting, "How long messages are kept.").usual("7d");
const EVENT: Schema = keyed("event", Type::Version, "A version of the message and its schema.")
    .props(&[
        check_only("schema", Type::File, "Avro, JSON Schema or protobuf file."),
        check_only(
            "compatibility",
            Type::Word("none backward forward full backward-transitive forward-transitive full-transitive"),
            "Who must be able to read whose messages.",
        ),
    ])
    .new_by("schema");
const DELIVERY: Schema = value(
    "delivery",
    Type::Word("at-most-once at-least-once exactly-once"),
    "How often a message may arrive.",
)
.usual("at-least-once");
const DEAD_LETTER: Schema = node("dead-letter", "Where messages go that could not be handled.").props(&[
    required("after", Type::Int(1, 1_000), "Deliveries that may fail."),
    prop("retention", Type::Lasting, "How long they are kept; twice the topic's by default."),
]);
const RETRY: Schema = node("retry", "Waits between deliveries.")
    .props(&[
        prop("delay", Type::Duration, "First wait."),
        prop("in-place", Type::Bool, "Later messages of the key wait too, so order is kept."),
    ])
    .needs(&[need("delay in-place", "says nothing about the wait")]);
const COMPACT: Schema = flag("compact", "Keep the last message of each key for ever.");
/// Personal data.
pub const PII: Schema = flag("pii", "It holds personal data.").check_only();
const OUTSIDE: Schema = flag("outside", "Somebody outside this spec publishes or reads it.").check_only();
const ADDRESS: Schema = value("address", Type::Form(&WORD), "Name on the broker, if not the node's own.");
const MAX_LENGTH: Schema =
    value("max-length", Type::Int(1, i64::MAX), "Most messages it holds; publishers wait beyond.");
const PRIORITY: Schema = value("priority", Type::Int(1, 10), "Number of priorities.");

/// `topic`.
pub const TOPIC: Schema =
    named("topic", "A stream of events: one writer, any number of readers, history kept for a while.")
        .props(&[required("on", Type::Ref("resource"), "Broker that carries it.")])
        .parts(&[
            &super::app::OWNER,
            &ADDRESS,
            &KEY,
            &PARTITIONS,
            &REPLICAS,
            &RETENTION,
            &EVENT,
            &DELIVERY,
            &DEAD_LETTER,
            &RETRY,
            &COMPACT,
            &PII,
            &OUTSIDE,
            &super::lint::SCHEMA,
        ]);

/// `queue`.
pub const QUEUE: Schema = named("queue", "A line of commands: each is taken by one receiver.")
    .props(&[required("on", Type::Ref("resource"), "Broker that carries it.")])
    .parts(&[
        &super::app::OWNER,
        &ADDRESS,
        &RETENTION,
        &MAX_LENGTH,
        &PRIORITY,
        &EVENT,
        &DELIVERY,
        &DEAD_LETTER,
        &RETRY,
        &PII,
        &OUTSIDE,
        &super::lint::SCHEMA,
    ]);

/// Reads a topic or queue.
pub fn read(item: &Item) -> Topic {
    let at = item.path();
    let origin = item.origin.derived();
    let queue = item.schema.node == "queue";
    let retention = item.part("retention").and_then(Item::value_duration);
    let retention = retention.unwrap_or(At { value: Duration(7 * 86_400_000), origin });
    let dead_letter = item.part("dead-letter");
    let replicas = item.part("replicas");
    let mut events: Vec<Event> = item.all("event").map(|part| read_event(part, &at)).collect();
    events.sort_by_key(|event| std::cmp::Reverse(bastide_report::version::parse(&event.version.value)));
    let flag = |node: &str| item.flag(node).is_some_and(|at| at.value);
    Topic {
        name: item.name(),
        queue,
        on: item.text_at("on").unwrap_or(At { value: String::new(), origin }),
        address: item.part("address").and_then(Item::value_text).unwrap_or_else(|| item.key_text()),
        key: item.part("key").and_then(Item::value_at),
        partitions: item.part("partitions").and_then(Item::value_int).unwrap_or(At { value: 1, origin }),
        replicas: replicas.and_then(Item::value_int),
        counted: false,
        in_sync: replicas.and_then(|part| part.int("in-sync")),
        retention,
        events,
        delivery: item
            .part("delivery")
            .and_then(Item::value_at)
            .unwrap_or(At { value: "at-least-once".into(), origin }),
        dead_letter: dead_letter.and_then(|part| part.int("after")),
        dead_letter_retention: dead_letter
            .and_then(|part| part.duration("retention"))
            .map_or(Duration(retention.value.0 * 2), |at| at.value),
        retry: item.part("retry").and_then(|part| part.duration("delay")),
        retry_in_place: item.part("retry").is_some_and(|part| part.is("in-place")),
        compact: flag("compact"),
        pii: flag("pii"),
        outside: flag("outside"),
        max_length: item.part("max-length").and_then(Item::value_int),
        priority: item.part("priority").and_then(Item::value_int),
        at,
    }
}

fn read_event(part: &Item, parent: &str) -> Event {
    Event {
        at: part.path_in(parent),
        version: part.name(),
        schema: part.text_at("schema"),
        compatibility: part.text_at("compatibility"),
    }
}
