//! Ports that are opened to the outside of the cluster: a Service for all of one kind and with the same sources, so that
//! TCP and UDP have one address.

use super::PortView;
use crate::model::service::{Port, Run};
use serde::Serialize;

/// A Service that opens ports to the outside.
#[derive(Clone, Debug, Serialize)]
pub struct Exposed {
    /// `NAME-load-balancer`; a second one of a kind ends in the name of its first port.
    pub name: String,
    /// `LoadBalancer` or `NodePort`.
    pub kind: &'static str,
    /// Its ports, each with the one at which it is asked, and the port of every machine if one is chosen.
    pub ports: Vec<(PortView, i64, Option<i64>)>,
    /// Addresses that may come in; all if there are none.
    pub sources: Vec<String>,
    /// The address of the client is kept: a load balancer knows who answers, sources are told by it, and what comes without
    /// a connection has no other name.
    pub local: bool,
}

/// The Services of a workload that open ports to the outside, in the order of its ports.
pub(super) fn exposed(name: &str, run: &Run, views: &[PortView]) -> Vec<Exposed> {
    let mut all: Vec<Exposed> = vec![];
    for port in &run.ports {
        let Some((kind, word)) = kind(port) else { continue };
        let same = |it: &&PortView| it.number == port.number && it.transport == port.transport();
        let Some(view) = views.iter().find(same) else { continue };
        let entry = (view.clone(), port.outer(), port.node_port.map(|at| at.value));
        let local = kind == "LoadBalancer" || !port.sources.is_empty() || port.transport() == "UDP";
        match all.iter_mut().find(|it| it.kind == kind && it.sources == port.sources) {
            Some(own) => {
                own.ports.push(entry);
                own.local |= local;
            }
            None => {
                let second = all.iter().any(|it| it.kind == kind);
                let name =
                    if second { format!("{name}-{word}-{}", port.name) } else { format!("{name}-{word}") };
                let (sources, ports) = (port.sources.clone(), vec![entry]);
                all.push(Exposed { name, kind, ports, sources, local });
            }
        }
    }
    all
}

fn kind(port: &Port) -> Option<(&'static str, &str)> {
    let word = &port.expose.as_ref()?.value;
    match word.as_str() {
        "load-balancer" => Some(("LoadBalancer", word)),
        "node-port" => Some(("NodePort", word)),
        _ => None,
    }
}
