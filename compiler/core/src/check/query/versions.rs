//! Which api a call means, and which of its versions run.

use crate::check::Context;
use crate::model::service::{Api, ApiVersion, Call, Service};
use crate::tree::At;
use bastide_report::version::line;
use std::collections::BTreeSet;

/// The versions that run, newest first: by the api's strategy one in all, one of each major, or each.
pub fn served(api: &Api) -> Vec<&ApiVersion> {
    if api.versions.len() < 2 {
        return api.versions.iter().collect();
    }
    let mut lines = BTreeSet::new();
    let runs = |it: &&ApiVersion| match api.strategy.as_str() {
        "point-to-point" => true,
        "knot" => lines.insert((0, 0)),
        _ => lines.insert(line(&it.semver)),
    };
    api.versions.iter().filter(runs).collect()
}

/// A call that asks for a range of versions.
#[derive(Clone, Debug)]
pub struct Asking<'m> {
    /// The caller.
    pub service: &'m Service,
    /// The call.
    pub call: &'m Call,
    /// The range.
    pub range: &'m semver::VersionReq,
    /// The range as written.
    pub written: &'m At<String>,
    /// The api it means.
    pub api: &'m Api,
    /// The running versions that fit, newest first.
    pub fitting: Vec<&'m ApiVersion>,
}

impl<'m> Context<'m> {
    /// All apis, each with its service.
    pub fn apis(&self) -> impl Iterator<Item = (&'m Service, &'m Api)> + use<'m> {
        self.model.services.iter().flat_map(|service| service.apis.iter().map(move |api| (service, api)))
    }

    /// All calls that ask for a range of versions of an api of the plan.
    pub fn asking(&self) -> &[Asking<'m>] {
        let asking = |(service, call): (&'m Service, &'m Call)| {
            let (range, written) = (call.range.as_ref()?, call.version.as_ref()?);
            let api = self.model.api_of(call)?;
            let fitting = served(api).into_iter().filter(|it| range.matches(&it.semver)).collect();
            Some(Asking { service, call, range, written, api, fitting })
        };
        self.memo.asking.get_or_init(|| self.calls().filter_map(asking).collect())
    }
}
