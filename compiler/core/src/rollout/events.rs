//! Messages: who may meet which schema. `BACKWARD` lets new readers read old messages, so readers move first; `FORWARD`
//! lets old readers read new ones, so writers do.

use super::Cause;
use super::builder::{Builder, Side, Unit};
use crate::contracts::history::EventStep;
use crate::model::messaging::Topic;
use crate::model::service::Service;
use bastide_contract::Mode;
use bastide_report::version;
use std::collections::{BTreeMap, BTreeSet};

/// Adds the constraints of all topics and queues whose messages change.
pub fn all(builder: &mut Builder<'_>) {
    let near = near(builder);
    for topic in &builder.new.0.topics {
        let Some(before) = builder.old.0.topic(&topic.name.value) else { continue };
        let newest = |it: &Topic| it.events.first().map(|event| event.version.value.clone());
        if newest(before) == newest(topic) || newest(before).is_none() {
            continue;
        }
        let units = near.get(&topic.name.value).map_or(&[][..], Vec::as_slice);
        let sides = [(Side::Old, before), (Side::New, topic)];
        for (writes, reads) in [(0, 1), (1, 0)] {
            pairs(builder, sides[writes], sides[reads], topic, units);
        }
        waits(builder, topic);
    }
}

/// The units that write or read each topic on either side.
fn near(builder: &Builder<'_>) -> BTreeMap<String, Vec<String>> {
    let mut near: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for unit in builder.units.values() {
        let services = [&unit.old, &unit.new].into_iter().flatten().map(|run| run.service);
        let topics: BTreeSet<&String> = services.flat_map(Service::topics).collect();
        topics.into_iter().for_each(|topic| near.entry(topic.clone()).or_default().push(unit.name.clone()));
    }
    near
}

/// Keeps writers of one side from readers of the other that cannot read them.
fn pairs(
    builder: &mut Builder<'_>,
    (written, from): (Side, &Topic),
    (read, to): (Side, &Topic),
    topic: &Topic,
    units: &[String],
) {
    let name = &topic.name.value;
    let units = || units.iter().map(|name| &builder.units[name]);
    let mode = mode(builder, topic, written);
    let (mut bad, mut own) = (vec![], vec![]);
    for writer in units() {
        let Some(wrote) = writes(writer, written, from) else { continue };
        for reader in units() {
            let Some(fits) = reads(reader, read, to, &wrote, mode) else { continue };
            if !fits && writer.name == reader.name {
                // One step cannot come before itself: its instances are replaced in turn.
                own.push(format!(
                    "`{}` reads the `{name}` it writes: while its instances are replaced, {}",
                    writer.name,
                    "old ones meet what new ones write; first release what reads both, then what writes anew"
                ));
            } else if !fits {
                bad.push((
                    writer.lifetime(written),
                    reader.lifetime(read),
                    why(topic, writer, reader, written),
                ));
            }
        }
    }
    builder.notes.extend(own);
    for (writer, reader, why) in bad {
        builder.exclude(writer, reader, &Cause::Event(name.clone()), &why);
    }
}

/// The version of the message that a workload writes on a side.
fn writes(unit: &Unit<'_>, side: Side, topic: &Topic) -> Option<String> {
    let run = unit.at(side)?;
    let publish = run.service.publishes.iter().find(|it| it.topic.value == topic.name.value)?;
    let newest = topic.events.first().map(|it| it.version.value.clone());
    publish.version.as_ref().map(|at| at.value.clone()).or(newest)
}

/// Whether a workload reads what was written; none if it does not read the topic.
fn reads(unit: &Unit<'_>, side: Side, topic: &Topic, wrote: &str, across: bool) -> Option<bool> {
    let run = unit.at(side).filter(|run| run.consumes)?;
    let read = run.service.subscribes.iter().find(|it| it.topic.value == topic.name.value)?;
    let range = read.version.as_ref().and_then(|at| version::range(&at.value));
    if let Some(range) = range {
        return Some(version::parse(wrote).is_none_or(|wrote| range.matches(&wrote)));
    }
    let own = topic.events.first().map(|it| it.version.value.as_str());
    Some(own == Some(wrote) || across)
}

/// Whether the mode lets readers of the other side read what this side writes: the declared one, else what the schemas
/// are, else the usual one.
fn mode(builder: &Builder<'_>, topic: &Topic, written: Side) -> bool {
    let mode = topic.events.first().and_then(|it| it.compatibility.as_ref());
    let same = |it: &&EventStep<'_>| it.old && it.nearest;
    let compared = builder.history.of_topic(&topic.name.value).find(same).and_then(|it| it.comparison);
    if let (None, Some(comparison)) = (mode, compared.filter(|it| it.looked())) {
        return comparison.holds(if written == Side::Old { Mode::Backward } else { Mode::Forward });
    }
    let mode = mode.map_or("backward", |at| at.value.as_str()).to_ascii_lowercase();
    let mode = mode.replace('_', "-");
    match mode.strip_suffix("-transitive").unwrap_or(&mode) {
        "full" => true,
        "forward" => written == Side::New,
        "none" => false,
        _ => written == Side::Old,
    }
}

fn why(topic: &Topic, writer: &Unit<'_>, reader: &Unit<'_>, written: Side) -> String {
    let mode = topic.events.first().and_then(|it| it.compatibility.as_ref());
    let mode = mode.map_or("backward", |at| at.value.as_str());
    let (new, old) = if written == Side::New { ("new", "old") } else { ("old", "new") };
    format!(
        "`{}` is {mode}: the {old} `{}` cannot read what the {new} `{}` writes",
        topic.name.value, reader.name, writer.name
    )
}

/// With `FORWARD` alone, new readers cannot read what is stored.
fn waits(builder: &mut Builder<'_>, topic: &Topic) {
    if !mode(builder, topic, Side::Old) && mode(builder, topic, Side::New) {
        builder.notes.insert(format!(
            "`{}` is forward: old messages must be read, or past their retention of {}, before its readers move",
            topic.name.value, topic.retention.value
        ));
    }
}
