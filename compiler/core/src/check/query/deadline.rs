//! Deadlines: how long those who wait for a service wait for one answer.

use super::origin::{place, written};
use crate::check::Context;
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// The shortest wait for a service.
#[derive(Clone, Debug)]
pub struct Deadline {
    /// How long one try may take, in ms.
    pub ms: u64,
    /// Who waits.
    pub who: String,
    /// Where it is said.
    pub span: Span,
    /// The user said it.
    pub written: bool,
}

impl<'m> Context<'m> {
    /// The shortest deadline of each service that is called or routed to; streams have none.
    pub fn deadlines(&self) -> &BTreeMap<&'m str, Deadline> {
        self.memo.deadlines.get_or_init(|| all(self))
    }
}

fn all<'m>(ctx: &Context<'m>) -> BTreeMap<&'m str, Deadline> {
    let mut least: BTreeMap<&str, Deadline> = BTreeMap::new();
    let mut add = |service: &'m str, deadline: Deadline| match least.get(service) {
        Some(old) if old.ms <= deadline.ms => {}
        _ => drop(least.insert(service, deadline)),
    };
    for (service, call) in ctx.calls() {
        let Some(timeout) = call.timeout else { continue };
        let span = place(&timeout, call.to.span());
        let who = service.name.value.clone();
        add(&call.to.value, Deadline { ms: timeout.value.0, who, span, written: written(&timeout) });
    }
    for table in &ctx.views.tables {
        let Some(gateway) = ctx.model.gateway(&table.gateway) else {
            continue;
        };
        for rule in table.rules.iter().filter(|rule| rule.timeout_ms > 0) {
            let Some(route) = gateway.routes.get(rule.item as usize) else { continue };
            let Some(timeout) = &route.timeout else { continue };
            let who = format!("{} {}", gateway.name.value, route.path.value);
            let ms = rule.per_try_ms.unwrap_or(rule.timeout_ms);
            let whole =
                Deadline { ms, who, span: place(timeout, route.path.span()), written: written(timeout) };
            for to in route.to.iter().chain(route.split.iter().map(|(to, _)| to)) {
                add(&to.value, whole.clone());
            }
            // Each part of a joined answer has its own time, or its share of the whole.
            let pieces = rule.aggregate.iter().flat_map(|it| &it.parts);
            let parts = route.aggregate.iter().flat_map(|it| &it.parts);
            for (part, piece) in parts.zip(pieces) {
                let (span, said) =
                    part.timeout.map_or((whole.span, whole.written), |at| (at.span(), written(&at)));
                let who = whole.who.clone();
                add(&part.from.value, Deadline { ms: piece.timeout_ms, who, span, written: said });
            }
        }
    }
    least
}
