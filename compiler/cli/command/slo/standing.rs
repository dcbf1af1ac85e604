//! What is promised behind the public routes, in words.

use super::{Page, listed, place};
use crate::command::markdown::code;
use crate::show::plural;
use bastide_core::view::reliability::{
    Availability, Hop, Latency, PublicRoute, Reliability, Standing, Verdict,
};
use bastide_report::units::{Duration, Share};

type Line = (&'static str, String);

pub(super) fn page(it: &Reliability) -> Page {
    let (routes, services) = (plural(it.routes.len(), "public route"), plural(it.services.len(), "service"));
    let title = format!("{} in {}: {routes} to {services}", it.app, it.environment);
    let table: Vec<Line> = it.routes.iter().map(|route| ("route", way(route))).collect();
    let mut parts = vec![];
    if !table.is_empty() {
        parts.push((String::new(), table));
    }
    parts.extend(it.services.iter().map(|it| (code(&it.service), lines(it))));
    Page { title, parts }
}

fn way(route: &PublicRoute) -> String {
    let to = listed(&route.services);
    let to = match route.answers {
        "all" => format!("{to}, all of them needed"),
        "some" => format!("{to}, without those that fail"),
        "share" => format!("{to}, which share the requests"),
        _ => to,
    };
    format!("{} of {} to {to}", place(&route.methods, &route.path), code(&route.gateway))
}

fn lines(it: &Standing) -> Vec<Line> {
    let mut lines = match &it.availability {
        Some(availability) => available(&it.service, availability),
        None => vec![("promises", "no availability".into())],
    };
    match &it.latency {
        Some(latency) => lines.extend(in_time(&it.service, latency)),
        None => lines.push(("answers", "in no promised time".into())),
    }
    lines
}

fn available(service: &str, it: &Availability) -> Vec<Line> {
    let mut lines = vec![("promises", format!("{} over {}", it.promise, it.window))];
    let requests = match (it.budget.requests, it.budget.of) {
        (Some(few), Some(all)) => format!("{few} of {all} requests"),
        _ => format!("{} of its requests (how many, is known with `slo rate=`)", it.budget.share),
    };
    lines.push(("budget", format!("{} of full outage, or {requests}", it.budget.lasts)));
    lines.push(("dependencies", verdict(service, it)));
    if !it.silent.is_empty() {
        lines.push(("dependencies", format!("nothing is promised by {}", listed(&it.silent))));
    }
    if let Some(change) = &it.cheapest {
        let enough = match (it.verdict, change.enough) {
            (Verdict::Contradictory | Verdict::Infeasible, true) => ", which is enough",
            (Verdict::Contradictory | Verdict::Infeasible, false) => ", which is not enough alone",
            _ => "",
        };
        let (from, to) = (code(&change.from), code(&change.to));
        let gives = change.independent;
        lines.push((
            "cheapest",
            format!("{from} goes on without {to} (`soft=#true`): the others give {gives}{enough}"),
        ));
    }
    lines
}

fn verdict(service: &str, it: &Availability) -> String {
    let of = |names: &[bastide_core::view::reliability::Dependency]| {
        let some = names.iter().take(8).map(|it| format!("{} {}", code(&it.name), it.promise));
        let some: Vec<String> = some.collect();
        let more = names.len().saturating_sub(some.len());
        let gives = if names.len() == 1 { "gives" } else { "give" };
        some.join(", ") + &if more > 0 { format!(" and {more} more give") } else { format!(" {gives}") }
    };
    let own = Share(it.worst.0.saturating_sub(it.promise.0));
    match (it.verdict, &it.weakest) {
        (Verdict::Contradictory, Some(weakest)) => {
            format!("contradictory: {} promises only {}", code(&weakest.name), weakest.promise)
        }
        (Verdict::Contradictory | Verdict::Infeasible, _) => {
            format!("infeasible if they fail independently: {} {}", of(&it.dependencies), it.independent)
        }
        (_, _) if it.dependencies.is_empty() && it.silent.is_empty() => {
            format!("proved: {} needs nobody, all faults are its own", code(service))
        }
        (Verdict::NotGuaranteed, _) if it.worst < it.promise => format!(
            "not guaranteed: {} {} if they fail independently, {} if never at once",
            of(&it.dependencies),
            it.independent,
            it.worst
        ),
        (Verdict::NotGuaranteed, _) if it.dependencies.is_empty() => {
            "not guaranteed: none promises anything".into()
        }
        (Verdict::NotGuaranteed, _) => {
            format!("not guaranteed: {} {} at worst, others promise nothing", of(&it.dependencies), it.worst)
        }
        (Verdict::Proved, _) => format!(
            "proved: {} {} at worst, {own} is left for faults of its own",
            of(&it.dependencies),
            it.worst
        ),
    }
}

fn in_time(service: &str, it: &Latency) -> Vec<Line> {
    let route = it.route_ms.map(|ms| match ms < it.promise_ms {
        true => format!("; a route waits only {}", Duration(ms)),
        false => format!("; a route waits {}", Duration(ms)),
    });
    let promise = format!("within {} for {} of requests{}", it.promise, it.share, route.unwrap_or_default());
    let waits = Duration(it.waits_ms);
    let said = match it.verdict {
        Verdict::Contradictory => "contradictory: one call alone may take longer".into(),
        Verdict::Infeasible => format!("contradictory: its calls may take {waits} together"),
        Verdict::NotGuaranteed if !it.silent.is_empty() => {
            format!("not guaranteed: {} promises no latency", listed(&it.silent))
        }
        Verdict::NotGuaranteed if it.waits_ms > it.promise_ms => {
            format!("not guaranteed: its calls may take {waits} together")
        }
        Verdict::NotGuaranteed => {
            format!(
                "not guaranteed: all its calls are in time only for {} if never two are late at once",
                it.in_time
            )
        }
        Verdict::Proved if it.waits_ms == 0 => format!("proved: {} waits for no call", code(service)),
        Verdict::Proved => format!("proved: {waits} for its calls, {} for itself", Duration(it.own_ms)),
    };
    let mut lines = vec![("answers", promise), ("calls", said)];
    lines.extend(it.hops.iter().map(|it| ("calls", hop(it))));
    lines
}

fn hop(it: &Hop) -> String {
    let promise = match (it.promise_ms, it.share) {
        (Some(ms), Some(share)) => format!("within {} for {share}", Duration(ms)),
        _ => "promises no latency".into(),
    };
    let wait = match (it.timeout_ms, it.tries) {
        (None, _) => ", waited for without end".into(),
        (Some(ms), 1) => format!(", waited for {}", Duration(ms)),
        (Some(ms), tries) => format!(", waited for {tries} times {}", Duration(ms)),
    };
    let beside = if it.parallel { ", beside others" } else { "" };
    let soft = if it.soft { ", can do without" } else { "" };
    format!("{:depth$}{} {promise}{wait}{beside}{soft}", "", code(&it.to), depth = it.depth * 2)
}
