//! Which api a call means, and which of its versions run.

use crate::model::Model;
use crate::model::service::{Api, ApiVersion, Call};
use crate::version::line;
use std::collections::BTreeSet;

/// The api a call means: the one it names, else the callee's first.
pub fn api_of<'m>(model: &'m Model, call: &Call) -> Option<&'m Api> {
    let apis = &model.service(&call.to.value)?.apis;
    apis.iter().find(|api| call.api.as_ref().is_none_or(|at| at.value == api.name.value))
}

/// The versions that run, newest first: by the api's strategy one in all, one of each major, or each.
pub fn served(api: &Api) -> Vec<&ApiVersion> {
    let mut lines = BTreeSet::new();
    let runs = |it: &&ApiVersion| match api.strategy.as_str() {
        "point-to-point" => true,
        "knot" => lines.insert((0, 0)),
        _ => lines.insert(line(&it.semver)),
    };
    api.versions.iter().filter(runs).collect()
}
