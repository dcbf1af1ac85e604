//! Parts of packs: an operator is a folder with a `part.kdl`, of the built-in pack, of a project's own, or replaced.

use crate::support::{Folder, bastide};

/// A plan with a resource of the project's own type, kept by an operator in one environment and as a container in the other.
const SPEC: &str = r##"app "bank" version="1.0.0" {
    owner "team" contact="#team"
    images "registry.example.com/bank"
}
environment "prod" platform="kubernetes" { target "kubernetes" ledger="ledger-operator" }
environment "test" platform="kubernetes"
resource "books" type="ledger" {
    replicas 3
    storage "2Gi"
    lint "no-backup" level="allow" because="a test"
}
service "tills" like="built" {
    image "registry.example.com/bank/tills:1.0.0"
    uses "books"
}
"##;

/// A type of the project: a file.
const TYPE: &str = r##"resource-type "ledger" {
    about "A ledger that forgets nothing."
    class "store"
    versions { "2" "2.1.0" }
    port 7000
    generates "password"
    output "url" value="ledger://app:${password}@${host}:${port}" secret=#true
    defaults { storage "1Gi" }
    runs {
        image "registry.example.com/ledger:${tag}"
        user 10001
        stateful
        secret-file "password" env="PASSWORD_FILE"
        volume "/data" size="1Gi"
        health tcp=#true
        resources cpu="100m" memory="128Mi"
    }
}
"##;

/// Its operator: a folder with this and a template.
const PART: &str = r##"part "ledger-operator" {
    about "Ledgers as objects of their operator."
    option "ledger-class" default="safe" about="Class of the ledgers."
    provider "ledger" host="${name}-leader" port=7443 secret="${name}-made" {
        key "url" is="uri"
        pods { "ledger.example.com/name" "${name}" }
    }
    group for="resource" in="resources/{{ resource.name }}" when="resource.provider == 'ledger-operator'" {
        emit "ledger.yaml.j2"
    }
    covers "resource.replicas"
}
"##;

const LEDGER: &str = r#"apiVersion: ledger.example.com/v1
kind: Ledger
metadata: {{ part("_object.yaml.j2", {"name": resource.name, "component": resource.class}, name=resource.name) }}
spec:
  class: {{ target["ledger-class"] }}
  copies: {{ resource.replicas }}
  place: {{ part("ledger-operator/_place.yaml.j2", resource) }}
"#;

/// A part that is for resources of some class.
const NOTE: &str = r#"part "note" {
    about "Notes."
    group for="resource" in="notes" when="resource.class == 'CLASS'" {
        emit "note.txt.j2" to="{{ resource.name }}.txt"
        covers "resource.replicas"
    }
}
"#;

const FOLDER: &str = "bastide/targets/kubernetes/ledger-operator";

fn bank() -> Folder {
    Folder::with(&[
        ("bastide.kdl", SPEC),
        ("bastide/stdlib/ledger.kdl", TYPE),
        (&format!("{FOLDER}/part.kdl"), PART),
        (&format!("{FOLDER}/ledger.yaml.j2"), LEDGER),
        (&format!("{FOLDER}/_place.yaml.j2"), "size: {{ it.storage | quantity }}\n"),
    ])
}

/// The findings of a run, each as its rule and its message.
fn told(folder: &Folder, args: &[&str]) -> Vec<String> {
    let said = bastide(folder, &[args, &["--format", "json"]].concat()).json();
    let findings = said["findings"].as_array().expect("findings").iter();
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap_or_default().to_string();
    findings.map(|it| format!("{}: {}", text(it, "rule"), text(it, "message"))).collect()
}

#[test]
fn an_operator_is_a_folder_and_a_type_is_a_file() {
    let folder = bank();
    bastide(&folder, &["build"]).exits(0);
    let made = folder.get("deploy/prod/kubernetes/resources/books/ledger.yaml");
    for line in ["  name: books\n", "  class: safe\n", "  copies: 3\n", "  place:\n    size: 2Gi\n"] {
        assert!(made.contains(line), "{line}{made}");
    }
    let index = folder.get("deploy/prod/kubernetes/kustomization.yaml");
    assert!(index.contains("- resources/books/ledger.yaml\n"), "{index}");
    let pod = folder.get("deploy/prod/kubernetes/tills/deployment.yaml");
    assert!(pod.contains("name: books-made\n") && pod.contains("key: uri\n"), "{pod}");
    let policy = folder.get("deploy/prod/kubernetes/tills/networkpolicy.yaml");
    assert!(
        policy.contains("ledger.example.com/name: books\n") && policy.contains("port: 7443\n"),
        "{policy}"
    );
    let prod = folder.tree("deploy/prod");
    assert!(!prod.keys().any(|path| path.ends_with("books/statefulset.yaml")));
}

#[test]
fn where_nothing_asks_for_a_part_it_writes_and_covers_nothing() {
    let folder = bank();
    bastide(&folder, &["build"]).exits(0);
    let test = folder.tree("deploy/test");
    assert!(test.keys().any(|path| path.ends_with("books/statefulset.yaml")));
    assert!(!test.keys().any(|path| path.ends_with("ledger.yaml")));
    let of = |environment: &str| told(&folder, &["build", "-e", environment]).join("\n");
    assert!(of("test").contains("`resource.replicas`"), "{}", of("test"));
    assert!(!of("prod").contains("`resource.replicas`"), "{}", of("prod"));
}

#[test]
fn what_a_group_covers_counts_where_it_is_for_a_node() {
    let lost = |class: &str| {
        let folder = bank();
        folder.put("bastide/targets/kubernetes/note/part.kdl", NOTE.replace("CLASS", class));
        folder.put("bastide/targets/kubernetes/note/note.txt.j2", "{{ resource.replicas }} copies\n");
        told(&folder, &["build", "-e", "test"]).join("\n").contains("`resource.replicas`")
    };
    assert!(!lost("store") && lost("cache"));
}

#[test]
fn a_type_of_another_form_is_refused_with_what_there_is() {
    let folder = bank();
    folder.put("bastide.kdl", SPEC.replace("ledger=\"ledger-operator\"", "ledger=\"ledger-operater\""));
    let said = bastide(&folder, &["check"]).exits(1);
    said.says("ledger has no provider `ledger-operater`").says("did you mean `ledger-operator`?");
}

#[test]
fn a_file_of_a_type_keeps_what_its_program_fills_in() {
    let folder = bank();
    let file = "file \"/etc/a\" text=\"${host} $${FOO} ${BAR} $x\"\n        health tcp=#true";
    folder.put("bastide/stdlib/ledger.kdl", TYPE.replace("health tcp=#true", file));
    bastide(&folder, &["build"]).exits(0);
    let files = folder.tree("deploy/test");
    assert!(files.values().any(|text| String::from_utf8_lossy(text).contains("books ${FOO} ${BAR} $x")));
}

#[test]
fn a_condition_that_asks_for_what_is_not_there_is_told() {
    let part = |when: &str, claim: &str| {
        let group = NOTE.replace("resource.class == 'CLASS'", when);
        group.replace("covers \"resource.replicas\"", &format!("covers \"resource.replicas\" {claim}"))
    };
    let right = "resource.class == 'store'";
    for (when, claim, missing) in [
        (right, "", None),
        ("resource.clas == 'store'", "", Some("`resource.clas` is not defined")),
        ("resource.clas != 'store'", "", Some("`resource.clas` is not defined")),
        ("resource.bakup is not none", "", Some("`resource.bakup` is not defined")),
        (right, "when=\"resource.clas == 'store'\"", Some("`resource.clas` is not defined")),
        (right, "when=\"services | selectattr('nam', 'eq', 'x') | list\"", Some("an item has no `nam`")),
    ] {
        let folder = bank();
        folder.put("bastide/targets/kubernetes/note/part.kdl", part(when, claim));
        folder.put("bastide/targets/kubernetes/note/note.txt.j2", "a note\n");
        let said = bastide(&folder, &["build"]).exits(i32::from(missing.is_some()));
        assert!(said.out.contains(missing.unwrap_or_default()), "{when} {claim}: {}", said.out);
        assert_eq!(said.out.contains("note/part.kdl:"), missing.is_some(), "{}", said.out);
    }
}

#[test]
fn a_part_of_the_same_name_takes_the_place_of_the_built_in_one() {
    let folder = bank();
    let part = "part \"argo-cd\" when=\"target.argocd\" {\n    about \"Ours.\"\n    option \"argocd\" default=#true about=\"Write it.\"\n    emit \"ours.yaml.j2\" for=\"environment\" to=\"argocd/ours.yaml\"\n}\n";
    folder.put("bastide/targets/kubernetes/argo-cd/part.kdl", part);
    folder.put("bastide/targets/kubernetes/argo-cd/ours.yaml.j2", "name: {{ app.name }}\n");
    folder.put(
        "bastide.kdl",
        SPEC.replace("    owner", "    source \"https://git.example.com/bank\"\n    owner"),
    );
    bastide(&folder, &["build"]).exits(0);
    let prod = folder.tree("deploy/prod/kubernetes/argocd");
    assert_eq!(prod.keys().collect::<Vec<_>>(), ["ours.yaml"]);
    // An option of the part that is gone is unknown, those of the pack and of other parts are not.
    folder.put("bastide.kdl", SPEC.replace(" ledger=", " argocd-project=\"x\" keda-namespace=\"k\" ledger="));
    assert_eq!(
        told(&folder, &["check"])[0],
        "unknown-option: target `kubernetes` has no option `argocd-project`"
    );
}

#[test]
fn an_own_pack_has_parts_and_those_of_the_pack_it_extends() {
    let folder = bank();
    let pack = "target \"ours\" extends=\"kubernetes\" {\n    about \"Ours.\"\n}\n";
    folder.put("bastide/targets/ours/target.kdl", pack);
    folder.put("bastide/targets/ours/note/part.kdl", "part \"note\" {\n    about \"A note.\"\n    choice \"rollout\" is=\"noted\"\n    emit \"note.txt.j2\" for=\"environment\"\n}\n");
    folder.put("bastide/targets/ours/note/note.txt.j2", "{{ target.rollout }}\n");
    let targets = "target \"ours\" rollout=\"noted\"; target \"kubernetes\" enabled=#false ledger=";
    folder.put("bastide.kdl", SPEC.replace("target \"kubernetes\" ledger=", targets));
    bastide(&folder, &["build"]).exits(0);
    assert_eq!(folder.get("deploy/prod/ours/note.txt"), "noted\n");
    assert!(folder.tree("deploy/prod/ours").contains_key("resources/books/ledger.yaml"));
    let listed = bastide(&folder, &["target", "list"]).exits(0);
    listed.says("ours             Ours (the project's own)\n").says("  note                 A note\n");
}

#[test]
fn what_is_wrong_with_a_part_is_told_once_where_it_stands() {
    let one = |from: &str, to: &str| {
        let folder = bank();
        assert!(PART.contains(from), "{from}");
        folder.put(&format!("{FOLDER}/part.kdl"), PART.replace(from, to));
        let mut told = told(&folder, &["build"]);
        told.retain(|it| it.starts_with("template-error") || it.starts_with("unknown-"));
        told
    };
    let choice = one("    about", "    choice \"rollouts\" is=\"slow\"\n    about");
    assert_eq!(choice, ["template-error: there is no option `rollouts` that could be `slow`"]);
    let name = one("part \"ledger-operator\"", "part \"ledger\"");
    assert_eq!(name, ["template-error: the part of `ledger-operator/` calls itself `ledger`"]);
    let ty = one("provider \"ledger\"", "provider \"ledgers\"");
    assert!(ty.contains(&"unknown-reference: there is no resource type `ledgers`".to_string()), "{ty:?}");
    let when = one("part \"ledger-operator\" {", "part \"ledger-operator\" when=\"app.nmae\" {");
    assert_eq!(when.len(), 1, "{when:?}");
    assert!(when[0].starts_with("template-error"), "{when:?}");
    let template = one("emit \"ledger.yaml.j2\"", "emit \"leger.yaml.j2\"");
    assert_eq!(template, ["template-error: `kubernetes` has no template `ledger-operator/leger.yaml.j2`"]);
}

#[test]
fn a_file_of_no_part_is_told() {
    let folder = bank();
    folder.put("bastide/targets/kubernetes/kustomization.yaml.j2", "a: 1\n");
    let told = told(&folder, &["build"]);
    let expected = "template-error: `bastide/targets/kubernetes/kustomization.yaml.j2` belongs to no part";
    assert!(told.contains(&expected.to_string()), "{told:?}");
}

#[test]
fn parts_of_a_pack_that_is_not_there_are_told() {
    let folder = bank();
    folder.put("bastide/targets/kubernets/note/part.kdl", NOTE);
    bastide(&folder, &["build"])
        .exits(1)
        .says("`bastide/targets/kubernets` is no pack")
        .says("did you mean `kubernetes`?");
}

#[test]
fn a_part_is_shown_and_ejected() {
    let folder = bank();
    let shown = bastide(&folder, &["target", "show", "kubernetes/strimzi"]).exits(0);
    shown
        .says("part strimzi (kafka=\"strimzi\")")
        .says("    provides kafka host=${name}-kafka-bootstrap port=9093 replicas=3\n")
        .says("    covers topic.partitions topic.retention topic.compact topic.replicas for each topic when resources[topic.on].provider == 'strimzi'\n")
        .says("file strimzi/part.kdl of kubernetes (targets/kubernetes/strimzi/part.kdl)");
    let shown = bastide(&folder, &["target", "show", "kubernetes"]).exits(0);
    shown.says("    option postgres-namespace = \"cnpg-system\"").says("  covers app.version ");
    bastide(&folder, &["target", "show", "kubernetes/strimsi"]).exits(2).says("did you mean `strimzi`?");
    bastide(&folder, &["build"]).exits(0);
    let before = folder.tree("deploy");
    bastide(&folder, &["target", "eject", "kubernetes/external-secrets"]).exits(0);
    bastide(&folder, &["build"]).exits(0);
    assert_eq!(before, folder.tree("deploy"));
    let part = "bastide/targets/kubernetes/external-secrets/part.kdl";
    folder.put(part, folder.get(part).replace("not secret.made", "false"));
    bastide(&folder, &["build"]).exits(0);
    assert!(!folder.tree("deploy").keys().any(|path| path.ends_with("externalsecret.yaml")));
}

/// An operator of a broker whose readers others scale: it has no line in the part that scales them.
const BROKER: &str = r#"part "rabbits" {
    about "RabbitMQ as objects of an operator."
    provider "rabbitmq" host="${name}" secret="${name}-default-user" {
        key "url" is="connection_string"
        pods { "app.kubernetes.io/name" "${name}" }
    }
    group for="resource" in="resources/{{ resource.name }}" when="resource.provider == 'rabbits'" {
        emit "peers.yaml.j2"
    }
}
"#;

#[test]
fn readers_of_any_operators_broker_are_scaled_by_what_it_holds() {
    let spec = SPEC.replace(
        "service",
        "resource \"jobs\" type=\"rabbitmq\"
queue \"mails\" on=\"jobs\" { retention \"3d\"; max-length 1000; dead-letter after=5 }
service \"mailer\" {
    image \"registry.example.com/bank/mailer:1.0.0\"
    receives \"mails\" idempotent-by=\"id\"
    scale min=1 max=4 lag=20
}
service",
    );
    let folder = bank();
    folder.put(
        "bastide.kdl",
        spec.replace("ledger=\"", "rabbitmq=\"rabbits\" ledger=\"")
            .replace("    uses", "    sends \"mails\"\n    uses"),
    );
    folder.put("bastide/targets/kubernetes/rabbits/part.kdl", BROKER);
    let peers =
        "peers: {{ part(\"_users.yaml.j2\", resource.name, workloads=workloads, jobs=jobs, total=total) }}\n";
    folder.put("bastide/targets/kubernetes/rabbits/peers.yaml.j2", peers);
    bastide(&folder, &["build"]).exits(0);
    let scaled = folder.get("deploy/prod/kubernetes/mailer/scaledobject.yaml");
    assert!(scaled.contains("name: jobs-default-user\n    key: connection_string\n"), "{scaled}");
    assert!(!scaled.contains("ExternalSecret"), "{scaled}");
    let own = folder.get("deploy/test/kubernetes/mailer/scaledobject.yaml");
    assert!(own.contains("kind: ExternalSecret\n"), "{own}");
    let peers = folder.get("deploy/prod/kubernetes/resources/jobs/peers.yaml");
    assert!(peers.contains("instance: mailer\n") && peers.contains("app: keda-operator\n"), "{peers}");
}

#[test]
fn an_option_of_a_part_that_is_not_written_is_told() {
    let set = |options: &str| {
        let folder = bank();
        let targets = format!("target \"kubernetes\" {options} ledger=");
        folder.put("bastide.kdl", SPEC.replace("target \"kubernetes\" ledger=", &targets));
        told(&folder, &["check"]).into_iter().filter(|it| it.starts_with("idle-option")).collect::<Vec<_>>()
    };
    for (options, idle) in [
        ("ingress-class=\"nginx\"", Some(("ingress-class", "ingress"))),
        ("ingress-class=\"nginx\" gateway=\"ingress\"", None),
        ("gateway-class=\"edge\"", None),
        ("gateway-class=\"edge\" gateway=\"ingress\"", Some(("gateway-class", "envoy-gateway"))),
        ("gateway-listener=\"web\"", Some(("gateway-listener", "gateway-api"))),
        ("gateway-listener=\"web\" gateway=\"existing\"", None),
        ("postgres-namespace=\"pg\"", Some(("postgres-namespace", "cloudnative-pg"))),
        ("secret-store=\"vault\" secrets=\"none\"", Some(("secret-store", "external-secrets"))),
        ("secret-store=\"vault\"", None),
        ("ledger-class=\"fast\"", None),
        // What a part is asked by has done its work where it says no.
        ("keda=#false", None),
        ("argocd=#false", None),
        ("prometheus=\"http://prometheus:9090\"", Some(("prometheus", "argo-rollouts"))),
    ] {
        let told = set(options);
        let said =
            |(name, part)| format!("idle-option: `{name}` says nothing here: part `{part}` is not written");
        let wanted: Vec<String> = idle.map(said).into_iter().collect();
        assert_eq!(told.len(), wanted.len(), "{options}: {told:?}");
        assert!(
            told.iter().zip(&wanted).all(|(told, wanted)| told.starts_with(wanted)),
            "{options}: {told:?}"
        );
    }
}
