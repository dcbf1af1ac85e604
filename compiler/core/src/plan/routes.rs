//! Requests of clients: they are led to a workload only while it serves what they ask for.

use super::draft::{Draft, When};
use super::need::Life;
use super::{Act, Phase, Step, Tie};
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
pub fn all(draft: &mut Draft<'_>) {
    let mut groups: BTreeMap<(String, Target, Target, bool), Vec<Requests<'_>>> = BTreeMap::new();
    for it in requests(draft.old, draft.new) {
        let [old, new] = targets(&it);
        let moves = moves(&it);
        groups.entry((it.gateway.to_string(), old, new, moves)).or_default().push(it);
    }
    for ((gateway, old, new, moves), requests) in groups {
        let step = moves.then(|| {
            let step = step(&gateway, &requests, &new);
            draft.step(step)
        });
        for it in &requests {
            constrain(draft, it, step, [&old, &new]);
        }
    }
    gateways(draft);
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
    let (phase, act, text) = match new {
        _ if gone => (Phase::Contract, Act::Remove, format!("take {shown}{more} from gateway `{gateway}`")),
        Some((to, _)) if fresh => (Phase::Switch, Act::Route, format!("open {shown}{more} to `{to}`")),
        Some((to, _)) => (Phase::Switch, Act::Route, format!("lead {shown}{more} to `{to}`")),
        None => (Phase::Switch, Act::Route, format!("change {shown}{more}")),
    };
    let name = format!("{gateway} {name}");
    Step { phase, act, node: format!("gateway.{gateway}"), name, text, note: String::new() }
}

fn constrain(draft: &mut Draft<'_>, it: &Requests<'_>, step: Option<usize>, targets: [&Target; 2]) {
    let tie = Tie::Route(it.words.clone());
    for (when, rule, target) in [(When::Before, it.old, targets[0]), (When::After, it.new, targets[1])] {
        let life = match (step, when) {
            (None, _) => Life::ALWAYS,
            (Some(step), When::Before) => Life::until(step),
            (Some(step), When::After) => Life::from(step),
        };
        let (Some(rule), Some((cluster, line))) = (rule, target) else { continue };
        let wanted = line.and(rule.version.as_deref());
        let need = wanted.map_or_else(|| format!("`{cluster}`"), |it| format!("`{cluster}` {it}"));
        let why = format!("`{}` is led to {need}", it.words);
        require(draft, life, (cluster, *line), &tie, &why);
        // Shares, copies and parts ask for no version.
        let parts = rule.aggregate.iter().flat_map(|join| join.parts.iter().map(|part| &part.from));
        let others = rule.split.iter().map(|(name, ..)| name).chain(rule.mirror.iter().map(|(name, _)| name));
        for other in others.chain(parts).filter(|other| *other != cluster) {
            let why = format!("`{}` also asks `{other}`", it.words);
            require(draft, life, (other, None), &tie, &why);
        }
    }
    if let (Some(rule), None) = (it.new.or(it.old), targets[1].as_ref().or(targets[0].as_ref())) {
        let parts = rule.aggregate.iter().flat_map(|join| join.parts.iter().map(|part| part.from.clone()));
        for part in parts.collect::<Vec<_>>() {
            let life = step.filter(|_| it.old.is_none()).map_or(Life::ALWAYS, Life::from);
            let why = format!("`{}` asks `{part}`", it.words);
            require(draft, life, (&part, None), &tie, &why);
        }
    }
}

/// While requests are led to a workload, it must run and serve their line.
fn require(draft: &mut Draft<'_>, who: Life, (cluster, line): (&str, Line), tie: &Tie, why: &str) {
    let Some(unit) = draft.units.get(cluster) else { return };
    let fits = |when: &When| {
        unit.at(*when).is_some_and(|run| {
            let served = (0..run.service.apis.len()).filter_map(|api| served(run, api));
            let mut lines = served.map(|it| version::line(&it.semver));
            line.is_none_or(|line| lines.any(|own| own == line))
        })
    };
    let sides = [When::Before, When::After].into_iter().filter(fits);
    let providers: Vec<Life> = sides.map(|when| unit.life(when)).collect();
    if !providers.is_empty() {
        draft.need(who, &providers, tie, why);
    }
}

/// What else changes at a gateway: hosts, encryption, limits.
fn gateways(draft: &mut Draft<'_>) {
    let mut nodes: Vec<String> = draft
        .differences
        .iter()
        .filter(|it| it.node.starts_with("gateway.") && it.path.starts_with(&format!("{}.", it.node)))
        .filter(|it| !it.path.contains(".allow."))
        .map(|it| it.node.clone())
        .collect();
    nodes.dedup();
    for node in nodes {
        let name = node.trim_start_matches("gateway.").to_string();
        let text = format!("change gateway `{name}`");
        let (phase, act, note) = (Phase::Switch, Act::Change, String::new());
        draft.step(Step { phase, act, node, name, text, note });
    }
}
