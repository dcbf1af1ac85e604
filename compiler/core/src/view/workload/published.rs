//! Ports that a development machine publishes: where the spec says, and by itself what nothing of the spec leads to and what
//! is open to others, for a gateway is the way in of all else.

use super::Workload;
use crate::model::Model;
use crate::model::service::{HostPort, Service, transport};
use crate::tree::At;
use serde::Serialize;
use std::collections::BTreeSet;

/// A published port, or a range of them.
#[derive(Clone, Debug, Serialize)]
pub struct Published {
    /// Its name.
    pub name: String,
    /// What is spoken there.
    pub protocol: String,
    /// Port of the container; of a range the first.
    pub number: u16,
    /// Port of the container as compose writes it: `53/udp`, `10000-10020/udp`.
    pub container: String,
    /// Where the spec publishes it, address and port; a range that is published by itself has its own numbers.
    pub said: Option<String>,
    /// Port of this machine's loopback, unless a variable says another. 0 where the spec says it.
    pub host: u16,
}

/// Where ports begin that are published by themselves, and how many there are.
const SHARED: (u16, u64) = (20_000, 10_000);

/// Finds what each workload publishes.
pub fn publish(model: &Model, workloads: &mut [Workload]) {
    for workload in workloads.iter_mut().filter(|it| it.kind == "service" && it.newest) {
        workload.published = ports(model, workload);
    }
    let ways_in = model.gateways.iter().filter(|gateway| !gateway.out).map(|gateway| &gateway.publish);
    let mut taken: BTreeSet<u16> =
        ways_in.flat_map(|it| [it.http.value as u16, it.https.value as u16]).collect();
    let said = model.services.iter().flat_map(said).map(|(_, _, at)| at.value.ports);
    taken.extend(said.flat_map(|(first, last)| first..=last));
    for workload in workloads {
        for port in workload.published.iter_mut().filter(|it| it.said.is_none()) {
            port.host = by_name(&workload.name, &port.name, &taken);
            taken.insert(port.host);
        }
    }
}

/// What a service says it publishes: protocol, number and where.
pub fn said(service: &Service) -> impl Iterator<Item = (&str, u16, &At<HostPort>)> {
    let apis =
        service.apis.iter().filter_map(|it| Some(("http", it.port.value as u16, it.publish.as_ref()?)));
    let ports = service.run.ports.iter();
    apis.chain(ports.filter_map(|it| Some((it.protocol.as_str(), it.number, it.publish.as_ref()?))))
}

/// The ports of a workload that are published.
fn ports(model: &Model, workload: &Workload) -> Vec<Published> {
    let Some(service) = model.service(&workload.service) else { return vec![] };
    let reached = workload.is_reached();
    let apis = service.apis.iter().map(|it| (it.port.value as u16, "TCP", it.from.is_some()));
    let own = service.run.ports.iter().map(|it| (it.number, it.transport(), it.open()));
    let open: BTreeSet<(u16, &str)> =
        apis.chain(own).filter(|(.., open)| *open || !reached).map(|(number, by, _)| (number, by)).collect();
    let one = |port: &super::PortView| {
        let mut all = said(service);
        let own =
            all.find(|(protocol, number, _)| *number == port.number && transport(protocol) == port.transport);
        let range = port.to > port.number;
        let numbers = if range { format!("{}-{}", port.number, port.to) } else { port.number.to_string() };
        let itself = open.contains(&(port.number, port.transport));
        let said = match own {
            Some((.., at)) => Some(at.value.host.clone()),
            None if itself && range => Some(format!("127.0.0.1:{numbers}")),
            None if itself => None,
            None => return None,
        };
        let container = if port.transport == "UDP" { format!("{numbers}/udp") } else { numbers };
        let (name, protocol) = (port.name.clone(), port.protocol.clone());
        Some(Published { name, protocol, number: port.number, container, said, host: 0 })
    };
    workload.ports.iter().filter_map(one).collect()
}

/// A port that follows from the names alone, so that nothing that is added moves it.
fn by_name(service: &str, port: &str, taken: &BTreeSet<u16>) -> u16 {
    let letters = service.bytes().chain([b'.']).chain(port.bytes());
    let sum = letters
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let from = |step: u64| SHARED.0 + ((sum.wrapping_add(step)) % SHARED.1) as u16;
    (0..SHARED.1).map(from).find(|port| !taken.contains(port)).unwrap_or(SHARED.0)
}
