//! What comparing and planning cost, beside resolving what is compared: 1,000 services, one in a hundred changed.
//!
//! Repeat with `cargo bench -p bastide-core --bench diff`. Each time is the least of several runs.
#![allow(
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench measures time and says what it saw"
)]

use bastide_core::contracts::history::History;
use bastide_core::diff::compare;
use bastide_core::model::Model;
use bastide_core::resolve::{Inputs, Keep, resolve};
use bastide_core::rollout::rollout;
use bastide_core::spec::{self, Spec};
use bastide_core::view::Views;
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use bastide_syntax::parse;
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Services of the spec.
const COUNT: usize = 1_000;

fn main() {
    let (old, new) = (read(&text(false)), read(&text(true)));
    let models = [&old, &new].map(model);
    let views = [Views::of(&models[0]), Views::of(&models[1])];
    let sides = [(&models[0], &views[0]), (&models[1], &views[1])];
    let resolving = least(5, || {
        black_box((model(&old), model(&new)));
    });
    let viewing = least(5, || {
        black_box((Views::of(&models[0]), Views::of(&models[1])));
    });
    let comparing = least(5, || {
        black_box(compare(&[sides[0]], &[sides[1]], &[]));
    });
    let gate = History::default();
    let planning = least(5, || {
        black_box(rollout(sides[0], sides[1], &gate));
    });
    let found = compare(&[sides[0]], &[sides[1]], &[]).differences.len();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{COUNT} services, {found} differences");
    println!("resolve both   {:8.1} ms", ms(resolving));
    println!("views of both  {:8.1} ms", ms(viewing));
    println!("diff           {:8.1} ms, {:.2} times resolve", ms(comparing), ms(comparing) / ms(resolving));
    println!("plan           {:8.1} ms", ms(planning));
}

fn least(runs: usize, mut run: impl FnMut()) -> Duration {
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn read(text: &str) -> Spec {
    let (mut sources, mut spec, mut report) = (Sources::default(), Spec::default(), Report::default());
    let file = sources.add("bastide.kdl", text, Role::Spec);
    let source = sources.get(file);
    let document = parse(file, &source.text, &mut report);
    spec::read(&mut spec, source, &document, &mut report);
    spec
}

fn model(spec: &Spec) -> Model {
    let mut report = Report::default();
    let model = resolve(spec.clone(), "prod", &Inputs::default(), Keep::Tree, &mut report).unwrap();
    assert!(!report.denied(), "the spec of the bench is whole: {:?}", report.findings.first());
    model
}

fn text(changed: bool) -> String {
    let mut text =
        String::from("app \"large\" version=\"1.0.0\"\nenvironment \"prod\" platform=\"kubernetes\"\n");
    let mut routes = String::new();
    for at in 0..COUNT {
        let minor = if changed && at % 100 == 0 { 5 } else { 4 };
        let next = (at + 1) % COUNT;
        write!(
            text,
            "service \"svc-{at}\" {{
    image \"x/svc-{at}:1\"
    api \"svc-{at}\" port=8080 {{ version \"1.{minor}.0\" }}
    calls \"svc-{next}\" version=\"^1.{minor}\" timeout=\"1s\" soft=#true
    env {{ LOG_LEVEL \"info\"; FEATURE_{at} \"on\"; REGION \"eu-central-1\"; CACHE_TTL \"300\" }}
    resources cpu=\"250m\" memory=\"256Mi\"
    health live=\"/livez\" ready=\"/readyz\" startup=\"30s\"
    shutdown delay=\"10s\" grace=\"30s\"
    scale min=2 max=6 cpu=\"70%\" pool=10
    user 65532
    slo availability=\"99.9%\" window=\"30d\"
}}\n"
        )
        .unwrap();
        writeln!(routes, "    route \"/svc-{at}\" to=\"svc-{at}\" {{ public; timeout \"2s\"; retries 1 }}")
            .unwrap();
    }
    format!("{text}gateway \"public\" {{\n    host \"api.example\"\n{routes}}}\n")
}
