//! Objectives: each promise with its budget, windows and burn factors, computed exactly from its period.
//! Source: Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts".

mod burn;
mod proof;

pub use burn::{PAIRS, Window, factor_milli, windows};
pub use proof::Proof;

use crate::model::Model;
use crate::model::service::Service;
use crate::view::list::List;
use crate::view::route::Table;
use crate::view::workload::Running;
use bastide_report::units::{Duration, Share, decimal};
use serde::Serialize;
use serde_json::Number;
use std::collections::{BTreeMap, BTreeSet};

/// One promise of one service.
#[derive(Clone, Debug, Serialize)]
pub struct Objective {
    /// Path of the slo in the spec.
    pub at: String,
    /// `orders-availability`.
    pub id: String,
    /// Its name in alerts: `OrdersAvailability`.
    pub alert: String,
    /// The service.
    pub service: String,
    /// What runs for it: every living version.
    pub workloads: Vec<String>,
    /// Its team.
    pub owner: String,
    /// Channel to reach the team.
    pub contact: String,
    /// `availability` or `latency`.
    pub kind: &'static str,
    /// The promise as a ratio: `0.999`.
    pub objective: String,
    /// The same as a number.
    pub target: Number,
    /// The promise as written: `99.9`.
    pub percent: String,
    /// What is left for faults: `0.001`.
    pub budget: String,
    /// The same in percent: `0.1`.
    pub budget_percent: String,
    /// The period: `30d`.
    pub window: String,
    /// The same in one unit: `180h`.
    pub period: String,
    /// The period in whole days, rounded up.
    pub days: u64,
    /// Full failure the budget allows in the period, in minutes: `43.2`.
    pub minutes: String,
    /// Highest possible burn: one over the budget, rounded down.
    pub max_burn: u64,
    /// Error ratio at which a canary is taken back: the burn that pages (the fastest factor) times the budget, at most 1.
    pub canary_limit: String,
    /// Requests a canary must have answered before it is judged: 3 ÷ limit (rule of three, 95 %).
    pub canary_samples: u64,
    /// Requests per hour below which one single fault pages: `69.4`.
    pub single: String,
    /// Threshold of a latency promise in seconds, as a histogram edge: `0.1`.
    pub threshold: Option<String>,
    /// Threshold in milliseconds.
    pub threshold_ms: Option<u64>,
    /// Where it is measured at a gateway: the edges in milliseconds that this gateway counts to, its own and what is promised
    /// behind it, rising.
    pub edges: List<Number>,
    /// Expected requests per hour.
    pub rate_per_hour: Option<u64>,
    /// Where it is measured: `gateway` or `server`. Envoy's counter at the gateway, `upstream_rq_xx`, has the answers that
    /// were sent, one a request (tries before are `retry.upstream_rq_xx`); a server counts each try.
    pub measured: &'static str,
    /// The gateway it stands behind.
    pub gateway: Option<String>,
    /// Route objects that lead to it there: `public-orders`.
    pub routes: Vec<String>,
    /// What the gateway's table calls those of it that answer there: `orders`, `orders-v1`.
    pub clusters: Vec<String>,
    /// Counter of requests, for `server`.
    pub requests: String,
    /// Histogram, for `server`.
    pub duration: String,
    /// `http` or `grpc`.
    pub protocol: &'static str,
    /// Windows the error ratio is recorded over.
    pub windows: List<String>,
    /// Alerts: two pairs that page, two that open a ticket.
    pub alerts: List<Alert>,
    /// Objectives of services this one cannot do without: a page there silences one here.
    pub behind: Vec<String>,
    /// What the alerts must do in a test; as many of them, over the same times, for every objective of a period.
    pub proofs: List<Proof>,
}

/// An alert: any of its pairs.
#[derive(Clone, Debug, Serialize)]
pub struct Alert {
    /// `page` or `ticket`.
    pub severity: &'static str,
    /// `Fast` or `Slow`.
    pub speed: &'static str,
    /// Pairs of windows.
    pub pairs: Vec<Pair>,
    /// Whether one of its pairs can ever fire.
    pub reachable: bool,
}

/// Both windows must burn faster than the factor.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// Long window.
    pub long: String,
    /// The long window in one unit: `84m`.
    pub lookback: String,
    /// Short window: a twelfth of it, but two minutes at least.
    pub short: String,
    /// How many times faster than sustainable: budget share × period ÷ long window.
    pub factor: String,
    /// The same as a number.
    pub burn: Number,
    /// Share of the budget gone when it fires, in percent.
    pub spent: u64,
    /// Error ratio above which it fires, factor × budget: `0.0144`.
    pub limit: String,
    /// The same in percent: `1.44`.
    pub limit_percent: String,
    /// Whether even a full outage burns faster than the factor.
    pub reachable: bool,
}

/// All objectives, by service and kind.
pub fn objectives(model: &Model, runs: &[Running<'_>], tables: &[Table]) -> Vec<Objective> {
    let mut all = vec![];
    let mut burns = Burns::new();
    let reached = reached(model, tables);
    let seen = Seen { runs, tables, reached: &reached };
    for service in &model.services {
        let Some(slo) = &service.slo else { continue };
        if let Some(share) = slo.availability {
            all.push(objective(
                model,
                &seen,
                service,
                &mut burns,
                Promise { kind: "availability", share: share.value, latency: None },
            ));
        }
        if let (Some(latency), Some(share)) = (slo.latency, slo.quantile) {
            all.push(objective(
                model,
                &seen,
                service,
                &mut burns,
                Promise { kind: "latency", share: share.value, latency: Some(latency.value) },
            ));
        }
    }
    let mut edges: BTreeMap<String, List<Number>> = BTreeMap::new();
    for at in 0..all.len() {
        let Some(gateway) = all[at].gateway.clone().filter(|_| at_gateway(&all[at])) else { continue };
        all[at].edges = edges.entry(gateway).or_insert_with_key(|gateway| counted(&all, gateway)).clone();
    }
    all.shrink_to_fit();
    all
}

/// The edges in milliseconds that Envoy counts to by itself.
const USUAL: [f64; 19] = [
    0.5,
    1.0,
    5.0,
    10.0,
    25.0,
    50.0,
    100.0,
    250.0,
    500.0,
    1_000.0,
    2_500.0,
    5_000.0,
    10_000.0,
    30_000.0,
    60_000.0,
    300_000.0,
    600_000.0,
    1_800_000.0,
    3_600_000.0,
];

/// Whether it is a latency that a gateway measures.
fn at_gateway(it: &Objective) -> bool {
    it.measured == "gateway" && it.threshold_ms.is_some()
}

/// The edges of a gateway: Envoy's own, and each latency that is promised behind it.
fn counted(all: &[Objective], gateway: &str) -> List<Number> {
    let behind = all.iter().filter(|it| at_gateway(it) && it.gateway.as_deref() == Some(gateway));
    let mut edges: Vec<f64> =
        USUAL.into_iter().chain(behind.filter_map(|it| it.threshold_ms).map(|ms| ms as f64)).collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup();
    let whole =
        |it: f64| if it.fract() == 0.0 { Some(Number::from(it as u64)) } else { Number::from_f64(it) };
    edges.into_iter().filter_map(whole).collect::<Vec<_>>().into()
}

/// What follows from period and budget alone, which most promises share.
type Burns = BTreeMap<(Duration, Share), Burn>;

/// The windows, alerts, proofs and numbers of a period and a budget, as text: see [`Objective`].
#[derive(Clone)]
struct Burn {
    windows: List<String>,
    alerts: List<Alert>,
    proofs: List<Proof>,
    objective: String,
    percent: String,
    budget: String,
    budget_percent: String,
    window: String,
    minutes: String,
    limit: u64,
    canary_limit: String,
    single: String,
}

impl Burn {
    fn of(period: Duration, budget: Share) -> Burn {
        let share = budget.rest();
        // Windows count in parts of a million millions, shares in parts per billion.
        let fast = windows(period).first().map_or(0, |fast| fast.limit(period, budget) / 1_000);
        let limit = fast.min(Share::ONE.0);
        Burn {
            objective: share.ratio(),
            percent: share.to_string().trim_end_matches('%').to_string(),
            budget: budget.ratio(),
            budget_percent: budget.to_string().trim_end_matches('%').to_string(),
            window: period.to_string(),
            minutes: decimal::print(period.0 / 1_000 * budget.0 / 60 / 1_000, 6),
            limit,
            canary_limit: decimal::print(limit, 9),
            single: burn::single(period, budget),
            windows: burn::recorded(period).into(),
            alerts: alerts(period, budget).into(),
            proofs: proof::proofs(period, budget).into(),
        }
    }
}

/// One of the two promises a slo can hold.
struct Promise {
    kind: &'static str,
    share: Share,
    latency: Option<Duration>,
}

fn objective(
    model: &Model,
    seen: &Seen<'_>,
    service: &Service,
    burns: &mut Burns,
    promise: Promise,
) -> Objective {
    let Promise { kind, share, latency } = promise;
    let slo = service.slo.as_ref().expect("objectives are made of services that have a slo");
    let period = slo.window.value;
    let budget = share.rest();
    let burn = burns.entry((period, budget)).or_insert_with(|| Burn::of(period, budget)).clone();
    let (gateway, routes) = seen.reached.get(service.name.value.as_str()).cloned().unzip();
    let routes: Vec<String> = routes.unwrap_or_default().into_iter().collect();
    let seconds = |duration: Duration| decimal::print(duration.0, 3);
    let grpc = service.apis.first().is_some_and(|api| api.style == "grpc");
    let per_hour = |rate: bastide_report::units::Rate| rate.count * 3_600_000 / rate.per;
    let id = [&service.name.value, "-", kind].concat();
    let workloads = workloads(seen.runs, service);
    Objective {
        at: slo.at.clone(),
        alert: camel(&id),
        id,
        service: service.name.value.clone(),
        contact: if service.contact.is_empty() { model.app.contact.clone() } else { service.contact.clone() },
        owner: if service.owner.is_empty() { model.app.owner.clone() } else { service.owner.clone() },
        kind,
        target: number(&burn.objective),
        objective: burn.objective,
        percent: burn.percent,
        budget: burn.budget,
        budget_percent: burn.budget_percent,
        window: burn.window,
        period: period.in_one_unit(),
        days: period.0.div_ceil(86_400_000),
        minutes: burn.minutes,
        max_burn: Share::ONE.0.checked_div(budget.0).unwrap_or(0),
        canary_limit: burn.canary_limit,
        canary_samples: if burn.limit == 0 { 0 } else { (3 * Share::ONE.0).div_ceil(burn.limit) },
        threshold: latency.map(seconds),
        threshold_ms: latency.map(|it| it.0),
        edges: vec![].into(),
        rate_per_hour: slo.rate.map(|at| per_hour(at.value)),
        // A gateway sees 200 where a call of gRPC fails: the fault stands in a trailer.
        measured: if routes.is_empty() || grpc { "server" } else { "gateway" },
        clusters: gateway.map_or(vec![], |it| clusters(seen.tables, it, &workloads)),
        workloads,
        gateway: gateway.map(str::to_string),
        routes,
        requests: if grpc { "grpc_server_handled_total".into() } else { service.metrics.requests.clone() },
        duration: if grpc { "grpc_server_handling_seconds".into() } else { service.metrics.duration.clone() },
        protocol: if grpc { "grpc" } else { "http" },
        single: burn.single,
        windows: burn.windows,
        alerts: burn.alerts,
        proofs: burn.proofs,
        behind: behind(model, service),
    }
}

/// Names of what runs of a service. All begin with its own, and `runs` is sorted by name.
fn workloads(runs: &[Running<'_>], service: &Service) -> Vec<String> {
    let name = service.name.value.as_str();
    let from = runs.partition_point(|run| run.name.as_str() < name);
    let near = runs[from..].iter().take_while(|run| run.name.starts_with(name));
    near.filter(|run| run.service.at == service.at).map(|run| run.name.clone()).collect()
}

/// Names of what answers for some workloads in the table of a gateway.
fn clusters(tables: &[Table], gateway: &str, workloads: &[String]) -> Vec<String> {
    let own = tables.iter().filter(|table| table.gateway == gateway).flat_map(|table| &table.clusters);
    own.filter(|it| workloads.contains(&it.name)).map(|it| it.id.clone()).collect()
}

/// What a promise is looked up in.
struct Seen<'m> {
    runs: &'m [Running<'m>],
    tables: &'m [Table],
    reached: &'m Reached<'m>,
}

/// By service, the first gateway that leads to it, and the names of the route objects there.
type Reached<'m> = BTreeMap<&'m str, (&'m str, BTreeSet<String>)>;

fn reached<'m>(model: &'m Model, tables: &'m [Table]) -> Reached<'m> {
    let mut reached = Reached::new();
    for gateway in &model.gateways {
        for to in gateway.routes.iter().filter_map(|route| route.to.as_ref()) {
            reached.entry(&to.value).or_insert((&gateway.name.value, BTreeSet::new()));
        }
    }
    for table in tables {
        for rule in &table.rules {
            if let Some((gateway, names)) = reached.get_mut(rule.service.as_str())
                && *gateway == table.gateway
            {
                names.insert(format!("{gateway}-{}", rule.group));
            }
        }
    }
    reached
}

fn alerts(period: Duration, budget: Share) -> Vec<Alert> {
    let pair = |window: &Window| {
        let limit = window.limit(period, budget);
        Pair {
            long: Duration(window.long * 60_000).to_string(),
            lookback: Duration(window.long * 60_000).in_one_unit(),
            short: Duration(window.short * 60_000).to_string(),
            burn: number(&decimal::print(window.factor(period), 9)),
            factor: decimal::print(window.factor(period), 9),
            spent: window.spent,
            limit: decimal::print(limit, 12),
            limit_percent: decimal::print(limit, 10),
            reachable: limit < burn::ALL,
        }
    };
    let alert = |severity, speed| {
        let pairs: Vec<Pair> =
            windows(period).iter().filter(|of| of.severity == severity).map(pair).collect();
        Alert { severity, speed, reachable: pairs.iter().any(|it| it.reachable), pairs }
    };
    vec![alert("page", "Fast"), alert("ticket", "Slow")]
}

/// A decimal as a number; it has few enough digits to be the same when it is printed.
fn number(text: &str) -> Number {
    text.parse().unwrap_or_else(|_| Number::from(0))
}

/// `orders-latency` as `OrdersLatency`.
fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    for word in name.split('-').filter(|part| part.is_char_boundary(1)) {
        camel.extend(word[..1].chars().map(|letter| letter.to_ascii_uppercase()));
        camel.push_str(&word[1..]);
    }
    camel
}

fn behind(model: &Model, service: &Service) -> Vec<String> {
    let hard = service.calls.iter().filter(|call| !call.soft);
    let promising = |name: &str| {
        let callee = model.service(name)?;
        callee.slo.as_ref()?.availability.map(|_| format!("{name}-availability"))
    };
    hard.filter_map(|call| promising(&call.to.value)).collect()
}
