//! Objectives: each promise with its budget, windows and burn factors, computed exactly from its period.
//! Source: Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts".

use crate::model::Model;
use crate::model::service::Service;
use crate::units::{Duration, Share, decimal};
use serde::Serialize;

/// One promise of one service.
#[derive(Clone, Debug, Serialize)]
pub struct Objective {
    /// Path of the slo in the spec.
    pub at: String,
    /// `orders-availability`.
    pub id: String,
    /// The service.
    pub service: String,
    /// Its team.
    pub owner: String,
    /// `availability` or `latency`.
    pub kind: String,
    /// The promise as a ratio: `0.999`.
    pub objective: String,
    /// The promise as written: `99.9`.
    pub percent: String,
    /// What is left for faults: `0.001`.
    pub budget: String,
    /// The period: `30d`.
    pub window: String,
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
    /// Threshold of a latency promise in seconds, as a histogram edge: `0.1`.
    pub threshold: Option<String>,
    /// Threshold in milliseconds.
    pub threshold_ms: Option<u64>,
    /// Expected requests per hour.
    pub rate_per_hour: Option<u64>,
    /// Where it is measured: `gateway` or `server`.
    pub measured: String,
    /// The gateway that measures.
    pub gateway: Option<String>,
    /// Counter of requests, for `server`.
    pub requests: String,
    /// Histogram, for `server`.
    pub duration: String,
    /// `http` or `grpc`.
    pub protocol: String,
    /// Windows the error ratio is recorded over.
    pub windows: Vec<String>,
    /// Alerts: two pairs that page, two that open a ticket.
    pub alerts: Vec<Alert>,
    /// Objectives of services this one cannot do without: a page there silences one here.
    pub behind: Vec<String>,
}

/// An alert: any of its pairs.
#[derive(Clone, Debug, Serialize)]
pub struct Alert {
    /// `page` or `ticket`.
    pub severity: String,
    /// `Fast` or `Slow`.
    pub speed: String,
    /// Pairs of windows.
    pub pairs: Vec<Pair>,
}

/// Both windows must burn faster than the factor.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    /// Long window.
    pub long: String,
    /// Short window: a twelfth of it.
    pub short: String,
    /// How many times faster than sustainable: budget share × period ÷ long window.
    pub factor: String,
    /// Share of the budget gone when it fires, in percent.
    pub spent: u64,
}

/// Severity, budget share in percent, long and short window in minutes.
pub const PAIRS: [(&str, u64, u64, u64); 4] =
    [("page", 2, 60, 5), ("page", 5, 360, 30), ("ticket", 10, 1_440, 120), ("ticket", 10, 4_320, 360)];

/// Burn factor in thousandths: `budget% × period ÷ long window`.
pub fn factor_milli(budget_percent: u64, period: Duration, long_minutes: u64) -> u64 {
    budget_percent * (period.0 / 60_000) * 10 / long_minutes
}

/// All objectives, by service and kind.
pub fn objectives(model: &Model) -> Vec<Objective> {
    let mut all = vec![];
    for service in &model.services {
        let Some(slo) = &service.slo else { continue };
        if let Some(share) = slo.availability {
            all.push(objective(model, service, "availability", share.value, None));
        }
        if let (Some(latency), Some(share)) = (slo.latency, slo.quantile) {
            all.push(objective(model, service, "latency", share.value, Some(latency.value)));
        }
    }
    all
}

fn objective(model: &Model, service: &Service, kind: &str, share: Share, latency: Option<Duration>) -> Objective {
    let slo = service.slo.as_ref().expect("objectives are made of services that have a slo");
    let period = slo.window.value;
    let budget = share.rest();
    let gateway = model.gateways.iter().find(|gateway| {
        gateway.routes.iter().any(|route| route.to.as_ref().is_some_and(|to| to.value == service.name.value))
    });
    let seconds = |duration: Duration| decimal::print(duration.0, 3);
    let grpc = service.apis.first().is_some_and(|api| api.style == "grpc");
    // Shares are in parts per billion, factors in thousandths.
    let limit = (budget.0.saturating_mul(factor_milli(PAIRS[0].1, period, PAIRS[0].2)) / 1_000).min(Share::ONE.0);
    let per_hour = |rate: crate::units::Rate| rate.count * 3_600_000 / rate.per;
    Objective {
        at: slo.at.clone(),
        id: format!("{}-{kind}", service.name.value),
        service: service.name.value.clone(),
        owner: if service.owner.is_empty() { model.app.owner.clone() } else { service.owner.clone() },
        kind: kind.into(),
        objective: share.ratio(),
        percent: share.to_string().trim_end_matches('%').to_string(),
        budget: budget.ratio(),
        window: period.to_string(),
        days: period.0.div_ceil(86_400_000),
        minutes: decimal::print(period.0 / 1_000 * budget.0 / 60 / 1_000, 6),
        max_burn: if budget.0 == 0 { 0 } else { Share::ONE.0 / budget.0 },
        canary_limit: decimal::print(limit, 9),
        canary_samples: if limit == 0 { 0 } else { (3 * Share::ONE.0).div_ceil(limit) },
        threshold: latency.map(seconds),
        threshold_ms: latency.map(|it| it.0),
        rate_per_hour: slo.rate.map(|at| per_hour(at.value)),
        measured: if gateway.is_some() { "gateway" } else { "server" }.into(),
        gateway: gateway.map(|it| it.name.value.clone()),
        requests: if grpc { "grpc_server_handled_total".into() } else { service.metrics.requests.clone() },
        duration: if grpc { "grpc_server_handling_seconds".into() } else { service.metrics.duration.clone() },
        protocol: if grpc { "grpc" } else { "http" }.into(),
        windows: ["5m", "30m", "1h", "2h", "6h", "1d", "3d"].map(String::from).into(),
        alerts: alerts(period),
        behind: behind(model, service),
    }
}

fn alerts(period: Duration) -> Vec<Alert> {
    let pair = |(_, spent, long, short): &(&str, u64, u64, u64)| Pair {
        long: Duration(long * 60_000).to_string(),
        short: Duration(short * 60_000).to_string(),
        factor: decimal::print(factor_milli(*spent, period, *long), 3),
        spent: *spent,
    };
    let alert = |severity: &str, speed: &str| Alert {
        severity: severity.into(),
        speed: speed.into(),
        pairs: PAIRS.iter().filter(|(of, ..)| *of == severity).map(pair).collect(),
    };
    vec![alert("page", "Fast"), alert("ticket", "Slow")]
}

fn behind(model: &Model, service: &Service) -> Vec<String> {
    let hard = service.calls.iter().filter(|call| !call.soft);
    let promising = |name: &str| {
        let callee = model.service(name)?;
        callee.slo.as_ref()?.availability.map(|_| format!("{name}-availability"))
    };
    hard.filter_map(|call| promising(&call.to.value)).collect()
}
