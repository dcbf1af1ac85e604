//! The pipeline: what is built, tested and released, and which change reaches whom.

use crate::model::Model;
use crate::view::workload::Running;
use bastide_report::version;
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

/// What a pipeline needs to know.
#[derive(Clone, Debug, Serialize)]
pub struct Pipeline {
    /// Path of the delivery in the spec.
    pub at: String,
    /// CI system, if the spec names one.
    pub ci: Option<String>,
    /// Gates, in the order they run.
    pub gates: Vec<String>,
    /// Branch that is released.
    pub branch: String,
    /// Labels of the runner; one is a text.
    #[serde(serialize_with = "one_or_many")]
    pub runner: Vec<String>,
    /// `rolling`, `canary` or `blue-green`.
    pub rollout: String,
    /// Shares of a canary in percent.
    pub steps: Vec<u64>,
    /// Pause after each step in seconds.
    pub pause_s: u64,
    /// Registry the images go to: `registry.example.com`.
    pub registry: String,
    /// How it signs in there: `secrets` or `token`.
    pub sign_in: String,
    /// What stands before the names of the images: `registry.example.com/shop`.
    pub prefix: String,
    /// Images to build, by name.
    pub images: Vec<Image>,
    /// Paths and the images a change there touches, for `affected`.
    pub affected: Vec<Affected>,
    /// Contract files.
    pub contracts: Vec<String>,
}

/// An image to build.
#[derive(Clone, Debug, Serialize)]
pub struct Image {
    /// Path of the service in the spec.
    pub at: String,
    /// Workload that runs it.
    pub name: String,
    /// Full name without tag.
    pub repository: String,
    /// Tag.
    pub version: String,
    /// Folder.
    pub context: String,
    /// Dockerfile in it.
    pub dockerfile: String,
    /// Stage.
    pub target: String,
    /// Command that checks the source.
    pub lint: Option<String>,
    /// Command that tests it.
    pub test: Option<String>,
}

fn one_or_many<S: Serializer>(labels: &[String], to: S) -> Result<S::Ok, S::Error> {
    match labels {
        [one] => one.serialize(to),
        many => many.serialize(to),
    }
}

/// A path whose change reaches images.
#[derive(Clone, Debug, Serialize)]
pub struct Affected {
    /// File or folder.
    pub path: String,
    /// Images to build and test again.
    pub images: Vec<String>,
    /// What stands there.
    pub why: String,
}

/// The pipeline of a model.
pub fn pipeline(model: &Model, runs: &[Running<'_>]) -> Pipeline {
    let delivery = &model.delivery;
    let images: Vec<Image> = runs.iter().filter_map(|run| image(run, model)).collect();
    Pipeline {
        at: delivery.at.clone(),
        ci: delivery.ci.as_ref().map(|at| at.value.clone()),
        gates: delivery.gates.iter().map(|gate| gate.value.clone()).collect(),
        branch: delivery.branch.clone(),
        runner: delivery.runner.clone(),
        rollout: delivery.rollout.as_ref().map_or_else(|| "rolling".into(), |at| at.value.clone()),
        steps: delivery.steps.clone(),
        pause_s: delivery.pause.map_or(0, |at| at.value.seconds_up()),
        registry: images.first().map(|image| registry(&image.repository)).unwrap_or_default(),
        sign_in: sign_in(model),
        prefix: model.image_prefix().to_string(),
        affected: affected(model, runs),
        contracts: contracts(model).into_iter().collect(),
        images,
    }
}

/// How a pipeline signs in to the registry of an environment.
pub fn sign_in(model: &Model) -> String {
    let (own, app) = (&model.environment, &model.app);
    let said = if own.registry.is_some() { &own.sign_in } else { &app.sign_in };
    said.clone().unwrap_or_else(|| "secrets".into())
}

fn image(run: &Running<'_>, model: &Model) -> Option<Image> {
    let build = run.build.as_ref()?;
    let service = run.service;
    Some(Image {
        at: service.at.clone(),
        name: run.name.clone(),
        repository: run.repository(model),
        version: version::tag(&run.version),
        context: build.context.value.clone(),
        dockerfile: build.dockerfile.clone().unwrap_or_else(|| "Dockerfile".into()),
        target: build.target.clone().unwrap_or_default(),
        lint: service.lint.clone(),
        test: service.test.clone(),
    })
}

/// The host of an image name; a name without one is of Docker Hub, as the `docker` command reads it.
pub fn registry(repository: &str) -> String {
    let host = repository.split('/').next().unwrap_or_default();
    if host.contains(['.', ':']) || host == "localhost" { host.into() } else { "docker.io".into() }
}

fn contracts(model: &Model) -> BTreeSet<String> {
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
    paths: BTreeMap<String, (BTreeSet<&'m str>, String)>,
}

impl<'m> Reach<'m> {
    fn of(runs: &'m [Running<'_>]) -> Reach<'m> {
        let mut reach = Reach::default();
        for run in runs {
            let Some(build) = &run.build else { continue };
            reach.images.entry(&run.service.name.value).or_default().push(&run.name);
            reach.add(&build.context.value, [run.name.as_str()], || ["build of ", &run.name].concat());
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
}

/// A contract reaches its owner and everybody who calls it; a schema its writers and readers; a folder its own image;
/// and what stands beside contracts without being named may be imported by any of them.
fn affected(model: &Model, runs: &[Running<'_>]) -> Vec<Affected> {
    let mut reach = Reach::of(runs);
    let contracts = contracts(model);
    let mut callers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // Who calls whom, and what is built from where, matters to contracts alone.
    let concerned = if contracts.is_empty() { &[][..] } else { &model.services[..] };
    let builds: Vec<String> =
        if contracts.is_empty() { vec![] } else { reach.paths.keys().cloned().collect() };
    for service in concerned {
        for call in &service.calls {
            callers.entry(&call.to.value).or_default().push(&service.name.value);
        }
    }
    for service in concerned {
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
    let all: Vec<&str> = runs.iter().filter(|run| run.build.is_some()).map(|run| run.name.as_str()).collect();
    for file in contracts {
        let Some((folder, _)) = file.rsplit_once('/') else { continue };
        let inside = |build: &String| folder == build || folder.starts_with(&format!("{build}/"));
        if !builds.iter().any(inside) {
            reach.add(folder, all.iter().copied(), || "beside contracts, and named by no service".into());
        }
    }
    reach
        .paths
        .into_iter()
        .map(|(path, (images, why))| Affected {
            path,
            images: images.into_iter().map(String::from).collect(),
            why,
        })
        .collect()
}
