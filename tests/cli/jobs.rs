//! Names that say what they run: a Job has a new name, and runs again, exactly when its pod is another one.

use crate::support::{Folder, bastide};
use std::collections::BTreeMap;

/// Longest name of a Job whose pods carry it as a label.
const LONGEST: usize = 63;

const PLAN: &str = r##"
app "shop" version="1.0.0" { owner "team" contact="#team" }
environment "prod" platform="kubernetes" namespace="shop"
service "orders" like="built" {
    image "registry.example.com/orders:1.0.0"
    owner "sales" contact="#sales"
    api "orders" port=8080 { version "1.0.0" }
    uses "db"
    env { MODE "fast" }
    file "/etc/orders.toml" from="orders.toml"
    publishes "placed" outbox=#true
    sends "letters" outbox=#true
    sends "parcels" outbox=#true
    slo availability="99.5%" window="30d"
    job "migrate" run="before-release" command="orders migrate" timeout="10m"
}
service "mail" like="built" {
    image "registry.example.com/mail:1.0.0"
    subscribes "placed" group="mail" idempotent-by="id"
    receives "letters" idempotent-by="id"
    receives "parcels" idempotent-by="id"
}
resource "db" type="postgres" version="17" { backup schedule="0 3 * * *" keep="14d" }
resource "log" type="kafka" version="4.1"
resource "fast" type="nats" version="2"
resource "work" type="rabbitmq" version="4"
topic "placed" on="log" { key "id"; partitions 4; address "orders.placed"; dead-letter after=5 }
queue "letters" on="fast" { max-length 100; address "orders.letters"; dead-letter after=5 }
queue "parcels" on="work" { max-length 100; address "orders.parcels"; dead-letter after=5 }
"##;

/// Where the objects stand, and what their names begin with.
const NAMES: [(&str, &str, &str); 6] = [
    ("job", "orders/job-migrate.yaml", "orders-migrate-"),
    ("kafka", "resources/log/job-topics.yaml", "log-topics-"),
    ("nats", "resources/fast/job-topics.yaml", "fast-topics-"),
    ("rabbitmq", "resources/work/configmap-definitions.yaml", "work-definitions-"),
    ("files", "orders/configmap-files.yaml", "orders-files-"),
    ("env", "orders/configmap.yaml", "orders-"),
];

/// A folder with what a plan makes.
fn built(plan: &str, settings: &str) -> Folder {
    let folder = Folder::with(&[("bastide.kdl", plan), ("orders.toml", settings)]);
    bastide(&folder, &["build", "--quiet"]).exits(0);
    folder
}

/// The hashed names that a plan makes.
fn names(plan: &str, settings: &str) -> BTreeMap<&'static str, String> {
    let folder = built(plan, settings);
    let name = |(what, path, prefix): (&'static str, &str, &str)| {
        let text = folder.get(&format!("deploy/prod/kubernetes/{path}"));
        let name = text.lines().find_map(|line| line.strip_prefix("  name: ")).expect("a name");
        let hash = name.strip_prefix(prefix).unwrap_or_else(|| panic!("{name}"));
        assert!(hash.len() == 10 && hash.bytes().all(|it| it.is_ascii_hexdigit()), "{name}");
        (what, name.to_string())
    };
    NAMES.into_iter().map(name).collect()
}

/// Which names change when one text of the plan becomes another.
#[track_caller]
fn renamed(from: &str, to: &str) -> Vec<&'static str> {
    assert_eq!(PLAN.matches(from).count(), 1, "{from}");
    differing(&names(PLAN, "a = 1\n"), &names(&PLAN.replace(from, to), "a = 1\n"))
}

fn differing(
    old: &BTreeMap<&'static str, String>,
    new: &BTreeMap<&'static str, String>,
) -> Vec<&'static str> {
    old.iter().filter(|(what, name)| new[*what] != **name).map(|(what, _)| *what).collect()
}

#[test]
fn what_does_not_reach_the_pod_leaves_the_names() {
    for (from, to) in [
        (r##"owner "sales" contact="#sales""##, r##"owner "shop" contact="#shop""##),
        (r##"owner "team" contact="#team""##, r##"owner "all" contact="#all""##),
        ("availability=\"99.5%\"", "availability=\"99%\""),
        ("timeout=\"10m\"", "timeout=\"20m\""),
        ("app \"shop\" version=\"1.0.0\"", "app \"shop\" version=\"1.0.1\""),
        ("orders:1.0.0\"\n", "orders:1.0.0\" // a comment\n"),
        ("registry.example.com/mail:1.0.0", "registry.example.com/mail:1.0.1"),
        ("key \"id\"", "key \"customer\""),
    ] {
        assert_eq!(renamed(from, to), Vec::<&str>::new(), "{from} → {to}");
    }
    // The name of a topic in the plan is not its name on the broker; the service's variable is called after it.
    let other = PLAN.replace("\"placed\"", "\"ordered\"");
    assert_eq!(differing(&names(PLAN, ""), &names(&other, "")), ["env"]);
}

#[test]
fn what_reaches_the_pod_changes_them() {
    for (from, to, changed) in [
        ("registry.example.com/orders:1.0.0", "registry.example.com/orders:1.0.1", vec!["job"]),
        ("orders migrate", "orders migrate --all", vec!["job"]),
        ("MODE \"fast\"", "MODE \"slow\"", vec!["env", "job"]),
        ("port=8080 { version \"1.0.0\" }", "port=8080 { version \"1.1.0\" }", vec!["env", "job"]),
        ("type=\"kafka\" version=\"4.1\"", "type=\"kafka\" version=\"4.0\"", vec!["kafka"]),
        ("partitions 4", "partitions 8", vec!["kafka"]),
        (
            "max-length 100; address \"orders.letters\"",
            "max-length 200; address \"orders.letters\"",
            vec!["nats"],
        ),
        (
            "max-length 100; address \"orders.parcels\"",
            "max-length 200; address \"orders.parcels\"",
            vec!["rabbitmq"],
        ),
    ] {
        assert_eq!(renamed(from, to), changed, "{from} → {to}");
    }
    assert_eq!(differing(&names(PLAN, "a = 1\n"), &names(PLAN, "a = 2\n")), ["files", "job"]);
}

#[test]
fn pods_name_the_objects_that_are_there() {
    let folder = built(PLAN, "a = 1\n");
    let names = names(PLAN, "a = 1\n");
    for (what, path) in [
        ("files", "orders/deployment.yaml"),
        ("files", "orders/job-migrate.yaml"),
        ("env", "orders/deployment.yaml"),
        ("rabbitmq", "resources/work/statefulset.yaml"),
    ] {
        let text = folder.get(&format!("deploy/prod/kubernetes/{path}"));
        assert!(text.lines().any(|line| line.trim() == format!("name: {}", names[what])), "{path}\n{text}");
    }
}

#[test]
fn the_longest_names_are_short_enough() {
    let job = "a".repeat(40);
    for (service, code) in [("orders-many", 0), ("orders-more2", 1)] {
        let plan = PLAN.replace("job \"migrate\"", &format!("job \"{job}\""));
        let plan = plan.replace("service \"orders\"", &format!("service \"{service}\""));
        let folder = Folder::with(&[("bastide.kdl", &plan), ("orders.toml", "")]);
        let said = bastide(&folder, &["build", "--quiet"]).exits(code);
        if code > 0 {
            said.says("shorten it by 1 character");
            continue;
        }
        let text = folder.get(&format!("deploy/prod/kubernetes/{service}/job-{job}.yaml"));
        let name = text.lines().find_map(|line| line.strip_prefix("  name: ")).expect("a name");
        assert_eq!(name.len(), LONGEST, "{name}");
    }
}

#[test]
fn why_a_name_is_what_it_is_names_what_runs() {
    let folder = built(PLAN, "");
    let path = "deploy/prod/kubernetes/orders/job-migrate.yaml";
    let at = folder.get(path).lines().position(|line| line.starts_with("  name: ")).expect("a name") + 1;
    bastide(&folder, &["why", &format!("{path}:{at}")])
        .exits(0)
        .says("service.orders.image")
        .says("service.orders.env.MODE");
}
