//! The jobs of a pipeline: what each runs, and what must be through before it.

use super::Pipeline;
use crate::model::Model;
use crate::model::resource::Resource;
use serde::Serialize;

/// An environment as a pipeline sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// `compose` or `kubernetes`.
    pub platform: String,
    /// Environments of one wave are released together; the next wave waits for them.
    pub wave: i64,
    /// Where it is.
    pub region: Option<String>,
    /// How a release reaches its branch: `commit` or `request`.
    pub promotion: String,
    /// What a restore drill brings back.
    pub stores: Vec<Store>,
}

/// A store with copies that an operator can bring back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Store {
    /// Its name.
    pub name: String,
    /// How long that may take in seconds, if somebody promises it.
    pub rto_s: Option<u64>,
    /// When a drill gives up, in seconds: twice what is promised, or four hours.
    pub most_s: u64,
}

fn stores(model: &Model) -> Vec<Store> {
    let store = |it: &Resource| {
        let rto_s = it.backup.as_ref().and_then(|backup| backup.rto).map(|rto| rto.value.seconds_up());
        Store { name: it.name.value.clone(), rto_s, most_s: rto_s.map_or(14_400, |rto| 2 * rto) }
    };
    model.resources.iter().filter(|it| it.copied()).map(store).collect()
}

/// Every environment, in the order of the spec, which is that of the waves where none is said.
pub fn places(models: &[Model]) -> Vec<Place> {
    let said = models.iter().any(|it| it.environment.wave.is_some());
    let place = |(at, model): (usize, &Model)| {
        let it = &model.environment;
        Place {
            name: it.name.value.clone(),
            platform: it.platform.clone(),
            wave: if said { it.wave.unwrap_or(1) } else { at as i64 },
            region: it.region.clone(),
            promotion: model.delivery.promotion.clone(),
            stores: stores(model),
        }
    };
    models.iter().enumerate().map(place).collect()
}

/// When a job runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// On a proposed change and on a release.
    Always,
    /// On a proposed change: a pull request, a merge request.
    Change,
    /// On the branch that is released.
    Release,
    /// When the release before it failed, or by hand.
    Failure,
    /// By the clock.
    Clock,
}

/// A job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Job {
    /// Its name: `lint`, `promote-prod`.
    pub id: String,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// It runs once for each image that is reached, and not at all if none is.
    pub each: bool,
    /// When it runs.
    pub when: When,
    /// The environment it is about.
    pub environment: Option<String>,
    /// Where that is.
    pub region: Option<String>,
    /// The wave it is released in.
    pub wave: Option<i64>,
    /// Jobs that must be through before.
    pub needs: Vec<String>,
    /// What it runs, in order.
    pub steps: Vec<Step>,
}

/// A step of a job: the command that every provider runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// `scan`.
    pub name: &'static str,
    /// `ci/scan.sh IMAGE`; words in capitals are given by the job.
    pub run: &'static str,
}

/// The scripts, by the steps they are.
const STEPS: &[(&str, &str)] = &[
    ("affected", "ci/affected.sh BASE"),
    ("contract", "ci/check.sh FORMAT BASE"),
    ("lint", "ci/gate.sh lint IMAGE"),
    ("test", "ci/gate.sh test IMAGE"),
    ("image", "ci/image.sh IMAGE"),
    ("scan", "ci/scan.sh IMAGE"),
    ("sign", "ci/sign.sh IMAGE"),
    ("start", "ci/stack.sh up"),
    ("integration", "ci/integration.sh"),
    ("load", "ci/load.sh"),
    ("stop", "ci/stack.sh down"),
    ("deploy", "ci/promote.sh ENVIRONMENT"),
    ("verify", "ci/watch.sh ENVIRONMENT COMMIT"),
    ("roll back", "ci/rollback.sh ENVIRONMENT COMMIT"),
    ("restore", "ci/restore-drill.sh ENVIRONMENT"),
];

fn steps(names: &[&str]) -> Vec<Step> {
    let known = |name: &&str| STEPS.iter().find(|(own, _)| own == name);
    names.iter().filter_map(known).map(|(name, run)| Step { name, run }).collect()
}

fn job(id: &str, about: &'static str, when: When, needs: &[String], names: &[&str]) -> Job {
    let (id, needs, steps) = (id.into(), needs.to_vec(), steps(names));
    Job { id, about, each: false, when, environment: None, region: None, wave: None, needs, steps }
}

impl Pipeline {
    /// Whether the whole system is started and asked.
    fn staged(&self, places: &[Place]) -> bool {
        places.iter().any(|it| it.platform == "compose")
            && ["integration", "load"].iter().any(|it| self.has(it))
    }

    /// Whether a gate is asked for.
    pub fn has(&self, gate: &str) -> bool {
        self.gates.iter().any(|it| it == gate)
    }

    /// What is run by the clock; for dependencies a tool of others looks.
    fn clock(&self, places: &[Place]) -> Vec<Job> {
        let mut jobs = vec![];
        if self.schedules.contains_key("load") {
            let steps = ["start", "integration", "load", "stop"];
            let about = "promised latencies, for their full time";
            jobs.push(job("load-by-clock", about, When::Clock, &[], &steps));
        }
        let drilled = |it: &&Place| self.schedules.contains_key("restore-drill") && !it.stores.is_empty();
        jobs.extend(places.iter().filter(drilled).map(drill));
        jobs
    }

    /// All jobs, each behind those it needs.
    pub fn jobs(&self, places: &[Place]) -> Vec<Job> {
        let gates: Vec<&str> = ["lint", "test"].into_iter().filter(|gate| self.has(gate)).collect();
        let names = |of: &[&str]| of.iter().map(ToString::to_string).collect::<Vec<_>>();
        let before = names(&[&["plan", "check"], &gates[..]].concat());
        let plan = names(&["plan"]);
        let each = |job: Job| Job { each: true, ..job };
        let mut jobs = vec![
            job("plan", "what the change reaches", When::Always, &[], &["affected"]),
            job("check", "plan, contracts and drift", When::Always, &[], &["contract"]),
        ];
        for gate in &gates {
            let about = if *gate == "lint" { "checks the source" } else { "tests the source" };
            jobs.push(each(job(gate, about, When::Always, &plan, &[gate])));
        }
        let scan: &[&str] = if self.has("scan") { &["scan"] } else { &[] };
        let (built, pushed) = ([&["image"], scan].concat(), [&["image"], scan, &["sign"]].concat());
        jobs.push(each(job("build", "built, without any secret", When::Change, &plan, &built)));
        jobs.push(each(job(
            "publish",
            "pushed by digest, signed, then tagged",
            When::Release,
            &before,
            &pushed,
        )));
        let through = |more: &[&str]| [before.clone(), names(more)].concat();
        let staged = self.staged(places);
        if staged {
            let load: &[&str] = if self.has("load") { &["load"] } else { &[] };
            let asked = [&["start", "integration"], load, &["stop"]].concat();
            let needs = through(&["build", "publish"]);
            jobs.push(job(
                "integration",
                "the whole system, started and asked",
                When::Always,
                &needs,
                &asked,
            ));
        }
        let stack: &[&str] = if staged { &["integration"] } else { &[] };
        release(&mut jobs, places, &through(&[&["publish"], stack].concat()));
        jobs.push(job(
            "required",
            "the one required check",
            When::Always,
            &through(&[&["build"], stack].concat()),
            &[],
        ));
        jobs.extend(self.clock(places));
        jobs
    }
}

fn drill(place: &Place) -> Job {
    let id = format!("restore-drill-{}", place.name);
    let job = job(&id, "the latest backups, brought back and read", When::Clock, &[], &["restore"]);
    Job { environment: Some(place.name.clone()), region: place.region.clone(), ..job }
}

/// Promotes, watches and, if need be, takes back, wave after wave: a wave waits until the one before it is healthy.
fn release(jobs: &mut Vec<Job>, places: &[Place], before: &[String]) {
    let mut clusters: Vec<&Place> = places.iter().filter(|it| it.platform == "kubernetes").collect();
    clusters.sort_by_key(|it| it.wave);
    for place in &clusters {
        let earlier = clusters.iter().map(|it| it.wave).filter(|wave| *wave < place.wave).max();
        let gate = clusters.iter().filter(|it| Some(it.wave) == earlier);
        let watched: Vec<String> = gate.map(|it| format!("watch-{}", it.name)).collect();
        let [promote, watch, back] =
            ["promote", "watch", "rollback"].map(|verb| format!("{verb}-{}", place.name));
        let here = |job: Job| Job {
            environment: Some(place.name.clone()),
            region: place.region.clone(),
            wave: Some(place.wave),
            ..job
        };
        let needs = [before, &watched].concat();
        let by = match place.promotion.as_str() {
            "request" => "plan and digests, by a request that somebody merges",
            _ => "plan and digests, by a commit",
        };
        jobs.push(here(job(&promote, by, When::Release, &needs, &["deploy"])));
        let needs = [promote.clone()];
        jobs.push(here(job(&watch, "waits until it is healthy", When::Release, &needs, &["verify"])));
        let needs = [promote, watch];
        jobs.push(here(job(&back, "the last good release", When::Failure, &needs, &["roll back"])));
    }
}
