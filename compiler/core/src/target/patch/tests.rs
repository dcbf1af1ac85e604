use super::documents;
use super::edit::{Act, Change, Line, edit, find};
use crate::model::patch::steps;
use serde_json::{Value, json};

const OBJECT: &str = "\
# Generated.
apiVersion: apps/v1
kind: Deployment
metadata:
  name: orders
  labels: {}
  annotations:
    prometheus.io/scrape: \"true\"
spec:
  replicas: 2
  # Of the pods.
  template:
    spec:
      dnsPolicy: ClusterFirst

      # What runs.
      containers:
        - name: orders
          image: \"x:1\" # pinned
          args: []
          ports:
          - containerPort: 8080
          script: |
            # no comment
            a: b
        - name: proxy
          image: y
      tolerations:
      - key
";

fn lines(text: &str) -> Vec<Line> {
    text.split('\n').enumerate().map(|(at, line)| Line { text: line.into(), from: Ok(at) }).collect()
}

fn after(path: &str, value: Option<Value>) -> Result<String, String> {
    let mut lines = lines(OBJECT);
    let steps = steps(path).ok_or("no path")?;
    let act = value.as_ref().map_or(Act::Remove, Act::Set);
    edit(&mut lines, Change { steps: &steps, act, number: 0 }).map_err(|why| why.text().to_string())?;
    Ok(lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n"))
}

/// The change as a diff without context: lines that went, lines that came.
fn diff(path: &str, value: Option<Value>) -> (String, String) {
    let new = after(path, value).unwrap_or_else(|why| panic!("{path}: {why}"));
    let (old, new): (Vec<&str>, Vec<&str>) = (OBJECT.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(left, right)| left == right).count();
    let rest = (old.len() - same).min(new.len() - same);
    let tail =
        old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(left, right)| left == right).count();
    (old[same..old.len() - tail].join("\n"), new[same..new.len() - tail].join("\n"))
}

fn is(path: &str, value: Option<Value>, went: &str, came: &str) {
    assert_eq!(diff(path, value), (went.into(), came.into()), "{path}");
}

#[test]
fn a_value_is_replaced_and_nothing_else() {
    is("spec.replicas", Some(json!(5)), "  replicas: 2", "  replicas: 5");
    is(
        "spec.template.spec.dnsPolicy",
        Some(json!("None")),
        "      dnsPolicy: ClusterFirst",
        "      dnsPolicy: \"None\"",
    );
    let image = "          image: \"x:1\" # pinned";
    is("spec.template.spec.containers.orders.image", Some(json!("x:2")), image, "          image: x:2");
    is("spec.template.spec.containers.1.image", Some(json!("z")), "          image: y", "          image: z");
    let scrape = "    prometheus.io/scrape: \"true\"";
    is(
        "metadata.annotations[prometheus.io/scrape]",
        Some(json!("no")),
        scrape,
        "    prometheus.io/scrape: \"no\"",
    );
    is("spec.template.spec.tolerations.0", Some(json!("lock")), "      - key", "      - lock");
    is(
        "spec.template.spec.containers.orders.name",
        Some(json!("it")),
        "        - name: orders",
        "        - name: it",
    );
}

#[test]
fn what_is_not_there_is_inserted_behind_its_siblings() {
    is("spec.paused", Some(json!(true)), "", "  paused: true");
    is("spec.strategy.type", Some(json!("Recreate")), "", "  strategy:\n    type: Recreate");
    is("spec.template.spec.hostUsers", Some(json!(false)), "", "      hostUsers: false");
    is("metadata.labels.team", Some(json!("a: b")), "  labels: {}", "  labels:\n    team: \"a: b\"");
    is("spec.template.spec.containers.orders.tty", Some(json!(true)), "", "          tty: true");
    is(
        "spec.template.spec.containers.orders.args.0",
        Some(json!("-v")),
        "          args: []",
        "          args:\n          - -v",
    );
    is("spec.template.spec.tolerations.1", Some(json!("lock")), "", "      - lock");
    is(
        "spec.template.spec.imagePullSecrets.0.name",
        Some(json!("hub")),
        "",
        "      imagePullSecrets:\n      - name: hub",
    );
    is(
        "spec.template.spec.affinity.terms.0.match.0.key.word",
        Some(json!(1)),
        "",
        "      affinity:\n        terms:\n        - match:\n          - key:\n              word: 1",
    );
    is(
        "spec.template.spec.containers.orders.args.0.key",
        Some(json!("x")),
        "          args: []",
        "          args:\n          - key: x",
    );
    is("spec.template.spec.containers.2.name", Some(json!("third")), "", "        - name: third");
    is(
        "spec.template.spec.containers.proxy.ports",
        Some(json!("a\nb\n")),
        "",
        "          ports: |\n            a\n            b",
    );
    is("metadata.annotations[a.b/c]", Some(json!("x")), "", "    a.b/c: x");
}

#[test]
fn what_is_taken_away_leaves_no_broken_map() {
    is("spec.template.spec.dnsPolicy", None, "      dnsPolicy: ClusterFirst", "");
    is("metadata.annotations", None, "  annotations:\n    prometheus.io/scrape: \"true\"", "");
    let both = "  annotations:\n    prometheus.io/scrape: \"true\"";
    is("metadata.annotations[prometheus.io/scrape]", None, both, "  annotations: {}");
    is("spec.template.spec.tolerations.0", None, "      tolerations:\n      - key", "      tolerations: []");
    let ports = "          ports:\n          - containerPort: 8080";
    is("spec.template.spec.containers.orders.ports.0", None, ports, "          ports: []");
    is(
        "spec.template.spec.containers.orders.ports.0.containerPort",
        None,
        "          - containerPort: 8080",
        "          - {}",
    );
    is("spec.template.spec.containers.proxy", None, "        - name: proxy\n          image: y", "");
    is(
        "spec.template.spec.containers.orders.name",
        None,
        "        - name: orders\n          image: \"x:1\" # pinned",
        "        - image: \"x:1\" # pinned",
    );
}

#[test]
fn a_path_that_leads_nowhere_is_told() {
    let told = |path: &str, value: Option<Value>, what: &str| {
        let why = after(path, value).expect_err(path);
        assert!(why.contains(what), "{path}: {why}");
    };
    told("spec.replicas.most", Some(json!(1)), "`replicas` is not a map: `2` stands there");
    told("spec.template.spec.containers.orders.script.a", Some(json!(1)), "`script` is not a map");
    told("spec.template.spec.containers.ordres.image", Some(json!("x")), "`orders`, `proxy` stand there");
    told("spec.template.spec.tolerations.0.key", Some(json!("x")), "`0` is not a map");
    told("spec.template.spec.tolerations.7", Some(json!("x")), "`0` to `0`");
    told("spec.template.spec.imagePullSecrets.1.name", Some(json!("x")), "first item is `0`");
    told("spec.nothing", None, "no `nothing` to take away");
    told("spec.template", Some(json!("x")), "holds fields of its own");
    for path in ["", ".", "a.", ".a", "a..b", "a[b", "a[]", "[a]b", "a.[b]"] {
        assert_eq!(steps(path), None, "{path}");
    }
    assert_eq!(steps("a[b.c][d].e"), Some(["a", "b.c", "d", "e"].map(String::from).to_vec()));
}

#[test]
fn documents_are_told_apart() {
    let text = format!("{OBJECT}---\nkind: 'Service'\nmetadata:\n  name: \"web\"\n");
    let lines = lines(&text);
    let names: Vec<_> = documents(&lines)
        .into_iter()
        .map(|range| (find(&lines[range.clone()], &["kind"]), find(&lines[range], &["metadata", "name"])))
        .collect();
    assert_eq!(names, [(Some("Deployment"), Some("orders")), (Some("Service"), Some("web"))]);
}

#[test]
fn every_change_reads_back_as_meant() {
    let values = [
        json!("yes"),
        json!(" x "),
        json!("a\n  b\n"),
        json!("# x"),
        json!(-1),
        json!(1.5),
        json!(false),
        json!(""),
    ];
    let paths = [
        ("spec.replicas", "/spec/replicas"),
        ("spec.a.b", "/spec/a/b"),
        ("metadata.labels.x", "/metadata/labels/x"),
    ];
    for (path, pointer) in paths {
        for value in &values {
            let text = after(path, Some(value.clone())).expect(path);
            let read: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}:\n{text}"));
            assert_eq!(read.pointer(pointer), Some(value), "{text}");
        }
    }
}
