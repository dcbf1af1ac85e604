//! `egress`: what a program needs from outside that is no external.

use crate::form::network;
use crate::model::service::Egress;
use crate::schema::{Mark, Repeat, Schema, Type, names, prop};
use crate::tree::Item;

/// The node.
pub const SCHEMA: Schema = names(
    "egress",
    Type::Form(&network::OUTSIDE),
    "What it needs from outside and nobody declares as an `external`: `egress \"any\"` is every address, of the internet and of the networks around, \
     `egress \"api.example.com\"` a host, `egress \"10.1.0.0/16\" port=5432` addresses. Without it only \
     what is declared is reached. What a service writes stands in place of what its archetype says; \
     `egress \"none\"` closes it. A job without one has that of its service.",
)
.repeat(Repeat::Many(&[Mark::Prop("port", ""), Mark::Prop("protocol", "")]))
.props(&[
    prop("port", Type::Int(1, 65_535), "Port there; 443 of a host by default, else every port."),
    prop("protocol", Type::Word("tcp udp"), "What carries it; of a port `tcp` by default, else both."),
]);

/// Reads what a node needs from outside.
pub fn read(item: &Item, parent: &str) -> Vec<Egress> {
    item.all("egress").map(|part| one(part, parent)).collect()
}

fn one(part: &Item, parent: &str) -> Egress {
    let to = part.name();
    let range = network::addresses(&to.value);
    let host = range.is_none() && !matches!(to.value.as_str(), "any" | "none");
    let port = part.int("port").map(|at| at.value as u16).or(host.then_some(443));
    let said = part.text("protocol").map(|it| crate::model::service::transport(&it));
    Egress { at: part.path_in(parent), to, range, port, transport: said.or(port.map(|_| "TCP")) }
}
