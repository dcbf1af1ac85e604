//! Prints how fast templates render, against minijinja alone over the same template. Run with `cargo bench -p bastide-core`.
#![allow(missing_docs)]
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench measures and prints"
)]

use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use bastide_template::{PackFile, Templates, TextOptions};
use minijinja::{Environment, context};
use std::time::Instant;

/// One stanza: 6 holes in about 500 bytes.
const STANZA: &str = "  - name: {{ service.name }}\n    image: {{ service.image }}\n    imagePullPolicy: IfNotPresent\n    ports:\n    - name: http\n      containerPort: {{ service.port }}\n      protocol: TCP\n    securityContext:\n      allowPrivilegeEscalation: false\n      readOnlyRootFilesystem: true\n      runAsNonRoot: true\n    env:\n    - name: LOG_LEVEL\n      value: {{ service.level }}\n    - name: ORDERS_URL\n      value: {{ service.url }}\n    command: {{ service.path }}\n    terminationMessagePath: /dev/termination-log\n";

fn main() {
    let scalars = STANZA.repeat(25);
    let blocks = scalars.replace("command: {{ service.path }}", "labels: {{ service.labels }}");
    let service = context! {
        name => "orders", image => "registry.example.com/shop/orders:2.1.0", port => 8080, level => "info",
        url => "http://orders.shop.svc:8080", path => "/app/orders",
        labels => context! { app => "shop", component => "api", version => "2.1.0" },
    };
    let context = context! { service => service };
    let mut env = Environment::new();
    env.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    env.add_template("a", &scalars).expect("a good template");
    let plain = env.get_template("a").expect("just added");
    measure("minijinja alone", || plain.render(&context).expect("renders").len());
    for (name, text) in [("scalars", &scalars), ("with blocks", &blocks)] {
        let (templates, sources) = load(text);
        let mut report = Report::default();
        measure(name, || {
            let text = templates.render("a.yaml.j2", context.clone(), &sources, &mut report);
            text.map_or(0, |text| text.len())
        });
    }
    measure("load", || {
        load(&scalars);
        scalars.len()
    });
}

fn load(text: &str) -> (Templates, Sources) {
    let mut sources = Sources::default();
    let file = PackFile { name: "a.yaml.j2".into(), file: sources.add("a.yaml.j2", text, Role::Pack) };
    let mut report = Report::default();
    let templates = Templates::load(&[file], &sources, &TextOptions::default(), &mut report);
    assert!(!report.denied(), "{report:?}");
    (templates, sources)
}

/// The best of several rounds, in megabytes of text a second.
fn measure(name: &str, mut run: impl FnMut() -> usize) {
    let mut best = f64::MAX;
    let mut bytes = 0;
    for _ in 0..20 {
        let start = Instant::now();
        bytes = (0..100).map(|_| run()).sum();
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{name:20} {:8.0} MB/s, {:6.1} us each", bytes as f64 / best / 1e6, best * 1e4);
}
