//! What rules ask of the ledger of an environment: whether a target carries out what the spec says.

use super::Context;
use bastide_report::finding::{Finding, Spot};
use bastide_report::source::Span;
use std::fmt::Debug;

/// A field that somebody wrote and no target of the environment carries out, not even in another way.
#[derive(Clone, Copy, Debug)]
pub struct Lost<'a> {
    /// The field: `topic.dead-letter.after`.
    pub field: &'a str,
    /// The kind of the node at the top: `topic`.
    pub kind: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Where the field is written.
    pub span: Span,
}

/// What the targets of an environment carry out.
pub trait Ledger: Debug {
    /// Everything that is written and not carried out.
    fn lost(&self) -> Vec<Lost<'_>>;

    /// Who does not carry out a field of a node, and why, whether it is written or not; none if a target does, and be it in
    /// another way.
    fn unkept(&self, field: &str, kind: &str, name: &str) -> Option<String>;

    /// The field that an act would write in the node at a path (`service.orders.slo`), and why nobody would carry it out;
    /// none if a target would, or if it is a fact that only rules read.
    fn unkept_act(&self, node: &str, spot: Spot) -> Option<(String, String)>;
}

impl Context<'_> {
    /// Why no target of the environment carries out a field of a node; none if one does, or if nobody knows.
    pub fn unkept(&self, field: &str, kind: &str, name: &str) -> Option<String> {
        self.ledger?.unkept(field, kind, name)
    }
}

/// Takes the act of a finding away from the machine if it would write a promise that nothing keeps, and says so.
pub(super) fn keep_promises(ledger: &dyn Ledger, node: &str, finding: &mut Finding) {
    let unkept = finding.edits.iter().find_map(|edit| ledger.unkept_act(node, edit.spot));
    let Some((field, why)) = unkept else { return };
    finding.edits = Box::default();
    let act = finding.help.take().unwrap_or_else(|| format!("write `{field}`"));
    finding.help = Some(format!("let a target carry out `{field}`, and then {act}: {why}"));
}
