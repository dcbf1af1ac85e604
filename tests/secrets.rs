//! Secrets that are made of secrets: each part comes from where it is.

mod support;

use std::path::Path;
use support::{Folder, bastide};

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

/// Without the quotes that YAML asks for.
fn plain(text: &str) -> String {
    text.replace(['\\', '"', '\''], "")
}
