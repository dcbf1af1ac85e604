//! Ports that a development machine publishes. A gateway is the way in; a service that nothing of the spec leads to would
//! have none, and a port that is open to others than the spec names is published, too.

use super::Workload;
use crate::model::Model;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A published port.
#[derive(Clone, Debug, Serialize)]
pub struct Published {
    /// Its name.
    pub name: String,
    /// Port of the container.
    pub number: u16,
    /// Port of the machine, unless a variable says another.
    pub host: u16,
}

/// Where ports begin that several ask for, and how many there are.
const SHARED: (u16, u64) = (20_000, 10_000);

/// Finds what each workload publishes.
pub fn publish(model: &Model, workloads: &mut [Workload]) {
    for workload in workloads.iter_mut().filter(|it| it.kind == "service" && it.newest) {
        workload.published = ports(model, workload);
    }
    let ways_in = model.gateways.iter().filter(|gateway| !gateway.out).map(|gateway| &gateway.publish);
    let mut taken: BTreeSet<u16> =
        ways_in.flat_map(|it| [it.http.value as u16, it.https.value as u16]).collect();
    let mut asked: BTreeMap<u16, usize> = BTreeMap::new();
    let all = |workloads: &mut [Workload], each: &mut dyn FnMut(&str, &mut Published)| {
        for workload in workloads {
            workload.published.iter_mut().for_each(|port| each(&workload.name, port));
        }
    };
    all(workloads, &mut |_, port| *asked.entry(port.host).or_default() += 1);
    let own = |port: &Published, taken: &BTreeSet<u16>| asked[&port.host] == 1 && !taken.contains(&port.host);
    all(workloads, &mut |_, port| {
        if own(port, &taken) {
            taken.insert(port.host);
        } else {
            port.host = 0;
        }
    });
    all(workloads, &mut |service, port| {
        if port.host == 0 {
            port.host = by_name(service, &port.name, &taken);
            taken.insert(port.host);
        }
    });
}

/// The ports of a workload that are published, each wished for under its own number: no program may take those below 1024
/// without more rights, so they stand 8000 higher.
fn ports(model: &Model, workload: &Workload) -> Vec<Published> {
    let Some(service) = model.service(&workload.service) else { return vec![] };
    let reached = workload.inbound.iter().any(|peer| matches!(peer.kind.as_str(), "workload" | "gateway"));
    let apis = service.apis.iter().map(|it| (it.port.value as u16, it.from.is_some()));
    let ports = service.run.ports.iter().map(|it| (it.number, it.from.is_some()));
    let wanted: BTreeSet<u16> =
        apis.chain(ports).filter(|(_, open)| *open || !reached).map(|(number, _)| number).collect();
    let one = |number: u16| if number < 1_024 { 8_000 + number } else { number };
    let wanted = workload.ports.iter().filter(|port| wanted.contains(&port.number));
    wanted
        .map(|port| Published { name: port.name.clone(), number: port.number, host: one(port.number) })
        .collect()
}

/// A port that follows from the names alone, so that another service does not move it.
fn by_name(service: &str, port: &str, taken: &BTreeSet<u16>) -> u16 {
    let letters = service.bytes().chain([b'.']).chain(port.bytes());
    let sum = letters
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let from = |step: u64| SHARED.0 + ((sum.wrapping_add(step)) % SHARED.1) as u16;
    (0..SHARED.1).map(from).find(|port| !taken.contains(port)).unwrap_or(SHARED.0)
}
