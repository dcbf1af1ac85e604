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

/// Lists, fields of items, each item, objects by pattern and objects that go: what is written, and what came and went.
#[test]
fn lists_patterns_and_what_goes() {
    let after = |patches: &str| {
        let folder = patched(patches);
        bastide(&folder, &["build"]).exits(0);
        ["orders", "payments"].map(|name| folder.get(&format!("deploy/prod/plain/{name}.yaml")))
    };
    let [orders, payments] = after("");
    let pods = "spec.template.spec";
    let end = "    spec:\n      containers:\n";
    let all = [
        (
            format!("append \"{pods}.tolerations\" {{ key \"a\"; \"more.0.b\" 1 }}"),
            "IMAGE\n",
            "IMAGE\n      tolerations:\n      - key: a\n        more:\n        - b: 1\n",
        ),
        (
            format!("insert \"{pods}.containers\" at=0 {{ name \"x\" }}"),
            end,
            "    spec:\n      containers:\n        - name: x\n",
        ),
        (format!("append \"{pods}.containers\" {{ name \"x\" }}"), "IMAGE\n", "IMAGE\n        - name: x\n"),
        (format!("set \"{pods}.containers.*.tty\" value=#true"), "IMAGE\n", "IMAGE\n          tty: true\n"),
        (
            format!("set \"{pods}\" {{ dnsPolicy \"None\"; \"dnsConfig.options.0.name\" \"ndots\" }}"),
            "IMAGE\n",
            "IMAGE\n      dnsPolicy: \"None\"\n      dnsConfig:\n        options:\n        - name: ndots\n",
        ),
        ("remove \"spec.replicas\"".into(), "  replicas: 2\n", ""),
        (
            format!("remove \"{pods}.containers[name=orders]\""),
            "      containers:\n        - name: orders\n          image: IMAGE\n",
            "      containers: []\n",
        ),
    ];
    for (change, from, to) in &all {
        let image =
            orders.lines().find_map(|line| line.trim().strip_prefix("image: ")).expect("there is one");
        let [from, to] = [from, to].map(|text| text.replace("IMAGE", image));
        let [now, other] = after(&format!("    patch \"Deployment/orders\" {{ {change} }}"));
        assert_eq!(now, orders.replacen(&from, &to, 1), "{change}");
        assert_eq!(other, payments, "{change}");
    }
    println!("{} changes of lists and fields", all.len());
    // A pattern leaves alone what has no such field, and must change something.
    let [first, second] = after(
        "    patch \"Deploy*/*\" { set \"spec.paused\" value=#true; remove \"spec.template.spec.containers.orders.image\" }",
    );
    assert!(first.contains("paused: true") && second.contains("paused: true"), "{first}{second}");
    assert!(!first.contains("image:") && second.contains("image:"), "{first}{second}");
    let [first, _] = after("    patch \"Service/ord*\" gone=#true");
    assert!(
        first.contains("kind: Deployment") && !first.contains("kind: Service") && !first.contains("---"),
        "{first}"
    );
    let folder = patched("    patch \"*/payments\" gone=#true");
    bastide(&folder, &["build"]).exits(0);
    assert!(
        !folder.tree("deploy").iter().any(|path| path.0.ends_with("payments.yaml")),
        "an empty file is none"
    );
}

/// What each command says of a patch that cannot be carried out.
#[test]
fn a_wrong_patch_is_a_finding_of_check_too() {
    let object = |change: &str| format!("    patch \"Deployment/orders\" {{ {change} }}");
    let all = [
        ("    patch \"Deployment/ord\" gone=#true".to_string(), "patch-meets-nothing", "Deployment/orders"),
        ("    patch \"Deploymnt/*\" gone=#true".into(), "patch-meets-nothing", "Deployment"),
        ("    patch \"Deployment/*\" { remove \"spec.x\" }".into(), "unknown-path", "no `x` to take away"),
        (
            "    patch \"Deployment/*\" { set \"spec.replicas.x\" value=1 }".into(),
            "unknown-path",
            "not a map",
        ),
        (object("append \"spec.replicas\" value=1"), "unknown-path", "not a list"),
        (object("append \"spec.template\" value=1"), "unknown-path", "no list"),
        (object("append \"spec.x\""), "unknown-path", "no item is said"),
        (object("append \"spec.x\" value=1 { a 1 }"), "unknown-path", "keep one of them"),
        (object("insert \"spec.x\" at=1 value=1"), "unknown-path", "first place is 0"),
        (object("insert \"spec.template.spec.containers\" at=2 { a 1 }"), "unknown-path", "no place 2"),
        (object("insert \"spec.x\" value=1"), "missing-property", "at"),
        (object("insert \"spec.x\" at=-1 value=1"), "wrong-type", "at"),
        (object("append \"spec.x\" { a 1; \"a.b\" 1 }"), "unknown-path", "leads through a value"),
        (object("remove \"spec.template.spec.containers[name=x]\""), "unknown-path", "`orders` stand there"),
        (object("remove \"spec.x\""), "unknown-path", "take away"),
        (object("remove \"spec.x\" value=1"), "unknown-property", "value"),
        (object("replace \"spec.x\""), "unknown-node", "replace"),
        ("    patch \"Deployment/orders\"".into(), "incomplete-node", "changes nothing"),
        (
            "    patch \"Deployment/orders\" gone=#true { remove \"spec.replicas\" }".into(),
            "contradiction",
            "gone",
        ),
    ];
    for (patch, rule, says) in &all {
        let folder = patched(patch);
        for command in ["check", "build"] {
            let said = bastide(&folder, &[command, "--format", "json"]).exits(1).says(says);
            assert!(said.rules().contains(&rule.to_string()), "{command} {patch}: {:?}", said.rules());
            assert!(folder.tree("deploy").is_empty(), "{patch}");
        }
    }
    println!("{} wrong patches, each by two commands", all.len());
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

const OWN: &str = r#"app "shop"
environment "dev" platform="compose" { DEV }
environment "prod" platform="kubernetes" { PROD }
service "web" { build "web"; api "http" port=8080 from="anywhere"; uses "db" }
resource "db" type="redis"
"#;

/// What our own packs write: a field that comes from an anchor, and objects that others need.
#[test]
fn of_compose_and_of_a_cluster() {
    let project = |dev: &str, prod: &str| {
        let folder = Folder::new();
        folder.put("web/Dockerfile", "FROM scratch\n");
        folder.put("bastide.kdl", OWN.replace("DEV", dev).replace("PROD", prod));
        folder
    };
    let folder = project(
        r#"patch "services/*" { set "restart" value="no" }; patch "services/web" { append "security_opt" value="label:disable"; set "depends_on.db.condition" value="service_started"; remove "volumes[target=/probe]" }; patch "networks/app" { set "internal" value=#false }"#,
        r#"patch "PodDisruptionBudget/web" gone=#true"#,
    );
    bastide(&folder, &["build"]).exits(0);
    let compose = folder.get("deploy/dev/compose/compose.yaml");
    for text in [
        "    security_opt:\n      - \"no-new-privileges:true\"\n      - label:disable\n",
        "      db:\n        condition: service_started\n",
        "    restart: \"no\"\n",
        "  app:\n    internal: false\n",
    ] {
        assert!(compose.contains(text), "{text} in {compose}");
    }
    let kustomization = folder.get("deploy/prod/kubernetes/kustomization.yaml");
    assert!(!kustomization.contains("disruption") && kustomization.contains("web/deployment.yaml"));
    let broken = [
        (r#"patch "services/db" gone=#true"#, "", "patch-breaks-need", "services/web"),
        (r#"patch "networks/app" gone=#true"#, "", "patch-breaks-need", "networks/app"),
        (r#"patch "services/web" { remove "init" }"#, "", "unknown-path", "comes from `x-hardened`"),
        (r#"patch "services/wbe" gone=#true"#, "", "patch-meets-nothing", "services/web"),
        (r#"patch "services/web" { set "privileged" value=#true }"#, "", "privileged-or-root", "privileged"),
        (
            r#"patch "services/*" { append "cap_add" value="SYS_ADMIN" }"#,
            "",
            "privileged-or-root",
            "capabilities",
        ),
        ("", r#"patch "ServiceAccount/web" gone=#true"#, "patch-breaks-need", "Deployment/web"),
        ("", r#"patch "*/web" { remove "spec.selector" }"#, "patch-breaks-selector", "which pods"),
        (
            "",
            r#"patch "Deployment/*" { set "metadata.name" value="x" }"#,
            "patch-breaks-selector",
            "which object",
        ),
        (
            "",
            r#"patch "*/*" { set "spec.template.metadata.labels" { app.kubernetes.io/name "x" } }"#,
            "patch-breaks-selector",
            "labels",
        ),
        (
            "",
            r#"patch "Deploy*/web" { set "spec.template.spec.containers.web[securityContext].privileged" value=#true }"#,
            "privileged-or-root",
            "privileged",
        ),
        (
            "",
            r#"patch "Deployment/web" { append "spec.template.spec.volumes" { name "x"; hostPath.path "/" } }"#,
            "privileged-or-root",
            "node",
        ),
        (
            "",
            r#"patch "Deployment/web" { remove "spec.template.spec.securityContext" }"#,
            "privileged-or-root",
            "keeps it",
        ),
        (
            "",
            r#"patch "Deployment/web" { set "spec.template.spec.containers.web.securityContext" { privileged #true } }"#,
            "privileged-or-root",
            "privileged",
        ),
    ];
    for (dev, prod, rule, says) in &broken {
        for command in ["check", "build"] {
            let folder = project(dev, prod);
            let said = bastide(&folder, &[command, "--format", "json"]).exits(1).says(says);
            assert!(said.rules().contains(&rule.to_string()), "{command} {dev}{prod}: {:?}", said.rules());
        }
    }
    println!("{} patches that break something, each by two commands", broken.len());
}
