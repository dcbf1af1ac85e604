//! How fast the reader is: megabytes a second, and how many times the speed of the `kdl` crate on the same text.
//!
//! Repeat with `cargo bench -p bastide-core --bench reader`. The text is made here: ten thousand services of about
//! 1 KB, as in the design's example. Each reader's time is the least of its runs; nothing else should be running.
#![allow(
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a bench measures time and says what it saw"
)]

use bastide_report::finding::Report;
use bastide_report::source::FileId;
use bastide_syntax::parse;
use std::hint::black_box;
use std::time::{Duration, Instant};

fn main() {
    let text: String = (0..10_000).map(service).collect();
    let megabytes = text.len() as f64 / 1e6;
    let mut report = Report::default();
    let document = parse(FileId(0), &text, &mut report);
    assert!(report.findings.is_empty(), "the text of the bench is whole: {:?}", report.findings.first());
    let held = document.heap_bytes() as f64 / text.len() as f64;
    drop(document);
    let own = least(20, || {
        black_box(parse(FileId(0), black_box(&text), &mut Report::default()));
    });
    let other = least(2, || {
        black_box(kdl::KdlDocument::parse_v2(black_box(&text)).is_ok());
    });
    let rate = |time: Duration| megabytes / time.as_secs_f64();
    println!("text           {megabytes:.2} MB");
    println!("bastide reader {:8.1} MB/s, holds {held:.2} bytes per byte of text", rate(own));
    println!("kdl crate      {:8.1} MB/s", rate(other));
    println!("ratio          {:8.1}", other.as_secs_f64() / own.as_secs_f64());
}

fn least(runs: usize, mut run: impl FnMut()) -> Duration {
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn service(number: usize) -> String {
    let port = 8000 + number % 1000;
    format!(
        r##"service "orders-{number}" {{
    build "services/orders-{number}"                 // or: image "registry.example.com/orders:2.1.0"
    api "orders" contract="contracts/orders.openapi.yaml" port={port} {{
        version "2.1.0"
        version "1.9.2" contract="contracts/orders-v1.openapi.yaml" deprecated="2026-09-01" sunset="2027-03-01"
    }}
    uses "orders-db"                                 // backing service as attached resource
    calls "payments" version="^1.4" timeout="800ms" retries=2
    calls "catalog" soft=#true                       // survives without it
    publishes "order-placed"
    subscribes "payment-settled" idempotent-by="eventId" emits="order-confirmed"
    env {{ LOG_LEVEL "info"; DATABASE_URL "${{orders-db.url}}"; GREETING "hello\n{number}" }}
    secret "STRIPE_KEY" from="shop/stripe#key"
    health live="/livez" ready="/readyz"
    scale min=2 max=8 cpu="70%"
    slo availability="99.9%" latency="100ms" at="p99" window="30d"
    job "migrate" run="before-release" command="orders migrate"
}}
"##
    )
}
