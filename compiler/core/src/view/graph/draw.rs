//! The graph as text that other tools draw: Mermaid flowcharts and DOT.

use super::{Edge, Graph, Kind, Node, NodeKind};
use std::fmt::Write as _;

/// Mermaid: `flowchart LR`, a shape for each kind of node, dotted arrows for what is not waited for.
pub fn mermaid(graph: &Graph) -> String {
    let mut out = String::from("flowchart LR\n");
    for (at, node) in graph.nodes.iter().enumerate() {
        let (open, close) = match node.kind {
            NodeKind::Service | NodeKind::Function => ("[", "]"),
            NodeKind::Resource => ("[(", ")]"),
            NodeKind::Topic | NodeKind::Queue => ("([", "])"),
            NodeKind::External => ("[[", "]]"),
            NodeKind::Gateway => ("{{", "}}"),
        };
        let _ = writeln!(out, "    n{at}{open}\"{}\"{close}", node.name);
    }
    for edge in &graph.edges {
        let Edge { from, to, .. } = edge;
        let arrow = if edge.hard { "-->" } else { "-.->" };
        let _ = writeln!(out, "    n{from} {arrow}|{}| n{to}", word(edge.kind));
    }
    out
}

/// DOT (graphviz.org, "The DOT Language").
pub fn dot(graph: &Graph, name: &str) -> String {
    let mut out = format!("digraph \"{name}\" {{\n    rankdir=LR;\n    node [fontname=\"sans-serif\"];\n");
    for Node { name, kind, .. } in &graph.nodes {
        let shape = match kind {
            NodeKind::Service | NodeKind::Function => "box",
            NodeKind::Resource => "cylinder",
            NodeKind::Topic | NodeKind::Queue => "ellipse",
            NodeKind::External => "box3d",
            NodeKind::Gateway => "hexagon",
        };
        let _ = writeln!(out, "    \"{}\" [shape={shape}, label=\"{name}\"];", key(*kind, name));
    }
    for edge in &graph.edges {
        let (from, to) = (&graph.nodes[edge.from as usize], &graph.nodes[edge.to as usize]);
        let style = if edge.hard { "solid" } else { "dashed" };
        let (from, to) = (key(from.kind, &from.name), key(to.kind, &to.name));
        let _ = writeln!(out, "    \"{from}\" -> \"{to}\" [label=\"{}\", style={style}];", word(edge.kind));
    }
    out.push_str("}\n");
    out
}

/// Kinds other than programs may share a name with one.
fn key(kind: NodeKind, name: &str) -> String {
    format!("{}/{name}", kind.word())
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Calls => "calls",
        Kind::Uses => "uses",
        Kind::Publishes => "publishes",
        Kind::Subscribes => "subscribes",
        Kind::CarriedBy => "on",
        Kind::Routes => "routes",
        Kind::Allows => "allows",
    }
}
