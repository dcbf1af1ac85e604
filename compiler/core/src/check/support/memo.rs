//! What several rules ask of a plan: computed by the first that does, for all.

use super::Asked;
use super::deadline::Deadline;
use super::versions::Asking;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// What was computed so far.
#[derive(Clone, Debug, Default)]
pub struct Memo<'m> {
    pub(super) asking: OnceCell<Vec<Asking<'m>>>,
    pub(super) asked: OnceCell<Asked<'m>>,
    pub(super) deadlines: OnceCell<BTreeMap<&'m str, Deadline>>,
    /// Of each node of the graph the number of its component of calls.
    pub(super) cycles: OnceCell<Vec<u32>>,
}
