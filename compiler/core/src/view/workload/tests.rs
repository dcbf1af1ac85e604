//! What keeps each workload running.

use crate::resolve::{Inputs, Keep, resolve};
use crate::spec::{self, Spec};
use crate::view::Views;
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};

const SPEC: &str = r#"app "shop" version="1.0.0"
service "orders" {
    build "orders"
    api "orders" port=8080 {
        version "2.0.0"
        version "1.0.0"
    }
    job "migrate" run="before-release" command="migrate"
    job "expire" schedule="*/15 * * * *" command="expire"
}
service "mailer" { build "mailer" }
service "files" {
    build "files"
    api "files" port=8080 { version "1.0.0" }
    volume "/data" size="1Gi"
}
function "thumbnail" {
    build "thumbnail"
    on topic="uploads"
}
resource-type "bus" { class "broker" }
resource "events" type="bus" { external host="bus.example" }
topic "uploads" on="events"
function "report" {
    build "report"
    on schedule="0 3 * * *"
}
"#;

/// Names and controllers of the workloads and jobs, where the environment and the delivery are these.
fn controllers(environment: &str, delivery: &str) -> String {
    let text = format!("{SPEC}environment \"prod\" platform=\"kubernetes\" {environment}\n{delivery}\n");
    let (mut sources, mut report, mut spec) = (Sources::default(), Report::default(), Spec::default());
    let file = sources.add("bastide.kdl", text.as_str(), Role::Spec);
    let document = bastide_syntax::parse(file, &text, &mut report);
    spec::read(&mut spec, sources.get(file), &document, &mut report);
    let model = resolve(spec, "prod", &Inputs::default(), Keep::Nothing, &mut report).expect("a model");
    assert!(report.findings.is_empty(), "{report:#?}");
    let views = Views::of(&model);
    let jobs = views.jobs.iter().map(|job| &job.workload);
    let one = |it: &super::Workload| format!("{} {}", it.name, it.controller);
    views.workloads.iter().chain(jobs).map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn each_workload_has_one_controller() {
    let steady = "files statefulset, mailer deployment, orders deployment, orders-v1 deployment, report cronjob, \
        thumbnail deployment, orders-expire cronjob, orders-migrate job";
    let canary = "delivery { rollout \"canary\" steps=\"5% 50%\" pause=\"10m\" }";
    assert_eq!(controllers("", ""), steady);
    assert_eq!(controllers("", canary), steady, "nobody is named who does it");
    assert_eq!(controllers("{ target \"kubernetes\" rollout=\"rolling\" }", canary), steady);
    assert_eq!(controllers("{ target \"kubernetes\" rollout=\"argo\" }", ""), steady);
    // The newest version of an api that keeps nothing; nothing else.
    let stepwise = steady.replace("orders deployment", "orders rollout");
    assert_eq!(controllers("{ target \"kubernetes\" rollout=\"argo\" }", canary), stepwise);
}
