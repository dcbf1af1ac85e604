//! Ports of a program, from where they are reached, and what the program reaches outside.

use crate::tree::{At, Origin};
use serde::Serialize;

/// A port, or a range of them.
#[derive(Clone, Debug, Serialize)]
pub struct Port {
    /// Name.
    pub name: String,
    /// Its number; of a range the first.
    pub number: u16,
    /// Last number of a range, as written.
    pub to: Option<At<i64>>,
    /// `http`, `grpc`, `tcp` or `udp`.
    pub protocol: String,
    /// Who may reach it beside those the spec names: `namespace`, `cluster` or `anywhere`.
    pub from: Option<String>,
    /// Where a development machine publishes it.
    pub publish: Option<At<HostPort>>,
    /// How the cluster opens it: `cluster`, `load-balancer` or `node-port`.
    pub expose: Option<At<String>>,
    /// Addresses that may come in so; all of them if none is written.
    pub sources: Vec<String>,
    /// Port at which the load balancer is asked, if another than its own.
    pub at: Option<At<i64>>,
    /// Port of each machine of the cluster.
    pub node_port: Option<At<i64>>,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}

impl Port {
    /// The port at which it is asked from outside the cluster.
    pub fn outer(&self) -> i64 {
        self.at.map_or(self.number.into(), |at| at.value)
    }

    /// The last number of the range; of one port its own.
    pub fn last(&self) -> u16 {
        self.to.map_or(self.number, |at| self.number.max(at.value as u16))
    }

    /// `TCP` or `UDP`.
    pub fn transport(&self) -> &'static str {
        transport(&self.protocol)
    }

    /// Who may reach it beside those the spec names, by `from` or `expose`.
    pub fn open(&self) -> bool {
        self.from.is_some() || self.expose.is_some()
    }
}

/// What carries a protocol.
pub fn transport(protocol: &str) -> &'static str {
    if protocol == "udp" { "UDP" } else { "TCP" }
}

/// Where a development machine publishes a port.
#[derive(Clone, Debug, Serialize)]
pub struct HostPort {
    /// As it is written, without a port of the container.
    pub host: String,
    /// Address of the machine; every one if none is written.
    pub address: Option<String>,
    /// First and last port of the machine.
    pub ports: (u16, u16),
    /// First and last port of the container, where they are written too.
    pub inner: Option<(u16, u16)>,
}

/// What a program reaches outside that is no external.
#[derive(Clone, Debug, Serialize)]
pub struct Egress {
    /// Its path in the spec.
    pub at: String,
    /// `any`, `none`, a host, or a range of addresses.
    pub to: At<String>,
    /// The range, if it is one.
    pub range: Option<String>,
    /// Port there; every one if none is said.
    pub port: Option<u16>,
    /// `TCP` or `UDP`; both if neither is said.
    pub transport: Option<&'static str>,
}
