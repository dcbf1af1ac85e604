//! The pipeline: what is built, tested and released, and which change reaches whom. Every provider, the scripts they share and
//! `bastide pipeline` read it here, so that all give one answer.

mod affected;
pub mod draw;
pub mod jobs;

use crate::model::{Model, Schedule};
use crate::view::workload::Running;
pub use affected::{Affected, Reached};
use bastide_report::version;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

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
    /// What is done by the clock, by the word for it.
    pub schedules: BTreeMap<String, Schedule>,
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
    /// Paths and the images a change there reaches: from the folder of the spec until [`Pipeline::place`] was asked, then
    /// from the root of the repository.
    pub affected: Vec<Affected>,
    /// Folder in the repository below which each `*.kdl` is the plan itself; it ends with `/` or is empty.
    #[serde(skip)]
    pub within: String,
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

/// The pipeline of a model.
pub fn pipeline(model: &Model, runs: &[Running<'_>]) -> Pipeline {
    let delivery = &model.delivery;
    let images: Vec<Image> = runs.iter().filter_map(|run| image(run, model)).collect();
    Pipeline {
        at: delivery.at.clone(),
        ci: delivery.ci.as_ref().map(|at| at.value.clone()),
        gates: delivery.gates.iter().map(|gate| gate.value.clone()).collect(),
        branch: delivery.branch.clone(),
        schedules: delivery.schedules.iter().map(|it| (it.work.value.clone(), it.clone())).collect(),
        runner: delivery.runner.clone(),
        rollout: delivery.rollout.as_ref().map_or_else(|| "rolling".into(), |at| at.value.clone()),
        steps: delivery.steps.clone(),
        pause_s: delivery.pause.map_or(0, |at| at.value.seconds_up()),
        registry: images.first().map(|image| registry(&image.repository)).unwrap_or_default(),
        sign_in: sign_in(model),
        prefix: model.image_prefix().to_string(),
        affected: affected::rows(model, runs),
        contracts: affected::contracts(model).into_iter().collect(),
        within: String::new(),
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
