//! Specs of any size for the benches: about 0.7 KB a service, the same text for the same numbers.

use std::fmt::Write;
use std::path::Path;
use std::{fs, io};

/// How services call one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Layers of twenty services, five layers above one another; each service calls two of the next layer.
    Layered,
    /// Each calls the next one: the deepest graph there is. No timeouts fit such a chain, so their rule is off.
    Chain,
    /// Each calls every other one: the densest graph there is. That all of them wait in circles is allowed.
    Complete,
}

/// Services in a layer.
const LAYER: usize = 20;
/// Layers above one another.
const DEPTH: usize = 5;

/// The text of a spec of `count` services.
pub fn text(count: usize, shape: Shape) -> String {
    let mut out = String::from(
        "app \"large\" version=\"1.0.0\" { images \"registry.example.com/large\"; owner \"team\" contact=\"#team\" }\n\
         environment \"prod\" platform=\"kubernetes\"\n\
         resource \"events\" type=\"kafka\"\n",
    );
    if shape == Shape::Chain {
        out.push_str("lint \"timeout-inversion\" level=\"allow\" because=\"a chain without an end\"\n");
    }
    if shape == Shape::Complete {
        out.push_str("lint \"sync-cycle\" level=\"allow\" because=\"a graph of all calls\"\n");
    }
    for at in 0..count {
        service(&mut out, at, count, shape).expect("writing to a string succeeds");
    }
    out
}

fn service(out: &mut String, at: usize, count: usize, shape: Shape) -> std::fmt::Result {
    let group = at / 10;
    write!(
        out,
        "service \"svc-{at}\" {{
    build \"services/svc-{at}\"
    api \"svc-{at}\" port=8080 {{ version \"1.{minor}.0\" }}
    env {{ LOG_LEVEL \"info\"; FEATURE_{at} \"on\"; REGION \"eu-central-1\"; CACHE_TTL \"300\"; OTEL_SERVICE_NAMESPACE \"large\"; OTEL_TRACES_SAMPLER \"parentbased_always_on\"; SHUTDOWN_GRACE \"15s\" }}
    resources cpu=\"250m\" memory=\"256Mi\"
    health live=\"/livez\" ready=\"/readyz\" startup=\"30s\"
    scale min=2 max=6 cpu=\"70%\"
    slo availability=\"99.9%\" window=\"30d\"
",
        minor = at % 10,
    )?;
    let timeout = 1_000 * (DEPTH - at / LAYER % DEPTH);
    for called in calls(at, count, shape) {
        writeln!(out, "    calls \"svc-{called}\" version=\"^1\" timeout=\"{timeout}ms\" soft=#true")?;
    }
    match at % 10 {
        0 => writeln!(out, "    uses \"db-{group}\"\n    publishes \"t-{group}\" outbox=#true")?,
        1 => writeln!(out, "    subscribes \"t-{group}\" idempotent-by=\"id\"")?,
        _ => {}
    }
    out.push_str("}\n");
    if at.is_multiple_of(10) {
        writeln!(
            out,
            "resource \"db-{group}\" type=\"postgres\" version=\"16\" {{ replicas 3; storage \"10Gi\"; backup schedule=\"0 3 * * *\" keep=\"14d\" }}"
        )?;
        writeln!(
            out,
            "topic \"t-{group}\" on=\"events\" {{ key \"id\"; partitions 12; dead-letter after=5; event \"1.0.0\" }}"
        )?;
    }
    Ok(())
}

fn calls(at: usize, count: usize, shape: Shape) -> Vec<usize> {
    let next = (at / LAYER + 1) * LAYER;
    let called = match shape {
        Shape::Chain => vec![at + 1],
        Shape::Complete => (0..count).filter(|called| *called != at).collect(),
        Shape::Layered if at / LAYER % DEPTH == DEPTH - 1 => vec![],
        Shape::Layered => vec![next + (at * 7) % LAYER, next + (at * 7 + 3) % LAYER],
    };
    called.into_iter().filter(|called| *called < count).collect()
}

/// Writes the spec and the folders its services are built from.
pub fn project(folder: &Path, count: usize, shape: Shape) -> io::Result<()> {
    for at in 0..count {
        fs::create_dir_all(folder.join(format!("services/svc-{at}")))?;
    }
    fs::write(folder.join("bastide.kdl"), text(count, shape))
}
