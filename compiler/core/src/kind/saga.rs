//! `saga`: a transaction over several services, with what takes each step back.

use crate::model::{Saga, Step};
use crate::schema::{Need, Schema, Type, clash, flag, named, need, prop, required};
use crate::tree::Item;

const STEP: Schema = named("step", "One local transaction.").parts(&[&PIVOT]).props(&[
    required("service", Type::Ref("service"), "Who does it."),
    prop("on", Type::Ref("topic"), "Event that starts it."),
    prop("emits", Type::Ref("topic"), "Event it ends with."),
    prop("compensate", Type::Ref("topic"), "Event that takes it back."),
    prop("timeout", Type::Lasting, "Longest time it may take."),
]);
const PIVOT: Schema = flag("pivot", "After this step the saga only goes forward.");

/// The node.
pub const SCHEMA: Schema =
    named("saga", "A transaction over several services: steps in order, and what takes each of them back.")
        .check_only()
        .parts(&[&STEP, &super::lint::SCHEMA])
        .props(&[
            prop(
                "style",
                Type::Word("choreography orchestration"),
                "Events among equals, or one service that leads.",
            )
            .usual("choreography"),
            prop("lead", Type::Ref("service"), "The leading service of an orchestration."),
        ])
        .needs(&[
            need("step", "has no step"),
            Need { when: "style=orchestration", one_of: "lead", without: "has nobody who leads it" },
        ])
        .clashes(&[clash(
            "style!=orchestration",
            "lead",
            "in a choreography nobody leads: only `style=\"orchestration\"` has a leader",
        )])
        .new_by("step");

/// Reads a saga.
pub fn read(item: &Item) -> Saga {
    Saga {
        at: item.path(),
        name: item.name(),
        style: item.text("style").unwrap_or_else(|| "choreography".into()),
        lead: item.text_at("lead"),
        steps: item.all("step").filter_map(read_step).collect(),
    }
}

fn read_step(part: &Item) -> Option<Step> {
    Some(Step {
        name: part.name(),
        service: part.text_at("service")?,
        on: part.text_at("on"),
        emits: part.text_at("emits"),
        compensate: part.text_at("compensate"),
        timeout: part.duration("timeout"),
        pivot: part.flag("pivot").is_some_and(|at| at.value),
    })
}
