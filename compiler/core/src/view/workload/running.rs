//! What runs: every living version of every service, by its api's strategy.

use crate::model::Model;
use crate::model::service::{Api, ApiVersion, Build, Call, Port, Service};
use bastide_report::version;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A version of a service that runs.
#[derive(Clone, Debug)]
pub struct Running<'m> {
    /// The service.
    pub service: &'m Service,
    /// Name of the workload: the service's for the newest, `orders-v1` for older ones.
    pub name: String,
    /// Version it serves: of the api, else of the app.
    pub version: String,
    /// Parsed version of the api, if it has one.
    pub semver: Option<&'m semver::Version>,
    /// Index of the api whose older version this is.
    pub api: Option<usize>,
    /// The newest.
    pub newest: bool,
    /// Reads topics and queues.
    pub consumes: bool,
    /// Folder it is built from.
    pub build: Option<Build>,
    /// Image of an older version.
    pub image: Option<String>,
}

impl Running<'_> {
    /// Image name without tag.
    pub fn repository(&self, model: &Model) -> String {
        format!("{}/{}", model.image_prefix(), self.service.name.value)
    }

    /// The image to run.
    pub fn image(&self, model: &Model) -> String {
        if let Some(image) = &self.image {
            return image.clone();
        }
        let own = self.service.run.image.as_ref().filter(|_| self.newest);
        own.map_or_else(
            || format!("{}:{}", self.repository(model), version::tag(&self.version)),
            |at| at.value.clone(),
        )
    }
}

/// Every version of every service that runs, by name.
pub fn running(model: &Model) -> Vec<Running<'_>> {
    let mut all: Vec<Running<'_>> =
        model.services.iter().flat_map(|service| versions(service, model)).collect();
    all.sort_by(|left, right| left.name.cmp(&right.name));
    all
}

/// The version of an api that a workload serves: the newest workload those of all apis of its service, an older one only
/// its own.
pub fn served<'m>(run: &Running<'m>, api: usize) -> Option<&'m ApiVersion> {
    let own = run.service.apis.get(api)?;
    if run.newest {
        return own.versions.first();
    }
    own.version(&run.version).filter(|_| run.api == Some(api))
}

/// Index of the api a call means: the one it names, else the first. A service without an api is called all the same.
pub fn called(callee: &Service, call: &Call) -> Option<usize> {
    let named = |api: &Api| call.api.as_ref().is_none_or(|at| at.value == api.name.value);
    callee.apis.iter().position(named).or(callee.apis.is_empty().then_some(0))
}

/// Whether a workload serves what a call accepts.
pub fn accepts(call: &Call, run: &Running<'_>, api: usize) -> bool {
    let Some(range) = &call.range else { return true };
    served(run, api).is_some_and(|it| range.matches(&it.semver))
}

/// The workload that answers a call to a service of ours: the newest whose version the call accepts, by default simply
/// the newest.
pub fn answering<'m>(model: &'m Model, call: &Call) -> Option<Running<'m>> {
    let callee = model.service(&call.to.value)?;
    let api = called(callee, call)?;
    let mut runs = versions(callee, model);
    if call.range.is_none() {
        return Some(runs.swap_remove(0));
    }
    let fits = runs.into_iter().filter(|run| accepts(call, run, api));
    fits.max_by_key(|run| served(run, api).map(|it| it.semver.clone()))
}

/// Ports that a call opens, each with the last of its range and what carries it: that of the api it means; all of a callee
/// without an api, since they are what it serves; and those that the caller's texts name: `${orders.host}:8081`.
pub fn reached(
    caller: &Service,
    call: &Call,
    callee: &Service,
) -> BTreeSet<(u16, Option<u16>, &'static str)> {
    let port = callee.port(call.api.as_ref().map(|at| at.value.as_str()));
    let mut all: BTreeSet<_> = callee.transports(port).into_iter().map(|by| (port, None, by)).collect();
    let own =
        |port: &Port| (port.number, Some(port.last()).filter(|last| *last > port.number), port.transport());
    if callee.apis.is_empty() && !callee.run.ports.is_empty() {
        return callee.run.ports.iter().map(own).collect();
    }
    let run = &caller.run;
    let texts = run.env.iter().map(|(_, at)| at).chain(&run.command).chain(&run.entrypoint);
    let texts = texts.chain(run.files.iter().filter_map(|file| file.text.as_ref()));
    let host = ["${", &call.to.value, ".host}:"].concat();
    for text in texts {
        for rest in text.value.split(&host).skip(1) {
            let digits = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
            let Ok(number) = rest[..digits].parse::<u16>() else { continue };
            let named = callee.run.ports.iter().filter(|port| (port.number..=port.last()).contains(&number));
            all.extend(named.map(own));
            all.extend(
                callee
                    .apis
                    .iter()
                    .any(|api| api.port.value == i64::from(number))
                    .then_some((number, None, "TCP")),
            );
        }
    }
    all
}

/// The host that answers a call: an older version that still runs answers whoever asks for it.
pub fn host<'m>(model: &'m Model, callee: &'m Service, call: &Call) -> Cow<'m, str> {
    // Nearly every service runs in one version, and then there is nothing to choose from.
    let single = callee.apis.iter().all(|api| api.versions.len() < 2);
    let older = if single { None } else { answering(model, call) };
    older.map_or(Cow::Borrowed(&callee.name.value), |run| Cow::Owned(run.name))
}

/// The folder that a version is built from, if it has one of its own.
fn own_build(version: &ApiVersion) -> Option<Build> {
    version.build.clone().map(|context| Build { context, dockerfile: None, target: None, language: None })
}

/// Every version of a service that runs: the newest, then older ones.
pub fn versions<'m>(service: &'m Service, model: &'m Model) -> Vec<Running<'m>> {
    let newest = service.apis.iter().find_map(|api| api.versions.first());
    let first = Running {
        service,
        name: service.name.value.clone(),
        version: newest.map_or_else(|| model.app.version.clone(), |it| it.version.value.clone()),
        semver: newest.map(|it| &it.semver),
        api: None,
        newest: true,
        consumes: newest.is_none_or(|it| it.consumes.unwrap_or(true)),
        build: newest.and_then(own_build).or_else(|| service.run.build.clone()),
        image: newest.and_then(|it| it.image.as_ref()).map(|at| at.value.clone()),
    };
    let older = service.apis.iter().enumerate().flat_map(|(at, api)| older(service, at, api));
    std::iter::once(first).chain(older).collect()
}

/// Older versions that run beside the newest, by the api's strategy.
fn older<'m>(service: &'m Service, index: usize, api: &'m Api) -> Vec<Running<'m>> {
    let mut lines: BTreeSet<(u64, u64)> =
        api.versions.first().map(|it| version::line(&it.semver)).into_iter().collect();
    let runs = |it: &&ApiVersion| match api.strategy.as_str() {
        "knot" => false,
        "point-to-point" => true,
        _ => lines.insert(version::line(&it.semver)),
    };
    let listed: Vec<_> = api.versions.iter().skip(1).filter(runs).collect();
    let name = |it: &ApiVersion| {
        let exact = format!("v{}", it.version.value.replace(['.', '+'], "-"));
        let line = if api.strategy == "point-to-point" { exact } else { version::line_name(&it.semver) };
        if index == 0 {
            format!("{}-{line}", service.name.value)
        } else {
            format!("{}-{}-{line}", service.name.value, api.name.value)
        }
    };
    let one = |it: &'m ApiVersion| Running {
        service,
        name: name(it),
        version: it.version.value.clone(),
        semver: Some(&it.semver),
        api: Some(index),
        newest: false,
        consumes: it.consumes.unwrap_or(false),
        build: own_build(it),
        image: it.image.as_ref().map(|at| at.value.clone()),
    };
    listed.into_iter().map(one).collect()
}
