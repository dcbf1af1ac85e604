//! Requests of clients: they are led to a workload only while it serves what they ask for.

use super::builder::{Builder, Side};
use super::lifetime::Lifetime;
use super::{Action, Cause, Phase, Step};
use crate::diff::Difference;
use crate::diff::route::{Requests, requests};
use crate::view::route::Rule;
use crate::view::workload::served;
use bastide_report::version;
use std::collections::BTreeMap;

/// The line of versions that clients ask for; none where they take what comes.
type Line = Option<(u64, u64)>;

/// Where requests are led: the workload and the line.
type Target = Option<(String, Line)>;

/// Adds the steps and constraints of all requests. Requests that are led alike, before and after, are one step.
pub fn all(builder: &mut Builder<'_>) {
    let mut groups: BTreeMap<(String, Target, Target, bool), Vec<Requests<'_>>> = BTreeMap::new();
    for it in requests(builder.old, builder.new) {
        let [old, new] = targets(&it);
        let moves = moves(&it);
        groups.entry((it.gateway.to_string(), old, new, moves)).or_default().push(it);
    }
    for ((gateway, old, new, moves), requests) in groups {
        let step = moves.then(|| {
            let step = step(&gateway, &requests, &new);
            builder.step(step)
        });
        for it in &requests {
            constrain(builder, it, step, [&old, &new]);
        }
    }
    gateways(builder);
}

/// Whether the gateway itself has to change. That the workload behind serves another version is the workload's step.
fn moves(it: &Requests<'_>) -> bool {
    let place =
        |rule: Option<&Rule>| rule.map(|rule| (rule.cluster.clone(), rule.port, rule.rewrite.clone()));
    let told =
        |change: &&crate::diff::route::Change| !matches!(change.field.as_str(), "version" | "deprecation");
    place(it.old) != place(it.new) || it.changes.iter().any(|change| told(&change))
}

/// Where requests are led before and after. Only requests that mean the same version on both sides, or that are known on
/// one side alone, name a version.
fn targets(it: &Requests<'_>) -> [Target; 2] {
    let line = |rule: &Rule| rule.version.as_deref().and_then(version::parse).map(|it| version::line(&it));
    let named = match (it.old, it.new) {
        (Some(old), Some(new)) => line(old) == line(new),
        _ => true,
    };
    let target = |rule: Option<&Rule>| {
        let rule = rule.filter(|rule| !rule.cluster.is_empty())?;
        Some((rule.cluster.clone(), line(rule).filter(|_| named)))
    };
    [target(it.old), target(it.new)]
}

fn step(gateway: &str, requests: &[Requests<'_>], new: &Target) -> Step {
    let mut words: Vec<&str> = requests.iter().map(|it| it.words.as_str()).collect();
    words.dedup();
    let rest = words.len().saturating_sub(3);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let name = words.join(", ");
    let shown = words.iter().take(3).map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    let gone = requests.iter().all(|it| it.new.is_none());
    let fresh = requests.iter().all(|it| it.old.is_none());
    let (phase, action, text) = match new {
        _ if gone => {
            (Phase::Contract, Action::Remove, format!("take {shown}{more} from gateway `{gateway}`"))
        }
        Some((to, _)) if fresh => (Phase::Switch, Action::Route, format!("open {shown}{more} to `{to}`")),
        Some((to, _)) => (Phase::Switch, Action::Route, format!("lead {shown}{more} to `{to}`")),
        None => (Phase::Switch, Action::Route, format!("change {shown}{more}")),
    };
    let name = format!("{gateway} {name}");
    Step { phase, action, node: format!("gateway.{gateway}"), name, text, note: String::new() }
}

fn constrain(builder: &mut Builder<'_>, it: &Requests<'_>, step: Option<usize>, targets: [&Target; 2]) {
    let cause = Cause::Route(it.words.clone());
    for (side, rule, target) in [(Side::Old, it.old, targets[0]), (Side::New, it.new, targets[1])] {
        let lifetime = Lifetime::of(side, step);
        let (Some(rule), Some((cluster, line))) = (rule, target) else { continue };
        let wanted = line.and(rule.version.as_deref());
        let need = wanted.map_or_else(|| format!("`{cluster}`"), |it| format!("`{cluster}` {it}"));
        let why = format!("`{}` is led to {need}", it.words);
        require(builder, lifetime, (cluster, *line), &cause, &why);
        // Shares, copies and parts ask for no version.
        let parts = rule.aggregate.iter().flat_map(|join| join.parts.iter().map(|part| &part.from));
        let others =
            rule.split.iter().map(|(name, ..)| name).chain(rule.mirror.iter().map(|(name, ..)| name));
        for other in others.chain(parts).filter(|other| *other != cluster) {
            let why = format!("`{}` also asks `{other}`", it.words);
            require(builder, lifetime, (other, None), &cause, &why);
        }
    }
    if let (Some(rule), None) = (it.new.or(it.old), targets[1].as_ref().or(targets[0].as_ref())) {
        let parts = rule.aggregate.iter().flat_map(|join| join.parts.iter().map(|part| part.from.clone()));
        for part in parts.collect::<Vec<_>>() {
            let lifetime = step.filter(|_| it.old.is_none()).map_or(Lifetime::ALWAYS, Lifetime::from);
            let why = format!("`{}` asks `{part}`", it.words);
            require(builder, lifetime, (&part, None), &cause, &why);
        }
    }
}

/// While requests are led to a workload, it must run and serve their line.
fn require(
    builder: &mut Builder<'_>,
    who: Lifetime,
    (cluster, line): (&str, Line),
    cause: &Cause,
    why: &str,
) {
    let Some(unit) = builder.units.get(cluster) else { return };
    let fits = |side: &Side| {
        unit.at(*side).is_some_and(|run| {
            let served = (0..run.service.apis.len()).filter_map(|api| served(run, api));
            let mut lines = served.map(|it| version::line(&it.semver));
            line.is_none_or(|line| lines.any(|own| own == line))
        })
    };
    let sides = [Side::Old, Side::New].into_iter().filter(fits);
    let providers: Vec<Lifetime> = sides.map(|side| unit.lifetime(side)).collect();
    if !providers.is_empty() {
        builder.require(who, &providers, cause, why);
    }
}

/// What else changes at a gateway: hosts, encryption, limits.
fn gateways(builder: &mut Builder<'_>) {
    let own = |(node, all): &(&String, &Vec<Difference>)| {
        let below = format!("{node}.");
        let counts = |it: &Difference| it.path.starts_with(&below) && !it.path.contains(".allow.");
        node.starts_with("gateway.") && all.iter().any(counts)
    };
    let nodes: Vec<String> = builder.differences.iter().filter(own).map(|(node, _)| node.clone()).collect();
    for node in nodes {
        let name = node.trim_start_matches("gateway.").to_string();
        let text = format!("change gateway `{name}`");
        let (phase, action, note) = (Phase::Switch, Action::Change, String::new());
        builder.step(Step { phase, action, node, name, text, note });
    }
}
