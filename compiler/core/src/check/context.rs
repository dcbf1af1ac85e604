//! What rules look at.

use super::ledger::Ledger;
use super::query::calls::Asked;
use super::query::deadline::Deadline;
use super::query::versions::Asking;
use crate::contracts::comparisons::Comparisons;
use crate::contracts::history::History;
use crate::model::Model;
use crate::view::Views;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Deref;

/// One environment as meant, how it differs from the others, and how it was.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// The environment as meant.
    pub model: &'a Model,
    /// Its views.
    pub views: &'a LazyViews<'a>,
    /// The other environments of the run.
    pub others: Vec<&'a Model>,
    /// The environment as it was, if there is a baseline and it was there.
    pub before: Option<&'a Model>,
    /// What comparing the contracts said.
    pub comparisons: &'a Comparisons,
    /// What became of each contract.
    pub history: History<'a>,
    /// What its targets carry out; none if nobody asked them.
    pub ledger: Option<&'a dyn Ledger>,
    pub(super) memo: Memo<'a>,
}

/// Views of an environment that somebody has, or that are made when a rule first looks at them.
#[derive(Clone, Debug)]
pub enum LazyViews<'a> {
    /// Somebody has them.
    Made(&'a Views),
    /// Nobody looked at them yet, or the first who did left them here.
    Of(&'a Model, Box<OnceCell<Views>>),
}

impl Deref for LazyViews<'_> {
    type Target = Views;

    fn deref(&self) -> &Views {
        match self {
            LazyViews::Made(views) => views,
            LazyViews::Of(model, views) => views.get_or_init(|| Views::of(model)),
        }
    }
}

/// Answers that several rules need, computed for the first that asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo<'m> {
    pub asking: OnceCell<Vec<Asking<'m>>>,
    pub asked: OnceCell<Asked<'m>>,
    pub deadlines: OnceCell<BTreeMap<&'m str, Deadline>>,
    /// Of each node of the graph the number of its component of calls.
    pub call_components: OnceCell<Vec<u32>>,
}

/// An environment to check.
#[derive(Clone, Copy, Debug)]
pub struct Environment<'a> {
    /// As meant.
    pub model: &'a Model,
    /// Its views.
    pub views: &'a Views,
    /// As it was in the baseline.
    pub before: Option<&'a Model>,
    /// What its targets carry out; none if nobody asked them.
    pub ledger: Option<&'a dyn Ledger>,
}

impl<'a> Context<'a> {
    /// Whether the environment runs on Kubernetes.
    pub fn kubernetes(&self) -> bool {
        self.model.environment.platform == "kubernetes"
    }

    /// The context of one environment of a run; its views as rules look at them.
    pub(super) fn of(
        it: Environment<'a>,
        views: &'a LazyViews<'a>,
        others: Vec<&'a Model>,
        comparisons: &'a Comparisons,
    ) -> Context<'a> {
        let Environment { model, before, ledger, .. } = it;
        let history = History::of(model, before, comparisons);
        Context { model, views, others, before, comparisons, history, ledger, memo: Memo::default() }
    }
}
