//! `patch` in an environment: the escape hatch for one field of one generated object.

use crate::support::{Folder, PACK, SPEC, bastide, project};

const TEMPLATE: &str = r#"# Generated.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ service.name }}
spec:
  replicas: {{ service.scale.min }}
  template:
    spec:
      containers:
        - name: {{ service.name }}
          image: {{ service.run.image }}
---
kind: Service
metadata:
  name: {{ service.name }}
spec:
  type: ClusterIP
"#;

fn patched(patches: &str) -> Folder {
    let folder = project();
    folder.put("bastide/targets/plain/service.yaml.j2", TEMPLATE);
    folder.put("bastide/targets/plain/target.kdl", PACK);
    folder.put(
        "bastide.kdl",
        SPEC.replace("    target \"plain\"\n", &format!("    target \"plain\"\n{patches}\n")),
    );
    folder
}

#[test]
fn a_patch_changes_its_object_and_no_other() {
    let folder = patched("");
    bastide(&folder, &["build"]).exits(0);
    let (orders, payments) =
        (folder.get("deploy/prod/plain/orders.yaml"), folder.get("deploy/prod/plain/payments.yaml"));
    folder.put(
        "bastide.kdl",
        patched(
            r#"    patch "Deployment/orders" {
        set "spec.template.spec.dnsPolicy" value="None"
        set "spec.replicas" #null
        set "spec.template.spec.containers.orders.tty" value=#true
    }
    patch "Service/orders" { set "spec.clusterIP" value="None" }"#,
        )
        .get("bastide.kdl"),
    );
    bastide(&folder, &["build"]).exits(0).says("0 files written, 1 changed");
    let expected = orders
        .replace("  replicas: 2\n", "")
        .replace("orders:2.1.0\n", "orders:2.1.0\n          tty: true\n      dnsPolicy: \"None\"\n")
        .replace("  type: ClusterIP\n", "  type: ClusterIP\n  clusterIP: \"None\"\n");
    assert_eq!(folder.get("deploy/prod/plain/orders.yaml"), expected);
    assert_eq!(folder.get("deploy/prod/plain/payments.yaml"), payments);
    bastide(&folder, &["build", "--check"]).exits(0);
}

#[test]
fn a_patch_that_meets_nothing_is_a_finding_at_the_patch() {
    let folder = patched("    patch \"Deployment/ordres\" { set \"spec.x\" value=1 }");
    let said =
        bastide(&folder, &["build", "--format", "json"]).exits(1).says("did you mean `Deployment/orders`");
    let line = folder.get("bastide.kdl").lines().position(|line| line.contains("ordres")).expect("written")
        as u64
        + 1;
    let place = said.places().into_iter().find(|it| it.0 == "patch-meets-nothing");
    assert_eq!(place, Some(("patch-meets-nothing".into(), "bastide.kdl".into(), line, 11)));
    assert!(folder.tree("deploy").is_empty());
}

#[test]
fn a_path_through_a_value_is_a_finding_at_the_set() {
    for (path, what) in
        [("spec.replicas.x", "is not a map"), ("spec..x", "is no path"), ("spec", "fields of its own")]
    {
        let folder = patched(&format!("    patch \"Deployment/orders\" {{ set \"{path}\" value=1 }}"));
        let said = bastide(&folder, &["build", "--format", "json"]).exits(1).says(what);
        assert!(said.rules().contains(&"unknown-path".into()), "{:?}", said.rules());
        assert!(folder.tree("deploy").is_empty());
    }
}

#[test]
fn why_of_a_patched_line_names_the_patch() {
    let folder = patched("    patch \"Deployment/orders\" { set \"spec.paused\" value=#true }");
    bastide(&folder, &["build"]).exits(0);
    let file = "deploy/prod/plain/orders.yaml";
    let line = |text: &str| folder.get(file).lines().position(|line| line == text).expect(text) + 1;
    let ask = |line: usize| bastide(&folder, &["why", &format!("{file}:{line}")]).exits(0);
    ask(line("  paused: true")).says("patch.Deployment/orders.set.spec.paused").says("bastide.kdl:7:");
    ask(line("  type: ClusterIP")).says("service.yaml.j2:18");
}
