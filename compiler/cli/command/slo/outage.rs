//! What happens if something fails, in words.

use super::{Page, listed, place};
use crate::command::markdown::code;
use crate::show::plural;
use bastide_core::view::experiment::Experiment;
use bastide_core::view::outage::{Broken, Degraded, Held, Message, Outage, RouteHit};
use bastide_report::units::Duration;

type Line = (&'static str, String);

pub(super) fn page(app: &str, environment: &str, it: &Outage) -> Page {
    let names: Vec<String> = it.failed.iter().map(|it| it.name.clone()).collect();
    let verb = if names.len() == 1 { "fails" } else { "fail" };
    let title = format!("{app} in {environment}: {} {verb}", listed(&names));
    let mut lines: Vec<Line> = vec![];
    lines.extend(it.routes.iter().map(|it| ("routes", route(it))));
    lines.extend(it.broken.iter().map(|it| ("down", down(it))));
    lines.extend(it.degraded.iter().map(|it| ("degraded", goes_on(it))));
    lines.extend(it.messages.iter().map(|it| ("messages", message(it))));
    let breaks = it.breaks.iter().map(|it| {
        format!("{} {} over {}: its budget is gone after {}", code(&it.name), it.promise, it.window, it.after)
    });
    lines.extend(breaks.map(|line| ("breaks", line)));
    let late = it.degraded.iter().filter(|it| it.late == Some(true));
    lines.extend(
        late.map(|it| ("breaks", format!("the latency that {} promises, while it waits", code(&it.name)))),
    );
    if !it.stands.is_empty() {
        lines.push((
            "stands",
            format!(
                "what {} {}",
                listed(&it.stands),
                if it.stands.len() == 1 { "promises" } else { "promise" }
            ),
        ));
    }
    if lines.is_empty() {
        lines.push(("nobody", "is hit, and no promise breaks".into()));
    }
    Page { title, parts: vec![(String::new(), lines)] }
}

/// What the plan survives, and what it does not.
pub(super) fn experiments(app: &str, environment: &str, all: &[Experiment]) -> Page {
    let (good, bad): (Vec<_>, Vec<_>) = all.iter().partition(|it| it.survives);
    let title = format!(
        "{app} in {environment}: of {} the plan should survive {}",
        plural(all.len(), "experiment"),
        good.len()
    );
    let line = |it: &&Experiment| it.expects.clone();
    let lines = |word, some: &[&Experiment]| some.iter().map(line).map(|line| (word, line)).collect();
    let part = |heading: &str, word, some: &[&Experiment]| (heading.to_string(), lines(word, some));
    let all = [
        part("every public route answers", "survives", &good),
        part("some public route does not answer", "does not", &bad),
    ];
    Page { title, parts: all.into_iter().filter(|(_, lines): &(_, Vec<Line>)| !lines.is_empty()).collect() }
}

fn route(it: &RouteHit) -> String {
    let (place, by) = (place(&it.methods, &it.path), listed(&it.by));
    let gateway = code(&it.gateway);
    match it.how {
        "down" => format!("{place} of {gateway} is down: {by}"),
        "partly" => format!("{place} of {gateway} answers in part: without {by}"),
        _ => format!("{place} of {gateway} answers, degraded: {by}"),
    }
}

fn down(it: &Broken) -> String {
    let way: Vec<String> = it.through.iter().map(|name| code(name)).collect();
    format!("{} {}, which needs {}", it.kind.word(), code(&it.name), way.join(", which needs "))
}

fn goes_on(it: &Degraded) -> String {
    let wait = match (it.call, it.waits_ms, it.late) {
        (false, ..) => String::new(),
        (true, None, _) => "; it waits without end, since the call has no `timeout`".into(),
        (true, Some(ms), Some(true)) => {
            format!("; it may wait {}, longer than it promises to answer in", Duration(ms))
        }
        (true, Some(ms), _) => format!("; it may wait {}", Duration(ms)),
    };
    format!("{} goes on without {}{wait}", code(&it.name), code(&it.without))
}

fn message(it: &Message) -> String {
    let (topic, service) = (code(&it.topic), code(&it.service));
    match it.how {
        Held::Unread => format!("of {topic} wait for {service}, {} at most", it.kept),
        Held::Outbox => format!("to {topic} wait in the outbox of {service}"),
        Held::Unsent => format!("to {topic} fail in {service}, which has no outbox"),
        Held::Silent => format!("of {topic}: {service} hears nothing new"),
    }
}
