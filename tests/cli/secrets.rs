//! Secrets that are made of secrets: each part comes from where it is. And what clients of an operator show.

use crate::support::{Folder, bastide};
use std::path::Path;

/// The spec that the real tools judge, too.
fn built() -> Folder {
    let folder = Folder::new();
    folder.copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/secrets"));
    bastide(&folder, &["build", "--quiet"]).exits(0);
    folder
}

#[test]
fn what_an_operator_made_is_read_from_its_secret() {
    let folder = built();
    let made = folder.get("deploy/made/kubernetes/books/externalsecret.yaml");
    for part in [
        // After the operator's objects, before what needs it.
        "    argocd.argoproj.io/sync-wave: \"-2\"\n",
        "        AUDIT_URL: postgres://auditor:{{ index . \"ledger.password\" | urlquery }}@ledger-rw:5432/audit\n",
        "        POOLED_URL: '{{ index . \"ledger.url\" }}?pool=4'\n",
        "        TOKEN: '{{ .TOKEN }}'\n",
        "  - secretKey: TOKEN\n    remoteRef:\n      key: vault/books\n      property: token\n",
        "  - secretKey: ledger.password\n    sourceRef:\n      storeRef:\n        kind: SecretStore\n        name: books-composed\n    remoteRef:\n      key: ledger-app\n      property: password\n",
        "      key: ledger-app\n      property: uri\n",
    ] {
        assert!(plain(&made).contains(&plain(part)), "{part}\nis not in\n{made}");
    }
    assert!(!made.contains("vault/ledger"), "the store does not hold it:\n{made}");
    let store = folder.get("deploy/made/kubernetes/books/secretstore.yaml");
    for part in ["  resourceNames:\n  - ledger-app\n", "remoteNamespace: vault\n", "  verbs: [get]\n"] {
        assert!(store.contains(part), "{part}\nis not in\n{store}");
    }
    let list = folder.get("deploy/made/kubernetes/kustomization.yaml");
    assert!(list.contains("- books/secretstore.yaml\n"), "{list}");
    // A whole output of the operator's is mounted as it is.
    assert!(folder.get("deploy/made/kubernetes/books/deployment.yaml").contains("- key: uri\n"));
    let files = folder.tree("deploy/made/kubernetes");
    assert!(!files.contains_key("shelf/secretstore.yaml"), "nothing of an operator is in it");
}

#[test]
fn a_secret_made_of_one_that_is_made_is_taken_apart() {
    let folder = built();
    let held = folder.get("deploy/held/kubernetes/books/externalsecret.yaml");
    for part in [
        "    argocd.argoproj.io/sync-wave: \"-4\"\n",
        "        POOLED_URL: postgres://ledger:{{ index . \"ledger.password\" | urlquery }}@ledger:5432/ledger?pool=4\n",
        "  - secretKey: ledger.password\n    remoteRef:\n      key: vault/ledger\n      property: password\n",
    ] {
        assert!(plain(&held).contains(&plain(part)), "{part}\nis not in\n{held}");
    }
    assert!(!held.contains("sourceRef") && !held.contains("ledger.url"), "{held}");
    assert!(!folder.tree("deploy/held/kubernetes").contains_key("books/secretstore.yaml"));
}

#[test]
fn clients_of_strimzi_show_a_certificate() {
    let folder = built();
    for name in ["books", "shelf", "gauge"] {
        let at = |file: &str| folder.get(&format!("deploy/made/kubernetes/{name}/{file}"));
        assert!(at("configmap.yaml").contains("  EVENTS_URL: kafka+ssl://events-kafka-bootstrap:9093\n"));
        let pod = at("deployment.yaml");
        for (env, key) in [("CA_FILE", "ca.crt"), ("CERT_FILE", "user.crt"), ("KEY_FILE", "user.key")] {
            let variable = format!("- name: EVENTS_{env}\n          value: /run/secrets/events.{key}\n");
            assert!(pod.contains(&variable), "{variable}\nis not in\n{pod}");
            let object = if key == "ca.crt" {
                "events-cluster-ca-cert".into()
            } else {
                format!("kafka-events-{name}")
            };
            assert!(pod.contains(&format!("name: {object}\n")), "{object} is not mounted in\n{pod}");
        }
        // The operator makes the Secret of every user: whoever mounts one is a user.
        let user = at("kafkauser.yaml");
        assert!(user.contains(&format!("  name: events-{name}\n")), "{user}");
        assert_eq!(user.contains("authorization:"), name != "gauge", "{user}");
    }
    for environment in ["dev/compose/compose.yaml", "held/kubernetes/books/configmap.yaml"] {
        let text = folder.get(&format!("deploy/{environment}"));
        assert!(text.contains("EVENTS_URL: kafka://events:9092\n") && !text.contains("EVENTS_CA_FILE"));
    }
}

/// Without the quotes that YAML asks for.
fn plain(text: &str) -> String {
    text.replace(['\\', '"', '\''], "")
}
