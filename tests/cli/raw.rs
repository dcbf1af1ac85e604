//! `raw`: files of the project beside the generated ones.

use crate::support::{Folder, bastide};

const SPEC: &str = r#"app "shop" { raw "k8s/*" }
environment "dev" platform="compose" { raw "own/*.yaml" }
environment "prod" platform="kubernetes" { PATCH }
service "web" { build "web"; api "http" port=8080 from="anywhere" }
"#;
const OBJECT: &str = "# mine\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: extra\ndata: {a: b}\n";
const CONTAINER: &str = "services:\n  extra:\n    image: busybox\n";

fn project(object: &str, container: &str) -> Folder {
    let folder = Folder::new();
    folder.put("web/Dockerfile", "FROM scratch\n");
    folder.put("bastide.kdl", SPEC.replace("PATCH", ""));
    folder.put("k8s/a.yaml", object);
    folder.put("own/x.yaml", container);
    folder
}

#[test]
fn files_are_laid_beside_listed_and_known() {
    let folder = project(OBJECT, CONTAINER);
    bastide(&folder, &["check"]).exits(0).says("app.raw: bastide.kdl:1 shop");
    bastide(&folder, &["build"]).exits(0);
    let (copy, compose) = ("deploy/prod/kubernetes/raw/k8s/a.yaml", "deploy/dev/compose/raw/own/x.yaml");
    assert_eq!((folder.get(copy), folder.get(compose)), (OBJECT.into(), CONTAINER.into()));
    assert!(folder.get("deploy/prod/kubernetes/kustomization.yaml").contains("\n- raw/k8s/a.yaml\n"));
    assert!(folder.get("deploy/dev/compose/compose.yaml").contains("\n- raw/own/x.yaml\n"));
    assert!(folder.get("deploy/bastide.lock").contains(&format!("{copy}  raw k8s/a.yaml")));
    bastide(&folder, &["why", &format!("{copy}:5")]).exits(0).says("as it stands in k8s/a.yaml:5");
    bastide(&folder, &["build", "--check"]).exits(0);
    // Patches reach them; what a patch takes away is not listed.
    folder.put("bastide.kdl", SPEC.replace("PATCH", r#"patch "ConfigMap/ext*" { set "data.a" value="c" }"#));
    bastide(&folder, &["build"]).exits(0);
    assert_eq!(folder.get(copy), OBJECT.replace("data: {a: b}", "data:\n  a: c"));
    folder.put("bastide.kdl", SPEC.replace("PATCH", r#"patch "ConfigMap/extra" gone=#true"#));
    bastide(&folder, &["build"]).exits(0);
    assert!(!folder.get("deploy/prod/kubernetes/kustomization.yaml").contains("raw/"));
    // What is named no more goes.
    folder.put("bastide.kdl", SPEC.replace("PATCH", "").replace(r#" { raw "k8s/*" }"#, ""));
    bastide(&folder, &["build"]).exits(0);
    assert!(!folder.tree("deploy").iter().any(|(path, _)| path.contains("k8s/a.yaml")));
}

/// What each file is answered with, by `check` and by `build`, and that nothing is written.
#[test]
fn what_no_platform_takes_is_told() {
    let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_string(), |text, at| {
        format!("{text}a{at}: &a{at} [*a{0}, *a{0}]\n", at - 1)
    });
    let named =
        |kind: &str, rest: &str| format!("apiVersion: v1\nkind: {kind}\nmetadata: {{name: x}}\n{rest}");
    let objects = [
        ("", "raw-refused", "holds nothing"),
        ("# only words\n---\n", "raw-refused", "holds nothing"),
        ("a: [\n", "raw-refused", "no YAML"),
        ("- a\n", "raw-refused", "no object"),
        ("kind: ConfigMap\nmetadata: {name: x}\n", "raw-refused", "apiVersion"),
        ("apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: x}\n", "raw-refused", "metadata.name"),
        ("apiVersion: v1\nkind: ConfigMap\nkind: Pod\nmetadata: {name: x}\n", "raw-refused", "twice"),
        ("apiVersion: v1\nkind: List\nitems: []\n", "raw-refused", "several objects"),
        ("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n", "raw-refused", "lists files"),
        (&named("Secret", "data: {password: aHVudGVyMg==}\n"), "raw-secret", "base64"),
        (&named("Secret", "stringData: {password: hunter2}\n"), "raw-secret", "base64"),
        (&named("ConfigMap", "data: {k: AKIAIOSFODNN7EXAMPLR}\n"), "secret-literal", "holds"),
        (&named("ConfigMap", "data: {DB_PASSWORD: jk3Fd9sK2pQx}\n"), "secret-literal", "holds"),
        (&named("ConfigMap", &bomb), "raw-refused", "unfold"),
        (&named("ConfigMap", "data: &a {b: *a}\n"), "raw-refused", "refers to what it stands in"),
        (&named("ConfigMap", &format!("data: {}\n", "[".repeat(600))), "raw-refused", "recursion limit"),
        (
            &named("ConfigMap", &format!("data: {{a: {}}}\n", "x".repeat(1 << 20))),
            "platform-limit",
            "1048576",
        ),
        (&(named("ConfigMap", "---\n") + &named("ConfigMap", "")), "platform-limit", "made twice"),
        (
            "apiVersion: v9\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n",
            "platform-limit",
            "made twice",
        ),
        (
            "apiVersion: apps/v1beta1\nkind: Deployment\nmetadata:\n  name: web\n",
            "platform-limit",
            "made twice",
        ),
        ("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n", "platform-limit", "made twice"),
    ];
    let containers = [
        ("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n", "raw-refused", "compose knows no"),
        ("x-a: b\n", "raw-refused", "no compose file"),
        ("services: {a: {environment: {DB_PASSWORD: jk3Fd9sK2pQx}}}\n", "secret-literal", "holds"),
        ("services:\n  web: {image: x}\n", "platform-limit", "made twice"),
    ];
    let cases = objects
        .iter()
        .map(|it| ((it.0, CONTAINER), it))
        .chain(containers.iter().map(|it| ((OBJECT, it.0), it)));
    let mut count = 0;
    for ((object, container), (_, rule, says)) in cases {
        let folder = project(object, container);
        for command in ["check", "build"] {
            let said = bastide(&folder, &[command, "--format", "json"]).exits(1).says(says);
            assert!(said.rules().contains(&rule.to_string()), "{command} {object:.80}: {:?}", said.rules());
            assert!(folder.tree("deploy").is_empty());
        }
        count += 1;
    }
    println!("{count} files that no platform takes, each by two commands");
}

/// Where the files lie.
#[test]
fn files_of_others_are_not_taken() {
    let cases = [
        ("nothing/*.yaml", "include-nothing"),
        ("../x.yaml", "wrong-type"),
        ("/etc/passwd", "wrong-type"),
        ("k8s/[", "include-nothing"),
        ("bastide.kdl", "raw-refused"),
        ("deploy/**/*.yaml", "raw-refused"),
        ("out/a.yaml", "include-outside"),
        ("binary/a.yaml", "not-utf8"),
    ];
    for (pattern, rule) in cases {
        let folder = project(OBJECT, CONTAINER);
        bastide(&folder, &["build"]).exits(0);
        let other = Folder::new();
        other.put("a.yaml", OBJECT);
        #[cfg(unix)]
        std::os::unix::fs::symlink(&other.0, folder.0.join("out")).expect("a link");
        folder.put("binary/a.yaml", b"apiVersion: \xff\n");
        folder.put("bastide.kdl", SPEC.replace("PATCH", &format!("raw {pattern:?}")));
        let said = bastide(&folder, &["check", "--format", "json"]).exits(1);
        assert!(said.rules().contains(&rule.to_string()), "{pattern}: {:?}", said.rules());
    }
    println!("{} patterns of what is not there or not the project's", cases.len());
}
