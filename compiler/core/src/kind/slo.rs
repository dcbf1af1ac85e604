//! `slo`: what is promised, over which window.

use crate::model::Slo;
use crate::schema::{Need, Schema, Type, need, node, prop};
use crate::tree::{At, Item};
use bastide_report::units::{Duration, Share};

/// The node.
pub const SCHEMA: Schema =
    node("slo", "What is promised to callers: availability, latency, or both, over a rolling window.")
        .props(&[
            prop("availability", Type::Share(7), "Share of requests answered without a fault."),
            prop("latency", Type::Lasting, "Time within which requests are answered."),
            prop(
                "at",
                Type::Word("p50 p90 p95 p99 p99.9"),
                "Share of requests that answer within `latency`; `p99` by default.",
            ),
            prop("window", Type::Lasting, "Rolling window; `30d` by default."),
            prop("rate", Type::Rate, "Expected requests: lets low-traffic alerts and canaries be judged."),
        ])
        .needs(&[
            need("availability latency rate", "promises nothing"),
            Need {
                when: "at",
                one_of: "latency",
                without: "says of how many requests, but not of what time",
            },
        ]);

/// Reads a promise.
pub fn read(item: &Item, parent: &str) -> Slo {
    let latency = item.duration("latency");
    let quantile = item.text_at("at").and_then(|at| {
        let share = Share::parse(&format!("{}%", at.value.trim_start_matches('p')))?;
        Some(At { value: share, origin: at.origin })
    });
    let p99 = latency.map(|at| At { value: Share(990_000_000), origin: at.origin.derived() });
    let window = item.duration("window");
    Slo {
        at: item.path_in(parent),
        availability: item.share("availability"),
        latency,
        quantile: if latency.is_some() { quantile.or(p99) } else { None },
        window: window.unwrap_or(At { value: Duration(30 * 86_400_000), origin: item.origin.derived() }),
        rate: item.rate("rate"),
    }
}
