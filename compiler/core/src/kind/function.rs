//! `function`: short, stateless, started by an event.

use super::{edges, slo, workload};
use crate::model::service::{Function, Subscribe};
use crate::schema::{Schema, Type, check_only, clash, named, need, node, prop, value};
use crate::tree::Item;
use bastide_report::units::cron;

const ON: Schema = node("on", "What starts it.")
    .props(&[
        prop("topic", Type::Ref("topic"), "An event on this topic."),
        prop("queue", Type::Ref("queue"), "A message in this queue."),
        prop("schedule", Type::Cron, "A clock: minute, hour, day, month, weekday, in UTC."),
        check_only("idempotent-by", Type::Text, "Field that tells a repeated message."),
    ])
    .needs(&[need("topic queue schedule", "names nothing that starts it")])
    .clashes(&[
        clash("topic", "queue schedule", ONE_TRIGGER),
        clash("queue", "schedule", ONE_TRIGGER),
        clash("schedule", "idempotent-by", "a clock sends no messages"),
    ]);
const ONE_TRIGGER: &str = "a function is started by one thing: write a second function for the other";
const LIMIT: Schema = value("limit", Type::Lasting, "Longest time one run may take.");

/// The node.
pub const SCHEMA: Schema =
    named("function", "A short, stateless program that is started by an event, a message or a clock.")
        .props(&[check_only("like", Type::Ref("archetype"), "Archetype it starts from."), workload::AS])
        .parts(&[
            &super::app::OWNER,
            &ON,
            &LIMIT,
            &workload::BUILD,
            &workload::IMAGE,
            &workload::COMMAND,
            &edges::USES,
            &edges::CALLS,
            &edges::PUBLISHES,
            &edges::SENDS,
            &super::egress::SCHEMA,
            &workload::ENV,
            &workload::SECRET,
            &workload::FILE,
            &workload::VOLUME,
            &super::size::SCHEMA,
            &super::health::SCHEMA,
            &workload::SHUTDOWN,
            &workload::SCALE,
            &workload::USER,
            &workload::LABEL,
            &slo::SCHEMA,
            &super::lint::SCHEMA,
        ])
        .needs(&[need("on", "is started by nothing")])
        .new_by("build image like");

/// Reads what only a function has.
pub fn read(item: &Item, on: &[&Item]) -> Function {
    Function {
        limit: item.part("limit").and_then(Item::value_duration),
        schedule: on
            .iter()
            .find_map(|part| part.text_at("schedule"))
            .map(|at| at.map(|it| cron::normal(&it))),
    }
}

/// What an `on topic=` or `on queue=` means: the function reads it.
pub fn trigger(part: &Item, item: &Item, at: &str) -> Option<Subscribe> {
    Some(Subscribe {
        at: part.path_in(at),
        topic: part.text_at("topic").or_else(|| part.text_at("queue"))?,
        group: item.key_text(),
        idempotent_by: part.text_at("idempotent-by"),
        emits: None,
        terminates_by: None,
        version: None,
    })
}
