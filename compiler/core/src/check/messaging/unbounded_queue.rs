//! `unbounded-queue`: as long as the broker holds.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::info("unbounded-queue", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "queue.max-length",
    without: |model, lost| model.topics.iter_mut().for_each(|topic| lost.take(&mut topic.max_length)),
}];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for queue in ctx.model.topics.iter().filter(|it| it.queue && it.max_length.is_none()) {
        let name = &queue.name.value;
        RULE.found(&queue.at, format!("`{name}` may grow until its broker is full"))
            .label(queue.name.span(), "no `max-length`")
            .edit_at(queue.name.span(), Spot::Child("max-length", ""), "100000")
            .help(format!("write `max-length 100000` in `{name}`: beyond it, senders wait"))
            .add_to(found);
    }
}
