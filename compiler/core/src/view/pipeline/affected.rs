//! What a change reaches: changed paths, and whoever depends on them by a contract, a schema or a build.

use super::Pipeline;
use super::jobs::Place;
use crate::model::Model;
use crate::view::workload::Running;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A path whose change reaches images.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affected {
    /// File or folder; `.` is the root.
    pub path: String,
    /// Images to build and test again.
    pub images: Vec<String>,
    /// That is every image there is.
    pub all: bool,
    /// What stands there.
    pub why: String,
}

/// A path that changed, and what that reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reached<'p> {
    /// The path, from the root of the repository.
    pub path: String,
    /// Images to build and test again; none if the path is no concern of the plan.
    pub images: &'p [String],
    /// What stands there, if it is a concern.
    pub why: Option<&'p str>,
}

impl Pipeline {
    /// Lays the paths from the root of the repository, and adds those of the pipeline itself. `home` is the way from the root
    /// of all output to the spec, `within` that from the root of the repository to the root of all output.
    pub fn place(&mut self, places: &[Place], home: &str, within: &str) {
        self.within = within.into();
        self.affected.iter_mut().for_each(|row| row.path = joined(&[within, home, &row.path]));
        let mut own = vec![([within, home, "bastide"].concat(), "targets and resource types of the project")];
        let composed = places.iter().filter(|it| it.platform == "compose");
        own.extend(
            composed.map(|it| ([within, "deploy/", &it.name].concat(), "what the integration runs on")),
        );
        own.push(([within, "ci"].concat(), "the pipeline's own steps"));
        let rows = own.into_iter().map(|(path, why)| self.every(&path, why));
        self.affected.extend(rows.collect::<Vec<_>>());
    }

    /// The files of a provider: a change there reaches every image.
    pub fn written_as<'f>(&mut self, files: impl IntoIterator<Item = &'f str>) {
        let steps = format!("{}ci/", self.within);
        for path in files.into_iter().filter(|path| !path.starts_with(&steps)) {
            self.affected.push(self.every(path, "the pipeline itself"));
        }
    }

    fn every(&self, path: &str, why: &str) -> Affected {
        let images = self.names().map(String::from).collect();
        Affected { path: joined(&[path]), images, all: true, why: why.into() }
    }

    /// The names of all images.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.images.iter().map(|it| it.name.as_str())
    }

    /// What a change of a path reaches: the longest row that fits decides. `all` is what the plan itself reaches.
    pub fn reached<'p>(&'p self, path: &str, all: &'p [String]) -> Reached<'p> {
        if path.ends_with(".kdl") && path.starts_with(&self.within) {
            return Reached { path: path.into(), images: all, why: Some("the plan itself") };
        }
        let fits = |row: &&Affected| {
            row.path == "."
                || path.strip_prefix(&row.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let length = |row: &&Affected| if row.path == "." { 0 } else { row.path.len() };
        // Of equal paths the last decides, as in the script.
        let best = self.affected.iter().filter(fits).max_by_key(length);
        let images = best.map_or(&[][..], |row| if row.all { all } else { &row.images });
        Reached { path: path.into(), images, why: best.map(|row| row.why.as_str()) }
    }
}

/// A path of several, without steps that lead nowhere or back.
fn joined(parts: &[&str]) -> String {
    let mut steps: Vec<&str> = vec![];
    let whole = parts.concat();
    for step in whole.split('/').filter(|step| !matches!(*step, "" | ".")) {
        match step {
            ".." if steps.last().is_some_and(|last| *last != "..") => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    if steps.is_empty() { ".".into() } else { steps.join("/") }
}

/// Every contract and schema the spec names.
pub(super) fn contracts(model: &Model) -> BTreeSet<String> {
    let apis = model.services.iter().flat_map(|it| &it.apis);
    let of_api = apis
        .flat_map(|api| api.contract.iter().chain(api.versions.iter().filter_map(|it| it.contract.as_ref())));
    let events = model.topics.iter().flat_map(|it| &it.events).filter_map(|it| it.schema.as_ref());
    of_api.chain(events).map(|at| at.value.clone()).collect()
}

/// Paths and what they reach, gathered.
#[derive(Default)]
struct Reach<'m> {
    /// Images of a service.
    images: BTreeMap<&'m str, Vec<&'m str>>,
    /// Folders that images are built from, and the images.
    builds: BTreeMap<String, BTreeSet<&'m str>>,
    paths: BTreeMap<String, (BTreeSet<&'m str>, String)>,
}

impl<'m> Reach<'m> {
    fn of(runs: &'m [Running<'_>]) -> Reach<'m> {
        let mut reach = Reach::default();
        for run in runs {
            let Some(build) = &run.build else { continue };
            let folder = joined(&[&build.context.value]);
            reach.images.entry(&run.service.name.value).or_default().push(&run.name);
            reach.builds.entry(folder.clone()).or_default().insert(&run.name);
            reach.add(&folder, [run.name.as_str()], || ["build of ", &run.name].concat());
        }
        reach
    }

    /// The first to name a path says why.
    fn add(&mut self, path: &str, images: impl IntoIterator<Item = &'m str>, why: impl FnOnce() -> String) {
        match self.paths.get_mut(path) {
            Some((all, _)) => all.extend(images),
            None => drop(self.paths.insert(path.into(), (images.into_iter().collect(), why()))),
        }
    }

    /// All images of some services.
    fn images(&self, services: impl IntoIterator<Item = &'m str>) -> Vec<&'m str> {
        services.into_iter().filter_map(|name| self.images.get(name)).flatten().copied().collect()
    }

    /// What stands in a folder is part of each image that is built from a folder above it, whoever else it concerns.
    fn enclosing(&mut self) {
        for (path, (images, _)) in &mut self.paths {
            images.extend(
                self.builds.iter().filter(|(folder, _)| encloses(folder, path)).flat_map(|(_, of)| of),
            );
        }
    }

    /// What is built on an image of ours is built again with it, however many stand between.
    fn built_on(&mut self, on: &BTreeMap<&'m str, Vec<&'m str>>) {
        for (images, _) in self.paths.values_mut() {
            let mut waiting: Vec<&str> = images.iter().copied().collect();
            while let Some(next) = waiting.pop() {
                let more = on.get(next).into_iter().flatten().filter(|it| images.insert(it));
                waiting.extend(more.copied().collect::<Vec<_>>());
            }
        }
    }
}

fn encloses(folder: &str, path: &str) -> bool {
    folder == "." || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Of each image those that are built on it: their Dockerfiles name it.
fn bases<'m>(model: &Model, runs: &'m [Running<'_>]) -> BTreeMap<&'m str, Vec<&'m str>> {
    let mut on: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    if model.dockerfiles.is_empty() {
        return on;
    }
    let built = || runs.iter().filter(|run| run.build.is_some());
    for run in built() {
        let file = run.build.as_ref().and_then(|build| model.dockerfiles.get(&build.file()));
        for image in file.into_iter().flat_map(|file| &file.images) {
            let bases = built().filter(|base| base.name != run.name && *image == base.repository(model));
            bases.for_each(|base| on.entry(&base.name).or_default().push(&run.name));
        }
    }
    on
}

/// A contract reaches its owner and everybody who calls it; a schema its writers and readers; a folder every image that is
/// built from it, and those built on these; and what stands beside contracts without being named may be imported by any.
pub(super) fn rows(model: &Model, runs: &[Running<'_>]) -> Vec<Affected> {
    let mut reach = Reach::of(runs);
    let contracts = contracts(model);
    // Who calls whom, and what is built from where, matters to contracts alone.
    if !contracts.is_empty() {
        promises(&mut reach, model);
    }
    reach.enclosing();
    reach.built_on(&bases(model, runs));
    let all: Vec<String> =
        runs.iter().filter(|run| run.build.is_some()).map(|run| run.name.clone()).collect();
    let (named, builds) = (reach.paths, reach.builds);
    let folders = contracts.iter().filter_map(|file| Some(file.rsplit_once('/')?.0));
    let beside: BTreeSet<&str> = folders
        .filter(|folder| !named.contains_key(*folder) && !builds.keys().any(|build| encloses(build, folder)))
        .collect();
    let beside: Vec<Affected> = beside
        .into_iter()
        .map(|folder| Affected {
            path: folder.into(),
            images: all.clone(),
            all: true,
            why: "beside contracts, and named by no service".into(),
        })
        .collect();
    let row = |(path, (images, why)): (String, (BTreeSet<&str>, String))| Affected {
        path,
        images: images.into_iter().map(String::from).collect(),
        all: false,
        why,
    };
    let mut rows: Vec<Affected> = named.into_iter().map(row).chain(beside).collect();
    rows.sort_by(|left, right| left.path.cmp(&right.path));
    rows
}

/// Contracts and schemas, and whom they bind.
fn promises<'m>(reach: &mut Reach<'m>, model: &'m Model) {
    let mut callers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for service in &*model.services {
        for call in &service.calls {
            callers.entry(&call.to.value).or_default().push(&service.name.value);
        }
    }
    for service in &*model.services {
        let name = service.name.value.as_str();
        let callers = || callers.get(name).into_iter().flatten().copied();
        for api in &service.apis {
            for file in api.contract.iter().chain(api.versions.iter().filter_map(|it| it.contract.as_ref())) {
                let reached = reach.images(callers().chain([name]));
                reach.add(&file.value, reached, || format!("contract of {name}"));
            }
        }
        let topics =
            service.publishes.iter().map(|it| &it.topic).chain(service.subscribes.iter().map(|it| &it.topic));
        for topic in topics.filter_map(|at| model.topic(&at.value)) {
            for schema in topic.events.iter().filter_map(|it| it.schema.as_ref()) {
                let images = reach.images([name]);
                reach.add(&schema.value, images, || format!("schema of {}", topic.name.value));
            }
        }
    }
}
