//! `port`: what a container listens on beside its apis, and how it is reached from elsewhere.

use crate::form::{name, network};
use crate::model::service::{HostPort, Port};
use crate::schema::{Need, Prop, Schema, Type, clash, keyed, prop, required};
use crate::tree::{At, Item};

/// `from` of a `port` or an `api`.
pub const FROM: Prop = prop(
    "from",
    Type::Word("namespace cluster anywhere"),
    "Who may reach it beside those the spec names: all pods of the namespace, of the cluster, or everybody. Compose publishes it on this machine's loopback.",
);

/// `publish` of a `port` or an `api`.
pub const PUBLISH: Prop = prop(
    "publish",
    Type::Form(&network::PUBLISH),
    "Where compose publishes it: `\"127.0.0.1:8443\"` on this machine alone, `\"0.0.0.0:53\"` for everybody who reaches the machine; so does a port without an address. Without it a port that nothing of the spec leads to is published on the loopback, at a port that follows from its name.",
);

const NUMBER: Prop = required("number", Type::Int(1, 65_535), "Port; the first of a range.");
const PROTOCOL: Prop =
    prop("protocol", Type::Word("http grpc tcp udp"), "What is spoken there; `tcp` by default.");

/// `port` of a service.
pub const SCHEMA: Schema = OF_A_CONTAINER
    .props(&[
        NUMBER,
        prop("to", Type::Int(1, 65_535), "Last port of a range: `number=10000 to=10020`."),
        PROTOCOL,
        FROM,
        PUBLISH,
        prop(
            "expose",
            Type::Word("load-balancer node-port cluster"),
            "How a cluster opens it: by a load balancer, at a port of every machine, or to all pods of the cluster. Ports of one kind and with the same sources share a Service, TCP and UDP too. A load balancer keeps the address of the client: machines without an instance do not answer. Compose publishes it as `from` does.",
        ),
        prop(
            "sources",
            Type::Form(&network::RANGES),
            "Addresses that may come in from outside the cluster: `\"10.0.0.0/8\"`; all by default.",
        ),
        prop(
            "at",
            Type::Int(1, 65_535),
            "Port at which the load balancer is asked, or the Service that opens a port of each machine: `number=8080 at=80`; its own by default.",
        ),
        prop(
            "node-port",
            Type::Int(30_000, 32_767),
            "Port of every machine of the cluster; by default the cluster chooses one.",
        ),
    ])
    .needs(&[
        Need { when: "sources", one_of: "expose", without: "does not say how they come in" },
        Need { when: "at", one_of: "expose", without: "does not say who is asked at it" },
        Need { when: "node-port", one_of: "expose", without: "does not say that machines open it" },
    ])
    .clashes(&[
        clash("expose=cluster", "sources at node-port", "nothing leads there from outside the cluster"),
        clash("to", "at node-port", "a range has its own ports"),
    ]);

/// `port` of a sidecar or a resource type.
pub const OF_A_CONTAINER: Schema = keyed(
    "port",
    Type::Form(&name::PORT),
    "A further port the container listens on: `port \"metrics\" number=9090`.",
)
.props(&[NUMBER, PROTOCOL, FROM]);

/// Reads a port.
pub fn read(part: &Item) -> Port {
    Port {
        name: part.key_text(),
        number: part.int("number").map_or(0, |at| at.value as u16),
        to: part.int("to"),
        protocol: part.text("protocol").unwrap_or_else(|| "tcp".into()),
        from: part.text("from"),
        publish: read_publish(part),
        expose: part.text_at("expose"),
        sources: part.text("sources").map(|text| network::RANGES.parts(&text)).unwrap_or_default(),
        at: part.int("at"),
        node_port: part.int("node-port"),
        origin: part.origin,
    }
}

/// Reads where a port or an api is published.
pub fn read_publish(part: &Item) -> Option<At<HostPort>> {
    let at = part.text_at("publish")?;
    let (address, ports, inner) = network::publish(&at.value).ok()?;
    let behind = inner.and_then(|_| at.value.rfind(':')).unwrap_or(at.value.len());
    let host = at.value[..behind].to_string();
    Some(at.map(|_| HostPort { host, address, ports, inner }))
}
